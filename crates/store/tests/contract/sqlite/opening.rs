use std::time::{Duration, Instant};

use onlyauth_store::{Database, DatabaseLock, OpenError, OpenOptions, Store, database_path};

use super::support::*;

#[tokio::test]
async fn one_server_and_commands_beside_it() {
    let (dir, store) = store().await;
    let error = DatabaseLock::take(&database_path(dir.path())).unwrap_err();
    assert!(matches!(error, OpenError::Locked { .. }));
    assert!(error.hint().contains("--data"), "{}", error.hint());

    let beside = dir.admin().unwrap();
    assert_eq!(beside.client_create(&new_client(3)).await, Ok(true));
    assert!(store.client_find(client(3)).await.unwrap().is_some(), "the server sees it");
}

#[tokio::test]
async fn a_command_alone_makes_the_database_and_leaves_the_folder_free() {
    let dir = installation();
    let command = dir.admin().unwrap();
    assert!(database_path(dir.path()).exists());
    let server = dir.open();
    assert_eq!(command.client_list().await, Ok(vec![]));
    assert_eq!(server.ping().await, Ok(()));
}

#[test]
fn a_command_makes_nothing_while_another_holds_the_folder() {
    let dir = installation();
    let _held = DatabaseLock::take(&database_path(dir.path())).unwrap();
    let error = dir.admin().unwrap_err();
    assert!(matches!(error, OpenError::SchemaMismatch { found: 0, .. }), "{error}");
    assert!(!database_path(dir.path()).exists());
}

#[tokio::test]
async fn a_command_on_a_database_that_is_there_takes_no_lock() {
    let (dir, store) = store().await;
    store.close().await;
    drop(store);
    let lock = dir.path().join("onlyauth.db.lock");
    std::fs::remove_file(&lock).unwrap();
    let command = dir.admin().unwrap();
    assert_eq!(command.client_list().await.unwrap().len(), 2);
    assert!(!lock.exists(), "not even for a moment, in which no server could start");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn of_commands_that_begin_an_installation_at_once_each_succeeds() {
    for round in 0..20 {
        let dir = installation();
        let folder = dir.path().join("data");
        let database = Database::Sqlite(database_path(&folder));
        let made = at_once((0..8).map(|mark| {
            let database = database.clone();
            async move {
                let store =
                    Store::open(OpenOptions::admin(database, NOW)).map_err(|e| e.to_string())?;
                store.client_create(&new_client(mark)).await.map_err(|error| error.to_string())
            }
        }))
        .await;
        assert_eq!(made, vec![Ok(true); 8], "round {round}");
        let store = serve(database.claim(&folder).unwrap(), database.clone());
        assert_eq!(store.client_list().await.unwrap().len(), 8);
    }
}

#[test]
fn a_server_gives_a_short_command_time_to_finish() {
    let dir = installation();
    let held = DatabaseLock::take(&database_path(dir.path())).unwrap();
    let begun = Instant::now();
    let error = DatabaseLock::take_patiently(&database_path(dir.path())).unwrap_err();
    assert!(matches!(error, OpenError::Locked { .. }), "{error}");
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    drop(held);
    DatabaseLock::take_patiently(&database_path(dir.path())).unwrap();
}

#[test]
fn a_foreign_file_is_refused_with_a_hint() {
    let dir = installation();
    std::fs::write(database_path(dir.path()), "minutes of the meeting ".repeat(100)).unwrap();
    let error = dir.admin().unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
    assert!(!error.to_string().is_empty() && !error.hint().is_empty());
}

#[tokio::test]
async fn the_lock_ends_with_the_last_clone() {
    let (dir, store) = store().await;
    let clone = store.clone();
    drop(store);
    assert!(DatabaseLock::take(&database_path(dir.path())).is_err());
    drop(clone);
    assert!(DatabaseLock::take(&database_path(dir.path())).is_ok());
}
