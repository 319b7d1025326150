//! A store of its own for each test, and the rows that most tests begin with.

use std::path::Path;
use std::time::Duration;

use onlyauth_core::action::Purpose;
use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::Band;
use onlyauth_core::ids::{
    ActionId, AppId, AuditId, ChallengeId, ClientId, DeviceId, FactorId, KeyId, MessageId, UserId,
};
use onlyauth_core::notice::Notice;
use onlyauth_core::proof::Proven;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{
    Access, Attempt, AttemptOutcome, AuditEntry, Claim, Database, EndUserKey, Imported, Judged,
    KnownPhone, LoginKey, LoginRecord, NewAction, NewChallenge, NewClient, NewFactor, NewImport,
    NewNotice, OpenError, OpenOptions, Passed, Permit, PostgresServer, Record, Redeem, Send,
    SendChallenge, SendOutcome, Store, database_path,
};
use rusqlite::types::ValueRef;
use tempfile::TempDir;

use crate::postgres_server::{TestDatabase, template};

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
    message -> MessageId, key -> KeyId, user -> UserId, factor -> FactorId,
    device -> DeviceId
);

/// A data folder, and a database in it or beside it, which end with this value.
pub(crate) struct Installation {
    dir: TempDir,
    pub(crate) database: Database,
    server: Option<TestDatabase>,
}

impl Installation {
    pub(crate) fn on_sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(database_path(dir.path()));
        Self { dir, database, server: None }
    }

    /// On a copy of a database that has the schema already, which is quick.
    pub(crate) fn on_postgres() -> Self {
        let template = template("migrated", |url| {
            let dir = tempfile::tempdir().unwrap();
            let database = on_server(url);
            drop(serve(database.claim(dir.path()).unwrap(), database));
        });
        Self::on(TestDatabase::from(template))
    }

    pub(crate) fn on(server: TestDatabase) -> Self {
        let database = on_server(&server.url());
        Self { dir: tempfile::tempdir().unwrap(), database, server: Some(server) }
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The server's address of its database, where that is a server's.
    pub(crate) fn url(&self) -> Option<String> {
        self.server.as_ref().map(TestDatabase::url)
    }

    /// Runs SQL in the server's database.
    pub(crate) fn query(&self, sql: &str) -> Vec<Vec<String>> {
        self.server.as_ref().unwrap().query(sql)
    }

    /// Runs SQL that asks for nothing, beside the store.
    pub(crate) fn execute(&self, sql: &str) {
        if self.server.is_some() {
            self.query(sql);
            return;
        }
        let database = rusqlite::Connection::open(database_path(self.path())).unwrap();
        database.execute_batch(sql).unwrap();
    }

    /// How many rows a table has.
    pub(crate) fn rows(&self, table: &str) -> u32 {
        let sql = format!("SELECT count(*) FROM {table}");
        if self.server.is_some() {
            return self.query(&sql)[0][0].parse().unwrap();
        }
        let database = rusqlite::Connection::open(database_path(self.path())).unwrap();
        database.query_row(&sql, [], |row| row.get(0)).unwrap()
    }

    /// Every value of every row, bytes in hexadecimal.
    pub(crate) fn dump(&self) -> String {
        if self.server.is_some() {
            let tables = self.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
            let rows = tables.concat().into_iter();
            return rows
                .flat_map(|table| self.query(&format!("SELECT t::text FROM {table} t")).concat())
                .collect();
        }
        let database = rusqlite::Connection::open(database_path(self.path())).unwrap();
        let ask = |sql: &str| {
            let mut statement = database.prepare(sql).unwrap();
            let columns = statement.column_count();
            let read = |row: &rusqlite::Row<'_>| {
                let shown = (0..columns).map(|column| match row.get_ref(column).unwrap() {
                    ValueRef::Blob(bytes) => {
                        let digits: Vec<_> =
                            bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                        digits.concat()
                    }
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    other => format!("{other:?}"),
                });
                Ok(shown.collect::<Vec<_>>().join(","))
            };
            statement.query_map([], read).unwrap().map(Result::unwrap).collect::<Vec<String>>()
        };
        let tables =
            ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        tables.iter().flat_map(|table| ask(&format!("SELECT * FROM {table}"))).collect()
    }

    /// Opens as the server does.
    pub(crate) fn open(&self) -> Store {
        serve(self.database.claim(self.path()).unwrap(), self.database.clone())
    }

    /// Opens as a command does.
    pub(crate) fn admin(&self) -> Result<Store, OpenError> {
        Store::open(OpenOptions::admin(self.database.clone(), NOW))
    }

    /// A store with clients 1 and 2.
    pub(crate) async fn store(self) -> (Self, Store) {
        let store = self.open();
        for mark in [1, 2] {
            assert_eq!(store.client_create(&new_client(mark)).await, Ok(true));
        }
        (self, store)
    }

    /// A store with an action that got its first message.
    pub(crate) async fn sent(self, mark: u8) -> (Self, Store) {
        let (installation, store) = self.store().await;
        send_first(&store, mark).await;
        (installation, store)
    }

    /// A store whose action 1 has passed by the number that was known.
    pub(crate) async fn passed_with_known_phone(self) -> (Self, Store) {
        let (installation, store) = self.store().await;
        let known = NewAction { phone_changed: false, ..new_action(1) };
        assert_eq!(store.action_create(&known).await, Ok(true));
        store.challenge_send(&first_send(1)).await.unwrap();
        store.challenge_attempt(&attempt(1, 1, right(1))).await.unwrap();
        (installation, store)
    }

    /// A store whose action has passed.
    pub(crate) async fn passed(self, mark: u8) -> (Self, Store) {
        let (installation, store) = self.sent(mark).await;
        let outcome = store.challenge_attempt(&attempt(mark, 1, right(mark))).await;
        assert_eq!(outcome, Ok(AttemptOutcome::Passed));
        (installation, store)
    }
}

