//! Two proofs of different kinds in one action.

use onlyauth_core::action::Status;
use onlyauth_core::challenge::Verdict;
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Failures;
use onlyauth_core::ids::ChallengeId;
use onlyauth_core::proof::Proven;
use onlyauth_store::{
    Attempt, AttemptOutcome, Begin, FactorUse, Judged, Redemption, Send, SendOutcome, Store,
};

use super::support::*;

fn of_action(mark: u8, channel: Channel) -> ChallengeId {
    ChallengeId::of_action(action(mark), channel)
}

/// Makes a factor's challenge the newest of an action that has begun.
async fn begin(store: &Store, mark: u8, channel: Channel) {
    let begin = Begin {
        action_id: action(mark),
        end_user: end_user(),
        channel,
        challenge_id: of_action(mark, channel),
        sends: 1,
        digits: 6,
        max_attempts: MAX_ATTEMPTS,
        now: at(5),
        expires_at: at(9_000),
        start: None,
    };
    assert_eq!(store.challenge_begin(&begin).await, Ok(true));
}

/// A store whose end user has authenticator app 1, and in action `mark` a code was sent and the app was chosen.
async fn both(mark: u8) -> (Installation, Store) {
    let (installation, store) = sent(mark).await;
    assert!(enrol(&store, end_user(), new_factor(1)).await);
    begin(&store, mark, Channel::Totp).await;
    (installation, store)
}

/// The right code by text message, as the first of two proofs.
fn by_sms(mark: u8, form: u8) -> Attempt {
    attempt(mark, form, Judged::First)
}

/// A right code of the app that is so far; it passes where something had been proven.
fn by_app(mark: u8, form: u8, position: i64, proven: Proven) -> Attempt {
    let judged = if proven.is_empty() { Judged::First } else { right(mark) };
    Attempt {
        challenge_id: of_action(mark, Channel::Totp),
        channel: Channel::Totp,
        factor: Some(FactorUse { factor_id: factor(1), position }),
        proven,
        ..attempt(mark, form, judged)
    }
}

fn sms() -> Proven {
    Proven::from(Channel::Sms)
}

#[tokio::test]
async fn the_first_of_two_proofs_leaves_the_action_open_and_hands_out_no_token() {
    let (_dir, store) = sent(1).await;
    store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await.unwrap();
    assert_eq!(store.challenge_attempt(&by_sms(1, 2)).await, Ok(AttemptOutcome::Proven));
    let stands = login(&store, 1).await;
    let action = stands.action.as_ref().unwrap();
    assert_eq!((action.status, action.ended_at, &action.proven), (Status::Open, None, &sms()));
    let challenge = stands.challenge.as_ref().unwrap();
    assert_eq!((challenge.attempts, challenge.consumed_at), (2, Some(at(10))));
    assert_eq!(stands.way(Channel::Sms).failures, Failures::default(), "success resets them");
    assert_eq!(store.success_token_consume(&redeem(1)).await, Ok(Redemption::NotFound));
    assert_eq!(store.end_user_find(&end_user()).await, Ok(None), "nobody has passed");
    // The very same form, and another one with the same code.
    let repeat = AttemptOutcome::Repeat { verdict: Verdict::Right, token_over: true };
    assert_eq!(store.challenge_attempt(&by_sms(1, 2)).await, Ok(repeat));
    assert_eq!(store.challenge_attempt(&by_sms(1, 3)).await, Ok(AttemptOutcome::Closed));
}

