//! What is printed.

use std::io::Write;

use crate::measured::{Cpu, Latency, Measured, number};

/// Prints a line. Nobody is left to tell when that fails.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints a line on standard error.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// A turn in one line, and one for each kind of request.
pub(crate) fn line(who: &str, measured: &Measured) {
    let Measured { per_second, cpu, rss_mib, .. } = measured;
    let Cpu { server_us, postgres_us, driver_us } = cpu;
    let head = format!(
        "{who:<7} {per_second:>9.0}/s  CPU µs: server {server_us:.0}, postgres {postgres_us:.0}, \
         driver {driver_us:.0}  RSS {rss_mib:.0} MiB"
    );
    let batches = measured.batches.as_ref().map(|batches| {
        let commits = batches.commits / measured.seconds;
        format!("  commits {commits:.0}/s of {:.1} in {:.2} ms", batches.mean, batches.commit_ms)
    });
    let flushes = measured
        .wal_flushes
        .map(|flushes| format!("  WAL flushes {:.0}/s", number(flushes) / measured.seconds));
    say(&(head + &batches.unwrap_or_default() + &flushes.unwrap_or_default()));
    for Latency { name, p50_ms, p99_ms, max_ms, .. } in &measured.latencies {
        say(&format!(
            "        {name:<17} p50 {p50_ms:>7.2} ms  p99 {p99_ms:>7.2} ms  max {max_ms:>7.1} ms"
        ));
    }
}
