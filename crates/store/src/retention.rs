//! Retention: rows that were kept long enough leave, oldest first and few at a time.
//!
//! Ids begin with the moment at which they were made, so the oldest rows are the first of their client in the
//! primary key, and no index has to say how old a row is. What may leave is looked for by the readers; the writer,
//! which has logins to commit, only deletes a span that it is told. Doing so twice deletes nothing more.

use std::convert::Infallible;

use onlyauth_core::ids::{ActionId, AppId, AuditId, ClientId, MessageId};
use onlyauth_core::statistics::over_at;
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome, Step};
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Fields, Value, params};

statements! {
    OLD_ACTION_LIST = "SELECT action_id, expires_at, ended_at FROM actions
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3
        ORDER BY action_id LIMIT ?4";
    OLD_ATTEMPT_DELETE = "DELETE FROM challenge_attempts
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3";
    OLD_MESSAGE_DELETE = "DELETE FROM outbox
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3";
    OLD_CHALLENGE_DELETE = "DELETE FROM challenges
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3";
    OLD_CEREMONY_DELETE = "DELETE FROM ceremonies
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3";
    OLD_NOTICE_DELETE = "DELETE FROM notices
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3";
    OLD_ACTION_DELETE = "DELETE FROM actions
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3
          AND (ended_at <= ?4 OR expires_at <= ?4)
        RETURNING action_id";
    OLD_SUCCESS_TOKEN_LIST = "SELECT action_id FROM success_tokens
        WHERE client_id = ?1 AND action_id > ?2 AND action_id < ?3 AND expires_at <= ?4
        ORDER BY action_id LIMIT ?5";
    OLD_SUCCESS_TOKEN_DELETE = "DELETE FROM success_tokens
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3 AND expires_at <= ?4
        RETURNING action_id";
    // A link that was opened is forgotten when it is over, not before: it would be good again.
    OLD_FACTOR_LINK_LIST = "SELECT action_id FROM factor_links
        WHERE client_id = ?1 AND action_id > ?2 AND action_id < ?3 AND expires_at <= ?4
        ORDER BY action_id LIMIT ?5";
    OLD_FACTOR_LINK_DELETE = "DELETE FROM factor_links
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3 AND expires_at <= ?4
        RETURNING action_id";
    OLD_DEVICE_LIST = "SELECT expires_at FROM trusted_devices
        WHERE client_id = ?1 AND expires_at <= ?2 ORDER BY expires_at LIMIT ?3";
    OLD_DEVICE_DELETE = "DELETE FROM trusted_devices WHERE client_id = ?1 AND expires_at <= ?2
        RETURNING device_id";
    OLD_INBOX_NEXT = "SELECT app_id FROM sandbox_messages
        WHERE client_id = ?1 AND app_id > ?2 ORDER BY app_id LIMIT 1";
    OLD_INBOX_LIST = "SELECT message_id FROM sandbox_messages
        WHERE client_id = ?1 AND app_id = ?2 AND message_id > ?3 AND message_id < ?4
          AND created_at <= ?5
        ORDER BY message_id LIMIT ?6";
    OLD_INBOX_DELETE = "DELETE FROM sandbox_messages
        WHERE client_id = ?1 AND app_id = ?2 AND message_id > ?3 AND message_id <= ?4
          AND created_at <= ?5
        RETURNING message_id";
    OLD_AUDIT_LIST = "SELECT audit_id FROM audit
        WHERE client_id = ?1 AND audit_id > ?2 AND audit_id < ?3
        ORDER BY audit_id LIMIT ?4";
    OLD_AUDIT_DELETE = "DELETE FROM audit
        WHERE client_id = ?1 AND audit_id > ?2 AND audit_id <= ?3
        RETURNING audit_id";
    OLD_LOGIN_HOUR_NEXT = "SELECT hour FROM login_hours
        WHERE client_id = ?1 AND hour <= ?2 ORDER BY hour LIMIT 1";
    OLD_MESSAGE_HOUR_NEXT = "SELECT hour FROM message_hours
        WHERE client_id = ?1 AND hour <= ?2 ORDER BY hour LIMIT 1";
    OLD_LOGIN_HOUR_DELETE = "DELETE FROM login_hours WHERE client_id = ?1 AND hour = ?2 RETURNING hour";
    OLD_MESSAGE_HOUR_DELETE = "DELETE FROM message_hours
        WHERE client_id = ?1 AND hour = ?2 RETURNING hour";
}

