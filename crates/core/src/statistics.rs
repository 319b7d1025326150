//! What logins are counted by once they are over: what became of them, in which hour they began, and how long they
//! took.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::action::Status;
use crate::time::Timestamp;

const HOUR: i64 = 3_600_000;

/// The least step of [`latency`], in seconds.
const FIRST_STEP: u32 = 5;

/// What became of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoginOutcome {
    /// A second factor was proven.
    Passed,
    /// The end user gave up and said so.
    Cancelled,
    /// Its time ran out.
    Expired,
}

impl LoginOutcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Passed, Self::Cancelled, Self::Expired];

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for LoginOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such outcome")]
pub struct UnknownOutcome;

impl FromStr for LoginOutcome {
    type Err = UnknownOutcome;

    fn from_str(text: &str) -> Result<Self, UnknownOutcome> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text).ok_or(UnknownOutcome)
    }
}

/// When an action ends or ended, as things stand: what is later than this moment can't change it any more.
pub fn over_at(expires_at: Timestamp, ended_at: Option<Timestamp>) -> Timestamp {
    ended_at.unwrap_or(expires_at)
}

/// What became of an action that is over.
pub const fn outcome(status: Status) -> LoginOutcome {
    match status {
        Status::Open => LoginOutcome::Expired,
        Status::Passed => LoginOutcome::Passed,
        Status::Cancelled => LoginOutcome::Cancelled,
    }
}

/// The first moment of the hour (UTC) that `moment` is in.
pub const fn hour_of(moment: Timestamp) -> Timestamp {
    let millis = moment.as_millis();
    Timestamp::from_millis(millis.saturating_sub(millis.rem_euclid(HOUR)))
}

/// In how many seconds at most something was done: 5, or double that, or double that again, without end. Few steps,
/// and each tells apart what matters at its size.
pub fn latency(took: Duration) -> u32 {
    let mut step = FIRST_STEP;
    while Duration::from_secs(u64::from(step)) < took {
        match step.checked_mul(2) {
            Some(next) => step = next,
            None => break,
        }
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latencies_go_up_in_doubling_steps() {
        for (millis, expected) in [
            (0, 5),
            (5_000, 5),
            (5_001, 10),
            (10_000, 10),
            (10_001, 20),
            (79_999, 80),
            (900_000, 1_280),
            (u64::MAX, 5 << 29),
        ] {
            assert_eq!(latency(Duration::from_millis(millis)), expected, "{millis}");
        }
    }

    #[test]
    fn an_hour_begins_at_its_first_moment() {
        for (millis, expected) in [
            (0, 0),
            (HOUR - 1, 0),
            (HOUR, HOUR),
            (3 * HOUR + 17, 3 * HOUR),
            (-1, -HOUR),
            (i64::MIN, i64::MIN),
        ] {
            let hour = hour_of(Timestamp::from_millis(millis));
            assert_eq!(hour.as_millis(), expected, "{millis}");
        }
    }

    #[test]
    fn every_status_comes_to_something() {
        assert_eq!(outcome(Status::Open), LoginOutcome::Expired);
        assert_eq!(outcome(Status::Passed), LoginOutcome::Passed);
        assert_eq!(outcome(Status::Cancelled), LoginOutcome::Cancelled);
        for outcome in LoginOutcome::ALL {
            assert_eq!(outcome.as_str().parse(), Ok(outcome));
        }
        assert!("open".parse::<LoginOutcome>().is_err());
    }
}
