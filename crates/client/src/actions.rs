//! Logins: which there were, and what happened in each.

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// Which logins to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListActions {
    /// The app, `APPX-…`.
    pub app_id: String,
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// Only logins of this end user, `USER-…`.
    pub user_id: Option<String>,
    /// Only those that are `open`, `passed`, `cancelled` or `expired`.
    pub status: Option<String>,
    /// How many at most, 1 to 100. 20 where it is None.
    pub limit: Option<u32>,
    /// [`ActionPage::next_cursor`] of the page before.
    pub cursor: Option<String>,
}

impl From<&ListActions> for Call {
    fn from(request: &ListActions) -> Self {
        let call = Self::new(Operation::ListActions)
            .query("client_id", &request.client_id)
            .query("app_id", &request.app_id);
        let limit = request.limit.map(|limit| limit.to_string());
        let optional = [
            ("user_id", &request.user_id),
            ("status", &request.status),
            ("limit", &limit),
            ("cursor", &request.cursor),
        ];
        optional.into_iter().fold(call, |call, (name, value)| match value {
            Some(value) => call.query(name, value),
            None => call,
        })
    }
}

/// A login, from the end user's first step to its end. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Action {
    /// Its id, `ACTN-…`: the `jti` of its access token.
    pub id: String,
    /// The app.
    pub app_id: String,
    /// `sandbox` or `live`, as the app was.
    pub mode: String,
    /// `login`, or `factors` where the end user looked after their factors; empty from a server that does not tell.
    #[serde(default)]
    pub purpose: String,
    /// The end user, `USER-…`; None until they passed for the first time.
    pub user_id: Option<String>,
    /// `open`, `passed`, `cancelled` or `expired`.
    pub status: String,
    /// The channels that passed, in order.
    pub channels: Vec<String>,
    /// The country of the phone number, ISO 3166-1.
    pub country: String,
    /// Whether the end user last passed with another number.
    pub phone_changed: bool,
    /// When it began.
    pub created_at: i64,
    /// The moment from which it is over.
    pub expires_at: i64,
    /// When it passed or was cancelled.
    pub ended_at: Option<i64>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Some logins, newest first.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ActionPage {
    /// The logins. There may be fewer than were asked for, or none, and still be a next page.
    pub actions: Vec<Action>,
    /// What to ask for the next page with; None at the end.
    pub next_cursor: Option<String>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// A login and what happened in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ActionHistory {
    /// The login.
    pub action: Action,
    /// What was offered, sent and judged, and why, in order.
    pub time_line: Vec<TimeLineEntry>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Something that happened in a login.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct TimeLineEntry {
    /// When, in Unix seconds.
    pub at: i64,
    /// What, such as `judged`.
    pub what: String,
    /// By which channel, such as `sms`; None where it is about none.
    pub channel: Option<String>,
    /// Why, or how it was found, such as `wrong`.
    pub why: Option<String>,
    /// The same for people, in English.
    pub detail: String,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

impl Client {
    /// Lists logins of an app, newest first, page by page.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400), `invalid_auth_token` (401) or `not_found` (404: no such app of this
    /// client, or no such end user of the app), and what any call can end in.
    pub async fn list_actions(&self, request: &ListActions) -> Result<ActionPage, Error> {
        self.send(request.into()).await?.decode()
    }

    /// Gets a login with its time line, until retention takes it.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_auth_token` (401) or `not_found` (404), and what any call can end in.
    pub async fn get_action_by_id(
        &self,
        action_id: &str,
        client_id: &str,
    ) -> Result<ActionHistory, Error> {
        let call = Call::new(Operation::GetActionById)
            .path("action_id", action_id)
            .query("client_id", client_id);
        self.send(call).await?.decode()
    }
}
