//! Whole files: written from a database, checked, and put in a database's place.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Error, ErrorCode};

use super::{connection, migrate};
use crate::claim::beside;
use crate::error::OpenError;

/// Writes what a database of ours holds, at one moment, into a file that is there and empty. Also of an older schema:
/// before a new version is the time for a backup.
pub(crate) fn write_copy(database: &Path, into: &Path) -> Result<(), OpenError> {
    expect_installation(database, database)?;
    let connection = connection::open(database).map_err(|error| io(database, &error))?;
    let name = into.to_str().ok_or_else(|| OpenError::io(into, "its name is not UTF-8"))?;
    connection.execute("VACUUM INTO ?1", [name]).map_err(|error| io(into, &error))?;
    Ok(())
}

/// An installation of this or an older version is in the file, which messages call `called`.
pub(crate) fn expect_installation(file: &Path, called: &Path) -> Result<(), OpenError> {
    let connection = connection::open(file).map_err(|error| io(called, &error))?;
    match migrate::version(&connection, called)? {
        0 => Err(OpenError::Foreign {
            path: called.to_owned(),
            reason: "there is nothing in it".to_owned(),
        }),
        _ if migrate::is_unfinished(&connection).map_err(|error| io(called, &error))? => {
            Err(OpenError::HalfCopied { database: called.display().to_string() })
        }
        _ => Ok(()),
    }
}

/// The first thing that is wrong with a database.
pub(crate) fn first_problem(file: &Path) -> Result<Option<String>, OpenError> {
    let connection = connection::open(file).map_err(|error| io(file, &error))?;
    for check in ["PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"] {
        let found = connection.prepare(check).and_then(|mut statement| {
            let mut rows = statement.query([])?;
            rows.next()?.map(|row| row.get::<_, String>(0)).transpose()
        });
        match found {
            Ok(Some(said)) if said != "ok" => return Ok(Some(said)),
            Ok(_) => {}
            Err(error) if is_damage(&error) => return Ok(Some(error.to_string())),
            Err(error) => return Err(io(file, &error)),
        }
    }
    Ok(None)
}

/// Puts `draft` in the place of a database, which stays as `aside`. Who calls this holds the lock.
///
/// A log that a database leaves behind would be taken for its successor's and applied to it, so none may be left
/// when the new file gets the name; and the old file must not lose its log, which may hold its last commits.
pub(crate) fn replace(database: &Path, draft: &Path, aside: &Path) -> Result<(), OpenError> {
    let failed = |error: std::io::Error| OpenError::io(database, error);
    // Held until the new file is there: nobody begins with the old one in between.
    let still = if database.exists() { hold_still(database)? } else { None };
    if database.exists() {
        fs::hard_link(database, aside).map_err(failed)?;
    }
    if still.is_none() {
        for log in ["-wal", "-journal"].map(|end| (beside(database, end), beside(aside, end))) {
            move_aside(log).map_err(failed)?;
        }
        match fs::remove_file(beside(database, "-shm")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(failed(error));
            }
            _ => {}
        }
    }
    fs::rename(draft, database).map_err(failed)?;
    drop(still);
    Ok(())
}

fn move_aside((from, to): (PathBuf, PathBuf)) -> std::io::Result<()> {
    if from.exists() { fs::rename(from, to) } else { Ok(()) }
}

/// Brings the log into the file and keeps everybody else from it. None where the file is too damaged for that.
fn hold_still(database: &Path) -> Result<Option<Connection>, OpenError> {
    let held = connection::open(database).and_then(|connection| {
        // Works only while nobody else has the database open, and then there is no log any more.
        let mode: String =
            connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
        connection.execute_batch("BEGIN EXCLUSIVE")?;
        Ok((connection, mode))
    });
    let in_use = || OpenError::InUse { database: database.display().to_string() };
    match held {
        Ok((connection, mode)) if mode == "delete" => Ok(Some(connection)),
        Ok(_) => Err(in_use()),
        Err(error) if is_damage(&error) => Ok(None),
        Err(error) if is_busy(&error) => Err(in_use()),
        Err(error) => Err(io(database, &error)),
    }
}

fn is_busy(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn is_damage(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn io(path: &Path, error: &Error) -> OpenError {
    migrate::refused(path, error)
}
