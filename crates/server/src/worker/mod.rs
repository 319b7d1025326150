//! What happens beside requests: sending what the outbox holds, rotating keys, keeping counters tidy, counting and
//! deleting what is over.
//!
//! The bell is only a hint that makes sending quick. Looking at every client's outbox once a second is the
//! truth: a message is found also when its bell was lost with the process.

mod bell;
mod message;
mod retention;
mod text;

pub use bell::{Bell, Ring};
pub use retention::Retention;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use onlyauth_core::ids::{ClientId, MessageId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::StoreError;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::key_ring::rotation_policy;
use crate::service::Service;

/// How often every client's outbox is looked at.
const SWEEP: Duration = Duration::from_secs(1);
/// How often keys, counters and abandoned messages are looked after.
const UPKEEP: Duration = Duration::from_secs(30);
/// Messages being claimed and prepared at once. Those at a provider are bounded by its route.
const AT_ONCE: usize = 256;
/// Messages taken from one client in one look, so that one client can't hold up the others.
const PER_LOOK: u32 = 100;
/// How long a message may be in sending before it counts as abandoned; longer than any send may take.
const LEASE: Duration = Duration::from_mins(2);
/// Limits looked at in one go, so that no login waits long behind the removal of those that are used up; and goes at most.
const PURGE: u32 = 500;
const PURGES: usize = 100;

/// The worker.
pub struct Worker {
    service: Service,
    rings: mpsc::Receiver<Ring>,
    slots: Arc<Semaphore>,
    sending: JoinSet<()>,
    /// What is being sent: a sweep leaves it alone, instead of failing to claim it once more.
    in_hand: HashMap<Id, (ClientId, MessageId)>,
    /// Clients with messages for which there was no slot: looked at as soon as there is one.
    passed_over: HashSet<ClientId>,
    /// Where the next purge of limits begins.
    purged_to: String,
}

impl Worker {
    /// A worker that hears `rings` and sends live messages by the service's routes. On a channel without one they
    /// fail, and the end user is told so.
    pub fn new(service: Service, rings: mpsc::Receiver<Ring>) -> Self {
        let slots = Arc::new(Semaphore::new(AT_ONCE));
        let (sending, in_hand) = (JoinSet::new(), HashMap::new());
        let (passed_over, purged_to) = (HashSet::new(), String::new());
        Self { service, rings, slots, sending, in_hand, passed_over, purged_to }
    }

    /// Works until `stop` changes, then finishes what is being sent.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut sweep = interval(SWEEP);
        sweep.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let retention = Retention::new(self.service.clone(), stop.clone());
        let retention = tokio::spawn(retention.run());
        let mut upkeep = interval(UPKEEP);
        upkeep.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let done = tokio::select! {
                _ = stop.changed() => break,
                Some((client, message)) = self.rings.recv() => {
                    self.start(client, message);
                    Ok(())
                }
                _ = sweep.tick() => self.sweep().await,
                _ = upkeep.tick() => self.upkeep().await,
                Some(sent) = self.sending.join_next_with_id() => {
                    self.put_down(&sent);
                    self.look_again().await
                }
            };
            if let Err(error) = done {
                tracing::warn!(error = %error, "worker.store_failed");
            }
        }
        while self.sending.join_next().await.is_some() {}
        if retention.await.is_err() {
            tracing::error!("retention.panicked");
        }
    }

    async fn sweep(&mut self) -> Result<(), StoreError> {
        // Samples pile up until somebody sorts them, and under load they are many.
        self.service.metrics.upkeep();
        for client in self.service.store.client_list().await? {
            self.look(client.client_id).await?;
        }
        Ok(())
    }

    async fn look(&mut self, client: ClientId) -> Result<(), StoreError> {
        let now = self.service.clock.now();
        for message in self.service.store.outbox_due(client, now, PER_LOOK).await? {
            self.start(client, message);
        }
        Ok(())
    }

    /// Looks at what was passed over, once half of the slots are free: a look for each free one would be a query for each
    /// message.
    async fn look_again(&mut self) -> Result<(), StoreError> {
        if self.slots.available_permits() < AT_ONCE / 2 {
            return Ok(());
        }
        let Some(client) = self.passed_over.iter().next().copied() else { return Ok(()) };
        self.passed_over.remove(&client);
        self.look(client).await
    }

    /// Sends a message beside the others. With every slot taken it is left to a later look: waiting here
    /// would keep the worker from everything else, from stopping too.
    fn start(&mut self, client: ClientId, message: MessageId) {
        if self.in_hand.values().any(|in_hand| *in_hand == (client, message)) {
            return;
        }
        let Ok(slot) = self.slots.clone().try_acquire_owned() else {
            self.passed_over.insert(client);
            return;
        };
        let service = self.service.clone();
        let task = self.sending.spawn(async move {
            if let Err(error) = message::send(&service, slot, client, message).await {
                tracing::warn!(message.id = %message, error = %error, "worker.message_failed");
            }
        });
        self.in_hand.insert(task.id(), (client, message));
        while let Some(sent) = self.sending.try_join_next_with_id() {
            self.put_down(&sent);
        }
    }

    fn put_down(&mut self, sent: &Result<(Id, ()), JoinError>) {
        let task = match sent {
            Ok((task, ())) => *task,
            Err(error) => error.id(),
        };
        let message = self.in_hand.remove(&task);
        if sent.is_err() {
            tracing::error!(message.id = ?message.map(|(_, id)| id), "worker.panicked");
        }
    }

    async fn upkeep(&mut self) -> Result<(), StoreError> {
        let service = &self.service;
        let started = Instant::now();
        let now = service.clock.now();
        for client in service.store.client_list().await? {
            let abandoned = service.store.outbox_abandon(client.client_id, now).await?;
            for message in abandoned {
                tracing::warn!(message.id = %message, "message.abandoned");
            }
        }
        for _ in 0..PURGES {
            let purge = service.store.limits_purge(now, &self.purged_to, PURGE).await?;
            self.purged_to = purge.cursor.unwrap_or_default();
            if self.purged_to.is_empty() {
                break;
            }
        }
        self.rotate(now).await;
        tracing::debug!(took_ms = started.elapsed().as_millis(), "worker.upkeep");
        Ok(())
    }

    async fn rotate(&self, now: Timestamp) {
        let config = &self.service.config;
        let longest = config.tokens.longest_life();
        let policy = rotation_policy(config.keys.rotate_every, longest);
        match self.service.keys.rotate(&self.service.entropy, now, policy).await {
            Ok(rotated) => {
                for purpose in rotated {
                    tracing::info!(key.purpose = purpose.as_str(), "keys.rotated");
                }
            }
            Err(error) => tracing::error!(error = %error, "keys.rotation_failed"),
        }
    }
}

/// The lease of a message taken at `now`.
fn lease(now: Timestamp) -> Timestamp {
    now.plus(LEASE)
}
