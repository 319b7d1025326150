//! Challenges: each use of a channel inside an action.

mod attempt;
mod begin;
mod send;

use std::fmt;

use onlyauth_core::action::Status;
use onlyauth_core::challenge::Seed;
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ActionId, ChallengeId, ClientId, KeyId};
use onlyauth_core::time::Timestamp;

use crate::error::StoreError;
use crate::statement::Statement;
use crate::value::{Fields, Row};

pub(crate) use attempt::verdict;
pub use attempt::{Attempt, AttemptOutcome, Judged};
pub use begin::Begin;
pub use send::{NewChallenge, Send, SendChallenge, SendOutcome};

pub(crate) static STATEMENT_LISTS: [&[&Statement]; 3] =
    [attempt::STATEMENTS, begin::STATEMENTS, send::STATEMENTS];

/// A challenge.
#[derive(Clone, PartialEq, Eq)]
pub struct ChallengeRecord {
    /// Whose it is.
    pub client_id: ClientId,
    /// In this action.
    pub action_id: ActionId,
    /// Its id.
    pub challenge_id: ChallengeId,
    /// The action's sends when it was made or, for a factor, last chosen. Ids don't tell which is the newest: they are
    /// made by clocks.
    pub step: u32,
    /// How the code travels, or which kind of factor proves.
    pub channel: Channel,
    /// Where its code comes from; None where a factor proves.
    pub code: Option<CodeOrigin>,
    /// Digits of the code.
    pub digits: u8,
    /// Checks allowed.
    pub max_attempts: u32,
    /// Checks so far.
    pub attempts: u32,
    /// When it was made or, for a factor, last chosen.
    pub created_at: Timestamp,
    /// The moment from which its code is over.
    pub expires_at: Timestamp,
    /// When its code was used.
    pub consumed_at: Option<Timestamp>,
}

/// What a code that is sent is made from.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeOrigin {
    /// The code is derived from it, under the ring key.
    pub seed: Seed,
    /// Which ring key.
    pub key_id: KeyId,
}

/// Without the seed: a log must not hold what a code is made from.
impl fmt::Debug for CodeOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeOrigin({})", self.key_id)
    }
}

impl fmt::Debug for ChallengeRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChallengeRecord")
            .field("action_id", &self.action_id)
            .field("challenge_id", &self.challenge_id)
            .field("channel", &self.channel)
            .field("attempts", &self.attempts)
            .field("expires_at", &self.expires_at)
            .field("consumed_at", &self.consumed_at)
            .finish_non_exhaustive()
    }
}

impl ChallengeRecord {
    /// Whether this one was asked for after the other: choosing a factor counts no message, so it comes after what was
    /// sent in the same step. While the action is open, one that was the first of two proofs is behind all others.
    pub(crate) fn is_newer_than(&self, other: &Self, status: Status) -> bool {
        let order = |one: &Self| {
            let met = status == Status::Open && one.consumed_at.is_some();
            (!met, one.step, one.code.is_none(), one.created_at)
        };
        order(self) > order(other)
    }

    pub(crate) fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("challenges", row);
        let (client_id, action_id) = (fields.id("client_id")?, fields.id("action_id")?);
        let challenge_id = fields.id("challenge_id")?;
        let (step, channel) = (fields.number("step")?, fields.parsed("channel")?);
        let seed = fields.optional_array("seed")?;
        let key_id = fields.optional_parsed("code_key_id")?;
        Ok(Self {
            client_id,
            action_id,
            challenge_id,
            step,
            channel,
            // A check of the table: both are there or none.
            code: seed.zip(key_id).map(|(seed, key_id)| CodeOrigin { seed, key_id }),
            digits: fields.number("digits")?,
            max_attempts: fields.number("max_attempts")?,
            attempts: fields.number("attempts")?,
            created_at: fields.time("created_at")?,
            expires_at: fields.time("expires_at")?,
            consumed_at: fields.optional_time("consumed_at")?,
        })
    }
}
