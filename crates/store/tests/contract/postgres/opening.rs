use onlyauth_store::{Database, OpenError};

use super::support::*;
use crate::postgres_server::{TestDatabase, shared};

/// An empty database.
fn empty() -> Installation {
    Installation::on(TestDatabase::empty())
}

#[tokio::test]
async fn a_new_database_is_begun_once() {
    let new = empty();
    assert!(!new.database.is_begun().unwrap());
    let store = new.open();
    assert!(new.database.is_begun().unwrap());
    store.client_create(&new_client(1)).await.unwrap();
    assert_eq!(new.open().client_list().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn of_servers_and_commands_that_begin_at_once_each_succeeds() {
    let new = std::sync::Arc::new(empty());
    let made = at_once((0..8).map(|mark| {
        let new = std::sync::Arc::clone(&new);
        async move {
            let store = if mark % 2 == 0 { new.open() } else { new.admin().unwrap() };
            store.client_create(&new_client(mark)).await
        }
    }))
    .await;
    assert_eq!(made, vec![Ok(true); 8]);
    assert_eq!(new.open().client_list().await.unwrap().len(), 8);
}

#[tokio::test]
async fn several_servers_share_a_database_and_may_share_a_folder() {
    let (installation, first) = store().await;
    let (second, command) = (installation.open(), installation.admin().unwrap());
    assert_eq!(command.client_create(&new_client(3)).await, Ok(true));
    for store in [first, second] {
        assert!(store.client_find(client(3)).await.unwrap().is_some());
    }
}

#[test]
fn a_foreign_database_is_left_as_it_is() {
    for table in ["recipes", "schema_migrations"] {
        let server = TestDatabase::empty();
        server.query(&format!("CREATE TABLE {table} (version BIGINT)"));
        let foreign = Installation::on(server);
        for error in [foreign.admin().unwrap_err(), open_error(&foreign)] {
            assert!(matches!(error, OpenError::ForeignDatabase { .. }), "{error}");
            assert!(error.hint().contains("database.url"));
        }
        let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
        assert_eq!(foreign.query(tables), [["1"]]);
    }
}

#[test]
fn what_an_extension_brings_is_not_foreign() {
    let server = TestDatabase::empty();
    server.query("CREATE TABLE of_an_extension (a INT)");
    server.query("ALTER EXTENSION plpgsql ADD TABLE of_an_extension");
    drop(Installation::on(server).open());
}

#[test]
fn a_newer_database_is_left_alone() {
    let newer = installation();
    newer.query("INSERT INTO schema_migrations VALUES (2, 'from the future', 0)");
    for error in [newer.admin().unwrap_err(), open_error(&newer)] {
        assert!(matches!(error, OpenError::Newer { found: 2, known: 1 }), "{error}");
    }
}

#[test]
fn only_a_server_brings_an_older_database_along() {
    // Our mark, and no migration yet, as if there had been one before the first.
    let server = TestDatabase::empty();
    server.query(
        "CREATE TABLE schema_migrations (
             version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);
         COMMENT ON TABLE schema_migrations IS 'onlyauth';
         INSERT INTO schema_migrations VALUES (-1, 'before all', 0)",
    );
    let older = Installation::on(server);
    let error = older.admin().unwrap_err();
    assert!(matches!(error, OpenError::SchemaMismatch { found: -1, wanted: 1 }), "{error}");
    drop(older.open());
    drop(older.admin().unwrap());
}

#[test]
fn a_server_that_is_not_there_is_one_clear_error_without_the_password() {
    let secret = "correct-horse";
    let there = shared();
    for (rest, what) in [
        (format!("{}/nowhere", there.host()), "nowhere"),
        ("%2Fnowhere/o".to_owned(), "/nowhere"),
        ("127.0.0.1:1/o".to_owned(), "127.0.0.1"),
        // A server that offers no TLS.
        (format!("{}/postgres?port=1", there.host()), "postgres"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let database = on_server(&format!("postgres://postgres:{secret}@{rest}"));
        for error in [database.is_begun().unwrap_err(), try_open(&database, &dir)] {
            let text = format!("{error} {error:?} {}", error.hint());
            assert!(matches!(error, OpenError::Server { .. }), "{text}");
            assert!(text.contains(what) && !text.contains(secret), "{text}");
        }
    }
}

fn open_error(installation: &Installation) -> OpenError {
    let dir = tempfile::tempdir().unwrap();
    try_open(&installation.database, &dir)
}

fn try_open(database: &Database, dir: &tempfile::TempDir) -> OpenError {
    try_serve(database.claim(dir.path()).unwrap(), database.clone()).unwrap_err()
}
