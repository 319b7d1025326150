use onlyauth_core::action::Status;
use onlyauth_core::challenge::Verdict;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::failures::Failures;
use onlyauth_core::ids::ChallengeId;
use onlyauth_store::{
    Attempt, AttemptOutcome, Begin, EndUserKey, EnrolOutcome, Enrolment, FactorRecord, FactorUse,
    Judged, NewCeremony, NewFactor, Passed, Permit, Redeem, Redemption, Store,
};

use super::support::*;

fn passkey(mark: u8, position: i64) -> NewFactor {
    NewFactor {
        factor_id: factor(mark),
        channel: Channel::Webauthn,
        lookup_hash: [mark; 32],
        sealed: vec![mark; 400],
        position,
        created_at: at(30),
        sealed_name: None,
    }
}

/// A ceremony of action `mark`, with an id of its own.
fn ceremony(mark: u8, id: u8, kind: Ceremony) -> NewCeremony {
    NewCeremony {
        action_id: action(mark),
        end_user: end_user(),
        ceremony_id: challenge(id),
        kind,
        proven: None,
        sealed: vec![id; 300],
        now: at(20),
        expires_at: at(320),
    }
}

fn enrolment(mark: u8, id: u8, factor: Option<NewFactor>) -> Enrolment {
    let factor = factor.map(|factor| (factor, record(mark)));
    Enrolment { permit: permit(mark), ceremony_id: challenge(id), factor }
}

/// A store whose end user has passed action 1 by a code, with the phone that was known, and enrolled a passkey in it.
async fn enrolled(position: i64) -> (Installation, Store) {
    let (installation, store) = passed_with_known_phone().await;
    assert_eq!(store.ceremony_create(&ceremony(1, 100, Ceremony::Create)).await, Ok(true));
    let kept = store.ceremony_enrol(&enrolment(1, 100, Some(passkey(1, position)))).await;
    assert_eq!(kept, Ok(EnrolOutcome::Enrolled));
    (installation, store)
}

/// Begins action `mark` with a ceremony that uses a passkey.
async fn begin(store: &Store, mark: u8) {
    let begin = Begin {
        action_id: action(mark),
        end_user: end_user(),
        channel: Channel::Webauthn,
        challenge_id: of_action(mark),
        sends: 0,
        digits: 0,
        max_attempts: MAX_ATTEMPTS,
        now: at(20),
        expires_at: at(9_000),
        start: Some(new_action(mark)),
    };
    assert_eq!(store.challenge_begin(&begin).await, Ok(true));
    assert_eq!(store.ceremony_create(&ceremony(mark, mark, Ceremony::Get)).await, Ok(true));
}

fn of_action(mark: u8) -> ChallengeId {
    ChallengeId::of_action(action(mark), Channel::Webauthn)
}

/// An answer to the ceremony of [`begin`], by the factor 1.
fn answer(mark: u8, form: u8, position: i64) -> Attempt {
    let Judged::Right(passed) = right(mark) else { unreachable!() };
    Attempt {
        challenge_id: of_action(mark),
        channel: Channel::Webauthn,
        now: at(40),
        factor: Some(FactorUse { factor_id: factor(1), position }),
        ceremony: Some(challenge(mark)),
        ..attempt(mark, form, Judged::Right(Passed { phone: None, ..passed }))
    }
}

fn wrong(mark: u8, form: u8) -> Attempt {
    Attempt { factor: None, judged: Judged::Wrong, ..answer(mark, form, 0) }
}

