//! Steps as PostgreSQL takes them: `$1` for `?1`, values bound by the types that the server found.

use std::error::Error as StdError;
use std::pin::pin;

use bytes::BytesMut;
use futures_util::TryStreamExt;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Error, Row as Found};

use crate::value::{Row, Value};

/// What a step came to.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) rows: Vec<Row>,
    pub(super) touched: u64,
}

/// The statement in PostgreSQL's numbering. No statement has a question mark in a literal.
pub(super) fn translate(sql: &str) -> String {
    sql.replace('?', "$")
}

/// A parameter can't go where the server expects another type: a statement that is wrong.
#[derive(Debug, thiserror::Error)]
#[error("a parameter does not fit the type {0}")]
pub(super) struct DoesNotFit(Type);

impl ToSql for Value {
    fn to_sql(
        &self,
        expected: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *expected == Type::INT8 => number.to_sql(expected, out),
            Self::Text(text) if *expected == Type::TEXT => text.to_sql(expected, out),
            Self::Blob(bytes) if *expected == Type::BYTEA => bytes.to_sql(expected, out),
            _ => Err(Box::new(DoesNotFit(expected.clone()))),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// Runs a prepared statement. Its rows count as touched, as in SQLite.
pub(super) async fn run(
    client: &Client,
    statement: &tokio_postgres::Statement,
    params: &[Value],
) -> Result<Answer, Error> {
    if statement.columns().is_empty() {
        let touched = client.execute_raw(statement, params).await?;
        return Ok(Answer { rows: Vec::new(), touched });
    }
    let mut found = pin!(client.query_raw(statement, params).await?);
    let mut rows = Vec::new();
    while let Some(row) = found.try_next().await? {
        rows.push(read(&row));
    }
    let touched = rows.len() as u64;
    Ok(Answer { rows, touched })
}

/// Runs a prepared statement that takes arrays.
pub(super) async fn run_over(
    client: &Client,
    statement: &tokio_postgres::Statement,
    arrays: Vec<Vec<&Value>>,
) -> Result<Answer, Error> {
    let mut found = pin!(client.query_raw(statement, arrays).await?);
    let mut rows = Vec::new();
    while let Some(row) = found.try_next().await? {
        rows.push(read(&row));
    }
    let touched = rows.len() as u64;
    Ok(Answer { rows, touched })
}

fn read(row: &Found) -> Row {
    let columns = row.columns().iter().enumerate();
    columns.map(|(index, column)| value(row, index, column.type_())).collect()
}

/// No table of ours has another type. A value that can't be read fits no column, so its reader reports where
/// it was.
fn value(row: &Found, index: usize, found: &Type) -> Value {
    let read = match *found {
        Type::INT8 => row.try_get(index).map(|number: Option<i64>| number.map(Value::Int)),
        Type::INT4 => {
            row.try_get(index).map(|number: Option<i32>| number.map(|n| Value::Int(n.into())))
        }
        Type::BYTEA => row.try_get(index).map(|bytes: Option<Vec<u8>>| bytes.map(Value::Blob)),
        Type::TEXT | Type::NAME | Type::VARCHAR => {
            row.try_get(index).map(|text: Option<String>| text.map(Value::Text))
        }
        _ => return Value::Null,
    };
    read.ok().flatten().unwrap_or(Value::Null)
}
