//! The sandbox's inbox: messages that never leave the building, codes in clear.

use std::fmt;

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{AppId, ClientId, MessageId};
use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::error::StoreError;
use crate::open::Store;
use crate::outbox;
use crate::statement::statements;
use crate::value::{Fields, Row, params};

statements! {
    SANDBOX_MESSAGE_CREATE = "INSERT INTO sandbox_messages
        (client_id, app_id, message_id, channel, phone_hash, sealed, body, code, created_at,
         end_user_hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    SANDBOX_MESSAGE_LIST = "SELECT client_id, app_id, message_id, channel, phone_hash, sealed, body,
        code, created_at, end_user_hash
        FROM sandbox_messages WHERE client_id = ?1 AND app_id = ?2
        ORDER BY message_id DESC LIMIT ?3";
    SANDBOX_MESSAGE_LIST_TO = "SELECT client_id, app_id, message_id, channel, phone_hash, sealed, body,
        code, created_at, end_user_hash
        FROM sandbox_messages WHERE client_id = ?1 AND app_id = ?2 AND phone_hash = ?4
        ORDER BY message_id DESC LIMIT ?3";
}

/// A message in the inbox. Its code is in clear: the sandbox protects nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct SandboxMessage {
    /// Whose it is.
    pub client_id: ClientId,
    /// In this app's inbox.
    pub app_id: AppId,
    /// The outbox's id of it.
    pub message_id: MessageId,
    /// How it would have travelled.
    pub channel: Channel,
    /// Keyed hash of the phone number.
    pub phone_hash: [u8; 32],
    /// Keyed hash of `end_user_uuid`.
    pub end_user_hash: [u8; 32],
    /// Phone number and `end_user_uuid`, sealed.
    pub sealed: Vec<u8>,
    /// What the phone would show.
    pub body: String,
    /// The code in it.
    pub code: String,
    /// When it arrived.
    pub created_at: Timestamp,
}

/// Without body and code: logs hold no codes, not even these.
impl fmt::Debug for SandboxMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SandboxMessage({}, {})", self.message_id, self.channel)
    }
}

impl SandboxMessage {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("sandbox_messages", row);
        Ok(Self {
            client_id: fields.id("client_id")?,
            app_id: fields.id("app_id")?,
            message_id: fields.id("message_id")?,
            channel: fields.parsed("channel")?,
            phone_hash: fields.array("phone_hash")?,
            sealed: fields.bytes("sealed")?,
            body: fields.text("body")?,
            code: fields.text("code")?,
            created_at: fields.time("created_at")?,
            end_user_hash: fields.array("end_user_hash")?,
        })
    }
}

struct NotSending;

impl Store {
    /// Puts a claimed message into the inbox and marks it as sent, in one commit; false when this worker no
    /// longer had it, and nothing changed.
    pub async fn sandbox_message_deliver(
        &self,
        message: &SandboxMessage,
    ) -> Result<bool, StoreError> {
        let set = ChangeSet::new()
            .require(
                outbox::SENT,
                params![message.client_id, message.message_id, message.created_at],
                NotSending,
            )
            .step(
                &SANDBOX_MESSAGE_CREATE,
                params![
                    message.client_id,
                    message.app_id,
                    message.message_id,
                    message.channel,
                    &message.phone_hash,
                    &message.sealed,
                    &message.body,
                    &message.code,
                    message.created_at,
                    &message.end_user_hash,
                ],
            );
        Ok(self.apply(set).await?.is_applied())
    }

    /// The newest `limit` messages of an app, newest first; only those to one phone when its hash is given.
    pub async fn sandbox_message_list(
        &self,
        client_id: ClientId,
        app_id: AppId,
        phone_hash: Option<&[u8; 32]>,
        limit: u32,
    ) -> Result<Vec<SandboxMessage>, StoreError> {
        let mut params = params![client_id, app_id, limit];
        let statement = match phone_hash {
            Some(phone_hash) => {
                params.extend(params![phone_hash]);
                &SANDBOX_MESSAGE_LIST_TO
            }
            None => &SANDBOX_MESSAGE_LIST,
        };
        let rows = self.read_rows(statement, params).await?;
        rows.into_iter().map(SandboxMessage::read).collect()
    }
}
