//! Every table that an installation consists of, and the statements by which each is read, written and counted.
//!
//! The statements are made from the list of columns: both databases understand the same text, and there is one
//! place to add a table or a column to. A test compares the list with the schema.

use std::sync::LazyLock;

use crate::statement::Statement;
use crate::value::Value;

use Kind::{Blob, Int, Text};

/// What a column of a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Blob,
    Int,
}

impl Kind {
    /// Less than everything that is stored: the text or blob that a key begins with is never empty.
    fn least(self) -> Value {
        match self {
            Self::Text => Value::Text(String::new()),
            Self::Blob => Value::Blob(Vec::new()),
            Self::Int => Value::Int(i64::MIN),
        }
    }
}

/// A table: the columns of its key, in their order, and the others.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) key: &'static [(&'static str, Kind)],
    pub(super) rest: &'static [&'static str],
}

/// Those that rows of other tables refer to come before them.
pub(super) static TABLES: [Table; 23] = [
    Table {
        name: "key_ring",
        key: &[("key_id", Text)],
        rest: &["purpose", "generation", "not_before", "not_after", "wrapped", "created_at"],
    },
    Table {
        name: "clients",
        key: &[("client_id", Text)],
        rest: &["name", "version", "created_at"],
    },
    Table {
        name: "api_secrets",
        key: &[("client_id", Text), ("secret_id", Text)],
        rest: &["secret_hash", "hint", "created_at", "revoked_at"],
    },
    Table {
        name: "apps",
        key: &[("client_id", Text), ("app_id", Text)],
        rest: &["settings", "revision", "created_at", "updated_at"],
    },
    Table {
        name: "actions",
        key: &[("client_id", Text), ("action_id", Text)],
        rest: &[
            "app_id",
            "mode",
            "purpose",
            "end_user_hash",
            "phone_hash",
            "sealed",
            "language",
            "region",
            "status",
            "proven",
            "sends",
            "extensions",
            "phone_changed",
            "country",
            "created_at",
            "expires_at",
            "ended_at",
            "offered",
            "trust",
        ],
    },
    Table {
        name: "challenges",
        key: &[("client_id", Text), ("action_id", Text), ("challenge_id", Text)],
        rest: &[
            "step",
            "channel",
            "seed",
            "code_key_id",
            "digits",
            "max_attempts",
            "attempts",
            "created_at",
            "expires_at",
            "consumed_at",
        ],
    },
    Table {
        name: "challenge_attempts",
        key: &[
            ("client_id", Text),
            ("action_id", Text),
            ("challenge_id", Text),
            ("fingerprint", Blob),
        ],
        rest: &["verdict", "created_at"],
    },
    Table {
        name: "end_users",
        key: &[("client_id", Text), ("app_id", Text), ("mode", Text), ("end_user_hash", Blob)],
        rest: &[
            "user_id",
            "phone_hash",
            "sealed_phone",
            "sealed_uuid",
            "created_at",
            "last_passed_at",
            "last_channel",
        ],
    },
    Table {
        name: "factors",
        key: &[
            ("client_id", Text),
            ("app_id", Text),
            ("mode", Text),
            ("end_user_hash", Blob),
            ("factor_id", Text),
        ],
        rest: &[
            "channel",
            "lookup_hash",
            "sealed",
            "sealed_name",
            "position",
            "created_at",
            "last_used_at",
        ],
    },
    Table {
        name: "backup_codes",
        key: &[
            ("client_id", Text),
            ("app_id", Text),
            ("mode", Text),
            ("end_user_hash", Blob),
            ("code_hash", Blob),
        ],
        rest: &["handed_out_in", "created_at", "consumed_at"],
    },
    Table {
        name: "trusted_devices",
        key: &[
            ("client_id", Text),
            ("app_id", Text),
            ("mode", Text),
            ("end_user_hash", Blob),
            ("device_id", Text),
        ],
        rest: &[
            "token_hash",
            "phone_hash",
            "country",
            "in_action",
            "created_at",
            "trusted_at",
            "expires_at",
            "last_used_at",
            "revoked_at",
        ],
    },
    Table {
        name: "factor_links",
        key: &[("client_id", Text), ("action_id", Text)],
        rest: &["fingerprint", "opened_at", "expires_at"],
    },
    Table {
        name: "ceremonies",
        key: &[("client_id", Text), ("action_id", Text), ("ceremony_id", Text)],
        rest: &["kind", "sealed", "created_at", "expires_at", "consumed_at"],
    },
    Table {
        name: "failure_counters",
        key: &[
            ("client_id", Text),
            ("app_id", Text),
            ("mode", Text),
            ("end_user_hash", Blob),
            ("channel", Text),
        ],
        rest: &["failures", "last_failure_at"],
    },
    Table {
        name: "success_tokens",
        key: &[("client_id", Text), ("action_id", Text)],
        rest: &[
            "app_id",
            "token_hash",
            "mode",
            "end_user_hash",
            "sealed",
            "channels",
            "phone_changed",
            "passed_at",
            "expires_at",
            "consumed_at",
        ],
    },
    Table { name: "limits", key: &[("limit_key", Text)], rest: &["tat"] },
    Table {
        name: "outbox",
        key: &[("client_id", Text), ("message_id", Text)],
        rest: &[
            "app_id",
            "action_id",
            "challenge_id",
            "step",
            "mode",
            "channel",
            "status",
            "reason",
            "tries",
            "lease_until",
            "next_try_at",
            "created_at",
            "sent_at",
            "settled_at",
        ],
    },
    Table {
        name: "notices",
        key: &[("client_id", Text), ("action_id", Text), ("message_id", Text)],
        rest: &["notice", "end_user_hash", "sealed", "language", "created_at"],
    },
    Table {
        name: "audit",
        key: &[("client_id", Text), ("audit_id", Text)],
        rest: &["app_id", "mode", "user_id", "deed", "detail", "actor", "created_at"],
    },
    Table {
        name: "sandbox_messages",
        key: &[("client_id", Text), ("app_id", Text), ("message_id", Text)],
        rest: &["channel", "phone_hash", "end_user_hash", "sealed", "body", "code", "created_at"],
    },
    Table {
        name: "login_hours",
        key: &[
            ("client_id", Text),
            ("hour", Int),
            ("app_id", Text),
            ("mode", Text),
            ("channel", Text),
            ("country", Text),
            ("outcome", Text),
            ("latency", Int),
        ],
        rest: &["logins", "wrong_codes"],
    },
    Table {
        name: "message_hours",
        key: &[
            ("client_id", Text),
            ("hour", Int),
            ("app_id", Text),
            ("mode", Text),
            ("channel", Text),
            ("country", Text),
            ("status", Text),
        ],
        rest: &["messages"],
    },
    Table { name: "counted_actions", key: &[("client_id", Text)], rest: &["up_to", "counted_at"] },
];

