//! How long what is over is kept, and from when on it may be counted.
//!
//! What is told here are bounds: everything before one is old enough. Ids begin with the moment at which they were
//! made, so that a bound on age is a bound on ids, and the oldest rows are the first of their table.

use std::time::Duration;

use crate::ids::ActionId;
use crate::time::Timestamp;

/// How long after its end an action is left alone before it is counted: receipts of its last message come in,
/// instances whose clocks are behind come to the same end, and commits that were under way are seen.
pub const SETTLING: Duration = Duration::from_mins(10);

/// How long a success token's row stays once its time is over. Nothing looks at it any more; an hour is for people
/// who look for what went wrong just now.
const TOKEN_KEPT: Duration = Duration::from_hours(1);

/// How long things are kept, each counted from the moment from which it was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionPolicy {
    /// How long after its id was made an action may start, whatever for.
    pub start_within: Duration,
    /// Actions, with challenges, attempts and messages. Longer than [`SETTLING`] and than a success token lives.
    pub actions: Duration,
    /// The sandbox's inbox.
    pub sandbox_messages: Duration,
    /// The audit.
    pub audit: Duration,
    /// What was counted by the hour.
    pub hours: Duration,
}

/// What is old enough at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cutoffs {
    /// No action with an id before this one can start any more. Only these are counted, and only what is counted is
    /// deleted: so no access token starts the same action a second time.
    pub started_before: ActionId,
    /// Actions that were over by then may be counted.
    pub settled_by: Timestamp,
    /// Actions that were over by then have been kept long enough.
    pub actions: Timestamp,
    /// The same for success tokens.
    pub success_tokens: Timestamp,
    /// Messages of the sandbox that arrived by then have been kept long enough.
    pub sandbox_messages: Timestamp,
    /// Entries of the audit that were made by then have been kept long enough.
    pub audit: Timestamp,
    /// Hours that began by then have been kept long enough.
    pub hours: Timestamp,
}

impl RetentionPolicy {
    /// What is old enough at `now`.
    pub fn cutoffs(&self, now: Timestamp) -> Cutoffs {
        Cutoffs {
            started_before: ActionId::first_at(now.minus(self.start_within).minus(SETTLING)),
            settled_by: now.minus(SETTLING),
            actions: now.minus(self.actions),
            success_tokens: now.minus(self.actions.min(TOKEN_KEPT)),
            sandbox_messages: now.minus(self.sandbox_messages),
            audit: now.minus(self.audit),
            hours: now.minus(self.hours),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_767_268_800_000);

    fn policy(actions: Duration) -> RetentionPolicy {
        RetentionPolicy {
            start_within: Duration::from_mins(5),
            actions,
            sandbox_messages: Duration::from_hours(24),
            audit: Duration::from_hours(8_760),
            hours: Duration::from_hours(9_600),
        }
    }

    #[test]
    fn each_thing_has_its_own_time() {
        let cutoffs = policy(Duration::from_hours(720)).cutoffs(NOW);
        let ago = |minutes| NOW.minus(Duration::from_mins(minutes));
        assert_eq!(cutoffs.settled_by, ago(10));
        assert_eq!(cutoffs.actions, ago(720 * 60));
        assert_eq!(cutoffs.success_tokens, ago(60));
        assert_eq!(cutoffs.sandbox_messages, ago(24 * 60));
        assert_eq!(cutoffs.audit, ago(8_760 * 60));
        assert_eq!(cutoffs.hours, ago(9_600 * 60));
    }

    #[test]
    fn success_tokens_never_stay_longer_than_actions() {
        let quarter = Duration::from_mins(15);
        assert_eq!(policy(quarter).cutoffs(NOW).success_tokens, NOW.minus(quarter));
    }

    #[test]
    fn what_can_still_start_is_not_before_the_bound() {
        let policy = policy(Duration::from_mins(15));
        let cutoffs = policy.cutoffs(NOW);
        let made = |ago: Duration| ActionId::new(NOW.minus(ago), [0; 10]);
        assert!(made(policy.start_within) > cutoffs.started_before);
        assert!(made(policy.start_within + SETTLING) >= cutoffs.started_before);
        let over = policy.start_within + SETTLING + Duration::from_millis(1);
        assert!(made(over) < cutoffs.started_before);
    }
}
