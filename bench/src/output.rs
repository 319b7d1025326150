//! What is printed.

use std::io::Write;

use crate::measured::Measured;

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
    let mut text = format!(
        "{who:<7} {per_second:>9.0}/s  CPU µs: server {:.0}, postgres {:.0}, driver {:.0}  RSS {rss_mib:.0} MiB",
        cpu.server_us, cpu.postgres_us, cpu.driver_us
    );
    if let Some(batches) = &measured.batches {
        text += &format!(
            "  commits {:.0}/s of {:.1} in {:.2} ms",
            batches.commits / measured.seconds,
            batches.mean,
            batches.commit_ms
        );
    }
    if let Some(flushes) = measured.wal_flushes {
        text += &format!("  WAL flushes {flushes}");
    }
    for latency in &measured.latencies {
        text += &format!(
            "\n        {:<9} p50 {:>7.2} ms  p99 {:>7.2} ms  max {:>7.1} ms",
            latency.name, latency.p50_ms, latency.p99_ms, latency.max_ms
        );
    }
    say(&text);
}
