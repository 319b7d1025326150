//! Carrying out steps on a connection.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Error, ErrorCode, Params, PrepFlags, ToSql};

use super::connection::unavailable;
use crate::change_set::{Executed, Step};
use crate::error::{Reason, StoreError};
use crate::statement::Statement;
use crate::value::{Row, Value};

/// Begins a group; the lock is taken here, not in the middle.
pub(super) static BEGIN: Statement = Statement { name: "BEGIN", sql: "BEGIN IMMEDIATE" };
/// Begins a snapshot.
pub(super) static BEGIN_READ: Statement = Statement { name: "BEGIN_READ", sql: "BEGIN DEFERRED" };
/// Ends either.
pub(super) static COMMIT: Statement = Statement { name: "COMMIT", sql: "COMMIT" };
static SAVEPOINT: Statement = Statement { name: "SAVEPOINT", sql: "SAVEPOINT change_set" };
static RELEASE: Statement = Statement { name: "RELEASE", sql: "RELEASE change_set" };
static UNDO: Statement = Statement { name: "UNDO", sql: "ROLLBACK TO change_set" };

/// The transaction is lost, with all that was done in it.
#[derive(Debug)]
pub(super) struct TransactionLost(pub(super) StoreError);

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// A connection with its statements, each compiled once and found by where its text stands: looking for the text itself
/// costs a tenth of what a statement does.
pub(super) struct Session<'c> {
    connection: &'c Connection,
    prepared: HashMap<*const Statement, rusqlite::Statement<'c>>,
}

impl<'c> Session<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self { connection, prepared: HashMap::new() }
    }

    fn prepared(
        &mut self,
        statement: &'static Statement,
    ) -> Result<&mut rusqlite::Statement<'c>, Error> {
        Ok(match self.prepared.entry(std::ptr::from_ref(statement)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let flags = PrepFlags::SQLITE_PREPARE_PERSISTENT;
                new.insert(self.connection.prepare_with_flags(statement.sql, flags)?)
            }
        })
    }

    /// Runs one step: the rows that it returned, and how many it touched.
    pub(super) fn run(&mut self, step: &Step) -> Result<(Vec<Row>, usize), Error> {
        let statement = self.prepared(step.statement)?;
        let columns = statement.column_count();
        let params = rusqlite::params_from_iter(&step.params);
        if columns == 0 {
            return Ok((Vec::new(), statement.execute(params)?));
        }
        let read = rows(statement, columns, params)?;
        let touched = read.len();
        Ok((read, touched))
    }

    /// Runs a statement without parameters or answer.
    pub(super) fn plain(&mut self, statement: &'static Statement) -> Result<(), Error> {
        self.prepared(statement)?.execute([]).map(drop)
    }

    /// Runs steps up to the first required one that does not touch exactly one row.
    pub(super) fn run_all(&mut self, steps: &[Step]) -> Result<Executed, Error> {
        let mut answers = Vec::with_capacity(steps.len());
        for (index, step) in steps.iter().enumerate() {
            let (rows, touched) = self.run(step)?;
            if step.required && touched != 1 {
                return Ok(Executed::RefusedAt(index));
            }
            answers.push(rows);
        }
        Ok(Executed::Applied(answers))
    }

    /// Does `work` in a savepoint of its own: what is refused, fails or panics leaves nothing behind and does
    /// not disturb the change sets that share the transaction. The outer error means that they are lost too.
    pub(super) fn contained(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<Executed, Error>,
    ) -> Result<Result<Executed, StoreError>, TransactionLost> {
        self.mark(&SAVEPOINT)?;
        let worked = catch_unwind(AssertUnwindSafe(|| work(self)));
        let outcome = match worked {
            Ok(Ok(Executed::Applied(rows))) => {
                self.mark(&RELEASE)?;
                return Ok(Ok(Executed::Applied(rows)));
            }
            Ok(Err(error)) if loses_transaction(self.connection, &error) => {
                return Err(TransactionLost(unavailable(&error)));
            }
            Ok(Ok(refused)) => Ok(refused),
            Ok(Err(error)) => Err(unavailable(&error)),
            Err(_panic) => Err(StoreError::unavailable(Reason::Failed, "a change set panicked")),
        };
        self.mark(&UNDO)?;
        self.mark(&RELEASE)?;
        Ok(outcome)
    }

    /// The same for a single statement, which SQLite undoes by itself when it fails: a savepoint around it would cost as
    /// much again.
    pub(super) fn contained_alone(
        &mut self,
        step: &Step,
    ) -> Result<Result<Executed, StoreError>, TransactionLost> {
        match self.run(step) {
            Ok((rows, touched)) if !step.required || touched == 1 => {
                Ok(Ok(Executed::Applied(vec![rows])))
            }
            Ok((_, 0)) => Ok(Ok(Executed::RefusedAt(0))),
            Ok(_) => {
                let detail = "a statement touched several rows where one was to be touched";
                Err(TransactionLost(StoreError::unavailable(Reason::Failed, detail)))
            }
            Err(error) if loses_transaction(self.connection, &error) => {
                Err(TransactionLost(unavailable(&error)))
            }
            Err(error) => Ok(Err(unavailable(&error))),
        }
    }

    fn mark(&mut self, statement: &'static Statement) -> Result<(), TransactionLost> {
        self.plain(statement).map_err(|error| TransactionLost(unavailable(&error)))
    }
}

/// The rows that a query gives.
pub(super) fn rows(
    statement: &mut rusqlite::Statement<'_>,
    columns: usize,
    params: impl Params,
) -> Result<Vec<Row>, Error> {
    let mut rows = statement.query(params)?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| Ok(value(row.get_ref(column)?)));
        read.push(values.collect::<Result<Row, Error>>()?);
    }
    Ok(read)
}

fn value(found: ValueRef<'_>) -> Value {
    match found {
        ValueRef::Integer(number) => Value::Int(number),
        // A text that is not UTF-8 fits no text column; its reader reports where it was.
        ValueRef::Text(bytes) => String::from_utf8(bytes.to_vec())
            .map_or_else(|error| Value::Blob(error.into_bytes()), Value::Text),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        // No table of ours holds a REAL.
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
    }
}

/// Errors of the file or the machine may have rolled back the whole transaction, and where they did not,
/// what stands is not to be trusted. Errors of one statement (a constraint, a value too big) concern it alone.
fn loses_transaction(connection: &Connection, error: &Error) -> bool {
    connection.is_autocommit()
        || matches!(
            error.sqlite_error_code(),
            Some(
                ErrorCode::DiskFull
                    | ErrorCode::SystemIoFailure
                    | ErrorCode::OutOfMemory
                    | ErrorCode::DatabaseCorrupt
                    | ErrorCode::NotADatabase
                    | ErrorCode::ReadOnly
                    | ErrorCode::CannotOpen
                    | ErrorCode::DatabaseBusy
                    | ErrorCode::DatabaseLocked
                    | ErrorCode::OperationInterrupted
                    | ErrorCode::InternalMalfunction
            )
        )
}
