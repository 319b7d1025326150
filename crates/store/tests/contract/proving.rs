//! Enrolling as the proof itself.

use onlyauth_core::action::Status;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::proof::Proven;
use onlyauth_store::{
    EndUserKey, EnrolOutcome, Judged, KnownPhone, Made, NewAction, NewCeremony, NewFactor,
    NewImport, Passed, Proving, Redemption, Store,
};

use super::support::*;

fn passkey(mark: u8) -> NewFactor {
    NewFactor { channel: Channel::Webauthn, position: 0, ..new_factor(mark) }
}

fn passes(mark: u8) -> Passed {
    let Judged::Right(passed) = right(mark) else { unreachable!() };
    Passed { phone: None, phone_changed: false, user_id: user(9), ..passed }
}

fn sms() -> Proven {
    Proven::from(Channel::Sms)
}

fn taken() -> Vec<Channel> {
    vec![Channel::Sms, Channel::Totp, Channel::Webauthn]
}

/// Passkey `mark` as the second proof of action `mark`, where the phone was the first.
fn second(mark: u8) -> Proving {
    Proving {
        action_id: action(mark),
        end_user: end_user(),
        proven: sms(),
        taken: taken(),
        ceremony: None,
        now: at(30),
        made: Some(Made { factor: passkey(mark), passed: passes(mark), record: record(mark) }),
    }
}

/// The same where the app takes no codes of authenticator apps.
fn no_totp(mark: u8) -> Proving {
    Proving { taken: vec![Channel::Sms, Channel::Webauthn], ..second(mark) }
}

/// The same as the only one.
fn only(mark: u8) -> Proving {
    Proving { proven: Proven::default(), ..second(mark) }
}

async fn create(store: &Store, mark: u8) {
    let action = NewAction { phone_changed: false, ..new_action(mark) };
    assert_eq!(store.action_create(&action).await, Ok(true));
}

/// An action in which the phone was the first of two proofs.
async fn phone_first(store: &Store, mark: u8) {
    create(store, mark).await;
    store.challenge_send(&first_send(mark)).await.unwrap();
    store.challenge_attempt(&attempt(mark, 1, Judged::First)).await.unwrap();
}

async fn known_phone(store: &Store) {
    let phone = Some(KnownPhone { hash: [8; 32], sealed: vec![1; 40] });
    let import = NewImport {
        end_user: end_user(),
        user_id: user(9),
        sealed_uuid: vec![9; 40],
        phone,
        factors: vec![],
        audit: brought(9),
        now: at(1),
    };
    store.end_user_import(&import).await.unwrap();
}

async fn factors(store: &Store) -> usize {
    store.factor_list(&end_user()).await.unwrap().len()
}

#[tokio::test]
async fn the_second_kind_is_enrolled_and_passes_in_one_commit() {
    let (_dir, store) = store().await;
    phone_first(&store, 1).await;
    assert_eq!(store.factor_prove(&second(1)).await, Ok(EnrolOutcome::Enrolled));
    let action = login(&store, 1).await.action.unwrap();
    assert_eq!(action.status, Status::Passed);
    assert_eq!(action.proven.to_string(), "sms,webauthn");
    assert_eq!(factors(&store).await, 1);
    let Ok(Redemption::Consumed(proof)) = store.success_token_consume(&redeem(1)).await else {
        panic!("not consumed");
    };
    assert_eq!(proof.channels, [Channel::Sms, Channel::Webauthn].map(Into::into));
    assert_eq!(store.factor_prove(&second(1)).await, Ok(EnrolOutcome::NotAllowed), "once");
}

#[tokio::test]
async fn the_first_factor_is_enrolled_by_whoever_has_nothing() {
    let (_dir, store) = store().await;
    create(&store, 1).await;
    assert_eq!(store.factor_prove(&only(1)).await, Ok(EnrolOutcome::Enrolled));
    let known = store.end_user_find(&end_user()).await.unwrap().unwrap();
    assert_eq!((known.phone, known.last_pass.unwrap().channel), (None, Channel::Webauthn));
    let Ok(Redemption::Consumed(proof)) = store.success_token_consume(&redeem(1)).await else {
        panic!("not consumed");
    };
    assert_eq!(proof.channels, [Channel::Webauthn.into()]);
}

