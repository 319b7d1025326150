//! The reading threads: each with a connection that can't write.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rusqlite::{Connection, Error};
use tokio::sync::oneshot;

use super::Opener;
use super::connection::unavailable;
use super::execute::run;
use crate::change_set::Step;
use crate::engine::queue::Queue;
use crate::error::StoreError;
use crate::value::Row;

/// Queries to be answered from one snapshot.
pub(super) struct ReadJob {
    pub(super) queries: Vec<Step>,
    pub(super) answer: oneshot::Sender<Result<Vec<Vec<Row>>, StoreError>>,
}

pub(super) struct Reader {
    open: Opener,
    connection: Option<Connection>,
    queue: Arc<Queue<ReadJob>>,
}

impl Reader {
    pub(super) fn new(open: Opener, queue: Arc<Queue<ReadJob>>) -> Self {
        Self { open, connection: None, queue }
    }

    /// Works until the queue is closed and empty.
    pub(super) fn run(&mut self) {
        while catch_unwind(AssertUnwindSafe(|| self.work())).is_err() {
            tracing::error!("a reader of the store panicked; it goes on with a new connection");
            self.connection = None;
        }
    }

    fn work(&mut self) {
        while let Some(job) = self.queue.take() {
            if job.answer.is_closed() {
                continue;
            }
            let answer = self.read(&job.queries);
            if answer.is_err() {
                self.connection = None;
            }
            let _ = job.answer.send(answer);
        }
    }

    fn read(&mut self, queries: &[Step]) -> Result<Vec<Vec<Row>>, StoreError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => (self.open)()?,
        };
        let connection = self.connection.insert(connection);
        snapshot(connection, queries).map_err(|error| unavailable(&error))
    }
}

fn snapshot(connection: &Connection, queries: &[Step]) -> Result<Vec<Vec<Row>>, Error> {
    if let [query] = queries {
        return Ok(vec![run(connection, query)?.0]);
    }
    let transaction = connection.unchecked_transaction()?;
    let answers = queries.iter().map(|query| Ok(run(&transaction, query)?.0));
    let answers = answers.collect::<Result<_, Error>>()?;
    transaction.commit()?;
    Ok(answers)
}
