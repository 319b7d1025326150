use onlyauth_core::channel::Channel;
use onlyauth_core::ids::ChallengeId;
use onlyauth_store::{
    Attempt, Begin, EndUserKey, EnrolOutcome, FactorUse, Judged, NewFactor, Passed, Permit, Redeem,
    Redemption,
};

use super::support::*;

#[tokio::test]
async fn a_factor_is_kept_once_and_gives_the_success_token_its_time_anew() {
    let (_dir, store) = passed_with_known_phone().await;
    // The token's first minute ended at 70 s.
    let late = Permit { now: at(200), token_expires_at: at(260), ..permit(1) };
    assert_eq!(
        store.factor_enrol(&late, &new_factor(1), &record(1)).await,
        Ok(EnrolOutcome::Enrolled)
    );
    let again = NewFactor { factor_id: factor(2), ..new_factor(1) };
    assert_eq!(store.factor_enrol(&late, &again, &record(1)).await, Ok(EnrolOutcome::Known));
    assert_eq!(store.factor_list(&end_user()).await.unwrap().len(), 1);
    let redeemed =
        store.success_token_consume(&Redeem { now: at(259), ..redeem(1) }).await.unwrap();
    assert!(matches!(redeemed, Redemption::Consumed(_)), "{redeemed:?}");
}

#[tokio::test]
async fn row_27_nothing_is_kept_before_a_pass_for_another_too_late_or_after_the_token_was_redeemed()
{
    let (_dir, store) = sent(1).await;
    let enrol = async |store: &onlyauth_store::Store, permit: &Permit| {
        store.factor_enrol(permit, &new_factor(1), &record(1)).await
    };
    assert_eq!(enrol(&store, &permit(1)).await, Ok(EnrolOutcome::NotAllowed));
    let (_dir, store) = passed_with_known_phone().await;
    let other_user = EndUserKey { end_user_hash: [9; 32], ..end_user() };
    for refused in [
        Permit { end_user: other_user, ..permit(1) },
        Permit { now: at(900), ..permit(1) },
        permit(2),
    ] {
        assert_eq!(enrol(&store, &refused).await, Ok(EnrolOutcome::NotAllowed), "{refused:?}");
    }
    store.success_token_consume(&redeem(1)).await.unwrap();
    assert_eq!(enrol(&store, &permit(1)).await, Ok(EnrolOutcome::NotAllowed));
    for user in [end_user(), other_user] {
        assert_eq!(store.factor_list(&user).await, Ok(vec![]));
    }
}

#[tokio::test]
async fn row_28_a_number_that_changed_enrols_nothing_and_a_factor_does() {
    // Passed with another number than the one that was known.
    let (_dir, store) = passed(1).await;
    let refused = store.factor_enrol(&permit(1), &new_factor(1), &record(1)).await;
    assert_eq!(refused, Ok(EnrolOutcome::NotAllowed));
    // The same number again, but by a factor that was there.
    assert!(enrol(&store, end_user(), new_factor(2)).await);
    let begin = Begin {
        action_id: action(2),
        end_user: end_user(),
        channel: Channel::Totp,
        challenge_id: ChallengeId::of_action(action(2), Channel::Totp),
        sends: 0,
        digits: 6,
        max_attempts: MAX_ATTEMPTS,
        now: at(20),
        expires_at: at(9_000),
        start: Some(new_action(2)),
    };
    assert_eq!(store.challenge_begin(&begin).await, Ok(true));
    let Judged::Right(passed) = right(2) else { unreachable!() };
    let attempt = Attempt {
        challenge_id: begin.challenge_id,
        channel: Channel::Totp,
        now: at(25),
        factor: Some(FactorUse { factor_id: factor(2), position: 8 }),
        ..attempt(2, 1, Judged::Right(Passed { phone: None, ..passed }))
    };
    store.challenge_attempt(&attempt).await.unwrap();
    let kept = store.factor_enrol(&permit(2), &new_factor(1), &record(1)).await;
    assert_eq!(kept, Ok(EnrolOutcome::Enrolled));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_factor_is_kept_of_fifty_times_the_same_at_once() {
    let (_dir, store) = passed_with_known_phone().await;
    let outcomes = at_once((1..=50).map(|mark| {
        let store = store.clone();
        let same = NewFactor { lookup_hash: [1; 32], ..new_factor(mark) };
        async move { store.factor_enrol(&permit(1), &same, &record(1)).await }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == Ok(EnrolOutcome::Enrolled)).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == Ok(EnrolOutcome::Known)).count(), 49);
}

#[tokio::test]
async fn declining_gives_the_token_its_time_anew_until_the_action_is_over_or_the_token_redeemed() {
    let (_dir, store) = passed_with_known_phone().await;
    let late =
        |seconds| Permit { now: at(seconds), token_expires_at: at(seconds + 60), ..permit(1) };
    let other_user = EndUserKey { end_user_hash: [9; 32], ..end_user() };
    for refused in [Permit { end_user: other_user, ..permit(1) }, late(900), permit(2)] {
        assert_eq!(store.enrolment_decline(&refused).await, Ok(false), "{refused:?}");
    }
    // The token was over at 70 s.
    assert_eq!(store.enrolment_decline(&late(400)).await, Ok(true));
    let over = Redeem { now: at(460), ..redeem(1) };
    assert_eq!(store.success_token_consume(&over).await, Ok(Redemption::NotFound));
    let in_time = Redeem { now: at(459), ..redeem(1) };
    let redeemed = store.success_token_consume(&in_time).await;
    assert!(matches!(redeemed, Ok(Redemption::Consumed(_))), "{redeemed:?}");
    assert_eq!(store.enrolment_decline(&late(470)).await, Ok(false));

    let (_dir, store) = sent(1).await;
    assert_eq!(store.enrolment_decline(&permit(1)).await, Ok(false), "not passed");
}
