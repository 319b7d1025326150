use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ActionId, MessageId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{Kept, LoginKey, NewAction, Redeem, Redemption, SandboxMessage, Store};

use super::aggregates::{Fate, Past, count, cutoffs};
use super::support::*;

const HOUR: u64 = 3600;
/// All that belongs to actions, and they themselves.
const OF_ACTIONS: [&str; 4] = ["challenge_attempts", "outbox", "challenges", "actions"];

/// Deletes all of client 1 that was over by a moment; how many.
pub(crate) async fn delete(store: &Store, what: Kept, by: Timestamp, max: u32) -> usize {
    let (mut deleted, mut last) = (0, None);
    while let Some(rows) =
        store.old_rows_find(client(1), what, by, last.as_ref(), max).await.unwrap()
    {
        deleted += store.old_rows_delete(&rows).await.unwrap();
        if what != Kept::Hours {
            last = Some(rows);
        }
    }
    deleted
}

/// So many logins, one a minute, each with two wrong codes and then passed.
async fn minutes(store: &Store, count: u32) {
    for number in 0..count {
        let past = Past::new(number, 60 * u64::from(number), Fate::Passes(5));
        Past { wrong: 2, ..past }.happen(store).await;
    }
}

fn of_actions(dir: &Installation) -> [u32; 4] {
    OF_ACTIONS.map(|table| dir.rows(table))
}

#[tokio::test]
async fn what_was_over_long_enough_leaves_with_all_that_belongs_to_it() {
    let (dir, store) = store().await;
    minutes(&store, 20).await;
    count(&store, client(1), &cutoffs(24 * HOUR), 100).await;
    assert_eq!(of_actions(&dir), [60, 20, 20, 20]);
    // The eleventh began at minute 10 and passed 5 s later.
    let at_the_end = at(600 + 5);
    assert_eq!(delete(&store, Kept::Actions, at(604), 3).await, 10);
    assert_eq!(of_actions(&dir), [30, 10, 10, 10]);
    assert_eq!(delete(&store, Kept::Actions, at_the_end, 3).await, 1, "its last moment counts");
    assert_eq!(delete(&store, Kept::Actions, at_the_end, 3).await, 0, "again, nothing is left");
    let kept = Past::new(11, 660, Fate::Passes(5)).action_id();
    assert!(store.action_find(client(1), kept).await.unwrap().is_some());
    assert_eq!(dir.rows("end_users") + dir.rows("failure_counters"), 2, "these are no history");
}

#[tokio::test]
async fn what_is_not_counted_stays() {
    let (dir, store) = store().await;
    minutes(&store, 10).await;
    let all = cutoffs(100 * HOUR).actions;
    assert_eq!(delete(&store, Kept::Actions, all, 10).await, 0);
    // Five minutes and ten of settling: of these, no token can start any more.
    assert_eq!(count(&store, client(1), &cutoffs(15 * 60 + 180), 10).await, 3);
    assert_eq!(delete(&store, Kept::Actions, all, 10).await, 3);
    assert_eq!(of_actions(&dir), [21, 7, 7, 7]);
}

#[tokio::test]
async fn what_is_not_over_stays_whole_though_younger_ones_are_over() {
    let (dir, store) = store().await;
    let long = Past { wrong: 1, ..Past::new(1, 0, Fate::Expires) };
    long.happen(&store).await;
    let extended = store.action_extend(client(1), long.action_id(), 0, at(880), at(9000));
    assert_eq!(extended.await, Ok(true));
    Past::new(2, 60, Fate::Passes(5)).happen(&store).await;
    count(&store, client(1), &cutoffs(100 * HOUR), 10).await;
    assert_eq!(delete(&store, Kept::Actions, at(8999), 10).await, 0);
    assert_eq!(of_actions(&dir), [2, 2, 2, 2]);
    assert_eq!(delete(&store, Kept::Actions, at(9000), 10).await, 2);
}

