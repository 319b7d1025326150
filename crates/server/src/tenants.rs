//! Clients, their secrets and apps, as the server knows them: cached, and never older than two seconds.
//!
//! Every change to a client's secrets or apps bumps the client's version in the same commit. An entry older
//! than two seconds is read again; an app is believed only while its client's version has not moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use moka::sync::Cache;
use onlyauth_core::app::AppSettings;
use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_core::limits::Quota;
use onlyauth_core::secret::{SecretHash, hashes_match};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{AppRecord, ClientSnapshot, Store};

use crate::app_store;
use crate::error::ApiError;
use crate::key_ring::{FRESH, is_fresh};

const MOST_CLIENTS: u64 = 10_000;
const MOST_APPS: u64 = 50_000;

/// A client as of [`Client::read_at`].
#[derive(Debug)]
pub struct Client {
    snapshot: ClientSnapshot,
    read_at: Timestamp,
    /// Theoretical arrival time of the overload limit, in microseconds: survives re-reading the client.
    arrival: Arc<AtomicI64>,
}

impl Client {
    /// Whether a secret with this hash is live. Looks at every secret, whichever matches.
    pub fn has_secret(&self, hash: &SecretHash) -> bool {
        self.snapshot
            .live_secrets
            .iter()
            .fold(false, |found, secret| hashes_match(&secret.hash, hash) | found)
    }

    /// Takes one of `per_second` uses: sheds overload per client and instance, from memory, nothing more.
    ///
    /// # Errors
    /// When the next use is allowed.
    pub fn shed(&self, per_second: u32, now: Timestamp) -> Result<(), Timestamp> {
        // Milliseconds are too coarse for thousands a second: everything here is a thousand times finer.
        let fine = Timestamp::from_millis(now.as_millis().saturating_mul(1000));
        let take = Quota { count: per_second, per: Duration::from_secs(1000) }.take(fine);
        let mut seen = self.arrival.load(Ordering::Relaxed);
        loop {
            let next = take
                .decide(Some(Timestamp::from_millis(seen)))
                .map_err(|at| Timestamp::from_millis(at.as_millis() / 1000 + 1))?
                .as_millis();
            match self.arrival.compare_exchange_weak(
                seen,
                next,
                Ordering::Relaxed,
                Ordering::Relaxed,
            ) {
                Ok(_) => return Ok(()),
                Err(moved) => seen = moved,
            }
        }
    }
}

/// An app with its settings understood.
#[derive(Debug, Clone)]
pub struct App {
    /// The row.
    pub record: AppRecord,
    /// What it says.
    pub settings: AppSettings,
}

/// The caches.
#[derive(Debug)]
pub struct Tenants {
    store: Store,
    clients: Cache<ClientId, Arc<Client>>,
    /// Secrets name their client, so anybody can make one up: those must not each cost a query.
    unknown: Cache<ClientId, ()>,
    arrivals: Cache<ClientId, Arc<AtomicI64>>,
    apps: Cache<(ClientId, AppId), (i64, Arc<App>)>,
}

impl Tenants {
    /// Empty caches over `store`.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            clients: Cache::new(MOST_CLIENTS),
            unknown: Cache::builder().max_capacity(MOST_CLIENTS).time_to_live(FRESH).build(),
            arrivals: Cache::new(MOST_CLIENTS),
            apps: Cache::new(MOST_APPS),
        }
    }

    /// The client, if it exists.
    pub async fn client(
        &self,
        id: ClientId,
        now: Timestamp,
    ) -> Result<Option<Arc<Client>>, ApiError> {
        if let Some(client) = self.clients.get(&id).filter(|client| is_fresh(client.read_at, now)) {
            return Ok(Some(client));
        }
        if self.unknown.contains_key(&id) {
            return Ok(None);
        }
        let Some(snapshot) = self.store.client_snapshot(id).await? else {
            self.clients.invalidate(&id);
            self.unknown.insert(id, ());
            return Ok(None);
        };
        let arrival = self.arrivals.get_with(id, Arc::default);
        let client = Arc::new(Client { snapshot, read_at: now, arrival });
        self.clients.insert(id, client.clone());
        Ok(Some(client))
    }

    /// The app, if it exists and is this client's.
    pub async fn app(
        &self,
        client_id: ClientId,
        app_id: AppId,
        now: Timestamp,
    ) -> Result<Option<Arc<App>>, ApiError> {
        let Some(client) = self.client(client_id, now).await? else { return Ok(None) };
        self.app_of(&client, app_id).await
    }

    /// The app, if it exists and is this client's, which was read for the same request.
    pub async fn app_of(
        &self,
        client: &Client,
        app_id: AppId,
    ) -> Result<Option<Arc<App>>, ApiError> {
        let client_id = client.snapshot.client.client_id;
        let version = client.snapshot.client.version;
        if let Some((read_at_version, app)) = self.apps.get(&(client_id, app_id))
            && read_at_version == version
        {
            return Ok(Some(app));
        }
        // The row is read after the version: it may be newer than the version says, never older.
        let Some(record) = self.store.app_find(client_id, app_id).await? else { return Ok(None) };
        let app = Arc::new(app_store::read(record)?);
        self.apps.insert((client_id, app_id), (version, app.clone()));
        Ok(Some(app))
    }

    /// Forgets a client after a change of ours, so that the next request reads it again.
    pub fn changed(&self, client_id: ClientId) {
        self.clients.invalidate(&client_id);
    }
}
