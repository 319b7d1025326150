//! The processes that are watched while something is measured.

use std::time::Duration;

use crate::database::Database;
use crate::failure::Result;
use crate::place::Place;
use crate::process;
use crate::scrape::{self, Commits};

/// Whom to watch.
#[derive(Clone, Copy)]
pub(crate) struct Watched<'a> {
    /// The server's process, or the floor's.
    pub(crate) pid: u32,
    /// What only the server has: where its /metrics are, and its database.
    pub(crate) behind: Option<(&'a Place, &'a Database)>,
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
        let mut look = Look {
            server: process::cpu(self.pid)?,
            postgres: Duration::ZERO,
            driver: process::cpu(std::process::id())?,
            rss: process::rss(self.pid)?,
            commits: None,
            wal_flushes: None,
        };
        if let Some((place, database)) = self.behind {
            look.postgres = database.cpu()?;
            look.wal_flushes = database.wal_flushes().await?;
            look.commits = Some(scrape::commits(place).await?);
        }
        Ok(look)
    }
}
