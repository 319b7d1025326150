//! What a browser answers: the JSON of a credential (WebAuthn level 3, section 5.1), read strictly and no further
//! than is needed. Whatever extensions and later additions it holds is left alone.

use data_encoding::BASE64URL_NOPAD;
use onlyauth_core::factor::webauthn::ClientData;
use serde::{Deserialize, Deserializer};

use super::Refused;

/// Bytes that travel as base64url.
#[derive(Debug, Default)]
pub(super) struct Bytes(pub(super) Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        // Some libraries pad.
        let text = text.trim_end_matches('=');
        BASE64URL_NOPAD.decode(text.as_bytes()).map(Self).map_err(serde::de::Error::custom)
    }
}

pub(super) fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// An answer with the response of one of the ceremonies.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer<R> {
    id: Bytes,
    pub(super) raw_id: Bytes,
    #[serde(rename = "type")]
    kind: String,
    pub(super) response: R,
}

/// Of a creation.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Attestation {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data: Bytes,
    #[serde(rename = "attestationObject")]
    pub(super) object: Bytes,
    #[serde(default)]
    pub(super) transports: Vec<String>,
}

/// Of a use.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Assertion {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data: Bytes,
    pub(super) authenticator_data: Bytes,
    pub(super) signature: Bytes,
    #[serde(default)]
    pub(super) user_handle: Option<Bytes>,
}

impl<'a, R: Deserialize<'a>> Answer<R> {
    /// Reads the browser's JSON.
    pub(super) fn read(text: &'a str) -> Result<Self, Refused> {
        let answer: Self = serde_json::from_str(text).map_err(|_| Refused::Malformed)?;
        let one = answer.kind == "public-key" && answer.id.0 == answer.raw_id.0;
        if one { Ok(answer) } else { Err(Refused::Malformed) }
    }
}

/// Reads what the authenticator signed about the place.
pub(super) fn client_data(bytes: &Bytes) -> Result<ClientData, Refused> {
    serde_json::from_slice(&bytes.0).map_err(|_| Refused::Malformed)
}
