use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::Failures;
use onlyauth_store::{
    Attempt, AttemptOutcome, EndUserKey, EndUserRecord, Judged, KnownPhone, LastPass, Passed,
};

use super::support::*;

#[tokio::test]
async fn who_passes_is_known_and_keeps_the_name() {
    let (_dir, store) = sent(1).await;
    assert_eq!(store.end_user_find(&end_user()).await, Ok(None));
    store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await.unwrap();
    assert_eq!(store.end_user_find(&end_user()).await, Ok(None), "a guess makes nobody known");
    store.challenge_attempt(&attempt(1, 2, right(1))).await.unwrap();
    let first = EndUserRecord {
        user_id: user(1),
        phone: Some(KnownPhone { hash: [8; 32], sealed: vec![1; 40] }),
        created_at: at(10),
        last_pass: Some(LastPass { at: at(10), channel: Channel::Sms }),
    };
    assert_eq!(store.end_user_find(&end_user()).await, Ok(Some(first.clone())));

    send_first(&store, 2).await;
    let again = Attempt {
        now: at(50),
        judged: Judged::Right(Passed {
            token_hash: [2; 32],
            expires_at: at(110),
            user_id: user(2),
            sealed_uuid: vec![2; 45],
            phone: Some(KnownPhone { hash: [9; 32], sealed: vec![2; 40] }),
            sealed: vec![2; 60],
            phone_changed: true,
            trust: None,
        }),
        ..attempt(2, 1, Judged::Wrong)
    };
    assert_eq!(store.challenge_attempt(&again).await, Ok(AttemptOutcome::Passed));
    let second = EndUserRecord {
        phone: Some(KnownPhone { hash: [9; 32], sealed: vec![2; 40] }),
        last_pass: Some(LastPass { at: at(50), channel: Channel::Sms }),
        ..first
    };
    assert_eq!(store.end_user_find(&end_user()).await, Ok(Some(second)));
}

#[tokio::test]
async fn row_45_sandbox_live_apps_and_clients_are_apart() {
    let (_dir, store) = passed(1).await;
    for other in [
        EndUserKey { mode: Mode::Live, ..end_user() },
        EndUserKey { app_id: app(2), ..end_user() },
        EndUserKey { client_id: client(2), ..end_user() },
        EndUserKey { end_user_hash: [1; 32], ..end_user() },
    ] {
        assert_eq!(store.end_user_find(&other).await, Ok(None));
    }
}

#[tokio::test]
async fn an_operator_resets_one_channels_failures() {
    let (_dir, store) = sent(1).await;
    store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await.unwrap();
    assert_eq!(store.failure_reset(&end_user(), Channel::Voice, None).await, Ok(false));
    let live = EndUserKey { mode: Mode::Live, ..end_user() };
    assert_eq!(store.failure_reset(&live, Channel::Sms, None).await, Ok(false));
    assert_eq!(login(&store, 1).await.way(Channel::Sms).failures.count, 1);
    assert_eq!(store.failure_reset(&end_user(), Channel::Sms, None).await, Ok(true));
    assert_eq!(login(&store, 1).await.way(Channel::Sms).failures, Failures::default());
}

#[tokio::test]
async fn an_end_user_is_found_by_the_name_of_ours_within_their_client() {
    let (_dir, store) = passed(1).await;
    assert_eq!(store.end_user_find_by_id(client(1), user(1)).await, Ok(Some(end_user())));
    assert_eq!(store.end_user_find_by_id(client(2), user(1)).await, Ok(None));
    assert_eq!(store.end_user_find_by_id(client(1), user(2)).await, Ok(None));
}

#[tokio::test]
async fn failures_are_listed_and_forgotten_on_every_channel_of_one_end_user() {
    let (_dir, store) = sent(1).await;
    assert_eq!(store.failure_list(&end_user()).await, Ok(Vec::new()));
    store.challenge_attempt(&attempt(1, 1, Judged::Wrong)).await.unwrap();
    let one = Failures { count: 1, last_at: Some(at(10)) };
    assert_eq!(store.failure_list(&end_user()).await, Ok(vec![(Channel::Sms, one)]));
    let live = EndUserKey { mode: Mode::Live, ..end_user() };
    assert_eq!(store.failure_list(&live).await, Ok(Vec::new()));
    store.failure_reset_all(&live, &audit_entry(1)).await.unwrap();
    assert_eq!(store.failure_list(&end_user()).await.unwrap().len(), 1);
    store.failure_reset_all(&end_user(), &audit_entry(1)).await.unwrap();
    assert_eq!(store.failure_list(&end_user()).await, Ok(Vec::new()));
}
