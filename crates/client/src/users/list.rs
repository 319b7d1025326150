//! The end users of an app, page by page.

use serde::Deserialize;

use super::User;
use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// Whom to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListUsers {
    /// The app, `APPX-…`.
    pub app_id: String,
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// `sandbox` or `live`; as the app is, where it is None.
    pub mode: Option<String>,
    /// How many at most, 1 to 100; 20, where it is None.
    pub limit: Option<u32>,
    /// [`UserPage::next_cursor`] of the page before; None for the first page.
    pub cursor: Option<String>,
}

impl From<&ListUsers> for Call {
    fn from(request: &ListUsers) -> Self {
        let further = [
            ("mode", request.mode.clone()),
            ("limit", request.limit.map(|limit| limit.to_string())),
            ("cursor", request.cursor.clone()),
        ];
        let call = Self::new(Operation::ListUsers)
            .query("client_id", &request.client_id)
            .query("app_id", &request.app_id);
        further.into_iter().fold(call, |call, (name, value)| match value {
            Some(value) => call.query(name, value),
            None => call,
        })
    }
}

/// Some end users of an app, in the order in which they became known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct UserPage {
    /// The end users.
    pub users: Vec<User>,
    /// Asks for the page behind this one; None on the last.
    pub next_cursor: Option<String>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

impl Client {
    /// Lists the end users of an app, page by page: ask again with [`UserPage::next_cursor`] until that is None.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400), `invalid_auth_token` (401) or `not_found` (404: no such app of this
    /// client), and what any call can end in.
    pub async fn list_users(&self, request: &ListUsers) -> Result<UserPage, Error> {
        self.send(request.into()).await?.decode()
    }
}
