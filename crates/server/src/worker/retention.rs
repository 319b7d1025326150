//! Counting what is over and deleting what was kept long enough, beside everything else.
//!
//! It is a task of its own: a backlog of days must not keep a message from being sent. It takes at most half of the
//! writer's time, in steps of a few milliseconds, and less while logins are waiting.

use std::time::Duration;

use data_encoding::HEXLOWER;
use onlyauth_core::ids::ClientId;
use onlyauth_core::retention::{Cutoffs, RetentionPolicy};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{Kept, StoreError, Uncounted};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use crate::config::Config;
use crate::service::Service;

/// How often it is looked whether there is something to do.
const EVERY: Duration = Duration::from_secs(30);
/// Logins counted in one commit.
const COUNT: u32 = 200;
/// Actions, tokens or messages deleted in one commit. An action brings five or ten rows along, under attack dozens.
const DELETE: u32 = 50;
/// Commits for one client until the next one has its turn.
const TURN: usize = 100;
/// With so many change sets waiting, logins come first.
const DEEP: usize = 16;
/// But not forever: a database that only grows ends all logins.
const PATIENCE: Duration = Duration::from_millis(250);
/// The name of this work among the leases, and how long one instance has it without saying so again.
const TASK: &str = "retention";
const LEASE: Duration = Duration::from_mins(1);

/// The work, for one instance.
#[derive(Debug)]
pub struct Retention {
    service: Service,
    /// This instance among the holders of the lease.
    holder: String,
    /// Until when it has the lease, as far as it knows.
    leased_until: Option<Timestamp>,
    stop: watch::Receiver<bool>,
}

/// Why a round ended early.
enum Ended {
    /// Another instance does the work.
    Elsewhere,
    /// The server stops.
    Stopped,
    Failed(StoreError),
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// Whether there was more to do than a turn's worth.
enum Turn {
    Done,
    Unfinished,
}

impl Retention {
    /// For a server that `stop` tells when it stops.
    pub fn new(service: Service, stop: watch::Receiver<bool>) -> Self {
        let holder = HEXLOWER.encode(&service.entropy.bytes::<16>());
        Self { service, holder, leased_until: None, stop }
    }

