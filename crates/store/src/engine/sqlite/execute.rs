//! Carrying out steps on a connection.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, Error, ErrorCode, ToSql};

use super::connection::unavailable;
use crate::change_set::{Executed, Step};
use crate::error::{Reason, StoreError};
use crate::value::{Row, Value};

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

/// Runs one step: the rows that it returned, and how many it touched.
pub(super) fn run(connection: &Connection, step: &Step) -> Result<(Vec<Row>, usize), Error> {
    let mut statement = connection.prepare_cached(step.statement.sql)?;
    let columns = statement.column_count();
    let params = rusqlite::params_from_iter(&step.params);
    if columns == 0 {
        let touched = statement.execute(params)?;
        return Ok((Vec::new(), touched));
    }
    let mut rows = statement.query(params)?;
    let mut read = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| Ok(value(row.get_ref(column)?)));
        read.push(values.collect::<Result<Row, Error>>()?);
    }
    let touched = read.len();
    Ok((read, touched))
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

/// Runs steps up to the first required one that does not touch exactly one row.
pub(super) fn run_all(connection: &Connection, steps: &[Step]) -> Result<Executed, Error> {
    let mut answers = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        let (rows, touched) = run(connection, step)?;
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
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<Executed, Error>,
) -> Result<Result<Executed, StoreError>, TransactionLost> {
    plain(connection, "SAVEPOINT change_set")?;
    let worked = catch_unwind(AssertUnwindSafe(|| work(connection)));
    let outcome = match worked {
        Ok(Ok(Executed::Applied(rows))) => {
            plain(connection, "RELEASE change_set")?;
            return Ok(Ok(Executed::Applied(rows)));
        }
        Ok(Err(error)) if loses_transaction(connection, &error) => {
            return Err(TransactionLost(unavailable(&error)));
        }
        Ok(Ok(refused)) => Ok(refused),
        Ok(Err(error)) => Err(unavailable(&error)),
        Err(_panic) => Err(StoreError::unavailable(Reason::Failed, "a change set panicked")),
    };
    plain(connection, "ROLLBACK TO change_set")?;
    plain(connection, "RELEASE change_set")?;
    Ok(outcome)
}

/// Runs a statement without parameters or answer.
pub(super) fn plain(connection: &Connection, sql: &str) -> Result<(), TransactionLost> {
    let ran = connection.prepare_cached(sql).and_then(|mut statement| statement.execute([]));
    ran.map(drop).map_err(|error| TransactionLost(unavailable(&error)))
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
