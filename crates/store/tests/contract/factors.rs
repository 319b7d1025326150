use onlyauth_core::action::Status;
use onlyauth_core::challenge::Verdict;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::ChallengeId;
use onlyauth_store::{
    Attempt, AttemptOutcome, Begin, EndUserKey, FactorRecord, FactorUse, Judged, KnownPhone,
    LastPass, NewFactor, Passed, Store,
};

use super::support::*;

fn begin(mark: u8) -> Begin {
    Begin {
        action_id: action(mark),
        end_user: end_user(),
        channel: Channel::Totp,
        challenge_id: ChallengeId::of_action(action(mark), Channel::Totp),
        sends: 0,
        digits: 6,
        max_attempts: MAX_ATTEMPTS,
        now: at(30),
        expires_at: at(9_000),
        start: Some(new_action(mark)),
    }
}

/// An attempt by the factor 1, at the challenge of [`begin`].
fn attempt_by_factor(mark: u8, form: u8, position: i64, judged: Judged) -> Attempt {
    Attempt {
        challenge_id: begin(mark).challenge_id,
        channel: Channel::Totp,
        now: at(40),
        factor: Some(FactorUse { factor_id: factor(1), position }),
        ..attempt(mark, form, judged)
    }
}

/// What a right code stores where no number passed.
fn right_by_factor(mark: u8) -> Judged {
    let Judged::Right(passed) = right(mark) else { unreachable!() };
    Judged::Right(Passed { phone: None, ..passed })
}

/// A store whose end user passed once and then enrolled the factor 1.
async fn enrolled() -> (Installation, Store) {
    let (dir, store) = passed(1).await;
    assert!(enrol(&store, end_user(), new_factor(1)).await);
    (dir, store)
}

async fn position(store: &Store) -> i64 {
    store.factor_list(&end_user()).await.unwrap()[0].position
}

#[tokio::test]
async fn what_is_enrolled_is_listed_oldest_first_and_once() {
    let (_dir, store) = enrolled().await;
    let second = NewFactor { channel: Channel::Webauthn, ..new_factor(2) };
    assert!(enrol(&store, end_user(), second).await);
    for again in [
        new_factor(1),
        NewFactor { factor_id: factor(9), ..new_factor(1) },
        NewFactor { lookup_hash: [9; 32], ..new_factor(1) },
    ] {
        assert!(!enrol(&store, end_user(), again).await);
    }
    let first = FactorRecord {
        factor_id: factor(1),
        channel: Channel::Totp,
        lookup_hash: [1; 32],
        sealed: vec![1; 50],
        position: 7,
        created_at: at(20),
        last_used_at: None,
        sealed_name: None,
    };
    let listed = store.factor_list(&end_user()).await.unwrap();
    assert_eq!((&listed[0], listed[1].channel, listed.len()), (&first, Channel::Webauthn, 2));
    assert_eq!(login(&store, 1).await.factors, 2);
}

#[tokio::test]
async fn row_45_factors_are_of_one_world() {
    let (_dir, store) = enrolled().await;
    for other in [
        EndUserKey { mode: Mode::Live, ..end_user() },
        EndUserKey { app_id: app(2), ..end_user() },
        EndUserKey { client_id: client(2), ..end_user() },
        EndUserKey { end_user_hash: [1; 32], ..end_user() },
    ] {
        assert_eq!(store.factor_list(&other).await, Ok(Vec::new()));
        assert_eq!(store.factor_delete(&other, factor(1), &record(1)).await, Ok(false));
    }
    assert_eq!(store.factor_delete(&end_user(), factor(1), &record(1)).await, Ok(true));
    assert_eq!(store.factor_delete(&end_user(), factor(1), &record(1)).await, Ok(false));
    assert_eq!(login(&store, 1).await.factors, 0);
}

#[tokio::test]
async fn beginning_starts_the_action_once_and_is_the_newest_of_its_step() {
    let (_dir, store) = enrolled().await;
    assert_eq!(store.challenge_begin(&begin(2)).await, Ok(true));
    let stands = login(&store, 2).await;
    assert_eq!(stands.action.as_ref().unwrap().sends, 0);
    let challenge = stands.challenge.unwrap();
    assert_eq!((challenge.challenge_id, challenge.channel), (begin(2).challenge_id, Channel::Totp));
    assert_eq!((challenge.code, challenge.max_attempts), (None, MAX_ATTEMPTS));

    // A message comes after it, and choosing the factor again comes after that.
    let send = onlyauth_store::Send { now: at(50), ..first_send(2) };
    assert_eq!(store.challenge_send(&send).await, Ok(onlyauth_store::SendOutcome::Committed));
    assert_eq!(login(&store, 2).await.challenge.unwrap().channel, Channel::Sms);
    let again = Begin { sends: 1, now: at(45), start: None, ..begin(2) };
    assert_eq!(store.challenge_begin(&again).await, Ok(true));
    assert_eq!(login(&store, 2).await.challenge.unwrap().channel, Channel::Totp);
}

