//! Whose file it is, and which schema it has.

use super::*;
use crate::error::OpenError;

fn open(path: &Path, may_migrate: bool) -> Result<Connection, OpenError> {
    migrate::open(path, may_migrate, NOW)
}

#[test]
fn a_new_database_is_made_once_and_kept() {
    let (_dir, path) = folder();
    let connection = open(&path, true).unwrap();
    execute::Session::new(&connection).run(&put("kept")).unwrap();
    drop(connection);
    let connection = open(&path, true).unwrap();
    let applied: Vec<(i64, String, i64)> = connection
        .prepare("SELECT version, name, applied_at FROM schema_migrations")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(applied, [(1, "first_login".to_owned(), NOW.as_millis())]);
    assert_eq!(execute::Session::new(&connection).run(&Step::any(&LIST, params![])).unwrap().1, 1);
}

#[test]
fn without_leave_to_migrate_nothing_is_made() {
    let (_dir, path) = folder();
    let error = open(&path, false).unwrap_err();
    assert!(matches!(error, OpenError::SchemaMismatch { found: 0, wanted: 1 }), "{error}");
    assert!(!path.exists());
}

#[test]
fn foreign_files_are_left_as_they_are() {
    let (_dir, path) = folder();
    let text = "to be or not to be, ".repeat(300);
    std::fs::write(&path, &text).unwrap();
    let error = open(&path, true).unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);

    std::fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    drop(other);
    let before = std::fs::read(&path).unwrap();
    let error = open(&path, true).unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let other = Connection::open(&path).unwrap();
    other.execute_batch("DROP TABLE recipes; PRAGMA application_id = 42").unwrap();
    drop(other);
    assert!(matches!(open(&path, true).unwrap_err(), OpenError::Foreign { .. }));
}

#[test]
fn a_newer_database_is_left_alone() {
    let (_dir, path) = folder();
    let connection = open(&path, true).unwrap();
    connection
        .execute("INSERT INTO schema_migrations VALUES (2, 'from the future', 0)", [])
        .unwrap();
    drop(connection);
    for may_migrate in [true, false] {
        let error = open(&path, may_migrate).unwrap_err();
        assert!(matches!(error, OpenError::Newer { found: 2, known: 1 }), "{error}");
    }
}

#[test]
fn an_older_database_waits_for_leave_to_migrate() {
    let (_dir, path) = folder();
    // Our header, and no migration yet.
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "PRAGMA application_id = 1330531417;
             CREATE TABLE schema_migrations (
               version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL
             ) STRICT;",
        )
        .unwrap();
    drop(connection);
    let error = open(&path, false).unwrap_err();
    assert!(matches!(error, OpenError::SchemaMismatch { found: 0, wanted: 1 }), "{error}");
    open(&path, true).unwrap();
    open(&path, false).unwrap();
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_new_database_and_its_log() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, path) = folder();
    let _connection = open(&path, true).unwrap();
    for file in [path.clone(), path.with_extension("db-wal")] {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}

#[test]
fn a_missing_folder_is_one_clear_error() {
    let (dir, _) = folder();
    let path = dir.path().join("nowhere/test.db");
    let error = open(&path, true).unwrap_err();
    assert!(matches!(error, OpenError::Io { .. }), "{error}");
}
