//! Limits as GCRA, the generic cell rate algorithm (ITU-T I.371, virtual scheduling): one moment per key, the
//! theoretical arrival time, says all about the past.
//!
//! The store applies a [`Take`] in one guarded statement; the arithmetic is here.

use std::time::Duration;

use crate::time::Timestamp;

/// So many in such a span, all of them at once if need be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// How many; at least 1.
    pub count: u32,
    /// In how long.
    pub per: Duration,
}

/// What one use of a quota asks of its key's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Take {
    /// The moment of the use.
    pub now: Timestamp,
    /// How far one use moves the theoretical arrival time.
    pub increment: Duration,
    /// The latest theoretical arrival time at which the use is still allowed.
    pub latest: Timestamp,
}

impl Quota {
    /// `count` in an hour.
    pub const fn hourly(count: u32) -> Self {
        Self { count, per: Duration::from_hours(1) }
    }

    /// One use at `now`.
    pub fn take(self, now: Timestamp) -> Take {
        let count = self.count.max(1);
        let increment = (self.per / count).max(Duration::from_millis(1));
        Take { now, increment, latest: now.plus(increment * (count - 1)) }
    }
}

impl Take {
    /// The new theoretical arrival time, or when the use would be allowed.
    ///
    /// `arrival` is what the key's row holds; None for a key never used.
    pub fn decide(self, arrival: Option<Timestamp>) -> Result<Timestamp, Timestamp> {
        let arrival = arrival.unwrap_or(self.now).max(self.now);
        if arrival <= self.latest {
            Ok(arrival.plus(self.increment))
        } else {
            let tolerance = self.now.until(self.latest);
            Err(arrival.minus(tolerance))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(quota: Quota, moments: impl IntoIterator<Item = i64>) -> Vec<bool> {
        let mut arrival = None;
        moments
            .into_iter()
            .map(|at| match quota.take(Timestamp::from_millis(at)).decide(arrival) {
                Ok(next) => {
                    arrival = Some(next);
                    true
                }
                Err(_) => false,
            })
            .collect()
    }

    #[test]
    fn a_burst_of_the_whole_quota_then_one_by_one() {
        let quota = Quota { count: 3, per: Duration::from_millis(300) };
        assert_eq!(run(quota, [0, 0, 0, 0]), [true, true, true, false]);
        assert_eq!(
            run(quota, [0, 0, 0, 99, 100, 100, 200]),
            [true, true, true, false, true, false, true]
        );
    }

    #[test]
    fn a_refusal_says_when() {
        let quota = Quota { count: 1, per: Duration::from_mins(1) };
        let arrival = quota.take(Timestamp::from_millis(0)).decide(None).unwrap();
        let retry = quota.take(Timestamp::from_millis(10_000)).decide(Some(arrival)).unwrap_err();
        assert_eq!(retry, Timestamp::from_millis(60_000));
        assert!(quota.take(retry).decide(Some(arrival)).is_ok());
    }

    #[test]
    fn a_clock_that_moves_back_gives_nothing_away() {
        let quota = Quota { count: 2, per: Duration::from_millis(200) };
        assert_eq!(run(quota, [1_000, 1_000, 0, 500]), [true, true, false, false]);
    }

    proptest! {
        #[test]
        fn never_more_than_the_quota_in_any_span(
            count in 1_u32..20,
            gaps in prop::collection::vec(0_i64..2_000, 1..200),
        ) {
            let quota = Quota { count, per: Duration::from_millis(u64::from(count) * 100) };
            let moments: Vec<i64> = gaps.iter().scan(0, |at, gap| { *at += gap; Some(*at) }).collect();
            let allowed: Vec<i64> = run(quota, moments.clone())
                .into_iter()
                .zip(moments)
                .filter_map(|(yes, at)| yes.then_some(at))
                .collect();
            // A full burst, and what flowed back meanwhile: at most twice the quota less one touches a span,
            // and never more than the quota at one moment.
            for window in allowed.windows(usize::try_from(count).unwrap() + 1) {
                prop_assert!(window[window.len() - 1] - window[0] >= 100);
            }
            for window in allowed.windows(2 * usize::try_from(count).unwrap()) {
                prop_assert!(window[window.len() - 1] - window[0] >= i64::from(count) * 100);
            }
        }
    }
}
