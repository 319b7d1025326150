//! Passkeys and security keys: the only place that knows the WebAuthn library.
//!
//! Both ceremonies begin with options for the browser and a state that is kept here, and finish with what the browser
//! answered. Where a ceremony took place and what its counter tells are core's rules; challenge, RP ID, flags and
//! signature are the library's. It makes the challenges itself, from the system's randomness.
//!
//! The library's own front offers 'passkeys', which must verify their user, and 'security keys', which ask for
//! keys only. As a second factor either will do, so this uses the layer below, where each wish is said.

mod answer;
mod create;
mod get;
mod import;

use std::fmt;
use std::time::Duration;

use onlyauth_core::factor::webauthn::Misplaced;
use onlyauth_core::ids::UserId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::Credential;

pub use create::Person;
pub use get::{Held, Owner, Used};
pub use import::BadKey;

use import::Elsewhere;

use crate::config::Config;

/// How long a ceremony may take; what section 15.1 of WebAuthn level 3 recommends at least.
pub const LIFETIME: Duration = Duration::from_mins(5);

/// What passkeys of this installation belong to.
#[derive(Debug)]
pub struct RelyingParty {
    rp_id: String,
    /// Where ceremonies may take place, as browsers write it.
    origins: Vec<String>,
    core: WebauthnCore,
}

/// A credential as it is kept, sealed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Passkey {
    /// What it belongs to.
    pub rp_id: String,
    /// How the browser reached it; helps the next browser to find it.
    transports: Vec<String>,
    credential: Credential,
    /// Where another system made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    elsewhere: Option<Elsewhere>,
}

/// Without the key: there is nothing in it that a log needs.
impl fmt::Debug for Passkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passkey").field("rp_id", &self.rp_id).finish_non_exhaustive()
    }
}

impl Passkey {
    /// The credential's id, by which its authenticator knows it.
    pub fn credential_id(&self) -> &[u8] {
        self.credential.cred_id.as_slice()
    }

    /// The signature counter when it was made.
    pub fn first_position(&self) -> u32 {
        self.credential.counter
    }

    /// As JSON, to be sealed.
    ///
    /// # Errors
    /// None that can happen to what was made here.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Trouble> {
        serde_json::to_vec(self).map_err(|_| Trouble)
    }

    /// From what [`Passkey::to_bytes`] made.
    ///
    /// # Errors
    /// It is something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Trouble> {
        serde_json::from_slice(bytes).map_err(|_| Trouble)
    }

    /// How lists of credentials name it to a browser.
    fn descriptor(&self) -> Value {
        serde_json::json!({
            "type": "public-key",
            "id": answer::encode(self.credential_id()),
            "transports": self.transports,
        })
    }
}

/// A ceremony that has begun.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// What the browser needs, as JSON; not secret.
    pub options: String,
    /// What finishing it needs, as JSON, to be kept here.
    pub state: String,
    /// For whom a passkey is made: its user handle; None where one is used.
    pub user_id: Option<UserId>,
}

impl Begun {
    /// As JSON, to be sealed.
    ///
    /// # Errors
    /// None that can happen to what was made here.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Trouble> {
        serde_json::to_vec(self).map_err(|_| Trouble)
    }

    /// From what [`Begun::to_bytes`] made.
    ///
    /// # Errors
    /// It is something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Trouble> {
        serde_json::from_slice(bytes).map_err(|_| Trouble)
    }
}

impl fmt::Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Begun(…)")
    }
}

/// The library refused what we asked of it, or what is stored is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the WebAuthn library refused what this server asked of it")]
pub struct Trouble;

/// Why an answer proves nothing. Logged, and never told to whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not the shape of an answer.
    #[error("malformed")]
    Malformed,
    /// Not one of this end user's credentials, or of this installation's RP ID.
    #[error("credential")]
    Credential,
    /// Its user handle is somebody else's.
    #[error("user_handle")]
    UserHandle,
    /// It took place where it must not.
    #[error("{0}")]
    Misplaced(#[from] Misplaced),
    /// The counter is not ahead of the one that was stored.
    #[error("counter")]
    Counter,
    /// The answer to another challenge.
    #[error("challenge")]
    Challenge,
    /// Made for another RP ID.
    #[error("rp_id")]
    RpId,
    /// Nobody touched the authenticator.
    #[error("user_presence")]
    UserPresence,
    /// A credential that verified its user when it was made did not do so now.
    #[error("user_verification")]
    UserVerification,
    /// Not signed by the credential's key.
    #[error("signature")]
    Signature,
    /// Whatever else the library does not accept.
    #[error("other")]
    Other,
}

impl From<WebauthnError> for Refused {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::InvalidClientDataType => Self::Misplaced(Misplaced::Kind),
            WebauthnError::InvalidRPOrigin => Self::Misplaced(Misplaced::Origin),
            WebauthnError::MismatchedChallenge => Self::Challenge,
            WebauthnError::InvalidRPIDHash => Self::RpId,
            WebauthnError::UserNotPresent => Self::UserPresence,
            WebauthnError::UserNotVerified => Self::UserVerification,
            WebauthnError::AuthenticationFailure => Self::Signature,
            WebauthnError::ParseJSONFailure(_)
            | WebauthnError::ParseCBORFailure(_)
            | WebauthnError::ParseNOMFailure
            | WebauthnError::ParseInsufficientBytesAvailable
            | WebauthnError::ParseBase64Failure(_) => Self::Malformed,
            _ => Self::Other,
        }
    }
}

impl RelyingParty {
    /// As the configuration says.
    ///
    /// # Errors
    /// Why there can be no passkeys, as a sentence.
    pub fn of(config: &Config) -> Result<Self, String> {
        let rp_id = config.rp_id().map_err(|error| error.to_string())?;
        let regions = config.served_regions();
        if let Some(plain) = regions
            .iter()
            .find(|served| !served.base_url.is_https() && !served.base_url.is_loopback())
        {
            return Err(format!(
                "{} is not https: browsers have no WebAuthn there",
                plain.base_url
            ));
        }
        let urls: Vec<Url> = regions.iter().map(|served| served.base_url.url().clone()).collect();
        let core = WebauthnCore::new_unsafe_experts_only(
            rp_id.as_str(),
            rp_id.as_str(),
            urls,
            LIFETIME,
            Some(false),
            Some(false),
        );
        Ok(Self { rp_id: rp_id.as_str().to_owned(), origins: config.widget_origins(), core })
    }

    /// The domain that its passkeys belong to.
    pub fn rp_id(&self) -> &str {
        &self.rp_id
    }
}
