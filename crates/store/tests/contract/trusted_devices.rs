use std::time::Duration;

use onlyauth_core::action::Status;
use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::{Channel, Mode, PassedBy};
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{AuditId, DeviceId};
use onlyauth_core::time::Timestamp;
use onlyauth_core::trust::{Country, Decision, Device};
use onlyauth_store::{
    AttemptOutcome, AuditEntry, DeviceRecord, EndUserKey, EnrolOutcome, Enrolment, Judged, Kept,
    NewAction, NewCeremony, NewFactor, NewTrust, Passed, Permit, Redemption, Store, TrustedPass,
    TrustedPassOutcome,
};

use super::aggregates::{count, cutoffs};
use super::retention::delete;
use super::support::*;

const MONTH: Duration = Duration::from_hours(24 * 30);
const TOKEN: [u8; 32] = [5; 32];

/// When the attempts of the support module pass.
fn trusted_at() -> Timestamp {
    at(10)
}

fn new_trust(mark: u8) -> NewTrust {
    NewTrust {
        device_id: device(mark),
        token_hash: TOKEN,
        phone_hash: [8; 32],
        country: Country::parse("DE"),
        expires_at: trusted_at().plus(MONTH),
    }
}

/// Passes by a right code, and trusts the browser.
async fn trust(store: &Store, mark: u8, trust: NewTrust) {
    let known = NewAction { phone_changed: false, ..new_action(mark) };
    assert_eq!(store.action_create(&known).await, Ok(true));
    store.challenge_send(&first_send(mark)).await.unwrap();
    let Judged::Right(passed) = right(mark) else { unreachable!() };
    let passed = Passed { trust: Some(Box::new(trust)), phone_changed: false, ..passed };
    let attempt = attempt(mark, 1, Judged::Right(passed));
    assert_eq!(store.challenge_attempt(&attempt).await, Ok(AttemptOutcome::Passed));
}

async fn trusted() -> (Installation, Store) {
    let (dir, store) = store().await;
    trust(&store, 1, new_trust(1)).await;
    (dir, store)
}

/// A login at so many seconds in which the device shall stand in.
fn pass(mark: u8, seconds: u64) -> TrustedPass {
    TrustedPass {
        start: NewAction {
            phone_changed: false,
            created_at: at(seconds),
            expires_at: at(seconds + 900),
            trust: Some(Decision::Trusted),
            ..new_action(mark)
        },
        device_hash: TOKEN,
        trusted_at: trusted_at(),
        token_hash: [mark; 32],
        token_expires_at: at(seconds + 60),
    }
}

/// That the end user trusts no device any more, at the 20th second.
fn forgotten(mark: u8) -> AuditEntry {
    AuditEntry {
        audit_id: AuditId::new(at(20), [mark; 10]),
        deed: Deed::DevicesForgotten,
        detail: String::new(),
        actor: Actor::Backend,
        created_at: at(20),
        ..audit_entry(mark)
    }
}

/// What is written down about the end user, newest first.
async fn written(store: &Store) -> Vec<AuditEntry> {
    store.audit_list(client(1), user(1), None, 99).await.unwrap()
}

fn deeds(entries: &[AuditEntry]) -> Vec<Deed> {
    entries.iter().map(|entry| entry.deed).collect()
}

async fn find(store: &Store) -> DeviceRecord {
    store.trusted_device_find(&end_user(), &TOKEN).await.unwrap().unwrap().record
}

#[tokio::test]
async fn a_pass_trusts_the_browser_and_a_later_one_trusts_it_anew() {
    let (_dir, store) = trusted().await;
    let first = DeviceRecord {
        device_id: device(1),
        action_id: action(1),
        created_at: trusted_at(),
        last_used_at: None,
        device: Device {
            trusted_at: trusted_at(),
            expires_at: trusted_at().plus(MONTH),
            revoked: false,
            phone_hash: [8; 32],
            country: Country::parse("DE"),
        },
    };
    assert_eq!(find(&store).await, first);
    let later = trusted_at().plus(MONTH * 2);
    let again = NewTrust { country: None, phone_hash: [9; 32], expires_at: later, ..new_trust(2) };
    trust(&store, 2, again).await;
    let second = DeviceRecord {
        action_id: action(2),
        device: Device { expires_at: later, phone_hash: [9; 32], country: None, ..first.device },
        ..first
    };
    assert_eq!(find(&store).await, second, "the same device");
    assert_eq!(store.trusted_device_list(&end_user(), at(20)).await, Ok(vec![second]));
}

