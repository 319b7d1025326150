//! The outbox: messages that were committed with their challenge, and what became of them.
//!
//! A message goes from `pending` to `sending` before anything leaves the building. What a crash leaves in
//! `sending` becomes `unknown` and is never sent again by itself: a message too few is visible and can be
//! asked for again, one too many costs and confuses (security.md row 34).
//!
//! A provider's receipt may come at any moment after that, before our own note that it took the message too. It
//! moves a message to `delivered` or `failed` once; both are final (row 36).

use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::ids::{ActionId, AppId, ChallengeId, ClientId, MessageId};
use onlyauth_core::time::Timestamp;

use crate::actions::ActionRecord;
use crate::challenges::ChallengeRecord;
use crate::change_set::{ChangeSet, Outcome};
use crate::error::StoreError;
use crate::notices::NoticeRecord;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, Value, params};

statements! {
    MESSAGE_CREATE = "INSERT INTO outbox
        (client_id, message_id, app_id, action_id, challenge_id, step, mode, channel, status, reason,
         tries, lease_until, next_try_at, created_at, sent_at, settled_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'pending', NULL, 0, NULL, ?9, ?10, NULL, NULL)";
    OUTBOX_DUE = "SELECT message_id FROM outbox
        WHERE client_id = ?1 AND status = 'pending' AND next_try_at <= ?2
        ORDER BY next_try_at, message_id LIMIT ?3";
    OUTBOX_CLAIM = "UPDATE outbox SET status = 'sending', tries = tries + 1, lease_until = ?4
        WHERE client_id = ?1 AND message_id = ?2 AND status = 'pending' AND next_try_at <= ?3
        RETURNING client_id, message_id, app_id, action_id, challenge_id, step, mode, channel,
          status, reason, tries, created_at, sent_at";
    CLAIMED_LOGIN = "SELECT a.client_id, a.action_id, a.app_id, a.mode, a.end_user_hash,
        a.phone_hash, a.sealed, a.language, a.region, a.status, a.proven, a.sends, a.extensions,
        a.phone_changed, a.country, a.created_at, a.expires_at, a.ended_at, a.purpose,
        c.client_id, c.action_id, c.challenge_id, c.step, c.channel, c.seed,
        c.code_key_id, c.digits, c.max_attempts, c.attempts, c.created_at, c.expires_at, c.consumed_at
        FROM actions a JOIN challenges c
          ON c.client_id = ?1 AND c.action_id = ?2 AND c.challenge_id = ?3
        WHERE a.client_id = ?1 AND a.action_id = ?2";
    OUTBOX_SENT = "UPDATE outbox SET status = 'sent', sent_at = ?3, lease_until = NULL
        WHERE client_id = ?1 AND message_id = ?2 AND status = 'sending'";
    OUTBOX_FAILED = "UPDATE outbox SET status = 'failed', reason = ?3, lease_until = NULL, settled_at = ?4
        WHERE client_id = ?1 AND message_id = ?2 AND status = 'sending'";
    OUTBOX_RETRY = "UPDATE outbox SET status = 'pending', next_try_at = ?3, lease_until = NULL
        WHERE client_id = ?1 AND message_id = ?2 AND status = 'sending'";
    OUTBOX_UNKNOWN = "UPDATE outbox SET status = 'unknown', reason = ?3, lease_until = NULL, settled_at = ?4
        WHERE client_id = ?1 AND message_id = ?2 AND status = 'sending'";
    OUTBOX_ABANDON = "UPDATE outbox
        SET status = 'unknown', reason = 'lease_expired', lease_until = NULL, settled_at = ?2
        WHERE client_id = ?1 AND status = 'sending' AND lease_until <= ?2
        RETURNING message_id";
    OUTBOX_DELIVERED = "UPDATE outbox
        SET status = 'delivered', reason = NULL, lease_until = NULL, sent_at = COALESCE(sent_at, ?3),
          settled_at = ?3
        WHERE client_id = ?1 AND message_id = ?2
          AND (status IN ('sending', 'sent', 'unknown') OR status = 'pending' AND tries > 0)";
    OUTBOX_UNDELIVERED = "UPDATE outbox
        SET status = 'failed', reason = ?4, lease_until = NULL, sent_at = COALESCE(sent_at, ?3),
          settled_at = ?3
        WHERE client_id = ?1 AND message_id = ?2 AND status IN ('sending', 'sent', 'unknown')";
}

