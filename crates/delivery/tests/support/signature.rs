//! HMAC-SHA256 written out (RFC 2104), so that a signature is not checked by the code that made it.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::BASE64;

const BLOCK: usize = 64;

pub(crate) fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0; BLOCK];
    block[..key.len()].copy_from_slice(key);
    let padded = |pad: u8| block.map(|byte| byte ^ pad);
    let inner = digest(&SHA256, &[&padded(0x36), message].concat());
    digest(&SHA256, &[&padded(0x5c), inner.as_ref()].concat()).as_ref().to_vec()
}

/// What Standard Webhooks expect in `webhook-signature`.
pub(crate) fn expected(secret: &str, id: &str, timestamp: &str, body: &str) -> String {
    let key = BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
    let signed = format!("{id}.{timestamp}.{body}");
    format!("v1,{}", BASE64.encode(&hmac_sha256(&key, signed.as_bytes())))
}
