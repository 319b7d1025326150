//! When a message that was not taken is tried again, and when it is given up.

use std::time::Duration;

use onlyauth_core::time::Timestamp;

/// Tries of one message, with waits of 1, 2, 4 and 8 s.
const TRIES: u32 = 5;
/// How long after a message was asked for it is tried at all: later the end user has better chosen another way,
/// and is offered one.
const PATIENCE: Duration = Duration::from_secs(30);

/// The moment of the next try after `tries` of them (at least 1), or None to give up: when all are used, or when
/// the provider wants more patience than an end user has.
pub fn next_try(
    tries: u32,
    retry_after: Option<Duration>,
    now: Timestamp,
    asked_for_at: Timestamp,
) -> Option<Timestamp> {
    if tries >= TRIES {
        return None;
    }
    let backoff = Duration::from_secs(1 << tries.saturating_sub(1));
    let wait = backoff.max(retry_after.unwrap_or_default());
    let next = now.plus(wait);
    (next <= asked_for_at.plus(PATIENCE)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_honour_the_provider_and_the_end_user() {
        let now = Timestamp::from_millis(1_000_000);
        let in_secs = |secs: u64| now.plus(Duration::from_secs(secs));
        for (tries, retry_after, asked_before, expected) in [
            (1, None, 0, Some(1)),
            (2, None, 1, Some(2)),
            (3, None, 3, Some(4)),
            (4, None, 7, Some(8)),
            (5, None, 15, None),
            (u32::MAX, None, 0, None),
            (0, None, 0, Some(1)),
            (1, Some(7), 0, Some(7)),
            (4, Some(7), 0, Some(8)),
            (1, Some(30), 0, Some(30)),
            (1, Some(31), 0, None),
            (2, Some(10), 20, Some(10)),
            (2, Some(10), 21, None),
        ] {
            let wish = retry_after.map(Duration::from_secs);
            assert_eq!(
                next_try(tries, wish, now, now.minus(Duration::from_secs(asked_before))),
                expected.map(in_secs),
                "{tries} {retry_after:?} {asked_before}"
            );
        }
    }
}
