//! What the planner is to believe about our tables: that they have grown.
//!
//! Without statistics it was found to go through all messages of a client for those of one action, past the index that is there for
//! it. Counting (ANALYZE) would tell it about the day on which somebody counted, and a new installation is empty. So the numbers are
//! written down once, with the schema, and plans are the same everywhere and for good.

use rusqlite::{Connection, Error};

/// Rows of a table, and of those the rows of one client.
const ROWS: i64 = 1_000_000;
const ROWS_OF_CLIENT: i64 = 100_000;
/// Rows of an index that holds only what is on its way.
const ON_ITS_WAY: i64 = 100;

/// Each index with the number of its columns, and whether it is partial. A table that is its own index goes by its own name.
const INDEXES: &str = "
    SELECT t.name, CASE i.origin WHEN 'pk' THEN t.name ELSE i.name END, COUNT(*), i.partial
    FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
    GROUP BY t.name, i.name";

/// Writes them, for all tables that there are.
pub(super) fn write(connection: &Connection) -> Result<(), Error> {
    if !has_table(connection, "sqlite_stat1")? {
        // Makes the table that holds them. That is once, while all others are empty: later it would count them.
        connection.execute_batch("ANALYZE")?;
    }
    connection.execute_batch("DELETE FROM sqlite_stat1")?;
    if has_table(connection, "sqlite_stat4")? {
        // Samples of rows, which would stay when the rows are gone.
        connection.execute_batch("DELETE FROM sqlite_stat4")?;
    }
    let mut indexes = connection.prepare(INDEXES)?;
    let found = indexes.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get(3)?))
    })?;
    for index in found {
        let (table, name, columns, partial) = index?;
        connection.execute(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)",
            (table, name, numbers(columns, partial)),
        )?;
    }
    Ok(())
}

fn has_table(connection: &Connection, name: &str) -> Result<bool, Error> {
    let sql = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?1";
    connection.query_row(sql, [name], |row| row.get::<_, i64>(0)).map(|count| count > 0)
}

/// Makes a connection believe what was written after it was opened.
pub(super) fn read(connection: &Connection) -> Result<(), Error> {
    connection.execute_batch("ANALYZE sqlite_master")
}

/// All rows, then the rows that share the first column, the first two, and so on: fewer with each, and the whole key is one row's.
fn numbers(columns: i64, partial: bool) -> String {
    let (all, mut shared) = if partial { (ON_ITS_WAY, 10) } else { (ROWS, ROWS_OF_CLIENT) };
    let mut text = all.to_string();
    for column in 1..=columns {
        let rows = if column == columns { 1 } else { shared };
        text = format!("{text} {rows}");
        shared = (shared / 10).max(1);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_of_a_key_is_known_the_fewer_rows_have_it() {
        assert_eq!(numbers(1, false), "1000000 1");
        assert_eq!(numbers(4, false), "1000000 100000 10000 1000 1");
        assert_eq!(numbers(2, true), "100 10 1");
    }
}