/// What is kept for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Actions that are counted, with their challenges, ceremonies, attempts and messages; from when they were over.
    Actions,
    /// Success tokens, redeemed or not; from when they were over.
    SuccessTokens,
    /// Links that were opened; from when they were over.
    FactorLinks,
    /// Trust in devices; from when it ended or, where it was taken back, would have.
    TrustedDevices,
    /// Messages in the sandbox's inbox; from when they arrived.
    SandboxMessages,
    /// What was done to end users' ways in; from when it was.
    Audit,
    /// What logins and messages were counted by the hour; from the hour's beginning.
    Hours,
}

impl Kept {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Actions,
        Self::SuccessTokens,
        Self::FactorLinks,
        Self::TrustedDevices,
        Self::SandboxMessages,
        Self::Audit,
        Self::Hours,
    ];

    /// The name in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::SuccessTokens => "success_tokens",
            Self::FactorLinks => "factor_links",
            Self::TrustedDevices => "trusted_devices",
            Self::SandboxMessages => "sandbox_messages",
            Self::Audit => "audit",
            Self::Hours => "hours",
        }
    }
}

/// Rows of one client that may leave together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OldRows {
    client_id: ClientId,
    /// Their time was over by this moment.
    by: Timestamp,
    span: Span,
}

/// From behind the first id, or the client's beginning, up to and with the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Actions(Option<ActionId>, ActionId),
    SuccessTokens(Option<ActionId>, ActionId),
    FactorLinks(Option<ActionId>, ActionId),
    TrustedDevices(Timestamp),
    SandboxMessages(AppId, Option<MessageId>, MessageId),
    Audit(Option<AuditId>, AuditId),
    Hours(Timestamp),
}

/// What every id of its kind sorts behind, when there is none.
pub(crate) fn behind<Id: Into<Value>>(id: Option<Id>) -> Value {
    id.map_or_else(|| Value::from(""), Into::into)
}

impl Store {
    /// The oldest rows of a client whose time was over by `by`, behind those of `after`; None when there are none.
    /// At most `max` actions, tokens or messages, or one hour.
    pub async fn old_rows_find(
        &self,
        client_id: ClientId,
        what: Kept,
        by: Timestamp,
        after: Option<&OldRows>,
        max: u32,
    ) -> Result<Option<OldRows>, StoreError> {
        let after = after.map(|rows| rows.span);
        let span = match (what, after) {
            (Kept::Actions, Some(Span::Actions(_, last))) => {
                self.old_actions(client_id, by, Some(last), max).await?
            }
            (Kept::Actions, _) => self.old_actions(client_id, by, None, max).await?,
            (Kept::SuccessTokens, Some(Span::SuccessTokens(_, last))) => {
                self.old_tokens(client_id, by, Some(last), max).await?
            }
            (Kept::SuccessTokens, _) => self.old_tokens(client_id, by, None, max).await?,
            (Kept::FactorLinks, Some(Span::FactorLinks(_, last))) => {
                self.old_links(client_id, by, Some(last), max).await?
            }
            (Kept::FactorLinks, _) => self.old_links(client_id, by, None, max).await?,
            (Kept::TrustedDevices, _) => self.old_devices(client_id, by, max).await?,
            (Kept::SandboxMessages, Some(Span::SandboxMessages(app, _, last))) => {
                self.old_inbox(client_id, by, Some((app, last)), max).await?
            }
            (Kept::SandboxMessages, _) => self.old_inbox(client_id, by, None, max).await?,
            (Kept::Audit, Some(Span::Audit(_, last))) => {
                self.old_audit(client_id, by, Some(last), max).await?
            }
            (Kept::Audit, _) => self.old_audit(client_id, by, None, max).await?,
            (Kept::Hours, _) => self.old_hour(client_id, by).await?,
        };
        Ok(span.map(|span| OldRows { client_id, by, span }))
    }

