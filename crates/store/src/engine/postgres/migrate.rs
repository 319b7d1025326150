//! Whose database it is, which schema it has, and how it gets ours.
//!
//! A foreign database is recognised before anything is written to it. All missing migrations are one
//! transaction, under a lock that instances which start together take in turn.

use onlyauth_core::time::Timestamp;

use super::exclusive;
use super::fault::{describe, unavailable};
use super::session::Session;
use crate::change_set::Step;
use crate::error::{OpenError, Reason, StoreError};
use crate::statement::Statement;
use crate::value::{Row, Value, params};

struct Migration {
    version: i64,
    name: &'static str,
    sql: &'static str,
}

const MIGRATIONS: [Migration; 1] = [Migration {
    version: 1,
    name: "first_login",
    sql: include_str!("../../../migrations/postgres/0001_first_login.sql"),
}];

/// The comment tells our databases from others: many programs have a table of that name.
const BOOKKEEPING: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version BIGINT NOT NULL PRIMARY KEY, -- number of the migration, counting from 1
    name TEXT COLLATE \"C\" NOT NULL,    -- its name, for people
    applied_at BIGINT NOT NULL           -- when, in ms since 1970
);
COMMENT ON TABLE schema_migrations IS 'onlyauth'";

/// 'ONLY', as in SQLite's header.
const LOCK: &str = "SELECT pg_advisory_xact_lock(1330531417)";
/// Others may take their time: longer than a statement may usually take.
const BEGIN: &str = "BEGIN; SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '60s'";

static LOOK: Statement = Statement {
    name: "LOOK",
    sql: "SELECT
        CASE obj_description(to_regclass('schema_migrations'), 'pg_class') WHEN 'onlyauth' THEN 1 ELSE 0 END,
        (SELECT COUNT(*) FROM pg_class
         WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
           AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e'))",
};
static VERSION: Statement =
    Statement { name: "VERSION", sql: "SELECT COALESCE(MAX(version), 0) FROM schema_migrations" };
static NOTE: Statement = Statement {
    name: "NOTE",
    sql: "INSERT INTO schema_migrations (version, name, applied_at) VALUES (?1, ?2, ?3)",
};

/// The schema version of this binary.
pub(super) const CURRENT: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

/// What a database turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    Ours { version: i64 },
    Foreign(&'static str),
}

/// Who may bring the schema along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum May {
    /// A server.
    Migrate,
    /// A command, which can't know whether servers of an older version are at it.
    BeginOnly,
}

/// Sees to it that the database has our schema.
pub(super) async fn bring(
    session: &Session,
    database: &str,
    may: May,
    now: Timestamp,
) -> Result<(), OpenError> {
    let refused = |error: &tokio_postgres::Error| OpenError::Server {
        database: database.to_owned(),
        reason: describe(error),
    };
    if !exclusive::share(session).await.map_err(|error| refused(&error))? {
        return Err(OpenError::BeingCopied { database: database.to_owned() });
    }
    let version = version(look(session).await.map_err(|error| refused(&error))?, database)?;
    if version > 0 && exclusive::is_unfinished(session).await.map_err(|error| refused(&error))? {
        return Err(OpenError::HalfCopied { database: database.to_owned() });
    }
    if version == CURRENT {
        return Ok(());
    }
    let allowed = match may {
        May::Migrate => true,
        May::BeginOnly => version == 0,
    };
    if !allowed {
        return Err(OpenError::SchemaMismatch { found: version, wanted: CURRENT });
    }
    begin(session, database, now).await
}

/// Gives the database our schema, unless somebody else has meanwhile.
pub(super) async fn begin(
    session: &Session,
    database: &str,
    now: Timestamp,
) -> Result<(), OpenError> {
    let migrated = migrate(session, now).await.map_err(|error| OpenError::Server {
        database: database.to_owned(),
        reason: describe(&error),
    })?;
    match migrated {
        None => Ok(()),
        Some(found) => version(found, database).map(drop),
    }
}

/// The version of the schema of one of ours, 0 where nothing is in it yet.
pub(super) fn version(found: Found, database: &str) -> Result<i64, OpenError> {
    match found {
        Found::Nothing => Ok(0),
        Found::Ours { version } if version > CURRENT => {
            Err(OpenError::Newer { found: version, known: CURRENT })
        }
        Found::Ours { version } => Ok(version),
        Found::Foreign(reason) => Err(OpenError::ForeignDatabase {
            database: database.to_owned(),
            reason: reason.to_owned(),
        }),
    }
}

/// Whether a database that we knew is still there, still ours and unchanged in its schema.
pub(super) async fn expect_current(session: &Session) -> Result<(), StoreError> {
    let damaged = |detail: String| Err(StoreError::unavailable(Reason::Damaged, detail));
    match look(session).await.map_err(|error| unavailable(&error))? {
        Found::Ours { version: CURRENT } => Ok(()),
        Found::Ours { version } => damaged(format!("its schema version became {version}")),
        Found::Nothing => damaged("it became empty".to_owned()),
        Found::Foreign(reason) => damaged(reason.to_owned()),
    }
}

pub(super) async fn look(session: &Session) -> Result<Found, tokio_postgres::Error> {
    let row = first(session.query(&Step::any(&LOOK, Vec::new())).await?);
    let [Value::Int(ours), Value::Int(tables)] = row[..] else {
        return Ok(Found::Foreign("it can't be told what is in it"));
    };
    if ours == 0 && tables == 0 {
        return Ok(Found::Nothing);
    }
    if ours == 0 {
        return Ok(Found::Foreign("it belongs to another application"));
    }
    match first(session.query(&Step::any(&VERSION, Vec::new())).await?)[..] {
        [Value::Int(version)] => Ok(Found::Ours { version }),
        _ => Ok(Found::Foreign("its schema has no version")),
    }
}

fn first(rows: Vec<Row>) -> Row {
    rows.into_iter().next().unwrap_or_default()
}

/// Applies what is missing. Another instance may have been first, or may have made something else of the
/// database meanwhile: then that is what was found, and nothing is done.
async fn migrate(
    session: &Session,
    now: Timestamp,
) -> Result<Option<Found>, tokio_postgres::Error> {
    session.plain(BEGIN).await?;
    session.plain(LOCK).await?;
    let from = match look(session).await? {
        Found::Nothing => 0,
        Found::Ours { version } if version < CURRENT => version,
        found => {
            session.plain("ROLLBACK").await?;
            return Ok(Some(found));
        }
    };
    session.plain(BOOKKEEPING).await?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > from) {
        session.plain(migration.sql).await?;
        let note = params![migration.version, migration.name, now];
        session.query(&Step::any(&NOTE, note)).await?;
        tracing::info!(version = migration.version, name = migration.name, "database migrated");
    }
    session.plain("COMMIT").await?;
    // What a migration has filled or changed is known to the planner at once. New tables are better not counted: of
    // those that it never saw it assumes a few pages, of those that it knows to be empty, nothing.
    if from > 0 {
        session.plain("ANALYZE").await?;
    }
    Ok(None)
}
