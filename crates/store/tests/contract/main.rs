//! What the store promises, method by method. Nothing here knows which database is below.

#![allow(clippy::unwrap_used, reason = "a test that fails shows where")]

mod actions;
mod apps;
mod attempts;
mod clients;
mod durability;
mod end_users;
mod keys;
mod limits;
mod opening;
mod outbox;
mod sandbox;
mod sends;
mod success_tokens;
mod support;
