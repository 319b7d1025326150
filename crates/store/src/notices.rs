//! Notices: messages that tell end users of changes to their ways in. One is committed with what it tells of, and sent by the
//! worker like a code.

use std::fmt;

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::{ActionId, ClientId, MessageId};
use onlyauth_core::notice::Notice;
use onlyauth_core::time::Timestamp;

use crate::audit::AuditEntry;
use crate::change_set::ChangeSet;
use crate::end_users::EndUserKey;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Fields, Row, params};

statements! {
    NOTICE_CREATE = "INSERT INTO notices
        (client_id, action_id, message_id, notice, sealed, language, created_at, end_user_hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    // After its notice: a worker that finds the one finds the other.
    NOTICE_SEND = "INSERT INTO outbox
        (client_id, message_id, app_id, action_id, challenge_id, step, mode, channel, status, reason,
         tries, lease_until, next_try_at, created_at, sent_at)
        VALUES (?1, ?2, ?3, ?4, NULL, 0, ?5, ?6, 'pending', NULL, 0, NULL, ?7, ?7, NULL)
        ON CONFLICT DO NOTHING";
    NOTICE_FIND = "SELECT notice, sealed, language, end_user_hash FROM notices
        WHERE client_id = ?1 AND action_id = ?2 AND message_id = ?3";
}

/// A notice to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// Its id; one that is there already stays as it is.
    pub message_id: MessageId,
    /// The login that it comes of; where none, an id of its own.
    pub action_id: ActionId,
    /// What is told.
    pub notice: Notice,
    /// How it travels.
    pub channel: Channel,
    /// The number that is known, and whose it is, sealed.
    pub sealed: Vec<u8>,
    /// BCP 47.
    pub language: String,
    /// Now.
    pub now: Timestamp,
}

impl fmt::Debug for NewNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewNotice({}, {})", self.message_id, self.notice.as_str())
    }
}

/// What is written down of a change to an end user's ways in, in the commit that makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// For those who look into it later.
    pub audit: AuditEntry,
    /// For the end user; None where no number is known, or nothing carries a message to it.
    pub notice: Option<NewNotice>,
}

impl Record {
    /// Commits it with these steps.
    pub(crate) fn add_to<R>(&self, end_user: &EndUserKey, set: ChangeSet<R>) -> ChangeSet<R> {
        let set = self.audit.add_to(set);
        let Some(new) = &self.notice else { return set };
        let EndUserKey { client_id, app_id, mode, end_user_hash } = *end_user;
        let (action_id, message_id) = (new.action_id, new.message_id);
        set.step(
            &NOTICE_CREATE,
            params![
                client_id,
                action_id,
                message_id,
                new.notice.as_str(),
                &new.sealed,
                new.language.as_str(),
                new.now,
                &end_user_hash,
            ],
        )
        .step(
            &NOTICE_SEND,
            params![client_id, message_id, app_id, action_id, mode, new.channel, new.now],
        )
    }
}

/// A notice that a worker has taken to send it.
#[derive(Clone, PartialEq, Eq)]
pub struct NoticeRecord {
    /// Whom it is told, as a keyed hash of `end_user_uuid`.
    pub end_user_hash: [u8; 32],
    /// What is told.
    pub notice: Notice,
    /// The number that was known, and whose it is, sealed.
    pub sealed: Vec<u8>,
    /// BCP 47.
    pub language: String,
}

impl fmt::Debug for NoticeRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoticeRecord({})", self.notice.as_str())
    }
}

impl NoticeRecord {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("notices", row);
        Ok(Self {
            notice: fields.parsed("notice")?,
            sealed: fields.bytes("sealed")?,
            language: fields.text("language")?,
            end_user_hash: fields.array("end_user_hash")?,
        })
    }
}

impl Store {
    /// What a message of the outbox tells; None when it was deleted since.
    pub(crate) async fn notice_find(
        &self,
        client_id: ClientId,
        action_id: ActionId,
        message_id: MessageId,
    ) -> Result<Option<NoticeRecord>, StoreError> {
        let row = self.read_row(&NOTICE_FIND, params![client_id, action_id, message_id]).await?;
        row.map(NoticeRecord::read).transpose()
    }
}