/// A database at this address, with few sessions.
pub(crate) fn on_server(url: &str) -> Database {
    Database::Postgres(PostgresServer { url: url.parse().unwrap(), writers: 2, readers: 2 })
}

pub(crate) fn serve(claim: Claim, database: Database) -> Store {
    try_serve(claim, database).unwrap()
}

pub(crate) fn try_serve(claim: Claim, database: Database) -> Result<Store, OpenError> {
    Store::open(OpenOptions {
        database,
        access: Access::Serve(claim),
        now: NOW,
        reader_threads: 4,
        queue_capacity: 4096,
        on_batch: None,
    })
}

pub(crate) fn new_client(mark: u8) -> NewClient {
    NewClient {
        client_id: client(mark),
        name: format!("Client {mark}"),
        created_at: NOW,
        first_secret: None,
    }
}

/// What a module of tests has when they run on one kind of database.
macro_rules! installations {
    ($on:ident) => {
        pub(crate) mod support {
            use onlyauth_store::Store;

            pub(crate) use crate::support::*;

            pub(crate) fn installation() -> Installation {
                Installation::$on()
            }

            pub(crate) async fn store() -> (Installation, Store) {
                installation().store().await
            }

            pub(crate) async fn sent(mark: u8) -> (Installation, Store) {
                installation().sent(mark).await
            }

            pub(crate) async fn passed_with_known_phone() -> (Installation, Store) {
                installation().passed_with_known_phone().await
            }

            pub(crate) async fn passed(mark: u8) -> (Installation, Store) {
                installation().passed(mark).await
            }
        }
    };
}
pub(crate) use installations;

/// End user 7 of client 1's app 1, in the sandbox.
pub(crate) fn end_user() -> EndUserKey {
    EndUserKey { client_id: client(1), app_id: app(1), mode: Mode::Sandbox, end_user_hash: [7; 32] }
}

pub(crate) fn new_action(mark: u8) -> NewAction {
    NewAction {
        action_id: action(mark),
        purpose: Purpose::Login,
        end_user: end_user(),
        phone_hash: [8; 32],
        sealed: vec![mark; 60],
        language: "en-US".to_owned(),
        region: "us-1".to_owned(),
        phone_changed: true,
        country: "US".to_owned(),
        created_at: NOW,
        expires_at: at(900),
        offered: "sms voice=nothing_carries".parse().unwrap(),
        trust: None,
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
        start: None,
    }
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
        factor: None,
        ceremony: None,
        backup_code: None,
        record: None,
        proven: Proven::default(),
        judged,
    }
}

pub(crate) fn right(mark: u8) -> Judged {
    Judged::Right(Passed {
        token_hash: [mark; 32],
        expires_at: at(70),
        user_id: user(mark),
        sealed_uuid: vec![mark; 45],
        phone: Some(KnownPhone { hash: [8; 32], sealed: vec![mark; 40] }),
        sealed: vec![mark; 60],
        phone_changed: true,
        trust: None,
    })
}

/// An authenticator app.
pub(crate) fn new_factor(mark: u8) -> NewFactor {
    NewFactor {
        factor_id: factor(mark),
        channel: Channel::Totp,
        lookup_hash: [mark; 32],
        sealed: vec![mark; 50],
        position: 7,
        created_at: at(20),
        sealed_name: None,
    }
}

/// Brings a factor along; whether it was new.
pub(crate) async fn enrol(store: &Store, end_user: EndUserKey, factor: NewFactor) -> bool {
    let import = NewImport {
        end_user,
        user_id: user(99),
        sealed_uuid: vec![99; 45],
        phone: None,
        factors: vec![factor],
        audit: brought(99),
        now: at(20),
    };
    store.end_user_import(&import).await.unwrap() != Imported::Unchanged
}

/// What action `mark` may enrol by.
pub(crate) fn permit(mark: u8) -> Permit {
    Permit { action_id: action(mark), end_user: end_user(), now: at(30), token_expires_at: at(90) }
}

/// What is written down of something done to the end user.
pub(crate) fn audit_entry(mark: u8) -> AuditEntry {
    AuditEntry {
        client_id: client(1),
        audit_id: AuditId::new(at(30), [mark; 10]),
        app_id: app(1),
        mode: Mode::Sandbox,
        user_id: user(1),
        deed: Deed::FactorEnrolled,
        detail: "totp FCTR-1".to_owned(),
        actor: Actor::EndUser,
        created_at: at(30),
    }
}

/// That end user `mark` was brought along, in the app and mode of the support module.
pub(crate) fn brought(mark: u8) -> AuditEntry {
    AuditEntry {
        audit_id: AuditId::new(at(20), [mark; 10]),
        user_id: user(mark),
        deed: Deed::Imported,
        detail: String::new(),
        actor: Actor::Operator,
        created_at: at(20),
        ..audit_entry(mark)
    }
}

/// What [`audit_entry`] tells, and a notice to the number that is known.
pub(crate) fn record(mark: u8) -> Record {
    let notice = NewNotice {
        message_id: MessageId::of_notice(action(mark), Notice::AppSetUp),
        action_id: action(mark),
        notice: Notice::AppSetUp,
        channel: Channel::Sms,
        sealed: vec![mark; 60],
        language: "en".to_owned(),
        limit: None,
        now: at(30),
    };
    Record { audit: audit_entry(mark), notice: Some(notice) }
}

pub(crate) fn redeem(mark: u8) -> Redeem {
    Redeem {
        client_id: client(1),
        action_id: action(mark),
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
