//! Readers: each with a session that can't write, which sends all that waits in one go.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_postgres::Error;

use super::execute::Answer;
use super::fault::unavailable;
use super::link::{Job, Link};
use super::pipeline::pipelined;
use super::session::Session;
use crate::change_set::Step;
use crate::error::{Reason, StoreError};
use crate::value::Row;

/// Reads sent in one go, so that a slow one holds up few.
const AT_ONCE: usize = 32;
const TIMEOUT: Duration = Duration::from_secs(10);
/// All statements until the COMMIT see the same moment.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Queries to be answered from one snapshot.
pub(super) struct ReadJob {
    pub(super) queries: Vec<Step>,
    pub(super) answer: oneshot::Sender<Result<Vec<Vec<Row>>, StoreError>>,
}

impl Job for ReadJob {
    fn refuse(self, error: &StoreError) {
        let _ = self.answer.send(Err(error.clone()));
    }
}

pub(super) struct Reader {
    link: Link<ReadJob>,
}

impl Reader {
    pub(super) fn new(link: Link<ReadJob>) -> Self {
        Self { link }
    }

    /// Works until the queue is closed and empty.
    pub(super) async fn run(self) {
        while AssertUnwindSafe(self.work()).catch_unwind().await.is_err() {
            tracing::error!("a reader of the store panicked; it goes on with a new connection");
        }
    }

    async fn work(&self) {
        while let Some(mut linked) = self.link.session().await {
            let session = &mut linked.session;
            while !session.is_over() {
                let job = tokio::select! {
                    biased;
                    () = session.ended() => break,
                    job = self.link.queue.next() => job,
                };
                let Some(job) = job else { return };
                let mut jobs = vec![job];
                while jobs.len() < AT_ONCE
                    && let Some(next) = self.link.queue.take_waiting()
                {
                    jobs.push(next);
                }
                jobs.retain(|job| !job.answer.is_closed());
                if timeout(TIMEOUT, answer(session, jobs)).await.is_err() {
                    session.end();
                }
            }
        }
    }
}

/// Answers all. Those whose time is over are told by the answer that never came.
async fn answer(session: &mut Session, jobs: Vec<ReadJob>) {
    let queries = jobs.iter().flat_map(|job| &job.queries).map(|query| query.statement);
    if let Err((_, error)) = session.prepare(queries).await {
        let error = unavailable(&error);
        for job in jobs {
            job.refuse(&error);
        }
        return;
    }
    let upkeep = session.upkeep();
    let session = &*session;
    let mut requests: Vec<_> = upkeep.into_iter().map(|sql| session.plain(sql)).collect();
    let before = requests.len();
    for ReadJob { queries, .. } in &jobs {
        let alone = queries.len() == 1;
        // A statement alone sees one moment by itself.
        if !alone {
            requests.push(session.plain(SNAPSHOT));
        }
        requests.extend(queries.iter().map(|query| session.step(query)));
        if !alone {
            requests.push(session.plain("COMMIT"));
        }
    }
    let mut answers = pipelined(requests).await.into_iter().skip(before);
    for ReadJob { queries, answer } in jobs {
        let count = if queries.len() == 1 { 1 } else { queries.len() + 2 };
        let answers: Result<Vec<Answer>, Error> = answers.by_ref().take(count).collect();
        let rows = answers.map(|answers| {
            let rows = answers.into_iter().map(|answer| answer.rows);
            if count == 1 { rows.collect() } else { rows.skip(1).take(count - 2).collect() }
        });
        let _ = answer.send(rows.map_err(|error| unavailable(&error)));
    }
}

/// What is told when no answer comes.
pub(super) fn lost() -> StoreError {
    StoreError::unavailable(Reason::Failed, "the reader gave up")
}
