//! What every table and every statement must have in common.

use super::*;
use crate::statement;

/// Not a client's: the ring and leases are the installation's, limits have keys of their own.
const SHARED: [&str; 5] =
    ["key_ring", "leases", "limits", "schema_migrations", "unfinished_copies"];

fn database() -> (TempDir, Connection) {
    let (dir, path) = folder();
    let connection = migrate::open(&path, true, NOW).unwrap();
    (dir, connection)
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn all() -> impl Iterator<Item = &'static Statement> {
    statement::catalogue().chain(statement::rare())
}

/// The operator's lists of all clients, and how many rows a table has, have no client.
fn is_about_all_clients(statement: &Statement) -> bool {
    ["CLIENT_LIST", "COPY_PAGE_clients", "COPY_PAGE_counted_actions"].contains(&statement.name)
        || statement.name.starts_with("COPY_COUNT_")
}

fn tables(connection: &Connection) -> Vec<String> {
    texts(
        connection,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    )
}

#[test]
fn the_library_has_the_fixes_that_we_rely_on() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[tokio::test]
async fn durability_settings_are_as_they_must_be() {
    let (_dir, path) = folder();
    let database = Sqlite::open(options(&path)).unwrap();
    let settings = database.durability_check().await.unwrap();
    assert_eq!(settings.len(), 7);
    for setting in settings {
        assert!(setting.is_right(), "{setting:?}");
    }
    assert_eq!(database.integrity_check().await, Ok(vec![]));
    assert_eq!(database.ping().await, Ok(()));
}

#[test]
fn tables_are_strict() {
    let (_dir, connection) = database();
    let lax = "SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'";
    assert_eq!(texts(&connection, lax), [""; 0]);
}

#[test]
fn tenant_tables_and_their_indexes_begin_with_the_client() {
    let (_dir, connection) = database();
    let tenant = tables(&connection).into_iter().filter(|name| !SHARED.contains(&name.as_str()));
    let mut checked = 0;
    for table in tenant {
        let indexes = texts(&connection, &format!("SELECT name FROM pragma_index_list('{table}')"));
        assert!(!indexes.is_empty(), "{table}");
        for index in indexes {
            let columns =
                texts(&connection, &format!("SELECT name FROM pragma_index_info('{index}')"));
            assert_eq!(columns[0], "client_id", "{index} of {table}");
            checked += 1;
        }
    }
    assert!(checked >= 14, "{checked}");
}

#[test]
fn every_column_is_commented() {
    let sql = include_str!("../../../../migrations/sqlite/0001_first_login.sql");
    let columns = sql.lines().filter(|line| {
        let words: Vec<_> = line.split_whitespace().collect();
        line.starts_with("    ")
            && matches!(
                words.get(1).copied(),
                Some("TEXT" | "INTEGER" | "INTEGER," | "BLOB" | "TEXT,")
            )
    });
    let columns: Vec<_> = columns.collect();
    assert!(columns.len() > 90, "{}", columns.len());
    for column in columns {
        let comment = column.split_once("-- ").map(|(_, comment)| comment);
        assert!(comment.is_some_and(|comment| comment.len() > 1), "{column}");
    }
}

/// Each mention of a tenant table must be held to `?1`, the client, by its own condition.
#[test]
fn every_statement_on_a_tenant_table_constrains_the_client() {
    let (_dir, connection) = database();
    let tables = tables(&connection);
    let tenant = |word: &str| tables.iter().any(|table| table == word) && !SHARED.contains(&word);
    for statement in all() {
        if is_about_all_clients(statement) {
            continue;
        }
        let words: Vec<&str> = statement.sql.split_whitespace().collect();
        let mentions = words
            .windows(2)
            .filter(|pair| {
                matches!(pair[0].trim_start_matches('('), "FROM" | "JOIN" | "INTO" | "UPDATE")
                    && tenant(pair[1].trim_end_matches(')'))
            })
            .count();
        let sql = words.join(" ");
        let inserted = usize::from(
            sql.contains("INSERT INTO")
                && sql.contains(" (client_id,")
                && (sql.contains("VALUES (?1,") || sql.contains("SELECT ?1,")),
        );
        let held = sql.matches("client_id = ?1").count() + inserted;
        assert!(
            held >= mentions,
            "{}: {mentions} tables, {held} held to the client",
            statement.name
        );
    }
}

