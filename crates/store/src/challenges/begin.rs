//! Beginning to prove by a factor: nothing is sent, so there is nothing to count, but the action starts, and the checks
//! are counted at a challenge of their own.

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ActionId, ChallengeId};
use onlyauth_core::time::Timestamp;

use crate::actions::{self, NewAction};
use crate::change_set::ChangeSet;
use crate::end_users::{self, EndUserKey};
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::params;

statements! {
    // Chosen once more, it is the newest again, and keeps its count. Where it was the first of two proofs, it may be proven
    // again: the action, which passes once, is what keeps anything from passing twice.
    CHALLENGE_BEGIN = "INSERT INTO challenges
        (client_id, action_id, challenge_id, step, channel, seed, code_key_id, digits, max_attempts,
         attempts, created_at, expires_at, consumed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, NULL, NULL, ?6, ?7, 0, ?8, ?9, NULL)
        ON CONFLICT (client_id, action_id, challenge_id) DO UPDATE
        SET step = excluded.step, created_at = excluded.created_at, consumed_at = NULL";
}

/// A factor is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begin {
    /// In this action.
    pub action_id: ActionId,
    /// By this end user, who must be the action's.
    pub end_user: EndUserKey,
    /// Which kind.
    pub channel: Channel,
    /// Where checks are counted: always the same of an action and channel.
    pub challenge_id: ChallengeId,
    /// The action's `sends` as they were seen.
    pub sends: u32,
    /// Digits of a code; 0 where none is typed.
    pub digits: u8,
    /// Checks allowed.
    pub max_attempts: u32,
    /// Now.
    pub now: Timestamp,
    /// The moment from which nothing is checked any more, should the action still be open.
    pub expires_at: Timestamp,
    /// The action, where this starts it.
    pub start: Option<NewAction>,
}

struct NotOpen;

impl Store {
    /// Makes the challenge of a factor the newest, and starts the action if it has not begun; false when the action is not
    /// open, and nothing changed.
    pub async fn challenge_begin(&self, begin: &Begin) -> Result<bool, StoreError> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &begin.end_user;
        let (client_id, app_id, mode) = (*client_id, *app_id, *mode);
        let mut set = ChangeSet::new();
        if let Some(action) = &begin.start {
            // One that somebody else has started meanwhile stays as it is.
            set = set.step(actions::CREATE, action.params(0));
        }
        let set = set
            .require(
                actions::IS_OPEN,
                params![client_id, begin.action_id, app_id, mode, end_user_hash, begin.now],
                NotOpen,
            )
            .step(
                &CHALLENGE_BEGIN,
                params![
                    client_id,
                    begin.action_id,
                    begin.challenge_id,
                    begin.sends,
                    begin.channel,
                    begin.digits,
                    begin.max_attempts,
                    begin.now,
                    begin.expires_at,
                ],
            )
            .step(
                end_users::START_FAILURES,
                params![client_id, app_id, mode, end_user_hash, begin.channel],
            );
        Ok(self.apply(set).await?.is_applied())
    }
}
