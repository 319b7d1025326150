//! The reading threads: each with a connection that can't write.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rusqlite::{Connection, Error};
use tokio::sync::oneshot;

use super::Opener;
use super::connection::unavailable;
use super::execute::{BEGIN_READ, COMMIT, Session};
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
    queue: Arc<Queue<ReadJob>>,
}

impl Reader {
    pub(super) fn new(open: Opener, queue: Arc<Queue<ReadJob>>) -> Self {
        Self { open, queue }
    }

    /// Works until the queue is closed and empty.
    pub(super) fn run(&mut self) {
        while catch_unwind(AssertUnwindSafe(|| self.work())).is_err() {
            tracing::error!("a reader of the store panicked; it goes on with a new connection");
        }
    }

    fn work(&mut self) {
        while let Some(first) = self.next() {
            match (self.open)() {
                Ok(connection) => self.work_on(&connection, first),
                Err(error) => {
                    let _ = first.answer.send(Err(error));
                }
            }
        }
    }

    /// Answers one after the other, up to the first that fails: the next one gets a new connection.
    fn work_on(&self, connection: &Connection, first: ReadJob) {
        let mut session = Session::new(connection);
        let mut next = Some(first);
        while let Some(job) = next {
            let answer = snapshot(&mut session, &job.queries).map_err(|error| unavailable(&error));
            let failed = answer.is_err();
            let _ = job.answer.send(answer);
            if failed {
                return;
            }
            next = self.next();
        }
    }

    /// The next one that somebody still waits for.
    fn next(&self) -> Option<ReadJob> {
        std::iter::from_fn(|| self.queue.take()).find(|job| !job.answer.is_closed())
    }
}

fn snapshot(session: &mut Session<'_>, queries: &[Step]) -> Result<Vec<Vec<Row>>, Error> {
    if let [query] = queries {
        return Ok(vec![session.run(query)?.0]);
    }
    // One that fails in the middle takes its connection with it, and the transaction with that.
    session.plain(&BEGIN_READ)?;
    let answers = queries.iter().map(|query| Ok(session.run(query)?.0));
    let answers = answers.collect::<Result<_, Error>>()?;
    session.plain(&COMMIT)?;
    Ok(answers)
}
