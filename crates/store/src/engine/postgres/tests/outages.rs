//! security.md row 43, for the whole server: away, read-only, or replaced by its standby.

use server::PostgresServer as Server;
use tokio::sync::oneshot::error::TryRecvError;

use super::*;

const DATABASE: &str = "postgres";
/// How soon a refusal must come when nothing can be done.
const SOON: Duration = Duration::from_secs(5);

fn url(hosts: &[&Server]) -> String {
    let hosts: Vec<String> = hosts.iter().map(|server| server.host()).collect();
    format!("postgres://postgres@{}/{DATABASE}", hosts.join(","))
}

/// Changes a setting of the server, now and for all sessions.
fn set(server: &Server, change: &str) {
    server.execute(DATABASE, &format!("ALTER SYSTEM {change}"));
    server.execute(DATABASE, "SELECT pg_reload_conf()");
}

/// Writing and reading are refused, and soon.
fn is_away(database: &Postgres) {
    for _ in 0..3 {
        let begun = Instant::now();
        assert_eq!(reason(write(database, vec![put("away")])), Reason::Unreachable);
        assert_eq!(reason(read(database)), Reason::Unreachable);
        assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    }
}

#[test]
fn a_server_that_is_away_is_told_and_found_again() {
    let mut server = Server::start(&[]);
    let database = open(&options(&url(&[&server])));
    assert_eq!(write(&database, vec![put("before")]), done());
    for (round, end) in [Server::stop, Server::kill].into_iter().enumerate() {
        end(&mut server);
        is_away(&database);
        server.start_again();
        until("back", || write(&database, vec![put(&format!("after {round}"))]).is_ok());
        until("readable", || read(&database).is_ok());
    }
    assert_eq!(keys(&database), ["after 0", "after 1", "before"]);
}

#[test]
fn a_server_that_takes_no_writes_is_told_and_found_again() {
    let server = Server::start(&[]);
    let database = open(&options(&url(&[&server])));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(database.ping()), Ok(()));
    set(&server, "SET default_transaction_read_only = on");
    until("noticed", || runtime.block_on(database.ping()).is_err());
    for _ in 0..3 {
        assert_eq!(reason(write(&database, vec![put("a")])), Reason::ReadOnly);
        assert_eq!(reason(runtime.block_on(database.ping())), Reason::ReadOnly);
    }
    set(&server, "RESET default_transaction_read_only");
    until("back", || write(&database, vec![put("b")]).is_ok());
    assert_eq!(runtime.block_on(database.ping()), Ok(()));
    assert_eq!(keys(&database), ["b"]);
}

#[test]
fn after_a_failover_the_new_primary_is_found() {
    let mut primary = Server::start(&[]);
    let database = open(&options(&url(&[&primary])));
    assert_eq!(write(&database, vec![put("before")]), done());
    drop(database);
    let standby = primary.standby(&[]);
    // The standby comes first, and is passed over while it takes no writes.
    let database = open(&options(&url(&[&standby, &primary])));
    set(&primary, "SET synchronous_standby_names = '*'");
    until("followed", || {
        primary
            .query(DATABASE, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
            != [["0"]]
    });
    assert_eq!(write(&database, vec![put("confirmed")]), done());
    primary.kill();
    assert!(matches!(write(&database, vec![put("a")]), Err(StoreError::Unavailable { .. })));
    standby.promote();
    until("back", || write(&database, vec![put("after")]).is_ok());
    until("readable", || read(&database).is_ok());
    assert_eq!(keys(&database), ["after", "before", "confirmed"]);
}

/// Those of our sessions whose commit is on the disk and waits for a standby.
const WAITING: &str =
    "FROM pg_stat_activity WHERE application_name = 'onlyauth' AND wait_event = 'SyncRep'";

/// Where no standby confirms: a commit that waits for one, by the key that it puts.
///
/// The setting is known to the server only once its checkpointer has read it, which no session can see, so that the first may
/// be quicker. What is there already is not put again, and a commit of nothing waits for nobody: each has a key of its own.
fn waiting_commit(server: &Server, database: &Postgres, name: &str) -> (String, Answer<Executed>) {
    let (mut waiting, mut tried) = (None, 0);
    until("waiting", || {
        tried += 1;
        let key = format!("{name} {tried}");
        let mut answer = submit(database, vec![put(&key)]);
        // Whatever becomes of it, it is answered in the end.
        while waiting.is_none() && answer.try_recv() == Err(TryRecvError::Empty) {
            if server.query(DATABASE, &format!("SELECT count(*) {WAITING}")) != [["0"]] {
                waiting = Some((key, answer));
                return true;
            }
        }
        false
    });
    waiting.unwrap()
}

/// Ends what the sessions wait for that commit.
fn end_waiting(server: &Server, end: &str) {
    server.execute(DATABASE, &format!("SELECT {end}(pid) {WAITING}"));
}

#[test]
fn a_commit_whose_answer_is_lost_is_unknown() {
    let server = Server::start(&[]);
    let database = open(&options(&url(&[&server])));
    set(&server, "SET synchronous_standby_names = 'nobody'");
    let mut put_all = Vec::new();
    for end in ["pg_terminate_backend", "pg_cancel_backend"] {
        let (key, answer) = waiting_commit(&server, &database, end);
        end_waiting(&server, end);
        assert_eq!(answer.blocking_recv().unwrap(), Err(StoreError::Unknown), "{end}");
        put_all.push(key);
    }
    set(&server, "RESET synchronous_standby_names");
    until("back", || write(&database, vec![put("after")]).is_ok());
    let held = keys(&database);
    assert!(put_all.iter().all(|key| held.contains(key)), "{put_all:?} in {held:?}");
}

/// A function of the session is made by a commit of its own, which must not wait where nobody confirms.
#[test]
fn sets_of_one_shape_are_answered_also_while_no_standby_confirms() {
    let server = Server::start(&[]);
    let database = open(&options(&url(&[&server])));
    set(&server, "SET synchronous_standby_names = 'nobody'");
    let (_, answer) = waiting_commit(&server, &database, "before");
    end_waiting(&server, "pg_terminate_backend");
    assert_eq!(answer.blocking_recv().unwrap(), Err(StoreError::Unknown));
    let answers: Vec<_> =
        ["a", "b", "c", "d"].map(|key| submit(&database, vec![put(key)])).into_iter().collect();
    for answer in answers {
        // Each commit is given up after its time; none is told as done.
        assert_eq!(answer.blocking_recv().unwrap(), Err(StoreError::Unknown));
    }
    set(&server, "RESET synchronous_standby_names");
    until("back", || write(&database, vec![put("after")]).is_ok());
}
