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
use crate::limits::LimitTake;
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Fields, Row, params};

statements! {
    NOTICE_CREATE = "INSERT INTO notices
        (client_id, action_id, message_id, notice, sealed, language, created_at, end_user_hash)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?10
        WHERE NOT EXISTS (SELECT 1 FROM limits WHERE limit_key = ?8 AND tat > ?9)
        ON CONFLICT DO NOTHING";
    // Before it is in the outbox: one that is there was counted.
    NOTICE_COUNT = "INSERT INTO limits (limit_key, tat)
        SELECT ?4, ?5
        WHERE EXISTS (SELECT 1 FROM notices
            WHERE client_id = ?1 AND action_id = ?2 AND message_id = ?3)
          AND NOT EXISTS (SELECT 1 FROM outbox WHERE client_id = ?1 AND message_id = ?3)
        ON CONFLICT (limit_key) DO UPDATE
        SET tat = CASE WHEN limits.tat > ?6 THEN limits.tat ELSE ?6 END + ?7";
    // After its notice: a worker that finds the one finds the other.
    NOTICE_SEND = "INSERT INTO outbox
        (client_id, message_id, app_id, action_id, challenge_id, step, mode, channel, status, reason,
         tries, lease_until, next_try_at, created_at, sent_at)
        SELECT ?1, ?2, ?3, ?4, NULL, 0, ?5, ?6, 'pending', NULL, 0, NULL, ?7, ?7, NULL
        WHERE EXISTS (SELECT 1 FROM notices
            WHERE client_id = ?1 AND action_id = ?4 AND message_id = ?2)
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
    /// How often the number is told anything; None: as often as there is something.
    pub limit: Option<LimitTake>,
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
        // A key that nothing has, where nothing limits.
        let limit = new.limit.as_ref();
        let (key, latest) = (limit.map(|limit| &limit.key), limit.map(|limit| limit.take.latest));
        let set = set.step(
            &NOTICE_CREATE,
            params![
                client_id,
                action_id,
                message_id,
                new.notice.as_str(),
                &new.sealed,
                new.language.as_str(),
                new.now,
                key,
                latest,
                &end_user_hash,
            ],
        );
        let set = match limit {
            Some(limit) => counted(set, client_id, new, limit),
            None => set,
        };
        set.step(
            &NOTICE_SEND,
            params![client_id, message_id, app_id, action_id, mode, new.channel, new.now],
        )
    }
}

/// Counts what is sent, and nothing else: whoever could use up the limit by what is undone or repeated would keep the next notice
/// away (security.md row 33). Where several commit at once, each may see the last one free; all of them are counted, so that
/// the next has to wait for longer.
fn counted<R>(
    set: ChangeSet<R>,
    client_id: ClientId,
    new: &NewNotice,
    limit: &LimitTake,
) -> ChangeSet<R> {
    let LimitTake { key, take } = limit;
    let increment = i64::try_from(take.increment.as_millis()).unwrap_or(i64::MAX);
    let first = take.now.plus(take.increment);
    let (action_id, message_id) = (new.action_id, new.message_id);
    set.step(
        &NOTICE_COUNT,
        params![client_id, action_id, message_id, key, first, take.now, increment],
    )
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
