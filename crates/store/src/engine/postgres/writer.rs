//! Writers: each takes a change set, then whatever else is already waiting, as one pipelined transaction,
//! commits, and only then answers.
//!
//! Statements of one transaction can't be undone apart, so a group in which something was refused or failed is
//! rolled back as a whole, and carried out again without that; what was refused is then judged alone. READ
//! COMMITTED suffices, because each invariant is one guarded row.
//!
//! A transaction is never held across something that may be cancelled: writers are tasks of their own, and
//! callers only wait for the answer.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use tokio_postgres::Error;

use super::execute::Answer;
use super::fault::{self, unavailable};
use super::link::{Job, Link, Linked};
use super::pipeline::pipelined;
use super::session::Session;
use crate::change_set::{Executed, Step};
use crate::engine::{BatchObserver, BatchReport};
use crate::error::{Reason, StoreError};
use crate::value::Value;

/// Change sets in one transaction: large enough that the disk's answer is shared widely, small enough that a
/// refusal spoils the work of few.
const GROUP: usize = 256;
/// For all statements of a transaction, each of which has the server's own time-out.
const STATEMENTS_TIMEOUT: Duration = Duration::from_secs(10);
/// For the answer to COMMIT. A standby that has to confirm and does not keeps it away for ever.
const COMMIT_TIMEOUT: Duration = Duration::from_secs(10);
/// How often a change set that was in another one's way is tried. Nothing of it was committed.
const TRIES: u32 = 6;

/// A change set and the one who waits for it. One who no longer waits changes nothing: it is carried out.
pub(super) struct WriteJob {
    pub(super) steps: Vec<Step>,
    pub(super) answer: oneshot::Sender<Result<Executed, StoreError>>,
}

impl Job for WriteJob {
    fn refuse(self, error: &StoreError) {
        let _ = self.answer.send(Err(error.clone()));
    }
}

pub(super) struct Writer {
    link: Link<WriteJob>,
    on_batch: Option<BatchObserver>,
}

/// What a change set came to before the end of its transaction.
#[derive(Debug)]
enum Judged {
    Applied(Vec<Answer>),
    /// At this step; `harmless` when nothing at all was touched, so that there is nothing to undo.
    Refused {
        step: usize,
        harmless: bool,
    },
    Failed(Error),
    /// An earlier one failed, so that this one was not looked at.
    NotReached,
}

/// What a transaction came to.
enum Ended {
    /// And how long that took.
    Committed(Vec<Executed>, Duration),
    /// Nothing was done. What each came to inside of it.
    RolledBack(Vec<Judged>),
    /// For all of them, and the session is of no more use.
    Lost(StoreError),
}

impl Writer {
    pub(super) fn new(link: Link<WriteJob>, on_batch: Option<BatchObserver>) -> Self {
        Self { link, on_batch }
    }

    /// Works until the queue is closed and empty.
    pub(super) async fn run(self) {
        while AssertUnwindSafe(self.work()).catch_unwind().await.is_err() {
            // Whoever was in that group is told that the outcome is unknown, by the answer that never came.
            tracing::error!("a writer of the store panicked; it goes on with a new connection");
        }
    }

    async fn work(&self) {
        while let Some(mut linked) = self.link.session().await {
            loop {
                let job = tokio::select! {
                    biased;
                    () = linked.session.ended() => break,
                    job = self.link.queue.next() => job,
                };
                let Some(job) = job else { return };
                self.carry_out(&mut linked, self.group(job)).await;
                if linked.session.is_over() {
                    break;
                }
            }
        }
    }

    /// A change set with what waits behind it, by key: two groups that go through the same rows in one order
    /// don't wait for each other in a ring.
    fn group(&self, first: WriteJob) -> Vec<WriteJob> {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Some(next) = self.link.queue.take_waiting()
        {
            group.push(next);
        }
        group.sort_by(|one, other| key(one).cmp(key(other)));
        group
    }

    async fn carry_out(&self, linked: &mut Linked, group: Vec<WriteJob>) {
        let Some((left, judged)) = self.together(linked, group).await else { return };
        let (mut good, mut alone) = (Vec::new(), Vec::new());
        for (job, judged) in left.into_iter().zip(judged) {
            match judged {
                Judged::Refused { harmless: false, .. } => alone.push(job),
                Judged::Failed(error) if !fault::is_conflict(&error) => alone.push(job),
                _ => good.push(job),
            }
        }
        if let Some((left, _)) = self.together(linked, good).await {
            alone.extend(left);
        }
        for job in alone {
            self.alone(linked, job).await;
        }
    }

    /// Carries out a group in one transaction and answers all; gives those back that can't be so.
    async fn together(
        &self,
        linked: &mut Linked,
        group: Vec<WriteJob>,
    ) -> Option<(Vec<WriteJob>, Vec<Judged>)> {
        if group.is_empty() {
            return None;
        }
        match transaction(&mut linked.session, &group).await {
            Ended::Committed(outcomes, commit) => {
                let size = group.len();
                for (job, outcome) in group.into_iter().zip(outcomes) {
                    let _ = job.answer.send(Ok(outcome));
                }
                if let Some(on_batch) = &self.on_batch {
                    on_batch(BatchReport { size, commit });
                }
                None
            }
            Ended::RolledBack(judged) => Some((group, judged)),
            Ended::Lost(error) => {
                linked.session.end();
                for job in group {
                    job.refuse(&error);
                }
                None
            }
        }
    }

