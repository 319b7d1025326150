//! PostgreSQL: a few sessions write in groups, a few read; one thread moves what they send and receive.
//!
//! The thread has a runtime of its own, so that the store works alike for a server, a command and a test, and
//! finishes what it holds when it is dropped. The database does the work; here are only messages.

mod address;
mod connect;
mod exclusive;
mod execute;
mod fault;
mod health;
mod link;
mod migrate;
mod pipeline;
mod reader;
mod routine;
mod session;
#[cfg(test)]
mod tests;
mod tls;
mod transaction;
mod writer;

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use onlyauth_core::time::Timestamp;
use tokio::sync::{oneshot, watch};

use super::BatchObserver;
use super::queue::Queue;
use crate::change_set::{Executed, Step};
use crate::error::{OpenError, Reason, StoreError};
use crate::value::Row;

pub use address::{NotAPostgresUrl, PostgresUrl};
pub(super) use exclusive::Exclusive;
pub(super) use migrate::May;

use connect::{Connector, Role};
use link::{Job, Link};
use migrate::Found;
use reader::{ReadJob, Reader};
use writer::{WriteJob, Writer};

pub(super) struct Postgres {
    writes: Arc<Queue<WriteJob>>,
    reads: Arc<Queue<ReadJob>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// What an engine on PostgreSQL is opened with.
pub(super) struct Options<'a> {
    pub(super) server: &'a PostgresServer,
    pub(super) may: May,
    pub(super) now: Timestamp,
    pub(super) queue_capacity: usize,
    pub(super) on_batch: Option<BatchObserver>,
}

/// A PostgreSQL database, and how many sessions with it are held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostgresServer {
    /// Where it is.
    pub url: PostgresUrl,
    /// Sessions that write; at least 1.
    pub writers: usize,
    /// Sessions that read; at least 1.
    pub readers: usize,
}

impl Postgres {
    /// Connects, brings the schema along where that is allowed, and starts. Blocks shortly on the network.
    pub(super) fn open(options: Options<'_>) -> Result<Self, OpenError> {
        let Options { server, may, now, queue_capacity, on_batch } = options;
        let writes = Arc::new(Queue::new(queue_capacity));
        let reads = Arc::new(Queue::new(queue_capacity));
        let connector = Arc::new(connector(&server.url)?);
        let database = server.url.to_string();
        let tasks = Tasks {
            connector: Arc::clone(&connector),
            writes: Arc::clone(&writes),
            writers: server.writers.max(1),
            reads: Arc::clone(&reads),
            readers: server.readers.max(1),
            on_batch,
        };
        let (opened, told) = mpsc::sync_channel(1);
        let thread = on_a_thread(&server.url, async move {
            let brought = bring(&connector, &database, may, now).await;
            let good = brought.is_ok();
            // Whoever opens waits for this.
            let _ = opened.send(brought);
            if good {
                tasks.run().await;
            }
        })?;
        let stopped = || Err(server_error(&server.url, "the thread for its sessions stopped"));
        told.recv().unwrap_or_else(|_| stopped())?;
        Ok(Self { writes, reads, thread: Mutex::new(Some(thread)) })
    }

    /// Whether there is a database with a schema of ours, of whatever version.
    pub(super) fn is_begun(url: &PostgresUrl) -> Result<bool, OpenError> {
        let connector = connector(url)?;
        let (looked, told) = mpsc::sync_channel(1);
        on_a_thread(url, async move {
            let found = async {
                let session = connector.visit().await?;
                migrate::look(&session).await.map_err(|error| fault::unavailable(&error))
            };
            // Whoever asks waits for this.
            let _ = looked.send(found.await);
        })?;
        let stopped = || Err(StoreError::unavailable(Reason::Failed, "the look at it stopped"));
        match told.recv().unwrap_or_else(|_| stopped()) {
            Ok(found) => Ok(matches!(found, Found::Ours { .. })),
            Err(error) => Err(server_error(url, &error.to_string())),
        }
    }

    pub(super) async fn apply(&self, steps: Vec<Step>) -> Result<Executed, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.writes.put(WriteJob { steps, answer })?;
        // A writer answers every job that it took; without an answer nobody knows how far it came.
        answered.await.unwrap_or(Err(StoreError::Unknown))
    }

    pub(super) async fn read(&self, queries: Vec<Step>) -> Result<Vec<Vec<Row>>, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.reads.put(ReadJob { queries, answer })?;
        answered.await.unwrap_or_else(|_| Err(reader::lost()))
    }

    pub(super) fn queue_depth(&self) -> usize {
        self.writes.len()
    }

    pub(super) async fn close(&self) {
        let thread = self.end();
        // Waiting for a thread blocks, so it gets a thread on which that is allowed.
        let waited = tokio::task::spawn_blocking(move || wait_for(thread)).await;
        if waited.is_err() {
            tracing::warn!("the database's thread could not be waited for");
        }
    }

    fn end(&self) -> Option<JoinHandle<()>> {
        self.writes.close();
        self.reads.close();
        self.thread.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        wait_for(self.end());
    }
}

fn wait_for(thread: Option<JoinHandle<()>>) {
    if let Some(thread) = thread {
        // Tasks catch what their work throws; an error here leaves nothing to do.
        let _ = thread.join();
    }
}

/// All that runs on the thread.
struct Tasks {
    connector: Arc<Connector>,
    writes: Arc<Queue<WriteJob>>,
    writers: usize,
    reads: Arc<Queue<ReadJob>>,
    readers: usize,
    on_batch: Option<BatchObserver>,
}

impl Tasks {
    /// Until both queues are closed and empty.
    async fn run(self) {
        let write = self.links(Role::Write, &self.writes, self.writers);
        let read = self.links(Role::Read, &self.reads, self.readers);
        let writers =
            write.map(|link| tokio::spawn(Writer::new(link, self.on_batch.clone()).run()));
        let mut tasks: Vec<_> = writers.collect();
        tasks.extend(read.map(|link| tokio::spawn(Reader::new(link).run())));
        for task in tasks {
            // They catch what their work throws.
            let _ = task.await;
        }
    }

    fn links<J: Job>(
        &self,
        role: Role,
        queue: &Arc<Queue<J>>,
        count: usize,
    ) -> impl Iterator<Item = Link<J>> {
        let connected = Arc::new(watch::Sender::new(0));
        let (connector, queue) = (Arc::clone(&self.connector), Arc::clone(queue));
        (0..count).map(move |_| {
            Link::new(Arc::clone(&connector), role, Arc::clone(&queue), Arc::clone(&connected))
        })
    }
}

fn on_a_thread(
    url: &PostgresUrl,
    work: impl Future<Output = ()> + Send + 'static,
) -> Result<JoinHandle<()>, OpenError> {
    let refused = |error: std::io::Error| server_error(url, &error.to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(refused)?;
    let thread = std::thread::Builder::new().name("store-postgres".to_owned());
    thread.spawn(move || runtime.block_on(work)).map_err(refused)
}

fn connector(url: &PostgresUrl) -> Result<Connector, OpenError> {
    Connector::new(url).map_err(|error| server_error(url, &error.to_string()))
}

async fn bring(
    connector: &Connector,
    database: &str,
    may: May,
    now: Timestamp,
) -> Result<(), OpenError> {
    let session = connector.visit().await.map_err(|error| OpenError::Server {
        database: database.to_owned(),
        reason: error.to_string(),
    })?;
    migrate::bring(&session, database, may, now).await
}

fn server_error(url: &PostgresUrl, reason: &str) -> OpenError {
    OpenError::Server { database: url.to_string(), reason: reason.to_owned() }
}
