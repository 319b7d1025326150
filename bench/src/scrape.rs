//! What the server counts itself, from /metrics.

use serde::{Deserialize, Serialize};

use crate::connection::Connection;
use crate::failure::{Context, Result};
use crate::place::Place;
use crate::request::Request;

const BATCH: &str = "onlyauth_store_batch_size";
const COMMIT: &str = "onlyauth_store_commit_duration_seconds";

/// Commits up to a moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Commits {
    count: f64,
    changes: f64,
    seconds: f64,
    /// Cumulative counts of commits of at most so many change sets.
    buckets: Vec<(String, f64)>,
}

/// How commits were shared in a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Batches {
    /// Durable commits. Each waits for the disk once.
    pub(crate) commits: f64,
    /// Change sets in them.
    pub(crate) changes: f64,
    /// Change sets in a commit, on average.
    pub(crate) mean: f64,
    /// Duration of a commit, on average, in milliseconds.
    pub(crate) commit_ms: f64,
    /// How many commits had at most so many change sets, cumulative.
    pub(crate) buckets: Vec<(String, f64)>,
}

impl Commits {
    /// What has happened since.
    pub(crate) fn since(&self, before: &Self) -> Batches {
        let (commits, changes) = (self.count - before.count, self.changes - before.changes);
        let earlier = |bucket: &str| {
            let found = before.buckets.iter().find(|(name, _)| name == bucket);
            found.map_or(0.0, |(_, count)| *count)
        };
        let ratio = |of: f64| if commits > 0.0 { of / commits } else { 0.0 };
        Batches {
            commits,
            changes,
            mean: ratio(changes),
            commit_ms: ratio((self.seconds - before.seconds) * 1000.0),
            buckets: self
                .buckets
                .iter()
                .map(|(bucket, count)| (bucket.clone(), count - earlier(bucket)))
                .collect(),
        }
    }

    fn read(text: &str) -> Self {
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.and_then(|number| number.trim().parse().ok()).unwrap_or(0.0)
        };
        let prefix = format!("{BATCH}_bucket{{le=\"");
        let bucket = |line: &str| {
            let (bucket, count) = line.strip_prefix(&prefix)?.split_once("\"} ")?;
            Some((bucket.to_owned(), count.trim().parse().ok()?))
        };
        Self {
            count: value(&format!("{BATCH}_count")),
            changes: value(&format!("{BATCH}_sum")),
            seconds: value(&format!("{COMMIT}_sum")),
            buckets: text.lines().filter_map(bucket).collect(),
        }
    }
}

/// Asks the server.
pub(crate) async fn commits(place: &Place) -> Result<Commits> {
    let mut connection = Connection::open(place.address).await?;
    let mut request = Request::default();
    let answer = connection.exchange(request.backend_get(place, "/metrics")).await?;
    if answer.status != 200 {
        return Err(answer.unexpected("/metrics"));
    }
    Ok(Commits::read(std::str::from_utf8(answer.body).context("read /metrics")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(small: u32, all: u32, sum: u32, seconds: f64) -> String {
        format!(
            "# TYPE {BATCH} histogram\n{BATCH}_bucket{{le=\"1\"}} {small}\n{BATCH}_bucket{{le=\"+Inf\"}} {all}\n\
             {BATCH}_sum {sum}\n{BATCH}_count {all}\n{COMMIT}_sum {seconds}\n{COMMIT}_count {all}\n"
        )
    }

    #[test]
    fn the_difference_of_two_looks_is_told() {
        let before = Commits::read(&text(1, 10, 50, 1.0));
        let batches = Commits::read(&text(2, 30, 130, 1.5)).since(&before);
        let expected = Batches {
            commits: 20.0,
            changes: 80.0,
            mean: 4.0,
            commit_ms: 25.0,
            buckets: vec![("1".to_owned(), 1.0), ("+Inf".to_owned(), 20.0)],
        };
        assert_eq!(batches, expected);
        let first = Commits::read(&text(1, 10, 50, 1.0)).since(&Commits::read(""));
        assert_eq!(first.buckets, [("1".to_owned(), 1.0), ("+Inf".to_owned(), 10.0)]);
    }
}
