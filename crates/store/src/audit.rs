//! The audit: what was done to end users' ways in. An entry is committed with what it tells of.

use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::Mode;
use onlyauth_core::ids::{AppId, AuditId, ClientId, UserId};
use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::error::StoreError;
use crate::open::Store;
use crate::retention::behind;
use crate::statement::statements;
use crate::value::{Fields, Row, Value, params};

statements! {
    AUDIT_CREATE = "INSERT INTO audit
        (client_id, audit_id, app_id, mode, user_id, deed, detail, actor, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    AUDIT_LIST = "SELECT client_id, audit_id, app_id, mode, user_id, deed, detail, actor, created_at
        FROM audit WHERE client_id = ?1 AND audit_id < ?2 AND audit_id >= ?3 AND created_at >= ?4
        ORDER BY audit_id DESC LIMIT ?5";
    AUDIT_LIST_OF_USER = "SELECT client_id, audit_id, app_id, mode, user_id, deed, detail, actor, created_at
        FROM audit WHERE client_id = ?1 AND user_id = ?6 AND audit_id < ?2 AND audit_id >= ?3
          AND created_at >= ?4
        ORDER BY audit_id DESC LIMIT ?5";
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
        set.step(&AUDIT_CREATE, self.columns())
    }

    /// Its columns in the order of the table: `?1` to `?9` of what writes an entry.
    pub(crate) fn columns(&self) -> Vec<Value> {
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
        ]
    }
}

/// Which entries, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditQuery {
    /// Of this client.
    pub client_id: ClientId,
    /// About this end user, who may be erased; None: about all.
    pub user_id: Option<UserId>,
    /// Those of this moment and later ones.
    pub since: Option<AuditSince>,
    /// Those before this one; None: from the newest one on.
    pub before: Option<AuditId>,
    /// So many at most.
    pub limit: u32,
}

/// From when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditSince {
    /// This moment.
    pub at: Timestamp,
    /// The ids of its entries don't sort before this one: an entry that a login makes once has the login's time.
    pub first: AuditId,
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
        let user_id = Some(user_id);
        let query = AuditQuery { client_id, user_id, since: None, before, limit: max };
        self.audit_list_by(&query).await
    }

    /// The entries that are asked for, in the order of their ids, the newest first.
    pub async fn audit_list_by(&self, query: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        let before = query.before.map_or_else(|| Value::from(AFTER_ALL), Value::from);
        let first = query.since.map(|since| since.first);
        let at = query.since.map_or(Timestamp::from_millis(0), |since| since.at);
        let mut params = params![query.client_id, before, behind(first), at, query.limit];
        let statement = match query.user_id {
            Some(user_id) => {
                params.extend(params![user_id]);
                &AUDIT_LIST_OF_USER
            }
            None => &AUDIT_LIST,
        };
        let rows = self.read_rows(statement, params).await?;
        rows.into_iter().map(AuditEntry::read).collect()
    }
}
