//! The real binary: what survives kill -9, what its logs hold, how it starts and stops.

mod crashes;
mod leaks;
mod lifecycle;
mod moves;
mod open_files;
