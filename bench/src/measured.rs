//! What a stretch of measuring comes to.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

use crate::scrape::Batches;

/// Longest latency that is told apart, in microseconds.
const LONGEST: u64 = 60_000_000;

/// Latencies of one kind, to a thousandth.
#[derive(Debug, Clone)]
pub(crate) struct Latencies(Histogram<u64>);

impl Default for Latencies {
    fn default() -> Self {
        // These bounds are good ones.
        let histogram = Histogram::new_with_bounds(1, LONGEST, 3);
        Self(histogram.unwrap_or_else(|error| unreachable!("{error}")))
    }
}

impl Latencies {
    /// One more.
    pub(crate) fn record(&mut self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(LONGEST);
        self.0.saturating_record(micros.clamp(1, LONGEST));
    }

    /// Adds the others'.
    pub(crate) fn add(&mut self, other: &Self) {
        // Equal bounds always fit into each other.
        let _ = self.0.add(&other.0);
    }

    /// What is told of them.
    pub(crate) fn summary(&self, name: &str) -> Latency {
        let at = |quantile| millis(self.0.value_at_quantile(quantile));
        Latency {
            name: name.to_owned(),
            count: self.0.len(),
            p50_ms: at(0.5),
            p99_ms: at(0.99),
            max_ms: millis(self.0.max()),
        }
    }
}

/// Latencies of one kind of request.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub(crate) struct Latency {
    /// Of what.
    pub(crate) name: String,
    /// How many.
    pub(crate) count: u64,
    /// The median, in milliseconds.
    pub(crate) p50_ms: f64,
    /// One in a hundred took longer.
    pub(crate) p99_ms: f64,
    /// The longest.
    pub(crate) max_ms: f64,
}

/// CPU time per counted unit, in microseconds.
#[expect(clippy::struct_field_names, reason = "the unit belongs into every name of the result")]
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq)]
pub(crate) struct Cpu {
    /// The server's.
    pub(crate) server_us: f64,
    /// PostgreSQL's, 0 without it.
    pub(crate) postgres_us: f64,
    /// This program's.
    pub(crate) driver_us: f64,
}

/// A stretch of measuring.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub(crate) struct Measured {
    /// How long it was.
    pub(crate) seconds: f64,
    /// Requests, or logins, that ended in it.
    pub(crate) count: u64,
    /// The same per second.
    pub(crate) per_second: f64,
    /// All requests first, then by kind where there are several.
    pub(crate) latencies: Vec<Latency>,
    /// Per request, or login.
    pub(crate) cpu: Cpu,
    /// The server's resident memory at the end, in MiB.
    pub(crate) rss_mib: f64,
    /// How commits were shared.
    pub(crate) batches: Option<Batches>,
    /// How often PostgreSQL flushed its log to disk.
    pub(crate) wal_flushes: Option<u64>,
}

fn millis(micros: u64) -> f64 {
    f64::from(u32::try_from(micros).unwrap_or(u32::MAX)) / 1000.0
}

/// The middle one; of an even number, the lower of the two.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
}

/// A count as a number to calculate with. Counts here are far below 2^52.
#[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
pub(crate) fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_values() {
        let mut latencies = Latencies::default();
        for millis in 1..=200 {
            latencies.record(Duration::from_millis(millis));
        }
        let mut more = Latencies::default();
        more.record(Duration::from_hours(1));
        latencies.add(&more);
        let summary = latencies.summary("all");
        assert_eq!(summary.count, 201);
        assert!((summary.p50_ms - 101.0).abs() < 0.2, "{summary:?}");
        assert!((summary.p99_ms - 199.0).abs() < 0.4, "{summary:?}");
        assert!((summary.max_ms - 60_000.0).abs() < 60.0, "{summary:?}");
    }

    #[test]
    fn the_median_is_one_of_the_values() {
        for values in [&[3.0, 1.0, 2.0][..], &[4.0, 1.0, 2.0, 3.0]] {
            assert!((median(values) - 2.0).abs() < 1e-9, "{values:?}");
        }
        assert!(median(&[]).is_nan());
    }
}