    /// Works until the server stops.
    pub(super) async fn run(mut self) {
        let mut every = interval(EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut stop = self.stop.clone();
        loop {
            tokio::select! {
                _ = stop.changed() => return,
                _ = every.tick() => {}
            }
            if let Err(error) = self.round().await {
                tracing::warn!(error = %error, "retention.store_failed");
            }
        }
    }

    /// Counts and deletes all that there is, unless another instance is at it.
    ///
    /// # Errors
    /// The store failed; what was not done is found again in the next round.
    pub async fn round(&mut self) -> Result<(), StoreError> {
        let started = Instant::now();
        let ended = self.all_clients().await;
        let released = self.release().await;
        match ended {
            Ok(()) => tracing::debug!(took_ms = started.elapsed().as_millis(), "retention.round"),
            Err(Ended::Elsewhere | Ended::Stopped) => {}
            Err(Ended::Failed(error)) => return Err(error),
        }
        released
    }

    async fn all_clients(&mut self) -> Result<(), Ended> {
        let mut left: Vec<ClientId> =
            self.service.store.client_list().await?.into_iter().map(|of| of.client_id).collect();
        let (mut oldest, mut failed) = (None, None);
        while !left.is_empty() {
            let mut unfinished = Vec::new();
            for client in left {
                match self.one_client(client, &mut oldest).await {
                    Ok(Turn::Unfinished) => unfinished.push(client),
                    Ok(Turn::Done) => {}
                    // One client's row that can't be read keeps nothing of the others.
                    Err(Ended::Failed(error)) => {
                        tracing::warn!(client.id = %client, error = %error, "retention.client_failed");
                        failed = Some(error);
                    }
                    Err(ended) => return Err(ended),
                }
            }
            left = unfinished;
        }
        let age = oldest
            .map_or(Duration::ZERO, |oldest: Timestamp| oldest.until(self.service.clock.now()));
        self.service.metrics.uncounted(age);
        failed.map_or(Ok(()), |error| Err(Ended::Failed(error)))
    }

    async fn one_client(
        &mut self,
        client: ClientId,
        oldest: &mut Option<Timestamp>,
    ) -> Result<Turn, Ended> {
        let cutoffs = policy(&self.service.config).cutoffs(self.service.clock.now());
        let (counted, waiting) = self.count(client, &cutoffs).await?;
        *oldest = [*oldest, waiting].into_iter().flatten().min();
        let deleted = self.delete(client, &cutoffs).await?;
        Ok(if matches!((counted, deleted), (Turn::Done, Turn::Done)) {
            Turn::Done
        } else {
            Turn::Unfinished
        })
    }

    /// Counts what is over; also tells when the oldest login began that has to wait.
    async fn count(
        &mut self,
        client: ClientId,
        cutoffs: &Cutoffs,
    ) -> Result<(Turn, Option<Timestamp>), Ended> {
        for _ in 0..TURN {
            let store = self.service.store.clone();
            let page = match store.login_uncounted_find(client, cutoffs, COUNT).await? {
                Uncounted::Logins(page) => page,
                Uncounted::Waiting(oldest) => return Ok((Turn::Done, oldest)),
            };
            self.may_go_on().await?;
            let started = Instant::now();
            if store.login_count(&page, self.service.clock.now()).await? {
                self.service.metrics.counted(page.len());
            }
            self.give_way(started.elapsed()).await;
        }
        Ok((Turn::Unfinished, None))
    }

    async fn delete(&mut self, client: ClientId, cutoffs: &Cutoffs) -> Result<Turn, Ended> {
        let mut turn = Turn::Done;
        for what in Kept::ALL {
            let by = match what {
                Kept::Actions | Kept::FactorLinks | Kept::TrustedDevices => cutoffs.actions,
                Kept::SuccessTokens => cutoffs.success_tokens,
                Kept::SandboxMessages => cutoffs.sandbox_messages,
                Kept::Audit => cutoffs.audit,
                Kept::Hours => cutoffs.hours,
            };
            if let Turn::Unfinished = self.delete_old(client, what, by).await? {
                turn = Turn::Unfinished;
            }
        }
        Ok(turn)
    }

    async fn delete_old(
        &mut self,
        client: ClientId,
        what: Kept,
        by: Timestamp,
    ) -> Result<Turn, Ended> {
        let store = self.service.store.clone();
        let mut last = None;
        for _ in 0..TURN {
            let found = store.old_rows_find(client, what, by, last.as_ref(), DELETE).await?;
            let Some(rows) = found else { return Ok(Turn::Done) };
            self.may_go_on().await?;
            let started = Instant::now();
            let deleted = store.old_rows_delete(&rows).await?;
            self.service.metrics.removed(what.as_str(), deleted, started.elapsed());
            self.give_way(started.elapsed()).await;
            last = Some(rows);
        }
        Ok(Turn::Unfinished)
    }

    /// Asked before each commit. The lease is taken where there is something to do only, so that an idle server
    /// writes nothing.
    async fn may_go_on(&mut self) -> Result<(), Ended> {
        if *self.stop.borrow() {
            return Err(Ended::Stopped);
        }
        let now = self.service.clock.now();
        if self.leased_until.is_some_and(|until| now.until(until) > LEASE / 2) {
            return Ok(());
        }
        let until = now.plus(LEASE);
        if !self.service.store.lease_take(TASK, &self.holder, now, until).await? {
            self.leased_until = None;
            return Err(Ended::Elsewhere);
        }
        self.leased_until = Some(until);
        Ok(())
    }

    async fn release(&mut self) -> Result<(), StoreError> {
        if self.leased_until.take().is_none() {
            return Ok(());
        }
        self.service.store.lease_end(TASK, &self.holder, self.service.clock.now()).await
    }

    /// As long a rest as the last commit took, and a longer one while logins are waiting.
    async fn give_way(&self, took: Duration) {
        sleep(took.min(PATIENCE)).await;
        let waiting = Instant::now();
        while self.service.store.queue_depth() > DEEP && waiting.elapsed() < PATIENCE {
            sleep(Duration::from_millis(2)).await;
        }
    }
}

fn policy(config: &Config) -> RetentionPolicy {
    RetentionPolicy {
        start_within: config.tokens.begins_within(),
        actions: config.retention.actions,
        sandbox_messages: config.retention.sandbox_messages,
        audit: config.retention.audit,
        hours: config.retention.hours,
    }
}
