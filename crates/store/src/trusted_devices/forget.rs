//! Taking trust back, and writing that down in the same commit.

use onlyauth_core::ids::DeviceId;
use onlyauth_core::time::Timestamp;

use crate::audit::AuditEntry;
use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::{self, EndUserKey};
use crate::error::StoreError;
use crate::factors::of;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Value, params};

statements! {
    DEVICE_REVOKE = "UPDATE trusted_devices SET revoked_at = ?6
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND device_id = ?5
          AND revoked_at IS NULL AND expires_at > ?6";
    DEVICE_REVOKE_ALL = "UPDATE trusted_devices SET revoked_at = ?5
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND revoked_at IS NULL AND expires_at > ?5
        RETURNING device_id";
    // Where there is something to take back.
    DEVICES_FORGOTTEN = "INSERT INTO audit
        (client_id, audit_id, app_id, mode, user_id, deed, detail, actor, created_at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
        WHERE EXISTS (SELECT 1 FROM trusted_devices
            WHERE client_id = ?1 AND app_id = ?3 AND mode = ?4 AND end_user_hash = ?10
              AND revoked_at IS NULL AND expires_at > ?9)
        ON CONFLICT DO NOTHING";
}

/// Takes back an end user's trust in one device.
pub(crate) static REVOKE: &Statement = &DEVICE_REVOKE;
/// Takes back an end user's trust in every device; with the parameters of [`revoking`].
pub(crate) static REVOKE_ALL: &Statement = &DEVICE_REVOKE_ALL;

/// Of a set to forget all: the step that tells which devices there were.
const FORGETTING_STEP: usize = 2;

/// There is no such row.
struct NoRow;

impl Store {
    /// Takes back an end user's trust in a device at the entry's time; false when they trust none of this id, and nothing
    /// was written.
    pub async fn trusted_device_revoke(
        &self,
        key: &EndUserKey,
        device_id: DeviceId,
        audit: &AuditEntry,
    ) -> Result<bool, StoreError> {
        let mut params = of(key);
        params.extend(params![device_id, audit.created_at]);
        let set = audit.add_to(ChangeSet::new().require(&DEVICE_REVOKE, params, NoRow));
        Ok(self.apply(set).await?.is_applied())
    }

    /// Takes back an end user's trust in every device at the entry's time; in how many. Where that is none, nothing is written.
    pub async fn trusted_device_revoke_all(
        &self,
        key: &EndUserKey,
        audit: &AuditEntry,
    ) -> Result<usize, StoreError> {
        let mut entry = audit.columns();
        entry.extend(params![&key.end_user_hash]);
        // Held, so that of two at once the second finds nothing and writes nothing.
        let set = ChangeSet::new()
            .require(end_users::HOLD, of(key), NoRow)
            .step(&DEVICES_FORGOTTEN, entry)
            .step(REVOKE_ALL, revoking(key, audit.created_at));
        Ok(match self.apply(set).await? {
            Outcome::Applied(mut rows) => rows.rows(FORGETTING_STEP).len(),
            Outcome::Refused(NoRow) => 0,
        })
    }
}

/// The parameters of [`REVOKE_ALL`].
pub(crate) fn revoking(key: &EndUserKey, now: Timestamp) -> Vec<Value> {
    let mut params = of(key);
    params.extend(params![now]);
    params
}
