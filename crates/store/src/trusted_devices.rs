//! Trusted devices: browsers that end users chose to trust, each row one end user's trust in one browser.
//!
//! Who removes a factor, resets an end user or changes what they have takes the trust back in the same commit, by
//! [`REVOKE_ALL`]; who erases them uses [`DELETE_ALL`].

mod forget;
mod pass;

use std::fmt;

use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::ids::{ActionId, AuditId, ClientId, DeviceId};
use onlyauth_core::time::Timestamp;
use onlyauth_core::trust::{Country, Device};

use crate::change_set::ChangeSet;
use crate::end_users::EndUserKey;
use crate::error::StoreError;
use crate::factors::of;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, Value, params};

pub(crate) use forget::{REVOKE, REVOKE_ALL, revoking};
pub use pass::{TrustedPass, TrustedPassOutcome};

statements! {
    // What was taken back stays taken back: the browser needs another token.
    DEVICE_TRUST = "INSERT INTO trusted_devices
        (client_id, app_id, mode, end_user_hash, device_id, token_hash, phone_hash, country,
         in_action, created_at, trusted_at, expires_at, last_used_at, revoked_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, NULL, NULL)
        ON CONFLICT (client_id, token_hash, app_id, mode, end_user_hash) DO UPDATE
        SET phone_hash = excluded.phone_hash, country = excluded.country,
            in_action = excluded.in_action, trusted_at = excluded.trusted_at,
            expires_at = excluded.expires_at
        WHERE trusted_devices.revoked_at IS NULL";
    // By what the pass has made of them: a known end user keeps their name, and a known browser its id.
    DEVICE_TRUSTED = "INSERT INTO audit
        (client_id, audit_id, app_id, mode, user_id, deed, detail, actor, created_at)
        SELECT ?1, ?7, ?2, ?3, u.user_id, ?8, d.device_id, ?9, ?10
        FROM end_users u
        JOIN trusted_devices d ON d.client_id = ?1 AND d.app_id = ?2 AND d.mode = ?3
          AND d.end_user_hash = ?4
        WHERE u.client_id = ?1 AND u.app_id = ?2 AND u.mode = ?3 AND u.end_user_hash = ?4
          AND d.token_hash = ?5 AND d.in_action = ?6 AND d.revoked_at IS NULL
        ON CONFLICT DO NOTHING";
    DEVICE_FIND = "SELECT d.device_id, d.phone_hash, d.country, d.in_action, d.created_at, d.trusted_at,
        d.expires_at, d.last_used_at, d.revoked_at, b.created_at, b.consumed_at
        FROM trusted_devices d
        LEFT JOIN backup_codes b ON b.client_id = ?1 AND b.app_id = ?2 AND b.mode = ?3
          AND b.end_user_hash = ?4
        WHERE d.client_id = ?1 AND d.app_id = ?2 AND d.mode = ?3 AND d.end_user_hash = ?4
          AND d.token_hash = ?5";
    DEVICE_TOKEN_REVOKED = "SELECT device_id FROM trusted_devices
        WHERE client_id = ?1 AND token_hash = ?2 AND revoked_at IS NOT NULL LIMIT 1";
    DEVICE_LIST = "SELECT device_id, phone_hash, country, in_action, created_at, trusted_at, expires_at,
        last_used_at, revoked_at FROM trusted_devices
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND revoked_at IS NULL AND expires_at > ?5
        ORDER BY device_id";
    DEVICE_LIST_KEPT = "SELECT device_id, phone_hash, country, in_action, created_at, trusted_at,
        expires_at, last_used_at, revoked_at FROM trusted_devices
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND revoked_at IS NULL
        ORDER BY device_id";
    DEVICE_STILL_TRUSTED = "UPDATE trusted_devices SET trusted_at = ?6
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND in_action = ?5 AND revoked_at IS NULL";
    DEVICE_DELETE_ALL = "DELETE FROM trusted_devices
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
}

pub(crate) static STATEMENT_LISTS: [&[&Statement]; 3] =
    [STATEMENTS, pass::STATEMENTS, forget::STATEMENTS];

/// Those that an end user trusted and didn't take the trust back from, also where their time is over; with the parameters of
/// [`of`].
pub(crate) static LIST_KEPT: &Statement = &DEVICE_LIST_KEPT;
/// What is enrolled in the action in which a device was trusted is no reason to doubt it; with the parameters of
/// [`still_trusted`].
pub(crate) static STILL_TRUSTED: &Statement = &DEVICE_STILL_TRUSTED;
/// Forgets that an end user ever trusted a device; with the parameters of [`of`].
pub(crate) static DELETE_ALL: &Statement = &DEVICE_DELETE_ALL;

/// A browser that an end user chose to trust.
#[derive(Clone, PartialEq, Eq)]
pub struct NewTrust {
    /// Its id, should the end user not have trusted it before.
    pub device_id: DeviceId,
    /// SHA-256 of what the browser keeps.
    pub token_hash: [u8; 32],
    /// Keyed hash of the phone number that the login names.
    pub phone_hash: [u8; 32],
    /// Where it is, if anybody can tell.
    pub country: Option<Country>,
    /// The moment from which it is not trusted any more.
    pub expires_at: Timestamp,
}

