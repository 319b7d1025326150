//! End users who leave, and what they did until then.

use std::time::Duration;

use onlyauth_core::action::Purpose;
use onlyauth_core::audit::Deed;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::{ActionId, MessageId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{
    AttemptOutcome, AuditEntry, EndUserKey, Judged, NewAction, NewImport, Redemption,
    SandboxMessage, Store,
};

use super::aggregates::{count, cutoffs};
use super::support::*;

async fn erase(store: &Store, key: &EndUserKey) -> bool {
    let audit = AuditEntry { deed: Deed::Erased, created_at: at(40), ..audit_entry(77) };
    store.end_user_erase(key, ActionId::first_at(NOW), &audit).await.unwrap()
}

fn inbox(mark: u8, end_user: &EndUserKey) -> SandboxMessage {
    SandboxMessage {
        client_id: client(1),
        app_id: app(1),
        message_id: message(mark),
        channel: Channel::Sms,
        phone_hash: [8; 32],
        end_user_hash: end_user.end_user_hash,
        sealed: vec![mark; 50],
        body: "012345 is your code".to_owned(),
        code: "012345".to_owned(),
        created_at: at(5),
    }
}

async fn deliver(store: &Store, mark: u8) -> bool {
    store.sandbox_message_deliver(&inbox(mark, &end_user())).await.unwrap()
}

/// The end user passed in login 1 by a message in the inbox, and has login 2 open.
async fn known() -> (Installation, Store) {
    let (dir, store) = sent(1).await;
    store.outbox_claim(client(1), message(1), NOW, at(30)).await.unwrap().unwrap();
    assert!(deliver(&store, 1).await);
    let passed = store.challenge_attempt(&attempt(1, 1, right(1))).await;
    assert_eq!(passed, Ok(AttemptOutcome::Passed));
    send_first(&store, 2).await;
    store.challenge_attempt(&attempt(2, 1, Judged::Wrong)).await.unwrap();
    assert!(enrol(&store, end_user(), new_factor(3)).await);
    for sql in [
        "INSERT INTO backup_codes SELECT client_id, app_id, mode, end_user_hash, phone_hash, 'ACTN-1', 1, NULL
           FROM actions WHERE status = 'open'",
        "INSERT INTO trusted_devices SELECT client_id, app_id, mode, end_user_hash, 'DEVC-1', phone_hash, phone_hash, NULL,
           'ACTN-1', 1, 1, 2, NULL, NULL FROM actions WHERE status = 'open'",
        "INSERT INTO ceremonies SELECT client_id, action_id, 'CHLG-1', 'get', sealed, 1, 1, NULL FROM actions",
    ] {
        dir.execute(sql);
    }
    (dir, store)
}

/// What is theirs, as a dump shows it: hashes of name and phone, and everything sealed.
fn traces() -> Vec<String> {
    let hex = |byte: u8, count| format!("{byte:02x}").repeat(count);
    vec![hex(7, 32), hex(8, 32), hex(1, 40), hex(2, 40), hex(3, 40), hex(60, 60)]
}

#[tokio::test]
async fn nothing_personal_is_left_anywhere() {
    let (dir, store) = known().await;
    // What is told of what no login did is found as well, and so is what was told in one.
    assert_eq!(store.factor_delete(&end_user(), factor(3), &record(60)).await, Ok(true));
    assert!(enrol(&store, end_user(), new_factor(3)).await);
    let before = dir.dump();
    for trace in traces() {
        assert!(before.contains(&trace), "{trace} was never there");
    }
    assert!(erase(&store, &end_user()).await);
    let after = dir.dump();
    for trace in traces() {
        assert!(!after.contains(&trace), "{trace} is left");
    }
    let gone = [
        "end_users",
        "factors",
        "backup_codes",
        "failure_counters",
        "success_tokens",
        "ceremonies",
        "trusted_devices",
    ];
    for table in [&gone[..], &["sandbox_messages"]].concat() {
        assert_eq!(dir.rows(table), 0, "{table}");
    }
    for (table, rows) in [("actions", 2), ("challenges", 2), ("outbox", 3), ("notices", 0)] {
        assert_eq!(dir.rows(table), rows, "{table}, of which some are still to be counted");
    }
    assert!(!erase(&store, &end_user()).await, "nobody is known any more");
    assert_eq!(store.success_token_consume(&redeem(1)).await, Ok(Redemption::NotFound));
    assert_eq!(
        store.challenge_attempt(&attempt(2, 2, right(2))).await,
        Ok(AttemptOutcome::ActionClosed)
    );
}

#[tokio::test]
async fn whoever_comes_again_is_somebody_new() {
    let (_dir, store) = known().await;
    assert!(erase(&store, &end_user()).await);
    send_first(&store, 9).await;
    assert_eq!(login(&store, 9).await.end_user, None);
    assert_eq!(store.challenge_attempt(&attempt(9, 1, right(9))).await, Ok(AttemptOutcome::Passed));
    let known = store.end_user_find(&end_user()).await.unwrap().unwrap();
    assert_eq!(known.user_id, user(9));
}

#[tokio::test]
async fn nobody_else_loses_anything() {
    let (dir, store) = known().await;
    dir.execute("DELETE FROM audit");
    let before = dir.dump();
    for other in [
        EndUserKey { mode: Mode::Live, ..end_user() },
        EndUserKey { app_id: app(2), ..end_user() },
        EndUserKey { client_id: client(2), ..end_user() },
        EndUserKey { end_user_hash: [1; 32], ..end_user() },
    ] {
        let import = NewImport {
            end_user: other,
            user_id: user(50),
            sealed_uuid: vec![50; 45],
            phone: None,
            factors: vec![new_factor(50)],
            audit: AuditEntry {
                client_id: other.client_id,
                app_id: other.app_id,
                mode: other.mode,
                ..brought(50)
            },
            now: NOW,
        };
        store.end_user_import(&import).await.unwrap();
        assert!(erase(&store, &other).await);
        assert_eq!(dir.rows("audit"), 2, "that they were brought along, and erased");
        dir.execute("DELETE FROM audit");
        assert_eq!(dir.dump(), before);
    }
}

#[tokio::test]
async fn a_message_that_is_on_its_way_reaches_no_inbox() {
    let (dir, store) = known().await;
    store.outbox_claim(client(1), message(2), NOW, at(30)).await.unwrap().unwrap();
    assert!(erase(&store, &end_user()).await);
    assert!(!deliver(&store, 2).await);
    assert_eq!(dir.rows("sandbox_messages"), 0);
}

/// Logins of weeks ago, more of them than are looked at together, and a token whose login has left.
#[tokio::test]
async fn what_is_old_is_found_as_well() {
    let (dir, store) = known().await;
    let old = NOW.minus(Duration::from_hours(24 * 20));
    let other = EndUserKey { end_user_hash: [1; 32], ..end_user() };
    let login = |number: u64| {
        let store = store.clone();
        let made = old.plus(Duration::from_secs(number));
        let theirs = number.is_multiple_of(40);
        let end_user = if theirs { end_user() } else { other };
        let action = NewAction {
            action_id: ActionId::new(made, [1; 10]),
            purpose: Purpose::Login,
            end_user,
            phone_hash: [if theirs { 8 } else { 9 }; 32],
            sealed: vec![if theirs { 7 } else { 9 }; 60],
            created_at: made,
            expires_at: made.plus(Duration::from_mins(15)),
            ..new_action(1)
        };
        async move { store.action_create(&action).await.unwrap() }
    };
    // Fewer at once than the store's queue takes.
    for numbers in [0..2_050, 2_050..4_100] {
        assert!(at_once(numbers.map(login)).await.into_iter().all(|made| made));
    }
    dir.execute("DELETE FROM actions WHERE status = 'passed'");
    // And a notice of what no login did.
    dir.execute(&format!(
        "INSERT INTO notices SELECT client_id, '{}', 'MESG-1', 'factors_reset', end_user_hash, sealed_phone, 'en', 1 FROM end_users",
        ActionId::new(old, [9; 10])
    ));
    let history = store.end_user_history_list(&end_user()).await.unwrap();
    assert_eq!((history.actions.len(), history.messages.len()), (103 + 1, 1));
    assert!(history.actions.is_sorted_by_key(|action| action.created_at));
    assert!(erase(&store, &end_user()).await);
    let after = dir.dump();
    for trace in traces() {
        assert!(!after.contains(&trace), "{trace} is left");
    }
    assert_eq!(dir.rows("actions"), 4_101);
    assert_eq!(dir.rows("notices"), 0);
}

#[tokio::test]
async fn the_history_has_ones_own_logins_with_their_messages() {
    let (_dir, store) = known().await;
    let other = EndUserKey { end_user_hash: [1; 32], ..end_user() };
    let theirs = NewAction { end_user: other, ..new_action(5) };
    assert_eq!(store.action_create(&theirs).await, Ok(true));
    let history = store.end_user_history_list(&end_user()).await.unwrap();
    let ids: Vec<_> = history.actions.iter().map(|action| action.action_id).collect();
    assert_eq!(ids, [action(1), action(2)]);
    let messages: Vec<(MessageId, ActionId)> =
        history.messages.iter().map(|sent| (sent.message_id, sent.action_id)).collect();
    assert_eq!(messages, [(message(1), action(1)), (message(2), action(2))]);
    let of_other = store.end_user_history_list(&other).await.unwrap();
    assert_eq!((of_other.actions.len(), of_other.messages.len()), (1, 0));
}

/// Erasing beside logins of the same person: whoever is known afterwards is so by a login that erasing did not end.
#[tokio::test]
async fn one_of_several_at_once_erases() {
    let (dir, store) = known().await;
    let erasers = (0..8).map(|_| {
        let store = store.clone();
        async move { erase(&store, &end_user()).await }
    });
    assert_eq!(at_once(erasers).await.into_iter().filter(|done| *done).count(), 1);
    assert_eq!(dir.rows("end_users"), 0);
}

/// As if the end user had given up the login that was open.
#[tokio::test]
async fn what_is_counted_stays_right() {
    let mut counted = Vec::new();
    for erased in [true, false] {
        let (_dir, store) = known().await;
        if erased {
            assert!(erase(&store, &end_user()).await);
        } else {
            assert_eq!(store.action_cancel(client(1), action(2), at(40)).await, Ok(true));
        }
        assert_eq!(count(&store, client(1), &cutoffs(4_000), 10).await, 2);
        let (from, to) = (Timestamp::from_millis(0), at(1_000_000));
        let logins = store.login_hour_list(client(1), None, from, to).await.unwrap();
        let messages = store.message_hour_list(client(1), None, from, to).await.unwrap();
        assert_eq!((logins.len(), messages.len()), (2, 2));
        counted.push((logins, messages));
    }
    assert_eq!(counted[0], counted[1]);
}
