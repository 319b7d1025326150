//! What the database holds, as far as the checker asks, read by plain SQL and not by the code under test.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::types::ValueRef;

use crate::postgres_server::PostgresServer;

/// Where the facts are.
pub(crate) enum Source<'a> {
    Sqlite(PathBuf),
    Postgres(&'a PostgresServer, &'a str),
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// By action.
    pub(crate) actions: BTreeMap<String, Action>,
    /// By challenge.
    pub(crate) challenges: BTreeMap<String, Challenge>,
    /// Counted checks: challenge and verdict.
    pub(crate) attempts: Vec<(String, String)>,
    pub(crate) tokens: Vec<Token>,
    /// By message.
    pub(crate) messages: BTreeMap<String, Message>,
    /// By end user, who has one action only in these tests.
    pub(crate) failures: BTreeMap<String, u32>,
    /// What the database itself says is damaged.
    pub(crate) damage: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Action {
    pub(crate) status: String,
    pub(crate) sends: u32,
    pub(crate) end_user: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Challenge {
    pub(crate) action: String,
    pub(crate) attempts: u32,
    pub(crate) max_attempts: u32,
    pub(crate) consumed: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) action: String,
    pub(crate) hash: String,
    pub(crate) consumed: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) action: String,
    pub(crate) status: String,
    pub(crate) reason: String,
}

impl Source<'_> {
    /// The rows of a query as text: bytes in hexadecimal, NULL as nothing.
    pub(crate) fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        match self {
            Self::Postgres(server, database) => server.query(database, sql),
            Self::Sqlite(path) => {
                let database = rusqlite::Connection::open(path).unwrap();
                database.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
                let mut statement = database.prepare(sql).unwrap();
                let columns = statement.column_count();
                let rows = statement.query_map([], |row| {
                    (0..columns).map(|column| Ok(text(row.get_ref(column)?))).collect()
                });
                rows.unwrap().collect::<Result<_, _>>().unwrap()
            }
        }
    }

    fn damage(&self) -> Vec<String> {
        let found = match self {
            Self::Sqlite(_) => {
                let mut found = self.rows("PRAGMA integrity_check");
                found.retain(|row| row != &["ok"]);
                found.extend(self.rows("PRAGMA foreign_key_check"));
                found
            }
            // The trees, whether each row is in its indexes, and the tables' pages.
            Self::Postgres(..) => {
                self.rows("CREATE EXTENSION IF NOT EXISTS amcheck");
                let ours = "FROM pg_class WHERE relnamespace = 'public'::regnamespace";
                self.rows(&format!("SELECT bt_index_check(oid, true) {ours} AND relkind = 'i'"));
                self.rows(&format!(
                    "SELECT relname, msg FROM (SELECT oid, relname {ours} AND relkind = 'r') tables,
                     LATERAL verify_heapam(tables.oid)"
                ))
            }
        };
        found.iter().map(|row| row.join(" ")).collect()
    }

    /// All of it.
    pub(crate) fn read(&self) -> Facts {
        let number = |text: &str| text.parse::<u32>().unwrap();
        let mut facts = Facts { damage: self.damage(), ..Facts::default() };
        for row in self.rows("SELECT action_id, status, sends, end_user_hash FROM actions") {
            let [id, status, sends, end_user] = row.try_into().unwrap();
            facts.actions.insert(id, Action { status, sends: number(&sends), end_user });
        }
        for row in self.rows(
            "SELECT challenge_id, action_id, attempts, max_attempts, consumed_at FROM challenges",
        ) {
            let [id, action, attempts, max_attempts, consumed] = row.try_into().unwrap();
            let (attempts, max_attempts) = (number(&attempts), number(&max_attempts));
            let consumed = !consumed.is_empty();
            facts.challenges.insert(id, Challenge { action, attempts, max_attempts, consumed });
        }
        for row in self.rows("SELECT challenge_id, verdict FROM challenge_attempts") {
            let [challenge, verdict] = row.try_into().unwrap();
            facts.attempts.push((challenge, verdict));
        }
        for row in self.rows("SELECT action_id, token_hash, consumed_at FROM success_tokens") {
            let [action, hash, consumed] = row.try_into().unwrap();
            let hash = hash.trim_start_matches("\\x").to_owned();
            facts.tokens.push(Token { action, hash, consumed: !consumed.is_empty() });
        }
        for row in self.rows("SELECT message_id, action_id, status, reason FROM outbox") {
            let [id, action, status, reason] = row.try_into().unwrap();
            facts.messages.insert(id, Message { action, status, reason });
        }
        for row in self.rows("SELECT end_user_hash, failures FROM failure_counters") {
            let [end_user, failures] = row.try_into().unwrap();
            facts.failures.insert(end_user, number(&failures));
        }
        facts
    }
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => format!("\\x{}", hex(bytes)),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
