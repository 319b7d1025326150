//! Copies of whole installations: from this kind of database to each kind, interrupted and repeated.
//!
//! With several threads, since a copy that is dropped ends its session on the runtime, while a test blocks on its own.

use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::SecretId;
use onlyauth_core::keys::Purpose;
use onlyauth_core::limits::Quota;
use onlyauth_store::{
    AppRecord, AttemptOutcome, Copy, CopyError, CopyOutcome, Database, Doing, Judged, KeyRecord,
    LimitTake, LimitsOutcome, NewClient, NewSecret, OpenError, Progress, Reason, Redemption,
    SandboxMessage, Store, StoreError,
};

use super::support::*;
use crate::postgres_server::TestDatabase;

/// More than a page, so that tables are gone through in several steps.
const LIMITS: u32 = 1_200;

fn ring_key(mark: u8) -> KeyRecord {
    KeyRecord {
        key_id: key(mark),
        purpose: Purpose::Code,
        generation: i64::from(mark),
        not_before: NOW,
        not_after: (mark == 1).then(|| at(1_000)),
        wrapped: vec![mark; 60],
        created_at: NOW,
    }
}

/// An installation with rows in every table; nobody uses it.
async fn populated() -> Installation {
    let (installation, store) = store().await;
    for mark in 1..=40 {
        send_first(&store, mark).await;
        let wrong = store.challenge_attempt(&attempt(mark, 1, Judged::Wrong)).await;
        assert!(matches!(wrong, Ok(AttemptOutcome::Counted { .. })), "{wrong:?}");
        if mark % 2 == 0 {
            let passed = store.challenge_attempt(&attempt(mark, 2, right(mark))).await;
            assert_eq!(passed, Ok(AttemptOutcome::Passed));
        }
    }
    assert!(enrol(&store, end_user(), new_factor(1)).await);
    assert!(matches!(store.success_token_consume(&redeem(2)).await, Ok(Redemption::Consumed(_))));
    assert_eq!(store.key_create(&[ring_key(1), ring_key(2)]).await, Ok(true));
    administer(&store).await;
    deliver(&store).await;
    limit(&store).await;
    store.close().await;
    for hours in HOURS {
        execute(&installation, hours);
    }
    installation
}

/// What is left of logins that were counted, and what waited for an answer.
const HOURS: [&str; 9] = [
    "INSERT INTO login_hours SELECT client_id, 1699999200000, 'APPX-1', 'live', 'sms', 'US', 'passed', 5, 7, 1
       FROM clients",
    "INSERT INTO message_hours SELECT client_id, 1699999200000, 'APPX-1', 'live', 'sms', 'US', 'sent', 7
       FROM clients",
    "INSERT INTO trusted_devices SELECT client_id, app_id, mode, end_user_hash, 'DEVC-1', end_user_hash, phone_hash, 'DE',
       'ACTN-1', 1700000000000, 1700000000000, 1702592000000, NULL, NULL FROM end_users",
    "INSERT INTO ceremonies SELECT client_id, action_id, 'CHLG-1', 'get', sealed, 1700000000000, 1700000000000, NULL
       FROM actions",
    "INSERT INTO backup_codes SELECT client_id, app_id, mode, end_user_hash, sealed, action_id, 1700000000000, NULL
       FROM actions",
    "INSERT INTO notices SELECT client_id, action_id, 'MESG-1', 'app_set_up', end_user_hash, sealed, 'en', 1700000000000 FROM actions",
    "INSERT INTO audit SELECT client_id, 'AUDT-' || action_id, app_id, mode, 'USER-1', 'reset', 'lost', 'operator', 1700000000000
       FROM actions",
    "INSERT INTO factor_links SELECT client_id, action_id, end_user_hash, 1700000000000, 1700000900000 FROM actions",
    "INSERT INTO counted_actions SELECT client_id, 'ACTN-1', 1700000000000 FROM clients",
];

async fn administer(store: &Store) {
    let secret_id = SecretId::new(NOW, [1; 10]);
    let hint = "last".to_owned();
    let secret = NewSecret { secret_id, hash: [9; 32], hint, created_at: NOW };
    let client = NewClient { first_secret: Some(secret), ..new_client(9) };
    assert_eq!(store.client_create(&client).await, Ok(true));
    let app = AppRecord {
        client_id: client.client_id,
        app_id: app(3),
        settings: "{\"friendly_name\":\"Łódź 🗝\"}".to_owned(),
        revision: 1,
        created_at: NOW,
        updated_at: NOW,
    };
    assert_eq!(store.app_create(&app).await, Ok(true));
}

async fn deliver(store: &Store) {
    let claimed = store.outbox_claim(client(1), message(1), NOW, at(30)).await;
    assert!(claimed.unwrap().is_some());
    let message = SandboxMessage {
        client_id: client(1),
        app_id: app(1),
        message_id: message(1),
        channel: Channel::Sms,
        phone_hash: [8; 32],
        end_user_hash: [7; 32],
        sealed: vec![0; 50],
        body: "012345 is your code".to_owned(),
        code: "012345".to_owned(),
        created_at: NOW,
    };
    assert_eq!(store.sandbox_message_deliver(&message).await, Ok(true));
}

