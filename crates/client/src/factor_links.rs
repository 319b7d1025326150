//! Factor links: each leads an end user once to the page where they look after their factors.

use std::fmt;

use serde::Deserialize;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// The fields of createFactorLink, all of them required.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CreateFactorLink {
    /// The app, `APPX-…`.
    pub app_id: String,
    /// The client that the secret belongs to, `CLNT-…`.
    pub client_id: String,
    /// The end user's number in E.164, such as `+14155552671`.
    pub end_user_phone_number: String,
    /// Your name for the end user, 1 to 255 bytes: of whoever is logged in at your page, never of whoever asks.
    pub end_user_uuid: String,
    /// Where 'Done' leads back to. The app's settings say what may be one.
    pub redirect_uri: String,
    /// BCP 47 tag of the language of the page and its messages, any case.
    pub language: String,
    /// The region that serves the page, such as `us-1`.
    pub region: String,
}

/// Neither number nor name of the end user.
impl fmt::Debug for CreateFactorLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateFactorLink")
            .field("app_id", &self.app_id)
            .field("client_id", &self.client_id)
            .field("language", &self.language)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

impl From<&CreateFactorLink> for Call {
    fn from(request: &CreateFactorLink) -> Self {
        Self::new(Operation::CreateFactorLink)
            .form("app_id", &request.app_id)
            .form("client_id", &request.client_id)
            .form("end_user_phone_number", &request.end_user_phone_number)
            .form("end_user_uuid", &request.end_user_uuid)
            .form("redirect_uri", &request.redirect_uri)
            .form("language", &request.language)
            .form("region", &request.region)
    }
}

/// A link to the page where an end user looks after their factors.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct FactorLink {
    /// The page's address, with a token in it. Send the end user's browser there: it opens once.
    pub url: String,
    /// From this moment on it opens nothing, Unix seconds.
    pub expires_at: i64,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// Without the address: who has it can open it.
impl fmt::Debug for FactorLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FactorLink")
            .field("expires_at", &self.expires_at)
            .field("further", &self.further)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Creates a link to the page where an end user, once a factor passed, sees, adds, names and removes factors and trusted
    /// devices. Writes and sends nothing, so create one when somebody asks for the page; for the same reason it is tried
    /// again after any failure that may pass.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400: `errors` lists every problem), `invalid_auth_token` (401) or
    /// `rate_limited` (429), and what any call can end in.
    pub async fn create_factor_link(
        &self,
        request: &CreateFactorLink,
    ) -> Result<FactorLink, Error> {
        self.send(request.into()).await?.decode()
    }
}