#[tokio::test]
async fn each_trust_is_written_down_once_about_who_and_what_is_known_already() {
    let (_dir, store) = trusted().await;
    trust(&store, 2, new_trust(2)).await;
    // The very same form again.
    let Judged::Right(passed) = right(2) else { unreachable!() };
    let passed = Passed { trust: Some(Box::new(new_trust(3))), ..passed };
    let again = store.challenge_attempt(&attempt(2, 1, Judged::Right(passed))).await;
    assert!(matches!(again, Ok(AttemptOutcome::Repeat { .. })), "{again:?}");
    let entry = |mark| AuditEntry {
        audit_id: AuditId::of_action(action(mark), Deed::DeviceTrusted),
        deed: Deed::DeviceTrusted,
        detail: device(1).to_string(),
        created_at: trusted_at(),
        ..audit_entry(mark)
    };
    let mut expected = vec![entry(1), entry(2)];
    expected.sort_by_key(|entry| std::cmp::Reverse(entry.audit_id));
    assert_eq!(written(&store).await, expected);
    assert_eq!(store.audit_list(client(1), user(2), None, 9).await, Ok(vec![]));
}

#[tokio::test]
async fn a_pass_without_it_writes_nothing_down() {
    let (dir, _store) = passed(1).await;
    assert_eq!(dir.rows("audit"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_several_who_forget_all_at_once_one_writes_it_down() {
    let (_dir, store) = trusted().await;
    let forgetting = (0..20).map(|mark| {
        let store = store.clone();
        async move { store.trusted_device_revoke_all(&end_user(), &forgotten(mark)).await.unwrap() }
    });
    assert_eq!(at_once(forgetting).await.into_iter().sum::<usize>(), 1);
    let entries = written(&store).await;
    assert_eq!(deeds(&entries), [Deed::DevicesForgotten, Deed::DeviceTrusted]);
}

#[tokio::test]
async fn a_code_that_does_not_pass_trusts_nothing() {
    let (_dir, store) = sent(1).await;
    store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await.unwrap();
    assert_eq!(store.trusted_device_find(&end_user(), &TOKEN).await, Ok(None));
}

#[tokio::test]
async fn it_stands_in_for_the_challenge_in_one_commit() {
    let (_dir, store) = trusted().await;
    assert_eq!(store.trusted_device_pass(&pass(2, 100)).await, Ok(TrustedPassOutcome::Passed));
    let stands = login(&store, 2).await;
    let begun = stands.action.unwrap();
    assert_eq!((begun.status, begun.ended_at), (Status::Passed, Some(at(100))));
    let told = store.action_history(client(1), action(2)).await.unwrap().unwrap();
    assert_eq!(told.facts.device, Some(Decision::Trusted));
    assert_eq!(told.action.channels, [PassedBy::TrustedDevice]);
    // It proves nothing about the person, so nothing is learned of them.
    assert_eq!(stands.end_user.unwrap().last_pass.unwrap().at, at(10));
    let used = find(&store).await;
    assert_eq!((used.last_used_at, used.action_id), (Some(at(100)), action(2)));
    assert_eq!(used.device.trusted_at, trusted_at(), "its time does not begin anew");

    let stood_in = async |device: [u8; 32], mark, seconds| {
        store.trusted_device_stood_in(&end_user(), &device, action(mark), at(seconds)).await
    };
    assert_eq!(stood_in(TOKEN, 2, 159).await, Ok(true));
    assert_eq!(stood_in(TOKEN, 2, 160).await, Ok(false), "its success token is over");
    assert_eq!(stood_in([6; 32], 2, 159).await, Ok(false), "another device");
    assert_eq!(stood_in(TOKEN, 1, 20).await, Ok(false), "a code passed there");

    let Ok(Redemption::Consumed(token)) =
        store.success_token_consume(&onlyauth_store::Redeem { now: at(120), ..redeem(2) }).await
    else {
        panic!("not consumed")
    };
    assert_eq!(token.channels, [PassedBy::TrustedDevice]);
    let again = store.success_token_consume(&redeem(2)).await;
    assert_eq!(again, Ok(Redemption::NotFound));
    assert_eq!(stood_in(TOKEN, 2, 120).await, Ok(false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_9_fifty_at_once_are_one_pass() {
    let (dir, store) = trusted().await;
    let outcomes = at_once((0..50).map(|_| {
        let store = store.clone();
        async move { store.trusted_device_pass(&pass(2, 100)).await.unwrap() }
    }))
    .await;
    let passed = outcomes.iter().filter(|outcome| **outcome == TrustedPassOutcome::Passed);
    assert_eq!(passed.count(), 1);
    let begun = outcomes.iter().filter(|outcome| **outcome == TrustedPassOutcome::Begun);
    assert_eq!(begun.count(), 49);
    assert_eq!(dir.rows("success_tokens"), 2, "that of the first login and this one");
}

#[tokio::test]
async fn what_began_already_is_not_passed() {
    let (_dir, store) = trusted().await;
    send_first(&store, 2).await;
    assert_eq!(store.trusted_device_pass(&pass(2, 100)).await, Ok(TrustedPassOutcome::Begun));
    assert_eq!(login(&store, 2).await.action.unwrap().status, Status::Open);
    assert_eq!(find(&store).await.last_used_at, None, "nor is the device used");
}

#[tokio::test]
async fn row_10_a_device_of_another_end_user_app_mode_or_client_stands_in_for_nobody() {
    let (_dir, store) = trusted().await;
    let other = |end_user| TrustedPass {
        start: NewAction { end_user, ..pass(2, 100).start },
        ..pass(2, 100)
    };
    for stranger in [
        EndUserKey { mode: Mode::Live, ..end_user() },
        EndUserKey { app_id: app(2), ..end_user() },
        EndUserKey { client_id: client(2), ..end_user() },
        EndUserKey { end_user_hash: [1; 32], ..end_user() },
    ] {
        let outcome = store.trusted_device_pass(&other(stranger)).await;
        assert_eq!(outcome, Ok(TrustedPassOutcome::Doubted), "{stranger:?}");
        assert_eq!(store.trusted_device_find(&stranger, &TOKEN).await, Ok(None));
        assert_eq!(store.trusted_device_list(&stranger, at(20)).await, Ok(Vec::new()));
        assert_eq!(
            store.trusted_device_revoke(&stranger, device(1), &forgotten(1)).await,
            Ok(false)
        );
        assert_eq!(store.trusted_device_revoke_all(&stranger, &forgotten(1)).await, Ok(0));
    }
    assert_eq!(store.trusted_device_pass(&pass(2, 100)).await, Ok(TrustedPassOutcome::Passed));
}

#[tokio::test]
async fn what_core_saw_must_still_be_so() {
    let (dir, store) = trusted().await;
    let end = trusted_at().plus(MONTH);
    let last = TrustedPass {
        start: NewAction { created_at: end, expires_at: end.plus(MONTH), ..pass(2, 100).start },
        ..pass(2, 100)
    };
    let number = TrustedPass {
        start: NewAction { phone_hash: [9; 32], ..pass(2, 100).start },
        ..pass(2, 100)
    };
    for (what, doubted) in [
        ("another token", TrustedPass { device_hash: [6; 32], ..pass(2, 100) }),
        ("trusted anew", TrustedPass { trusted_at: at(9), ..pass(2, 100) }),
        ("its last moment", last),
        ("another number", number),
    ] {
        let outcome = store.trusted_device_pass(&doubted).await;
        assert_eq!(outcome, Ok(TrustedPassOutcome::Doubted), "{what}");
    }
    // A failure at the same moment as the trust was before it, by the order of commits.
    send_first(&store, 3).await;
    let failed = onlyauth_store::Attempt { now: at(11), ..attempt(3, 1, Judged::Wrong) };
    store.challenge_attempt(&failed).await.unwrap();
    assert_eq!(store.trusted_device_pass(&pass(2, 100)).await, Ok(TrustedPassOutcome::Doubted));
    store.failure_reset(&end_user(), Channel::Sms, None).await.unwrap();

    assert!(enrol(&store, end_user(), new_factor(1)).await);
    assert_eq!(store.trusted_device_pass(&pass(2, 100)).await, Ok(TrustedPassOutcome::Doubted));
    assert_eq!(login(&store, 2).await.action, None, "nothing is left behind");
    assert_eq!(dir.rows("success_tokens"), 1);
}

#[tokio::test]
async fn backup_codes_are_told_with_the_device_and_doubt_it() {
    let (_dir, store) = trusted().await;
    trust(&store, 2, NewTrust { token_hash: [6; 32], ..new_trust(2) }).await;
    let shown = async |token: [u8; 32]| {
        let found = store.trusted_device_find(&end_user(), &token).await.unwrap().unwrap();
        (found.record.device.trusted_at, found.codes_since, found.code_used)
    };
    assert_eq!(shown(TOKEN).await, (at(10), None, None));
    assert_eq!(
        store.backup_code_replace(&late(1), &[[1; 32], [2; 32]], &record(1)).await,
        Ok(true)
    );
    assert_eq!(shown(TOKEN).await, (at(25), Some(at(25)), None), "of this very login");
    assert_eq!(shown([6; 32]).await, (at(10), Some(at(25)), None));
    let elsewhere = TrustedPass { device_hash: [6; 32], ..pass(3, 100) };
    assert_eq!(store.trusted_device_pass(&elsewhere).await, Ok(TrustedPassOutcome::Doubted));
    let here = TrustedPass { trusted_at: at(25), ..pass(3, 100) };
    assert_eq!(store.trusted_device_pass(&here).await, Ok(TrustedPassOutcome::Passed));
}

#[tokio::test]
async fn a_device_that_was_forgotten_is_not_trusted_again_by_the_same_token() {
    let (_dir, store) = trusted().await;
    let revoked = || store.trusted_device_token_is_revoked(client(1), &TOKEN);
    assert_eq!(revoked().await, Ok(false));
    let revoke = async |mark| {
        store.trusted_device_revoke(&end_user(), device(1), &forgotten(mark)).await.unwrap()
    };
    assert_eq!((revoke(1).await, revoke(2).await), (true, false));
    let entries = written(&store).await;
    assert_eq!(entries[0], forgotten(1), "and no second one");
    assert_eq!(deeds(&entries), [Deed::DevicesForgotten, Deed::DeviceTrusted]);
    assert_eq!(revoked().await, Ok(true));
    assert_eq!(store.trusted_device_token_is_revoked(client(2), &TOKEN).await, Ok(false));
    assert_eq!(store.trusted_device_list(&end_user(), at(20)).await, Ok(Vec::new()));
    assert_eq!(store.trusted_device_pass(&pass(2, 100)).await, Ok(TrustedPassOutcome::Doubted));
    trust(&store, 3, new_trust(3)).await;
    assert!(find(&store).await.device.revoked);
    assert_eq!(
        written(&store).await.len(),
        2,
        "what is not trusted is not written down as trusted"
    );
    assert_eq!(store.trusted_device_pass(&pass(4, 100)).await, Ok(TrustedPassOutcome::Doubted));
}

#[tokio::test]
async fn all_devices_are_forgotten_together_and_when_a_factor_goes() {
    let (_dir, store) = trusted().await;
    trust(&store, 2, NewTrust { token_hash: [6; 32], ..new_trust(2) }).await;
    let over = NewTrust { token_hash: [7; 32], expires_at: at(20), ..new_trust(3) };
    trust(&store, 3, over).await;
    assert_eq!(store.trusted_device_list(&end_user(), at(20)).await.unwrap().len(), 2);
    assert_eq!(store.trusted_device_revoke_all(&end_user(), &forgotten(1)).await, Ok(2));
    assert_eq!(store.trusted_device_revoke_all(&end_user(), &forgotten(2)).await, Ok(0));
    let entries = written(&store).await;
    assert_eq!((entries.len(), &entries[0]), (4, &forgotten(1)), "three devices, forgotten once");

    trust(&store, 4, NewTrust { token_hash: [9; 32], ..new_trust(4) }).await;
    assert!(enrol(&store, end_user(), new_factor(1)).await);
    assert_eq!(store.factor_delete(&end_user(), factor(2), &record(1)).await, Ok(false));
    assert_eq!(store.trusted_device_list(&end_user(), at(30)).await.unwrap().len(), 1);
    assert_eq!(store.factor_delete(&end_user(), factor(1), &record(1)).await, Ok(true));
    assert_eq!(store.trusted_device_list(&end_user(), at(30)).await, Ok(Vec::new()));
}

fn ceremony(mark: u8) -> NewCeremony {
    NewCeremony {
        action_id: action(mark),
        end_user: end_user(),
        ceremony_id: challenge(50),
        kind: Ceremony::Create,
        proven: None,
        sealed: vec![1; 40],
        now: at(20),
        expires_at: at(900),
    }
}

/// Enrols some time after the pass.
fn late(mark: u8) -> Permit {
    Permit { now: at(25), token_expires_at: at(85), ..permit(mark) }
}

fn enrolment(mark: u8) -> Enrolment {
    let factor = NewFactor { channel: Channel::Webauthn, created_at: at(25), ..new_factor(1) };
    Enrolment {
        permit: late(mark),
        ceremony_id: challenge(50),
        factor: Some((factor, record(mark))),
    }
}

#[tokio::test]
async fn what_is_enrolled_in_the_same_login_is_no_reason_to_doubt_the_device() {
    let (_dir, store) = trusted().await;
    trust(&store, 2, NewTrust { token_hash: [6; 32], ..new_trust(2) }).await;
    assert_eq!(store.ceremony_create(&ceremony(1)).await, Ok(true));
    assert_eq!(store.ceremony_enrol(&enrolment(1)).await, Ok(EnrolOutcome::Enrolled));
    assert_eq!(find(&store).await.device.trusted_at, at(25));
    let elsewhere = store.trusted_device_find(&end_user(), &[6; 32]).await.unwrap().unwrap();
    assert_eq!(elsewhere.record.device.trusted_at, trusted_at(), "of another login");
}

#[tokio::test]
async fn row_27_nothing_is_enrolled_where_a_device_stood_in() {
    let (_dir, store) = trusted().await;
    assert_eq!(store.trusted_device_pass(&pass(2, 15)).await, Ok(TrustedPassOutcome::Passed));
    assert_eq!(store.ceremony_create(&ceremony(2)).await, Ok(false));
    // As if the ceremony had been begun all the same, in the login before.
    assert_eq!(store.ceremony_create(&ceremony(1)).await, Ok(true));
    assert_ne!(store.ceremony_enrol(&enrolment(2)).await, Ok(EnrolOutcome::Enrolled));
    assert_eq!(store.factor_list(&end_user()).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_login_in_which_a_device_stood_in_is_counted_as_such() {
    let (_dir, store) = trusted().await;
    store.trusted_device_pass(&pass(2, 100)).await.unwrap();
    count(&store, client(1), &cutoffs(7200), 100).await;
    let hours = store.login_hour_list(client(1), None, Timestamp::from_millis(0), at(7200));
    let counted: Vec<_> = hours.await.unwrap().into_iter().map(|hour| hour.channel).collect();
    assert!(counted.contains(&Some(PassedBy::TrustedDevice)), "{counted:?}");
    assert!(counted.contains(&Some(Channel::Sms.into())), "{counted:?}");
}

#[tokio::test]
async fn trust_that_ended_long_ago_leaves() {
    let (dir, store) = store().await;
    for mark in 1..=5u8 {
        let expires_at = at(100 * u64::from(mark));
        let token_hash = [mark + 20; 32];
        trust(&store, mark, NewTrust { token_hash, expires_at, ..new_trust(mark) }).await;
    }
    assert_eq!(delete(&store, Kept::TrustedDevices, at(300), 2).await, 3, "its last moment counts");
    assert_eq!(dir.rows("trusted_devices"), 2);
    let ids: Vec<DeviceId> = store
        .trusted_device_list(&end_user(), at(300))
        .await
        .unwrap()
        .into_iter()
        .map(|record| record.device_id)
        .collect();
    assert_eq!(ids, [device(4), device(5)]);
}
