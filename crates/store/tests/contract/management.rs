use onlyauth_core::action::Purpose;
use onlyauth_core::audit::Deed;
use onlyauth_core::ids::{DeviceId, FactorId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{
    AttemptOutcome, AuditEntry, EndUserKey, Judged, ManageOutcome, Management, NewAction, NewTrust,
    Passed, SeenFactors, Store,
};

use super::support::*;

/// By action 1, which has just passed.
fn by() -> Management {
    Management { action_id: action(1), end_user: end_user(), now: at(30) }
}

/// A store in which the end user, who has the factors 1 and 2, proved themselves in an action for this, and trusted a device.
async fn passed_for(purpose: Purpose) -> (Installation, Store) {
    let (installation, store) = store().await;
    let begun = NewAction { purpose, phone_changed: false, ..new_action(1) };
    assert_eq!(store.action_create(&begun).await, Ok(true));
    store.challenge_send(&first_send(1)).await.unwrap();
    for mark in [1, 2] {
        assert!(enrol(&store, end_user(), new_factor(mark)).await);
    }
    let Judged::Right(passed) = right(1) else { unreachable!() };
    let trust = NewTrust {
        device_id: device(),
        token_hash: [5; 32],
        phone_hash: [8; 32],
        country: None,
        expires_at: at(9_000),
    };
    let passed = Passed { expires_at: at(900), trust: Some(Box::new(trust)), ..passed };
    let outcome = store.challenge_attempt(&attempt(1, 1, Judged::Right(passed))).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Passed));
    (installation, store)
}

async fn passed_here() -> (Installation, Store) {
    passed_for(Purpose::Factors).await
}

fn device() -> DeviceId {
    DeviceId::new(NOW, [1; 10])
}

async fn seen(store: &Store) -> SeenFactors {
    SeenFactors::of(&store.factor_list(&end_user()).await.unwrap())
}

async fn remove(store: &Store, by: &Management, mark: u8, seen: &SeenFactors) -> ManageOutcome {
    store.factor_remove(by, factor(mark), seen, &record(mark)).await.unwrap()
}

async fn left(store: &Store) -> Vec<FactorId> {
    store.factor_list(&end_user()).await.unwrap().iter().map(|factor| factor.factor_id).collect()
}

fn named() -> AuditEntry {
    AuditEntry { deed: Deed::FactorNamed, detail: String::new(), ..audit_entry(9) }
}

async fn trusted(store: &Store, now: Timestamp) -> usize {
    store.trusted_device_list(&end_user(), now).await.unwrap().len()
}

