//! One commit for many, and none disturbs another.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::engine::BatchReport;
use crate::statement;

/// A database with one writer, and the sizes of its groups.
fn with_sizes(url: &str) -> (Postgres, Arc<Mutex<Vec<usize>>>) {
    let sizes = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&sizes);
    let note = move |report: BatchReport| seen.lock().unwrap().push(report.size);
    (open_with(&options(url), 1000, Some(Arc::new(note))), sizes)
}

#[test]
fn what_waits_is_committed_together_and_answered_apart() {
    let server = migrated();
    let (database, sizes) = with_sizes(&server.url());
    assert_eq!(write(&database, vec![put("x")]), done());
    let other = Other::holding(&server.url(), "a");
    let first = submit(&database, vec![put("a")]);
    until_waiting(&server, "Lock");
    let rest = [
        submit(&database, vec![put("b"), put("x")]),
        submit(&database, vec![put("c"), broken()]),
        submit(&database, vec![put("b")]),
        submit(&database, vec![put("d"), put("e")]),
        submit(&database, vec![put("x")]),
    ];
    other.roll_back();

    assert_eq!(first.blocking_recv().unwrap(), done());
    let [refused, broke, free_again, pair, there] =
        rest.map(|answer| answer.blocking_recv().unwrap());
    assert!(matches!(refused, Ok(Executed::RefusedAt(_))), "{refused:?}");
    assert_eq!(reason(broke), Reason::Failed);
    assert_eq!(free_again, done(), "b was undone with its refused change set");
    assert_eq!(pair, Ok(Executed::Applied(vec![vec![], vec![]])));
    assert_eq!(there, Ok(Executed::RefusedAt(0)));
    assert_eq!(keys(&database), ["a", "b", "d", "e", "x"]);
    drop(database);
    // What applied is one commit, with what was refused and had touched nothing; then the first of the refused, which
    // touches nothing any more.
    assert_eq!(*sizes.lock().unwrap(), [1, 1, 3, 1]);
}

#[test]
fn refusals_that_touch_nothing_cost_their_group_nothing() {
    let server = migrated();
    let (database, sizes) = with_sizes(&server.url());
    assert_eq!(write(&database, vec![put("x")]), done());
    let other = Other::holding(&server.url(), "a");
    let first = submit(&database, vec![put("a")]);
    until_waiting(&server, "Lock");
    let refused: Vec<_> = (0..20).map(|_| submit(&database, vec![put("x")])).collect();
    let good = submit(&database, vec![put("b")]);
    other.roll_back();
    assert_eq!(first.blocking_recv().unwrap(), done());
    assert_eq!(good.blocking_recv().unwrap(), done());
    for answer in refused {
        assert_eq!(answer.blocking_recv().unwrap(), Ok(Executed::RefusedAt(0)));
    }
    drop(database);
    assert_eq!(*sizes.lock().unwrap(), [1, 1, 21]);
}

#[test]
fn a_group_is_not_larger_than_it_may_be() {
    let server = migrated();
    let (database, sizes) = with_sizes(&server.url());
    let other = Other::holding(&server.url(), "first");
    let first = submit(&database, vec![put("first")]);
    until_waiting(&server, "Lock");
    let answers: Vec<_> =
        (0..600).map(|number| submit(&database, vec![put(&number.to_string())])).collect();
    other.roll_back();
    assert_eq!(first.blocking_recv().unwrap(), done());
    for answer in answers {
        assert_eq!(answer.blocking_recv().unwrap(), done());
    }
    drop(database);
    assert_eq!(*sizes.lock().unwrap(), [1, 256, 256, 88]);
}

#[test]
fn steps_see_what_earlier_ones_did_and_a_refused_set_leaves_nothing() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let list = || Step::any(&LIST, params![]);
    let both = write(&database, vec![put("a"), list(), put("b"), list()]).unwrap();
    let Executed::Applied(rows) = both else { panic!("{both:?}") };
    let seen = rows.into_iter().map(|rows| rows.into_iter().flatten().map(text).collect());
    assert_eq!(seen.collect::<Vec<Vec<_>>>(), [vec![], vec!["a"], vec![], vec!["a", "b"]]);
    let refused = write(&database, vec![put("c"), put("a"), put("d")]);
    assert_eq!(refused, Ok(Executed::RefusedAt(1)));
    assert_eq!(reason(write(&database, vec![put("c"), broken(), put("d")])), Reason::Failed);
    let refused_first = write(&database, vec![put("a"), broken()]);
    assert_eq!(refused_first, Ok(Executed::RefusedAt(0)), "what comes after a refusal is void");
    // A step that need not touch a row refuses nothing.
    let again = Step { required: false, ..put("a") };
    assert!(matches!(write(&database, vec![again, put("e")]), Ok(Executed::Applied(_))));
    assert_eq!(write(&database, vec![]), Ok(Executed::Applied(vec![])));
    assert_eq!(keys(&database), ["a", "b", "e"]);
}