async fn limit(store: &Store) {
    let quota = Quota { count: 3, per: Duration::from_secs(30) };
    let takes = (0..LIMITS).map(|number| {
        let store = store.clone();
        async move {
            let take = LimitTake { key: format!("limit {number}"), take: quota.take(NOW) };
            store.limits_take(&[take]).await
        }
    });
    assert!(at_once(takes).await.iter().all(|taken| *taken == Ok(LimitsOutcome::Taken)));
}

/// An empty place of each kind.
fn targets() -> [Installation; 2] {
    [Installation::on_sqlite(), Installation::on(TestDatabase::empty())]
}

async fn copy(source: &Installation, target: &Installation) -> Result<CopyOutcome, CopyError> {
    let mut copy = Copy::open(&source.database, &target.database).await?;
    let outcome = copy.run(at(5), |_| {}).await?;
    if matches!(outcome, CopyOutcome::Now(_)) {
        copy.finish().await?;
    }
    Ok(outcome)
}

/// Copies until `last` says so, and is gone then.
async fn interrupted(
    source: &Installation,
    target: &Installation,
    mut last: impl FnMut(Progress) -> bool + Send + 'static,
) {
    let mut copy = Copy::open(&source.database, &target.database).await.unwrap();
    let run = tokio::spawn(async move {
        copy.run(at(5), |progress| assert!(!last(progress), "interrupted")).await.map(drop)
    });
    assert!(run.await.unwrap_err().is_panic(), "it came to its end");
}

/// Runs SQL in whichever database it is.
fn execute(installation: &Installation, sql: &str) {
    match &installation.database {
        Database::Sqlite(path) => {
            rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
        }
        Database::Postgres(_) => drop(installation.query(sql)),
    }
}

