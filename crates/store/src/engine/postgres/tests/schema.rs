//! The same tables on both databases, and statements that both understand.

use std::collections::BTreeMap;

use onlyauth_core::time::Timestamp;
use rusqlite::Connection;

use super::*;
use crate::engine::{EngineOptions, sqlite};
use crate::statement;

fn sqlite_database() -> (tempfile::TempDir, Connection) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("test.db");
    let options = EngineOptions {
        path: path.clone(),
        may_migrate: true,
        now: Timestamp::from_millis(NOW.as_millis()),
        reader_threads: 1,
        queue_capacity: 1,
        on_batch: None,
    };
    drop(sqlite::Sqlite::open(options).unwrap());
    (dir, Connection::open(path).unwrap())
}

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<String>> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect());
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn tables_and_columns_are_the_same() {
    let (_dir, sqlite) = sqlite_database();
    let here = migrated().query(
        "SELECT table_name, column_name,
           CASE data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB'
             ELSE data_type END,
           CASE is_nullable WHEN 'NO' THEN '1' ELSE '0' END, COALESCE(collation_name, '')
         FROM information_schema.columns WHERE table_schema = 'public'
         ORDER BY table_name COLLATE \"C\", ordinal_position",
    );
    let there = rows(
        &sqlite,
        "SELECT m.name, c.name, c.type, CAST(c.\"notnull\" AS TEXT),
           CASE c.type WHEN 'TEXT' THEN 'C' ELSE '' END
         FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid",
    );
    assert!(here.len() > 90, "{}", here.len());
    assert_eq!(here, there);
}

#[test]
fn keys_and_indexes_are_the_same() {
    let (_dir, sqlite) = sqlite_database();
    // Names are not compared: each database names the index of a key as it likes.
    let here = migrated().query(
        "SELECT t.relname, i.indisunique::int,
           (SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY k (col, n)
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.col),
           (i.indpred IS NOT NULL)::int
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
         WHERE t.relnamespace = 'public'::regnamespace",
    );
    let there = rows(
        &sqlite,
        "SELECT m.name, CAST(i.\"unique\" AS TEXT),
           (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)),
           CAST(i.partial AS TEXT)
         FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'",
    );
    let count = |rows: Vec<Vec<String>>| {
        let mut counted = BTreeMap::new();
        for row in rows {
            // SQLite's own key of a table with one whole number needs no index.
            if row[0] != "schema_migrations" {
                *counted.entry(row).or_insert(0) += 1;
            }
        }
        counted
    };
    let here = count(here);
    assert!(here.len() >= 18, "{}", here.len());
    assert_eq!(here, count(there));
}

#[test]
fn rules_on_rows_are_the_same() {
    let (_dir, sqlite) = sqlite_database();
    let here = migrated().query(
        "SELECT t.relname, c.contype, count(*) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
         WHERE t.relnamespace = 'public'::regnamespace AND c.contype IN ('c', 'f') GROUP BY 1, 2",
    );
    let mut there = rows(
        &sqlite,
        "SELECT m.name, 'f', CAST(count(DISTINCT k.id) AS TEXT) FROM sqlite_master m
         JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' GROUP BY 1",
    );
    for row in rows(&sqlite, "SELECT name, sql FROM sqlite_master WHERE type = 'table'") {
        let checks = row[1].matches("CHECK (").count();
        if checks > 0 {
            there.push(vec![row[0].clone(), "c".to_owned(), checks.to_string()]);
        }
    }
    let sorted = |mut rows: Vec<Vec<String>>| {
        rows.sort();
        rows
    };
    assert_eq!(sorted(here), sorted(there));
}

#[test]
fn migrations_have_the_same_numbers_and_names() {
    let (_dir, sqlite) = sqlite_database();
    let here = migrated().query("SELECT version, name FROM schema_migrations ORDER BY version");
    let sql = "SELECT CAST(version AS TEXT), name FROM schema_migrations ORDER BY version";
    assert_eq!(here, rows(&sqlite, sql));
    let files = |kind: &str| {
        let folder = format!("{}/migrations/{kind}", env!("CARGO_MANIFEST_DIR"));
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(files("postgres"), files("sqlite"));
    assert_eq!(files("postgres").len(), here.len());
}

/// Word by word, but for the names of types: so checks and comments can't drift apart either.
#[test]
fn migrations_say_the_same() {
    let words = |sql: &str| -> Vec<String> {
        let lines = sql.lines().filter(|line| !line.contains("Texts compare by their bytes"));
        lines.flat_map(str::split_whitespace).map(str::to_owned).collect()
    };
    let here = words(include_str!("../../../../migrations/postgres/0001_first_login.sql"));
    let there = include_str!("../../../../migrations/sqlite/0001_first_login.sql")
        .replace(") STRICT, WITHOUT ROWID;", ");")
        .replace(" TEXT NOT NULL", " TEXT COLLATE \"C\" NOT NULL")
        .replace(" TEXT,", " TEXT COLLATE \"C\",")
        .replace("INTEGER", "BIGINT")
        .replace("BLOB", "BYTEA");
    assert_eq!(here, words(&there));
}

#[tokio::test]
async fn every_statement_is_understood_with_our_three_types() {
    use tokio_postgres::types::Type;
    let server = migrated();
    let (client, connection) =
        tokio_postgres::connect(&server.url(), tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let mut prepared = 0;
    for statement in statement::catalogue().chain(statement::rare()) {
        let text = execute::translate(statement.sql);
        assert!(!text.contains('?'), "{}", statement.name);
        let understood = client.prepare(&text).await;
        let understood = understood.unwrap_or_else(|error| panic!("{}: {error:?}", statement.name));
        let types = understood
            .params()
            .iter()
            .chain(understood.columns().iter().map(tokio_postgres::Column::type_));
        for found in types {
            let ours = [Type::INT8, Type::TEXT, Type::BYTEA].contains(found);
            assert!(ours, "{}: {found}", statement.name);
        }
        prepared += 1;
    }
    assert!(prepared > 45, "{prepared}");
}

#[tokio::test]
async fn durability_settings_are_as_they_must_be() {
    let server = migrated();
    // A careless setting of the database is not taken over.
    server.query(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$",
    );
    let database = open(&options(&server.url()));
    let settings = database.durability_check().await.unwrap();
    assert_eq!(settings.len(), 4);
    for setting in settings {
        assert!(setting.is_right(), "{setting:?}");
    }
    assert_eq!(database.integrity_check().await, Ok(vec![]));
    assert_eq!(database.ping().await, Ok(()));
}
