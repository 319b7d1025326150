//! Enrolling: one commit asks for the guards of enrolling again, keeps what is enrolled, and gives the success token, which
//! waited meanwhile, its time anew.
//!
//! Core has allowed it before, by what passed in the action and what the end user had then; here is what can change meanwhile.

use onlyauth_core::ids::ActionId;
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::{self, EndUserKey};
use crate::error::StoreError;
use crate::factors::{self, NewFactor};
use crate::notices::Record;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::trusted_devices;
use crate::value::{Value, params};

statements! {
    ACTION_ENROLS = "SELECT action_id FROM actions
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND end_user_hash = ?5
          AND status = 'passed' AND expires_at > ?6
          AND (phone_changed = 0 OR proven LIKE '%totp%' OR proven LIKE '%webauthn%'
            OR proven LIKE '%push%' OR proven LIKE '%backup_code%')";
    TOKEN_WAITS = "SELECT action_id FROM success_tokens
        WHERE client_id = ?1 AND action_id = ?2 AND consumed_at IS NULL AND expires_at > passed_at
          AND channels <> 'trusted_device'";
    TOKEN_RENEW = "UPDATE success_tokens SET expires_at = ?3
        WHERE client_id = ?1 AND action_id = ?2 AND consumed_at IS NULL AND expires_at > passed_at
          AND channels <> 'trusted_device'";
}

/// The action in which something may be enrolled: passed, by a factor or with the phone that was known, and its time is not
/// over (security.md rows 27 and 28).
pub(crate) static ACTION: &Statement = &ACTION_ENROLS;
/// Its success token, which nobody has redeemed: once the customer's backend has it, the browser may be anybody's.
/// One that a restored backup ended, as if it was over when it was made, may have been redeemed since. And where a trusted
/// device stood in, nobody has proven anything in this action.
pub(crate) static TOKEN: &Statement = &TOKEN_WAITS;
/// The same, and gives it its time anew.
pub(crate) static RENEW: &Statement = &TOKEN_RENEW;

/// By what something is enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permit {
    /// In this action.
    pub action_id: ActionId,
    /// For this end user, who must be the action's.
    pub end_user: EndUserKey,
    /// Now.
    pub now: Timestamp,
    /// The moment from which the success token is over.
    pub token_expires_at: Timestamp,
}

/// What became of an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolOutcome {
    /// Kept.
    Enrolled,
    /// The answer was no new passkey; its ceremony is consumed.
    Refused,
    /// The ceremony was answered or is over; nothing changed.
    Closed,
    /// Nothing may be enrolled in this action any more; nothing changed.
    NotAllowed,
    /// The end user has it already; nothing changed.
    Known,
}

/// Why nothing was enrolled.
pub(crate) enum Refusal {
    Ceremony,
    Action,
    Factor,
}

impl Permit {
    /// What must hold for anything to be enrolled.
    pub(crate) fn guards(&self, set: ChangeSet<Refusal>) -> ChangeSet<Refusal> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &self.end_user;
        let whose = params![*client_id, self.action_id, *app_id, *mode, end_user_hash, self.now];
        set.require(ACTION, whose, Refusal::Action)
            .require(end_users::HOLD, factors::of(&self.end_user), Refusal::Action)
            .require(RENEW, self.renewal(), Refusal::Action)
    }

    /// What is enrolled in the action in which a device was trusted is no reason to doubt the device.
    pub(crate) fn trusts_still(&self, set: ChangeSet<Refusal>) -> ChangeSet<Refusal> {
        let params = trusted_devices::still_trusted(&self.end_user, self.action_id, self.now);
        set.step(trusted_devices::STILL_TRUSTED, params)
    }

    fn renewal(&self) -> Vec<Value> {
        params![self.end_user.client_id, self.action_id, self.token_expires_at]
    }
}

/// Keeps a factor, once.
pub(crate) fn keep(
    set: ChangeSet<Refusal>,
    permit: &Permit,
    factor: &NewFactor,
    record: &Record,
) -> ChangeSet<Refusal> {
    let factor = factors::creation(&permit.end_user, factor);
    let set = permit.trusts_still(permit.guards(set));
    let set = set.require(factors::CREATE, factor, Refusal::Factor);
    record.add_to(&permit.end_user, set)
}

impl Store {
    /// Keeps a factor that an end user confirmed after a pass.
    pub async fn factor_enrol(
        &self,
        permit: &Permit,
        factor: &NewFactor,
        record: &Record,
    ) -> Result<EnrolOutcome, StoreError> {
        Ok(match self.apply(keep(ChangeSet::new(), permit, factor, record)).await? {
            Outcome::Applied(_) => EnrolOutcome::Enrolled,
            Outcome::Refused(Refusal::Factor) => EnrolOutcome::Known,
            Outcome::Refused(_) => EnrolOutcome::NotAllowed,
        })
    }

    /// Gives the success token its time anew for whoever was asked to enrol something, wants nothing of it and took long to
    /// say so; false where nothing may be enrolled in the action any more, and nothing changed.
    pub async fn enrolment_decline(&self, permit: &Permit) -> Result<bool, StoreError> {
        Ok(self.apply(permit.guards(ChangeSet::new())).await?.is_applied())
    }
}
