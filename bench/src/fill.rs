//! Fills a database with copies of the one login in it: every row of an action again and again, under ids of
//! its own. Logging in a million times does the same in an hour.

use std::path::Path;

use crate::database::Database;
use crate::failure::{Context, Result};

/// Where an action leaves rows; first that which others refer to.
const TABLES: [&str; 6] =
    ["actions", "challenges", "challenge_attempts", "success_tokens", "outbox", "sandbox_messages"];
/// Columns that hold the id of something, with its prefix. Copies get one made of their number.
const IDS: [(&str, &str); 3] =
    [("action_id", "ACTN"), ("challenge_id", "CHLG"), ("message_id", "MESG")];
/// Columns of 32 bytes that are unique.
const HASHES: [&str; 2] = ["token_hash", "fingerprint"];

/// Makes `count` copies of what is there.
pub(crate) async fn fill(database: &Database, data: &Path, count: u64) -> Result<()> {
    match database {
        Database::Sqlite => {
            let connection = rusqlite::Connection::open(data.join("onlyauth.db"));
            let connection = connection.context("open the database")?;
            let pragma = connection.execute_batch("PRAGMA synchronous = OFF; BEGIN");
            pragma.context("fill the database")?;
            for table in TABLES {
                let columns = sqlite_columns(&connection, table).context("read the schema")?;
                let sql = statement(table, &columns, count, &Dialect::Sqlite);
                connection.execute_batch(&sql).context("fill the database")?;
            }
            connection
                .execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
                .context("fill the database")
        }
        Database::Postgres { client, .. } => {
            for table in TABLES {
                let sql = "SELECT column_name::text FROM information_schema.columns
                    WHERE table_name = $1 ORDER BY ordinal_position";
                let rows = client.query(sql, &[&table]).await.context("read the schema")?;
                let columns: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
                let sql = statement(table, &columns, count, &Dialect::Postgres);
                client.batch_execute(&sql).await.context("fill the database")?;
            }
            client.batch_execute("CHECKPOINT").await.context("fill the database")
        }
    }
}

/// What the two databases call differently.
enum Dialect {
    Sqlite,
    Postgres,
}

fn sqlite_columns(connection: &rusqlite::Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    names.collect()
}

fn statement(table: &str, columns: &[String], count: u64, dialect: &Dialect) -> String {
    let value = |column: &String| {
        if let Some((_, prefix)) = IDS.iter().find(|(id, _)| id == column) {
            return match dialect {
                Dialect::Sqlite => format!("printf('{prefix}-%08x-0000-7000-8000-%012x', n, n)"),
                Dialect::Postgres => format!(
                    "'{prefix}-' || lpad(to_hex(n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0')"
                ),
            };
        }
        if HASHES.contains(&column.as_str()) {
            return match dialect {
                Dialect::Sqlite => "randomblob(32)".to_owned(),
                Dialect::Postgres => "sha256(n::text::bytea)".to_owned(),
            };
        }
        format!("one.{column}")
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let numbers = match dialect {
        Dialect::Sqlite => format!(
            "(WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
              SELECT n FROM numbers)"
        ),
        Dialect::Postgres => format!("generate_series(1, {count}) AS n"),
    };
    format!(
        "INSERT INTO {table} ({}) SELECT {} FROM (SELECT * FROM {table} LIMIT 1) AS one, {numbers};",
        columns.join(", "),
        values.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_ids_of_their_own_and_the_rest_of_the_original() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE outbox (client_id TEXT, message_id TEXT PRIMARY KEY, action_id TEXT);
                 INSERT INTO outbox VALUES ('c', 'MESG-x', 'ACTN-x');",
            )
            .unwrap();
        let columns = sqlite_columns(&connection, "outbox").unwrap();
        let sql = statement("outbox", &columns, 20, &Dialect::Sqlite);
        connection.execute_batch(&sql).unwrap();
        let newest = connection.query_row(
            "SELECT count(*), max(message_id) FROM outbox WHERE client_id = 'c' AND message_id < 'MESG-x'",
            [],
            |row| Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?)),
        );
        let id = "MESG-00000014-0000-7000-8000-000000000014".to_owned();
        assert_eq!(newest.unwrap(), (20, id));
    }
}
