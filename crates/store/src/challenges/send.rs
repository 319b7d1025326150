//! Sending: one commit counts the message against the action, makes or keeps the challenge, and puts the
//! message into the outbox. Nothing leaves the building here.

use std::fmt;

use onlyauth_core::challenge::Seed;
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ActionId, ChallengeId, KeyId, MessageId};
use onlyauth_core::time::Timestamp;

use super::{ChallengeRecord, CodeOrigin};
use crate::change_set::{ChangeSet, Outcome};
use crate::end_users::EndUserKey;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::params;
use crate::{NewAction, actions, end_users, outbox};

statements! {
    CHALLENGE_CREATE = "INSERT INTO challenges
        (client_id, action_id, challenge_id, step, channel, seed, code_key_id, digits, max_attempts,
         attempts, created_at, expires_at, consumed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, NULL)";
    CHALLENGE_IS_OPEN = "SELECT challenge_id FROM challenges
        WHERE client_id = ?1 AND action_id = ?2 AND challenge_id = ?3 AND channel = ?4
          AND attempts < max_attempts AND consumed_at IS NULL AND expires_at > ?5";
}

/// A message to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Send {
    /// In this action.
    pub action_id: ActionId,
    /// To this end user, who must be the action's.
    pub end_user: EndUserKey,
    /// By this channel.
    pub channel: Channel,
    /// The action's `sends` when the form was made: the same form twice sends once.
    pub seen_sends: u32,
    /// Now.
    pub now: Timestamp,
    /// The code in it.
    pub challenge: SendChallenge,
    /// The message's id.
    pub message_id: MessageId,
    /// When the worker may first try.
    pub next_try_at: Timestamp,
    /// The action, where this message starts it. One that somebody else has started meanwhile stays as it is, and then the
    /// message is theirs.
    pub start: Option<NewAction>,
}

impl Send {
    /// The how-manieth message of its action it is.
    pub(crate) fn step(&self) -> u32 {
        self.seen_sends.saturating_add(1)
    }
}

/// Whose code a message carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendChallenge {
    /// A new challenge's.
    New(NewChallenge),
    /// That of a challenge which is still open.
    Keep(ChallengeId),
}

/// A challenge to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct NewChallenge {
    /// Its id.
    pub challenge_id: ChallengeId,
    /// 128 random bits.
    pub seed: Seed,
    /// The ring key that derives its code.
    pub code_key_id: KeyId,
    /// Digits of the code.
    pub digits: u8,
    /// Checks allowed.
    pub max_attempts: u32,
    /// The moment from which its code is over.
    pub expires_at: Timestamp,
}

impl NewChallenge {
    /// As the commit of its first message leaves it.
    pub(crate) fn made(&self, send: &Send) -> ChallengeRecord {
        ChallengeRecord {
            client_id: send.end_user.client_id,
            action_id: send.action_id,
            challenge_id: self.challenge_id,
            step: send.step(),
            channel: send.channel,
            code: Some(CodeOrigin { seed: self.seed, key_id: self.code_key_id }),
            digits: self.digits,
            max_attempts: self.max_attempts,
            attempts: 0,
            created_at: send.now,
            expires_at: self.expires_at,
            consumed_at: None,
        }
    }
}

/// Without the seed: a log must not hold what a code is made from.
impl fmt::Debug for NewChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewChallenge({})", self.challenge_id)
    }
}

/// What became of a send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendOutcome {
    /// Counted, and in the outbox.
    Committed,
    /// This step's message is already on its way; nothing changed.
    AlreadySent,
    /// The action, or the challenge to keep, is no longer open; nothing changed.
    Closed,
}

enum Refusal {
    Action,
    Challenge,
}

impl Store {
    /// Commits a message to the outbox, exactly once per step of the action (security.md row 34).
    pub async fn challenge_send(&self, send: &Send) -> Result<SendOutcome, StoreError> {
        match self.apply(change_set(send)).await? {
            Outcome::Applied(_) => Ok(SendOutcome::Committed),
            Outcome::Refused(Refusal::Challenge) => Ok(SendOutcome::Closed),
            Outcome::Refused(Refusal::Action) => {
                let action = self.action_find(send.end_user.client_id, send.action_id).await?;
                let moved_on = action.is_some_and(|action| action.sends != send.seen_sends);
                Ok(if moved_on { SendOutcome::AlreadySent } else { SendOutcome::Closed })
            }
        }
    }
}

fn change_set(send: &Send) -> ChangeSet<Refusal> {
    let EndUserKey { client_id, app_id, mode, end_user_hash } = &send.end_user;
    let (client_id, app_id, mode) = (*client_id, *app_id, *mode);
    let step = send.step();
    let (count, params) = match &send.start {
        // As good as started and then counted, in one row written once.
        Some(action) => (actions::CREATE, action.params(step)),
        None => (
            actions::SEND,
            params![
                client_id,
                send.action_id,
                app_id,
                mode,
                end_user_hash,
                send.now,
                send.seen_sends
            ],
        ),
    };
    let set = ChangeSet::new().require(count, params, Refusal::Action);
    let (set, challenge_id) = match &send.challenge {
        SendChallenge::New(new) => {
            let params = params![
                client_id,
                send.action_id,
                new.challenge_id,
                step,
                send.channel,
                &new.seed,
                new.code_key_id,
                new.digits,
                new.max_attempts,
                send.now,
                new.expires_at,
            ];
            (set.step(&CHALLENGE_CREATE, params), new.challenge_id)
        }
        SendChallenge::Keep(id) => {
            let params = params![client_id, send.action_id, *id, send.channel, send.now];
            (set.require(&CHALLENGE_IS_OPEN, params, Refusal::Challenge), *id)
        }
    };
    set.step(
        end_users::START_FAILURES,
        params![client_id, app_id, mode, end_user_hash, send.channel],
    )
    .step(
        outbox::CREATE,
        params![
            client_id,
            send.message_id,
            app_id,
            send.action_id,
            challenge_id,
            step,
            mode,
            send.channel,
            send.next_try_at,
            send.now,
        ],
    )
}
