use onlyauth_store::{Reason, StoreError};

use super::support::*;

#[tokio::test]
async fn a_closed_store_is_unavailable() {
    let (_dir, store) = store().await;
    store.close().await;
    let error = store.client_list().await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { reason: Reason::Closed, .. }));
    assert!(store.client_create(&new_client(3)).await.is_err());
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
