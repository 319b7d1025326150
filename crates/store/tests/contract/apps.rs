use onlyauth_store::{AppRecord, AppUpdate};

use super::support::*;

fn record(mark: u8) -> AppRecord {
    AppRecord {
        client_id: client(1),
        app_id: app(mark),
        settings: r#"{"enabled":1}"#.to_owned(),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
    }
}

#[tokio::test]
async fn apps_are_made_found_listed_and_deleted() {
    let (_dir, store) = store().await;
    assert_eq!(store.app_create(&record(2)).await, Ok(true));
    assert_eq!(store.app_create(&record(1)).await, Ok(true));
    assert_eq!(store.app_create(&record(1)).await, Ok(false));
    assert_eq!(store.app_find(client(1), app(1)).await, Ok(Some(record(1))));
    assert_eq!(store.app_list(client(1)).await, Ok(vec![record(1), record(2)]));
    assert_eq!(store.app_delete(client(1), app(1)).await, Ok(true));
    assert_eq!(store.app_delete(client(1), app(1)).await, Ok(false));
    assert_eq!(store.app_list(client(1)).await, Ok(vec![record(2)]));
    let version = store.client_find(client(1)).await.unwrap().unwrap().version;
    assert_eq!(version, 4, "two made, one deleted");
}

#[tokio::test]
async fn an_update_names_the_revision_that_it_saw() {
    let (_dir, store) = store().await;
    store.app_create(&record(1)).await.unwrap();
    let update = store.app_update(client(1), app(1), "{}", 1, at(5)).await.unwrap();
    let expected =
        AppRecord { settings: "{}".to_owned(), revision: 2, updated_at: at(5), ..record(1) };
    assert_eq!(update, AppUpdate::Updated(expected.clone()));
    let late = store.app_update(client(1), app(1), "late", 1, at(6)).await;
    assert_eq!(late, Ok(AppUpdate::Conflict));
    assert_eq!(store.app_find(client(1), app(1)).await, Ok(Some(expected)));
    let gone = store.app_update(client(1), app(9), "{}", 1, at(6)).await;
    assert_eq!(gone, Ok(AppUpdate::Gone));
    assert_eq!(store.client_find(client(1)).await.unwrap().unwrap().version, 3);
}

#[tokio::test]
async fn row_38_apps_of_another_client_are_out_of_reach() {
    let (_dir, store) = store().await;
    store.app_create(&record(1)).await.unwrap();
    assert_eq!(store.app_find(client(2), app(1)).await, Ok(None));
    assert_eq!(store.app_list(client(2)).await, Ok(vec![]));
    assert_eq!(store.app_update(client(2), app(1), "{}", 1, NOW).await, Ok(AppUpdate::Gone));
    assert_eq!(store.app_delete(client(2), app(1)).await, Ok(false));
    assert_eq!(store.app_create(&AppRecord { client_id: client(9), ..record(3) }).await, Ok(false));
    assert_eq!(store.app_find(client(1), app(1)).await, Ok(Some(record(1))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_parallel_updates_one_holds() {
    let (_dir, store) = store().await;
    store.app_create(&record(1)).await.unwrap();
    let updates = at_once((0..50).map(|number| {
        let store = store.clone();
        async move { store.app_update(client(1), app(1), &number.to_string(), 1, at(1)).await }
    }))
    .await;
    let held = updates.iter().filter(|update| matches!(update, Ok(AppUpdate::Updated(_))));
    assert_eq!(held.count(), 1);
    assert_eq!(updates.iter().filter(|update| **update == Ok(AppUpdate::Conflict)).count(), 49);
}
