//! End users: what is known of them, and letting them in again.

mod devices;
mod export;
mod import;
mod list;

use std::fmt;

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

pub use devices::TrustedDevice;
pub use export::{ExportedAction, ExportedFactor, ExportedMessage, UserExport};
pub use import::{ImportReport, ImportUsers, RefusedLine};
pub use list::{ListUsers, UserPage};

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
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The server's name for them, `USER-…`, which addresses may hold.
    pub id: String,
    /// The app that they are an end user of.
    pub app_id: String,
    /// `sandbox` or `live`: the two know nothing of each other.
    pub mode: String,
    /// Your name for them. Empty from a server that does not say it.
    #[serde(default)]
    pub end_user_uuid: String,
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
    /// Backup codes that they have left.
    #[serde(default)]
    pub backup_codes: u32,
    /// Browsers that they trust, oldest first. Empty from a server that does not say it.
    #[serde(default)]
    pub trusted_devices: Vec<TrustedDevice>,
    /// Channels with failures in a row.
    pub failures: Vec<FailedChannel>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Without your name for them.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("app_id", &self.app_id)
            .field("mode", &self.mode)
            .field("masked_phone_number", &self.masked_phone_number)
            .field("created_at", &self.created_at)
            .field("last_passed_at", &self.last_passed_at)
            .field("last_channel", &self.last_channel)
            .field("factors", &self.factors)
            .field("backup_codes", &self.backup_codes)
            .field("trusted_devices", &self.trusted_devices)
            .field("failures", &self.failures)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

/// Something that an end user enrolled.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Factor {
    /// Its id, `FCTR-…`.
    pub id: String,
    /// By which channel it proves, such as `totp`.
    pub channel: String,
    /// What the end user calls it; None where it has no name.
    pub name: Option<String>,
    /// When it was enrolled, in Unix seconds.
    pub created_at: i64,
    /// When it last passed, in Unix seconds; None where it never did.
    pub last_used_at: Option<i64>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Without the name: people write their own into such fields.
impl fmt::Debug for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Factor")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .field("created_at", &self.created_at)
            .field("last_used_at", &self.last_used_at)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
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

    /// Removes what an end user lost, such as an app or a key on a device that was stolen. What is left to them is how they
    /// log in from then on.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_auth_token` (401) or `not_found` (404: no such end user of this client, or no such
    /// factor of theirs), and what any call can end in.
    pub async fn remove_factor(
        &self,
        user_id: &str,
        factor_id: &str,
        client_id: &str,
    ) -> Result<User, Error> {
        let call = Call::new(Operation::RemoveFactor)
            .path("user_id", user_id)
            .path("factor_id", factor_id)
            .query("client_id", client_id);
        let answer: OneUser = self.send(call).await?.decode()?;
        Ok(answer.user)
    }

    /// Resets an end user: removes all that they enrolled, forgets their failures and locks, and ends their logins that are
    /// under way. They begin anew from a phone. Do it once you know who is asking. `reason` is for whoever asks later: 1 to 200
    /// characters, and no person's name.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400), `invalid_auth_token` (401) or `not_found` (404), and what any call can
    /// end in.
    pub async fn reset_user(
        &self,
        user_id: &str,
        client_id: &str,
        reason: &str,
    ) -> Result<User, Error> {
        let call = Call::new(Operation::ResetUser)
            .path("user_id", user_id)
            .form("client_id", client_id)
            .form("reason", reason);
        let answer: OneUser = self.send(call).await?.decode()?;
        Ok(answer.user)
    }

    /// Erases an end user: all personal data leaves, and only counts remain. Whoever logs in by this name afterwards is
    /// somebody new.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_auth_token` (401), `not_found` (404), or `overloaded` or `outcome_unknown` (503: some
    /// may be left; call again until it succeeds or is 404), and what any call can end in.
    pub async fn erase_user(&self, user_id: &str, client_id: &str) -> Result<(), Error> {
        let call =
            Call::new(Operation::EraseUser).path("user_id", user_id).query("client_id", client_id);
        self.send(call).await?.decode::<serde::de::IgnoredAny>().map(drop)
    }
}
