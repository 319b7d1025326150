use onlyauth_core::action::Status;
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Failures;
use onlyauth_store::{
    CodeOrigin, DeliveryRecord, DeliveryStatus, EndUserKey, LoginKey, LoginRecord, NewAction, Send,
    SendOutcome,
};

use super::support::*;

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
    assert_eq!((found.status, found.sends, found.extensions), (Status::Open, 0, 0));
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
    assert_eq!((&before.challenge, before.delivery()), (&None, None));
    assert_eq!(before.way(Channel::Sms).failures, Failures::default());
    assert_eq!(before.end_user, None);

    store.challenge_send(&first_send(1)).await.unwrap();
    store.challenge_attempt(&attempt(1, 1, onlyauth_store::Judged::Wrong)).await.unwrap();
    let after = login(&store, 1).await;
    let found = after.challenge.as_ref().unwrap();
    assert_eq!((found.challenge_id, found.channel, found.digits), (challenge(1), Channel::Sms, 6));
    let origin = CodeOrigin { seed: [1; 16], key_id: key(1) };
    assert_eq!(found.code, Some(origin));
    assert_eq!((found.attempts, found.max_attempts, found.consumed_at), (1, MAX_ATTEMPTS, None));
    assert_eq!((found.created_at, found.expires_at), (NOW, at(300)));
    let pending = DeliveryRecord {
        step: 1,
        channel: Channel::Sms,
        status: DeliveryStatus::Pending,
        reason: None,
        created_at: NOW,
    };
    assert_eq!(after.delivery(), Some(&pending));
    let way = after.way(Channel::Sms);
    assert_eq!((way.sends, way.last_sent_at), (1, Some(NOW)));
    assert_eq!(way.failures, Failures { count: 1, last_at: Some(at(10)) });
    assert_eq!(
        (after.way(Channel::Voice).sends, after.way(Channel::Voice).last_sent_at),
        (0, None)
    );

    let decided_on = after.login(&[Channel::Voice, Channel::Sms]);
    assert_eq!(decided_on.action.unwrap().sends, 1);
    assert_eq!(decided_on.challenge.unwrap().tries_left(), 4);
    assert_eq!(decided_on.ways, [after.way(Channel::Voice), way]);
}

#[tokio::test]
async fn a_login_before_its_start_knows_its_end_user() {
    let (_dir, store) = passed(1).await;
    let found = login(&store, 2).await;
    assert_eq!((&found.action, &found.challenge, found.delivery()), (&None, &None, None));
    assert_eq!(found.end_user.unwrap().last_pass.unwrap().channel, Channel::Sms);
}

#[tokio::test]
async fn the_newest_challenge_is_the_last_step_whatever_its_id_and_channel() {
    let (_dir, store) = sent(5).await;
    // An instance whose clock is behind makes ids that sort before those of the others.
    let call = Send {
        channel: Channel::Voice,
        seen_sends: 1,
        now: at(20),
        action_id: action(5),
        ..first_send(4)
    };
    assert_eq!(store.challenge_send(&call).await, Ok(SendOutcome::Committed));
    let found = login(&store, 5).await;
    let newest = found.challenge.as_ref().unwrap();
    assert_eq!((newest.challenge_id, newest.channel), (challenge(4), Channel::Voice));
    assert_eq!(found.delivery().unwrap().channel, Channel::Voice);
    assert_eq!(found.way(Channel::Sms).last_sent_at, Some(NOW));
    assert_eq!(found.way(Channel::Voice).last_sent_at, Some(at(20)));
}

#[tokio::test]
async fn more_time_is_given_once_per_extension_seen() {
    let (_dir, store) = store().await;
    store.action_create(&new_action(1)).await.unwrap();
    let extend = async |client_id, seen, now, end| {
        store.action_extend(client_id, action(1), seen, at(now), at(end)).await
    };
    assert_eq!(extend(client(2), 0, 800, 1700).await, Ok(false));
    assert_eq!(extend(client(1), 0, 800, 1700).await, Ok(true));
    assert_eq!(extend(client(1), 0, 801, 1701).await, Ok(false));
    assert_eq!(extend(client(1), 1, 1700, 2600).await, Ok(false));
    let found = store.action_find(client(1), action(1)).await.unwrap().unwrap();
    assert_eq!((found.extensions, found.expires_at), (1, at(1700)));
}

#[tokio::test]
async fn a_login_is_seen_by_its_own_client_only() {
    let (_dir, store) = sent(1).await;
    let end_user = EndUserKey { client_id: client(2), ..end_user() };
    let key = LoginKey { action_id: action(1), end_user };
    assert_eq!(store.login_find(&key).await, Ok(LoginRecord::default()));
    assert_eq!(store.action_find(client(2), action(1)).await, Ok(None));
}

#[tokio::test]
async fn nothing_prints_what_a_code_is_made_from() {
    let (_dir, store) = sent(9).await;
    let shown = format!("{:?} {:?}", login(&store, 9).await.challenge, first_send(9));
    assert!(!shown.contains("9, 9"), "{shown}");
}
