//! Resets: an end user who lost what they log in with begins anew, from the phone.
//!
//! One commit. It also ends what is under way: a login that was begun with what is removed must neither pass nor enrol
//! anything afterwards.

use onlyauth_core::ids::ActionId;
use onlyauth_core::time::Timestamp;

use super::{EndUserKey, FAILURE_RESET_ALL, HOLD};
use crate::change_set::ChangeSet;
use crate::error::StoreError;
use crate::factors;
use crate::notices::Record;
use crate::open::Store;
use crate::statement::statements;
use crate::trusted_devices;
use crate::value::params;

statements! {
    RESET_ACTIONS = "UPDATE actions SET status = 'cancelled', ended_at = ?6
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND action_id >= ?5 AND status = 'open' AND expires_at > ?6";
    // As if they were over when they were made: whoever enrols asks for a token that is not.
    RESET_TOKENS = "UPDATE success_tokens SET expires_at = passed_at
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4
          AND action_id >= ?5 AND consumed_at IS NULL AND expires_at > passed_at";
    RESET_FACTORS = "DELETE FROM factors
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
    RESET_BACKUP_CODES = "DELETE FROM backup_codes
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
}

/// An end user who is to begin anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReset {
    /// Who.
    pub end_user: EndUserKey,
    /// Nothing that is under way has an id that sorts before this one.
    pub under_way_from: ActionId,
    /// Written down and told, in the same commit.
    pub record: Record,
    /// Now.
    pub now: Timestamp,
}

/// Nobody is known by this key.
pub(super) struct Unknown;

/// Ends the logins that are under way. Rows are gone through in the order in which a login's own commits do: actions, the
/// end user, the rest.
pub(super) fn end_logins(
    end_user: &EndUserKey,
    under_way_from: ActionId,
    now: Timestamp,
) -> ChangeSet<Unknown> {
    let mut tokens = factors::of(end_user);
    tokens.extend(params![under_way_from]);
    let mut actions = tokens.clone();
    actions.extend(params![now]);
    ChangeSet::new()
        .step(&RESET_ACTIONS, actions)
        .require(HOLD, factors::of(end_user), Unknown)
        .step(&RESET_TOKENS, tokens)
}

/// Removes all by which the end user could pass, but for the phone.
pub(super) fn remove_factors(set: ChangeSet<Unknown>, end_user: &EndUserKey) -> ChangeSet<Unknown> {
    set.step(&RESET_FACTORS, factors::of(end_user)).step(&RESET_BACKUP_CODES, factors::of(end_user))
}

impl Store {
    /// Removes all that an end user enrolled, but for the number that is known, forgets their failures, and ends their logins;
    /// false where nobody is known by this key, and nothing changed.
    pub async fn end_user_reset(&self, reset: &NewReset) -> Result<bool, StoreError> {
        let set = end_logins(&reset.end_user, reset.under_way_from, reset.now);
        let set = remove_factors(set, &reset.end_user)
            .step(&FAILURE_RESET_ALL, factors::of(&reset.end_user))
            .step(
                trusted_devices::REVOKE_ALL,
                trusted_devices::revoking(&reset.end_user, reset.now),
            );
        let set = reset.record.add_to(&reset.end_user, set);
        Ok(self.apply(set).await?.is_applied())
    }
}
