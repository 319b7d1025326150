use onlyauth_core::channel::Channel;
use onlyauth_store::{
    Content, DeliveryRecord, DeliveryStatus, FinalReceipt, Send, Store, StoreError,
};

use super::support::*;

async fn delivery(store: &Store, mark: u8) -> DeliveryRecord {
    login(store, mark).await.delivery().unwrap().clone()
}

async fn claimed(mark: u8) -> (Installation, Store) {
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
    let Content::Code { action: its, challenge: of } = &claim.content else { panic!("{claim:?}") };
    assert_eq!((its.action_id, &its.sealed), (action(1), &vec![1; 60]));
    assert_eq!(of.challenge_id, challenge(1));
    assert_eq!(of.code.as_ref().unwrap().seed, [1; 16]);
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
    assert_eq!(store.outbox_failed(client(1), message(1), "late", at(2)).await, Ok(false));
    assert_eq!(store.outbox_retry(client(1), message(1), at(5)).await, Ok(false));
    let found = delivery(&store, 1).await;
    assert_eq!((found.status, found.reason), (DeliveryStatus::Sent, None));
}

#[tokio::test]
async fn a_failure_says_why() {
    let (_dir, store) = claimed(1).await;
    assert_eq!(store.outbox_failed(client(1), message(1), "no_such_number", at(2)).await, Ok(true));
    let found = delivery(&store, 1).await;
    assert_eq!(found.status, DeliveryStatus::Failed);
    assert_eq!(found.reason.as_deref(), Some("no_such_number"));
    assert_eq!(store.outbox_due(client(1), at(900), 10).await, Ok(vec![]));
}

#[tokio::test]
async fn what_nobody_knows_is_not_sent_again() {
    let (_dir, store) = claimed(1).await;
    assert_eq!(store.outbox_unknown(client(2), message(1), "timeout", at(2)).await, Ok(false));
    assert_eq!(store.outbox_unknown(client(1), message(1), "timeout", at(2)).await, Ok(true));
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

async fn receipt(store: &Store, mark: u8, receipt: &FinalReceipt, seconds: u64) -> bool {
    store.outbox_receipt(client(1), message(mark), receipt, at(seconds)).await.unwrap()
}

fn undelivered() -> FinalReceipt {
    FinalReceipt::Failed { reason: "twilio_30003".to_owned() }
}

#[tokio::test]
async fn row_36_a_receipt_settles_a_message_once() {
    for (first, then, status, reason) in [
        (FinalReceipt::Delivered, undelivered(), DeliveryStatus::Delivered, None),
        (undelivered(), FinalReceipt::Delivered, DeliveryStatus::Failed, Some("twilio_30003")),
    ] {
        let (_dir, store) = claimed(1).await;
        assert_eq!(store.outbox_sent(client(1), message(1), at(1)).await, Ok(true));
        assert_eq!(store.outbox_receipt(client(2), message(1), &first, at(2)).await, Ok(false));
        assert!(receipt(&store, 1, &first, 2).await);
        assert!(!receipt(&store, 1, &then, 3).await);
        assert!(!receipt(&store, 1, &first, 4).await);
        let found = delivery(&store, 1).await;
        assert_eq!((found.status, found.reason.as_deref()), (status, reason));
    }
}

#[tokio::test]
async fn a_receipt_may_come_before_our_own_note() {
    for told in [FinalReceipt::Delivered, undelivered()] {
        let (_dir, store) = claimed(1).await;
        assert!(receipt(&store, 1, &told, 1).await);
        let settled = delivery(&store, 1).await;
        // Whatever this server makes of the hand-over now changes nothing.
        assert_eq!(store.outbox_sent(client(1), message(1), at(2)).await, Ok(false));
        assert_eq!(store.outbox_unknown(client(1), message(1), "timeout", at(2)).await, Ok(false));
        assert_eq!(store.outbox_retry(client(1), message(1), at(2)).await, Ok(false));
        assert_eq!(store.outbox_abandon(client(1), at(900)).await, Ok(vec![]));
        assert_eq!(delivery(&store, 1).await, settled);
    }
}

#[tokio::test]
async fn a_receipt_clears_up_what_nobody_knew() {
    for (told, status) in [
        (FinalReceipt::Delivered, DeliveryStatus::Delivered),
        (undelivered(), DeliveryStatus::Failed),
    ] {
        let (_dir, store) = claimed(1).await;
        assert_eq!(store.outbox_unknown(client(1), message(1), "timeout", at(2)).await, Ok(true));
        assert!(receipt(&store, 1, &told, 3).await);
        assert_eq!(delivery(&store, 1).await.status, status);
        assert_ne!(delivery(&store, 1).await.reason.as_deref(), Some("timeout"));
    }
}

#[tokio::test]
async fn row_34_what_was_delivered_after_all_is_not_tried_again() {
    let (_dir, store) = claimed(1).await;
    assert_eq!(store.outbox_retry(client(1), message(1), at(5)).await, Ok(true));
    assert!(!receipt(&store, 1, &undelivered(), 3).await, "it has other tries");
    assert!(receipt(&store, 1, &FinalReceipt::Delivered, 3).await);
    assert_eq!(store.outbox_due(client(1), at(900), 10).await, Ok(vec![]));
    assert_eq!(store.outbox_claim(client(1), message(1), at(5), at(35)).await, Ok(None));
}

#[tokio::test]
async fn what_was_never_handed_over_has_no_receipt() {
    let (_dir, store) = sent(1).await;
    for told in [FinalReceipt::Delivered, undelivered()] {
        assert!(!receipt(&store, 1, &told, 1).await);
        assert!(!receipt(&store, 9, &told, 1).await);
    }
    assert_eq!(delivery(&store, 1).await.status, DeliveryStatus::Pending);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_36_of_parallel_receipts_one_settles() {
    let (_dir, store) = claimed(1).await;
    let settled = at_once((0..50).map(|number| {
        let store = store.clone();
        let told = if number % 2 == 0 { FinalReceipt::Delivered } else { undelivered() };
        async move {
            if number == 25 {
                store.outbox_sent(client(1), message(1), at(1)).await.unwrap();
            }
            receipt(&store, 1, &told, 1).await.then_some(told)
        }
    }))
    .await;
    let settled: Vec<FinalReceipt> = settled.into_iter().flatten().collect();
    let expected = match settled.as_slice() {
        [FinalReceipt::Delivered] => DeliveryStatus::Delivered,
        [FinalReceipt::Failed { .. }] => DeliveryStatus::Failed,
        other => panic!("{other:?}"),
    };
    assert_eq!(delivery(&store, 1).await.status, expected);
}

/// The claim is a commit of its own, and what is read after it may fail.
#[tokio::test]
async fn row_34_a_message_whose_login_can_not_be_read_is_not_lost_with_its_claim() {
    let (installation, store) = sent(1).await;
    let hash = |hex: &str| format!("UPDATE actions SET end_user_hash = {hex}");
    installation.execute(&hash("substr(phone_hash, 1, 1)"));
    let claim = store.outbox_claim(client(1), message(1), NOW, at(30)).await;
    assert!(matches!(claim, Err(StoreError::Corrupt { .. })), "{claim:?}");
    assert_eq!(store.outbox_due(client(1), NOW, 10).await, Ok(vec![message(1)]));
    installation.execute(&hash("phone_hash"));
    assert!(store.outbox_claim(client(1), message(1), NOW, at(30)).await.unwrap().is_some());
}
