//! When a call is tried again: one pure decision, told everything that it depends on.
//!
//! The three kinds of operation, and why each is of its kind, are in `docs/adr/0018-sent-again-only-where-that-is-safe.md`.

mod after;

use std::time::Duration;

pub(crate) use after::retry_after;

/// When an operation may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It changes nothing, or nothing that a second time would change: after any failure that may pass.
    Always,
    /// It changes something: only where the server certainly did nothing, which it says by 429 or by a 503 with
    /// code `overloaded`, or where no connection came about.
    IfNothingWasDone,
    /// It must not happen twice: only where no connection came about, so that not a byte was sent.
    IfNotSent,
}

/// How often and how patiently a call is tried again.
///
/// The wait before attempt n + 1 is a random part of `initial_interval * exponent^(n - 1)`, at most of
/// `max_interval`: full jitter, so that clients which failed together don't come back together. Where the server
/// sent `Retry-After`, that comes first and the random part on top.
#[derive(Debug, Clone, PartialEq)]
pub struct RetryPolicy {
    /// Longest wait after the first failure. 200 ms by default.
    pub initial_interval: Duration,
    /// Longest wait after any failure. 2,000 ms by default.
    pub max_interval: Duration,
    /// By what the longest wait grows from failure to failure. 2 by default.
    pub exponent: f64,
    /// No attempt begins later than this after the call's beginning; zero means that there is only one. 5,000 ms
    /// by default. A longer `Retry-After` ends the call at once.
    pub max_elapsed: Duration,
    /// Whether anything but an answer (429, 502, 503, 504) is tried again: connections that fail or break,
    /// attempts that time out. True by default.
    pub connection_failures: bool,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            initial_interval: Duration::from_millis(200),
            max_interval: Duration::from_secs(2),
            exponent: 2.0,
            max_elapsed: Duration::from_secs(5),
            connection_failures: true,
        }
    }
}

impl RetryPolicy {
    /// One attempt, whatever comes of it.
    pub fn never() -> Self {
        Self { max_elapsed: Duration::ZERO, ..Self::default() }
    }

    /// The wait after this many attempts, as chance (0 to 1) has it.
    fn wait(&self, attempts: u32, chance: f64) -> Duration {
        let exponent = i32::try_from(attempts.saturating_sub(1)).unwrap_or(i32::MAX);
        let grown = self.initial_interval.as_secs_f64() * self.exponent.powi(exponent);
        let longest = grown.min(self.max_interval.as_secs_f64()).max(0.0);
        // No number that a policy can hold may panic here, an exponent of NaN included.
        let wait = Duration::try_from_secs_f64(longest * chance.clamp(0.0, 1.0));
        wait.unwrap_or(self.max_interval).min(self.max_interval)
    }
}

/// What an attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No connection: not a byte of the request was sent.
    NotSent,
    /// The request was sent, perhaps in part, and no whole answer came.
    Broken,
    /// An answer.
    Answered {
        status: u16,
        /// Whether it has the code by which the server says that nothing was done.
        overloaded: bool,
        retry_after: Option<Duration>,
    },
    /// Another attempt would end likewise.
    Final,
}

/// What else the decision depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances {
    /// Attempts made, at least one.
    pub(crate) attempts: u32,
    /// Since the call began.
    pub(crate) elapsed: Duration,
    /// Chance, from 0 to 1.
    pub(crate) chance: f64,
}

/// How long to wait before the next attempt; none where this was the last.
pub(crate) fn next_wait(
    policy: &RetryPolicy,
    repeat: Repeat,
    outcome: Outcome,
    circumstances: Circumstances,
) -> Option<Duration> {
    if !may_repeat(policy, repeat, outcome) {
        return None;
    }
    let left = policy.max_elapsed.checked_sub(circumstances.elapsed)?;
    let asked = match outcome {
        Outcome::Answered { retry_after, .. } => retry_after.unwrap_or_default(),
        _ => Duration::ZERO,
    };
    if left.is_zero() || asked > left {
        return None;
    }
    let random = policy.wait(circumstances.attempts, circumstances.chance);
    Some(asked.saturating_add(random).min(left))
}

fn may_repeat(policy: &RetryPolicy, repeat: Repeat, outcome: Outcome) -> bool {
    match (outcome, repeat) {
        (Outcome::NotSent, _) | (Outcome::Broken, Repeat::Always) => policy.connection_failures,
        (Outcome::Answered { status, .. }, Repeat::Always) => {
            matches!(status, 429 | 502 | 503 | 504)
        }
        (Outcome::Answered { status, overloaded, .. }, Repeat::IfNothingWasDone) => {
            status == 429 || (status == 503 && overloaded)
        }
        (Outcome::Broken | Outcome::Final, _) | (Outcome::Answered { .. }, Repeat::IfNotSent) => {
            false
        }
    }
}

#[cfg(test)]
mod tests;
