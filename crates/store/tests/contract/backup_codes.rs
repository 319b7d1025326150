use onlyauth_core::channel::Channel;
use onlyauth_core::factor::backup_code::Stored;
use onlyauth_core::ids::ChallengeId;
use onlyauth_store::{Attempt, AttemptOutcome, Begin, EndUserKey, Judged, Passed, Permit, Store};

use super::support::*;

/// Hashes of a set.
fn set(mark: u8) -> Vec<[u8; 32]> {
    (0..10).map(|number| [mark * 16 + number; 32]).collect()
}

fn unused(mark: u8) -> Vec<Stored> {
    set(mark).into_iter().map(|hash| Stored { hash, used: false }).collect()
}

/// A store whose end user has set 1, handed out in action 1.
async fn handed_out() -> (Installation, Store) {
    let (installation, store) = passed_with_known_phone().await;
    assert_eq!(store.backup_code_replace(&permit(1), &set(1), &record(1)).await, Ok(true));
    (installation, store)
}

async fn begin(store: &Store, mark: u8) {
    let begin = Begin {
        action_id: action(mark),
        end_user: end_user(),
        channel: Channel::BackupCode,
        challenge_id: ChallengeId::of_action(action(mark), Channel::BackupCode),
        sends: 0,
        digits: 0,
        max_attempts: MAX_ATTEMPTS,
        now: at(30),
        expires_at: at(9_000),
        start: Some(new_action(mark)),
    };
    assert_eq!(store.challenge_begin(&begin).await, Ok(true));
}

/// An attempt with a code of this hash.
fn attempt_by_code(mark: u8, form: u8, hash: [u8; 32]) -> Attempt {
    let Judged::Right(passed) = right(mark) else { unreachable!() };
    Attempt {
        challenge_id: ChallengeId::of_action(action(mark), Channel::BackupCode),
        channel: Channel::BackupCode,
        now: at(40),
        backup_code: Some(hash),
        ..attempt(mark, form, Judged::Right(Passed { phone: None, ..passed }))
    }
}

#[tokio::test]
async fn a_new_set_replaces_all_of_the_one_before_and_the_same_again_changes_nothing() {
    let (_dir, store) = handed_out().await;
    assert_eq!(store.backup_code_list(&end_user()).await, Ok(unused(1)));
    assert_eq!(login(&store, 1).await.backup_codes, 10);
    begin(&store, 2).await;
    let first = set(1)[0];
    let passed = store.challenge_attempt(&attempt_by_code(2, 1, first)).await;
    assert_eq!(passed, Ok(AttemptOutcome::Passed));
    // The form of action 1 again: what passed meanwhile is not good again.
    assert_eq!(store.backup_code_replace(&permit(1), &set(1), &record(1)).await, Ok(true));
    let used = store.backup_code_list(&end_user()).await.unwrap();
    assert_eq!(
        used.iter().filter(|code| code.used).map(|code| code.hash).collect::<Vec<_>>(),
        [first]
    );
    assert_eq!(login(&store, 2).await.backup_codes, 9);
    let other = Permit { now: at(50), token_expires_at: at(110), ..permit(2) };
    assert_eq!(store.backup_code_replace(&other, &set(2), &record(1)).await, Ok(true));
    assert_eq!(store.backup_code_list(&end_user()).await, Ok(unused(2)));
}

#[tokio::test]
async fn row_27_a_set_is_handed_out_only_after_a_pass() {
    let (_dir, store) = sent(1).await;
    assert_eq!(store.backup_code_replace(&permit(1), &set(1), &record(1)).await, Ok(false));
    let (_dir, store) = handed_out().await;
    let other_user = EndUserKey { end_user_hash: [9; 32], ..end_user() };
    let refused = Permit { end_user: other_user, ..permit(1) };
    assert_eq!(store.backup_code_replace(&refused, &set(2), &record(1)).await, Ok(false));
    store.success_token_consume(&redeem(1)).await.unwrap();
    assert_eq!(store.backup_code_replace(&permit(1), &set(2), &record(1)).await, Ok(false));
    assert_eq!(store.backup_code_list(&end_user()).await, Ok(unused(1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_30_a_code_confirms_one_of_fifty_logins_at_once() {
    let (_dir, store) = handed_out().await;
    for mark in 2..=51 {
        begin(&store, mark).await;
    }
    let hash = set(1)[3];
    let outcomes = at_once((2..=51).map(|mark| {
        let store = store.clone();
        async move { store.challenge_attempt(&attempt_by_code(mark, 1, hash)).await }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == Ok(AttemptOutcome::Passed)).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == Ok(AttemptOutcome::FactorMoved)).count(), 49);
    assert_eq!(login(&store, 2).await.backup_codes, 9);
}
