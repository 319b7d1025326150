//! The client as its callers meet it, against a server that does as it is told. Against the real one it is tested in
//! `crates/server/tests/client`.

#![allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod answers;
mod blocking;
mod environment;
mod faults;
mod openapi;
mod requests;
mod retries;
mod support;
mod tls;