async fn expect_whole(target: &Installation) {
    let store = target.open();
    assert_eq!(store.integrity_check().await, Ok(vec![]));
    assert_eq!(store.client_list().await.unwrap().len(), 3);
    assert_eq!(store.key_list().await, Ok(vec![ring_key(1), ring_key(2)]));
    assert_eq!(store.secret_list(client(9)).await.unwrap()[0].hash, [9; 32]);
    assert!(store.app_list(client(9)).await.unwrap()[0].settings.contains("Łódź 🗝"));
    let inbox = store.sandbox_message_list(client(1), app(1), None, 9).await.unwrap();
    assert_eq!(inbox[0].code, "012345");
    // What was used up stays so, what was open goes on where it was.
    assert_eq!(store.success_token_consume(&redeem(2)).await, Ok(Redemption::NotFound));
    assert!(matches!(store.success_token_consume(&redeem(4)).await, Ok(Redemption::Consumed(_))));
    assert_eq!(login(&store, 3).await.challenge.unwrap().attempts, 1);
    let passed = store.challenge_attempt(&attempt(3, 2, right(3))).await;
    assert_eq!(passed, Ok(AttemptOutcome::Passed));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_arrives_on_either_kind_and_logins_go_on() {
    let source = populated().await;
    for target in targets() {
        let CopyOutcome::Now(tables) = copy(&source, &target).await.unwrap() else {
            panic!("nothing was there before")
        };
        for table in &tables {
            assert!(table.rows > 0, "{table:?} proves nothing");
        }
        assert_eq!(tables.iter().find(|table| table.table == "limits").unwrap().rows, 1_200);
        let again = copy(&source, &target).await.unwrap();
        assert_eq!(again, CopyOutcome::Before(tables), "the same again changes nothing");
        expect_whole(&target).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_copy_is_not_served_and_its_repetition_ends_the_same() {
    let source = populated().await;
    for target in targets() {
        for steps in [1, 6, 13, 20, 30] {
            let mut count = 0;
            interrupted(&source, &target, move |_| {
                count += 1;
                count == steps
            })
            .await;
            let claim = target.database.claim(target.path()).unwrap();
            let served = try_serve(claim, target.database.clone()).unwrap_err();
            for error in [served, target.admin().unwrap_err()] {
                assert!(matches!(error, OpenError::HalfCopied { .. }), "{steps}: {error}");
                assert!(error.hint().contains("onlyauth copy"));
            }
            let error = copy(&target, &source).await.unwrap_err();
            assert!(matches!(error, CopyError::Open(OpenError::HalfCopied { .. })), "{error}");
        }
        assert!(matches!(copy(&source, &target).await, Ok(CopyOutcome::Now(_))));
        expect_whole(&target).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_differs_is_found_and_not_served() {
    let source = populated().await;
    for (table, sql) in [
        ("limits", "UPDATE limits SET tat = tat + 1 WHERE limit_key = 'limit 777'"),
        ("failure_counters", "DELETE FROM failure_counters"),
        ("clients", "UPDATE clients SET name = 'client 1' WHERE name = 'Client 1'"),
    ] {
        for target in targets() {
            let mut copy = Copy::open(&source.database, &target.database).await.unwrap();
            let outcome = copy.run(at(5), |progress| {
                let Progress { table, step, complete, .. } = progress;
                if (table, step, complete) == ("sandbox_messages", Doing::Copying, true) {
                    execute(&target, sql);
                }
            });
            let error = outcome.await.unwrap_err();
            let named = matches!(&error, CopyError::Differs { table: of, .. } if *of == table);
            assert!(named, "{table}: {error}");
            drop(copy);
            let error = target.admin().unwrap_err();
            assert!(matches!(error, OpenError::HalfCopied { .. }), "{error}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_nobody_are_not_left_behind_in_silence() {
    let source = populated().await;
    execute(
        &source,
        "INSERT INTO failure_counters SELECT 'nobody', app_id, mode, end_user_hash, channel, failures,
           last_failure_at FROM failure_counters WHERE client_id <> 'nobody'",
    );
    let [target, _] = targets();
    let error = copy(&source, &target).await.unwrap_err();
    let CopyError::Astray { table, rows, reached, .. } = error else { panic!("{error}") };
    assert_eq!((table, rows), ("failure_counters", reached * 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_installation_is_refused_untouched() {
    let source = populated().await;
    let other = {
        let (installation, store) = store().await;
        store.close().await;
        installation
    };
    for (from, into) in [(&source, &other), (&other, &source)] {
        let error = copy(from, into).await.unwrap_err();
        assert!(matches!(error, CopyError::OtherInstallation { .. }), "{error}");
    }
    assert_eq!(other.open().client_list().await.unwrap().len(), 2);
    expect_whole(&source).await;
    // What went on since then is another installation as well.
    let [target, _] = targets();
    copy(&source, &target).await.unwrap();
    target.open().client_create(&new_client(77)).await.unwrap();
    let error = copy(&source, &target).await.unwrap_err();
    let CopyError::OtherInstallation { table, .. } = error else { panic!("{error}") };
    assert_eq!(table, "clients");
    assert_eq!(target.open().client_list().await.unwrap().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_with_a_schema_and_nothing_else_is_empty() {
    let source = populated().await;
    for target in targets() {
        target.open().close().await;
        assert!(matches!(copy(&source, &target).await, Ok(CopyOutcome::Now(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_copied_from_nothing() {
    let [nothing, target] = targets();
    let error = copy(&nothing, &target).await.unwrap_err();
    assert!(matches!(error, CopyError::NoSource { .. }), "{error}");
    let error = copy(&target, &nothing).await.unwrap_err();
    assert!(matches!(error, CopyError::NoSource { .. }), "{error}");
}

/// Whether this says that somebody else is at the database.
fn is_taken(error: &OpenError) -> bool {
    matches!(
        error,
        OpenError::Locked { .. } | OpenError::InUse { .. } | OpenError::BeingCopied { .. }
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_served_is_neither_copied_nor_overwritten() {
    let source = populated().await;
    for target in targets() {
        let served = source.open();
        assert_eq!(served.ping().await, Ok(()));
        for (from, into) in [(&source, &target), (&target, &source)] {
            let error = copy(from, into).await.unwrap_err();
            match error {
                CopyError::Open(error) => assert!(is_taken(&error), "{error}"),
                error => assert!(matches!(error, CopyError::NoSource { .. }), "{error}"),
            }
        }
        served.close().await;
        drop(served);
        copy(&source, &target).await.unwrap();
        let served = target.open();
        assert_eq!(served.ping().await, Ok(()));
        let CopyError::Open(error) = copy(&source, &target).await.unwrap_err() else { panic!() };
        assert!(is_taken(&error), "{error}");
        served.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_runs_nobody_serves_from_either_end_or_changes_the_source() {
    let source = populated().await;
    let beside = source.admin().unwrap();
    let beside_is_away = beside.client_list().await.is_ok() && source.url().is_none();
    if !beside_is_away {
        beside.close().await;
    }
    for target in targets() {
        let mut copy = Copy::open(&source.database, &target.database).await.unwrap();
        copy.run(at(5), |_| {}).await.unwrap();
        for end in [&source, &target] {
            let served = end.database.claim(end.path());
            let served = served.and_then(|claim| try_serve(claim, end.database.clone()));
            assert!(is_taken(&served.unwrap_err()));
        }
        // A command that was there before, where there can be one: a change of its would be lost.
        if beside_is_away {
            let refused = beside.client_create(&new_client(80)).await.unwrap_err();
            let busy = matches!(refused, StoreError::Unavailable { reason: Reason::Busy, .. });
            assert!(busy, "{refused}");
        } else {
            assert!(is_taken(&source.admin().unwrap_err()));
        }
        copy.finish().await.unwrap();
        drop(copy);
        expect_whole(&target).await;
    }
}
