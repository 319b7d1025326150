//! Entries of the audit as backends and operators see them. Nothing personal is in them.

use onlyauth_core::channel::Mode;
use onlyauth_core::ids::{AppId, AuditId, ClientId, UserId};
use onlyauth_store::{AuditEntry as Record, AuditQuery, Store, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use super::paging;

/// So many are read at once, where all are wanted.
const AT_ONCE: u32 = 1000;

/// Something that was done to an end user's ways in.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its id.
    #[schema(value_type = String, example = "AUDT-01920000-0000-7000-8000-000000000000")]
    pub id: AuditId,
    /// When, in Unix seconds.
    pub created_at: i64,
    /// What: `factor_enrolled`, `factor_named`, `factor_removed`, `backup_codes_made`, `phone_changed`, `unlocked`, `reset`,
    /// `erased`, `device_trusted`, `devices_forgotten` or `imported`.
    #[schema(value_type = String, example = "factor_removed")]
    pub deed: &'static str,
    /// By whom: `end_user` in the widget, `backend` by the API, `operator` on the command line.
    #[schema(value_type = String, example = "backend")]
    pub actor: &'static str,
    /// To this end user, who may be erased meanwhile.
    #[schema(value_type = String, example = "USER-01920000-0000-7000-8000-000000000000")]
    pub user_id: UserId,
    /// In this app, which may be gone meanwhile.
    #[schema(value_type = String, example = "APPX-01920000-0000-7000-8000-000000000000")]
    pub app_id: AppId,
    /// `sandbox` or `live`.
    #[schema(value_type = String, example = "live")]
    pub mode: Mode,
    /// Which factor, device or channel, or the reason of a reset; null where there is nothing more to say.
    #[schema(example = "FCTR-01920000-0000-7000-8000-000000000000")]
    pub detail: Option<String>,
}

/// Some entries of the audit, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntries {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// Asks for the page behind this one; null on the last.
    #[schema(value_type = Option<String>, example = "AUDT-01920000-0000-7000-8000-000000000000")]
    pub next_cursor: Option<AuditId>,
}

impl From<Record> for AuditEntry {
    fn from(entry: Record) -> Self {
        Self {
            id: entry.audit_id,
            created_at: entry.created_at.as_seconds(),
            deed: entry.deed.as_str(),
            actor: entry.actor.as_str(),
            user_id: entry.user_id,
            app_id: entry.app_id,
            mode: entry.mode,
            detail: Some(entry.detail).filter(|detail| !detail.is_empty()),
        }
    }
}

impl AuditEntry {
    /// All that is kept about an end user, newest first.
    pub(super) async fn all_about(
        store: &Store,
        client_id: ClientId,
        user_id: UserId,
    ) -> Result<Vec<Self>, StoreError> {
        let (mut all, mut before) = (Vec::new(), None);
        loop {
            let page = store.audit_list(client_id, user_id, before, AT_ONCE).await?;
            before = paging::next(&page, AT_ONCE, |entry| entry.audit_id);
            all.extend(page.into_iter().map(Self::from));
            if before.is_none() {
                return Ok(all);
            }
        }
    }
}

impl AuditEntries {
    /// A page of them.
    ///
    /// # Errors
    /// The database did not answer.
    pub async fn read(store: &Store, query: &AuditQuery) -> Result<Self, StoreError> {
        let page = store.audit_list_by(query).await?;
        let next_cursor = paging::next(&page, query.limit, |entry| entry.audit_id);
        Ok(Self { entries: page.into_iter().map(AuditEntry::from).collect(), next_cursor })
    }
}