/// The action's columns in [`CLAIMED_LOGIN`].
const ACTION_WIDTH: usize = 19;

pub(crate) static CREATE: &Statement = &MESSAGE_CREATE;
/// Marks a message as sent, if it is being sent.
pub(crate) static SENT: &Statement = &OUTBOX_SENT;

/// Where a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// Waiting for the worker.
    Pending,
    /// Being handed to a provider.
    Sending,
    /// A provider took it.
    Sent,
    /// Its provider says that the phone has it, or that the call was answered.
    Delivered,
    /// No provider took it, or the one that did says that it can't be delivered.
    Failed,
    /// Nobody knows: the worker stopped while sending, or the provider did not answer.
    Unknown,
}

impl DeliveryStatus {
    pub(crate) fn read(fields: &mut Fields) -> Result<Self, StoreError> {
        let words = [
            ("pending", Self::Pending),
            ("sending", Self::Sending),
            ("sent", Self::Sent),
            ("delivered", Self::Delivered),
            ("failed", Self::Failed),
            ("unknown", Self::Unknown),
        ];
        fields.choice("status", &words)
    }
}

/// What a provider says in the end about a message that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FinalReceipt {
    /// The phone has it, or the call was answered.
    Delivered,
    /// It never will.
    Failed {
        /// Why, in a word.
        reason: String,
    },
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRecord {
    /// Whose it is.
    pub client_id: ClientId,
    /// Its id.
    pub message_id: MessageId,
    /// From this app.
    pub app_id: AppId,
    /// In this action.
    pub action_id: ActionId,
    /// With the code of this challenge; None: a notice.
    pub challenge_id: Option<ChallengeId>,
    /// The how-manieth message of its action.
    pub step: u32,
    /// Whether it stays in the building.
    pub mode: Mode,
    /// How it travels.
    pub channel: Channel,
    /// Where it is.
    pub status: DeliveryStatus,
    /// Why it failed, or why nobody knows.
    pub reason: Option<String>,
    /// How often a worker took it.
    pub tries: u32,
    /// When it was committed.
    pub created_at: Timestamp,
    /// When a provider took it.
    pub sent_at: Option<Timestamp>,
}

/// A message that this worker, and no other, is to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedMessage {
    /// The message.
    pub message: MessageRecord,
    /// What it tells.
    pub content: Content,
}

/// What a message tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A code.
    Code {
        /// The action, which holds the phone number.
        action: Box<ActionRecord>,
        /// The challenge, from which the code is derived.
        challenge: Box<ChallengeRecord>,
    },
    /// That something changed.
    Notice(NoticeRecord),
}

impl MessageRecord {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("outbox", row);
        Ok(Self {
            client_id: fields.id("client_id")?,
            message_id: fields.id("message_id")?,
            app_id: fields.parsed("app_id")?,
            action_id: fields.parsed("action_id")?,
            challenge_id: fields.optional_parsed("challenge_id")?,
            step: fields.number("step")?,
            mode: fields.parsed("mode")?,
            channel: fields.parsed("channel")?,
            status: DeliveryStatus::read(&mut fields)?,
            reason: fields.optional_text("reason")?,
            tries: fields.number("tries")?,
            created_at: fields.time("created_at")?,
            sent_at: fields.optional_time("sent_at")?,
        })
    }
}

struct NotThere;

impl Store {
    /// At most `max` messages that may be sent now, the longest due first.
    pub async fn outbox_due(
        &self,
        client_id: ClientId,
        now: Timestamp,
        max: u32,
    ) -> Result<Vec<MessageId>, StoreError> {
        let rows = self.read_rows(&OUTBOX_DUE, params![client_id, now, max]).await?;
        rows.into_iter().map(|row| Fields::of("outbox", row).id("message_id")).collect()
    }

