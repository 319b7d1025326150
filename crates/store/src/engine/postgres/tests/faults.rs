//! security.md row 43, for one session: lost, locked out, or in another's way. Nothing is told to be done that is
//! not, and all goes on by itself.

use super::*;

/// Ends our session that waits for a lock.
const TERMINATE: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'onlyauth' AND wait_event_type = 'Lock'";

#[test]
fn a_session_lost_before_its_commit_has_done_nothing() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let other = Other::holding(&server.url(), "a");
    let lost = [submit(&database, vec![put("b"), put("a")])];
    until_waiting(&server, "Lock");
    server.query(TERMINATE);
    for answer in lost {
        assert_eq!(reason(answer.blocking_recv().unwrap()), Reason::Unreachable);
    }
    other.roll_back();
    // One more may come while there is no session.
    until("back", || write(&database, vec![put("c")]).is_ok());
    assert_eq!(keys(&database), ["c"]);
}

#[test]
fn a_lock_that_stays_is_not_waited_for_long() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let other = Other::holding(&server.url(), "a");
    assert_eq!(reason(write(&database, vec![put("b"), put("a")])), Reason::Busy);
    assert_eq!(write(&database, vec![put("b")]), done());
    other.roll_back();
    assert_eq!(write(&database, vec![put("a")]), done());
}

#[test]
fn whoever_gives_in_to_a_deadlock_is_tried_again() {
    let server = migrated();
    let database = open(&options(&server.url()));
    // It would notice the deadlock last, so that ours gives in.
    let other = Other::begin(
        &server.url(),
        "SET LOCAL deadlock_timeout = '60s'; INSERT INTO limits VALUES ('b', 1)",
    );
    let ours = submit(&database, vec![put("a"), put("b")]);
    until_waiting(&server, "Lock");
    other.run("INSERT INTO limits VALUES ('a', 1)");
    other.roll_back();
    assert_eq!(ours.blocking_recv().unwrap(), Ok(Executed::Applied(vec![vec![], vec![]])));
    let [deadlocks] = &server
        .query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")[..]
    else {
        panic!("one row")
    };
    assert_ne!(deadlocks, &["0"], "there was none");
}

#[test]
fn a_reader_cannot_write() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let (answer, answered) = oneshot::channel();
    database.reads.put(ReadJob { queries: vec![put("a")], answer }).unwrap();
    assert_eq!(reason(answered.blocking_recv().unwrap()), Reason::ReadOnly);
    assert_eq!(keys(&database), [""; 0]);
}

#[test]
fn a_database_swapped_for_another_schema_is_not_written() {
    let server = migrated();
    let database = open(&options(&server.url()));
    server.query("UPDATE schema_migrations SET version = 99");
    let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'onlyauth'";
    server.query(all);
    let mut refused = None;
    until("noticed", || {
        let outcome = write(&database, vec![put("a")]).map_err(|error| error.to_string());
        let error = outcome.unwrap_err();
        let noticed = error.contains("its schema version became 99");
        refused = Some(error);
        noticed
    });
    server.query("UPDATE schema_migrations SET version = 1");
    until("back", || write(&database, vec![put("b")]).is_ok());
    until("readable", || read(&database).is_ok());
    assert_eq!(keys(&database), ["b"]);
}

#[test]
fn no_error_quotes_a_key() {
    static PLAIN: Statement =
        Statement { name: "PLAIN", sql: "INSERT INTO limits (limit_key, tat) VALUES (?1, 1)" };

    let server = migrated();
    let database = open(&options(&server.url()));
    write(&database, vec![put("somebody")]).unwrap();
    let error = write(&database, vec![Step::any(&PLAIN, params!["somebody"])]).unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("23505") && !text.contains("somebody"), "{text}");
}
