//! Providers against a stub on loopback that behaves as their public documentation says, and misbehaves on
//! request.

#![allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod calls;
mod failures;
mod receipts;
mod support;
mod twilio;
mod webhook;