/// A table with its statements.
pub(super) struct Copied {
    pub(super) name: &'static str,
    /// Whether rows are a client's, who is the first part of the key.
    pub(super) is_of_clients: bool,
    /// The columns of the key that tell a client's rows apart: all but the client, who may be the whole key.
    pub(super) walked: std::ops::Range<usize>,
    pub(super) key: &'static [(&'static str, Kind)],
    /// The rows behind a key, in its order; the client is a parameter of its own, but for tables that are no
    /// client's and for the clients themselves.
    pub(super) page: Statement,
    pub(super) put: Statement,
    pub(super) count: Statement,
}

pub(super) static COPIED: LazyLock<Vec<Copied>> =
    LazyLock::new(|| TABLES.iter().map(Copied::of).collect());

/// All statements of this file.
pub(crate) fn statements() -> impl Iterator<Item = &'static Statement> {
    COPIED.iter().flat_map(|table| [&table.page, &table.put, &table.count])
}

impl Copied {
    fn of(table: &Table) -> Self {
        let Table { name, key, rest } = *table;
        let columns: Vec<&str> =
            key.iter().map(|(column, _)| *column).chain(rest.iter().copied()).collect();
        let listed = columns.join(", ");
        let is_of_clients = name != "clients" && key[0].0 == "client_id";
        let walked = usize::from(is_of_clients && key.len() > 1)..key.len();
        let names: Vec<&str> = key[walked.clone()].iter().map(|(column, _)| *column).collect();
        let owner = if is_of_clients { "client_id = ?1 AND " } else { "" };
        let ours = usize::from(is_of_clients);
        let (order, last) = (names.join(", "), ours + names.len());
        let page = format!(
            "SELECT {listed} FROM {name} WHERE {owner}({order}) > ({}) ORDER BY {order} LIMIT ?{}",
            numbers(ours + 1, last),
            last + 1,
        );
        let put = format!("INSERT INTO {name} ({listed}) VALUES ({})", numbers(1, columns.len()));
        let count = format!("SELECT COUNT(*) FROM {name}");
        let statement = |what: &str, sql: String| Statement {
            name: kept(format!("COPY_{what}_{name}")),
            sql: kept(sql),
        };
        Self {
            name,
            is_of_clients,
            walked,
            key,
            page: statement("PAGE", page),
            put: statement("PUT", put),
            count: statement("COUNT", count),
        }
    }

    /// Before the first row: of a client, where rows are a client's.
    pub(super) fn start(&self) -> Vec<Value> {
        self.key[self.walked.clone()].iter().map(|(_, kind)| kind.least()).collect()
    }
}

/// Parameters, from one number to another.
fn numbers(first: usize, last: usize) -> String {
    let numbers: Vec<String> = (first..=last).map(|number| format!("?{number}")).collect();
    numbers.join(", ")
}

/// Statements live as long as the program; these are made once.
fn kept(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}
