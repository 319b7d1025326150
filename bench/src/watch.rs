//! The processes that are watched while something is measured.

use std::time::Duration;

use crate::failure::Result;
use crate::place::Place;
use crate::process;
use crate::scrape::{self, Commits};

/// Whom to watch.
pub(crate) struct Watched<'a> {
    /// The server's process, or the floor's.
    pub(crate) pid: u32,
    /// Where its /metrics are, if it has any.
    pub(crate) metrics: Option<&'a Place>,
}

/// What they had used up to a moment.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub(crate) server: Duration,
    pub(crate) postgres: Duration,
    pub(crate) driver: Duration,
    pub(crate) rss: u64,
    pub(crate) commits: Option<Commits>,
    pub(crate) wal_flushes: Option<u64>,
}

impl Watched<'_> {
    /// Looks at all of them.
    pub(crate) async fn look(&self) -> Result<Look> {
        let commits = match self.metrics {
            Some(place) => Some(scrape::commits(place).await?),
            None => None,
        };
        Ok(Look {
            server: process::cpu(self.pid)?,
            postgres: Duration::ZERO,
            driver: process::cpu(std::process::id())?,
            rss: process::rss(self.pid)?,
            commits,
            wal_flushes: None,
        })
    }
}
