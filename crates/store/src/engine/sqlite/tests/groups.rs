//! One commit for many, and none disturbs another.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::execute::Session;
use super::super::writer::WriteJob;
use super::*;
use crate::engine::BatchReport;

/// A patient database, and the sizes of its groups.
fn with_sizes(path: &Path) -> (Sqlite, Arc<Mutex<Vec<usize>>>) {
    let sizes = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&sizes);
    let note = move |report: BatchReport| seen.lock().unwrap().push(report.size);
    (patient(path, |_| Ok(()), Some(Arc::new(note))), sizes)
}

#[test]
fn what_waits_is_committed_together_and_answered_apart() {
    let (_dir, path) = folder();
    let (database, sizes) = with_sizes(&path);
    let other = other_process(&path);
    let first = submit(&database, vec![put("a")]);
    until_taken(&database);
    let rest = [
        submit(&database, vec![put("b"), put("a")]),
        submit(&database, vec![put("c"), broken()]),
        submit(&database, vec![put("b")]),
        submit(&database, vec![put("d"), put("e")]),
    ];
    drop(other);

    assert_eq!(first.blocking_recv().unwrap(), done());
    let [refused, broke, free_again, pair] = rest.map(|answer| answer.blocking_recv().unwrap());
    assert_eq!(refused, Ok(Executed::RefusedAt(1)));
    assert_eq!(reason(broke), Reason::Failed);
    assert_eq!(free_again, done(), "b was undone with its refused change set");
    assert_eq!(pair, Ok(Executed::Applied(vec![vec![], vec![]])));
    assert_eq!(keys(&database), ["a", "b", "d", "e"]);
    drop(database);
    assert_eq!(*sizes.lock().unwrap(), [5]);
}

#[test]
fn a_group_is_not_larger_than_it_may_be() {
    let (_dir, path) = folder();
    let (database, sizes) = with_sizes(&path);
    let other = other_process(&path);
    let answers: Vec<_> =
        (0..600).map(|number| submit(&database, vec![put(&number.to_string())])).collect();
    drop(other);
    for answer in answers {
        assert_eq!(answer.blocking_recv().unwrap(), done());
    }
    drop(database);
    assert_eq!(*sizes.lock().unwrap(), [256, 256, 88]);
}

#[test]
fn a_change_set_that_panics_leaves_nothing_and_disturbs_nobody() {
    let (_dir, path) = folder();
    let connection = migrate::open(&path, true, NOW).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut session = Session::new(&connection);
    let good = session.contained(|session| session.run_all(&[put("good")]));
    assert_eq!(good.unwrap(), done());
    let panicked = session.contained(|session| {
        session.run_all(&[put("bad")])?;
        panic!("on purpose")
    });
    assert_eq!(reason(panicked.unwrap()), Reason::Failed);
    connection.execute_batch("COMMIT").unwrap();
    let kept: Vec<String> = connection
        .prepare(LIST.sql)
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(kept, ["good"]);
}

#[test]
fn a_writer_that_panics_goes_on() {
    let (_dir, path) = folder();
    let once = AtomicBool::new(true);
    let database = Sqlite::open(EngineOptions {
        on_batch: Some(Arc::new(move |_| {
            assert!(!once.swap(false, Ordering::SeqCst), "on purpose");
        })),
        ..options(&path)
    })
    .unwrap();
    assert_eq!(write(&database, vec![put("a")]), done());
    assert_eq!(write(&database, vec![put("b")]), done());
    assert_eq!(keys(&database), ["a", "b"]);
}

#[test]
fn one_who_no_longer_waits_changes_nothing() {
    let (_dir, path) = folder();
    let database = Sqlite::open(options(&path)).unwrap();
    let other = other_process(&path);
    drop(submit(&database, vec![put("a")]));
    drop(submit(&database, vec![put("b")]));
    drop(other);
    assert_eq!(write(&database, vec![put("c")]), done());
    assert_eq!(keys(&database), ["a", "b", "c"]);
}

#[test]
fn dropping_finishes_what_is_queued() {
    let (_dir, path) = folder();
    let database = Sqlite::open(options(&path)).unwrap();
    let other = other_process(&path);
    let answers: Vec<_> =
        (0..50).map(|number| submit(&database, vec![put(&number.to_string())])).collect();
    drop(other);
    drop(database);
    for answer in answers {
        assert_eq!(answer.blocking_recv().unwrap(), done());
    }
    let log = path.with_extension("db-wal");
    assert!(!log.exists(), "the log was not brought into the database");
    assert_eq!(keys(&Sqlite::open(options(&path)).unwrap()).len(), 50);
}

#[tokio::test]
async fn a_closed_database_says_so() {
    let (_dir, path) = folder();
    let database = Sqlite::open(options(&path)).unwrap();
    database.close().await;
    assert_eq!(reason(database.apply(vec![put("a")]).await), Reason::Closed);
    assert_eq!(reason(database.read(vec![]).await), Reason::Closed);
    assert_eq!(reason(database.ping().await), Reason::Closed);
}

#[test]
fn a_full_queue_is_told_at_once() {
    let (_dir, path) = folder();
    let database = Sqlite::open(EngineOptions { queue_capacity: 3, ..options(&path) }).unwrap();
    let other = other_process(&path);
    let mut answers = vec![submit(&database, vec![put("0")])];
    until_taken(&database);
    answers.extend(["1", "2", "3"].map(|key| submit(&database, vec![put(key)])));
    let (answer, _unused) = oneshot::channel();
    let refused = database.writes.put(WriteJob { steps: vec![put("4")], answer });
    let error = StoreError::from(refused.unwrap_err());
    assert_eq!(reason::<()>(Err(error)), Reason::Overloaded);
    drop(other);
    for answer in answers {
        assert_eq!(answer.blocking_recv().unwrap(), done());
    }
    assert_eq!(keys(&database), ["0", "1", "2", "3"]);
}