    /// Up to the first that is not over: what belongs to an action is deleted by the span alone.
    async fn old_actions(
        &self,
        client_id: ClientId,
        by: Timestamp,
        after: Option<ActionId>,
        max: u32,
    ) -> Result<Option<Span>, StoreError> {
        let Some(counted) = self.counted_up_to(client_id).await? else { return Ok(None) };
        // One bound, not two: of two, a database may search by the one that holds back less.
        let bound = counted.min(ActionId::first_at(by));
        let params = params![client_id, behind(after), bound, max];
        let mut last = None;
        for row in self.read_rows(&OLD_ACTION_LIST, params).await? {
            let mut fields = Fields::of("actions", row);
            let action_id = fields.id("action_id")?;
            if over_at(fields.time("expires_at")?, fields.optional_time("ended_at")?) > by {
                break;
            }
            last = Some(action_id);
        }
        Ok(last.map(|last| Span::Actions(after, last)))
    }

    async fn old_tokens(
        &self,
        client_id: ClientId,
        by: Timestamp,
        after: Option<ActionId>,
        max: u32,
    ) -> Result<Option<Span>, StoreError> {
        let params = params![client_id, behind(after), ActionId::first_at(by), by, max];
        let rows = self.read_rows(&OLD_SUCCESS_TOKEN_LIST, params).await?;
        let last = rows.into_iter().next_back();
        let last = last.map(|row| Fields::of("success_tokens", row).id("action_id")).transpose()?;
        Ok(last.map(|last| Span::SuccessTokens(after, last)))
    }

    async fn old_links(
        &self,
        client_id: ClientId,
        by: Timestamp,
        after: Option<ActionId>,
        max: u32,
    ) -> Result<Option<Span>, StoreError> {
        let params = params![client_id, behind(after), ActionId::first_at(by), by, max];
        let last = self.read_rows(&OLD_FACTOR_LINK_LIST, params).await?.into_iter().next_back();
        let last = last.map(|row| Fields::of("factor_links", row).id("action_id")).transpose()?;
        Ok(last.map(|last| Span::FactorLinks(after, last)))
    }

    /// Their ids say when they were first trusted, which may be long ago: an index says when trust ends.
    async fn old_devices(
        &self,
        client_id: ClientId,
        by: Timestamp,
        max: u32,
    ) -> Result<Option<Span>, StoreError> {
        let rows = self.read_rows(&OLD_DEVICE_LIST, params![client_id, by, max]).await?;
        let last = rows.into_iter().next_back();
        let last = last.map(|row| Fields::of("trusted_devices", row).time("expires_at"));
        Ok(last.transpose()?.map(Span::TrustedDevices))
    }

    /// Inboxes are gone through by what is in them: their app may be gone.
    async fn old_inbox(
        &self,
        client_id: ClientId,
        by: Timestamp,
        after: Option<(AppId, MessageId)>,
        max: u32,
    ) -> Result<Option<Span>, StoreError> {
        let (mut inbox, mut after) = match after {
            Some((app_id, last)) => (Some(app_id), Some(last)),
            None => (self.next_inbox(client_id, None).await?, None),
        };
        while let Some(app_id) = inbox {
            let bound = MessageId::first_at(by);
            let params = params![client_id, app_id, behind(after), bound, by, max];
            let rows = self.read_rows(&OLD_INBOX_LIST, params).await?;
            if let Some(row) = rows.into_iter().next_back() {
                let last = Fields::of("sandbox_messages", row).id("message_id")?;
                return Ok(Some(Span::SandboxMessages(app_id, after, last)));
            }
            (inbox, after) = (self.next_inbox(client_id, Some(app_id)).await?, None);
        }
        Ok(None)
    }

