//! The key ring of a running server: read from the store, unwrapped with the master key, at most two seconds
//! old.

use std::sync::Arc;
use std::time::Duration;

use onlyauth_core::ids::KeyId;
use onlyauth_core::keys::{KeyError, KeyRing, Purpose, RingKey, RotationPolicy, Succession};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{KeyRecord, Store, StoreError};
use tokio::sync::{Mutex, RwLock};

use crate::entropy::Entropy;
use crate::error::ApiError;
use crate::master_key::MasterKey;

/// How old a cached answer may be before it is read through.
pub const FRESH: Duration = Duration::from_secs(2);
/// How long a new key is only announced: several times what instances take to notice it.
const ANNOUNCE: Duration = Duration::from_mins(10);
/// Added to what can still be alive under an old key, for clocks that differ.
const MARGIN: Duration = Duration::from_mins(10);

/// The ring and how to read it again.
#[derive(Debug)]
pub struct Keys {
    store: Store,
    master: MasterKey,
    cached: RwLock<Option<(Arc<KeyRing>, Timestamp)>>,
    reading: Mutex<()>,
}

/// Why the ring can't be used at start.
#[derive(Debug, thiserror::Error)]
pub enum RingError {
    /// The database did not answer.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The master key is another one, or a row was altered.
    #[error("the master key does not open the keys of this database")]
    Key(#[from] KeyError),
}

impl Keys {
    /// Reads the ring, making its first keys where there are none yet.
    ///
    /// # Errors
    /// A database whose keys this master key does not open: then nothing is served, since new keys beside old
    /// data would make that data unreadable for good.
    pub async fn open(
        store: Store,
        master: MasterKey,
        entropy: &Entropy,
        now: Timestamp,
    ) -> Result<Self, RingError> {
        if store.key_list().await?.is_empty() {
            let first = KeyRing::first_keys(now)
                .into_iter()
                .map(|succession| make(&master, entropy, now, succession))
                .collect::<Result<Vec<_>, _>>()?;
            // Another process may have been faster; then its keys count.
            store.key_create(&first).await?;
        }
        let keys = Self { store, master, cached: RwLock::default(), reading: Mutex::default() };
        let ring = read(&keys.store, &keys.master).await?;
        *keys.cached.write().await = Some((Arc::new(ring), now));
        Ok(keys)
    }

    /// The ring as of at most two seconds ago.
    ///
    /// # Errors
    /// Fails closed when the database can't be asked: a revoked key must not live on in a cache.
    pub async fn ring(&self, now: Timestamp) -> Result<Arc<KeyRing>, ApiError> {
        if let Some(ring) = self.fresh(now).await {
            return Ok(ring);
        }
        let _one_reader = self.reading.lock().await;
        if let Some(ring) = self.fresh(now).await {
            return Ok(ring);
        }
        let ring =
            Arc::new(read(&self.store, &self.master).await.map_err(|error| match error {
                RingError::Store(error) => ApiError::from(error),
                RingError::Key(_) => {
                    tracing::error!(error = %error, "keys.unreadable");
                    ApiError::Internal
                }
            })?);
        *self.cached.write().await = Some((ring.clone(), now));
        Ok(ring)
    }

    async fn fresh(&self, now: Timestamp) -> Option<Arc<KeyRing>> {
        let cached = self.cached.read().await;
        cached.as_ref().filter(|(_, at)| is_fresh(*at, now)).map(|(ring, _)| ring.clone())
    }

    /// Gives every key that is due a successor; returns for what purposes.
    pub async fn rotate(
        &self,
        entropy: &Entropy,
        now: Timestamp,
        policy: RotationPolicy,
    ) -> Result<Vec<Purpose>, RingError> {
        let mut rotated = Vec::new();
        for succession in read(&self.store, &self.master).await?.successions(now, policy) {
            let record = make(&self.master, entropy, now, succession)?;
            if self.store.key_rotate(&record, succession.predecessors_not_after).await? {
                rotated.push(succession.purpose);
            }
        }
        Ok(rotated)
    }
}

/// The policy for rotation, given how long a token and its action can live.
pub fn rotation_policy(every: Duration, longest_life: Duration) -> RotationPolicy {
    RotationPolicy { every, announce: ANNOUNCE, overlap: longest_life + MARGIN }
}

/// Whether something read at `at` may still be used: also not when the clock moved back behind it.
pub fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    at <= now && !now.is_expired(at.plus(FRESH))
}

fn make(
    master: &MasterKey,
    entropy: &Entropy,
    now: Timestamp,
    succession: Succession,
) -> Result<KeyRecord, KeyError> {
    let Succession { purpose, generation, not_before, .. } = succession;
    let id = KeyId::new(now, entropy.bytes());
    let key = RingKey::new(id, purpose, generation, not_before, None, entropy.bytes());
    Ok(KeyRecord {
        key_id: id,
        purpose,
        generation,
        not_before,
        not_after: None,
        wrapped: key.wrap(master.bytes(), entropy.bytes())?,
        created_at: now,
    })
}

/// The ring as it is in the database now; empty where no server has run yet.
///
/// # Errors
/// As [`Keys::open`].
pub async fn read(store: &Store, master: &MasterKey) -> Result<KeyRing, RingError> {
    let records = store.key_list().await?;
    let keys = records.iter().map(|record| open(master, record));
    Ok(KeyRing::new(keys.collect::<Result<_, _>>()?))
}

/// Unwraps one key of the database.
pub fn open(master: &MasterKey, record: &KeyRecord) -> Result<RingKey, RingError> {
    let span = (record.not_before, record.not_after);
    let KeyRecord { key_id, purpose, generation, ref wrapped, .. } = *record;
    Ok(RingKey::unwrap(master.bytes(), key_id, purpose, generation, span, wrapped)?)
}