#[test]
fn no_statement_looks_through_a_whole_table_that_grows() {
    let (_dir, connection) = database();
    let mut explained = 0;
    for statement in all() {
        for detail in plan(&connection, statement.sql) {
            let shared = ["KEY_LIST", "KEY_RETIRE", "COPY_MARK_COUNT", "COPY_MARK_DELETE"];
            if !shared.contains(&statement.name) && !is_about_all_clients(statement) {
                // What LOGIN_FIND joins to, so that there is a row in any case.
                let one_row = ["SCAN CONSTANT ROW", "SCAN login"].contains(&&*detail);
                let scan = detail.starts_with("SCAN") && !one_row;
                assert!(!scan, "{}: {detail}", statement.name);
                assert!(!detail.contains("TEMP B-TREE"), "{}: {detail}", statement.name);
            }
            // What a foreign key looks for is told here too: each row that leaves must not cost a walk through all
            // of its client's.
            if statement.name.starts_with("OLD_") || statement.name.starts_with("UNCOUNTED_") {
                assert!(!detail.ends_with("(client_id=?)"), "{}: {detail}", statement.name);
            }
            explained += 1;
        }
    }
    assert!(explained > 30, "{explained}");
}

/// Where a statement knows more of a key than the client, that is what it goes by.
#[test]
fn no_statement_goes_by_the_client_alone_where_it_knows_more() {
    let (_dir, connection) = database();
    // What is on its way, and lists of what a client has few of or asks for page by page.
    let by_client = ["OUTBOX_DUE", "OUTBOX_ABANDON", "SECRET_LIST", "APP_LIST"];
    let mut known = 0;
    for statement in statement::catalogue().filter(|s| !by_client.contains(&s.name)) {
        for detail in plan(&connection, statement.sql) {
            if detail.ends_with("(client_id=?)") {
                assert!(few(&detail), "{}: {detail}", statement.name);
            }
            known += usize::from(detail.contains("client_id=? AND"));
        }
    }
    assert!(known > 30, "{known}");
}

/// Tables of which a client has a row, or a handful.
fn few(detail: &str) -> bool {
    ["clients", "api_secrets", "apps", "counted_actions"]
        .iter()
        .any(|table| detail.starts_with(&format!("SEARCH {table} ")))
}

/// A statement is compiled once, whatever its parameters are.
#[test]
fn a_new_value_compiles_nothing_anew() {
    let (_dir, connection) = database();
    let sql = "SELECT message_id FROM outbox WHERE client_id = ?1 AND status = ?2";
    let mut statement = connection.prepare(sql).unwrap();
    for status in ["pending", "sent", "pending"] {
        assert!(!statement.exists((status, status)).unwrap());
    }
    assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
}

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut prepared = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    for index in 1..=prepared.parameter_count() {
        prepared.raw_bind_parameter(index, rusqlite::types::Null).unwrap();
    }
    let mut rows = prepared.raw_query();
    let mut details = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        details.push(row.get(3).unwrap());
    }
    details
}

#[test]
fn statements_stay_in_the_subset_that_databases_share() {
    let mut names = std::collections::BTreeSet::new();
    for statement in all() {
        assert!(names.insert(statement.name), "{} twice", statement.name);
        let sql = statement.sql.to_lowercase();
        for word in [
            "insert or",
            "rowid",
            "autoincrement",
            "json",
            "max(",
            "min(",
            "ifnull",
            "datetime",
            "pragma",
            "==",
            "glob",
            "\"",
            "||",
        ] {
            assert!(!sql.contains(word), "{}: {word}", statement.name);
        }
    }
    assert!(names.len() > 45, "{}", names.len());
}
