//! HMAC written out (RFC 2104), so that a signature is not checked by the code that made it. The server's tests
//! use it, too.

use aws_lc_rs::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use data_encoding::BASE64;

const BLOCK: usize = 64;

fn hmac(hash: &'static Algorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0; BLOCK];
    block[..key.len()].copy_from_slice(key);
    let padded = |pad: u8| block.map(|byte| byte ^ pad);
    let inner = digest(hash, &[&padded(0x36), message].concat());
    digest(hash, &[&padded(0x5c), inner.as_ref()].concat()).as_ref().to_vec()
}

/// What Standard Webhooks expect in `webhook-signature`.
pub(crate) fn expected(secret: &str, id: &str, timestamp: &str, body: &str) -> String {
    let key = BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
    let signed = format!("{id}.{timestamp}.{body}");
    format!("v1,{}", BASE64.encode(&hmac(&SHA256, &key, signed.as_bytes())))
}

/// What Twilio's documentation says is in `X-Twilio-Signature`: the address and each parameter's name and value,
/// in the order of names.
pub(crate) fn twilio(token: &str, url: &str, fields: &[(&str, &str)]) -> String {
    let mut fields = fields.to_vec();
    fields.sort_unstable();
    let signed: String = fields.iter().flat_map(|(name, value)| [*name, *value]).collect();
    let tag =
        hmac(&SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes(), format!("{url}{signed}").as_bytes());
    BASE64.encode(&tag)
}
