//! One session that has the database to itself: every session of a server or command shares a lock, and this one
//! takes it whole. The server lets go of it when the session ends, however that ends.

use std::time::Duration;

use onlyauth_core::time::Timestamp;
use tokio::time::sleep;
use tokio_postgres::Error;

use super::address::PostgresUrl;
use super::fault::{describe, unavailable};
use super::migrate::{self, CURRENT};
use super::pipeline::pipelined;
use super::session::Session;
use super::{connector, server_error};
use crate::change_set::Step;
use crate::copy::mark;
use crate::engine::State;
use crate::error::{OpenError, Reason, StoreError};
use crate::statement::{self, Statement};
use crate::value::{Row, Value};

/// 'ONLY', and which of our locks.
static SHARE: Statement = Statement {
    name: "SHARE",
    sql: "SELECT CASE WHEN pg_try_advisory_lock_shared(1330531417, 1) THEN 1 ELSE 0 END",
};
static ALONE: Statement = Statement {
    name: "ALONE",
    sql: "SELECT CASE WHEN pg_try_advisory_lock(1330531417, 1) THEN 1 ELSE 0 END",
};

/// What was killed a moment ago may still be connected.
const PAUSE: Duration = Duration::from_millis(20);
const LOOKS: u32 = 100;

/// Whole tables are gone through, by their keys: that takes its time, and sorting would take memory.
const SETTINGS: &str = "SET statement_timeout = 0;
    SET idle_in_transaction_session_timeout = 0;
    SET lock_timeout = '10s';
    SET enable_sort = off;
    SET enable_bitmapscan = off";
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

pub(in crate::engine) struct Exclusive {
    session: Session,
    database: String,
}

/// Whether this session may use the database beside others; waits up to 2 s where it is needed alone.
pub(super) async fn share(session: &Session) -> Result<bool, Error> {
    patiently(session, &SHARE).await
}

/// The same without waiting.
pub(super) async fn share_now(session: &Session) -> Result<(), StoreError> {
    let had = ask(session, &SHARE).await.map_err(|error| unavailable(&error))?;
    let detail = "an installation is being copied from or into it";
    if had { Ok(()) } else { Err(StoreError::unavailable(Reason::Busy, detail)) }
}

async fn patiently(session: &Session, lock: &'static Statement) -> Result<bool, Error> {
    for _ in 0..LOOKS {
        if ask(session, lock).await? {
            return Ok(true);
        }
        sleep(PAUSE).await;
    }
    ask(session, lock).await
}

async fn ask(session: &Session, lock: &'static Statement) -> Result<bool, Error> {
    let rows = session.query(&Step::any(lock, Vec::new())).await?;
    Ok(number(rows) == Some(1))
}

fn number(rows: Vec<Row>) -> Option<i64> {
    match rows.into_iter().flatten().next() {
        Some(Value::Int(number)) => Some(number),
        _ => None,
    }
}

/// Whether a copy into it was begun and not finished.
pub(super) async fn is_unfinished(session: &Session) -> Result<bool, Error> {
    let marks = session.query(&Step::any(mark::COUNT, Vec::new())).await?;
    Ok(number(marks) != Some(0))
}

impl Exclusive {
    pub(in crate::engine) async fn open(url: &PostgresUrl) -> Result<(Self, State), OpenError> {
        let database = url.to_string();
        let refused = |error: &Error| server_error(url, &describe(error));
        let session = connector(url)?.visit().await;
        let mut session = session.map_err(|error| server_error(url, &error.to_string()))?;
        if !patiently(&session, &ALONE).await.map_err(|error| refused(&error))? {
            return Err(OpenError::InUse { database });
        }
        session.plain(SETTINGS).await.map_err(|error| refused(&error))?;
        let found = migrate::look(&session).await.map_err(|error| refused(&error))?;
        let state = match migrate::version(found, &database)? {
            0 => State::Nothing,
            CURRENT => {
                // A schema that lacks a column is found before the first row is moved.
                let prepared = session.prepare(statement::rare()).await;
                prepared.map_err(|(name, error)| {
                    server_error(url, &format!("statement {name}: {}", describe(&error)))
                })?;
                let unfinished = is_unfinished(&session).await;
                State::Ours { unfinished: unfinished.map_err(|error| refused(&error))? }
            }
            found => return Err(OpenError::SchemaMismatch { found, wanted: CURRENT }),
        };
        Ok((Self { session, database }, state))
    }

    pub(in crate::engine) async fn freeze(&mut self) -> Result<(), StoreError> {
        self.plain(SNAPSHOT).await
    }

    pub(in crate::engine) async fn begin(&mut self, now: Timestamp) -> Result<(), OpenError> {
        migrate::begin(&self.session, &self.database, now).await
    }

    pub(in crate::engine) async fn read(&mut self, query: &Step) -> Result<Vec<Row>, StoreError> {
        self.prepare(std::slice::from_ref(query)).await?;
        self.session.query(query).await.map_err(|error| unavailable(&error))
    }

    pub(in crate::engine) async fn write(&mut self, steps: &[Step]) -> Result<(), StoreError> {
        self.prepare(steps).await?;
        self.session.take_warning();
        let mut requests = vec![self.session.plain("BEGIN")];
        requests.extend(steps.iter().map(|step| self.session.step(step)));
        let answers = pipelined(requests).await;
        let done: Result<Vec<_>, Error> = answers.into_iter().collect();
        if let Err(error) = done {
            // Where the session is gone there is nothing to roll back.
            let _ = self.session.plain("ROLLBACK").await;
            return Err(unavailable(&error));
        }
        self.plain("COMMIT").await?;
        // That is how a server says that a standby did not confirm.
        if self.session.take_warning() { Err(StoreError::Unknown) } else { Ok(()) }
    }

    pub(in crate::engine) async fn clear(&mut self, tables: &[&str]) -> Result<(), StoreError> {
        self.plain(&format!("TRUNCATE {}", tables.join(", "))).await
    }

    pub(in crate::engine) async fn settle(&mut self) -> Result<(), StoreError> {
        self.plain("ANALYZE").await
    }

    async fn plain(&self, sql: &str) -> Result<(), StoreError> {
        self.session.plain(sql).await.map(drop).map_err(|error| unavailable(&error))
    }

    async fn prepare(&mut self, steps: &[Step]) -> Result<(), StoreError> {
        let statements = steps.iter().map(|step| step.statement);
        let prepared = self.session.prepare(statements).await;
        prepared.map_err(|(_, error)| unavailable(&error))
    }
}
