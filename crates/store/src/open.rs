//! The [`Store`]: opened on a database, shared by cloning, closed when all that was queued is done.

use std::path::Path;
use std::sync::Arc;

use onlyauth_core::time::Timestamp;

use crate::change_set::{Applied, ChangeSet, Outcome, Step};
use crate::claim::{Claim, DatabaseLock, Look, pause, with_patience};
use crate::database::Database;
use crate::engine::{BatchObserver, Engine, EngineOptions, PostgresServer};
use crate::error::{OpenError, Reason, StoreError};
use crate::statement::Statement;
use crate::value::{Row, Value};

/// Who opens the store.
#[derive(Debug)]
pub enum Access {
    /// The server, which holds the database's lock, if it has one, as long as the store lives. Makes or migrates
    /// the database.
    Serve(Claim),
    /// An administrative command, alone or beside a running server. It takes the lock only to make or migrate the
    /// database, so that it keeps no server from starting; where another process is doing that, it waits up to
    /// 2 s. In a PostgreSQL database it begins an installation and migrates none, since nobody can tell whether
    /// servers are at it.
    Admin,
}

/// How to open the store.
pub struct OpenOptions {
    /// Which database.
    pub database: Database,
    /// Who opens it.
    pub access: Access,
    /// Now; noted with the migrations that are applied.
    pub now: Timestamp,
    /// Threads that read from SQLite; at least 1.
    pub reader_threads: usize,
    /// How many change sets, and how many reads, may wait; more are refused as overloaded.
    pub queue_capacity: usize,
    /// Told about each commit, on the writers' thread: must be quick.
    pub on_batch: Option<BatchObserver>,
}

impl OpenOptions {
    /// For an administrative command, which does one thing at a time. The server's come from its configuration.
    pub fn admin(database: Database, now: Timestamp) -> Self {
        Self {
            database,
            access: Access::Admin,
            now,
            reader_threads: 1,
            queue_capacity: 64,
            on_batch: None,
        }
    }
}

/// The database. Clones share it; the last one to go closes it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    // Before the claim, so that its work ends while the lock is still held.
    engine: Engine,
    _serving: Option<Claim>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("queue_depth", &self.queue_depth()).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store; blocks shortly on the disk or the network, and on a process that makes the database at the same time.
    /// Errors leave the database as it was.
    pub fn open(options: OpenOptions) -> Result<Self, OpenError> {
        let OpenOptions { database, access, now, reader_threads, queue_capacity, on_batch } =
            options;
        let open = |path: &Path, may_migrate| {
            Engine::open(EngineOptions {
                path: path.to_owned(),
                may_migrate,
                now,
                reader_threads,
                queue_capacity,
                on_batch: on_batch.clone(),
            })
        };
        let connect = |server: &PostgresServer, serving| {
            Engine::connect(server, serving, now, queue_capacity, on_batch.clone())
        };
        let (engine, serving) = match (&database, access) {
            (Database::Sqlite(path), Access::Serve(claim)) => (open(path, true)?, Some(claim)),
            (Database::Sqlite(path), Access::Admin) => {
                (with_patience(pause, || open_beside(path, open))?, None)
            }
            (Database::Postgres(server), Access::Serve(claim)) => {
                (connect(server, true)?, Some(claim))
            }
            (Database::Postgres(server), Access::Admin) => (connect(server, false)?, None),
        };
        Ok(Self { inner: Arc::new(Inner { engine, _serving: serving }) })
    }

    /// Opens a database file that nobody else knows of, and brings its schema along.
    pub(crate) fn open_held(path: &Path, now: Timestamp) -> Result<Self, OpenError> {
        let options = OpenOptions::admin(Database::Sqlite(path.to_owned()), now);
        let engine = Engine::open(EngineOptions {
            path: path.to_owned(),
            may_migrate: true,
            now,
            reader_threads: options.reader_threads,
            queue_capacity: options.queue_capacity,
            on_batch: None,
        })?;
        Ok(Self { inner: Arc::new(Inner { engine, _serving: None }) })
    }

    /// Lets queued work finish, then stops; whatever is asked later is unavailable. The same happens when
    /// the last clone is dropped, which blocks for as long as it takes.
    pub async fn close(&self) {
        self.inner.engine.close().await;
    }

    /// Change sets that wait to be committed.
    pub fn queue_depth(&self) -> usize {
        self.inner.engine.queue_depth()
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    pub(crate) async fn apply<R>(&self, set: ChangeSet<R>) -> Result<Outcome<R>, StoreError> {
        let (steps, refusals) = set.split();
        let executed = self.engine().apply(steps).await?;
        refusals.outcome(executed).ok_or_else(|| {
            StoreError::unavailable(Reason::Failed, "refused at a step that can't refuse")
        })
    }

    /// Several queries, answered from one and the same moment.
    pub(crate) async fn read(&self, queries: Vec<Step>) -> Result<Applied, StoreError> {
        self.engine().read(queries).await.map(Applied::new)
    }

    pub(crate) async fn read_rows(
        &self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        Ok(self.read(vec![Step::any(statement, params)]).await?.rows(0))
    }

    /// As [`Store::read_rows`], for a few rows that are named by their whole key.
    pub(crate) async fn look(
        &self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.engine().look(Step::any(statement, params)).await
    }

    pub(crate) async fn read_row(
        &self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.look(statement, params).await?.into_iter().next())
    }
}

/// Opens the database as it is, or, where its schema is missing or old and nobody else is at it, with a new one.
fn open_beside(
    path: &Path,
    open: impl Fn(&Path, bool) -> Result<Engine, OpenError>,
) -> Look<Engine> {
    let mismatch = match open(path, false) {
        Err(error @ OpenError::SchemaMismatch { .. }) => error,
        result => return Look::Done(result),
    };
    match DatabaseLock::take(path) {
        // Looked at again under the lock: whoever held it may have brought the schema meanwhile.
        Ok(_only_for_this) => Look::Done(open(path, true)),
        Err(OpenError::Locked { .. }) => Look::Again(mismatch),
        Err(error) => Look::Done(Err(error)),
    }
}
