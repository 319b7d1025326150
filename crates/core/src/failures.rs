//! Consecutive failures per end user and channel, across actions: cool-downs that double, then the factor
//! is off until it is reset. Only success resets the count (NIST SP 800-63B-4 section 3.2.2).

use std::time::Duration;

use crate::time::Timestamp;

/// When failures lock a channel of an end user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailurePolicy {
    /// Every so many failures in a row, a cool-down.
    pub cooldown_after: u32,
    /// The first cool-down; each further one is twice as long.
    pub cooldown: Duration,
    /// After so many the channel is off until reset; at most 100 by the standard.
    pub disable_after: u32,
}

/// The failures so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures {
    /// In a row, not counting what a success has reset.
    pub count: i64,
    /// When the last one was.
    pub last_at: Option<Timestamp>,
}

/// Whether an end user's channel may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// It may; the attempt is counted only while the count is still inside this band, so that guesses made
    /// in parallel can't run past the next cool-down.
    Open(Band),
    /// Not before this moment.
    Until(Timestamp),
    /// Not before somebody resets it.
    UntilReset,
}

/// Counts from `floor` up to, but not, `ceiling`: no lock begins inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The least count.
    pub floor: i64,
    /// The first count outside.
    pub ceiling: i64,
}

impl Band {
    /// No count is inside: for what is looked up and never counted.
    pub const EMPTY: Self = Self { floor: 0, ceiling: 0 };
}

impl FailurePolicy {
    /// May the channel be tried at `now`?
    pub fn lock(&self, failures: Failures, now: Timestamp) -> Lock {
        let step = i64::from(self.cooldown_after.max(1));
        let off = i64::from(self.disable_after.max(1));
        if failures.count >= off {
            return Lock::UntilReset;
        }
        let rounds = failures.count / step;
        if let Some(end) = self.cooldown_end(failures, step)
            && !now.is_expired(end)
        {
            return Lock::Until(end);
        }
        Lock::Open(Band { floor: rounds * step, ceiling: ((rounds + 1) * step).min(off) })
    }

    fn cooldown_end(&self, failures: Failures, step: i64) -> Option<Timestamp> {
        if failures.count == 0 || failures.count % step != 0 {
            return None;
        }
        let doublings = u32::try_from(failures.count / step - 1).unwrap_or(u32::MAX).min(16);
        let wait = self.cooldown.saturating_mul(1 << doublings);
        Some(failures.last_at?.plus(wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: FailurePolicy =
        FailurePolicy { cooldown_after: 10, cooldown: Duration::from_mins(15), disable_after: 50 };

    fn lock(count: i64, minutes_since: i64) -> Lock {
        let last = Timestamp::from_millis(1_000_000_000);
        let now = Timestamp::from_millis(1_000_000_000 + minutes_since * 60_000);
        POLICY.lock(Failures { count, last_at: Some(last) }, now)
    }

    fn open(floor: i64, ceiling: i64) -> Lock {
        Lock::Open(Band { floor, ceiling })
    }

    fn until(minutes: i64) -> Lock {
        Lock::Until(Timestamp::from_millis(1_000_000_000 + minutes * 60_000))
    }

    #[test]
    fn cool_downs_double_and_then_the_channel_is_off() {
        for (count, minutes_since, expected) in [
            (0, 0, open(0, 10)),
            (9, 0, open(0, 10)),
            (10, 0, until(15)),
            (10, 14, until(15)),
            (10, 15, open(10, 20)),
            (11, 0, open(10, 20)),
            (20, 29, until(30)),
            (20, 30, open(20, 30)),
            (30, 0, until(60)),
            (40, 119, until(120)),
            (40, 120, open(40, 50)),
            (49, 0, open(40, 50)),
            (50, 0, Lock::UntilReset),
            (50, 1_000_000, Lock::UntilReset),
            (1_000, 0, Lock::UntilReset),
        ] {
            assert_eq!(lock(count, minutes_since), expected, "{count} after {minutes_since} min");
        }
    }

    #[test]
    fn odd_policies_still_end() {
        let policy =
            FailurePolicy { cooldown_after: 7, cooldown: Duration::MAX, disable_after: 10 };
        let now = Timestamp::from_millis(0);
        let at = |count| policy.lock(Failures { count, last_at: Some(now) }, now);
        assert_eq!(at(7), Lock::Until(Timestamp::from_millis(i64::MAX)));
        assert_eq!(at(8), open(7, 10));
        assert_eq!(at(10), Lock::UntilReset);
    }
}
