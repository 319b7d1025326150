//! What an end user did lately: their logins, and the messages in them, for as long as retention keeps these.

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ActionId, MessageId};
use onlyauth_core::time::Timestamp;

use super::EndUserKey;
use crate::actions::ActionRecord;
use crate::change_set::Step;
use crate::error::StoreError;
use crate::open::Store;
use crate::outbox::DeliveryStatus;
use crate::statement::statements;
use crate::value::{Fields, Row};

statements! {
    USER_HISTORY_ACTIONS = "SELECT client_id, action_id, app_id, mode, end_user_hash, phone_hash, sealed,
        language, region, status, proven, sends, extensions, phone_changed, country, created_at,
        expires_at, ended_at, purpose
        FROM actions
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3 AND app_id = ?4 AND mode = ?5
          AND end_user_hash = ?6
        ORDER BY action_id";
    USER_HISTORY_MESSAGES = "SELECT o.message_id, o.action_id, o.channel, o.status, o.reason, o.created_at,
        o.sent_at
        FROM actions a JOIN outbox o ON o.client_id = ?1 AND o.action_id = a.action_id
        WHERE a.client_id = ?1 AND a.action_id > ?2 AND a.action_id <= ?3 AND a.app_id = ?4
          AND a.mode = ?5 AND a.end_user_hash = ?6";
}

/// Logins of an end user, oldest first, with their messages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EndUserHistory {
    /// Their logins.
    pub actions: Vec<ActionRecord>,
    /// The messages in them.
    pub messages: Vec<HistoryMessage>,
}

/// A message of an end user, as their history shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryMessage {
    /// Its id.
    pub message_id: MessageId,
    /// In this login.
    pub action_id: ActionId,
    /// How it travelled.
    pub channel: Channel,
    /// Where it is.
    pub status: DeliveryStatus,
    /// Why it failed, or why nobody knows.
    pub reason: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When a provider took it.
    pub sent_at: Option<Timestamp>,
}

impl HistoryMessage {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("outbox", row);
        Ok(Self {
            message_id: fields.id("message_id")?,
            action_id: fields.parsed("action_id")?,
            channel: fields.parsed("channel")?,
            status: DeliveryStatus::read(&mut fields)?,
            reason: fields.optional_text("reason")?,
            created_at: fields.time("created_at")?,
            sent_at: fields.optional_time("sent_at")?,
        })
    }
}

impl Store {
    /// What an end user did lately.
    pub async fn end_user_history_list(
        &self,
        key: &EndUserKey,
    ) -> Result<EndUserHistory, StoreError> {
        let mut history = EndUserHistory::default();
        let mut span = self.login_span_find(key.client_id, None).await?;
        while let Some(here) = span {
            let steps = [&USER_HISTORY_ACTIONS, &USER_HISTORY_MESSAGES];
            let mut rows =
                self.read(steps.map(|step| Step::any(step, here.of(key))).into()).await?;
            for row in rows.rows(0) {
                history.actions.push(ActionRecord::read(row)?);
            }
            for row in rows.rows(1) {
                history.messages.push(HistoryMessage::read(row)?);
            }
            span = self.login_span_find(key.client_id, span).await?;
        }
        history.messages.sort_by_key(|message| message.message_id);
        Ok(history)
    }
}