#[tokio::test]
async fn another_clients_rows_are_not_touched() {
    let (dir, store) = store().await;
    minutes(&store, 3).await;
    let mut end_user = end_user();
    end_user.client_id = client(2);
    let foreign = NewAction { end_user, ..new_action(9) };
    assert_eq!(store.action_create(&foreign).await, Ok(true));
    for client in [client(1), client(2)] {
        count(&store, client, &cutoffs(100 * HOUR), 10).await;
    }
    assert_eq!(delete(&store, Kept::Actions, at(50 * HOUR), 10).await, 3);
    assert_eq!(dir.rows("actions"), 1);
    assert!(store.action_find(client(2), action(9)).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_delete_at_once_delete_each_row_once() {
    let (dir, store) = store().await;
    minutes(&store, 40).await;
    count(&store, client(1), &cutoffs(24 * HOUR), 100).await;
    let deleted = at_once((0..8).map(|number| {
        let store = store.clone();
        async move { delete(&store, Kept::Actions, at(12 * HOUR), 3 + number).await }
    }))
    .await;
    assert_eq!(deleted.into_iter().sum::<usize>(), 40);
    assert_eq!(of_actions(&dir), [0, 0, 0, 0]);
    let tokens = at_once((0..8).map(|number| {
        let store = store.clone();
        async move { delete(&store, Kept::SuccessTokens, at(12 * HOUR), 3 + number).await }
    }))
    .await;
    assert_eq!(tokens.into_iter().sum::<usize>(), 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logins_go_on_while_others_leave() {
    let (dir, store) = store().await;
    minutes(&store, 60).await;
    count(&store, client(1), &cutoffs(24 * HOUR), 100).await;
    let deleting = {
        let store = store.clone();
        tokio::spawn(async move { delete(&store, Kept::Actions, at(12 * HOUR), 2).await })
    };
    for number in 0..20 {
        Past::new(1000 + number, 24 * HOUR, Fate::Passes(5)).happen(&store).await;
    }
    assert_eq!(deleting.await.unwrap(), 60);
    assert_eq!(of_actions(&dir), [20, 20, 20, 20]);
}

#[tokio::test]
async fn success_tokens_leave_once_they_are_over_and_not_before() {
    let (dir, store) = store().await;
    let quick = Past::new(1, 0, Fate::Passes(5));
    let slow = Past::new(2, 1, Fate::Passes(290));
    let spent = Past::new(3, 2, Fate::Passes(5));
    for past in [quick, slow, spent] {
        past.happen(&store).await;
    }
    let redeem = async |past: Past, now| {
        let (action_id, token_hash) = (past.action_id(), past.token_hash());
        let redeem = Redeem { action_id, token_hash, now: at(now), ..redeem(1) };
        store.success_token_consume(&redeem).await.unwrap()
    };
    assert!(matches!(redeem(spent, 10).await, Redemption::Consumed(_)));
    // At 67 s the token of the first and of the third are over.
    assert_eq!(delete(&store, Kept::SuccessTokens, at(64), 2).await, 0);
    assert_eq!(delete(&store, Kept::SuccessTokens, at(67), 2).await, 2);
    assert_eq!(dir.rows("success_tokens"), 1);
    assert_eq!(redeem(spent, 68).await, Redemption::NotFound);
    assert!(matches!(redeem(slow, 300).await, Redemption::Consumed(_)));
    // The very same form again, now that its token is gone.
    let mut again = attempt(1, 99, right(1));
    again.action_id = quick.action_id();
    again.challenge_id = login_of(&store, quick.action_id()).await.challenge.unwrap().challenge_id;
    let repeat = store.challenge_attempt(&again).await.unwrap();
    assert!(
        matches!(repeat, onlyauth_store::AttemptOutcome::Repeat { token_over: true, .. }),
        "{repeat:?}"
    );
}

async fn login_of(store: &Store, action_id: ActionId) -> onlyauth_store::LoginRecord {
    store.login_find(&LoginKey { action_id, end_user: end_user() }).await.unwrap()
}

/// A message that an inbox got so many seconds after it was made.
async fn deliver(store: &Store, number: u32, made: u64, inbox: u8, after: u64) {
    let past = Past::new(number, made, Fate::Expires);
    past.happen(store).await;
    let message_id = past.message_id();
    store.outbox_claim(client(1), message_id, at(made), at(made + 60)).await.unwrap().unwrap();
    let message = SandboxMessage {
        client_id: client(1),
        app_id: app(inbox),
        message_id,
        channel: Channel::Sms,
        phone_hash: [1; 32],
        end_user_hash: [7; 32],
        sealed: vec![1; 50],
        body: "012345 is your code".to_owned(),
        code: "012345".to_owned(),
        created_at: at(made + after),
    };
    assert_eq!(store.sandbox_message_deliver(&message).await, Ok(true));
}

#[tokio::test]
async fn inboxes_are_emptied_by_age_also_those_of_apps_that_are_gone() {
    let (_dir, store) = store().await;
    // None of these apps exists.
    for number in 0..24 {
        let inbox = u8::try_from(1 + number % 3).unwrap();
        deliver(&store, number, 60 * u64::from(number), inbox, 1).await;
    }
    // One that was late.
    deliver(&store, 100, 30, 2, 5000).await;
    assert_eq!(delete(&store, Kept::SandboxMessages, at(12 * 60), 2).await, 12);
    let mut left = Vec::new();
    for inbox in 1..=3 {
        let found = store.sandbox_message_list(client(1), app(inbox), None, 99).await.unwrap();
        left.extend(found.into_iter().map(|message| message.created_at));
    }
    left.sort();
    let mut expected: Vec<_> = (12..24).map(|minute| at(60 * minute + 1)).collect();
    expected.push(at(5030));
    assert_eq!(left, expected);
    assert_eq!(delete(&store, Kept::SandboxMessages, at(5030), 2).await, 13);
}

#[tokio::test]
async fn hours_leave_by_their_beginning() {
    let (dir, store) = store().await;
    for number in 0..5 {
        Past::new(number, HOUR * u64::from(number), Fate::Passes(5)).happen(&store).await;
    }
    count(&store, client(1), &cutoffs(24 * HOUR), 100).await;
    assert_eq!((dir.rows("login_hours"), dir.rows("message_hours")), (5, 5));
    let hours = async || {
        let found = store.login_hour_list(
            client(1),
            None,
            at(0).minus(std::time::Duration::from_hours(1)),
            at(99 * HOUR),
        );
        found.await.unwrap().into_iter().map(|row| row.hour).collect::<Vec<_>>()
    };
    let all = hours().await;
    assert_eq!(delete(&store, Kept::Hours, all[1], 1).await, 4, "two rows of each hour");
    assert_eq!(hours().await, all[2..]);
    assert_eq!((dir.rows("login_hours"), dir.rows("message_hours")), (3, 3));
}

#[tokio::test]
async fn a_message_without_its_action_is_sent_no_more() {
    let (dir, store) = store().await;
    let past = Past::new(1, 0, Fate::Expires);
    past.happen(&store).await;
    count(&store, client(1), &cutoffs(24 * HOUR), 10).await;
    let due: Vec<MessageId> = store.outbox_due(client(1), at(HOUR), 10).await.unwrap();
    assert_eq!(due, [past.message_id()]);
    assert_eq!(delete(&store, Kept::Actions, at(HOUR), 10).await, 1);
    assert_eq!(store.outbox_due(client(1), at(HOUR), 10).await, Ok(vec![]));
    let claimed = store.outbox_claim(client(1), due[0], at(HOUR), at(2 * HOUR)).await;
    assert_eq!(claimed, Ok(None));
    assert_eq!(of_actions(&dir), [0, 0, 0, 0]);
}
