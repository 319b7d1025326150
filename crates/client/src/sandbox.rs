//! The sandbox's inbox: what a live app would have sent.

use std::fmt;

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// Which messages to list.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SandboxMessages {
    /// The app, `APPX-…`.
    pub app_id: String,
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// Only messages to this number, in E.164.
    pub end_user_phone_number: Option<String>,
    /// How many at most, 1 to 100. 20 where it is None.
    pub limit: Option<u32>,
}

impl fmt::Debug for SandboxMessages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxMessages")
            .field("app_id", &self.app_id)
            .field("client_id", &self.client_id)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

impl From<&SandboxMessages> for Call {
    fn from(request: &SandboxMessages) -> Self {
        let mut call = Self::new(Operation::GetSandboxMessages)
            .query("client_id", &request.client_id)
            .query("app_id", &request.app_id);
        if let Some(phone) = &request.end_user_phone_number {
            call = call.query("end_user_phone_number", phone);
        }
        if let Some(limit) = request.limit {
            call = call.query("limit", limit.to_string());
        }
        call
    }
}

/// A message of a sandbox app.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct SandboxMessage {
    /// Its id, `MESG-…`.
    pub id: String,
    /// How it would have been sent, such as `sms`.
    pub channel: String,
    /// To whom, in E.164.
    pub end_user_phone_number: String,
    /// To whom, in your words.
    pub end_user_uuid: String,
    /// The whole text.
    pub body: String,
    /// `code`, or `notice`: that the ways into an account changed.
    #[serde(default = "code")]
    pub kind: String,
    /// The code in it; empty in a notice.
    pub code: String,
    /// When it arrived, in Unix seconds.
    pub created_at: i64,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Neither code nor text nor number.
impl fmt::Debug for SandboxMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxMessage")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .field("kind", &self.kind)
            .field("created_at", &self.created_at)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

/// What every message was before there were notices.
fn code() -> String {
    "code".to_owned()
}

#[derive(Deserialize)]
struct Messages {
    messages: Vec<SandboxMessage>,
}

impl Client {
    /// Lists messages of a sandbox app, newest first.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400), `invalid_auth_token` (401) or `not_found` (404: no such app of
    /// this client), and what any call can end in.
    pub async fn get_sandbox_messages(
        &self,
        request: &SandboxMessages,
    ) -> Result<Vec<SandboxMessage>, Error> {
        let answer: Messages = self.send(request.into()).await?.decode()?;
        Ok(answer.messages)
    }
}
