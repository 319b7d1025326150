//! The rules of OnlyAuth, as pure functions: time, randomness and keys arrive as arguments.
//!
//! No I/O, no async, no clock. A handler asks here what may happen; the store makes it happen.

pub mod access_token;
pub mod action;
pub mod app;
pub mod audit;
pub mod bootstrap;
pub mod challenge;
pub mod channel;
pub mod choice;
pub mod enrolment;
pub mod factor;
pub mod failures;
pub mod ids;
pub mod import;
pub mod keys;
pub mod language;
pub mod limits;
pub mod management;
mod mark;
pub mod notice;
pub mod offer;
pub mod personal;
pub mod phone;
pub mod proof;
pub mod redirect;
pub mod region;
pub mod reset;
pub mod retention;
pub mod sandbox;
pub mod secret;
pub mod sms;
pub mod statistics;
pub mod success_token;
pub mod time;
pub mod time_line;
pub mod trust;
pub mod web_address;
