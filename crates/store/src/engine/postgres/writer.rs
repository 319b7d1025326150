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
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::oneshot;
use tokio::time::sleep;

use super::fault::{self, unavailable};
use super::link::{Job, Link, Linked};
use super::transaction::{Ended, Judged, transaction};
use crate::change_set::{Executed, Step};
use crate::engine::{BatchObserver, BatchReport};
use crate::error::{Reason, StoreError};
use crate::value::Value;

/// Change sets in one transaction: large enough that the disk's answer is shared widely, small enough that a
/// refusal spoils the work of few.
const GROUP: usize = 256;
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

/// What a change set is sorted by: the parameters of its first step, which begin with the row's key.
fn key(job: &WriteJob) -> &[Value] {
    job.steps.first().map_or(&[], |step| &step.params)
}
