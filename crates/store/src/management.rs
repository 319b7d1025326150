//! Looking after factors: end users name and remove what they enrolled, and forget devices that they trust.
//!
//! Each change is one commit. It holds the end user's row first, so that of two at once the second sees what the first did,
//! and asks again whether somebody has passed who may change anything.

use onlyauth_core::ids::{ActionId, DeviceId, FactorId};
use onlyauth_core::time::Timestamp;

use crate::audit::AuditEntry;
use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::{self, EndUserKey};
use crate::enrolments;
use crate::error::StoreError;
use crate::factors::{self, FactorRecord};
use crate::notices::Record;
use crate::open::Store;
use crate::statement::statements;
use crate::trusted_devices;
use crate::value::{Value, params};

statements! {
    // Resets and restored backups end success tokens; nothing redeems the one of such an action.
    ACTION_MANAGES = "SELECT a.action_id FROM actions a
        JOIN success_tokens t ON t.client_id = ?1 AND t.action_id = ?2
        WHERE a.client_id = ?1 AND a.action_id = ?2 AND a.app_id = ?3 AND a.mode = ?4
          AND a.end_user_hash = ?5 AND a.purpose = 'factors' AND a.status = 'passed'
          AND a.expires_at > ?6 AND t.consumed_at IS NULL AND t.expires_at > ?6";
    FACTORS_ARE_AS_SEEN = "SELECT user_id FROM end_users
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND ?5 = (SELECT COUNT(*) FROM factors f
            WHERE f.client_id = ?1 AND f.app_id = ?2 AND f.mode = ?3 AND f.end_user_hash = ?4)
          AND ?6 = COALESCE((SELECT f.factor_id FROM factors f
            WHERE f.client_id = ?1 AND f.app_id = ?2 AND f.mode = ?3 AND f.end_user_hash = ?4
            ORDER BY f.factor_id DESC LIMIT 1), '')";
    MANAGEMENT_EXTEND = "UPDATE actions SET extensions = extensions + 1, expires_at = ?4
        WHERE client_id = ?1 AND action_id = ?2 AND extensions = ?3";
    FACTOR_NAME = "UPDATE factors SET sealed_name = ?6
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4 AND factor_id = ?5";
}

/// By what an end user looks after their factors: an action for it that passed, and whose time is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Management {
    /// This action.
    pub action_id: ActionId,
    /// Of this end user.
    pub end_user: EndUserKey,
    /// Now.
    pub now: Timestamp,
}

/// What an end user had when it was decided what they may remove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenFactors {
    count: i64,
    newest: String,
}

impl SeenFactors {
    /// Of all their factors.
    pub fn of(factors: &[FactorRecord]) -> Self {
        let newest = factors.iter().map(|factor| factor.factor_id.to_string()).max();
        let count = i64::try_from(factors.len()).unwrap_or(i64::MAX);
        Self { count, newest: newest.unwrap_or_default() }
    }
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManageOutcome {
    /// Made.
    Done,
    /// There is no such thing any more; nothing changed.
    Gone,
    /// Something was enrolled or removed since it was decided; nothing changed.
    Moved,
    /// Nothing may be changed in the action any more; nothing changed.
    NotAllowed,
}

enum Refusal {
    Action,
    Moved,
    Gone,
}

impl Management {
    fn whose(&self) -> Vec<Value> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &self.end_user;
        params![*client_id, self.action_id, *app_id, *mode, end_user_hash, self.now]
    }

    fn guards(&self) -> ChangeSet<Refusal> {
        ChangeSet::new()
            .require(end_users::HOLD, factors::of(&self.end_user), Refusal::Action)
            .require(&ACTION_MANAGES, self.whose(), Refusal::Action)
    }
}

impl Store {
    /// Whether the end user may still look after their factors in the action.
    pub async fn management_is_open(&self, by: &Management) -> Result<bool, StoreError> {
        Ok(self.read_row(&ACTION_MANAGES, by.whose()).await?.is_some())
    }

    /// Moves the end of an action in which an end user looks after their factors, once per extension that was seen.
    pub async fn management_extend(
        &self,
        by: &Management,
        seen_extensions: u32,
        expires_at: Timestamp,
    ) -> Result<ManageOutcome, StoreError> {
        let client_id = by.end_user.client_id;
        let action = params![client_id, by.action_id, seen_extensions, expires_at];
        let token = params![client_id, by.action_id, expires_at];
        let set = by.guards().require(&MANAGEMENT_EXTEND, action, Refusal::Moved).require(
            enrolments::RENEW,
            token,
            Refusal::Action,
        );
        self.manage(set).await
    }

    /// Removes a factor of somebody who has just these, and trusts no device of theirs any more.
    pub async fn factor_remove(
        &self,
        by: &Management,
        factor_id: FactorId,
        seen: &SeenFactors,
        record: &Record,
    ) -> Result<ManageOutcome, StoreError> {
        let key = || factors::of(&by.end_user);
        let (mut are, mut factor) = (key(), key());
        are.extend(params![seen.count, &seen.newest]);
        factor.extend(params![factor_id]);
        let revoking = trusted_devices::revoking(&by.end_user, by.now);
        let set = by
            .guards()
            .require(&FACTORS_ARE_AS_SEEN, are, Refusal::Moved)
            .require(factors::DELETE, factor, Refusal::Gone)
            .step(trusted_devices::REVOKE_ALL, revoking);
        self.manage(record.add_to(&by.end_user, set)).await
    }

    /// Gives a factor a name, sealed; None takes it away.
    pub async fn factor_name(
        &self,
        by: &Management,
        factor_id: FactorId,
        sealed_name: Option<&[u8]>,
        audit: &AuditEntry,
    ) -> Result<ManageOutcome, StoreError> {
        let mut params = factors::of(&by.end_user);
        params.extend(params![factor_id, sealed_name]);
        let set = by.guards().require(&FACTOR_NAME, params, Refusal::Gone);
        self.manage(audit.add_to(set)).await
    }

    /// Takes back an end user's trust in a device.
    pub async fn trusted_device_forget(
        &self,
        by: &Management,
        device_id: DeviceId,
        audit: &AuditEntry,
    ) -> Result<ManageOutcome, StoreError> {
        let mut params = factors::of(&by.end_user);
        params.extend(params![device_id, by.now]);
        let set = by.guards().require(trusted_devices::REVOKE, params, Refusal::Gone);
        self.manage(audit.add_to(set)).await
    }

    async fn manage(&self, set: ChangeSet<Refusal>) -> Result<ManageOutcome, StoreError> {
        Ok(match self.apply(set).await? {
            Outcome::Applied(_) => ManageOutcome::Done,
            Outcome::Refused(Refusal::Gone) => ManageOutcome::Gone,
            Outcome::Refused(Refusal::Moved) => ManageOutcome::Moved,
            Outcome::Refused(Refusal::Action) => ManageOutcome::NotAllowed,
        })
    }
}
