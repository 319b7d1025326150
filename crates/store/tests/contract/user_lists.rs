//! End users of an app, page by page, and what is told about one.

use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::Failures;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{BackupCodes, EndUserKey, EndUserOverview, Judged, NewImport, Store};

use super::support::*;

fn key(mark: u8) -> EndUserKey {
    EndUserKey { end_user_hash: [mark; 32], ..end_user() }
}

/// An end user who brings an authenticator app along.
async fn import(store: &Store, end_user: EndUserKey, mark: u8) {
    let import = NewImport {
        end_user,
        user_id: user(mark),
        sealed_uuid: vec![mark; 45],
        phone: None,
        factors: vec![new_factor(mark)],
        audit: brought(mark),
        now: at(20),
    };
    store.end_user_import(&import).await.unwrap();
}

async fn page(store: &Store, after: Option<u8>, max: u32) -> Vec<EndUserOverview> {
    let after = after.map(user);
    store.end_user_list(client(1), app(1), Mode::Sandbox, after, max).await.unwrap()
}

fn hashes(page: &[EndUserOverview]) -> Vec<u8> {
    page.iter().map(|user| user.key.end_user_hash[0]).collect()
}

#[tokio::test]
async fn pages_go_through_all_of_one_app_and_mode_in_one_order() {
    let (_dir, store) = store().await;
    for mark in [3, 1, 5, 2, 4] {
        import(&store, key(mark), mark).await;
    }
    for (mark, other) in [
        (6, EndUserKey { mode: Mode::Live, ..key(6) }),
        (7, EndUserKey { app_id: app(2), ..key(7) }),
        (8, EndUserKey { client_id: client(2), ..key(8) }),
    ] {
        import(&store, other, mark).await;
    }
    assert_eq!(hashes(&page(&store, None, 2).await), [1, 2]);
    assert_eq!(hashes(&page(&store, Some(2), 2).await), [3, 4]);
    assert_eq!(hashes(&page(&store, Some(4), 2).await), [5]);
    assert!(page(&store, Some(5), 2).await.is_empty());
    for user in page(&store, None, 100).await {
        assert_eq!(store.end_user_overview_find(&user.key).await, Ok(Some(user)));
    }
}

#[tokio::test]
async fn what_is_told_is_each_ones_own() {
    let (dir, store) = passed(1).await;
    import(&store, key(2), 2).await;
    assert!(enrol(&store, end_user(), new_factor(3)).await);
    dir.execute(
        "INSERT INTO backup_codes SELECT client_id, app_id, mode, end_user_hash, phone_hash, 'ACTN-1', 1, NULL
           FROM actions",
    );
    dir.execute(
        "INSERT INTO trusted_devices SELECT client_id, app_id, mode, end_user_hash, 'DEVC-01920000-0000-7000-8000-000000000001',
           phone_hash, phone_hash, 'DE', action_id, 1, 2, 3, 2, NULL FROM actions",
    );
    let found = store.end_user_overview_find(&end_user()).await.unwrap().unwrap();
    let since = Some(Timestamp::from_millis(1));
    assert_eq!(found.codes, BackupCodes { left: 1, since, used: None });
    // Also where its time is over.
    let before = Timestamp::from_millis(2);
    assert_eq!(found.devices, store.trusted_device_list(&end_user(), before).await.unwrap());
    assert_eq!(found.devices.len(), 1);
    assert_eq!((found.key, &found.sealed_uuid), (end_user(), &vec![1; 45]));
    assert_eq!(found.record, store.end_user_find(&end_user()).await.unwrap().unwrap());
    assert_eq!(found.factors, store.factor_list(&end_user()).await.unwrap());
    assert_eq!((found.factors.len(), found.failures.len()), (1, 0));
    let other = store.end_user_overview_find(&key(2)).await.unwrap().unwrap();
    assert_eq!((other.factors.len(), other.devices.len()), (1, 0));
    assert_eq!(other.codes, BackupCodes::default());
    assert_eq!(page(&store, None, 9).await, [found, other]);

    send_first(&store, 2).await;
    store.challenge_attempt(&attempt(2, 1, Judged::Wrong)).await.unwrap();
    let failed = vec![(Channel::Sms, Failures { count: 1, last_at: Some(at(10)) })];
    let found = store.end_user_overview_find(&end_user()).await.unwrap().unwrap();
    assert_eq!(found.failures, failed);
    assert_eq!(page(&store, None, 1).await, [found]);
    assert_eq!(store.end_user_overview_find(&key(9)).await, Ok(None));
}

#[tokio::test]
async fn the_sealed_name_of_a_known_end_user_stays_as_it_is() {
    let (_dir, store) = passed(1).await;
    send_first(&store, 2).await;
    store.challenge_attempt(&attempt(2, 1, right(2))).await.unwrap();
    let found = store.end_user_overview_find(&end_user()).await.unwrap().unwrap();
    assert_eq!((found.record.user_id, found.sealed_uuid), (user(1), vec![1; 45]));
}
