use onlyauth_core::channel::{Channel, Mode};
use onlyauth_store::{Redeem, Redemption, SuccessTokenRecord};

use super::support::*;

#[tokio::test]
async fn a_token_tells_what_it_proves_once() {
    let (_dir, store) = passed(1).await;
    let record = SuccessTokenRecord {
        action_id: action(1),
        mode: Mode::Sandbox,
        end_user_hash: [7; 32],
        sealed: vec![1; 60],
        channels: vec![Channel::Sms.into()],
        phone_changed: true,
        passed_at: at(10),
        expires_at: at(70),
    };
    assert_eq!(store.success_token_consume(&redeem(1)).await, Ok(Redemption::Consumed(record)));
    assert_eq!(store.success_token_consume(&redeem(1)).await, Ok(Redemption::NotFound));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_13_a_hundred_redemptions_at_once() {
    let (_dir, store) = passed(1).await;
    let redemptions = at_once((0..100).map(|number| {
        let store = store.clone();
        let end_user_hash = (number % 2 == 0).then_some([7; 32]);
        let redeem = Redeem { end_user_hash, ..redeem(1) };
        async move { store.success_token_consume(&redeem).await.unwrap() }
    }))
    .await;
    let consumed = redemptions.iter().filter(|r| matches!(r, Redemption::Consumed(_))).count();
    assert_eq!(consumed, 1);
    assert_eq!(redemptions.iter().filter(|r| **r == Redemption::NotFound).count(), 99);
}

#[tokio::test]
async fn row_14_another_client_app_or_mode_consumes_nothing() {
    let (_dir, store) = passed(1).await;
    for foreign in [
        Redeem { client_id: client(2), ..redeem(1) },
        Redeem { action_id: action(2), ..redeem(1) },
        Redeem { app_id: app(2), ..redeem(1) },
        Redeem { mode: Mode::Live, ..redeem(1) },
        Redeem { token_hash: [2; 32], ..redeem(1) },
        Redeem { client_id: client(2), end_user_hash: Some([7; 32]), ..redeem(1) },
    ] {
        let redemption = store.success_token_consume(&foreign).await;
        assert_eq!(redemption, Ok(Redemption::NotFound), "{foreign:?}");
    }
    let owner = store.success_token_consume(&redeem(1)).await.unwrap();
    assert!(matches!(owner, Redemption::Consumed(_)));
}

#[tokio::test]
async fn row_16_the_last_moment_is_too_late() {
    let (_dir, store) = passed(1).await;
    let late = Redeem { now: at(70), ..redeem(1) };
    assert_eq!(store.success_token_consume(&late).await, Ok(Redemption::NotFound));
    let late_swap = Redeem { end_user_hash: Some([1; 32]), ..late };
    assert_eq!(store.success_token_consume(&late_swap).await, Ok(Redemption::NotFound));
    let in_time = Redeem { now: at(69), ..redeem(1) };
    let redemption = store.success_token_consume(&in_time).await.unwrap();
    assert!(matches!(redemption, Redemption::Consumed(_)));
}

#[tokio::test]
async fn row_17_a_token_of_another_end_user_is_kept() {
    let (_dir, store) = passed(1).await;
    let swapped = Redeem { end_user_hash: Some([1; 32]), ..redeem(1) };
    assert_eq!(store.success_token_consume(&swapped).await, Ok(Redemption::EndUserMismatch));
    let right = Redeem { end_user_hash: Some([7; 32]), ..redeem(1) };
    let redemption = store.success_token_consume(&right).await.unwrap();
    assert!(matches!(redemption, Redemption::Consumed(_)));
    assert_eq!(store.success_token_consume(&swapped).await, Ok(Redemption::NotFound));
}