impl fmt::Debug for NewTrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewTrust({})", self.device_id)
    }
}

/// An end user's trust in a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRecord {
    /// Its id.
    pub device_id: DeviceId,
    /// The login in which it was last trusted, or stood in.
    pub action_id: ActionId,
    /// When it was first trusted.
    pub created_at: Timestamp,
    /// When it last stood in for a challenge.
    pub last_used_at: Option<Timestamp>,
    /// What core decides on.
    pub device: Device,
}

/// A device that a browser shows, and what it is doubted by beside all that a login tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownDevice {
    /// The device.
    pub record: DeviceRecord,
    /// When the end user's backup codes were handed out.
    pub codes_since: Option<Timestamp>,
    /// When one of them last passed.
    pub code_used: Option<Timestamp>,
}

impl DeviceRecord {
    pub(crate) fn read(row: Row) -> Result<Self, StoreError> {
        Self::read_from(&mut Fields::of("trusted_devices", row))
    }

    fn read_from(fields: &mut Fields) -> Result<Self, StoreError> {
        let device_id = fields.id("device_id")?;
        let phone_hash = fields.array("phone_hash")?;
        let country = fields.optional_parsed("country")?;
        let action_id = fields.parsed("in_action")?;
        let created_at = fields.time("created_at")?;
        let trusted_at = fields.time("trusted_at")?;
        let expires_at = fields.time("expires_at")?;
        let last_used_at = fields.optional_time("last_used_at")?;
        let revoked = fields.optional_time("revoked_at")?.is_some();
        let device = Device { trusted_at, expires_at, revoked, phone_hash, country };
        Ok(Self { device_id, action_id, created_at, last_used_at, device })
    }
}

impl Store {
    /// An end user's trust in the browser that shows this token, whatever became of it.
    pub async fn trusted_device_find(
        &self,
        key: &EndUserKey,
        token_hash: &[u8; 32],
    ) -> Result<Option<ShownDevice>, StoreError> {
        let mut params = of(key);
        params.extend(params![token_hash]);
        // A row for each backup code, and one where there is none.
        let mut shown: Option<ShownDevice> = None;
        for row in self.look(&DEVICE_FIND, params).await? {
            let mut fields = Fields::of("trusted_devices", row);
            let record = DeviceRecord::read_from(&mut fields)?;
            let codes_since = fields.optional_time("created_at")?;
            let code_used = fields.optional_time("consumed_at")?;
            let before = shown.as_ref();
            shown = Some(ShownDevice {
                record,
                codes_since: codes_since.max(before.and_then(|before| before.codes_since)),
                code_used: code_used.max(before.and_then(|before| before.code_used)),
            });
        }
        Ok(shown)
    }

    /// Whether somebody of this client took back their trust in the browser of this token: it may have been stolen, so that
    /// nobody of theirs should trust it anew.
    pub async fn trusted_device_token_is_revoked(
        &self,
        client_id: ClientId,
        token_hash: &[u8; 32],
    ) -> Result<bool, StoreError> {
        let params = params![client_id, token_hash];
        Ok(self.read_row(&DEVICE_TOKEN_REVOKED, params).await?.is_some())
    }

    /// The devices that an end user trusts, the one that was trusted first before the others.
    pub async fn trusted_device_list(
        &self,
        key: &EndUserKey,
        now: Timestamp,
    ) -> Result<Vec<DeviceRecord>, StoreError> {
        let mut params = of(key);
        params.extend(params![now]);
        let rows = self.read_rows(&DEVICE_LIST, params).await?;
        rows.into_iter().map(DeviceRecord::read).collect()
    }
}

/// Trusts a browser, also one that was trusted before, and writes it down. For the commit of a pass, behind what makes the end
/// user known.
pub(crate) fn trust<R>(
    set: ChangeSet<R>,
    key: &EndUserKey,
    action_id: ActionId,
    now: Timestamp,
    trust: &NewTrust,
) -> ChangeSet<R> {
    let mut device = of(key);
    device.extend(params![
        trust.device_id,
        &trust.token_hash,
        &trust.phone_hash,
        trust.country,
        action_id,
        now,
        trust.expires_at,
    ]);
    let deed = Deed::DeviceTrusted;
    let mut entry = of(key);
    entry.extend(params![
        &trust.token_hash,
        action_id,
        AuditId::of_action(action_id, deed),
        deed.as_str(),
        Actor::EndUser.as_str(),
        now,
    ]);
    set.step(&DEVICE_TRUST, device).step(&DEVICE_TRUSTED, entry)
}

/// The parameters of [`STILL_TRUSTED`].
pub(crate) fn still_trusted(key: &EndUserKey, action_id: ActionId, now: Timestamp) -> Vec<Value> {
    let mut params = of(key);
    params.extend(params![action_id, now]);
    params
}
