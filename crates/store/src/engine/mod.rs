//! How change sets and reads are carried out. Nothing outside of this folder knows on which database.

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

/// What an engine is opened with.
pub(crate) struct EngineOptions {
    pub(crate) path: PathBuf,
    pub(crate) may_migrate: bool,
    pub(crate) now: Timestamp,
    pub(crate) reader_threads: usize,
    pub(crate) queue_capacity: usize,
    pub(crate) on_batch: Option<BatchObserver>,
}

/// The database that was opened.
pub(crate) struct Engine {
    database: sqlite::Sqlite,
}

impl Engine {
    pub(crate) fn open(options: EngineOptions) -> Result<Self, OpenError> {
        Ok(Self { database: sqlite::Sqlite::open(options)? })
    }

    /// Carries out a change set, all or nothing, and durably before it answers.
    pub(crate) async fn apply(&self, steps: Vec<Step>) -> Result<Executed, StoreError> {
        self.database.apply(steps).await
    }

    /// Answers all queries from one snapshot.
    pub(crate) async fn read(&self, queries: Vec<Step>) -> Result<Vec<Vec<Row>>, StoreError> {
        self.database.read(queries).await
    }

    pub(crate) fn queue_depth(&self) -> usize {
        self.database.queue_depth()
    }

    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        self.database.ping().await
    }

    pub(crate) async fn integrity_check(&self) -> Result<Vec<String>, StoreError> {
        self.database.integrity_check().await
    }

    pub(crate) async fn durability_check(&self) -> Result<Vec<DurabilitySetting>, StoreError> {
        self.database.durability_check().await
    }

    /// Finishes what is queued and stops.
    pub(crate) async fn close(&self) {
        self.database.close().await;
    }
}
