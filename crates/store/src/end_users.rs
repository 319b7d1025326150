//! End users as they were when they last passed, and their failures in a row.

mod erase;
mod history;
mod overview;
mod reset;
mod spans;

use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::failures::Failures;
use onlyauth_core::ids::{AppId, ClientId, UserId};
use onlyauth_core::time::Timestamp;

use crate::audit::AuditEntry;
use crate::change_set::{ChangeSet, Step};
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, params};

pub use history::{EndUserHistory, HistoryMessage};
pub use overview::{BackupCodes, EndUserOverview};
pub use reset::NewReset;

pub(crate) static STATEMENT_LISTS: [&[&Statement]; 6] = [
    STATEMENTS,
    erase::STATEMENTS,
    history::STATEMENTS,
    overview::STATEMENTS,
    reset::STATEMENTS,
    spans::STATEMENTS,
];

statements! {
    END_USER_FIND = "SELECT user_id, phone_hash, sealed_phone, created_at, last_passed_at, last_channel
        FROM end_users WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
    END_USER_FIND_BY_ID = "SELECT app_id, mode, end_user_hash
        FROM end_users WHERE client_id = ?1 AND user_id = ?2";
    END_USER_PASS = "INSERT INTO end_users
        (client_id, app_id, mode, end_user_hash, user_id, phone_hash, sealed_phone,
         created_at, last_passed_at, last_channel, sealed_uuid)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10)
        ON CONFLICT (client_id, app_id, mode, end_user_hash) DO UPDATE
        SET phone_hash = COALESCE(excluded.phone_hash, end_users.phone_hash),
            sealed_phone = COALESCE(excluded.sealed_phone, end_users.sealed_phone),
            last_passed_at = excluded.last_passed_at, last_channel = excluded.last_channel";
    END_USER_HOLD = "UPDATE end_users SET user_id = user_id
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
    FAILURE_START = "INSERT INTO failure_counters
        (client_id, app_id, mode, end_user_hash, channel, failures, last_failure_at)
        VALUES (?1, ?2, ?3, ?4, ?5, 0, NULL) ON CONFLICT DO NOTHING";
    FAILURE_COUNT = "UPDATE failure_counters SET failures = failures + 1, last_failure_at = ?8
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND channel = ?5
          AND failures >= ?6 AND failures < ?7";
    FAILURE_CLEAR = "UPDATE failure_counters SET failures = 0, last_failure_at = NULL
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND channel = ?5
          AND failures >= ?6 AND failures < ?7";
    FAILURE_LIST = "SELECT channel, failures, last_failure_at FROM failure_counters
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND failures > 0
        ORDER BY channel";
    FAILURE_RESET_ALL = "UPDATE failure_counters SET failures = 0, last_failure_at = NULL
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
    FAILURE_RESET = "UPDATE failure_counters SET failures = 0, last_failure_at = NULL
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND channel = ?5";
}

/// Inserts an end user, or notes that a known one passed again; the name of ours is kept, and so is the number where
/// it is not a number that passed. What
/// their name was sealed as stays, too: it is the same name.
pub(crate) static PASS: &Statement = &END_USER_PASS;
/// Changes nothing, and keeps a known end user from being erased before the commit.
pub(crate) static HOLD: &Statement = &END_USER_HOLD;
/// Makes the row that the next two need.
pub(crate) static START_FAILURES: &Statement = &FAILURE_START;
/// Counts a failure, inside the band only.
pub(crate) static COUNT_FAILURE: &Statement = &FAILURE_COUNT;
/// Forgets the failures, inside the band only: a success must not open what meanwhile locked.
pub(crate) static CLEAR_FAILURES: &Statement = &FAILURE_CLEAR;

/// Whom something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndUserKey {
    /// The client.
    pub client_id: ClientId,
    /// The app.
    pub app_id: AppId,
    /// Sandbox and live end users are different ones.
    pub mode: Mode,
    /// Keyed hash of `end_user_uuid`.
    pub end_user_hash: [u8; 32],
}

/// An end user who passed at least once, or was brought along from another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndUserRecord {
    /// A name of ours.
    pub user_id: UserId,
    /// The phone number that last passed.
    pub phone: Option<KnownPhone>,
    /// When they became known.
    pub created_at: Timestamp,
    /// Their last pass.
    pub last_pass: Option<LastPass>,
}