async fn only_factor(store: &Store) -> FactorRecord {
    let factors = store.factor_list(&end_user()).await.unwrap();
    assert_eq!(factors.len(), 1);
    factors.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_login_can_begin_and_pass_with_a_passkey() {
    let (_dir, store) = enrolled(3).await;
    begin(&store, 2).await;
    let found = store.ceremony_find(client(1), action(2), challenge(2)).await.unwrap().unwrap();
    assert_eq!((found.kind, &found.sealed), (Ceremony::Get, &vec![2; 300]));
    assert!(found.open_at(at(319)) && !found.open_at(at(320)));
    let open = store.ceremony_find_open(client(1), action(2), Ceremony::Get, at(319)).await;
    assert_eq!(open, Ok(Some(found)));
    for (kind, now) in [(Ceremony::Get, at(320)), (Ceremony::Create, at(20))] {
        let open = store.ceremony_find_open(client(1), action(2), kind, now).await;
        assert_eq!(open, Ok(None), "{kind:?}");
    }
    assert_eq!(store.challenge_attempt(&answer(2, 1, 4)).await, Ok(AttemptOutcome::Passed));
    let stands = login(&store, 2).await;
    assert_eq!(stands.action.as_ref().unwrap().status, Status::Passed);
    let known = stands.end_user.as_ref().unwrap();
    assert_eq!(known.last_pass.unwrap().channel, Channel::Webauthn);
    let factor = only_factor(&store).await;
    assert_eq!((factor.position, factor.last_used_at), (4, Some(at(40))));
    let open = store.ceremony_find_open(client(1), action(2), Ceremony::Get, at(40)).await;
    assert_eq!(open, Ok(None), "answered");
    let redeemed = store.success_token_consume(&Redeem { now: at(50), ..redeem(2) }).await.unwrap();
    let Redemption::Consumed(token) = redeemed else { panic!("{redeemed:?}") };
    assert_eq!(token.channels, [Channel::Webauthn.into()]);
}

#[tokio::test]
async fn row_26_a_wrong_answer_counts_ends_its_ceremony_and_leaves_the_passkey_alone() {
    let (_dir, store) = enrolled(3).await;
    let before = only_factor(&store).await;
    begin(&store, 2).await;
    let outcome = store.challenge_attempt(&wrong(2, 1)).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Counted { tries_left: MAX_ATTEMPTS - 1 }));
    assert_eq!(only_factor(&store).await, before);
    let stands = login(&store, 2).await;
    assert_eq!(stands.action.as_ref().unwrap().status, Status::Open);
    let failures = stands.way(Channel::Webauthn).failures;
    assert_eq!(failures, Failures { count: 1, last_at: Some(at(40)) });
    assert_eq!(stands.way(Channel::Sms).failures, Failures::default(), "row 7: others stay open");
    // A right answer to the same ceremony comes too late.
    assert_eq!(store.challenge_attempt(&answer(2, 2, 4)).await, Ok(AttemptOutcome::Closed));
    assert_eq!(only_factor(&store).await, before);
    // Success in a ceremony of its own resets the failures.
    assert_eq!(store.ceremony_create(&ceremony(2, 3, Ceremony::Get)).await, Ok(true));
    let again = Attempt { ceremony: Some(challenge(3)), ..answer(2, 3, 4) };
    assert_eq!(store.challenge_attempt(&again).await, Ok(AttemptOutcome::Passed));
    let failures = login(&store, 2).await.way(Channel::Webauthn).failures;
    assert_eq!(failures, Failures::default());
}

#[tokio::test]
async fn row_26_a_counter_that_moved_meanwhile_undoes_all() {
    let (_dir, store) = enrolled(3).await;
    begin(&store, 2).await;
    for position in [3, 2, 0] {
        let outcome = store.challenge_attempt(&answer(2, 1, position)).await;
        assert_eq!(outcome, Ok(AttemptOutcome::FactorMoved), "{position}");
    }
    assert_eq!(only_factor(&store).await.position, 3);
    assert_eq!(login(&store, 2).await.action.unwrap().status, Status::Open);
    // Judged again, the same ceremony still counts.
    let outcome = store.challenge_attempt(&wrong(2, 1)).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Counted { tries_left: MAX_ATTEMPTS - 1 }));
}

#[tokio::test]
async fn an_authenticator_that_does_not_count_stays_at_0() {
    let (_dir, store) = enrolled(0).await;
    for mark in [2, 3] {
        begin(&store, mark).await;
        let outcome = store.challenge_attempt(&answer(mark, 1, 0)).await;
        assert_eq!(outcome, Ok(AttemptOutcome::Passed));
    }
    assert_eq!(only_factor(&store).await.position, 0);
}

