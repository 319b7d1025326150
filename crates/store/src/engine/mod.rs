//! How change sets and reads are carried out. Nothing outside of this folder knows on which database.

mod exclusive;
mod postgres;
mod queue;
mod sqlite;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use onlyauth_core::time::Timestamp;

use crate::change_set::{Executed, Step};
use crate::error::{OpenError, StoreError};
use crate::health::DurabilitySetting;
use crate::value::Row;

pub(crate) use exclusive::{Exclusive, State};
pub use postgres::{NotAPostgresUrl, PostgresServer, PostgresUrl};
pub(crate) use sqlite::files;

/// One commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchReport {
    /// How many change sets shared it.
    pub size: usize,
    /// How long the commit itself took, which is mostly the disk's answer.
    pub commit: Duration,
}

/// Told about each commit that held.
pub type BatchObserver = Arc<dyn Fn(BatchReport) + Send + Sync>;

/// What an engine on SQLite is opened with.
pub(crate) struct EngineOptions {
    pub(crate) path: PathBuf,
    pub(crate) may_migrate: bool,
    pub(crate) now: Timestamp,
    pub(crate) reader_threads: usize,
    pub(crate) queue_capacity: usize,
    pub(crate) on_batch: Option<BatchObserver>,
}

/// Whether a server's database holds an installation.
pub(crate) fn is_begun(url: &PostgresUrl) -> Result<bool, OpenError> {
    postgres::Postgres::is_begun(url)
}

/// Does the same with either engine.
macro_rules! on {
    ($engine:expr, $database:ident => $call:expr) => {
        match &$engine.0 {
            Kind::Sqlite($database) => $call,
            Kind::Postgres($database) => $call,
        }
    };
}

/// The database that was opened.
pub(crate) struct Engine(Kind);

enum Kind {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Engine {
    pub(crate) fn open(options: EngineOptions) -> Result<Self, OpenError> {
        sqlite::Sqlite::open(options).map(|database| Self(Kind::Sqlite(database)))
    }

    /// `serving`: a server, which may bring an older schema along.
    pub(crate) fn connect(
        server: &PostgresServer,
        serving: bool,
        now: Timestamp,
        queue_capacity: usize,
        on_batch: Option<BatchObserver>,
    ) -> Result<Self, OpenError> {
        let may = if serving { postgres::May::Migrate } else { postgres::May::BeginOnly };
        let options = postgres::Options { server, may, now, queue_capacity, on_batch };
        postgres::Postgres::open(options).map(|database| Self(Kind::Postgres(database)))
    }

    /// Carries out a change set, all or nothing, and durably before it answers.
    pub(crate) async fn apply(&self, steps: Vec<Step>) -> Result<Executed, StoreError> {
        on!(self, database => database.apply(steps).await)
    }

    /// Answers all queries from one snapshot.
    pub(crate) async fn read(&self, queries: Vec<Step>) -> Result<Vec<Vec<Row>>, StoreError> {
        on!(self, database => database.read(queries).await)
    }

    /// Answers a query that looks at a few rows by their whole key.
    pub(crate) async fn look(&self, query: Step) -> Result<Vec<Row>, StoreError> {
        if let Kind::Sqlite(database) = &self.0
            && let Some(answer) = database.look(&query)
        {
            return answer;
        }
        Ok(self.read(vec![query]).await?.pop().unwrap_or_default())
    }

    pub(crate) fn queue_depth(&self) -> usize {
        on!(self, database => database.queue_depth())
    }

    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        on!(self, database => database.ping().await)
    }

    pub(crate) async fn integrity_check(&self) -> Result<Vec<String>, StoreError> {
        on!(self, database => database.integrity_check().await)
    }

    pub(crate) async fn durability_check(&self) -> Result<Vec<DurabilitySetting>, StoreError> {
        on!(self, database => database.durability_check().await)
    }

    /// Finishes what is queued and stops.
    pub(crate) async fn close(&self) {
        on!(self, database => database.close().await);
    }
}
