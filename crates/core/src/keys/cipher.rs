//! Authenticated encryption, bound to where the sealed data belongs.

use aws_lc_rs::aead;

use super::{KeyError, Material, Nonce};

// AES-256-GCM-SIV (RFC 8452): random nonces may repeat over the life of a busy key without ruin.
fn cipher(key: &Material) -> Result<aead::LessSafeKey, KeyError> {
    aead::UnboundKey::new(&aead::AES_256_GCM_SIV, key)
        .map(aead::LessSafeKey::new)
        .map_err(|_| KeyError::Refused)
}

pub(super) fn encrypt(
    key: &Material,
    nonce: Nonce,
    context: &[u8],
    clear: &[u8],
) -> Result<Vec<u8>, KeyError> {
    let mut body = clear.to_vec();
    cipher(key)?
        .seal_in_place_append_tag(
            aead::Nonce::assume_unique_for_key(nonce),
            aead::Aad::from(context),
            &mut body,
        )
        .map_err(|_| KeyError::Refused)?;
    Ok(body)
}

pub(super) fn decrypt(
    key: &Material,
    nonce: Nonce,
    context: &[u8],
    body: &[u8],
) -> Result<Vec<u8>, KeyError> {
    let mut body = body.to_vec();
    let clear = cipher(key)?
        .open_in_place(
            aead::Nonce::assume_unique_for_key(nonce),
            aead::Aad::from(context),
            &mut body,
        )
        .map_err(|_| KeyError::NotOpened)?
        .len();
    body.truncate(clear);
    Ok(body)
}