#[tokio::test]
async fn row_27_nobody_who_has_something_enrols_in_its_place() {
    // A phone that is known: it could prove.
    let (_dir, store) = store().await;
    known_phone(&store).await;
    create(&store, 1).await;
    assert_eq!(store.factor_prove(&only(1)).await, Ok(EnrolOutcome::NotAllowed));
    // As the second proof it is fine, and as soon as there is a factor it is not.
    phone_first(&store, 2).await;
    assert!(enrol(&store, end_user(), new_factor(9)).await);
    for refused in [only(1), second(2)] {
        assert_eq!(store.factor_prove(&refused).await, Ok(EnrolOutcome::NotAllowed));
    }
    assert_eq!(factors(&store).await, 1);
    assert_eq!(login(&store, 2).await.action.unwrap().status, Status::Open);
    assert_eq!(store.success_token_consume(&redeem(2)).await, Ok(Redemption::NotFound));
    // Made for a name that is not theirs.
    let mut other_name = no_totp(2);
    other_name.made.as_mut().unwrap().passed.user_id = user(8);
    assert_eq!(store.factor_prove(&other_name).await, Ok(EnrolOutcome::NotAllowed));
    // A factor that the app no longer takes guards nothing.
    assert_eq!(store.factor_prove(&no_totp(2)).await, Ok(EnrolOutcome::Enrolled));
}

#[tokio::test]
async fn rows_27_and_28_nothing_is_enrolled_without_the_first_proof_too_late_or_with_a_changed_number()
 {
    let (_dir, store) = store().await;
    create(&store, 1).await;
    phone_first(&store, 2).await;
    let other_user = EndUserKey { end_user_hash: [9; 32], ..end_user() };
    // Changed, as `new_action` says.
    send_first(&store, 3).await;
    store.challenge_attempt(&attempt(3, 1, Judged::First)).await.unwrap();
    phone_first(&store, 4).await;
    assert_eq!(store.action_cancel(client(1), action(4), at(20)).await, Ok(true));
    for refused in [
        second(1),
        only(2),
        Proving { end_user: other_user, ..second(2) },
        Proving { now: at(900), ..second(2) },
        second(3),
        second(4),
        second(5),
    ] {
        let outcome = store.factor_prove(&refused).await;
        assert_eq!(outcome, Ok(EnrolOutcome::NotAllowed), "{refused:?}");
    }
    assert_eq!(factors(&store).await, 0);
    assert_eq!(store.end_user_find(&end_user()).await, Ok(None));
}

fn ceremony(id: u8, mark: u8, proven: Option<Proven>) -> NewCeremony {
    NewCeremony {
        action_id: action(mark),
        end_user: end_user(),
        ceremony_id: challenge(id),
        kind: Ceremony::Create,
        proven,
        sealed: vec![id; 300],
        now: at(20),
        expires_at: at(320),
    }
}

#[tokio::test]
async fn a_ceremony_for_a_proof_needs_just_what_passed_and_is_used_up_by_any_answer() {
    let (_dir, store) = store().await;
    phone_first(&store, 1).await;
    for (proven, expected) in [(None, false), (Some(Proven::default()), false), (Some(sms()), true)]
    {
        assert_eq!(store.ceremony_create(&ceremony(100, 1, proven)).await, Ok(expected));
    }
    let by = |id, made| Proving { ceremony: Some(challenge(id)), made, ..second(1) };
    assert_eq!(store.factor_prove(&by(100, None)).await, Ok(EnrolOutcome::Refused));
    let late = store.factor_prove(&by(100, second(1).made)).await;
    assert_eq!(late, Ok(EnrolOutcome::Closed));
    assert_eq!(login(&store, 1).await.action.unwrap().status, Status::Open);
    assert_eq!(store.ceremony_create(&ceremony(101, 1, Some(sms()))).await, Ok(true));
    let kept = store.factor_prove(&by(101, second(1).made)).await;
    assert_eq!(kept, Ok(EnrolOutcome::Enrolled));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_twenty_logins_that_enrol_at_once_one_does() {
    let (_dir, store) = store().await;
    for round in [1..=20_u8, 21..=40] {
        for mark in round.clone() {
            if mark <= 20 { create(&store, mark).await } else { phone_first(&store, mark).await }
        }
        let outcomes = at_once(round.map(|mark| {
            let store = store.clone();
            let proving = if mark <= 20 { only(mark) } else { second(mark) };
            async move { store.factor_prove(&proving).await.unwrap() }
        }))
        .await;
        assert_eq!(outcomes.iter().filter(|o| **o == EnrolOutcome::Enrolled).count(), 1);
        assert_eq!(outcomes.iter().filter(|o| **o == EnrolOutcome::NotAllowed).count(), 19);
        let enrolled = store.factor_list(&end_user()).await.unwrap();
        assert_eq!(enrolled.len(), 1);
        let gone = enrolled[0].factor_id;
        store.factor_delete(&end_user(), gone, &record(90)).await.unwrap();
    }
}
