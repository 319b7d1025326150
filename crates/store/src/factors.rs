//! Factors: what end users enrolled, but for their phones.

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::FactorId;
use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::end_users::EndUserKey;
use crate::error::StoreError;
use crate::notices::Record;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::trusted_devices;
use crate::value::{Fields, Row, Value, params};

statements! {
    FACTOR_CREATE = "INSERT INTO factors
        (client_id, app_id, mode, end_user_hash, factor_id, channel, lookup_hash, sealed, position,
         created_at, last_used_at, sealed_name)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, NULL, ?11) ON CONFLICT DO NOTHING
        RETURNING factor_id";
    FACTOR_LIST = "SELECT factor_id, channel, lookup_hash, sealed, position, created_at, last_used_at,
        sealed_name
        FROM factors WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
        ORDER BY factor_id";
    FACTOR_ADVANCE = "UPDATE factors SET position = ?6, last_used_at = ?7
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND factor_id = ?5
          AND (position < ?6 OR (position = 0 AND ?6 = 0))";
    FACTOR_BURN = "UPDATE factors SET position = ?6
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND factor_id = ?5
          AND position < ?6";
    FACTOR_DELETE = "DELETE FROM factors
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND factor_id = ?5";
}

/// What an end user enrolled, oldest first.
pub(crate) static LIST: &Statement = &FACTOR_LIST;
/// Enrols what is not enrolled yet, and returns its id then.
pub(crate) static CREATE: &Statement = &FACTOR_CREATE;
/// Removes one, of this end user.
pub(crate) static DELETE: &Statement = &FACTOR_DELETE;
/// Moves a factor to a position that it never had: whoever comes second with the same one is refused. An
/// authenticator that does not count stays at 0.
pub(crate) static ADVANCE: &Statement = &FACTOR_ADVANCE;
/// The same without a use.
pub(crate) static BURN: &Statement = &FACTOR_BURN;

/// Something enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorRecord {
    /// Its id.
    pub factor_id: FactorId,
    /// By which channel it proves.
    pub channel: Channel,
    /// Keyed hash of the secret or credential id.
    pub lookup_hash: [u8; 32],
    /// Secret or credential, sealed.
    pub sealed: Vec<u8>,
    /// `totp`: the last step that was accepted; `webauthn`: the signature counter.
    pub position: i64,
    /// When it was enrolled.
    pub created_at: Timestamp,
    /// When it last passed.
    pub last_used_at: Option<Timestamp>,
    /// What the end user calls it, sealed.
    pub sealed_name: Option<Vec<u8>>,
}

/// Something to be enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFactor {
    /// Its id.
    pub factor_id: FactorId,
    /// By which channel it proves.
    pub channel: Channel,
    /// Keyed hash of the secret or credential id: the same is enrolled once.
    pub lookup_hash: [u8; 32],
    /// Secret or credential, sealed.
    pub sealed: Vec<u8>,
    /// As in [`FactorRecord::position`].
    pub position: i64,
    /// Now.
    pub created_at: Timestamp,
    /// As in [`FactorRecord::sealed_name`].
    pub sealed_name: Option<Vec<u8>>,
}

/// The use of a factor: it moves to a position that it never had before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactorUse {
    /// Which.
    pub factor_id: FactorId,
    /// Where it is afterwards.
    pub position: i64,
}

struct NoRow;

impl Store {
    /// What an end user enrolled, oldest first.
    pub async fn factor_list(&self, key: &EndUserKey) -> Result<Vec<FactorRecord>, StoreError> {
        let rows = self.look(&FACTOR_LIST, of(key)).await?;
        rows.into_iter().map(read).collect()
    }

    /// Removes one, and trusts no device of the end user any more; false when there is none such.
    pub async fn factor_delete(
        &self,
        key: &EndUserKey,
        factor_id: FactorId,
        record: &Record,
    ) -> Result<bool, StoreError> {
        let mut params = of(key);
        params.extend(params![factor_id]);
        let now = record.audit.created_at;
        let set = ChangeSet::new()
            .require(&FACTOR_DELETE, params, NoRow)
            .step(trusted_devices::REVOKE_ALL, trusted_devices::revoking(key, now));
        let set = record.add_to(key, set);
        Ok(self.apply(set).await?.is_applied())
    }
}

pub(crate) fn of(key: &EndUserKey) -> Vec<Value> {
    params![key.client_id, key.app_id, key.mode, &key.end_user_hash]
}

/// The parameters of [`CREATE`].
pub(crate) fn creation(key: &EndUserKey, factor: &NewFactor) -> Vec<Value> {
    let mut params = of(key);
    params.extend(params![
        factor.factor_id,
        factor.channel,
        &factor.lookup_hash,
        &factor.sealed,
        factor.position,
        factor.created_at,
        factor.sealed_name.as_ref(),
    ]);
    params
}

pub(crate) fn read(row: Row) -> Result<FactorRecord, StoreError> {
    let mut fields = Fields::of("factors", row);
    Ok(FactorRecord {
        factor_id: fields.id("factor_id")?,
        channel: fields.parsed("channel")?,
        lookup_hash: fields.array("lookup_hash")?,
        sealed: fields.bytes("sealed")?,
        position: fields.int("position")?,
        created_at: fields.time("created_at")?,
        last_used_at: fields.optional_time("last_used_at")?,
        sealed_name: fields.optional_bytes("sealed_name")?,
    })
}