/// A phone number that an end user is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPhone {
    /// Its keyed hash.
    pub hash: [u8; 32],
    /// The number, sealed.
    pub sealed: Vec<u8>,
}

/// When an end user last passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastPass {
    /// When.
    pub at: Timestamp,
    /// By which channel; the last one, where two passed.
    pub channel: Channel,
}

impl EndUserRecord {
    pub(crate) fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("end_users", row);
        let user_id = fields.id("user_id")?;
        let hash = fields.optional_array("phone_hash")?;
        let sealed = fields.optional_bytes("sealed_phone")?;
        let created_at = fields.time("created_at")?;
        let at = fields.optional_time("last_passed_at")?;
        let channel = fields.optional_parsed("last_channel")?;
        Ok(Self {
            user_id,
            // Checks of the table: of each pair, both are there or none.
            phone: hash.zip(sealed).map(|(hash, sealed)| KnownPhone { hash, sealed }),
            created_at,
            last_pass: at.zip(channel).map(|(at, channel)| LastPass { at, channel }),
        })
    }
}

impl Store {
    /// What is known of an end user.
    pub async fn end_user_find(
        &self,
        key: &EndUserKey,
    ) -> Result<Option<EndUserRecord>, StoreError> {
        let params = params![key.client_id, key.app_id, key.mode, &key.end_user_hash];
        let row = self.read_row(&END_USER_FIND, params).await?;
        row.map(EndUserRecord::read).transpose()
    }

    /// Whom a name of ours means; None where it means nobody of this client.
    pub async fn end_user_find_by_id(
        &self,
        client_id: ClientId,
        user_id: UserId,
    ) -> Result<Option<EndUserKey>, StoreError> {
        let row = self.read_row(&END_USER_FIND_BY_ID, params![client_id, user_id]).await?;
        row.map(|row| {
            let mut fields = Fields::of("end_users", row);
            Ok(EndUserKey {
                client_id,
                app_id: fields.id("app_id")?,
                mode: fields.parsed("mode")?,
                end_user_hash: fields.array("end_user_hash")?,
            })
        })
        .transpose()
    }

    /// The channels on which an end user has failures in a row, and how many.
    pub async fn failure_list(
        &self,
        key: &EndUserKey,
    ) -> Result<Vec<(Channel, Failures)>, StoreError> {
        let params = params![key.client_id, key.app_id, key.mode, &key.end_user_hash];
        let mut rows = self.read(vec![Step::any(&FAILURE_LIST, params)]).await?;
        rows.rows(0).into_iter().map(failures).collect()
    }

    /// Forgets an end user's failures in a row, on every channel.
    pub async fn failure_reset_all(
        &self,
        key: &EndUserKey,
        audit: &AuditEntry,
    ) -> Result<(), StoreError> {
        let params = params![key.client_id, key.app_id, key.mode, &key.end_user_hash];
        let set = audit.add_to(ChangeSet::<NoRow>::new().step(&FAILURE_RESET_ALL, params));
        self.apply(set).await.map(drop)
    }

    /// An operator's reset of an end user's failures on a channel; false when none were ever counted.
    pub async fn failure_reset(
        &self,
        key: &EndUserKey,
        channel: Channel,
        audit: Option<&AuditEntry>,
    ) -> Result<bool, StoreError> {
        let params = params![key.client_id, key.app_id, key.mode, &key.end_user_hash, channel];
        let set = ChangeSet::new().require(&FAILURE_RESET, params, NoRow);
        let set = match audit {
            Some(audit) => audit.add_to(set),
            None => set,
        };
        Ok(self.apply(set).await?.is_applied())
    }
}

struct NoRow;

/// A counter: its channel, and the failures.
pub(crate) fn failures(row: Row) -> Result<(Channel, Failures), StoreError> {
    let mut fields = Fields::of("failure_counters", row);
    let channel = fields.parsed("channel")?;
    let count = fields.int("failures")?;
    Ok((channel, Failures { count, last_at: fields.optional_time("last_failure_at")? }))
}
