//! When keys get successors: announced before use, and dead only when nothing made with them can be alive.

use std::time::Duration;

use super::{KeyRing, Purpose};
use crate::time::Timestamp;

/// When keys are replaced.
#[derive(Debug, Clone, Copy)]
pub struct RotationPolicy {
    /// Age at which a key gets a successor.
    pub every: Duration,
    /// How long a new key is only announced: longer than instances take to notice it.
    pub announce: Duration,
    /// How long the old key verifies after the new one is in use: longer than an access token and the
    /// action that it starts can live.
    pub overlap: Duration,
}

/// A key to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Succession {
    /// What for.
    pub purpose: Purpose,
    /// The new key's generation.
    pub generation: i64,
    /// From when the new key is used.
    pub not_before: Timestamp,
    /// From when the older ones are no longer accepted; None where they are kept for reading.
    pub predecessors_not_after: Option<Timestamp>,
}

impl KeyRing {
    /// The keys that a new installation starts with. They count as in use since the day before: a clock that
    /// is set right, backwards, just after the first start must not leave the server without keys.
    pub fn first_keys(now: Timestamp) -> Vec<Succession> {
        Purpose::ALL
            .into_iter()
            .map(|purpose| Succession {
                purpose,
                generation: 1,
                not_before: now.minus(Duration::from_hours(24)),
                predecessors_not_after: None,
            })
            .collect()
    }

    /// Which keys are due for a successor.
    pub fn successions(&self, now: Timestamp, policy: RotationPolicy) -> Vec<Succession> {
        Purpose::ALL
            .into_iter()
            .filter(|purpose| purpose.rotates())
            .filter_map(|purpose| {
                let newest = self
                    .keys
                    .iter()
                    .filter(|key| key.purpose() == purpose)
                    .max_by_key(|key| key.generation())?;
                if !now.is_expired(newest.not_before().plus(policy.every)) {
                    return None;
                }
                let not_before = now.plus(policy.announce);
                Some(Succession {
                    purpose,
                    generation: newest.generation() + 1,
                    not_before,
                    predecessors_not_after: purpose
                        .expires()
                        .then(|| not_before.plus(policy.overlap)),
                })
            })
            .collect()
    }
}
