//! SQLite: one thread owns the writing connection and commits in groups, a few threads read.
//!
//! WAL lets readers see the last commit while the next is being written; `synchronous=FULL` makes a commit
//! wait for the disk, and the group shares that wait.

mod connection;
mod exclusive;
mod execute;
pub(crate) mod files;
mod looks;
mod migrate;
mod readers;
mod statistics;
#[cfg(test)]
mod tests;
mod writer;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::queue::Queue;
use super::{BatchObserver, EngineOptions};
use crate::change_set::{Executed, Step};
use crate::error::{OpenError, Reason, StoreError};
use crate::health::DurabilitySetting;
use crate::statement::Statement;
use crate::value::{Row, Value};

pub(super) use exclusive::Exclusive;

use looks::Looks;
use readers::{ReadJob, Reader};
use writer::{GroupLimits, WriteJob, Writer};

static PING: Statement = Statement { name: "PING", sql: "SELECT 1" };
static INTEGRITY: Statement = Statement { name: "INTEGRITY", sql: "PRAGMA integrity_check" };
static FOREIGN_KEYS: Statement =
    Statement { name: "FOREIGN_KEYS", sql: "PRAGMA foreign_key_check" };

/// How a connection comes about, at the start and again after trouble.
type Opener = Box<dyn FnMut() -> Result<Connection, StoreError> + Send>;

pub(super) struct Sqlite {
    writes: Arc<Queue<WriteJob>>,
    reads: Arc<Queue<ReadJob>>,
    looks: Looks,
    // Readers before the writer: the last connection to close tidies up the log, and it must be one that may write.
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Sqlite {
    pub(super) fn open(options: EngineOptions) -> Result<Self, OpenError> {
        let EngineOptions { path, may_migrate, now, reader_threads, queue_capacity, on_batch } =
            options;
        let first = migrate::open(&path, may_migrate, now)?;
        let mut first = Some(first);
        let writer_path = path.clone();
        let open_writer: Opener = Box::new(move || match first.take() {
            Some(connection) => Ok(connection),
            None => connection::reopen_writer(&writer_path),
        });
        let open_reader = move || -> Opener {
            let path: PathBuf = path.clone();
            Box::new(move || connection::open_reader(&path))
        };
        let limits = GroupLimits::USUAL;
        Self::start(
            open_writer,
            open_reader,
            reader_threads.max(1),
            queue_capacity,
            limits,
            on_batch,
        )
    }

    fn start(
        open_writer: Opener,
        open_reader: impl Fn() -> Opener,
        reader_threads: usize,
        queue_capacity: usize,
        limits: GroupLimits,
        on_batch: Option<BatchObserver>,
    ) -> Result<Self, OpenError> {
        let writes = Arc::new(Queue::new(queue_capacity));
        let reads = Arc::new(Queue::new(queue_capacity));
        let this = Self {
            writes: Arc::clone(&writes),
            reads: Arc::clone(&reads),
            looks: Looks::new((0..reader_threads).map(|_| open_reader()).collect()),
            threads: Mutex::default(),
        };
        for _ in 0..reader_threads {
            let mut thread = Reader::new(open_reader(), Arc::clone(&reads));
            this.spawn("store-reader", move || thread.run())?;
        }
        let mut thread = Writer::new(open_writer, writes, limits, on_batch);
        this.spawn("store-writer", move || thread.run())?;
        Ok(this)
    }

    fn spawn(&self, name: &str, run: impl FnOnce() + Send + 'static) -> Result<(), OpenError> {
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(run)
            .map_err(|error| OpenError::io(name, error))?;
        self.threads().push(thread);
        Ok(())
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) async fn apply(&self, steps: Vec<Step>) -> Result<Executed, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.writes.put(WriteJob { steps, answer })?;
        // The writer answers every job that it took; without an answer nobody knows how far it came.
        answered.await.unwrap_or(Err(StoreError::Unknown))
    }

    pub(super) async fn read(&self, queries: Vec<Step>) -> Result<Vec<Vec<Row>>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.reads.put(ReadJob { queries, answer })?;
        let lost = || Err(StoreError::unavailable(Reason::Failed, "the reader stopped"));
        answered.await.unwrap_or_else(|_| lost())
    }

    /// The answer to a look; None where it has to be read like anything else.
    pub(super) fn look(&self, query: &Step) -> Option<Result<Vec<Row>, StoreError>> {
        self.looks.look(query)
    }

    pub(super) fn queue_depth(&self) -> usize {
        self.writes.len()
    }

    pub(super) async fn ping(&self) -> Result<(), StoreError> {
        self.read(vec![Step::any(&PING, Vec::new())]).await?;
        // Takes the write lock and lets it go; nothing reaches the disk.
        self.apply(Vec::new()).await.map(drop)
    }

    pub(super) async fn integrity_check(&self) -> Result<Vec<String>, StoreError> {
        let problems = self.problems(&INTEGRITY).await?;
        // On a damaged file the second check fails for the same reason, and says less.
        if problems.is_empty() { self.problems(&FOREIGN_KEYS).await } else { Ok(problems) }
    }

    async fn problems(&self, check: &'static Statement) -> Result<Vec<String>, StoreError> {
        let answers = match self.read(vec![Step::any(check, Vec::new())]).await {
            Ok(answers) => answers,
            // Damage that stops the check itself is what it was looking for.
            Err(StoreError::Unavailable { reason: Reason::Damaged, detail }) => {
                return Ok(vec![detail]);
            }
            Err(error) => return Err(error),
        };
        let firsts = answers.into_iter().flatten().filter_map(|row| row.into_iter().next());
        Ok(firsts.map(text).filter(|text| text != "ok").collect())
    }

    pub(super) async fn durability_check(&self) -> Result<Vec<DurabilitySetting>, StoreError> {
        let steps = connection::DURABILITY.iter();
        let steps = steps.map(|(statement, _)| Step::any(statement, Vec::new())).collect();
        let Executed::Applied(answers) = self.apply(steps).await? else {
            return Ok(Vec::new());
        };
        let settings = connection::DURABILITY.iter().zip(answers);
        Ok(settings
            .map(|((statement, wanted), rows)| DurabilitySetting {
                name: statement.name,
                found: rows.into_iter().flatten().next().map(text).unwrap_or_default(),
                wanted,
            })
            .collect())
    }

    pub(super) async fn close(&self) {
        self.looks.close();
        self.writes.close();
        self.reads.close();
        let threads = std::mem::take(&mut *self.threads());
        // Waiting for threads blocks, so it gets a thread on which that is allowed.
        let waited = tokio::task::spawn_blocking(move || wait_for(threads)).await;
        if waited.is_err() {
            tracing::warn!("the database's threads could not be waited for");
        }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.looks.close();
        self.writes.close();
        self.reads.close();
        wait_for(std::mem::take(&mut *self.threads()));
    }
}

fn wait_for(threads: Vec<JoinHandle<()>>) {
    for thread in threads {
        // A thread catches what its work throws; an error here leaves nothing to do.
        let _ = thread.join();
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        Value::Int(number) => number.to_string(),
        Value::Null | Value::Blob(_) => String::new(),
    }
}
