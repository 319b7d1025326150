//! What the list of tables must have in common with the schema. Whole copies are tested as contracts.

use onlyauth_core::time::Timestamp;
use rusqlite::Connection;

use super::tables::{Kind, TABLES};
use crate::database::Database;
use crate::open::{OpenOptions, Store};

/// What belongs to a database, or to the servers at it, and not to the installation in it.
const NOT_COPIED: [&str; 3] = ["leases", "schema_migrations", "unfinished_copies"];

fn database() -> (tempfile::TempDir, Connection) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("o.db");
    let database = Database::Sqlite(path.clone());
    drop(Store::open(OpenOptions::admin(database, Timestamp::from_millis(0))).unwrap());
    (dir, Connection::open(path).unwrap())
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn every_table_of_the_schema_is_copied_or_stays_for_a_reason() {
    let (_dir, connection) = database();
    let mut known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    known.extend(NOT_COPIED);
    known.sort_unstable();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name";
    assert_eq!(texts(&connection, sql), known, "add new tables to copy/tables.rs");
}

#[test]
fn every_column_is_copied_and_keys_are_keys() {
    let (_dir, connection) = database();
    for table in &TABLES {
        let name = table.name;
        let columns = |more: &str| {
            let sql = format!("SELECT name FROM pragma_table_info('{name}') WHERE {more}");
            texts(&connection, &sql)
        };
        let key: Vec<&str> = table.key.iter().map(|(column, _)| *column).collect();
        assert_eq!(columns("pk > 0 ORDER BY pk"), key, "{name}");
        let mut all = [&key[..], table.rest].concat();
        all.sort_unstable();
        assert_eq!(columns("TRUE ORDER BY name"), all, "{name}");
        for (column, kind) in table.key {
            let declared = match kind {
                Kind::Text => "TEXT",
                Kind::Blob => "BLOB",
                Kind::Int => "INTEGER",
            };
            let sql =
                format!("SELECT type FROM pragma_table_info('{name}') WHERE name = '{column}'");
            assert_eq!(texts(&connection, &sql), [declared], "{name}.{column}");
        }
    }
}

#[test]
fn what_rows_refer_to_is_copied_before_them() {
    let (_dir, connection) = database();
    let mut before: Vec<String> = Vec::new();
    for table in &TABLES {
        let sql = format!("SELECT \"table\" FROM pragma_foreign_key_list('{}')", table.name);
        for referred in texts(&connection, &sql) {
            assert!(before.contains(&referred), "{} before {referred}", table.name);
        }
        before.push(table.name.to_owned());
    }
}
