//! The writing thread: takes one change set, then whatever else is already waiting, commits them together,
//! and only then answers them all.
//!
//! It never waits for a group to fill: alone, a change set is committed at once; under load, the group is
//! what arrived during the last commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::{Connection, Error, ErrorCode};
use tokio::sync::oneshot;

use super::Opener;
use super::connection::{self, unavailable};
use super::execute::{BEGIN, COMMIT, Session, TransactionLost};
use crate::change_set::{Executed, Step};
use crate::engine::queue::Queue;
use crate::engine::{BatchObserver, BatchReport};
use crate::error::StoreError;

/// When a group takes no more: those in it are waiting.
#[derive(Debug, Clone, Copy)]
pub(super) struct GroupLimits {
    /// Change sets in it.
    pub(super) size: usize,
    /// How long it has gone on.
    pub(super) time: Duration,
}

impl GroupLimits {
    /// Large enough that the disk's answer is shared widely, short enough that nobody notices.
    pub(super) const USUAL: Self = Self { size: 256, time: Duration::from_millis(4) };
}

/// A change set and the one who waits for it. One who no longer waits changes nothing: it is carried out.
pub(super) struct WriteJob {
    pub(super) steps: Vec<Step>,
    pub(super) answer: oneshot::Sender<Result<Executed, StoreError>>,
}

pub(super) struct Writer {
    open: Opener,
    queue: Arc<Queue<WriteJob>>,
    limits: GroupLimits,
    on_batch: Option<BatchObserver>,
}

/// Change sets of one transaction, and what each came to.
#[derive(Default)]
struct Group {
    jobs: Vec<WriteJob>,
    outcomes: Vec<Result<Executed, StoreError>>,
}

impl Writer {
    pub(super) fn new(
        open: Opener,
        queue: Arc<Queue<WriteJob>>,
        limits: GroupLimits,
        on_batch: Option<BatchObserver>,
    ) -> Self {
        Self { open, queue, limits, on_batch }
    }

    /// Works until the queue is closed and empty.
    pub(super) fn run(&mut self) {
        let mut connection = None;
        while catch_unwind(AssertUnwindSafe(|| self.work(&mut connection))).is_err() {
            // Whoever was in that group is told that the outcome is unknown, by the answer that never came.
            tracing::error!("the store's writer panicked; it goes on with a new connection");
            connection = None;
        }
        if let Some(connection) = connection {
            connection::close(connection);
        }
    }

    /// Works on one connection after the other: each starts from what is really in the file.
    fn work(&mut self, connection: &mut Option<Connection>) {
        while let Some(first) = self.queue.take() {
            let connected = match connection.take() {
                Some(connection) => Ok(connection),
                None => (self.open)(),
            };
            match connected {
                Ok(opened) => {
                    let opened = connection.insert(opened);
                    if self.work_on(opened, first).is_err() {
                        *connection = None;
                    }
                }
                Err(error) => {
                    let _ = first.answer.send(Err(error));
                }
            }
        }
    }

    /// Carries out group after group. The error says that a transaction was lost, and with it the connection.
    fn work_on(&self, connection: &Connection, first: WriteJob) -> Result<(), ConnectionLost> {
        let mut session = Session::new(connection);
        let mut next = Some(first);
        while let Some(job) = next {
            let mut group = Group::default();
            group.jobs.push(job);
            match self.group(&mut session, &mut group) {
                Ok(commit) => {
                    let size = group.jobs.len();
                    group.answer();
                    if let Some(on_batch) = &self.on_batch {
                        on_batch(BatchReport { size, commit });
                    }
                }
                Err(error) => {
                    group.answer_all(&error);
                    return Err(ConnectionLost);
                }
            }
            next = self.queue.take();
        }
        Ok(())
    }

    /// Runs a group; how long its commit took. An error is the outcome of all of them, also of those that
    /// were refused: a refusal may rest on what has now not happened.
    fn group(&self, session: &mut Session<'_>, group: &mut Group) -> Result<Duration, StoreError> {
        session.plain(&BEGIN).map_err(|error| unavailable(&error))?;
        let started = Instant::now();
        while let Some(job) = group.jobs.last() {
            let outcome = match job.steps.as_slice() {
                [step] => session.contained_alone(step),
                steps => session.contained(|session| session.run_all(steps)),
            };
            group.outcomes.push(outcome.map_err(|TransactionLost(error)| error)?);
            if group.jobs.len() >= self.limits.size || started.elapsed() >= self.limits.time {
                break;
            }
            match self.queue.take_waiting() {
                Some(next) => group.jobs.push(next),
                None => break,
            }
        }
        let committing = Instant::now();
        session.plain(&COMMIT).map_err(|error| commit_error(&error))?;
        Ok(committing.elapsed())
    }
}

/// A transaction was lost: what its connection has in memory is not to be trusted any more.
struct ConnectionLost;

impl Group {
    fn answer(self) {
        for (job, outcome) in self.jobs.into_iter().zip(self.outcomes) {
            let _ = job.answer.send(outcome);
        }
    }

    fn answer_all(self, error: &StoreError) {
        for job in self.jobs {
            let _ = job.answer.send(Err(error.clone()));
        }
    }
}

/// What a failed COMMIT means. When the disk fails while the log is written or synced, the commit may yet be
/// found in the log; the other causes come before anything is written that counts.
fn commit_error(error: &Error) -> StoreError {
    let harmless = matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::ReadOnly
        )
    );
    if harmless {
        return unavailable(error);
    }
    tracing::error!(%error, "a commit ended without a known outcome");
    StoreError::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Reason;
    use rusqlite::ffi;

    #[test]
    fn only_a_disk_that_fails_leaves_the_outcome_unknown() {
        let failed = |code| commit_error(&Error::SqliteFailure(ffi::Error::new(code), None));
        for (code, expected) in [
            (ffi::SQLITE_BUSY, Some(Reason::Busy)),
            (ffi::SQLITE_FULL, Some(Reason::Full)),
            (ffi::SQLITE_READONLY, Some(Reason::ReadOnly)),
            (ffi::SQLITE_IOERR_FSYNC, None),
            (ffi::SQLITE_IOERR_WRITE, None),
            (ffi::SQLITE_CORRUPT, None),
        ] {
            match failed(code) {
                StoreError::Unavailable { reason, .. } => assert_eq!(Some(reason), expected),
                StoreError::Unknown => assert_eq!(None, expected),
                StoreError::Corrupt { .. } => panic!("a commit reads nothing"),
            }
        }
    }
}
