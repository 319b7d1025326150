//! The compact serialisation (RFC 7515 section 7.1) with one algorithm, HS256, and one header, fixed to the byte.
//!
//! A presented header is never interpreted: it is compared with the ones that keys of the ring would have. That leaves no
//! room for `none`, other algorithms, `jku`, `jwk`, `crit` or a second `alg` (RFC 8725 sections 3.1 and 3.11).

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use super::TokenError;
use crate::ids::KeyId;
use crate::keys::RingKey;

/// A token with these claims.
pub(super) fn sign(key: &RingKey, claims: &[u8]) -> String {
    let header = header(key.id());
    let signature_length = BASE64URL_NOPAD.encode_len(32);
    let claims_length = BASE64URL_NOPAD.encode_len(claims.len());
    let mut token = String::with_capacity(header.len() + claims_length + signature_length + 2);
    token.push_str(&header);
    token.push('.');
    BASE64URL_NOPAD.encode_append(claims, &mut token);
    let signature = key.sign(token.as_bytes());
    token.push('.');
    BASE64URL_NOPAD.encode_append(&signature, &mut token);
    token
}

/// The claims of a token that one of these keys signed; what they say is still to be read.
pub(super) fn verify<'a>(
    keys: impl Iterator<Item = &'a RingKey>,
    token: &str,
) -> Result<Vec<u8>, TokenError> {
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Shape)?;
    let (presented, claims) = signed.split_once('.').ok_or(TokenError::Shape)?;
    if claims.contains('.') {
        return Err(TokenError::Shape);
    }
    let mut keys = keys;
    let key = keys.find(|key| header(key.id()) == presented).ok_or_else(|| refusal(presented))?;
    let signature =
        BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| TokenError::Signature)?;
    if !key.has_signed(signed.as_bytes(), &signature) {
        return Err(TokenError::Signature);
    }
    BASE64URL_NOPAD.decode(claims.as_bytes()).map_err(|_| TokenError::Signature)
}

fn header(key: KeyId) -> String {
    let json = format!(r#"{{"typ":"onlyauth-access+jwt","alg":"HS256","kid":"{}"}}"#, &*key.text());
    BASE64URL_NOPAD.encode(json.as_bytes())
}

/// What is wrong with a header that no key of the ring has: for the log, and for nothing else.
fn refusal(presented: &str) -> TokenError {
    #[derive(Deserialize)]
    struct Presented {
        kid: KeyId,
    }
    let Ok(json) = BASE64URL_NOPAD.decode(presented.as_bytes()) else { return TokenError::Shape };
    match serde_json::from_slice::<Presented>(&json) {
        Ok(Presented { kid }) if header(kid) == presented => TokenError::Key,
        _ => TokenError::Header,
    }
}