    /// Carries out one change set, again where another one was in its way.
    async fn alone(&self, linked: &mut Linked, job: WriteJob) {
        let mut group = vec![job];
        for tried in 1..=TRIES {
            let Some((left, judged)) = self.together(linked, group).await else { return };
            group = left;
            let outcome = match judged.into_iter().next() {
                Some(Judged::Failed(error)) if fault::is_conflict(&error) && tried < TRIES => {
                    sleep(Duration::from_millis(2 << tried)).await;
                    continue;
                }
                Some(Judged::Refused { step, .. }) => Ok(Executed::RefusedAt(step)),
                Some(Judged::Failed(error)) => Err(unavailable(&error)),
                // A single one is reached, and what applies is committed.
                _ => Err(StoreError::unavailable(Reason::Failed, "it was not carried out")),
            };
            if let Some(job) = group.pop() {
                let _ = job.answer.send(outcome);
            }
            return;
        }
    }
}

async fn transaction(session: &mut Session, group: &[WriteJob]) -> Ended {
    if session.is_over() {
        let detail = "the connection ended";
        return Ended::Lost(StoreError::unavailable(Reason::Unreachable, detail));
    }
    let statements = group.iter().flat_map(|job| &job.steps).map(|step| step.statement);
    if let Err((_, error)) = session.prepare(statements).await {
        return Ended::Lost(unavailable(&error));
    }
    let upkeep = session.upkeep();
    let judged = match timeout(STATEMENTS_TIMEOUT, judge(session, upkeep, group)).await {
        Ok(Ok(judged)) => judged,
        Ok(Err(error)) => return Ended::Lost(unavailable(&error)),
        Err(_) => return Ended::Lost(StoreError::unavailable(Reason::Busy, "it took too long")),
    };
    let good = judged.iter().all(|judged| {
        matches!(judged, Judged::Applied(_) | Judged::Refused { harmless: true, .. })
    });
    if !good {
        return match session.plain("ROLLBACK").await {
            Ok(_) => Ended::RolledBack(judged),
            Err(error) => Ended::Lost(unavailable(&error)),
        };
    }
    match commit(session).await {
        Ok(took) => Ended::Committed(judged.into_iter().map(executed).collect(), took),
        Err(error) => Ended::Lost(error),
    }
}

async fn commit(session: &Session) -> Result<Duration, StoreError> {
    session.take_warning();
    let begun = Instant::now();
    match timeout(COMMIT_TIMEOUT, session.plain("COMMIT")).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => return Err(fault::commit_failed(&error)),
        Err(_) => {
            tracing::error!("a commit was not answered in time");
            return Err(StoreError::Unknown);
        }
    }
    // The server warns when somebody ended the wait for a standby: it is committed there, and would be lost with
    // that machine.
    if session.take_warning() {
        tracing::error!("a commit was answered with a warning");
        return Err(StoreError::Unknown);
    }
    Ok(begun.elapsed())
}

/// Runs all statements of a group inside of a transaction that stays open. The error is one that all of them
/// share.
async fn judge(
    session: &Session,
    upkeep: Option<&str>,
    group: &[WriteJob],
) -> Result<Vec<Judged>, Error> {
    let mut requests: Vec<_> = upkeep.into_iter().map(|sql| session.plain(sql)).collect();
    requests.push(session.plain("BEGIN"));
    let before = requests.len();
    requests.extend(group.iter().flat_map(|job| &job.steps).map(|step| session.step(step)));
    let mut answers = pipelined(requests).await.into_iter();
    for begun in answers.by_ref().take(before) {
        begun?;
    }
    let mut judged = Vec::with_capacity(group.len());
    for job in group {
        let answers: Vec<_> = answers.by_ref().take(job.steps.len()).collect();
        let one = judge_one(&job.steps, answers);
        match one {
            Judged::Failed(error) if fault::is_of_the_server(&error) => return Err(error),
            one => judged.push(one),
        }
    }
    Ok(judged)
}

/// Steps after one that refused were run too; what they came to does not count.
fn judge_one(steps: &[Step], answers: Vec<Result<Answer, Error>>) -> Judged {
    let mut done = Vec::with_capacity(steps.len());
    let mut refused = None;
    for (index, (step, answer)) in steps.iter().zip(answers).enumerate() {
        match answer {
            Ok(answer) => {
                if step.required && answer.touched != 1 && refused.is_none() {
                    refused = Some(index);
                }
                done.push(answer);
            }
            Err(error) => {
                return match refused {
                    Some(step) if !fault::is_of_the_server(&error) => {
                        Judged::Refused { step, harmless: false }
                    }
                    None if fault::is_consequence(&error) => Judged::NotReached,
                    _ => Judged::Failed(error),
                };
            }
        }
    }
    match refused {
        Some(step) => {
            Judged::Refused { step, harmless: done.iter().all(|answer| answer.touched == 0) }
        }
        None => Judged::Applied(done),
    }
}

fn executed(judged: Judged) -> Executed {
    match judged {
        Judged::Refused { step, .. } => Executed::RefusedAt(step),
        Judged::Applied(answers) => {
            Executed::Applied(answers.into_iter().map(|answer| answer.rows).collect())
        }
        // Such a group is not committed.
        Judged::Failed(_) | Judged::NotReached => Executed::Applied(Vec::new()),
    }
}

/// What a change set is sorted by: the parameters of its first step, which begin with the row's key.
fn key(job: &WriteJob) -> &[Value] {
    job.steps.first().map_or(&[], |step| &step.params)
}