#[tokio::test]
async fn a_factor_is_removed_once_with_every_trust_and_is_told() {
    let (installation, store) = passed_here().await;
    let (both, audit) = (seen(&store).await, installation.rows("audit"));
    assert_eq!(trusted(&store, at(30)).await, 1);
    assert_eq!(remove(&store, &by(), 1, &both).await, ManageOutcome::Done);
    assert_eq!(left(&store).await, [factor(2)]);
    assert_eq!(trusted(&store, at(30)).await, 0);
    assert_eq!((installation.rows("audit"), installation.rows("notices")), (audit + 1, 1));
    // The same form again, as it was made and as it is now.
    assert_eq!(remove(&store, &by(), 1, &both).await, ManageOutcome::Moved);
    assert_eq!(remove(&store, &by(), 1, &seen(&store).await).await, ManageOutcome::Gone);
    assert_eq!((installation.rows("audit"), installation.rows("notices")), (audit + 1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_factors_that_are_removed_at_once_one_stays() {
    for _ in 0..10 {
        let (_dir, store) = passed_here().await;
        let both = seen(&store).await;
        let outcomes = at_once([1, 2].map(|mark| {
            let (store, both) = (store.clone(), both.clone());
            async move { remove(&store, &by(), mark, &both).await }
        }))
        .await;
        assert_eq!(outcomes.iter().filter(|one| **one == ManageOutcome::Done).count(), 1);
        assert_eq!(left(&store).await.len(), 1);
    }
}

#[tokio::test]
async fn a_factor_is_named_and_its_name_is_taken_away() {
    let (installation, store) = passed_here().await;
    let audit = installation.rows("audit");
    let name = async |name| store.factor_name(&by(), factor(1), name, &named()).await.unwrap();
    let names = async || {
        let list = store.factor_list(&end_user()).await.unwrap();
        list.into_iter().map(|factor| factor.sealed_name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, [None, None]);
    assert_eq!(name(Some(&b"sealed"[..])).await, ManageOutcome::Done);
    assert_eq!(names().await, [Some(b"sealed".to_vec()), None]);
    assert_eq!(installation.rows("audit"), audit + 1);
    let entry = AuditEntry { audit_id: audit_entry(10).audit_id, ..named() };
    let taken = store.factor_name(&by(), factor(1), None, &entry).await.unwrap();
    assert_eq!((taken, names().await), (ManageOutcome::Done, vec![None, None]));
    let gone = store.factor_name(&by(), factor(3), None, &named()).await.unwrap();
    assert_eq!(gone, ManageOutcome::Gone);
}

#[tokio::test]
async fn who_needs_more_time_gets_it_once_per_extension_that_was_seen() {
    let (_dir, store) = passed_here().await;
    let extend = async |seen, end| store.management_extend(&by(), seen, end).await.unwrap();
    assert_eq!(extend(0, at(1_800)).await, ManageOutcome::Done);
    assert_eq!(extend(0, at(2_700)).await, ManageOutcome::Moved);
    let late = Management { now: at(1_799), ..by() };
    assert_eq!(store.management_is_open(&late).await, Ok(true));
    let over = Management { now: at(1_800), ..by() };
    refuses(&store, &over).await;
    let outcome = store.management_extend(&over, 1, at(2_700)).await;
    assert_eq!(outcome, Ok(ManageOutcome::NotAllowed));
}

#[tokio::test]
async fn a_device_is_forgotten_once() {
    let (installation, store) = passed_here().await;
    let audit = installation.rows("audit");
    for expected in [ManageOutcome::Done, ManageOutcome::Gone] {
        let outcome = store.trusted_device_forget(&by(), device(), &named()).await.unwrap();
        assert_eq!((outcome, trusted(&store, at(30)).await), (expected, 0));
    }
    assert_eq!(installation.rows("audit"), audit + 1);
}

/// None of the three changes is made.
async fn refuses(store: &Store, by: &Management) {
    let both = seen(store).await;
    assert_eq!(store.management_is_open(by).await, Ok(false), "{by:?}");
    assert_eq!(remove(store, by, 1, &both).await, ManageOutcome::NotAllowed, "{by:?}");
    let name = store.factor_name(by, factor(1), Some(b"name"), &named()).await;
    assert_eq!(name, Ok(ManageOutcome::NotAllowed), "{by:?}");
    let forgotten = store.trusted_device_forget(by, device(), &named()).await;
    assert_eq!(forgotten, Ok(ManageOutcome::NotAllowed), "{by:?}");
    assert_eq!(seen(store).await, both);
}

#[tokio::test]
async fn row_27_nothing_is_changed_but_after_a_pass_of_this_end_user_in_its_time() {
    let (_dir, store) = passed_here().await;
    assert_eq!(store.management_is_open(&by()).await, Ok(true));
    let other_user = EndUserKey { end_user_hash: [9; 32], ..end_user() };
    let other_client = EndUserKey { client_id: client(2), ..end_user() };
    for refused in [
        Management { now: at(900), ..by() },
        Management { action_id: action(2), ..by() },
        Management { end_user: other_user, ..by() },
        Management { end_user: other_client, ..by() },
    ] {
        refuses(&store, &refused).await;
    }
    let (_dir, store) = passed_for(Purpose::Login).await;
    refuses(&store, &by()).await;
}

#[tokio::test]
async fn row_27_nothing_is_changed_before_a_pass_nor_after_a_reset() {
    let (_dir, store) = store().await;
    let begun = NewAction { purpose: Purpose::Factors, phone_changed: false, ..new_action(1) };
    assert_eq!(store.action_create(&begun).await, Ok(true));
    assert!(enrol(&store, end_user(), new_factor(1)).await);
    refuses(&store, &by()).await;

    let (_dir, store) = passed_here().await;
    let reset = onlyauth_store::NewReset {
        end_user: end_user(),
        under_way_from: action(0),
        record: record(3),
        now: at(25),
    };
    assert_eq!(store.end_user_reset(&reset).await, Ok(true));
    refuses(&store, &by()).await;
}
