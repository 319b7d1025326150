//! Making a passkey.

use std::collections::BTreeMap;

use onlyauth_core::app::AppSettings;
use onlyauth_core::factor::webauthn::{Ceremony, ClientData};
use onlyauth_core::ids::UserId;
use serde_cbor_2::Value as Cbor;
use serde_json::{Value, json};
use webauthn_rs_core::proto::{
    AttestationConveyancePreference, AuthenticatorAttestationResponseRaw,
    RegisterPublicKeyCredential, RegistrationExtensionsClientOutputs, RegistrationState,
    UserVerificationPolicy,
};

use super::answer::{Answer, Attestation, Bytes, client_data, encode};
use super::{Begun, Passkey, Refused, RelyingParty, Trouble};

/// How many bytes a credential id may have (section 7.1, step 25).
const LONGEST_ID: usize = 1023;

/// How browsers reach authenticators, as far as it helps to remember.
const TRANSPORTS: [&str; 6] = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

/// For whom a passkey is made. Authenticators show the names in lists of passkeys.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The user handle: a name of ours, which tells nothing about the person (section 14.6.1).
    pub user_id: UserId,
    /// What tells the person's accounts apart.
    pub name: &'a str,
    /// The site.
    pub site: &'a str,
}

impl RelyingParty {
    /// Begins the making of a passkey by an authenticator that has none of `known`.
    ///
    /// # Errors
    /// [`Trouble`] for empty names.
    pub fn begin_create<'a>(
        &self,
        person: Person<'_>,
        known: impl IntoIterator<Item = &'a Passkey>,
    ) -> Result<Begun, Trouble> {
        let known: Vec<&Passkey> = known.into_iter().collect();
        let ids = known.iter().map(|passkey| passkey.credential.cred_id.clone()).collect();
        let handle = person.user_id.uuid();
        let builder = self
            .core
            .new_challenge_register_builder(handle.as_bytes(), person.name, person.name)
            .map_err(|_| Trouble)?
            .attestation(AttestationConveyancePreference::None)
            .user_verification_policy(UserVerificationPolicy::Preferred)
            .exclude_credentials(Some(ids));
        let (request, state) =
            self.core.generate_challenge_register(builder).map_err(|_| Trouble)?;
        let mut options = serde_json::to_value(request.public_key).map_err(|_| Trouble)?;
        options["rp"]["name"] = person.site.into();
        options["excludeCredentials"] = known.iter().map(|passkey| passkey.descriptor()).collect();
        // A passkey where the authenticator has room for one, else a credential of the older kind: here the end user
        // is known by the time it is asked for.
        options["authenticatorSelection"] =
            json!({ "residentKey": "preferred", "userVerification": "preferred" });
        let state = serde_json::to_string(&state).map_err(|_| Trouble)?;
        Ok(Begun { options: options.to_string(), state, user_id: Some(person.user_id) })
    }

    /// Judges what a browser answered. Changes nothing: to keep the passkey is the caller's to commit.
    ///
    /// # Errors
    /// Why it is no new passkey.
    pub fn finish_create(
        &self,
        state: &str,
        answer: &str,
        app: &AppSettings,
    ) -> Result<Passkey, Refused> {
        let state: RegistrationState = serde_json::from_str(state).map_err(|_| Refused::Other)?;
        let answer = Answer::<Attestation>::read(answer)?;
        let place = client_data(&answer.response.client_data)?;
        place.check(Ceremony::Create, &self.origins, app)?;
        let mut transports = answer.response.transports.clone();
        keep_known(&mut transports);
        let raw_id = answer.raw_id.0.clone();
        let answer = for_the_library(answer, &place)?;
        let credential = self.core.register_credential(&answer, &state, None)?;
        if credential.cred_id.as_slice() != raw_id || raw_id.len() > LONGEST_ID {
            return Err(Refused::Malformed);
        }
        Ok(Passkey { rp_id: self.rp_id.clone(), transports, credential, elsewhere: None })
    }
}

/// Leaves what browsers can make something of.
pub(super) fn keep_known(transports: &mut Vec<String>) {
    transports.retain(|transport| TRANSPORTS.contains(&transport.as_str()));
    transports.dedup();
}

/// The library takes no creation from a frame, and reads attestations that were not asked for. We have judged the
/// place, and want no attestation: without one, nothing is signed over what the browser says about the place.
fn for_the_library(
    answer: Answer<Attestation>,
    place: &ClientData,
) -> Result<RegisterPublicKeyCredential, Refused> {
    let client_data: Value = json!({
        "type": place.kind,
        "challenge": place.challenge,
        "origin": place.origin,
        "crossOrigin": false,
    });
    Ok(RegisterPublicKeyCredential {
        id: encode(&answer.raw_id.0),
        raw_id: answer.raw_id.0,
        response: AuthenticatorAttestationResponseRaw {
            attestation_object: without_statement(&answer.response.object)?,
            client_data_json: client_data.to_string().into_bytes(),
            transports: None,
        },
        type_: "public-key".to_owned(),
        extensions: RegistrationExtensionsClientOutputs::default(),
    })
}

/// The attestation object (section 6.5) with the statement of an authenticator that makes none: the parsers of
/// statements and certificates are no business of strangers.
fn without_statement(object: &Bytes) -> Result<Vec<u8>, Refused> {
    let Ok(Cbor::Map(mut fields)) = serde_cbor_2::from_slice(&object.0) else {
        return Err(Refused::Malformed);
    };
    let name = |name: &str| Cbor::Text(name.to_owned());
    let Some(data @ Cbor::Bytes(_)) = fields.remove(&name("authData")) else {
        return Err(Refused::Malformed);
    };
    let bare = BTreeMap::from([
        (name("fmt"), name("none")),
        (name("attStmt"), Cbor::Map(BTreeMap::new())),
        (name("authData"), data),
    ]);
    serde_cbor_2::to_vec(&Cbor::Map(bare)).map_err(|_| Refused::Malformed)
}
