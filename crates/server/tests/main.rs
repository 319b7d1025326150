//! The server as its callers meet it. Folders mirror `src`; security rows are named after their row.

#![allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod api;
mod browser;
mod cli;
mod client;
mod delivery;
mod docs;
mod http;
mod instances;
mod postgres;
#[path = "../../store/tests/support/postgres.rs"]
mod postgres_server;
mod process;
mod support;
mod webauthn;
mod widget;
mod worker;
