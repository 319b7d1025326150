//! Using a passkey.

use onlyauth_core::app::AppSettings;
use onlyauth_core::factor::webauthn::{Ceremony, Counter};
use onlyauth_core::ids::UserId;
use serde_json::Value;
use webauthn_rs_core::proto::{
    AuthenticationExtensionsClientOutputs, AuthenticationState, AuthenticatorAssertionResponseRaw,
    PublicKeyCredential, UserVerificationPolicy,
};

use super::answer::{Answer, Assertion, client_data, encode};
use super::{Begun, Passkey, Refused, RelyingParty, Trouble};

/// Where the flags are in what an authenticator signs (section 6.1).
const FLAGS: usize = 32;

/// A passkey with the counter that was last seen.
#[derive(Debug, Clone)]
pub struct Held {
    /// The passkey.
    pub passkey: Passkey,
    /// The signature counter.
    pub position: u32,
}

/// Whose passkeys may answer.
#[derive(Debug, Clone, Copy)]
pub struct Owner<'a> {
    /// The user handle of their passkeys.
    pub user_id: UserId,
    /// All that they have.
    pub passkeys: &'a [Held],
}

/// A passkey that proved itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Which of the owner's.
    pub index: usize,
    /// Its counter, to be stored while the stored one is still less, or both are 0.
    pub position: u32,
    /// Whether the authenticator verified its user, by a PIN or a fingerprint.
    pub user_verified: bool,
}

impl RelyingParty {
    /// Begins the use of one of these passkeys.
    ///
    /// # Errors
    /// [`Trouble`] when there is none.
    pub fn begin_get<'a>(
        &self,
        passkeys: impl IntoIterator<Item = &'a Passkey>,
    ) -> Result<Begun, Trouble> {
        let allowed: Vec<Value> = passkeys
            .into_iter()
            .filter(|passkey| passkey.rp_id == self.rp_id)
            .map(Passkey::descriptor)
            .collect();
        if allowed.is_empty() {
            return Err(Trouble);
        }
        let wish = Some(UserVerificationPolicy::Preferred);
        // Which credentials may answer is decided when one does: by then one may have been removed.
        let builder = self
            .core
            .new_challenge_authenticate_builder(Vec::new(), wish)
            .map_err(|_| Trouble)?
            .allow_backup_eligible_upgrade(true);
        let (request, state) =
            self.core.generate_challenge_authenticate(builder).map_err(|_| Trouble)?;
        let mut options = serde_json::to_value(request.public_key).map_err(|_| Trouble)?;
        options["allowCredentials"] = allowed.into();
        let state = serde_json::to_string(&state).map_err(|_| Trouble)?;
        Ok(Begun { options: options.to_string(), state, user_id: None })
    }

    /// Judges what a browser answered. Changes nothing: what a right answer comes to is the caller's to commit.
    ///
    /// # Errors
    /// Why it proves nothing.
    pub fn finish_get(
        &self,
        state: &str,
        answer: &str,
        owner: Owner<'_>,
        app: &AppSettings,
    ) -> Result<Used, Refused> {
        let state: AuthenticationState = serde_json::from_str(state).map_err(|_| Refused::Other)?;
        let answer = Answer::<Assertion>::read(answer)?;
        client_data(&answer.response.client_data)?.check(Ceremony::Get, &self.origins, app)?;
        let found = owner.passkeys.iter().enumerate().find(|(_, held)| {
            held.passkey.rp_id == self.rp_id && held.passkey.credential_id() == answer.raw_id.0
        });
        let (index, held) = found.ok_or(Refused::Credential)?;
        let handle = answer.response.user_handle.as_ref();
        let ours = owner.user_id.uuid();
        if handle.is_some_and(|told| !held.passkey.has_handle(&told.0, ours.as_bytes())) {
            return Err(Refused::UserHandle);
        }
        // One that has none is refused below.
        let flags = answer.response.authenticator_data.0.get(FLAGS).copied().unwrap_or_default();
        let mut credential = held.passkey.credential_for(flags);
        // What the counter tells is core's rule alone: to the library each answer is the first.
        credential.counter = 0;
        let answer = for_the_library(answer);
        let result = self.core.authenticate_single_credential(&answer, &state, &credential)?;
        let counter = Counter::judge(held.position, result.counter());
        Ok(Used {
            index,
            position: counter.position().ok_or(Refused::Counter)?,
            user_verified: result.user_verified(),
        })
    }
}

fn for_the_library(answer: Answer<Assertion>) -> PublicKeyCredential {
    PublicKeyCredential {
        id: encode(&answer.raw_id.0),
        raw_id: answer.raw_id.0,
        response: AuthenticatorAssertionResponseRaw {
            authenticator_data: answer.response.authenticator_data.0,
            client_data_json: answer.response.client_data.0,
            signature: answer.response.signature.0,
            user_handle: answer.response.user_handle.map(|handle| handle.0),
        },
        extensions: AuthenticationExtensionsClientOutputs::default(),
        type_: "public-key".to_owned(),
    }
}
