//! security.md row 43: a database that is full, read-only, locked or gone answers 'unavailable', never a
//! success, and works again by itself when the cause is gone.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::*;

/// A database whose writing connection is spoiled by `fault` while the switch is on.
fn faulty(
    path: &Path,
    fault: impl Fn(&Connection) -> Result<(), StoreError> + Send + 'static,
) -> (Sqlite, Arc<AtomicBool>) {
    let on = Arc::new(AtomicBool::new(true));
    let switch = Arc::clone(&on);
    let fault = move |connection: &Connection| {
        if switch.load(Ordering::SeqCst) { fault(connection) } else { Ok(()) }
    };
    (patient(path, fault, None), on)
}

fn pragma(name: &'static str, value: i64) -> impl Fn(&Connection) -> Result<(), StoreError> {
    move |connection| {
        connection.pragma_update(None, name, value).unwrap();
        Ok(())
    }
}

/// While the fault lasts, changes fail with `expected` and reads go on; afterwards, changes work.
fn fails_and_recovers(database: &Sqlite, on: &AtomicBool, expected: Reason) {
    let large = "x".repeat(20_000);
    for _ in 0..3 {
        assert_eq!(reason(write(database, vec![put(&large)])), expected);
        assert_eq!(keys(database), [""; 0]);
    }
    on.store(false, Ordering::SeqCst);
    // One more may meet the spoiled connection; it is replaced after it.
    let _ = write(database, vec![put(&large)]);
    assert_eq!(write(database, vec![put("after")]), done());
    assert!(keys(database).contains(&"after".to_owned()));
}

#[test]
fn row_43_full() {
    let (_dir, path) = folder();
    // 1 is less than the database has: it can't grow.
    let (database, on) = faulty(&path, pragma("max_page_count", 1));
    fails_and_recovers(&database, &on, Reason::Full);
}

#[test]
fn row_43_read_only() {
    let (_dir, path) = folder();
    let (database, on) = faulty(&path, pragma("query_only", 1));
    fails_and_recovers(&database, &on, Reason::ReadOnly);
}

#[test]
fn row_43_cannot_be_opened() {
    let (_dir, path) = folder();
    let fault = |_: &Connection| Err(StoreError::unavailable(Reason::Damaged, "on purpose"));
    let (database, on) = faulty(&path, fault);
    fails_and_recovers(&database, &on, Reason::Damaged);
}

#[test]
fn row_43_locked_by_another_process() {
    let (_dir, path) = folder();
    let impatient = |connection: &Connection| {
        connection.busy_timeout(Duration::ZERO).unwrap();
        Ok(())
    };
    let (database, on) = faulty(&path, impatient);
    let other = other_process(&path);
    assert_eq!(reason(write(&database, vec![put("a")])), Reason::Busy);
    drop(other);
    assert_eq!(write(&database, vec![put("a")]), done());
    drop(on);
}

#[test]
fn row_43_all_of_a_group_are_told_when_it_is_lost() {
    let (_dir, path) = folder();
    let (database, on) = faulty(&path, pragma("max_page_count", 1));
    let other = other_process(&path);
    let first = submit(&database, vec![put("small")]);
    until_taken(&database);
    let large = submit(&database, vec![put(&"x".repeat(20_000))]);
    let refused = submit(&database, vec![put("small")]);
    drop(other);
    assert_eq!(reason(first.blocking_recv().unwrap()), Reason::Full);
    assert_eq!(reason(large.blocking_recv().unwrap()), Reason::Full);
    // Came too late for that group; what would have refused it did not happen.
    on.store(false, Ordering::SeqCst);
    let refused = refused.blocking_recv().unwrap();
    assert!(refused == done() || reason(refused) == Reason::Full);
    let _ = write(&database, vec![put("small")]);
    assert_eq!(keys(&database), ["small"]);
}

#[test]
fn a_database_swapped_for_another_schema_is_not_written() {
    let (_dir, path) = folder();
    let (database, _on) = faulty(&path, |_| Ok(()));
    let other = Connection::open(&path).unwrap();
    other.execute("UPDATE schema_migrations SET version = 99", []).unwrap();
    assert_eq!(reason(write(&database, vec![put("a")])), Reason::Damaged);
    other.execute("UPDATE schema_migrations SET version = 1", []).unwrap();
    assert_eq!(write(&database, vec![put("a")]), done());
}

#[test]
fn a_reader_cannot_write() {
    let (_dir, path) = folder();
    drop(migrate::open(&path, true, NOW).unwrap());
    let reader = connection::open_reader(&path).unwrap();
    let error = execute::Session::new(&reader).run(&put("a")).unwrap_err();
    assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::ReadOnly));
}

#[test]
fn a_damaged_page_is_found_by_the_check() {
    let (_dir, path) = folder();
    let database = Sqlite::open(options(&path)).unwrap();
    for number in 0..200 {
        write(&database, vec![put(&format!("{number}{}", "x".repeat(200)))]).unwrap();
    }
    drop(database);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() - 4096 * 3;
    bytes[middle..middle + 2048].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();

    let database = Sqlite::open(options(&path)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let problems = runtime.block_on(database.integrity_check()).unwrap();
    assert!(!problems.is_empty());
}
