//! A file with its lock: no server serves from it, and no command migrates it.

use std::path::{Path, PathBuf};

use onlyauth_core::time::Timestamp;
use rusqlite::Connection;

use super::connection::{self, unavailable};
use super::execute::{BEGIN, COMMIT, Session};
use super::migrate;
use crate::change_set::Step;
use crate::claim::DatabaseLock;
use crate::engine::State;
use crate::error::{OpenError, Reason, StoreError};
use crate::value::Row;

pub(in crate::engine) struct Exclusive {
    path: PathBuf,
    /// None where there is no file.
    connection: Option<Connection>,
    // After the connection, which tidies up the log while the lock is still held.
    _lock: DatabaseLock,
}

impl Exclusive {
    pub(in crate::engine) fn open(path: &Path) -> Result<(Self, State), OpenError> {
        let lock = DatabaseLock::take_patiently(path)?;
        let (connection, state) = match migrate::visit(path)? {
            Some((connection, state)) => (Some(connection), state),
            None => (None, State::Nothing),
        };
        Ok((Self { path: path.to_owned(), connection, _lock: lock }, state))
    }

    /// Commands may write beside a server; whoever holds the right to write keeps them off.
    pub(in crate::engine) fn freeze(&mut self) -> Result<(), StoreError> {
        done(Session::new(self.connection()?).plain(&BEGIN))
    }

    pub(in crate::engine) fn begin(&mut self, now: Timestamp) -> Result<(), OpenError> {
        self.connection = None;
        self.connection = Some(migrate::open(&self.path, true, now)?);
        Ok(())
    }

    pub(in crate::engine) fn read(&mut self, query: &Step) -> Result<Vec<Row>, StoreError> {
        let read = Session::new(self.connection()?).run(query);
        read.map(|(rows, _)| rows).map_err(|error| unavailable(&error))
    }

    pub(in crate::engine) fn write(&mut self, steps: &[Step]) -> Result<(), StoreError> {
        self.transaction(|connection| {
            let mut session = Session::new(connection);
            steps.iter().try_for_each(|step| session.run(step).map(drop))
        })
    }

    pub(in crate::engine) fn clear(&mut self, tables: &[&str]) -> Result<(), StoreError> {
        // From the end: what refers goes before what it refers to.
        let deletes: Vec<_> =
            tables.iter().rev().map(|table| format!("DELETE FROM {table}")).collect();
        self.transaction(|connection| {
            deletes.iter().try_for_each(|sql| connection.execute(sql, []).map(drop))
        })
    }

    /// Brings the log into the file. This planner goes by the key without counting.
    pub(in crate::engine) fn settle(&mut self) -> Result<(), StoreError> {
        let log = "PRAGMA wal_checkpoint(TRUNCATE)";
        done(self.connection()?.query_row(log, [], |_| Ok(())))
    }

    fn transaction(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<(), rusqlite::Error>,
    ) -> Result<(), StoreError> {
        let connection = self.connection()?;
        done(Session::new(connection).plain(&BEGIN))?;
        if let Err(error) = work(connection) {
            // Where it was rolled back already there is nothing to roll back.
            let _ = connection.execute_batch("ROLLBACK");
            return Err(unavailable(&error));
        }
        done(Session::new(connection).plain(&COMMIT))
    }

    fn connection(&self) -> Result<&Connection, StoreError> {
        let missing = || StoreError::unavailable(Reason::Damaged, "there is no file");
        self.connection.as_ref().ok_or_else(missing)
    }
}

fn done(ran: Result<(), rusqlite::Error>) -> Result<(), StoreError> {
    ran.map_err(|error| unavailable(&error))
}

impl Drop for Exclusive {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection::close(connection);
        }
    }
}
