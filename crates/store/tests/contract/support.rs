//! A store in a folder of its own, and the rows that most tests begin with.

use std::time::Duration;

use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::Band;
use onlyauth_core::ids::{ActionId, AppId, ChallengeId, ClientId, KeyId, MessageId, UserId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{
    Access, Attempt, AttemptOutcome, DataFolder, EndUserKey, Judged, LoginKey, LoginRecord,
    NewAction, NewChallenge, NewClient, OpenOptions, Passed, Redeem, Send, SendChallenge,
    SendOutcome, Store,
};
use tempfile::TempDir;

pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);
pub(crate) const MAX_ATTEMPTS: u32 = 5;
pub(crate) const WIDE: Band = Band { floor: 0, ceiling: 1_000 };

pub(crate) fn at(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

macro_rules! ids {
    ($($name:ident -> $id:ident),*) => {$(
        pub(crate) fn $name(mark: u8) -> $id { $id::new(NOW, [mark; 10]) }
    )*};
}
ids!(
    client -> ClientId, app -> AppId, action -> ActionId, challenge -> ChallengeId,
    message -> MessageId, key -> KeyId, user -> UserId
);

pub(crate) fn open(dir: &TempDir) -> Store {
    serve(DataFolder::lock(dir.path()).unwrap())
}

/// Opens as the server does.
pub(crate) fn serve(folder: DataFolder) -> Store {
    Store::open(OpenOptions {
        access: Access::Serve(folder),
        now: NOW,
        reader_threads: 4,
        queue_capacity: 4096,
        on_batch: None,
    })
    .unwrap()
}

/// A store with clients 1 and 2.
pub(crate) async fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&dir);
    for mark in [1, 2] {
        let new = NewClient {
            client_id: client(mark),
            name: format!("Client {mark}"),
            created_at: NOW,
            first_secret: None,
        };
        assert_eq!(store.client_create(&new).await, Ok(true));
    }
    (dir, store)
}

/// End user 7 of client 1's app 1, in the sandbox.
pub(crate) fn end_user() -> EndUserKey {
    EndUserKey { client_id: client(1), app_id: app(1), mode: Mode::Sandbox, end_user_hash: [7; 32] }
}

pub(crate) fn new_action(mark: u8) -> NewAction {
    NewAction {
        action_id: action(mark),
        end_user: end_user(),
        phone_hash: [8; 32],
        sealed: vec![mark; 60],
        language: "en-US".to_owned(),
        region: "us-1".to_owned(),
        phone_changed: true,
        country: "US".to_owned(),
        created_at: NOW,
        expires_at: at(900),
    }
}

/// The first message of an action: challenge and message bear its mark.
pub(crate) fn first_send(mark: u8) -> Send {
    Send {
        action_id: action(mark),
        end_user: end_user(),
        channel: Channel::Sms,
        seen_sends: 0,
        now: NOW,
        challenge: SendChallenge::New(NewChallenge {
            challenge_id: challenge(mark),
            seed: [mark; 16],
            code_key_id: key(1),
            digits: 6,
            max_attempts: MAX_ATTEMPTS,
            expires_at: at(300),
        }),
        message_id: message(mark),
        next_try_at: NOW,
    }
}

/// A store with an action that got its first message.
pub(crate) async fn sent(mark: u8) -> (TempDir, Store) {
    let (dir, store) = store().await;
    send_first(&store, mark).await;
    (dir, store)
}

pub(crate) async fn send_first(store: &Store, mark: u8) {
    assert_eq!(store.action_create(&new_action(mark)).await, Ok(true));
    assert_eq!(store.challenge_send(&first_send(mark)).await, Ok(SendOutcome::Committed));
}

/// An attempt from a form of its own.
pub(crate) fn attempt(mark: u8, form: u8, judged: Judged) -> Attempt {
    Attempt {
        action_id: action(mark),
        challenge_id: challenge(mark),
        end_user: end_user(),
        channel: Channel::Sms,
        fingerprint: [form; 32],
        band: WIDE,
        now: at(10),
        judged,
    }
}

pub(crate) fn right(mark: u8) -> Judged {
    Judged::Right(Passed {
        token_hash: [mark; 32],
        expires_at: at(70),
        user_id: user(mark),
        phone_hash: [8; 32],
        sealed_phone: vec![mark; 40],
    })
}

/// A store whose action has passed.
pub(crate) async fn passed(mark: u8) -> (TempDir, Store) {
    let (dir, store) = sent(mark).await;
    let outcome = store.challenge_attempt(&attempt(mark, 1, right(mark))).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Passed));
    (dir, store)
}

pub(crate) fn redeem(mark: u8) -> Redeem {
    Redeem {
        client_id: client(1),
        app_id: app(1),
        mode: Mode::Sandbox,
        token_hash: [mark; 32],
        end_user_hash: None,
        now: at(20),
    }
}

pub(crate) async fn login(store: &Store, mark: u8) -> LoginRecord {
    let key = LoginKey { action_id: action(mark), end_user: end_user() };
    store.login_find(&key).await.unwrap()
}

/// Runs all at once and gives their results.
pub(crate) async fn at_once<T: std::marker::Send + 'static>(
    futures: impl IntoIterator<Item = impl Future<Output = T> + std::marker::Send + 'static>,
) -> Vec<T> {
    let tasks: Vec<_> = futures.into_iter().map(tokio::spawn).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}
