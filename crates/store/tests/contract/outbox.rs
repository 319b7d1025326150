use onlyauth_core::channel::Channel;
use onlyauth_store::{DeliveryRecord, DeliveryStatus, Send, Store};

use crate::support::*;

async fn delivery(store: &Store, mark: u8) -> DeliveryRecord {
    login(store, mark).await.delivery().unwrap().clone()
}

async fn claimed(mark: u8) -> (tempfile::TempDir, Store) {
    let (dir, store) = sent(mark).await;
    assert!(store.outbox_claim(client(1), message(mark), NOW, at(30)).await.unwrap().is_some());
    (dir, store)
}

#[tokio::test]
async fn what_is_due_comes_in_order() {
    let (_dir, store) = store().await;
    for (mark, due) in [(1, 20), (2, 10), (3, 30)] {
        store.action_create(&new_action(mark)).await.unwrap();
        let send = Send { next_try_at: at(due), ..first_send(mark) };
        store.challenge_send(&send).await.unwrap();
    }
    assert_eq!(store.outbox_due(client(1), at(9), 10).await, Ok(vec![]));
    assert_eq!(store.outbox_due(client(1), at(20), 10).await, Ok(vec![message(2), message(1)]));
    assert_eq!(store.outbox_due(client(1), at(30), 2).await, Ok(vec![message(2), message(1)]));
    assert_eq!(store.outbox_due(client(2), at(30), 10).await, Ok(vec![]));
    assert_eq!(store.outbox_claim(client(1), message(3), at(29), at(60)).await, Ok(None));
}

#[tokio::test]
async fn a_claim_brings_all_that_sending_needs() {
    let (_dir, store) = sent(1).await;
    assert_eq!(store.outbox_claim(client(2), message(1), NOW, at(30)).await, Ok(None));
    let claim = store.outbox_claim(client(1), message(1), NOW, at(30)).await.unwrap().unwrap();
    assert_eq!(claim.message.status, DeliveryStatus::Sending);
    assert_eq!((claim.message.tries, claim.message.channel), (1, Channel::Sms));
    assert_eq!((claim.action.action_id, claim.action.sealed), (action(1), vec![1; 60]));
    assert_eq!((claim.challenge.challenge_id, claim.challenge.seed), (challenge(1), [1; 16]));
    assert_eq!(store.outbox_claim(client(1), message(1), NOW, at(30)).await, Ok(None));
    assert_eq!(store.outbox_due(client(1), at(60), 10).await, Ok(vec![]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_parallel_workers_one_claims() {
    let (_dir, store) = sent(1).await;
    let claims = at_once((0..50).map(|_| {
        let store = store.clone();
        async move { store.outbox_claim(client(1), message(1), NOW, at(30)).await.unwrap() }
    }))
    .await;
    let tries: Vec<u32> = claims.iter().flatten().map(|claim| claim.message.tries).collect();
    assert_eq!(tries, [1]);
}

#[tokio::test]
async fn a_claimed_message_ends_once() {
    let (_dir, store) = claimed(1).await;
    assert_eq!(store.outbox_sent(client(2), message(1), at(1)).await, Ok(false));
    assert_eq!(store.outbox_sent(client(1), message(1), at(1)).await, Ok(true));
    assert_eq!(store.outbox_failed(client(1), message(1), "late").await, Ok(false));
    assert_eq!(store.outbox_retry(client(1), message(1), at(5)).await, Ok(false));
    let found = delivery(&store, 1).await;
    assert_eq!((found.status, found.reason), (DeliveryStatus::Sent, None));
}

#[tokio::test]
async fn a_failure_says_why() {
    let (_dir, store) = claimed(1).await;
    assert_eq!(store.outbox_failed(client(1), message(1), "no_such_number").await, Ok(true));
    let found = delivery(&store, 1).await;
    assert_eq!(found.status, DeliveryStatus::Failed);
    assert_eq!(found.reason.as_deref(), Some("no_such_number"));
    assert_eq!(store.outbox_due(client(1), at(900), 10).await, Ok(vec![]));
}

#[tokio::test]
async fn what_nobody_knows_is_not_sent_again() {
    let (_dir, store) = claimed(1).await;
    assert_eq!(store.outbox_unknown(client(2), message(1), "timeout").await, Ok(false));
    assert_eq!(store.outbox_unknown(client(1), message(1), "timeout").await, Ok(true));
    let found = delivery(&store, 1).await;
    assert_eq!(found.status, DeliveryStatus::Unknown);
    assert_eq!(found.reason.as_deref(), Some("timeout"));
    assert_eq!(store.outbox_retry(client(1), message(1), at(5)).await, Ok(false));
    assert_eq!(store.outbox_due(client(1), at(900), 10).await, Ok(vec![]));
    assert_eq!(store.outbox_abandon(client(1), at(900)).await, Ok(vec![]));
}

#[tokio::test]
async fn a_retry_is_due_later() {
    let (_dir, store) = claimed(1).await;
    assert_eq!(store.outbox_retry(client(1), message(1), at(5)).await, Ok(true));
    assert_eq!(store.outbox_due(client(1), at(4), 10).await, Ok(vec![]));
    let claim = store.outbox_claim(client(1), message(1), at(5), at(35)).await.unwrap().unwrap();
    assert_eq!(claim.message.tries, 2);
}

#[tokio::test]
async fn what_a_crash_left_is_unknown_and_not_sent_again() {
    let (_dir, store) = claimed(1).await;
    assert_eq!(store.outbox_abandon(client(1), at(29)).await, Ok(vec![]));
    assert_eq!(store.outbox_abandon(client(2), at(30)).await, Ok(vec![]));
    assert_eq!(store.outbox_abandon(client(1), at(30)).await, Ok(vec![message(1)]));
    let found = delivery(&store, 1).await;
    assert_eq!(found.status, DeliveryStatus::Unknown);
    assert_eq!(found.reason.as_deref(), Some("lease_expired"));
    assert_eq!(store.outbox_due(client(1), at(900), 10).await, Ok(vec![]));
    assert_eq!(store.outbox_claim(client(1), message(1), at(900), at(930)).await, Ok(None));
    // Its worker comes back too late.
    assert_eq!(store.outbox_sent(client(1), message(1), at(31)).await, Ok(false));
}