#[tokio::test]
async fn the_second_one_passes_and_the_token_says_both_in_order() {
    let (_dir, store) = both(1).await;
    store.challenge_attempt(&by_sms(1, 1)).await.unwrap();
    let second = store.challenge_attempt(&by_app(1, 2, 8, sms())).await;
    assert_eq!(second, Ok(AttemptOutcome::Passed));
    let action = login(&store, 1).await.action.unwrap();
    assert_eq!((action.status, action.proven.to_string().as_str()), (Status::Passed, "sms,totp"));
    let Ok(Redemption::Consumed(proof)) = store.success_token_consume(&redeem(1)).await else {
        panic!("not consumed");
    };
    assert_eq!(proof.channels, [Channel::Sms, Channel::Totp].map(Into::into));
    let known = store.end_user_find(&end_user()).await.unwrap().unwrap();
    assert_eq!(known.last_pass.unwrap().channel, Channel::Totp);
    assert_eq!(known.phone.unwrap().hash, [8; 32]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_first_proofs_at_once_neither_is_lost_and_nothing_passes_twice() {
    let (_dir, store) = store().await;
    assert!(enrol(&store, end_user(), new_factor(1)).await);
    for round in 1..=40_u8 {
        send_first(&store, round).await;
        begin(&store, round, Channel::Totp).await;
        let position = 10 + i64::from(round);
        let app = by_app(round, 2, position, Proven::default());
        let outcomes = at_once([by_sms(round, 1), app].map(|attempt| {
            let store = store.clone();
            async move { store.challenge_attempt(&attempt).await.unwrap() }
        }))
        .await;
        let proven = outcomes.iter().filter(|o| **o == AttemptOutcome::Proven).count();
        let moved = outcomes.iter().filter(|o| **o == AttemptOutcome::ProofMoved).count();
        assert_eq!((proven, moved), (1, 1), "{outcomes:?}");
        // Judged again, with what stands now, the other one passes.
        let seen = login(&store, round).await.action.unwrap().proven;
        let again = if outcomes[0] == AttemptOutcome::ProofMoved {
            Attempt { proven: seen, judged: right(round), ..by_sms(round, 1) }
        } else {
            by_app(round, 2, position, seen)
        };
        assert_eq!(store.challenge_attempt(&again).await, Ok(AttemptOutcome::Passed));
        let passed = login(&store, round).await.action.unwrap();
        assert_eq!((passed.status, passed.proven.channels().len()), (Status::Passed, 2));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_proof_is_counted_once_from_however_many_forms_at_once() {
    let (_dir, store) = sent(1).await;
    let outcomes = at_once((0..50).map(|form| {
        let store = store.clone();
        async move { store.challenge_attempt(&by_sms(1, form)).await.unwrap() }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Proven).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Closed).count(), 49);
    let action = login(&store, 1).await.action.unwrap();
    assert_eq!((action.status, action.proven), (Status::Open, sms()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_second_proofs_at_once_one_passes() {
    let (_dir, store) = both(1).await;
    begin(&store, 1, Channel::BackupCode).await;
    store.challenge_attempt(&by_sms(1, 1)).await.unwrap();
    let code = Attempt {
        challenge_id: of_action(1, Channel::BackupCode),
        channel: Channel::BackupCode,
        factor: None,
        ..by_app(1, 3, 0, sms())
    };
    let outcomes = at_once([by_app(1, 2, 8, sms()), code].map(|attempt| {
        let store = store.clone();
        async move { store.challenge_attempt(&attempt).await.unwrap() }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Passed).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::ActionClosed).count(), 1);
}

#[tokio::test]
async fn what_is_over_is_not_proven_and_what_is_proven_can_be_given_up() {
    let (_dir, store) = both(1).await;
    let late = Attempt { now: at(900), ..by_app(1, 1, 8, Proven::default()) };
    assert_eq!(store.challenge_attempt(&late).await, Ok(AttemptOutcome::ActionClosed));
    store.challenge_attempt(&by_sms(1, 2)).await.unwrap();
    assert_eq!(store.action_cancel(client(1), action(1), at(20)).await, Ok(true));
    let second = store.challenge_attempt(&by_app(1, 3, 8, sms())).await;
    assert_eq!(second, Ok(AttemptOutcome::ActionClosed));
    let action = login(&store, 1).await.action.unwrap();
    assert_eq!((action.status, action.proven), (Status::Cancelled, sms()));
}

#[tokio::test]
async fn a_factor_that_is_chosen_again_after_it_was_the_first_proof_keeps_its_count() {
    let (_dir, store) = both(1).await;
    let wrong = Attempt { judged: Judged::Wrong, factor: None, ..by_app(1, 1, 0, sms()) };
    store.challenge_attempt(&wrong).await.unwrap();
    store.challenge_attempt(&by_app(1, 2, 8, Proven::default())).await.unwrap();
    begin(&store, 1, Channel::Totp).await;
    let challenge = login(&store, 1).await.challenge.unwrap();
    assert_eq!((challenge.attempts, challenge.consumed_at), (2, None));
    // The step that passed is used; a later one proves the same kind again, and no more.
    let totp = Proven::from(Channel::Totp);
    let again = |form, position| Attempt {
        judged: Judged::First,
        ..by_app(1, form, position, totp.clone())
    };
    assert_eq!(store.challenge_attempt(&again(3, 8)).await, Ok(AttemptOutcome::FactorMoved));
    assert_eq!(store.challenge_attempt(&again(4, 9)).await, Ok(AttemptOutcome::Proven));
    assert_eq!(login(&store, 1).await.action.unwrap().proven, totp);
}

#[tokio::test]
async fn a_code_for_the_second_proof_can_be_sent_after_the_first() {
    let (_dir, store) = store().await;
    assert!(enrol(&store, end_user(), new_factor(1)).await);
    assert_eq!(store.action_create(&new_action(1)).await, Ok(true));
    begin(&store, 1, Channel::Totp).await;
    let first = by_app(1, 1, 8, Proven::default());
    assert_eq!(store.challenge_attempt(&first).await, Ok(AttemptOutcome::Proven));
    let send = Send { now: at(11), ..first_send(1) };
    assert_eq!(store.challenge_send(&send).await, Ok(SendOutcome::Committed));
    let totp = Proven::from(Channel::Totp);
    let second = Attempt { proven: totp, now: at(12), ..attempt(1, 2, right(1)) };
    assert_eq!(store.challenge_attempt(&second).await, Ok(AttemptOutcome::Passed));
}
