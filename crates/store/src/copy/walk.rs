//! Going through a table in the order of its key, one page in memory at a time.

use super::tables::{COPIED, Copied};
use crate::change_set::Step;
use crate::engine::Exclusive;
use crate::error::StoreError;
use crate::value::{Row, Value};

/// Rows in memory, and rows of a commit.
const PAGE: u32 = 500;

pub(super) struct Walk {
    table: &'static Copied,
    /// Whose rows are gone through, where they are a client's; at first nobody's.
    client: Value,
    after: Vec<Value>,
    client_is_done: bool,
}

impl Walk {
    pub(super) fn of(table: &'static Copied) -> Self {
        Self {
            table,
            client: Value::Text(String::new()),
            after: table.start(),
            client_is_done: table.is_of_clients,
        }
    }

    /// The next rows; none when there are no more.
    pub(super) async fn next(&mut self, end: &mut Exclusive) -> Result<Vec<Row>, StoreError> {
        let ours = self.table.is_of_clients;
        loop {
            if ours && self.client_is_done && !self.next_client(end).await? {
                return Ok(Vec::new());
            }
            let mut params = self.after.clone();
            if ours {
                params.insert(0, self.client.clone());
            }
            params.push(Value::from(PAGE));
            let rows = end.read(&Step::any(&self.table.page, params)).await?;
            if let Some(last) = rows.last() {
                self.after = last[self.table.walked.clone()].to_vec();
            }
            self.client_is_done = rows.len() < PAGE as usize;
            if !rows.is_empty() || !ours {
                return Ok(rows);
            }
        }
    }

    /// Goes on to the next client; false when there is none.
    async fn next_client(&mut self, end: &mut Exclusive) -> Result<bool, StoreError> {
        let Some(clients) = COPIED.iter().find(|table| table.name == "clients") else {
            return Ok(false);
        };
        let next = Step::any(&clients.page, vec![self.client.clone(), Value::Int(1)]);
        let Some(row) = end.read(&next).await?.into_iter().next() else {
            return Ok(false);
        };
        self.client = row.into_iter().next().unwrap_or(Value::Null);
        self.after = self.table.start();
        Ok(true)
    }
}
