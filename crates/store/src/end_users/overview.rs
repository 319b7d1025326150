//! All that is told about end users to those who manage them: of one, or of an app's page by page.

use std::collections::HashMap;

use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::Failures;
use onlyauth_core::ids::{AppId, ClientId, UserId};
use onlyauth_core::time::Timestamp;

use super::{EndUserKey, EndUserRecord, FAILURE_LIST};
use crate::change_set::Step;
use crate::error::StoreError;
use crate::factors::{self, FactorRecord};
use crate::open::Store;
use crate::retention::behind;
use crate::statement::statements;
use crate::trusted_devices::{self, DeviceRecord};
use crate::value::{Fields, Row, params};

statements! {
    OVERVIEW_FIND = "SELECT u.end_user_hash, u.sealed_uuid,
        u.user_id, u.phone_hash, u.sealed_phone, u.created_at, u.last_passed_at, u.last_channel
        FROM end_users u
        WHERE u.client_id = ?1 AND u.app_id = ?2 AND u.mode = ?3 AND u.end_user_hash = ?4";
    OVERVIEW_FIND_CODES = "SELECT created_at, consumed_at FROM backup_codes
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
    OVERVIEW_LIST = "SELECT u.end_user_hash, u.sealed_uuid,
        u.user_id, u.phone_hash, u.sealed_phone, u.created_at, u.last_passed_at, u.last_channel
        FROM end_users u
        WHERE u.client_id = ?1 AND u.app_id = ?2 AND u.mode = ?3 AND u.user_id > '' AND u.user_id > ?4
        ORDER BY u.user_id LIMIT ?5";
    OVERVIEW_FACTORS = "SELECT f.end_user_hash, f.factor_id, f.channel, f.lookup_hash, f.sealed,
        f.position, f.created_at, f.last_used_at, f.sealed_name
        FROM end_users u JOIN factors f ON f.client_id = ?1 AND f.app_id = ?2 AND f.mode = ?3
          AND f.end_user_hash = u.end_user_hash
        WHERE u.client_id = ?1 AND u.app_id = ?2 AND u.mode = ?3 AND u.user_id > '' AND u.user_id > ?4
          AND u.user_id <= ?5";
    OVERVIEW_FAILURES = "SELECT f.end_user_hash, f.channel, f.failures, f.last_failure_at
        FROM end_users u JOIN failure_counters f ON f.client_id = ?1 AND f.app_id = ?2
          AND f.mode = ?3 AND f.end_user_hash = u.end_user_hash
        WHERE u.client_id = ?1 AND u.app_id = ?2 AND u.mode = ?3 AND u.user_id > '' AND u.user_id > ?4
          AND u.user_id <= ?5 AND f.failures > 0";
    OVERVIEW_CODES = "SELECT b.end_user_hash, b.created_at, b.consumed_at
        FROM end_users u JOIN backup_codes b ON b.client_id = ?1 AND b.app_id = ?2 AND b.mode = ?3
          AND b.end_user_hash = u.end_user_hash
        WHERE u.client_id = ?1 AND u.app_id = ?2 AND u.mode = ?3 AND u.user_id > '' AND u.user_id > ?4
          AND u.user_id <= ?5";
    OVERVIEW_DEVICES = "SELECT d.end_user_hash, d.device_id, d.phone_hash, d.country, d.in_action,
        d.created_at, d.trusted_at, d.expires_at, d.last_used_at, d.revoked_at
        FROM end_users u JOIN trusted_devices d ON d.client_id = ?1 AND d.app_id = ?2
          AND d.mode = ?3 AND d.end_user_hash = u.end_user_hash
        WHERE u.client_id = ?1 AND u.app_id = ?2 AND u.mode = ?3 AND u.user_id > '' AND u.user_id > ?4
          AND u.user_id <= ?5 AND d.revoked_at IS NULL";
}

/// An end user with what they enrolled and where they fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndUserOverview {
    /// Who.
    pub key: EndUserKey,
    /// The customer's name for them, sealed.
    pub sealed_uuid: Vec<u8>,
    /// How they last passed.
    pub record: EndUserRecord,
    /// What they enrolled, oldest first.
    pub factors: Vec<FactorRecord>,
    /// Their backup codes.
    pub codes: BackupCodes,
    /// Browsers that they trusted and didn't take the trust back from, oldest first; their time may be over.
    pub devices: Vec<DeviceRecord>,
    /// The channels on which they have failures in a row.
    pub failures: Vec<(Channel, Failures)>,
}

/// Backup codes of an end user, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BackupCodes {
    /// How many are left.
    pub left: u32,
    /// When they were handed out; None where there are none, used ones included.
    pub since: Option<Timestamp>,
    /// When one of them last passed.
    pub used: Option<Timestamp>,
}

impl BackupCodes {
    /// Of a row each.
    fn of(codes: impl IntoIterator<Item = Code>) -> Self {
        codes.into_iter().fold(Self::default(), |all, code| Self {
            left: all.left + u32::from(code.consumed_at.is_none()),
            since: all.since.max(Some(code.created_at)),
            used: all.used.max(code.consumed_at),
        })
    }
}