#[tokio::test]
async fn nothing_begins_in_an_action_that_is_over() {
    let (_dir, store) = enrolled().await;
    assert_eq!(store.challenge_begin(&Begin { start: None, ..begin(2) }).await, Ok(false));
    let passed = Begin { start: None, ..begin(1) };
    assert_eq!(store.challenge_begin(&passed).await, Ok(false));
    let late = Begin { now: at(900), ..begin(3) };
    assert_eq!(store.challenge_begin(&late).await, Ok(false));
    assert_eq!(login(&store, 3).await.action, None, "nor is a dead action left behind");
}

#[tokio::test]
async fn choosing_a_factor_anew_gives_no_further_tries() {
    let (_dir, store) = enrolled().await;
    store.challenge_begin(&begin(2)).await.unwrap();
    for form in 1..=5 {
        let wrong = Attempt { factor: None, ..attempt_by_factor(2, form, 0, Judged::Wrong) };
        let tries_left = MAX_ATTEMPTS - u32::from(form);
        assert_eq!(
            store.challenge_attempt(&wrong).await,
            Ok(AttemptOutcome::Counted { tries_left })
        );
        assert_eq!(store.challenge_begin(&Begin { start: None, ..begin(2) }).await, Ok(true));
    }
    let right = attempt_by_factor(2, 9, 8, right_by_factor(2));
    assert_eq!(store.challenge_attempt(&right).await, Ok(AttemptOutcome::Closed));
    assert_eq!(position(&store).await, 7);
}

#[tokio::test]
async fn a_right_code_passes_moves_the_factor_and_leaves_the_number_as_it_was() {
    let (_dir, store) = enrolled().await;
    store.challenge_begin(&begin(2)).await.unwrap();
    let right = attempt_by_factor(2, 1, 8, right_by_factor(2));
    assert_eq!(store.challenge_attempt(&right).await, Ok(AttemptOutcome::Passed));
    let factor = store.factor_list(&end_user()).await.unwrap().remove(0);
    assert_eq!((factor.position, factor.last_used_at), (8, Some(at(40))));
    let user = store.end_user_find(&end_user()).await.unwrap().unwrap();
    assert_eq!(user.phone, Some(KnownPhone { hash: [8; 32], sealed: vec![1; 40] }));
    assert_eq!(user.last_pass, Some(LastPass { at: at(40), channel: Channel::Totp }));
    assert_eq!(login(&store, 2).await.action.unwrap().status, Status::Passed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_11_one_step_passes_one_of_fifty_logins_at_once() {
    let (_dir, store) = enrolled().await;
    for mark in 2..52 {
        assert_eq!(store.challenge_begin(&begin(mark)).await, Ok(true));
    }
    let outcomes = at_once((2..52).map(|mark| {
        let (store, attempt) =
            (store.clone(), attempt_by_factor(mark, 1, 8, right_by_factor(mark)));
        async move { store.challenge_attempt(&attempt).await.unwrap() }
    }))
    .await;
    let count = |wanted| outcomes.iter().filter(|outcome| **outcome == wanted).count();
    assert_eq!((count(AttemptOutcome::Passed), count(AttemptOutcome::FactorMoved)), (1, 49));
    assert_eq!(position(&store).await, 8);
    for (outcome, mark) in outcomes.iter().zip(2..52) {
        let status = login(&store, mark).await.action.unwrap().status;
        assert_eq!(status == Status::Passed, *outcome == AttemptOutcome::Passed, "{mark}");
    }
}

#[tokio::test]
async fn row_11_an_older_step_is_refused_and_changes_nothing() {
    let (_dir, store) = enrolled().await;
    store.challenge_begin(&begin(2)).await.unwrap();
    for position in [7, 6] {
        let right = attempt_by_factor(2, 1, position, right_by_factor(2));
        assert_eq!(store.challenge_attempt(&right).await, Ok(AttemptOutcome::FactorMoved));
    }
    let stands = login(&store, 2).await;
    assert_eq!((stands.challenge.unwrap().attempts, position(&store).await), (0, 7));
    assert_eq!(stands.action.unwrap().status, Status::Open);
}

#[tokio::test]
async fn what_was_used_and_what_is_far_away_are_counted_and_told_again_alike() {
    let (_dir, store) = enrolled().await;
    store.challenge_begin(&begin(2)).await.unwrap();
    for (form, position, judged, verdict, after) in [
        (1, 7, Judged::Used, Verdict::Used, 7),
        (2, 12, Judged::ClockOff, Verdict::ClockOff, 12),
        // Counted although the factor is further by now.
        (3, 9, Judged::ClockOff, Verdict::ClockOff, 12),
    ] {
        let attempt = attempt_by_factor(2, form, position, judged);
        let tries_left = MAX_ATTEMPTS - u32::from(form);
        let counted = AttemptOutcome::Counted { tries_left };
        assert_eq!(store.challenge_attempt(&attempt).await, Ok(counted));
        let repeat = AttemptOutcome::Repeat { verdict, token_over: false };
        assert_eq!(store.challenge_attempt(&attempt).await, Ok(repeat));
        assert_eq!(self::position(&store).await, after);
    }
    let factor = store.factor_list(&end_user()).await.unwrap().remove(0);
    assert_eq!(factor.last_used_at, None, "none of them was a use");
    assert_eq!(login(&store, 2).await.way(Channel::Totp).failures.count, 3);
}
