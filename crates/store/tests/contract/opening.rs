use std::time::{Duration, Instant};

use onlyauth_store::database_path;
use onlyauth_store::{DataFolder, NewClient, OpenError, OpenOptions, Reason, Store, StoreError};

use crate::support::*;

fn admin(dir: &tempfile::TempDir) -> Result<Store, OpenError> {
    Store::open(OpenOptions::admin(dir.path(), NOW))
}

#[tokio::test]
async fn one_server_and_commands_beside_it() {
    let (dir, store) = store().await;
    let error = DataFolder::lock(dir.path()).unwrap_err();
    assert!(matches!(error, OpenError::Locked { .. }));
    assert!(error.hint().contains("--data"), "{}", error.hint());

    let beside = admin(&dir).unwrap();
    let new = NewClient {
        client_id: client(3),
        name: "By command".to_owned(),
        created_at: NOW,
        first_secret: None,
    };
    assert_eq!(beside.client_create(&new).await, Ok(true));
    assert!(store.client_find(client(3)).await.unwrap().is_some(), "the server sees it");
}

#[tokio::test]
async fn a_command_alone_makes_the_database_and_leaves_the_folder_free() {
    let dir = tempfile::tempdir().unwrap();
    let command = admin(&dir).unwrap();
    assert!(database_path(dir.path()).exists());
    let server = open(&dir);
    assert_eq!(command.client_list().await, Ok(vec![]));
    assert_eq!(server.ping().await, Ok(()));
}

#[test]
fn a_command_makes_nothing_while_another_holds_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let _held = DataFolder::lock(dir.path()).unwrap();
    let error = admin(&dir).unwrap_err();
    assert!(matches!(error, OpenError::SchemaMismatch { found: 0, .. }), "{error}");
    assert!(!database_path(dir.path()).exists());
}

#[tokio::test]
async fn a_command_on_a_database_that_is_there_takes_no_lock() {
    let (dir, store) = store().await;
    store.close().await;
    drop(store);
    let lock = dir.path().join("onlyauth.lock");
    std::fs::remove_file(&lock).unwrap();
    let command = admin(&dir).unwrap();
    assert_eq!(command.client_list().await.unwrap().len(), 2);
    assert!(!lock.exists(), "not even for a moment, in which no server could start");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn of_commands_that_begin_an_installation_at_once_each_succeeds() {
    for round in 0..20 {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("data");
        let made = at_once((0..8).map(|mark| {
            let folder = folder.clone();
            async move {
                let store =
                    Store::open(OpenOptions::admin(folder, NOW)).map_err(|e| e.to_string())?;
                let new = NewClient {
                    client_id: client(mark),
                    name: "At once".to_owned(),
                    created_at: NOW,
                    first_secret: None,
                };
                store.client_create(&new).await.map_err(|error| error.to_string())
            }
        }))
        .await;
        assert_eq!(made, vec![Ok(true); 8], "round {round}");
        let store = serve(DataFolder::lock(&folder).unwrap());
        assert_eq!(store.client_list().await.unwrap().len(), 8);
    }
}

#[test]
fn a_server_gives_a_short_command_time_to_finish() {
    let dir = tempfile::tempdir().unwrap();
    let held = DataFolder::lock(dir.path()).unwrap();
    let begun = Instant::now();
    let error = DataFolder::lock_patiently(dir.path()).unwrap_err();
    assert!(matches!(error, OpenError::Locked { .. }), "{error}");
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    drop(held);
    DataFolder::lock_patiently(dir.path()).unwrap();
}

#[test]
fn a_foreign_file_is_refused_with_a_hint() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(database_path(dir.path()), "minutes of the meeting ".repeat(100)).unwrap();
    let error = admin(&dir).unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error}");
    assert!(!error.to_string().is_empty() && !error.hint().is_empty());
}

#[tokio::test]
async fn the_lock_ends_with_the_last_clone() {
    let (dir, store) = store().await;
    let clone = store.clone();
    drop(store);
    assert!(DataFolder::lock(dir.path()).is_err());
    drop(clone);
    assert!(DataFolder::lock(dir.path()).is_ok());
}

#[tokio::test]
async fn a_closed_store_is_unavailable() {
    let (_dir, store) = store().await;
    store.close().await;
    let error = store.client_list().await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { reason: Reason::Closed, .. }));
    assert!(
        store
            .client_create(&NewClient {
                client_id: client(3),
                name: String::new(),
                created_at: NOW,
                first_secret: None,
            })
            .await
            .is_err()
    );
    assert!(store.ping().await.is_err());
    store.close().await;
}

#[tokio::test]
async fn a_sound_database_passes_the_doctor() {
    let (_dir, store) = passed(1).await;
    assert_eq!(store.integrity_check().await, Ok(vec![]));
    let settings = store.durability_check().await.unwrap();
    assert!(
        !settings.is_empty() && settings.iter().all(onlyauth_store::DurabilitySetting::is_right)
    );
    assert_eq!(store.ping().await, Ok(()));
    assert_eq!(store.queue_depth(), 0);
}
