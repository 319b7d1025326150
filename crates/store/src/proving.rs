//! Enrolling as the very proof that is asked for: one commit keeps the factor and passes the action.
//!
//! Core has allowed it before; the guards ask again for what can change meanwhile: that nothing else passed in the action, and
//! that the end user still has nothing that they could prove instead. Their row is written first and thereby held, so that of
//! two actions that enrol at the same time the second finds the factor of the first.

use onlyauth_core::channel::Channel;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{ActionId, ChallengeId};
use onlyauth_core::proof::Proven;
use onlyauth_core::time::Timestamp;

use crate::actions;
use crate::ceremonies;
use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::EndUserKey;
use crate::enrolments::EnrolOutcome;
use crate::error::StoreError;
use crate::factors::{self, NewFactor};
use crate::notices::Record;
use crate::open::Store;
use crate::passes::{Passed, Passing};
use crate::statement::{Statement, statements};
use crate::value::{Value, params};

statements! {
    ACTION_LACKS_PROOF = "SELECT action_id FROM actions
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND end_user_hash = ?5
          AND status = 'open' AND expires_at > ?6 AND proven = ?7 AND phone_changed = 0";
    // Kinds that the app does not take guard nothing, since nobody could prove them. And a passkey was made for ?5, who may have
    // become known by another name meanwhile.
    END_USER_LACKS_FACTOR = "SELECT user_id FROM end_users
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND user_id = ?5
          AND NOT EXISTS (SELECT 1 FROM factors f
            WHERE f.client_id = ?1 AND f.app_id = ?2 AND f.mode = ?3 AND f.end_user_hash = ?4
              AND f.channel IN (?6, ?7))
          AND NOT EXISTS (SELECT 1 FROM backup_codes b
            WHERE b.client_id = ?1 AND b.app_id = ?2 AND b.mode = ?3 AND b.end_user_hash = ?4
              AND b.consumed_at IS NULL AND ?8 = 'backup_code')";
    END_USER_LACKS_ALL = "SELECT user_id FROM end_users
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND user_id = ?5 AND phone_hash IS NULL
          AND NOT EXISTS (SELECT 1 FROM factors f
            WHERE f.client_id = ?1 AND f.app_id = ?2 AND f.mode = ?3 AND f.end_user_hash = ?4
              AND f.channel IN (?6, ?7))
          AND NOT EXISTS (SELECT 1 FROM backup_codes b
            WHERE b.client_id = ?1 AND b.app_id = ?2 AND b.mode = ?3 AND b.end_user_hash = ?4
              AND b.consumed_at IS NULL AND ?8 = 'backup_code')";
}

/// The open action in which just this passed, with the phone that was known.
pub(crate) static ACTION: &Statement = &ACTION_LACKS_PROOF;

/// A factor that is enrolled to pass an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proving {
    /// This action.
    pub action_id: ActionId,
    /// For this end user, who must be the action's.
    pub end_user: EndUserKey,
    /// What had passed in it: a phone; or nothing, which the guard takes for nobody whose phone is known.
    pub proven: Proven,
    /// The kinds of factor that the app takes.
    pub taken: Vec<Channel>,
    /// The ceremony that was answered, where the factor is a passkey.
    pub ceremony: Option<ChallengeId>,
    /// Now.
    pub now: Timestamp,
    /// What is kept, stored and written down; None for an answer that is no new passkey: its ceremony is over all the same.
    pub made: Option<Made>,
}

/// What is enrolled, and what comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What is kept.
    pub factor: NewFactor,
    /// The pass; its name for the end user must be the known one, if there is one.
    pub passed: Passed,
    /// What is written down.
    pub record: Record,
}

enum Refusal {
    Ceremony,
    Action,
    Factor,
}

impl Store {
    /// Enrols a factor and passes the action by it, once.
    pub async fn factor_prove(&self, proving: &Proving) -> Result<EnrolOutcome, StoreError> {
        Ok(match self.apply(change_set(proving)).await? {
            Outcome::Applied(_) if proving.made.is_some() => EnrolOutcome::Enrolled,
            Outcome::Applied(_) => EnrolOutcome::Refused,
            Outcome::Refused(Refusal::Ceremony) => EnrolOutcome::Closed,
            Outcome::Refused(Refusal::Action) => EnrolOutcome::NotAllowed,
            Outcome::Refused(Refusal::Factor) => EnrolOutcome::Known,
        })
    }
}

fn change_set(proving: &Proving) -> ChangeSet<Refusal> {
    let (client_id, action_id, now) = (proving.end_user.client_id, proving.action_id, proving.now);
    let mut set = ChangeSet::new();
    if let Some(ceremony) = proving.ceremony {
        let ceremony = params![client_id, action_id, ceremony, Ceremony::Create, now];
        set = set.require(ceremonies::CONSUME, ceremony, Refusal::Ceremony);
    }
    let Some(Made { factor, passed, record }) = &proving.made else { return set };
    let after = proving.proven.with(factor.channel);
    let passing =
        Passing { action_id, end_user: &proving.end_user, proven: &after, by: factor.channel, now };
    let whose = whose(proving);
    let mut pass = whose.clone();
    pass.extend(params![&after]);
    let set =
        set.require(ACTION, whose, Refusal::Action).require(actions::PASS, pass, Refusal::Action);
    let set =
        passing.known(set, passed).require(lacks(proving), taken(proving, passed), Refusal::Action);
    let kept = factors::creation(&proving.end_user, factor);
    let set = passing.token(set.require(factors::CREATE, kept, Refusal::Factor), passed);
    record.add_to(&proving.end_user, set)
}

fn lacks(proving: &Proving) -> &'static Statement {
    if proving.proven.is_empty() { &END_USER_LACKS_ALL } else { &END_USER_LACKS_FACTOR }
}

fn whose(proving: &Proving) -> Vec<Value> {
    let EndUserKey { client_id, app_id, mode, end_user_hash } = &proving.end_user;
    params![
        *client_id,
        proving.action_id,
        *app_id,
        *mode,
        end_user_hash,
        proving.now,
        &proving.proven,
    ]
}

fn taken(proving: &Proving, passed: &Passed) -> Vec<Value> {
    let mut params = factors::of(&proving.end_user);
    params.extend(params![passed.user_id]);
    for kind in [Channel::Totp, Channel::Webauthn, Channel::BackupCode] {
        let name = if proving.taken.contains(&kind) { kind.as_str() } else { "" };
        params.extend(params![name]);
    }
    params
}
