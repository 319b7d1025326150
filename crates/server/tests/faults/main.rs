//! Faults on purpose, under load: the server killed, its database's server killed, its disk full, its provider
//! lying. What clients were told is in a ledger, and one checker compares it with what the database holds
//! (security.md, 'Fault ledger').
//!
//! `scripts/test faults` runs the short form, as `scripts/test` does; `scripts/test faults --long` the long one. A
//! run prints its seed, and `ONLYAUTH_FAULTS_SEED` repeats its choices, though not the machine's timing.

#![allow(clippy::unwrap_used, reason = "a test that can not go on has failed")]

mod checker;
mod client;
mod crowd;
mod disk_full;
mod facts;
mod failover;
mod gateway;
mod installation;
mod kill;
mod ledger;
mod lies;
#[path = "../support/page.rs"]
#[allow(dead_code, reason = "shared with the tests of the server")]
mod page;
#[path = "../../../store/tests/support/postgres.rs"]
mod postgres_server;
mod random;
mod receipts;
mod scene;
#[path = "../../../delivery/tests/support/signature.rs"]
#[allow(dead_code, reason = "shared with the tests of the providers")]
mod signature;
mod small_disk;
#[path = "../../../delivery/tests/support/stub.rs"]
#[allow(dead_code, reason = "shared with the tests of the providers")]
mod stub;

use std::time::{Duration, Instant};

/// Longest that something may take which must happen: many times what it does.
const PATIENCE: Duration = Duration::from_mins(1);

/// How much is done: few rounds, or many with `ONLYAUTH_FAULTS=long`.
fn rounds(short: u32, long: u32) -> u32 {
    let form = std::env::var("ONLYAUTH_FAULTS").unwrap_or_default();
    match form.as_str() {
        "" | "short" => short,
        "long" => long,
        other => panic!("ONLYAUTH_FAULTS is {other:?}; say short or long"),
    }
}

/// Waits until this holds; for ever it need not.
async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let begun = Instant::now();
    while !holds().await {
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A line that is seen although the test passes: figures are half of what these tests are for.
fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "faults: {line}");
}
