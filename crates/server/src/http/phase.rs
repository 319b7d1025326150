//! Where a connection is, and until when it may stay there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::Limits;

/// No deadline: a request is being served.
const NEVER: u64 = u64::MAX;

/// Moved several times in each request, so it costs no lock and wakes nobody: [`Phase::overdue`] looks by itself.
#[derive(Clone)]
pub(super) struct Phase {
    shared: Arc<Shared>,
}

struct Shared {
    since: Instant,
    /// Microseconds after `since`.
    deadline: AtomicU64,
    quiet: AtomicBool,
    limits: Limits,
}

impl Phase {
    pub(super) fn new(limits: Limits, now: Instant) -> Self {
        let shared = Shared {
            since: now,
            deadline: AtomicU64::new(micros(limits.header_timeout)),
            quiet: AtomicBool::new(true),
            limits,
        };
        Self { shared: Arc::new(shared) }
    }

    /// Bytes came in. The first ones after silence begin a request's head; the rest of a slow head does
    /// not move its deadline.
    pub(super) fn heard(&self, now: Instant) {
        // A look is cheaper than a swap, and nearly all bytes come while a request is read or served.
        if self.shared.quiet.load(Ordering::Acquire)
            && self.shared.quiet.swap(false, Ordering::AcqRel)
        {
            self.allow(now, self.shared.limits.header_timeout);
        }
    }

    pub(super) fn serving(&self) {
        self.shared.quiet.store(false, Ordering::Release);
        self.shared.deadline.store(NEVER, Ordering::Release);
    }

    pub(super) fn idle(&self, now: Instant) {
        self.shared.quiet.store(true, Ordering::Release);
        self.allow(now, self.shared.limits.idle_timeout);
    }

    fn allow(&self, now: Instant, time: Duration) {
        let deadline = micros(now.duration_since(self.shared.since) + time);
        self.shared.deadline.store(deadline, Ordering::Release);
    }

    /// When to look again; None when the deadline has passed.
    fn next_look(&self, now: Instant) -> Option<Instant> {
        let Shared { since, deadline, limits, .. } = &*self.shared;
        // Any deadline that is set from now on is at least so far away: looking again then misses none.
        let step = now + limits.header_timeout.min(limits.idle_timeout);
        match deadline.load(Ordering::Acquire) {
            NEVER => Some(step),
            deadline => {
                let deadline = *since + Duration::from_micros(deadline);
                (deadline > now).then(|| deadline.min(step))
            }
        }
    }

    /// Resolves when the deadline has passed.
    pub(super) async fn overdue(&self) {
        let timer = sleep_until(self.shared.since);
        tokio::pin!(timer);
        while let Some(next) = self.next_look(Instant::now()) {
            timer.as_mut().reset(next);
            timer.as_mut().await;
        }
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(NEVER - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(begun: Instant) -> Phase {
        let limits = Limits {
            header_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(75),
            max_connections: 1,
            shutdown_grace: Duration::ZERO,
        };
        Phase::new(limits, begun)
    }

    /// When one who looks at `from`, and then whenever told to, finds it overdue; in seconds.
    fn overdue(phase: &Phase, begun: Instant, from: u64) -> u64 {
        let mut now = begun + Duration::from_secs(from);
        while let Some(next) = phase.next_look(now) {
            assert!(next > now);
            now = next;
        }
        now.duration_since(begun).as_secs()
    }

    #[test]
    fn row_42_each_phase_has_its_deadline() {
        let begun = Instant::now();
        let at = |seconds| begun + Duration::from_secs(seconds);
        assert_eq!(overdue(&phase(begun), begun, 0), 10, "nothing was ever heard");

        let slow = phase(begun);
        slow.heard(at(4));
        slow.heard(at(8));
        assert_eq!(overdue(&slow, begun, 8), 14, "from the head's first byte");

        let idle = phase(begun);
        idle.heard(at(1));
        idle.serving();
        idle.idle(at(2));
        assert_eq!(overdue(&idle, begun, 2), 77);
    }

    #[test]
    fn row_42_no_deadline_that_is_set_meanwhile_is_slept_through() {
        let begun = Instant::now();
        let at = |seconds| begun + Duration::from_secs(seconds);
        let phase = phase(begun);
        phase.heard(at(0));
        phase.serving();
        assert_eq!(phase.next_look(at(50)), Some(at(60)), "served, however long it takes");
        phase.idle(at(51));
        assert_eq!(
            phase.next_look(at(60)),
            Some(at(70)),
            "earlier than the deadline, which is 126"
        );
        phase.heard(at(61));
        assert_eq!(overdue(&phase, begun, 70), 71);
    }
}
