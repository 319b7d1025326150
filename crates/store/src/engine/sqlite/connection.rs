//! Connections, and the settings that each of them must have.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Error, ErrorCode, OpenFlags};

use super::migrate;
use crate::error::{Reason, StoreError};
use crate::statement::Statement;

/// How long to wait for another process, which writes in short transactions only.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// More than there are statements: none is compiled twice.
const STATEMENT_CACHE: usize = 256;

/// A group touches pages all over the tables; with the usual 2 MiB it is written twice, measured at three
/// fifths of the speed. More than this would not fit into what a server may take in all, which is 96 MiB.
const WRITER_CACHE_KIB: i64 = 48 * 1024;

/// Pages of 4 KiB after which the log is brought into the database: pages that many groups touch go over once.
const CHECKPOINT_PAGES: i64 = 4000;

macro_rules! pragma {
    ($name:literal) => {
        Statement { name: $name, sql: concat!("PRAGMA ", $name) }
    };
}

/// The settings on which durability rests, and what they must read.
pub(super) static DURABILITY: [(Statement, &str); 7] = [
    (pragma!("journal_mode"), "wal"),
    // FULL: a commit waits until the log is on the disk.
    (pragma!("synchronous"), "2"),
    (pragma!("foreign_keys"), "1"),
    (pragma!("trusted_schema"), "0"),
    // A mapped file turns a disk error into a crash of the process.
    (pragma!("mmap_size"), "0"),
    (pragma!("query_only"), "0"),
    (pragma!("application_id"), "1330531417"),
];

/// Opens the file as it is and changes nothing in it.
pub(super) fn open(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Otherwise a statement on a table with a partial index is compiled anew for each value of a parameter.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What a savepoint would restore. On the disk it would be personal data in a file of its own, written and thrown away with
    // each change set.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

/// Turns a connection to a database of ours into the writing one.
pub(super) fn make_writer(connection: &Connection) -> Result<(), Error> {
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    let pages = CHECKPOINT_PAGES;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", pages, |_| Ok(()))?;
    if mode == "wal" {
        return Ok(());
    }
    let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN);
    Err(Error::SqliteFailure(code, Some(format!("journal mode stays {mode}"))))
}

/// Closes the last connection, having brought the log into the database, so that the file alone is complete.
pub(super) fn close(connection: Connection) {
    let tidied = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .and_then(|()| connection.close().map_err(|(_, error)| error));
    if let Err(error) = tidied {
        // Nothing is lost: the log is read when the database is next opened.
        tracing::warn!(%error, "the database's log was not tidied up");
    }
}

/// The writing connection again, after trouble. The file may have been swapped meanwhile, so it is looked
/// at as at the start; it is never made anew.
pub(super) fn reopen_writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path).map_err(|error| unavailable(&error))?;
    migrate::expect_current(&connection)?;
    make_writer(&connection).map_err(|error| unavailable(&error))?;
    Ok(connection)
}

/// A connection that can't write, whatever it is asked.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = open(path).map_err(|error| unavailable(&error))?;
    migrate::expect_current(&connection)?;
    connection.pragma_update(None, "query_only", true).map_err(|error| unavailable(&error))?;
    Ok(connection)
}

/// An error after which certainly nothing was done.
pub(super) fn unavailable(error: &Error) -> StoreError {
    let reason = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Reason::Busy,
        Some(ErrorCode::DiskFull) => Reason::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Reason::ReadOnly,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::CannotOpen) => {
            Reason::Damaged
        }
        _ => Reason::Failed,
    };
    StoreError::unavailable(reason, error)
}
