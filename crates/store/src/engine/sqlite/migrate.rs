//! Whose file it is, which schema it has, and how it gets ours.
//!
//! A foreign file is recognised before anything is written to it. All missing migrations are one
//! transaction: a database has the old schema or the new one.

use std::path::Path;

use onlyauth_core::time::Timestamp;
use rusqlite::{Connection, Error, ErrorCode};

use super::connection::{self, unavailable};
use super::statistics;
use crate::copy::mark;
use crate::engine::State;
use crate::error::{OpenError, Reason, StoreError};
use crate::statement::{self, Statement};

/// In the file's header, 'ONLY': tells our databases from others.
const APPLICATION_ID: i64 = 0x4F4E_4C59;

struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

const MIGRATIONS: [Migration; 1] = [Migration {
    version: 1,
    name: "first_login",
    sql: include_str!("../../../migrations/sqlite/0001_first_login.sql"),
}];

const BOOKKEEPING: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER NOT NULL PRIMARY KEY, -- number of the migration, counting from 1
    name TEXT NOT NULL,                   -- its name, for people
    applied_at INTEGER NOT NULL           -- when, in ms since 1970
) STRICT";

/// The schema version of this binary.
pub(super) const CURRENT: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

/// What a file turned out to be.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    Ours { version: i64 },
    Foreign(&'static str),
}

/// Opens the writing connection on a database that has our schema, or gets it where `may_migrate`.
pub(super) fn open(
    path: &Path,
    may_migrate: bool,
    now: Timestamp,
) -> Result<Connection, OpenError> {
    let io = |error: Error| refused(path, &error);
    if !path.exists() {
        if !may_migrate {
            return Err(OpenError::SchemaMismatch { found: 0, wanted: CURRENT });
        }
        create_file(path).map_err(|error| OpenError::io(path, error))?;
    }
    let mut connection = connection::open(path).map_err(io)?;
    let version = version(&connection, path)?;
    if version < CURRENT && !may_migrate {
        return Err(OpenError::SchemaMismatch { found: version, wanted: CURRENT });
    }
    if version > 0 && is_unfinished(&connection).map_err(io)? {
        return Err(OpenError::HalfCopied { database: path.display().to_string() });
    }
    connection::make_writer(&connection).map_err(io)?;
    if version < CURRENT {
        migrate(&mut connection, version, now).map_err(io)?;
    }
    prepare(&connection, statement::catalogue(), path)?;
    Ok(connection)
}

/// A schema that lacks a column is found now, not at somebody's login.
fn prepare(
    connection: &Connection,
    mut statements: impl Iterator<Item = &'static Statement>,
    path: &Path,
) -> Result<(), OpenError> {
    statements.try_for_each(|statement| match connection.prepare_cached(statement.sql) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(OpenError::io(path, format_args!("statement {}: {error}", statement.name)))
        }
    })
}

/// A connection to the file as it is, and what is in it; None where there is no file. Writes nothing to a foreign
/// one.
pub(super) fn visit(path: &Path) -> Result<Option<(Connection, State)>, OpenError> {
    let io = |error: Error| refused(path, &error);
    if !path.exists() {
        return Ok(None);
    }
    let connection = connection::open(path).map_err(io)?;
    match version(&connection, path)? {
        0 => Ok(Some((connection, State::Nothing))),
        CURRENT => {
            connection::make_writer(&connection).map_err(io)?;
            prepare(&connection, statement::rare(), path)?;
            let unfinished = is_unfinished(&connection).map_err(io)?;
            Ok(Some((connection, State::Ours { unfinished })))
        }
        found => Err(OpenError::SchemaMismatch { found, wanted: CURRENT }),
    }
}

/// The version of the schema of one of ours, 0 where nothing is in it yet.
pub(super) fn version(connection: &Connection, path: &Path) -> Result<i64, OpenError> {
    match look(connection).map_err(|error| refused(path, &error))? {
        Found::Nothing => Ok(0),
        Found::Ours { version } if version > CURRENT => {
            Err(OpenError::Newer { found: version, known: CURRENT })
        }
        Found::Ours { version } => Ok(version),
        Found::Foreign(reason) => Err(foreign(path, reason)),
    }
}

pub(super) fn refused(path: &Path, error: &Error) -> OpenError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => foreign(path, "it is no database file"),
        _ => OpenError::io(path, error),
    }
}

/// Whether a copy into it was begun and not finished.
pub(super) fn is_unfinished(connection: &Connection) -> Result<bool, Error> {
    let marks: i64 = connection.query_row(mark::COUNT.sql, [], |row| row.get(0))?;
    Ok(marks > 0)
}

/// Whether a database that we knew is still there, still ours and unchanged in its schema.
pub(super) fn expect_current(connection: &Connection) -> Result<(), StoreError> {
    match look(connection).map_err(|error| unavailable(&error))? {
        Found::Ours { version: CURRENT } => Ok(()),
        Found::Ours { version } => Err(StoreError::unavailable(
            Reason::Damaged,
            format_args!("its schema version became {version}"),
        )),
        Found::Nothing => Err(StoreError::unavailable(Reason::Damaged, "it became empty")),
        Found::Foreign(reason) => Err(StoreError::unavailable(Reason::Damaged, reason)),
    }
}

fn foreign(path: &Path, reason: &str) -> OpenError {
    OpenError::Foreign { path: path.to_owned(), reason: reason.to_owned() }
}

/// Only its owner may read the file; the log beside it inherits that.
fn create_file(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn look(connection: &Connection) -> Result<Found, Error> {
    // One snapshot: between two, another process may be making its schema.
    let snapshot = connection.unchecked_transaction()?;
    let found = look_at(&snapshot)?;
    snapshot.finish()?;
    Ok(found)
}

fn look_at(connection: &Connection) -> Result<Found, Error> {
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let count = |sql| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    if count("SELECT COUNT(*) FROM sqlite_master")? == 0 && (id == 0 || id == APPLICATION_ID) {
        return Ok(Found::Nothing);
    }
    if id != APPLICATION_ID {
        return Ok(Found::Foreign("it belongs to another application"));
    }
    let version = count("SELECT COALESCE(MAX(version), 0) FROM schema_migrations")?;
    Ok(Found::Ours { version })
}

fn migrate(connection: &mut Connection, from: i64, now: Timestamp) -> Result<(), Error> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    transaction.execute_batch(BOOKKEEPING)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > from) {
        transaction.execute_batch(migration.sql)?;
        transaction.execute(
            "INSERT INTO schema_migrations (version, name, applied_at) VALUES (?1, ?2, ?3)",
            (migration.version, migration.name, now.as_millis()),
        )?;
        tracing::info!(version = migration.version, name = migration.name, "database migrated");
    }
    statistics::write(&transaction)?;
    transaction.commit()?;
    statistics::read(connection)
}
