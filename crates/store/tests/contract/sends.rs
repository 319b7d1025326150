use onlyauth_core::channel::{Channel, Mode};
use onlyauth_store::{
    AttemptOutcome, EndUserKey, Judged, NewAction, NewChallenge, Send, SendChallenge, SendOutcome,
};

use super::support::*;

/// The second message of action 1, with the first one's code.
fn resend() -> Send {
    Send {
        seen_sends: 1,
        now: at(30),
        challenge: SendChallenge::Keep(challenge(1)),
        message_id: message(2),
        next_try_at: at(30),
        ..first_send(1)
    }
}

fn new_challenge(mark: u8) -> SendChallenge {
    let SendChallenge::New(new) = first_send(mark).challenge else { unreachable!() };
    SendChallenge::New(NewChallenge { expires_at: at(600), ..new })
}

#[tokio::test]
async fn a_send_counts_and_fills_the_outbox() {
    let (_dir, store) = sent(1).await;
    let stands = login(&store, 1).await;
    assert_eq!(
        (stands.way(Channel::Sms).sends, stands.way(Channel::Sms).last_sent_at),
        (1, Some(NOW))
    );
    assert_eq!(store.outbox_due(client(1), NOW, 10).await, Ok(vec![message(1)]));
    let claimed = store.outbox_claim(client(1), message(1), NOW, at(30)).await.unwrap().unwrap();
    assert_eq!(claimed.message.challenge_id, Some(challenge(1)));
    assert_eq!((claimed.message.mode, claimed.message.created_at), (Mode::Sandbox, NOW));
}

#[tokio::test]
async fn a_resend_keeps_the_challenge_or_makes_a_new_one() {
    let (_dir, store) = sent(1).await;
    assert_eq!(store.challenge_send(&resend()).await, Ok(SendOutcome::Committed));
    let kept = login(&store, 1).await;
    assert_eq!(
        (kept.way(Channel::Sms).sends, kept.way(Channel::Sms).last_sent_at),
        (2, Some(at(30)))
    );
    let kept = kept.challenge.unwrap();
    assert_eq!((kept.challenge_id, kept.expires_at), (challenge(1), at(300)), "no longer life");

    let third = Send {
        seen_sends: 2,
        now: at(290),
        challenge: new_challenge(3),
        message_id: message(3),
        ..resend()
    };
    assert_eq!(store.challenge_send(&third).await, Ok(SendOutcome::Committed));
    assert_eq!(login(&store, 1).await.challenge.unwrap().challenge_id, challenge(3));
    assert_eq!(store.outbox_due(client(1), at(290), 10).await.unwrap().len(), 3);
}

#[tokio::test]
async fn what_a_send_changes_is_known_without_another_look() {
    let (_dir, store) = store().await;
    let more = |mark: u8, channel| Send {
        seen_sends: u32::from(mark) - 1,
        now: at(290),
        channel,
        challenge: new_challenge(mark),
        message_id: message(mark),
        ..resend()
    };
    let start = Send { start: Some(new_action(1)), ..first_send(1) };
    for send in [start, resend(), more(3, Channel::Sms), more(4, Channel::Voice)] {
        let before = login(&store, 1).await;
        assert_eq!(store.challenge_send(&send).await, Ok(SendOutcome::Committed));
        assert_eq!(before.sent(&send), login(&store, 1).await, "{send:?}");
    }
}

