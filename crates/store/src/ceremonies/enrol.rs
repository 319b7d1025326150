//! Keeping a new passkey, or declining to make one: one commit consumes the ceremony, asks for the guards of enrolling again,
//! keeps the factor, and gives the success token, which waited meanwhile, its time anew.

use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{ActionId, ChallengeId};
use onlyauth_core::time::Timestamp;

use super::CEREMONY_CONSUME;
use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::{self, EndUserKey};
use crate::error::StoreError;
use crate::factors::{self, NewFactor};
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::params;

statements! {
    ACTION_ENROLS = "SELECT action_id FROM actions
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND end_user_hash = ?5
          AND status = 'passed' AND phone_changed = 0 AND expires_at > ?6";
    // Also when its time is over: whoever thought it over for long must get home all the same.
    CEREMONY_DECLINE = "UPDATE ceremonies SET consumed_at = ?5
        WHERE client_id = ?1 AND action_id = ?2 AND ceremony_id = ?3 AND kind = ?4
          AND consumed_at IS NULL";
    TOKEN_WAITS = "SELECT action_id FROM success_tokens
        WHERE client_id = ?1 AND action_id = ?2 AND consumed_at IS NULL AND expires_at > passed_at";
    TOKEN_RENEW = "UPDATE success_tokens SET expires_at = ?3
        WHERE client_id = ?1 AND action_id = ?2 AND consumed_at IS NULL AND expires_at > passed_at";
}

/// The action in which something may be enrolled: passed, with the phone that was known, and its time is not over
/// (security.md rows 27 and 28).
pub(super) static ACTION: &Statement = &ACTION_ENROLS;
/// Its success token, which nobody has redeemed: once the customer's backend has it, the browser may be anybody's.
/// One that a restored backup ended, as if it was over when it was made, may have been redeemed since.
pub(super) static TOKEN: &Statement = &TOKEN_WAITS;

/// A passkey to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// In this action.
    pub action_id: ActionId,
    /// By this ceremony.
    pub ceremony_id: ChallengeId,
    /// For this end user, who must be the action's.
    pub end_user: EndUserKey,
    /// Now.
    pub now: Timestamp,
    /// What is kept; None for an answer that is no new passkey: the ceremony is over all the same.
    pub factor: Option<NewFactor>,
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

/// Somebody who was asked to make a passkey wants none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decline {
    /// In this action.
    pub action_id: ActionId,
    /// The ceremony that was begun for it.
    pub ceremony_id: ChallengeId,
    /// Of this end user, who must be the action's.
    pub end_user: EndUserKey,
    /// Now.
    pub now: Timestamp,
    /// The moment from which the success token is over.
    pub token_expires_at: Timestamp,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclineOutcome {
    /// The success token has its time anew.
    Declined,
    /// The ceremony was answered or declined before; nothing changed.
    Closed,
    /// Nothing may be enrolled in this action any more, nor is there anything to decline; nothing changed.
    NotAllowed,
}

enum Refusal {
    Ceremony,
    Action,
    Factor,
}

impl Store {
    /// Keeps a passkey that an end user made, once per ceremony.
    pub async fn ceremony_enrol(&self, enrolment: &Enrolment) -> Result<EnrolOutcome, StoreError> {
        Ok(match self.apply(change_set(enrolment)).await? {
            Outcome::Applied(_) if enrolment.factor.is_some() => EnrolOutcome::Enrolled,
            Outcome::Applied(_) => EnrolOutcome::Refused,
            Outcome::Refused(Refusal::Ceremony) => EnrolOutcome::Closed,
            Outcome::Refused(Refusal::Action) => EnrolOutcome::NotAllowed,
            Outcome::Refused(Refusal::Factor) => EnrolOutcome::Known,
        })
    }
}

impl Store {
    /// Ends a ceremony for a passkey that is not made, once, and gives the success token its time anew.
    pub async fn ceremony_decline(&self, decline: &Decline) -> Result<DeclineOutcome, StoreError> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &decline.end_user;
        let (client_id, action_id, now) = (*client_id, decline.action_id, decline.now);
        let ceremony = params![client_id, action_id, decline.ceremony_id, Ceremony::Create, now];
        let whose = params![client_id, action_id, *app_id, *mode, end_user_hash, now];
        let token = params![client_id, action_id, decline.token_expires_at];
        let set = ChangeSet::new()
            .require(ACTION, whose, Refusal::Action)
            .require(&CEREMONY_DECLINE, ceremony, Refusal::Ceremony)
            .require(&TOKEN_RENEW, token, Refusal::Action);
        Ok(match self.apply(set).await? {
            Outcome::Applied(_) => DeclineOutcome::Declined,
            Outcome::Refused(Refusal::Ceremony) => DeclineOutcome::Closed,
            Outcome::Refused(_) => DeclineOutcome::NotAllowed,
        })
    }
}

fn change_set(enrolment: &Enrolment) -> ChangeSet<Refusal> {
    let EndUserKey { client_id, app_id, mode, end_user_hash } = &enrolment.end_user;
    let (client_id, action_id, now) = (*client_id, enrolment.action_id, enrolment.now);
    let ceremony = params![client_id, action_id, enrolment.ceremony_id, Ceremony::Create, now];
    let set = ChangeSet::new().require(&CEREMONY_CONSUME, ceremony, Refusal::Ceremony);
    let Some(factor) = &enrolment.factor else { return set };
    let whose = params![client_id, action_id, *app_id, *mode, end_user_hash, now];
    set.require(ACTION, whose, Refusal::Action)
        .require(end_users::HOLD, factors::of(&enrolment.end_user), Refusal::Action)
        .require(factors::CREATE, factors::creation(&enrolment.end_user, factor), Refusal::Factor)
        .require(
            &TOKEN_RENEW,
            params![client_id, action_id, enrolment.token_expires_at],
            Refusal::Action,
        )
}