#[tokio::test]
async fn a_ceremony_is_answered_in_time_in_its_action_and_by_its_own_kind() {
    let (_dir, store) = enrolled(3).await;
    begin(&store, 2).await;
    begin(&store, 3).await;
    let other_user = EndUserKey { end_user_hash: [9; 32], ..end_user() };
    for (name, attempt, expected) in [
        ("late", Attempt { now: at(320), ..answer(2, 1, 4) }, AttemptOutcome::Closed),
        (
            "another action's",
            Attempt { ceremony: Some(challenge(3)), ..answer(2, 1, 4) },
            AttemptOutcome::Closed,
        ),
        (
            "another end user's",
            Attempt { end_user: other_user, ..answer(2, 1, 4) },
            AttemptOutcome::ActionClosed,
        ),
    ] {
        assert_eq!(store.challenge_attempt(&attempt).await, Ok(expected), "{name}");
    }
    assert_eq!(store.action_cancel(client(1), action(2), at(30)).await, Ok(true));
    let late = ceremony(2, 4, Ceremony::Get);
    assert_eq!(store.ceremony_create(&late).await, Ok(false), "nothing begins when it is over");
    assert_eq!(only_factor(&store).await.position, 3);
}

#[tokio::test]
async fn a_removed_passkey_proves_nothing() {
    let (_dir, store) = enrolled(3).await;
    begin(&store, 2).await;
    assert_eq!(store.factor_delete(&end_user(), factor(1), &record(1)).await, Ok(true));
    assert_eq!(store.challenge_attempt(&answer(2, 1, 4)).await, Ok(AttemptOutcome::FactorMoved));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_9_fifty_right_answers_at_once_from_fifty_forms_are_one_success() {
    let (_dir, store) = enrolled(3).await;
    begin(&store, 2).await;
    let outcomes = at_once((0..50).map(|form| {
        let store = store.clone();
        async move { store.challenge_attempt(&answer(2, form, 4)).await.unwrap() }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Passed).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Closed).count(), 49);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_26_fifty_wrong_answers_to_one_ceremony_are_judged_once() {
    let (_dir, store) = enrolled(3).await;
    begin(&store, 2).await;
    let outcomes = at_once((0..50).map(|form| {
        let store = store.clone();
        async move { store.challenge_attempt(&wrong(2, form)).await.unwrap() }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == AttemptOutcome::Closed).count(), 49);
    assert_eq!(login(&store, 2).await.way(Channel::Webauthn).failures.count, 1);
}

#[tokio::test]
async fn row_9_the_very_same_form_is_told_what_it_was_told_before() {
    let (_dir, store) = enrolled(3).await;
    begin(&store, 2).await;
    let right = answer(2, 1, 4);
    assert_eq!(store.challenge_attempt(&right).await, Ok(AttemptOutcome::Passed));
    let repeat = AttemptOutcome::Repeat { verdict: Verdict::Right, token_over: false };
    assert_eq!(store.challenge_attempt(&right).await, Ok(repeat));
}

#[tokio::test]
async fn row_27_a_passkey_is_kept_only_after_a_pass_with_the_known_phone_that_nobody_redeemed() {
    let kept = || Some(passkey(1, 0));
    // Only the password is known.
    let (_dir, store) = sent(1).await;
    assert_eq!(store.ceremony_create(&ceremony(1, 2, Ceremony::Create)).await, Ok(false));
    // Row 28: passed with another phone than the one that was known.
    let (_dir, store) = passed(1).await;
    assert_eq!(store.ceremony_create(&ceremony(1, 2, Ceremony::Create)).await, Ok(false));
    // Somebody else, or too late.
    let (_dir, store) = passed_with_known_phone().await;
    let other_user = EndUserKey { end_user_hash: [9; 32], ..end_user() };
    for refused in [
        NewCeremony { end_user: other_user, ..ceremony(1, 2, Ceremony::Create) },
        NewCeremony { now: at(900), ..ceremony(1, 2, Ceremony::Create) },
    ] {
        assert_eq!(store.ceremony_create(&refused).await, Ok(false), "{refused:?}");
    }
    assert_eq!(store.ceremony_create(&ceremony(1, 2, Ceremony::Create)).await, Ok(true));
    for (name, enrolment, expected) in [
        (
            "another end user's",
            Enrolment {
                permit: Permit { end_user: other_user, ..permit(1) },
                ..enrolment(1, 2, kept())
            },
            EnrolOutcome::NotAllowed,
        ),
        (
            "a ceremony that is over",
            Enrolment { permit: Permit { now: at(320), ..permit(1) }, ..enrolment(1, 2, kept()) },
            EnrolOutcome::Closed,
        ),
        ("no ceremony", enrolment(1, 3, kept()), EnrolOutcome::Closed),
    ] {
        assert_eq!(store.ceremony_enrol(&enrolment).await, Ok(expected), "{name}");
    }
    store.success_token_consume(&redeem(1)).await.unwrap();
    let redeemed = store.ceremony_enrol(&enrolment(1, 2, kept())).await;
    assert_eq!(redeemed, Ok(EnrolOutcome::NotAllowed));
    assert_eq!(store.ceremony_create(&ceremony(1, 4, Ceremony::Create)).await, Ok(false));
    for user in [end_user(), other_user] {
        assert_eq!(store.factor_list(&user).await, Ok(vec![]));
    }
}

#[tokio::test]
async fn keeping_a_passkey_gives_the_success_token_its_time_anew() {
    let (_dir, store) = passed_with_known_phone().await;
    assert_eq!(store.ceremony_create(&ceremony(1, 2, Ceremony::Create)).await, Ok(true));
    // The token's first minute ended at 70 s.
    let late = Enrolment {
        permit: Permit { now: at(200), token_expires_at: at(260), ..permit(1) },
        ..enrolment(1, 2, Some(passkey(1, 7)))
    };
    assert_eq!(store.ceremony_enrol(&late).await, Ok(EnrolOutcome::Enrolled));
    let factor = only_factor(&store).await;
    let expected = FactorRecord {
        factor_id: factor.factor_id,
        channel: Channel::Webauthn,
        lookup_hash: [1; 32],
        sealed: vec![1; 400],
        position: 7,
        created_at: at(30),
        last_used_at: None,
        sealed_name: None,
    };
    assert_eq!(factor, expected);
    let redeemed =
        store.success_token_consume(&Redeem { now: at(259), ..redeem(1) }).await.unwrap();
    assert!(matches!(redeemed, Redemption::Consumed(_)), "{redeemed:?}");
}

#[tokio::test]
async fn an_answer_that_is_no_passkey_ends_the_ceremony_and_a_known_one_changes_nothing() {
    let (_dir, store) = enrolled(0).await;
    assert_eq!(store.ceremony_create(&ceremony(1, 2, Ceremony::Create)).await, Ok(true));
    let refused = store.ceremony_enrol(&enrolment(1, 2, None)).await;
    assert_eq!(refused, Ok(EnrolOutcome::Refused));
    let again = store.ceremony_enrol(&enrolment(1, 2, Some(passkey(2, 0)))).await;
    assert_eq!(again, Ok(EnrolOutcome::Closed));
    assert_eq!(store.ceremony_create(&ceremony(1, 3, Ceremony::Create)).await, Ok(true));
    let same = NewFactor { factor_id: factor(3), ..passkey(1, 0) };
    let known = store.ceremony_enrol(&enrolment(1, 3, Some(same))).await;
    assert_eq!(known, Ok(EnrolOutcome::Known));
    only_factor(&store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_ceremony_makes_one_passkey_of_fifty_at_once() {
    let (_dir, store) = passed_with_known_phone().await;
    assert_eq!(store.ceremony_create(&ceremony(1, 2, Ceremony::Create)).await, Ok(true));
    let outcomes = at_once((1..=50).map(|mark| {
        let store = store.clone();
        async move { store.ceremony_enrol(&enrolment(1, 2, Some(passkey(mark, 0)))).await }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == Ok(EnrolOutcome::Enrolled)).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == Ok(EnrolOutcome::Closed)).count(), 49);
    only_factor(&store).await;
}