#[tokio::test]
async fn row_34_the_same_form_twice_sends_once() {
    let (_dir, store) = sent(1).await;
    let again = Send { challenge: new_challenge(2), message_id: message(2), ..first_send(1) };
    assert_eq!(store.challenge_send(&again).await, Ok(SendOutcome::AlreadySent));
    assert_eq!(login(&store, 1).await.challenge.unwrap().challenge_id, challenge(1));
    assert_eq!(store.outbox_due(client(1), at(60), 10).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_34_fifty_equal_requests_send_one_message() {
    let (_dir, store) = store().await;
    store.action_create(&new_action(1)).await.unwrap();
    let outcomes = at_once((1..=50).map(|mark| {
        let store = store.clone();
        let send =
            Send { challenge: new_challenge(mark), message_id: message(mark), ..first_send(1) };
        async move { store.challenge_send(&send).await.unwrap() }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == SendOutcome::Committed).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == SendOutcome::AlreadySent).count(), 49);
    assert_eq!(store.outbox_due(client(1), at(60), 100).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_34_a_first_message_starts_its_action_and_of_fifty_one_does() {
    let (_dir, store) = store().await;
    let outcomes = at_once((1..=50).map(|mark| {
        let store = store.clone();
        let send = Send {
            challenge: new_challenge(mark),
            message_id: message(mark),
            start: Some(NewAction { language: format!("en-{mark}"), ..new_action(1) }),
            ..first_send(1)
        };
        async move { (store.challenge_send(&send).await.unwrap(), send) }
    }))
    .await;
    let committed: Vec<_> =
        outcomes.iter().filter(|(outcome, _)| *outcome == SendOutcome::Committed).collect();
    assert_eq!(committed.len(), 1, "{outcomes:?}");
    let (started, stands) = (committed[0].1.start.as_ref().unwrap(), login(&store, 1).await);
    let action = stands.action.as_ref().unwrap();
    assert_eq!((action.sends, &action.language), (1, &started.language), "as the one started it");
    assert_eq!(store.outbox_due(client(1), at(60), 100).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_action_that_is_there_already_is_not_started_again() {
    let (_dir, store) = store().await;
    store.action_create(&new_action(1)).await.unwrap();
    store.action_cancel(client(1), action(1), at(5)).await.unwrap();
    let before = store.action_find(client(1), action(1)).await;
    let again = Send { now: at(10), start: Some(new_action(1)), ..first_send(1) };
    assert_eq!(store.challenge_send(&again).await, Ok(SendOutcome::Closed));
    assert_eq!(store.action_find(client(1), action(1)).await, before);
    assert_eq!(store.outbox_due(client(1), at(60), 10).await, Ok(vec![]));
}

#[tokio::test]
async fn nothing_is_sent_where_something_is_closed() {
    let (_dir, store) = sent(1).await;
    let closed = async |send: Send| {
        assert_eq!(store.challenge_send(&send).await, Ok(SendOutcome::Closed), "{send:?}");
    };
    // The action is over, at its last moment itself.
    closed(Send { now: at(900), challenge: new_challenge(2), ..resend() }).await;
    // The challenge to keep is over, another channel's, or of no action.
    closed(Send { now: at(300), ..resend() }).await;
    closed(Send { channel: Channel::Voice, ..resend() }).await;
    closed(Send { challenge: SendChallenge::Keep(challenge(9)), ..resend() }).await;
    // Not this end user's, app's, mode's or client's action.
    for stranger in [
        EndUserKey { end_user_hash: [1; 32], ..end_user() },
        EndUserKey { app_id: app(2), ..end_user() },
        EndUserKey { mode: Mode::Live, ..end_user() },
        EndUserKey { client_id: client(2), ..end_user() },
    ] {
        closed(Send { end_user: stranger, ..resend() }).await;
    }
    // The challenge's tries are used up.
    for form in 1..=5 {
        store.challenge_attempt(&attempt(1, form, Judged::Wrong)).await.unwrap();
    }
    closed(resend()).await;
    assert_eq!(login(&store, 1).await.action.as_ref().unwrap().sends, 1);
    assert_eq!(store.outbox_due(client(1), at(60), 10).await.unwrap().len(), 1);
    // The action was cancelled.
    store.action_cancel(client(1), action(1), at(20)).await.unwrap();
    closed(Send { challenge: new_challenge(2), ..resend() }).await;
}

#[tokio::test]
async fn a_passed_action_sends_nothing_more() {
    let (_dir, store) = passed(1).await;
    let again = Send { challenge: new_challenge(2), ..resend() };
    assert_eq!(store.challenge_send(&again).await, Ok(SendOutcome::Closed));
    assert_eq!(store.challenge_send(&resend()).await, Ok(SendOutcome::Closed));
}

#[tokio::test]
async fn row_4_a_new_message_does_not_reset_the_failures() {
    let (_dir, store) = sent(1).await;
    let outcome = store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Counted { tries_left: 4 }));
    let second = Send { challenge: new_challenge(2), ..resend() };
    store.challenge_send(&second).await.unwrap();
    send_first(&store, 3).await;
    assert_eq!(login(&store, 1).await.way(Channel::Sms).failures.count, 1);
    assert_eq!(
        login(&store, 3).await.way(Channel::Sms).failures.count,
        1,
        "also in another action"
    );
}