/// When a backup code was handed out, and when it passed.
struct Code {
    created_at: Timestamp,
    consumed_at: Option<Timestamp>,
}

impl Code {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("backup_codes", row);
        let created_at = fields.time("created_at")?;
        Ok(Self { created_at, consumed_at: fields.optional_time("consumed_at")? })
    }
}

impl EndUserOverview {
    /// Without factors, codes, devices and failures, which have rows of their own.
    fn read(client_id: ClientId, app_id: AppId, mode: Mode, row: Row) -> Result<Self, StoreError> {
        let mut row = row;
        let rest = row.split_off(2.min(row.len()));
        let mut fields = Fields::of("end_users", row);
        let end_user_hash = fields.array("end_user_hash")?;
        Ok(Self {
            key: EndUserKey { client_id, app_id, mode, end_user_hash },
            sealed_uuid: fields.bytes("sealed_uuid")?,
            record: EndUserRecord::read(rest)?,
            factors: Vec::new(),
            codes: BackupCodes::default(),
            devices: Vec::new(),
            failures: Vec::new(),
        })
    }
}

impl Store {
    /// What is told about an end user.
    pub async fn end_user_overview_find(
        &self,
        key: &EndUserKey,
    ) -> Result<Option<EndUserOverview>, StoreError> {
        let steps = [
            &OVERVIEW_FIND,
            factors::LIST,
            &FAILURE_LIST,
            trusted_devices::LIST_KEPT,
            &OVERVIEW_FIND_CODES,
        ];
        let steps = steps.map(|statement| Step::any(statement, factors::of(key)));
        let mut rows = self.read(steps.into()).await?;
        let Some(row) = rows.row(0) else { return Ok(None) };
        let mut found = EndUserOverview::read(key.client_id, key.app_id, key.mode, row)?;
        found.factors = rows.rows(1).into_iter().map(factors::read).collect::<Result<_, _>>()?;
        found.failures = rows.rows(2).into_iter().map(super::failures).collect::<Result<_, _>>()?;
        let devices = rows.rows(3).into_iter().map(DeviceRecord::read);
        found.devices = devices.collect::<Result<_, _>>()?;
        let codes = rows.rows(4).into_iter().map(Code::read).collect::<Result<Vec<_>, _>>()?;
        found.codes = BackupCodes::of(codes);
        Ok(Some(found))
    }

    /// The end users of an app whose names of ours sort behind `after`, at most `max`, in the order in which they became
    /// known.
    pub async fn end_user_list(
        &self,
        client_id: ClientId,
        app_id: AppId,
        mode: Mode,
        after: Option<UserId>,
        max: u32,
    ) -> Result<Vec<EndUserOverview>, StoreError> {
        let page = params![client_id, app_id, mode, behind(after), max];
        let rows = self.read_rows(&OVERVIEW_LIST, page).await?;
        let users = rows.into_iter().map(|row| EndUserOverview::read(client_id, app_id, mode, row));
        let mut users: Vec<_> = users.collect::<Result<_, _>>()?;
        let Some(last) = users.last() else { return Ok(users) };
        let span = params![client_id, app_id, mode, behind(after), last.record.user_id];
        let steps = [&OVERVIEW_FACTORS, &OVERVIEW_FAILURES, &OVERVIEW_DEVICES, &OVERVIEW_CODES];
        let steps = steps.map(|statement| Step::any(statement, span.clone()));
        let mut rows = self.read(steps.into()).await?;
        let mut factors = by_end_user(rows.rows(0), factors::read)?;
        let mut failures = by_end_user(rows.rows(1), super::failures)?;
        let mut devices = by_end_user(rows.rows(2), DeviceRecord::read)?;
        let mut codes = by_end_user(rows.rows(3), Code::read)?;
        for user in &mut users {
            user.factors = factors.remove(&user.key.end_user_hash).unwrap_or_default();
            user.factors.sort_by_key(|factor| factor.factor_id);
            user.codes = BackupCodes::of(codes.remove(&user.key.end_user_hash).unwrap_or_default());
            user.devices = devices.remove(&user.key.end_user_hash).unwrap_or_default();
            user.devices.sort_by_key(|device| device.device_id);
            user.failures = failures.remove(&user.key.end_user_hash).unwrap_or_default();
            user.failures.sort_by_key(|(channel, _)| channel.as_str());
        }
        Ok(users)
    }
}

/// Rows that begin with the end user whose they are.
fn by_end_user<T>(
    rows: Vec<Row>,
    read: impl Fn(Row) -> Result<T, StoreError>,
) -> Result<HashMap<[u8; 32], Vec<T>>, StoreError> {
    let mut all: HashMap<_, Vec<T>> = HashMap::new();
    for mut row in rows {
        let rest = row.split_off(1.min(row.len()));
        let hash = Fields::of("end_users", row).array("end_user_hash")?;
        all.entry(hash).or_default().push(read(rest)?);
    }
    Ok(all)
}