#[test]
fn a_parameter_of_another_kind_is_refused_and_disturbs_nobody() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let odd = Step { params: params!["a", "not a number"], ..put("a") };
    assert_eq!(reason(write(&database, vec![put("b"), odd])), Reason::Failed);
    assert_eq!(write(&database, vec![put("c")]), done());
    assert_eq!(keys(&database), ["c"]);
}

#[test]
fn a_writer_that_panics_goes_on() {
    let server = migrated();
    let once = AtomicBool::new(true);
    let panics: BatchObserver = Arc::new(move |_| {
        assert!(!once.swap(false, Ordering::SeqCst), "on purpose");
    });
    let database = open_with(&options(&server.url()), 1000, Some(panics));
    assert_eq!(write(&database, vec![put("a")]), done());
    assert_eq!(write(&database, vec![put("b")]), done());
    assert_eq!(keys(&database), ["a", "b"]);
}

#[test]
fn one_who_no_longer_waits_changes_nothing() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let other = Other::holding(&server.url(), "a");
    drop(submit(&database, vec![put("a")]));
    until_waiting(&server, "Lock");
    drop(submit(&database, vec![put("b")]));
    other.roll_back();
    assert_eq!(write(&database, vec![put("c")]), done());
    assert_eq!(keys(&database), ["a", "b", "c"]);
}

#[test]
fn dropping_finishes_what_is_queued() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let other = Other::holding(&server.url(), "0");
    let answers: Vec<_> =
        (0..50).map(|number| submit(&database, vec![put(&number.to_string())])).collect();
    other.roll_back();
    drop(database);
    for answer in answers {
        assert_eq!(answer.blocking_recv().unwrap(), done());
    }
    assert_eq!(keys(&open(&options(&server.url()))).len(), 50);
}

#[tokio::test]
async fn a_closed_database_says_so() {
    let server = migrated();
    let database = open(&options(&server.url()));
    database.close().await;
    assert_eq!(reason(database.apply(vec![put("a")]).await), Reason::Closed);
    assert_eq!(reason(database.read(vec![]).await), Reason::Closed);
    assert_eq!(reason(database.ping().await), Reason::Closed);
}

#[test]
fn a_full_queue_is_told_at_once() {
    let server = migrated();
    let database = open_with(&options(&server.url()), 3, None);
    let other = Other::holding(&server.url(), "0");
    let mut answers = vec![submit(&database, vec![put("0")])];
    until_waiting(&server, "Lock");
    answers.extend(["1", "2", "3"].map(|key| submit(&database, vec![put(key)])));
    let (answer, _unused) = oneshot::channel();
    let refused = database.writes.put(WriteJob { steps: vec![put("4")], answer });
    assert_eq!(reason::<()>(Err(StoreError::from(refused.unwrap_err()))), Reason::Overloaded);
    other.roll_back();
    for answer in answers {
        assert_eq!(answer.blocking_recv().unwrap(), done());
    }
    assert_eq!(keys(&database), ["0", "1", "2", "3"]);
}

#[test]
fn several_queries_are_answered_from_one_moment() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let of_another_table =
        statement::catalogue().find(|statement| statement.name == "KEY_LIST").unwrap();
    write(&database, vec![put("before")]).unwrap();
    // Prepared before the table is locked.
    assert_eq!(keys(&database), ["before"]);
    let other = Other::begin(&server.url(), "LOCK TABLE key_ring IN ACCESS EXCLUSIVE MODE");
    let (answer, answered) = oneshot::channel();
    let queries = [&LIST, of_another_table, &LIST].map(|query| Step::any(query, params![]));
    database.reads.put(ReadJob { queries: queries.into(), answer }).unwrap();
    until_waiting(&server, "Lock");
    write(&database, vec![put("meanwhile")]).unwrap();
    other.roll_back();
    let rows = answered.blocking_recv().unwrap().unwrap();
    assert_eq!((rows[0].len(), rows[2].len()), (1, 1));
    assert_eq!(keys(&database).len(), 2);
}
