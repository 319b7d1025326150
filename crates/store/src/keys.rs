//! The key ring, wrapped by the master key: this table alone opens nothing.

use onlyauth_core::ids::KeyId;
use onlyauth_core::keys::Purpose;
use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, Value, params};

statements! {
    KEY_LIST = "SELECT key_id, purpose, generation, not_before, not_after, wrapped, created_at
        FROM key_ring ORDER BY purpose, generation";
    KEY_CREATE = "INSERT INTO key_ring
        (key_id, purpose, generation, not_before, not_after, wrapped, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    KEY_RETIRE = "UPDATE key_ring SET not_after = ?3
        WHERE purpose = ?1 AND generation < ?2 AND not_after IS NULL";
}

/// All keys.
pub(crate) static LIST: &Statement = &KEY_LIST;

/// One key of the ring, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRecord {
    /// Its id.
    pub key_id: KeyId,
    /// What for.
    pub purpose: Purpose,
    /// Counts up per purpose, from 1; each is made once, whichever instance is first.
    pub generation: i64,
    /// From when it makes new things.
    pub not_before: Timestamp,
    /// From when it is no longer accepted; None while no successor has set an end.
    pub not_after: Option<Timestamp>,
    /// The material, sealed under the master key.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl KeyRecord {
    pub(crate) fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("key_ring", row);
        Ok(Self {
            key_id: fields.id("key_id")?,
            purpose: fields.parsed("purpose")?,
            generation: fields.int("generation")?,
            not_before: fields.time("not_before")?,
            not_after: fields.optional_time("not_after")?,
            wrapped: fields.bytes("wrapped")?,
            created_at: fields.time("created_at")?,
        })
    }

    fn params(&self) -> Vec<Value> {
        params![
            self.key_id,
            self.purpose.as_str(),
            self.generation,
            self.not_before,
            self.not_after,
            &self.wrapped,
            self.created_at,
        ]
    }
}

struct Exists;

impl Store {
    /// All keys, by purpose and generation.
    pub async fn key_list(&self) -> Result<Vec<KeyRecord>, StoreError> {
        let rows = self.read_rows(&KEY_LIST, params![]).await?;
        rows.into_iter().map(KeyRecord::read).collect()
    }

    /// Adds all of these keys or none; false when one of them is already there, made by another instance.
    pub async fn key_create(&self, keys: &[KeyRecord]) -> Result<bool, StoreError> {
        let set = keys
            .iter()
            .fold(ChangeSet::new(), |set, key| set.require(&KEY_CREATE, key.params(), Exists));
        Ok(self.apply(set).await?.is_applied())
    }

    /// Adds a successor and, when `predecessors_not_after` is given, sets the end of the older keys of its
    /// purpose that have none yet; false when another instance was first, and nothing changed.
    pub async fn key_rotate(
        &self,
        successor: &KeyRecord,
        predecessors_not_after: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let mut set = ChangeSet::new().require(&KEY_CREATE, successor.params(), Exists);
        if let Some(end) = predecessors_not_after {
            set = set
                .step(&KEY_RETIRE, params![successor.purpose.as_str(), successor.generation, end]);
        }
        Ok(self.apply(set).await?.is_applied())
    }
}
