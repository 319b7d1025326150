//! Authenticated encryption, bound to where the sealed data belongs.

use aws_lc_rs::aead;

use super::{KeyError, Material, Nonce};

/// A key that is ready to seal and open.
// AES-256-GCM-SIV (RFC 8452): random nonces may repeat over the life of a busy key without ruin.
pub(super) struct Cipher(aead::LessSafeKey);

impl Cipher {
    pub(super) fn new(key: &Material) -> Result<Self, KeyError> {
        aead::UnboundKey::new(&aead::AES_256_GCM_SIV, key)
            .map(|key| Self(aead::LessSafeKey::new(key)))
            .map_err(|_| KeyError::Refused)
    }

    /// Appends `clear`, sealed, to `out`.
    pub(super) fn seal_onto(
        &self,
        out: &mut Vec<u8>,
        nonce: Nonce,
        context: &[u8],
        clear: &[u8],
    ) -> Result<(), KeyError> {
        let start = out.len();
        out.reserve(clear.len() + aead::MAX_TAG_LEN);
        out.extend_from_slice(clear);
        let nonce = aead::Nonce::assume_unique_for_key(nonce);
        let tag = out.get_mut(start..).ok_or(KeyError::Refused).and_then(|body| {
            self.0
                .seal_in_place_separate_tag(nonce, aead::Aad::from(context), body)
                .map_err(|_| KeyError::Refused)
        });
        match tag {
            Ok(tag) => {
                out.extend_from_slice(tag.as_ref());
                Ok(())
            }
            Err(error) => {
                // What stands there now may be clear.
                out.truncate(start);
                Err(error)
            }
        }
    }

    pub(super) fn open(
        &self,
        nonce: Nonce,
        context: &[u8],
        body: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let mut body = body.to_vec();
        let nonce = aead::Nonce::assume_unique_for_key(nonce);
        let clear = self
            .0
            .open_in_place(nonce, aead::Aad::from(context), &mut body)
            .map_err(|_| KeyError::NotOpened)?
            .len();
        body.truncate(clear);
        Ok(body)
    }
}
