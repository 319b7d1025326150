//! The audit: what was done to end users' ways in, by whom and when.

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// Which entries to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListAuditEntries {
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// Only what was done to this end user, `USER-…`, who may be erased meanwhile.
    pub user_id: Option<String>,
    /// Only what was done at this moment or later, in Unix seconds.
    pub since: Option<i64>,
    /// How many at most, 1 to 100. 20 where it is None.
    pub limit: Option<u32>,
    /// [`AuditPage::next_cursor`] of the page before.
    pub cursor: Option<String>,
}

impl From<&ListAuditEntries> for Call {
    fn from(request: &ListAuditEntries) -> Self {
        let call = Self::new(Operation::ListAuditEntries).query("client_id", &request.client_id);
        let optional = [
            ("user_id", request.user_id.clone()),
            ("since", request.since.map(|since| since.to_string())),
            ("limit", request.limit.map(|limit| limit.to_string())),
            ("cursor", request.cursor.clone()),
        ];
        optional.into_iter().fold(call, |call, (name, value)| match value {
            Some(value) => call.query(name, value),
            None => call,
        })
    }
}

/// Something that was done to an end user's ways in. Nothing personal is in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct AuditEntry {
    /// Its id, `AUDT-…`.
    pub id: String,
    /// When, in Unix seconds.
    pub created_at: i64,
    /// What, such as `factor_removed`.
    pub deed: String,
    /// By whom: `end_user`, `backend` or `operator`.
    pub actor: String,
    /// To this end user, `USER-…`, who may be erased meanwhile.
    pub user_id: String,
    /// In this app, which may be gone meanwhile.
    pub app_id: String,
    /// `sandbox` or `live`.
    pub mode: String,
    /// Which factor, device or channel, or the reason of a reset; None where there is nothing more to say.
    pub detail: Option<String>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Some entries of the audit, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// Asks for the page behind this one; None on the last.
    pub next_cursor: Option<String>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

impl Client {
    /// Lists what was done to the ways in of the client's end users, newest first, page by page.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400) or `invalid_auth_token` (401), and what any call can end in.
    pub async fn list_audit_entries(&self, request: &ListAuditEntries) -> Result<AuditPage, Error> {
        self.send(request.into()).await?.decode()
    }
}
