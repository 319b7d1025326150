//! Access tokens: each lets one login start in the widget.

use std::fmt;

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// The fields of createAccessToken, all of them required.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CreateAccessToken {
    /// The app, `APPX-…`.
    pub app_id: String,
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// The end user's number in E.164, such as `+14155552671`.
    pub end_user_phone_number: String,
    /// Your name for the end user, 1 to 255 bytes.
    pub end_user_uuid: String,
    /// Where the browser returns to with the success token. The app's settings say what may be one.
    pub redirect_uri: String,
    /// BCP 47 tag of the language of the widget and its messages, any case.
    pub language: String,
    /// The region that serves the widget, such as `us-1`.
    pub region: String,
}

/// Neither number nor name of the end user.
impl fmt::Debug for CreateAccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateAccessToken")
            .field("app_id", &self.app_id)
            .field("client_id", &self.client_id)
            .field("language", &self.language)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

impl From<&CreateAccessToken> for Call {
    fn from(request: &CreateAccessToken) -> Self {
        Self::new(Operation::CreateAccessToken)
            .form("app_id", &request.app_id)
            .form("client_id", &request.client_id)
            .form("end_user_phone_number", &request.end_user_phone_number)
            .form("end_user_uuid", &request.end_user_uuid)
            .form("redirect_uri", &request.redirect_uri)
            .form("language", &request.language)
            .form("region", &request.region)
    }
}

/// An access token.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct AccessToken {
    /// A JWT for the widget's address. It starts one login within five minutes.
    pub token: String,
    /// The language that the end user will see: the nearest to the one asked for that the server has texts in.
    /// None from a server that does not say it.
    #[serde(default)]
    pub language: Option<String>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Without the token: who has it can start the login.
impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("language", &self.language)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Creates an access token for the widget. Writes and sends nothing, so create one for every login page that
    /// you show; for the same reason it is tried again after any failure that may pass.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400: `errors` lists every problem), `invalid_auth_token` (401) or
    /// `rate_limited` (429), and what any call can end in.
    pub async fn create_access_token(
        &self,
        request: &CreateAccessToken,
    ) -> Result<AccessToken, Error> {
        self.send(request.into()).await?.decode()
    }
}
