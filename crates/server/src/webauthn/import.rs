//! Passkeys that another system kept: the same as those that are made here, but for what that system did not tell.

use std::collections::BTreeMap;

use onlyauth_core::import::Credential as Told;
use serde::{Deserialize, Serialize};
use serde_cbor_2::Value as Cbor;
use webauthn_rs_core::proto::{
    AttestationFormat, COSEAlgorithm, COSEKey, Credential, ParsedAttestation, RegisteredExtensions,
    UserVerificationPolicy,
};

use super::answer::encode;
use super::{Passkey, create};

/// The label of the algorithm in a COSE key (RFC 9052 section 7.1).
const ALGORITHM: Cbor = Cbor::Integer(3);

/// What the library verifies signatures of.
const VERIFIED: [COSEAlgorithm; 3] =
    [COSEAlgorithm::ES256, COSEAlgorithm::ES384, COSEAlgorithm::RS256];

/// The flag of a credential that may be copied (WebAuthn level 3, section 6.1).
const BACKUP_ELIGIBLE: u8 = 0x08;

/// What differs for a credential that was not made here.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Elsewhere {
    /// The user handle that it was made with, base64url; None where that is not known.
    user_handle: Option<String>,
    /// Whether it is known if it may be copied.
    knows_backup: bool,
}

/// Why a key proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Not a key.
    #[error("'public_key' is no COSE key, or not one whose parts fit together.")]
    Malformed,
    /// One that nobody here can verify a signature of.
    #[error("its algorithm can't be verified; ES256, ES384 and RS256 with 2048 bits can.")]
    Algorithm,
}

impl Passkey {
    /// From what another system kept.
    ///
    /// # Errors
    /// Its key is of no use.
    pub fn imported(told: &Told) -> Result<Self, BadKey> {
        let mut transports = told.transports.clone();
        create::keep_known(&mut transports);
        let credential = Credential {
            cred_id: told.credential_id.clone(),
            cred: key(&told.public_key)?,
            counter: told.sign_count,
            transports: None,
            user_verified: told.user_verified,
            backup_eligible: told.backup_eligible.unwrap_or_default(),
            backup_state: false,
            // As for those that are made here: whoever verified then does so each time.
            registration_policy: UserVerificationPolicy::Preferred,
            extensions: RegisteredExtensions::none(),
            attestation: ParsedAttestation::default(),
            attestation_format: AttestationFormat::None,
        };
        let elsewhere = Elsewhere {
            user_handle: told.user_handle.as_deref().map(encode),
            knows_backup: told.backup_eligible.is_some(),
        };
        Ok(Self { rp_id: told.rp_id.clone(), transports, credential, elsewhere: Some(elsewhere) })
    }

    /// Whether an authenticator may tell this user handle, where one that was made here has `ours`. That of another
    /// system may not be known: the credential's id and key have to be enough then, as they are for authenticators that
    /// tell none.
    pub(super) fn has_handle(&self, told: &[u8], ours: &[u8]) -> bool {
        match &self.elsewhere {
            None => told == ours,
            Some(elsewhere) => {
                elsewhere.user_handle.as_ref().is_none_or(|known| *known == encode(told))
            }
        }
    }

    /// The credential as the library is to judge an answer with these flags by it: one of another system may be copied if
    /// its authenticator says so, where nobody else did.
    pub(super) fn credential_for(&self, flags: u8) -> Credential {
        let mut credential = self.credential.clone();
        if self.elsewhere.as_ref().is_some_and(|elsewhere| !elsewhere.knows_backup) {
            credential.backup_eligible = flags & BACKUP_ELIGIBLE != 0;
        }
        credential
    }
}

fn key(bytes: &[u8]) -> Result<COSEKey, BadKey> {
    let value: Cbor = serde_cbor_2::from_slice(bytes).map_err(|_| BadKey::Malformed)?;
    let Cbor::Map(fields) = &value else { return Err(BadKey::Malformed) };
    if !is_verified(fields) {
        return Err(BadKey::Algorithm);
    }
    COSEKey::try_from(&value).map_err(|_| BadKey::Malformed)
}

/// An algorithm that is missing is a broken key, not one of another kind.
fn is_verified(fields: &BTreeMap<Cbor, Cbor>) -> bool {
    match fields.get(&ALGORITHM) {
        Some(Cbor::Integer(number)) => VERIFIED.iter().any(|known| *known as i128 == *number),
        _ => true,
    }
}
