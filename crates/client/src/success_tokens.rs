//! Success tokens: proof that a login passed, consumed by asking for it.

use std::fmt;

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// The fields of validateSuccessToken.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ValidateSuccessToken {
    /// The app, `APPX-…`.
    pub app_id: String,
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// The success token that came with the browser, `TOKN-…`.
    pub token: String,
    /// The end user whose login this is, from your own session and never from the browser. With another one's token
    /// the call is an error. Where it is None, compare the answer's yourself.
    pub end_user_uuid: Option<String>,
}

/// Neither token nor end user.
impl fmt::Debug for ValidateSuccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ValidateSuccessToken")
            .field("app_id", &self.app_id)
            .field("client_id", &self.client_id)
            .field("expects_end_user", &self.end_user_uuid.is_some())
            .finish_non_exhaustive()
    }
}

/// By POST: addresses end up in logs.
impl From<&ValidateSuccessToken> for Call {
    fn from(request: &ValidateSuccessToken) -> Self {
        let call = Self::new(Operation::ValidateSuccessTokenByForm)
            .form("app_id", &request.app_id)
            .form("client_id", &request.client_id)
            .form("token", &request.token);
        match &request.end_user_uuid {
            Some(end_user) => call.form("end_user_uuid", end_user),
            None => call,
        }
    }
}

/// What a success token proves.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct SuccessTokenProof {
    /// The token as given.
    pub token: String,
    /// Your name for the end user who passed.
    pub end_user_uuid: String,
    /// The number of the access token, in E.164.
    pub end_user_phone_number: String,
    /// The login, `ACTN-…`: the `jti` of its access token. Empty from a server that does not say it, as are the
    /// following.
    #[serde(default)]
    pub action_id: String,
    /// The app.
    #[serde(default)]
    pub app_id: String,
    /// The channels that passed, in order, such as `sms`; `trusted_device` alone where a trusted device stood in.
    #[serde(default)]
    pub channels: Vec<String>,
    /// The last of them.
    #[serde(default)]
    pub channel: String,
    /// Authentication methods by RFC 8176, such as `sms` and `otp`; empty where a trusted device stood in.
    #[serde(default)]
    pub amr: Vec<String>,
    /// When the login passed, in Unix seconds.
    #[serde(default)]
    pub timestamp: i64,
    /// Whether the end user passed with another number than the last time.
    #[serde(default)]
    pub phone_changed: bool,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Neither token nor number nor name of the end user.
impl fmt::Debug for SuccessTokenProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SuccessTokenProof")
            .field("action_id", &self.action_id)
            .field("app_id", &self.app_id)
            .field("channels", &self.channels)
            .field("amr", &self.amr)
            .field("timestamp", &self.timestamp)
            .field("phone_changed", &self.phone_changed)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Validates a success token and thereby consumes it: exactly one call can ever succeed. So it is sent again
    /// only where no connection came about; see [`Error::may_have_taken_effect`] for what to do after other failures.
    ///
    /// # Errors
    /// [`Error::Api`] with code `not_found` (404: unknown, used, expired, of another app or client), `end_user_mismatch`
    /// (400: another end user's; not consumed), `invalid_request` (400), `invalid_auth_token` (401), `overloaded`
    /// (503: nothing was done) or `outcome_unknown` (503: it may be consumed); [`Error::EndUserMismatch`]; and what
    /// any call can end in.
    pub async fn validate_success_token(
        &self,
        request: &ValidateSuccessToken,
    ) -> Result<SuccessTokenProof, Error> {
        let raw = self.send(request.into()).await?;
        proof_of(raw.decode()?, request.end_user_uuid.as_deref())
    }

    /// The same by a GET, with the token in the address, as the clients published first do it: for servers and proxies
    /// that know no POST here. Proxies log addresses: prefer [`Client::validate_success_token`].
    ///
    /// # Errors
    /// As [`Client::validate_success_token`].
    pub async fn validate_success_token_by_query(
        &self,
        request: &ValidateSuccessToken,
    ) -> Result<SuccessTokenProof, Error> {
        let mut call = Call::new(Operation::ValidateSuccessToken)
            .query("app_id", &request.app_id)
            .query("client_id", &request.client_id)
            .query("token", &request.token);
        if let Some(end_user) = &request.end_user_uuid {
            call = call.query("end_user_uuid", end_user);
        }
        proof_of(self.send(call).await?.decode()?, request.end_user_uuid.as_deref())
    }
}

/// The server compares, too; a proxy or an older server that drops the field must not open the door.
fn proof_of(proof: SuccessTokenProof, expected: Option<&str>) -> Result<SuccessTokenProof, Error> {
    match expected {
        Some(expected) if expected != proof.end_user_uuid => Err(Error::EndUserMismatch),
        _ => Ok(proof),
    }
}
