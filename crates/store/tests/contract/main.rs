//! What the store promises, method by method. Nothing here knows which database is below: all of it runs on
//! each, as `sqlite::…` and `postgres::…`. Only `opening` is a file of each.

#![allow(clippy::unwrap_used, reason = "a test that fails shows where")]
#![allow(clippy::duplicate_mod, reason = "the same tests on two databases")]

mod postgres;
#[path = "../support/postgres.rs"]
mod postgres_server;
mod sqlite;
mod support;
