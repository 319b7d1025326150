//! Three instances on one PostgreSQL database. Most tests run them in this process, behind a front that gives
//! each request to the next of them; what a process does is tested with three of the real binary.

mod addresses;
mod changes;
mod clocks;
mod cluster;
mod crashes;
mod factors;
mod front;
mod guesses;
mod logins;
mod messages;
mod outages;
mod passkeys;
mod processes;
mod proxies;
mod redemptions;
mod restarts;
mod rotation;
mod starts;
