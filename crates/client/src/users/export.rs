//! Everything that is known of an end user.

use std::fmt;

use serde::Deserialize;

use super::{FailedChannel, TrustedDevice};
use crate::audit::AuditEntry;
use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// Everything that is known of an end user: personal data, in full, without secrets. Times are Unix seconds.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct UserExport {
    /// The server's name for them, `USER-…`.
    pub id: String,
    /// The app that they are an end user of.
    pub app_id: String,
    /// `sandbox` or `live`.
    pub mode: String,
    /// Your name for them.
    pub end_user_uuid: String,
    /// The number that last passed, E.164; None where none did.
    pub end_user_phone_number: Option<String>,
    /// When they became known.
    pub created_at: i64,
    /// When they last passed; None where they never did.
    pub last_passed_at: Option<i64>,
    /// By which channel, such as `sms`.
    pub last_channel: Option<String>,
    /// What they enrolled beside a phone, oldest first.
    pub factors: Vec<ExportedFactor>,
    /// Backup codes that they have left.
    pub backup_codes: u32,
    /// Browsers that they trust, oldest first.
    #[serde(default)]
    pub trusted_devices: Vec<TrustedDevice>,
    /// Channels with failures in a row.
    pub failures: Vec<FailedChannel>,
    /// Their logins that are still kept, oldest first.
    pub actions: Vec<ExportedAction>,
    /// The messages in them.
    pub messages: Vec<ExportedMessage>,
    /// What was done to their ways in, newest first, as far as it is still kept.
    #[serde(default)]
    pub audit: Vec<AuditEntry>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Without name and numbers.
impl fmt::Debug for UserExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserExport")
            .field("id", &self.id)
            .field("app_id", &self.app_id)
            .field("mode", &self.mode)
            .field("factors", &self.factors)
            .field("trusted_devices", &self.trusted_devices)
            .field("failures", &self.failures)
            .field("actions", &self.actions)
            .field("messages", &self.messages)
            .field("audit", &self.audit)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

/// Something that an end user enrolled, without its secret.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ExportedFactor {
    /// Its id, `FCTR-…`.
    pub id: String,
    /// By which channel it proves, such as `webauthn`.
    pub channel: String,
    /// What the end user calls it; None where it has no name.
    pub name: Option<String>,
    /// The site that a passkey belongs to; None for others.
    pub rp_id: Option<String>,
    /// When it was enrolled.
    pub created_at: i64,
    /// When it last passed; None where it never did.
    pub last_used_at: Option<i64>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Without the name: people write their own into such fields.
impl fmt::Debug for ExportedFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExportedFactor")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .field("created_at", &self.created_at)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

/// A login of an end user.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ExportedAction {
    /// Its id, `ACTN-…`.
    pub id: String,
    /// `open`, `passed`, `cancelled` or, when its time ran out, `expired`.
    pub status: String,
    /// The number that it was for, E.164.
    pub end_user_phone_number: String,
    /// Where it led home.
    pub redirect_uri: String,
    /// The language of its pages and messages.
    pub language: String,
    /// When it began.
    pub created_at: i64,
    /// When it passed or was given up; None otherwise.
    pub ended_at: Option<i64>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Neither number nor address.
impl fmt::Debug for ExportedAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExportedAction")
            .field("id", &self.id)
            .field("status", &self.status)
            .field("created_at", &self.created_at)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

/// A message to an end user, without its text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ExportedMessage {
    /// Its id, `MESG-…`.
    pub id: String,
    /// In this login, `ACTN-…`.
    pub action_id: String,
    /// How it travelled, such as `sms`.
    pub channel: String,
    /// `pending`, `sending`, `sent`, `delivered`, `failed` or `unknown`.
    pub status: String,
    /// Why it failed, or why nobody knows; None otherwise.
    pub reason: Option<String>,
    /// When it was asked for.
    pub created_at: i64,
    /// When a provider took it; None where none did.
    pub sent_at: Option<i64>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

impl Client {
    /// Exports an end user: everything that is known of them, as they may ask for.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_auth_token` (401) or `not_found` (404), and what any call can end in.
    pub async fn export_user(&self, user_id: &str, client_id: &str) -> Result<UserExport, Error> {
        let call =
            Call::new(Operation::ExportUser).path("user_id", user_id).query("client_id", client_id);
        self.send(call).await?.decode()
    }
}