    /// Takes a message to send it; None when it is not due, or another worker has it.
    pub async fn outbox_claim(
        &self,
        client_id: ClientId,
        message_id: MessageId,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<ClaimedMessage>, StoreError> {
        let claim = params![client_id, message_id, now, lease_until];
        let set = ChangeSet::new().require(&OUTBOX_CLAIM, claim, NotThere);
        let Outcome::Applied(mut rows) = self.apply(set).await? else {
            return Ok(None);
        };
        // A required step returned one row.
        let message = MessageRecord::read(rows.row(0).ok_or(StoreError::Unknown)?)?;
        match self.claimed(client_id, message).await {
            Ok(claimed) => Ok(claimed),
            Err(error) => {
                // Certainly nothing left the building: it is to be had again, and not lost with its lease.
                self.outbox_retry(client_id, message_id, now).await?;
                Err(error)
            }
        }
    }

    /// Read beside the writers, which have logins to commit, and after the claim: what changed meanwhile counts.
    async fn claimed(
        &self,
        client_id: ClientId,
        message: MessageRecord,
    ) -> Result<Option<ClaimedMessage>, StoreError> {
        let Some(challenge_id) = message.challenge_id else {
            let (action_id, message_id) = (message.action_id, message.message_id);
            let notice = self.notice_find(client_id, action_id, message_id).await?;
            return Ok(notice.map(|notice| {
                let content = Content::Notice(notice);
                ClaimedMessage { message, content }
            }));
        };
        let names = params![client_id, message.action_id, challenge_id];
        let Some(mut action) = self.read_row(&CLAIMED_LOGIN, names).await? else {
            // Deleted since. What is claimed and sent by nobody becomes unknown when its lease ends.
            return Ok(None);
        };
        let challenge = action.split_off(ACTION_WIDTH.min(action.len()));
        let content = Content::Code {
            action: Box::new(ActionRecord::read(action)?),
            challenge: Box::new(ChallengeRecord::read(challenge)?),
        };
        Ok(Some(ClaimedMessage { message, content }))
    }

    /// A provider took the message; false when this worker no longer had it.
    pub async fn outbox_sent(
        &self,
        client_id: ClientId,
        message_id: MessageId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.outbox_end(&OUTBOX_SENT, params![client_id, message_id, now]).await
    }

    /// Certainly nobody took the message, and it is not tried again; false when this worker no longer had it.
    pub async fn outbox_failed(
        &self,
        client_id: ClientId,
        message_id: MessageId,
        reason: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.outbox_end(&OUTBOX_FAILED, params![client_id, message_id, reason, now]).await
    }

    /// Certainly nobody took the message yet, and it is tried again; false when this worker no longer had it.
    pub async fn outbox_retry(
        &self,
        client_id: ClientId,
        message_id: MessageId,
        next_try_at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.outbox_end(&OUTBOX_RETRY, params![client_id, message_id, next_try_at]).await
    }

    /// Nobody knows whether a provider took the message, and it is never sent again by itself; false when this
    /// worker no longer had it.
    pub async fn outbox_unknown(
        &self,
        client_id: ClientId,
        message_id: MessageId,
        reason: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.outbox_end(&OUTBOX_UNKNOWN, params![client_id, message_id, reason, now]).await
    }

    async fn outbox_end(
        &self,
        statement: &'static Statement,
        params: Vec<Value>,
    ) -> Result<bool, StoreError> {
        let set = ChangeSet::new().require(statement, params, NotThere);
        Ok(self.apply(set).await?.is_applied())
    }

    /// A provider says what became of the message; false when it is none that a provider can have, or that was
    /// settled before. A delivered message that waits for another try doesn't get one: its provider took it
    /// after all.
    pub async fn outbox_receipt(
        &self,
        client_id: ClientId,
        message_id: MessageId,
        receipt: &FinalReceipt,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut params = params![client_id, message_id, now];
        let statement = match receipt {
            FinalReceipt::Delivered => &OUTBOX_DELIVERED,
            FinalReceipt::Failed { reason } => {
                params.extend(params![reason.as_str()]);
                &OUTBOX_UNDELIVERED
            }
        };
        self.outbox_end(statement, params).await
    }

    /// Messages whose worker's lease is over become `unknown`; tells which.
    pub async fn outbox_abandon(
        &self,
        client_id: ClientId,
        now: Timestamp,
    ) -> Result<Vec<MessageId>, StoreError> {
        let set = ChangeSet::<NotThere>::new().step(&OUTBOX_ABANDON, params![client_id, now]);
        let Outcome::Applied(mut rows) = self.apply(set).await? else {
            return Ok(Vec::new());
        };
        let ids = rows.rows(0).into_iter().map(|row| Fields::of("outbox", row).id("message_id"));
        ids.collect()
    }
}
