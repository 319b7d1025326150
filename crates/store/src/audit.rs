//! The audit: what was done to end users' ways in. An entry is committed with what it tells of.

use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::Mode;
use onlyauth_core::ids::{AppId, AuditId, ClientId, UserId};
use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Fields, Row, Value, params};

statements! {
    AUDIT_CREATE = "INSERT INTO audit
        (client_id, audit_id, app_id, mode, user_id, deed, detail, actor, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    AUDIT_LIST = "SELECT client_id, audit_id, app_id, mode, user_id, deed, detail, actor, created_at
        FROM audit WHERE client_id = ?1 AND user_id = ?2 AND audit_id < ?3
        ORDER BY audit_id DESC LIMIT ?4";
}

/// What every id of an entry sorts before.
const AFTER_ALL: &str = "B";

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Whose it is.
    pub client_id: ClientId,
    /// Its id; one that is there already stays as it is.
    pub audit_id: AuditId,
    /// In this app.
    pub app_id: AppId,
    /// Sandbox or live.
    pub mode: Mode,
    /// About this end user.
    pub user_id: UserId,
    /// What was done.
    pub deed: Deed,
    /// To what, or why; nothing personal.
    pub detail: String,
    /// Who did it.
    pub actor: Actor,
    /// When.
    pub created_at: Timestamp,
}

impl AuditEntry {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("audit", row);
        Ok(Self {
            client_id: fields.id("client_id")?,
            audit_id: fields.id("audit_id")?,
            app_id: fields.id("app_id")?,
            mode: fields.parsed("mode")?,
            user_id: fields.id("user_id")?,
            deed: fields.parsed("deed")?,
            detail: fields.text("detail")?,
            actor: fields.parsed("actor")?,
            created_at: fields.time("created_at")?,
        })
    }

    /// Commits the entry with these steps.
    pub(crate) fn add_to<R>(&self, set: ChangeSet<R>) -> ChangeSet<R> {
        set.step(
            &AUDIT_CREATE,
            params![
                self.client_id,
                self.audit_id,
                self.app_id,
                self.mode,
                self.user_id,
                self.deed.as_str(),
                self.detail.as_str(),
                self.actor.as_str(),
                self.created_at,
            ],
        )
    }
}

impl Store {
    /// What was done about an end user, newest first: at most `max` entries, of those before `before` where it is given.
    pub async fn audit_list(
        &self,
        client_id: ClientId,
        user_id: UserId,
        before: Option<AuditId>,
        max: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let before = before.map_or_else(|| Value::from(AFTER_ALL), Value::from);
        let params = params![client_id, user_id, before, max];
        let rows = self.read_rows(&AUDIT_LIST, params).await?;
        rows.into_iter().map(AuditEntry::read).collect()
    }
}
