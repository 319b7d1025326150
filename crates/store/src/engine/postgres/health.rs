//! Whether the server can be used, and whether what it confirms is durable.

use super::Postgres;
use crate::change_set::{Executed, Step};
use crate::error::StoreError;
use crate::health::DurabilitySetting;
use crate::statement::Statement;
use crate::value::Value;

static PING: Statement = Statement { name: "PING", sql: "SELECT 1" };
/// Asks for the right to write and touches nothing: a server that takes no writes refuses it as it would a login.
static PING_WRITE: Statement = Statement {
    name: "PING_WRITE",
    sql: "SELECT version FROM schema_migrations WHERE version < 0 FOR UPDATE",
};

/// What the server itself knows to be wrong.
static PROBLEMS: Statement = Statement {
    name: "PROBLEMS",
    sql: "SELECT 'index ' || indexrelid::regclass::text || ' is not valid' FROM pg_index WHERE NOT indisvalid
        UNION ALL
        SELECT 'constraint ' || conname::text || ' was never checked' FROM pg_constraint WHERE NOT convalidated
        UNION ALL
        SELECT checksum_failures::text || ' pages were found damaged' FROM pg_stat_database
        WHERE datname = current_database() AND checksum_failures > 0",
};

macro_rules! setting {
    ($name:literal) => {
        Statement { name: $name, sql: concat!("SELECT current_setting('", $name, "')") }
    };
}

/// The settings on which durability rests, and what they must read.
static DURABILITY: [(Statement, &str); 4] = [
    (setting!("fsync"), "on"),
    (setting!("full_page_writes"), "on"),
    (setting!("transaction_read_only"), "off"),
    (
        Statement {
            name: "synchronous_commit",
            // Stricter than 'on' is as good.
            sql: "SELECT CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'on'
                ELSE current_setting('synchronous_commit') END",
        },
        "on",
    ),
];

impl Postgres {
    pub(in crate::engine) async fn ping(&self) -> Result<(), StoreError> {
        self.read(vec![Step::any(&PING, Vec::new())]).await?;
        self.apply(vec![Step::any(&PING_WRITE, Vec::new())]).await.map(drop)
    }

    pub(in crate::engine) async fn integrity_check(&self) -> Result<Vec<String>, StoreError> {
        let answers = self.read(vec![Step::any(&PROBLEMS, Vec::new())]).await?;
        Ok(answers.into_iter().flatten().flatten().map(text).collect())
    }

    pub(in crate::engine) async fn durability_check(
        &self,
    ) -> Result<Vec<DurabilitySetting>, StoreError> {
        let steps = DURABILITY.iter().map(|(statement, _)| Step::any(statement, Vec::new()));
        let Executed::Applied(answers) = self.apply(steps.collect()).await? else {
            return Ok(Vec::new());
        };
        let settings = DURABILITY.iter().zip(answers);
        Ok(settings
            .map(|((statement, wanted), rows)| DurabilitySetting {
                name: statement.name,
                found: rows.into_iter().flatten().next().map(text).unwrap_or_default(),
                wanted,
            })
            .collect())
    }
}

pub(super) fn text(value: Value) -> String {
    match value {
        Value::Text(text) => text,
        Value::Int(number) => number.to_string(),
        Value::Null | Value::Blob(_) => String::new(),
    }
}
