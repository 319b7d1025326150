//! The widget, as end users and attackers use it.

mod assets;
mod backup_codes;
mod channels;
mod checks;
mod embed;
mod enrolments;
mod factors;
mod first_enrollment;
mod languages;
mod limits;
mod modes;
mod pages;
mod passkeys;
mod regions;
mod sends;
mod ticks;
mod tokens;
mod totp;
pub(crate) mod trust;
mod two_factors;
