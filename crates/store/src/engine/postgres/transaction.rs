//! A group of change sets inside of one transaction: sent at once, judged, and committed or undone as a whole.

use std::time::{Duration, Instant};

use tokio::time::timeout;
use tokio_postgres::Error;

use super::execute::Answer;
use super::fault::{self, unavailable};
use super::pipeline::pipelined;
use super::routine::Plan;
use super::session::Session;
use super::writer::WriteJob;
use crate::change_set::{Executed, Step};
use crate::error::{Reason, StoreError};

/// For all statements of a transaction, each of which has the server's own time-out.
const STATEMENTS_TIMEOUT: Duration = Duration::from_secs(10);
/// For the answer to COMMIT. A standby that has to confirm and does not keeps it away for ever.
const COMMIT_TIMEOUT: Duration = Duration::from_secs(10);

/// What a change set came to before the end of its transaction.
#[derive(Debug)]
pub(super) enum Judged {
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
pub(super) enum Ended {
    /// And how long that took.
    Committed(Vec<Executed>, Duration),
    /// Nothing was done. What each came to inside of it.
    RolledBack(Vec<Judged>),
    /// For all of them, and the session is of no more use.
    Lost(StoreError),
}

/// Carries out a group, all of it or nothing: by calls where many sets have one shape, and where that did not work, statement
/// by statement.
pub(super) async fn transaction(session: &mut Session, group: &[WriteJob]) -> Ended {
    if let Err(error) = prepare(session, group).await {
        return Ended::Lost(error);
    }
    // To make a function is a commit, and as long as any.
    let Ok(plan) = timeout(STATEMENTS_TIMEOUT, session.plan(group)).await else {
        let detail = "its statements were not made ready in time";
        return Ended::Lost(StoreError::unavailable(Reason::Busy, detail));
    };
    if plan.has_calls() {
        match by_plan(session, group, &plan).await {
            Ended::RolledBack(_) => {}
            ended => return ended,
        }
    }
    by_plan(session, group, &Plan::statement_by_statement(group)).await
}

async fn prepare(session: &mut Session, group: &[WriteJob]) -> Result<(), StoreError> {
    if session.is_over() {
        let detail = "the connection ended";
        return Err(StoreError::unavailable(Reason::Unreachable, detail));
    }
    let statements = group.iter().flat_map(|job| &job.steps).map(|step| step.statement);
    match timeout(STATEMENTS_TIMEOUT, session.prepare(statements)).await {
        Ok(prepared) => prepared.map_err(|(_, error)| unavailable(&error)),
        Err(_) => Err(StoreError::unavailable(Reason::Busy, "the server does not answer")),
    }
}

async fn by_plan(session: &mut Session, group: &[WriteJob], plan: &Plan) -> Ended {
    let upkeep = session.upkeep();
    let judged = match timeout(STATEMENTS_TIMEOUT, judge(session, upkeep, group, plan)).await {
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
    plan: &Plan,
) -> Result<Vec<Judged>, Error> {
    let mut requests: Vec<_> = upkeep.into_iter().map(|sql| session.plain(sql)).collect();
    requests.push(session.plain("BEGIN"));
    let before = requests.len();
    requests.extend(session.calls(plan, group));
    let calls = requests.len() - before;
    let apart = || plan.apart.iter().filter_map(|place| Some((*place, group.get(*place)?)));
    let steps = apart().flat_map(|(_, job)| &job.steps);
    requests.extend(steps.map(|step| session.step(step)));
    let mut answers = pipelined(requests).await.into_iter();
    for begun in answers.by_ref().take(before) {
        begun?;
    }
    let mut judged: Vec<Judged> = group.iter().map(|_| Judged::NotReached).collect();
    let called: Vec<_> = answers.by_ref().take(calls).collect();
    let called = session.routines().judge(plan, called, &mut judged);
    match called {
        Err(error) if fault::is_of_the_server(&error) => return Err(error),
        // The sets of that call stay not reached, which they were not.
        _ => {}
    }
    for (place, job) in apart() {
        let answers: Vec<_> = answers.by_ref().take(job.steps.len()).collect();
        match judge_one(&job.steps, answers) {
            Judged::Failed(error) if fault::is_of_the_server(&error) => return Err(error),
            one => judged[place] = one,
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
