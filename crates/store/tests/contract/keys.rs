use onlyauth_core::keys::Purpose;
use onlyauth_store::KeyRecord;

use super::support::*;

fn record(mark: u8, purpose: Purpose, generation: i64) -> KeyRecord {
    KeyRecord {
        key_id: key(mark),
        purpose,
        generation,
        not_before: at(u64::from(mark)),
        not_after: None,
        wrapped: vec![mark; 60],
        created_at: NOW,
    }
}

#[tokio::test]
async fn keys_are_made_all_or_none() {
    let (_dir, store) = store().await;
    let first = [record(1, Purpose::Code, 1), record(2, Purpose::Data, 1)];
    assert_eq!(store.key_create(&first).await, Ok(true));
    let overlapping = [record(3, Purpose::Attempt, 1), record(4, Purpose::Data, 1)];
    assert_eq!(store.key_create(&overlapping).await, Ok(false));
    assert_eq!(store.key_list().await, Ok(first.to_vec()));
}

#[tokio::test]
async fn a_rotation_ends_the_older_keys_of_its_purpose() {
    let (_dir, store) = store().await;
    store.key_create(&[record(1, Purpose::Code, 1), record(2, Purpose::Data, 1)]).await.unwrap();
    let second = record(3, Purpose::Code, 2);
    assert_eq!(store.key_rotate(&second, Some(at(100))).await, Ok(true));
    let third = record(4, Purpose::Code, 3);
    assert_eq!(store.key_rotate(&third, Some(at(200))).await, Ok(true));
    assert_eq!(store.key_rotate(&record(5, Purpose::Data, 2), None).await, Ok(true));
    let ends: Vec<_> =
        store.key_list().await.unwrap().into_iter().map(|key| key.not_after).collect();
    // An end that was set is not moved: code 1, 2, 3, then data 1, 2.
    assert_eq!(ends, [Some(at(100)), Some(at(200)), None, None, None]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_parallel_rotations_one_holds() {
    let (_dir, store) = store().await;
    store.key_create(&[record(1, Purpose::Code, 1)]).await.unwrap();
    let rotations = at_once((10..30).map(|mark| {
        let store = store.clone();
        async move { store.key_rotate(&record(mark, Purpose::Code, 2), Some(at(100))).await }
    }))
    .await;
    assert_eq!(rotations.iter().filter(|held| **held == Ok(true)).count(), 1);
    assert_eq!(store.key_list().await.unwrap().len(), 2);
}
