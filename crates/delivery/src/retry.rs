//! When a message that was not taken is tried again, and when it is given up.

use std::time::Duration;

use onlyauth_core::time::Timestamp;

/// Tries of one message: with waits of 1, 2, 4 and 8 s, a failure shows after 15 s at the latest.
const TRIES: u32 = 5;
/// Longest that a provider's own wish is waited for: by then the end user has chosen another way.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The moment of the next try after `tries` of them (at least 1), or None to give up: when all are used, when
/// the provider wants more patience than an end user has, or when the code would have expired.
pub fn next_try(
    tries: u32,
    retry_after: Option<Duration>,
    now: Timestamp,
    code_expires_at: Timestamp,
) -> Option<Timestamp> {
    if tries >= TRIES {
        return None;
    }
    let backoff = Duration::from_secs(1 << tries.saturating_sub(1));
    let wait = backoff.max(retry_after.unwrap_or_default());
    let next = now.plus(wait);
    (wait <= LONGEST_WAIT && !next.is_expired(code_expires_at)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_honour_the_provider_and_the_code() {
        let now = Timestamp::from_millis(1_000_000);
        let in_secs = |secs: u64| now.plus(Duration::from_secs(secs));
        for (tries, retry_after, code_lives, expected) in [
            (1, None, 300, Some(1)),
            (2, None, 300, Some(2)),
            (3, None, 300, Some(4)),
            (4, None, 300, Some(8)),
            (5, None, 300, None),
            (u32::MAX, None, 300, None),
            (0, None, 300, Some(1)),
            (1, Some(7), 300, Some(7)),
            (4, Some(7), 300, Some(8)),
            (1, Some(30), 300, Some(30)),
            (1, Some(31), 300, None),
            (3, None, 5, Some(4)),
            (3, None, 4, None),
        ] {
            let wish = retry_after.map(Duration::from_secs);
            assert_eq!(
                next_try(tries, wish, now, in_secs(code_lives)),
                expected.map(in_secs),
                "{tries} {retry_after:?} {code_lives}"
            );
        }
    }
}
