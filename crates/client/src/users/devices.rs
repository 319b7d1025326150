//! Browsers that end users chose to trust.

use serde::Deserialize;

use super::{OneUser, User};
use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::further::Further;
use crate::operation::Operation;

/// A browser that an end user chose to trust. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct TrustedDevice {
    /// Its id, `DEVC-…`.
    pub id: String,
    /// When it was first trusted.
    pub created_at: i64,
    /// When it last stood in for a challenge; None where it never did.
    pub last_used_at: Option<i64>,
    /// The moment from which it is not trusted any more.
    pub expires_at: i64,
    /// Where it was when it was last trusted, such as `DE`; None where no proxy said it.
    pub country: Option<String>,
    /// Whether it would let them in now, from the same country and with the number that is known.
    pub counts: bool,
    /// Why it would not, such as `factors_changed`.
    pub doubts: Vec<String>,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

impl Client {
    /// Takes back an end user's trust in a device, which asks again before it lets anybody in.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_auth_token` (401) or `not_found` (404: no such end user of this client, or they trust
    /// no such device), and what any call can end in.
    pub async fn forget_trusted_device(
        &self,
        user_id: &str,
        device_id: &str,
        client_id: &str,
    ) -> Result<User, Error> {
        let call = Call::new(Operation::ForgetTrustedDevice)
            .path("user_id", user_id)
            .path("device_id", device_id)
            .query("client_id", client_id);
        let answer: OneUser = self.send(call).await?.decode()?;
        Ok(answer.user)
    }

    /// Takes back an end user's trust in every device; also where they trusted none.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_auth_token` (401) or `not_found` (404), and what any call can end in.
    pub async fn forget_trusted_devices(
        &self,
        user_id: &str,
        client_id: &str,
    ) -> Result<User, Error> {
        let call = Call::new(Operation::ForgetTrustedDevices)
            .path("user_id", user_id)
            .query("client_id", client_id);
        let answer: OneUser = self.send(call).await?.decode()?;
        Ok(answer.user)
    }
}
