//! End users from another system.

use std::fmt;

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// Whom to import, and where to.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ImportUsers {
    /// The app, `APPX-…`.
    pub app_id: String,
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// `sandbox` or `live`; as the app is, where it is None.
    pub mode: Option<String>,
    /// One JSON object a line: `end_user_uuid`, and `end_user_phone_number` (E.164), `totp_secret` (base32) or both. At most
    /// 1,000 lines and 1 MiB.
    pub lines: String,
}

/// Without the lines: they hold numbers and secrets.
impl fmt::Debug for ImportUsers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImportUsers")
            .field("app_id", &self.app_id)
            .field("client_id", &self.client_id)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl From<&ImportUsers> for Call {
    fn from(request: &ImportUsers) -> Self {
        let call = Self::new(Operation::ImportUsers)
            .query("client_id", &request.client_id)
            .query("app_id", &request.app_id)
            .lines(&request.lines);
        match &request.mode {
            Some(mode) => call.query("mode", mode),
            None => call,
        }
    }
}

/// What an import came to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ImportReport {
    /// Lines whose end users were not known.
    pub created: u64,
    /// Lines that brought known end users something.
    pub updated: u64,
    /// Lines of which all was there.
    pub unchanged: u64,
    /// Lines that were refused.
    pub refused: Vec<RefusedLine>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// A line that was refused; nothing of it was imported.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct RefusedLine {
    /// Which, from 1.
    pub line: u64,
    /// Why, a sentence each. None repeats what stands in the line.
    pub problems: Vec<String>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

impl Client {
    /// Imports end users. Each line is imported as a whole or refused with its reasons; what is there already stays as it is,
    /// so that the same lines can be sent again.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400), `invalid_auth_token` (401), `not_found` (404: no such app of this
    /// client) or `payload_too_large` (413), nothing imported in each case; `overloaded` or `outcome_unknown` (503: some lines
    /// may be imported); and what any call can end in.
    pub async fn import_users(&self, request: &ImportUsers) -> Result<ImportReport, Error> {
        self.send(request.into()).await?.decode()
    }
}