    async fn next_inbox(
        &self,
        client_id: ClientId,
        after: Option<AppId>,
    ) -> Result<Option<AppId>, StoreError> {
        let row = self.read_row(&OLD_INBOX_NEXT, params![client_id, behind(after)]).await?;
        row.map(|row| Fields::of("sandbox_messages", row).id("app_id")).transpose()
    }

    async fn old_audit(
        &self,
        client_id: ClientId,
        by: Timestamp,
        after: Option<AuditId>,
        max: u32,
    ) -> Result<Option<Span>, StoreError> {
        let params = params![client_id, behind(after), AuditId::first_at(by), max];
        let last = self.read_rows(&OLD_AUDIT_LIST, params).await?.into_iter().next_back();
        let last = last.map(|row| Fields::of("audit", row).id("audit_id")).transpose()?;
        Ok(last.map(|last| Span::Audit(after, last)))
    }

    async fn old_hour(
        &self,
        client_id: ClientId,
        by: Timestamp,
    ) -> Result<Option<Span>, StoreError> {
        let oldest = [&OLD_LOGIN_HOUR_NEXT, &OLD_MESSAGE_HOUR_NEXT]
            .map(|statement| Step::any(statement, params![client_id, by]));
        let mut rows = self.read(oldest.into()).await?;
        let rows = rows.rows(0).into_iter().chain(rows.rows(1));
        let hours = rows.map(|row| Fields::of("login_hours", row).time("hour"));
        let hours = hours.collect::<Result<Vec<_>, _>>()?;
        Ok(hours.into_iter().min().map(Span::Hours))
    }

    /// Deletes what was found and is still there, in one commit; how many actions, tokens, messages, or counts of an
    /// hour that were.
    pub async fn old_rows_delete(&self, rows: &OldRows) -> Result<usize, StoreError> {
        let OldRows { client_id, by, span } = *rows;
        let set = match span {
            Span::Actions(after, last) => actions_delete(client_id, after, last, by),
            Span::SuccessTokens(after, last) => Deletion::new()
                .step(&OLD_SUCCESS_TOKEN_DELETE, params![client_id, behind(after), last, by]),
            Span::FactorLinks(after, last) => Deletion::new()
                .step(&OLD_FACTOR_LINK_DELETE, params![client_id, behind(after), last, by]),
            Span::TrustedDevices(last) => {
                Deletion::new().step(&OLD_DEVICE_DELETE, params![client_id, last])
            }
            Span::SandboxMessages(app_id, after, last) => Deletion::new()
                .step(&OLD_INBOX_DELETE, params![client_id, app_id, behind(after), last, by]),
            Span::Audit(after, last) => {
                Deletion::new().step(&OLD_AUDIT_DELETE, params![client_id, behind(after), last])
            }
            Span::Hours(hour) => Deletion::new()
                .step(&OLD_LOGIN_HOUR_DELETE, params![client_id, hour])
                .step(&OLD_MESSAGE_HOUR_DELETE, params![client_id, hour]),
        };
        match self.apply(set).await? {
            // Only the steps that are to be counted return rows, and none has more of them.
            Outcome::Applied(mut rows) => Ok((0..STEPS).map(|step| rows.rows(step).len()).sum()),
            Outcome::Refused(never) => match never {},
        }
    }
}

/// The most that a deletion has.
const STEPS: usize = 6;

/// No step of it is required.
type Deletion = ChangeSet<Infallible>;

/// With all that belongs to them, which no foreign key would do. The span holds nothing
/// of an action that is not over, and nothing can come into it any more.
fn actions_delete(
    client_id: ClientId,
    after: Option<ActionId>,
    last: ActionId,
    by: Timestamp,
) -> Deletion {
    let span = params![client_id, behind(after), last];
    let mut over = span.clone();
    over.extend(params![by]);
    Deletion::new()
        .step(&OLD_ATTEMPT_DELETE, span.clone())
        .step(&OLD_MESSAGE_DELETE, span.clone())
        .step(&OLD_NOTICE_DELETE, span.clone())
        .step(&OLD_CHALLENGE_DELETE, span.clone())
        .step(&OLD_CEREMONY_DELETE, span)
        .step(&OLD_ACTION_DELETE, over)
}
