//! Clients, their secrets and apps, as the server knows them: cached, and never older than two seconds.
//!
//! Every change to a client's secrets or apps bumps the client's version in the same commit. An entry older
//! than two seconds is read again; an app is believed only while its client's version has not moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use moka::sync::Cache;
use onlyauth_core::app::AppSettings;
use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_core::limits::Take;
use onlyauth_core::secret::{SecretHash, hashes_match};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{AppRecord, ClientSnapshot, Store};

use crate::error::ApiError;
use crate::key_ring::is_fresh;

const MOST_CLIENTS: u64 = 10_000;
const MOST_APPS: u64 = 50_000;

/// A client as of [`Client::read_at`].
#[derive(Debug)]
pub struct Client {
    snapshot: ClientSnapshot,
    read_at: Timestamp,
    /// Theoretical arrival time of the overload limit, in milliseconds: survives re-reading the client.
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

    /// Takes one use of an in-memory quota: it sheds overload per client and instance, nothing more.
    ///
    /// # Errors
    /// When the next use is allowed.
    pub fn shed(&self, take: Take) -> Result<(), Timestamp> {
        let mut seen = self.arrival.load(Ordering::Relaxed);
        loop {
            let next = take.decide(Some(Timestamp::from_millis(seen)))?.as_millis();
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

impl App {
    /// Reads the settings of a row.
    ///
    /// # Errors
    /// Settings that this version can't read are a fault of the database, not of the caller.
    pub fn read(record: AppRecord) -> Result<Self, ApiError> {
        match serde_json::from_str(&record.settings) {
            Ok(settings) => Ok(Self { record, settings }),
            Err(error) => {
                tracing::error!(app.id = %record.app_id, error = %error, "app.settings_unreadable");
                Err(ApiError::Internal)
            }
        }
    }
}

/// The caches.
#[derive(Debug)]
pub struct Tenants {
    store: Store,
    clients: Cache<ClientId, Arc<Client>>,
    apps: Cache<(ClientId, AppId), (i64, Arc<App>)>,
}

impl Tenants {
    /// Empty caches over `store`.
    pub fn new(store: Store) -> Self {
        Self { store, clients: Cache::new(MOST_CLIENTS), apps: Cache::new(MOST_APPS) }
    }

    /// The client, if it exists.
    pub async fn client(
        &self,
        id: ClientId,
        now: Timestamp,
    ) -> Result<Option<Arc<Client>>, ApiError> {
        let known = self.clients.get(&id);
        if let Some(client) = known.as_ref().filter(|client| is_fresh(client.read_at, now)) {
            return Ok(Some(client.clone()));
        }
        let Some(snapshot) = self.store.client_snapshot(id).await? else {
            self.clients.invalidate(&id);
            return Ok(None);
        };
        let arrival = known.map(|client| client.arrival.clone()).unwrap_or_default();
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
        let version = client.snapshot.client.version;
        if let Some((read_at_version, app)) = self.apps.get(&(client_id, app_id))
            && read_at_version == version
        {
            return Ok(Some(app));
        }
        // The row is read after the version: it may be newer than the version says, never older.
        let Some(record) = self.store.app_find(client_id, app_id).await? else { return Ok(None) };
        let app = Arc::new(App::read(record)?);
        self.apps.insert((client_id, app_id), (version, app.clone()));
        Ok(Some(app))
    }

    /// Forgets a client after a change of ours, so that the next request reads it again.
    pub fn changed(&self, client_id: ClientId) {
        self.clients.invalidate(&client_id);
    }
}
