//! End users: what is known of them, and letting them in again.

use std::fmt;

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// Whom to find.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FindUser {
    /// The app, `APPX-…`.
    pub app_id: String,
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// Your name for the end user.
    pub end_user_uuid: String,
    /// `sandbox` or `live`; as the app is, where it is None.
    pub mode: Option<String>,
}

/// Without the end user's name.
impl fmt::Debug for FindUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FindUser")
            .field("app_id", &self.app_id)
            .field("client_id", &self.client_id)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl From<&FindUser> for Call {
    fn from(request: &FindUser) -> Self {
        let call = Self::new(Operation::FindUser)
            .form("client_id", &request.client_id)
            .form("app_id", &request.app_id)
            .form("end_user_uuid", &request.end_user_uuid);
        match &request.mode {
            Some(mode) => call.form("mode", mode),
            None => call,
        }
    }
}

/// An end user: who passed at least once, or was brought along from another system. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The server's name for them, `USER-…`, which addresses may hold.
    pub id: String,
    /// The app that they are an end user of.
    pub app_id: String,
    /// `sandbox` or `live`: the two know nothing of each other.
    pub mode: String,
    /// The number that last passed, all but its last digits hidden; None where none did.
    pub masked_phone_number: Option<String>,
    /// When they became known.
    pub created_at: i64,
    /// When they last passed; None where they never did.
    pub last_passed_at: Option<i64>,
    /// By which channel, such as `sms`.
    pub last_channel: Option<String>,
    /// What they enrolled beside a phone, oldest first.
    pub factors: Vec<Factor>,
    /// Channels with failures in a row.
    pub failures: Vec<FailedChannel>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Something that an end user enrolled.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Factor {
    /// Its id, `FCTR-…`.
    pub id: String,
    /// By which channel it proves, such as `totp`.
    pub channel: String,
    /// When it was enrolled, in Unix seconds.
    pub created_at: i64,
    /// When it last passed, in Unix seconds; None where it never did.
    pub last_used_at: Option<i64>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// A channel on which an end user failed since they last passed by it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct FailedChannel {
    /// Which, such as `sms`.
    pub channel: String,
    /// How often in a row.
    pub failures: i64,
    /// Whether it is locked now.
    pub locked: bool,
    /// When the lock ends by itself, in Unix seconds; None where there is none, or where it doesn't.
    pub locked_until: Option<i64>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

#[derive(Deserialize)]
struct OneUser {
    user: User,
}

impl Client {
    /// Finds an end user by your name for them.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400), `invalid_auth_token` (401) or `not_found` (404: no such app of this
    /// client, or nobody who ever passed or was imported), and what any call can end in.
    pub async fn find_user(&self, request: &FindUser) -> Result<User, Error> {
        let answer: OneUser = self.send(request.into()).await?.decode()?;
        Ok(answer.user)
    }

    /// Gets an end user by the server's name for them.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_auth_token` (401) or `not_found` (404), and what any call can end in.
    pub async fn get_user_by_id(&self, user_id: &str, client_id: &str) -> Result<User, Error> {
        let call = Call::new(Operation::GetUserById)
            .path("user_id", user_id)
            .query("client_id", client_id);
        let answer: OneUser = self.send(call).await?.decode()?;
        Ok(answer.user)
    }

    /// Forgets an end user's failures in a row on every channel, so that those that wait or are off can be used again. Do it
    /// once you know who is asking: whoever guesses codes would ask, too.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_auth_token` (401) or `not_found` (404), and what any call can end in.
    pub async fn unlock_user(&self, user_id: &str, client_id: &str) -> Result<User, Error> {
        let call =
            Call::new(Operation::UnlockUser).path("user_id", user_id).form("client_id", client_id);
        let answer: OneUser = self.send(call).await?.decode()?;
        Ok(answer.user)
    }
}
