mod faults;
mod groups;
mod opening;
mod schema;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;
use tokio::sync::oneshot::{self, Receiver};

use onlyauth_core::time::Timestamp;

use super::*;
use crate::value::params;

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

static PUT: Statement = Statement {
    name: "PUT",
    sql: "INSERT INTO limits (limit_key, tat) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
};
static LIST: Statement =
    Statement { name: "LIST", sql: "SELECT limit_key FROM limits ORDER BY limit_key" };
/// Breaks a constraint.
static BREAK: Statement =
    Statement { name: "BREAK", sql: "INSERT INTO limits (limit_key, tat) VALUES (?1, NULL)" };

type Answer<T> = Receiver<Result<T, StoreError>>;

fn folder() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("test.db");
    (dir, path)
}

fn options(path: &Path) -> EngineOptions {
    EngineOptions {
        path: path.to_owned(),
        may_migrate: true,
        now: NOW,
        reader_threads: 2,
        queue_capacity: 1000,
        on_batch: None,
    }
}

/// A database whose groups end only when nothing more waits, so that a slow machine changes no test. The
/// writing connection goes through `fault` whenever it is opened.
fn patient(
    path: &Path,
    fault: impl Fn(&Connection) -> Result<(), StoreError> + Send + 'static,
    on_batch: Option<BatchObserver>,
) -> Sqlite {
    drop(migrate::open(path, true, NOW).unwrap());
    let (for_writer, for_reader) = (path.to_owned(), path.to_owned());
    let open_writer = move || {
        let connection = connection::reopen_writer(&for_writer)?;
        fault(&connection)?;
        Ok(connection)
    };
    let open_reader = move || -> Opener {
        let path = for_reader.clone();
        Box::new(move || connection::open_reader(&path))
    };
    let limits = GroupLimits { time: Duration::from_mins(5), ..GroupLimits::USUAL };
    Sqlite::start(Box::new(open_writer), open_reader, 1, 1000, limits, on_batch).unwrap()
}

fn put(key: &str) -> Step {
    Step { statement: &PUT, params: params![key, 1_i64], required: true }
}

fn broken() -> Step {
    Step::any(&BREAK, params!["broken"])
}

fn submit(database: &Sqlite, steps: Vec<Step>) -> Answer<Executed> {
    let (answer, answered) = oneshot::channel();
    database.writes.put(WriteJob { steps, answer }).unwrap();
    answered
}

fn write(database: &Sqlite, steps: Vec<Step>) -> Result<Executed, StoreError> {
    submit(database, steps).blocking_recv().unwrap()
}

fn keys(database: &Sqlite) -> Vec<String> {
    let (answer, answered) = oneshot::channel();
    database.reads.put(ReadJob { queries: vec![Step::any(&LIST, params![])], answer }).unwrap();
    let rows = answered.blocking_recv().unwrap().unwrap();
    rows.into_iter().flatten().flatten().map(text).collect()
}

fn reason<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Reason {
    match result.unwrap_err() {
        StoreError::Unavailable { reason, .. } => reason,
        other => panic!("{other}"),
    }
}

/// What one [`put`] comes to.
#[allow(clippy::unnecessary_wraps, reason = "compared with what comes from the writer")]
fn done() -> Result<Executed, StoreError> {
    Ok(Executed::Applied(vec![vec![]]))
}

/// Keeps the database locked for others, as an administrative command in the middle of its change does.
fn other_process(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    connection
}

/// Waits until the writer has taken what was submitted; it is then waiting for the lock.
fn until_taken(database: &Sqlite) {
    while database.queue_depth() > 0 {
        std::thread::yield_now();
    }
}
