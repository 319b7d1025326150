use onlyauth_core::action::Status;
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Failures;
use onlyauth_store::{DeliveryRecord, DeliveryStatus, LoginKey, NewAction};

use crate::support::*;

#[tokio::test]
async fn an_action_starts_once() {
    let (_dir, store) = store().await;
    assert_eq!(store.action_create(&new_action(1)).await, Ok(true));
    let other = NewAction { sealed: vec![99], ..new_action(1) };
    assert_eq!(store.action_create(&other).await, Ok(false));

    let found = store.action_find(client(1), action(1)).await.unwrap().unwrap();
    assert_eq!(found.end_user(), end_user());
    assert_eq!((found.sealed, found.phone_hash), (vec![1; 60], [8; 32]));
    assert_eq!((found.language.as_str(), found.region.as_str()), ("en-US", "us-1"));
    assert_eq!((found.status, found.sends, found.last_sent_at), (Status::Open, 0, None));
    assert_eq!((found.phone_changed, found.country.as_str()), (true, "US"));
    assert_eq!((found.created_at, found.expires_at, found.ended_at), (NOW, at(900), None));
}

#[tokio::test]
async fn only_an_open_action_is_cancelled() {
    let (_dir, store) = store().await;
    store.action_create(&new_action(1)).await.unwrap();
    // The last moment itself is too late.
    assert_eq!(store.action_cancel(client(1), action(1), at(900)).await, Ok(false));
    assert_eq!(store.action_cancel(client(2), action(1), at(1)).await, Ok(false));
    assert_eq!(store.action_cancel(client(1), action(1), at(1)).await, Ok(true));
    assert_eq!(store.action_cancel(client(1), action(1), at(2)).await, Ok(false));
    let found = store.action_find(client(1), action(1)).await.unwrap().unwrap();
    assert_eq!((found.status, found.ended_at), (Status::Cancelled, Some(at(1))));
}

#[tokio::test]
async fn a_login_is_read_as_a_whole() {
    let (_dir, store) = store().await;
    store.action_create(&new_action(1)).await.unwrap();
    let before = login(&store, 1).await;
    assert_eq!((&before.challenge, &before.delivery), (&None, &None));
    assert_eq!(before.failures, Failures::default());

    store.challenge_send(&first_send(1)).await.unwrap();
    store.challenge_attempt(&attempt(1, 1, onlyauth_store::Judged::Wrong)).await.unwrap();
    let after = login(&store, 1).await;
    let found = after.challenge.as_ref().unwrap();
    assert_eq!(
        (found.challenge_id, found.channel, found.seed),
        (challenge(1), Channel::Sms, [1; 16])
    );
    assert_eq!((found.code_key_id, found.digits), (key(1), 6));
    assert_eq!((found.attempts, found.max_attempts, found.consumed_at), (1, MAX_ATTEMPTS, None));
    assert_eq!((found.created_at, found.expires_at), (NOW, at(300)));
    let pending = DeliveryRecord { status: DeliveryStatus::Pending, reason: None };
    assert_eq!(after.delivery, Some(pending));
    assert_eq!(after.failures, Failures { count: 1, last_at: Some(at(10)) });

    let decided_on = after.login();
    assert_eq!(decided_on.action.unwrap().sends, 1);
    assert_eq!(decided_on.challenge.unwrap().tries_left(), 4);
    assert_eq!(decided_on.failures.count, 1);
}

#[tokio::test]
async fn a_login_is_seen_from_one_channel_and_one_client() {
    let (_dir, store) = sent(1).await;
    let find = async |client_id, channel| {
        let key = LoginKey { client_id, action_id: action(1) };
        store.login_find(key, channel).await.unwrap()
    };
    let voice = find(client(1), Channel::Voice).await.unwrap();
    assert_eq!((voice.challenge, voice.delivery), (None, None));
    assert_eq!(find(client(2), Channel::Sms).await, None);
    assert_eq!(store.action_find(client(2), action(1)).await, Ok(None));
}

#[tokio::test]
async fn nothing_prints_what_a_code_is_made_from() {
    let (_dir, store) = sent(9).await;
    let shown = format!("{:?} {:?}", login(&store, 9).await.challenge, first_send(9));
    assert!(!shown.contains("9, 9"), "{shown}");
}
