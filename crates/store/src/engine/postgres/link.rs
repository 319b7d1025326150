//! The way from a queue to a session: connects, and connects again for as long as it takes.
//!
//! While nobody has a session, what is queued is refused at once: a line that waits for a server that may be
//! away for an hour only turns refusals into time-outs.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use super::connect::{Connector, Role};
use super::session::Session;
use crate::engine::queue::Queue;
use crate::error::StoreError;

/// Between two tries to connect: short at first, as a restart is; then twice as long each time.
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// What waits in a queue and can be told that nobody will do it now.
pub(super) trait Job {
    fn refuse(self, error: &StoreError);
}

pub(super) struct Link<J> {
    connector: Arc<Connector>,
    role: Role,
    pub(super) queue: Arc<Queue<J>>,
    /// How many of those who share the queue have a session.
    connected: Arc<watch::Sender<usize>>,
}

/// A session that is counted as long as it lives.
pub(super) struct Linked {
    pub(super) session: Session,
    connected: Arc<watch::Sender<usize>>,
}

impl<J: Job> Link<J> {
    pub(super) fn new(
        connector: Arc<Connector>,
        role: Role,
        queue: Arc<Queue<J>>,
        connected: Arc<watch::Sender<usize>>,
    ) -> Self {
        Self { connector, role, queue, connected }
    }

    /// A session, as soon as one can be had; None once the queue is closed and empty.
    pub(super) async fn session(&self) -> Option<Linked> {
        let mut pause = Duration::ZERO;
        let mut trouble: Option<StoreError> = None;
        loop {
            match self.try_once(pause, trouble.as_ref()).await? {
                Ok(session) => {
                    if trouble.is_some() {
                        tracing::info!("database.connected");
                    }
                    self.connected.send_modify(|count| *count += 1);
                    return Some(Linked { session, connected: Arc::clone(&self.connected) });
                }
                Err(error) => {
                    if trouble.is_none() {
                        tracing::warn!(%error, "database.unavailable");
                    }
                    pause = (pause * 2).clamp(SHORTEST_PAUSE, LONGEST_PAUSE);
                    trouble = Some(error);
                }
            }
        }
    }

    /// One try, after a pause. From the second on, what comes meanwhile is refused while nobody else can do it.
    async fn try_once(
        &self,
        pause: Duration,
        trouble: Option<&StoreError>,
    ) -> Option<Result<Session, StoreError>> {
        let connecting = async {
            sleep(pause).await;
            self.connector.open(self.role).await
        };
        tokio::pin!(connecting);
        let mut connected = self.connected.subscribe();
        loop {
            let refusing = trouble.filter(|_| *connected.borrow_and_update() == 0);
            tokio::select! {
                biased;
                result = &mut connecting => return Some(result),
                _ = connected.changed() => {}
                job = self.queue.next(), if refusing.is_some() => match (job, refusing) {
                    (Some(job), Some(trouble)) => job.refuse(trouble),
                    _ => return None,
                }
            }
        }
    }
}

impl Drop for Linked {
    fn drop(&mut self) {
        self.connected.send_modify(|count| *count -= 1);
    }
}
