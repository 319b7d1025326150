//! Messages for a gateway of the operator's own: JSON by POST, signed as Standard Webhooks (version 1) say, in
//! both directions by the same secret.

mod receipt;

use std::fmt;
use std::time::Duration;

use aws_lc_rs::hmac;
use data_encoding::BASE64;
use onlyauth_core::time::Timestamp;
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use url::Url;
use zeroize::Zeroize;

use crate::http::{self, ClientError};
use crate::provider::{
    Accepted, Callback, NoReceipt, Outgoing, Provider, Receipt, SendError, Sending,
};

/// What a signing secret begins with.
pub const SECRET_PREFIX: &str = "whsec_";

/// Bytes that a secret may have, by the specification.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A signing key. Debug is masked.
pub struct SigningKey(hmac::Key);

/// The text is no signing secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected whsec_ and 24 to 64 bytes in base64")]
pub struct NotASecret;

impl SigningKey {
    /// Reads `whsec_…`.
    ///
    /// # Errors
    /// Another prefix, no base64, or a length that the specification does not allow.
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let encoded = text.strip_prefix(SECRET_PREFIX).ok_or(NotASecret)?;
        let mut bytes = BASE64.decode(encoded.as_bytes()).map_err(|_| NotASecret)?;
        let key = SECRET_BYTES
            .contains(&bytes.len())
            .then(|| Self(hmac::Key::new(hmac::HMAC_SHA256, &bytes)));
        bytes.zeroize();
        key.ok_or(NotASecret)
    }

    /// The value of `webhook-signature`.
    fn sign(&self, id: &str, timestamp: &str, body: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        for part in [id, ".", timestamp, ".", body] {
            context.update(part.as_bytes());
        }
        format!("v1,{}", BASE64.encode(context.sign().as_ref()))
    }

    /// Whether one of the space-separated signatures of `webhook-signature` is ours; in constant time.
    fn has_signed(&self, signatures: &str, id: &str, timestamp: &str, body: &[u8]) -> bool {
        let signed = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat();
        signatures.split(' ').any(|signature| {
            let tag = signature.strip_prefix("v1,").map(|text| BASE64.decode(text.as_bytes()));
            matches!(tag, Some(Ok(tag)) if hmac::verify(&self.0, &signed, &tag).is_ok())
        })
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// A gateway.
#[derive(Debug)]
pub struct Webhook {
    url: Url,
    key: SigningKey,
    client: Client,
}

#[derive(Serialize)]
struct Event<'a> {
    r#type: &'static str,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    message_id: &'a str,
    channel: &'static str,
    to: &'a str,
    text: &'a str,
    language: &'a str,
    expires_at: i64,
    receipt_url: &'a str,
}

impl Webhook {
    /// A gateway at `url`, each send to which ends within `timeout`.
    ///
    /// # Errors
    /// The machine's TLS can't be used.
    pub fn new(url: Url, key: SigningKey, timeout: Duration) -> Result<Self, ClientError> {
        Ok(Self { url, key, client: http::client(timeout)? })
    }

    async fn post(&self, message: Outgoing) -> Result<Accepted, SendError> {
        let id = message.message_id.to_string();
        let body = body(&id, &message)?;
        let timestamp = seconds(message.now);
        let signature = self.key.sign(&id, &timestamp, &body);
        let request = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signature)
            .body(body);
        let answer = http::send(request).await?;
        if answer.status.is_success() {
            return Ok(Accepted::default());
        }
        Err(answer.error(format!("webhook_{}", answer.status.as_u16())))
    }
}

fn body(id: &str, message: &Outgoing) -> Result<String, SendError> {
    let event = Event {
        r#type: "message.send",
        data: Data {
            message_id: id,
            channel: message.channel.as_str(),
            to: message.phone.as_e164(),
            text: &message.body,
            language: &message.language,
            expires_at: message.expires_at.as_seconds(),
            receipt_url: message.receipt_url.as_str(),
        },
    };
    serde_json::to_string(&event).map_err(|_| SendError::refused("request_malformed"))
}

fn seconds(now: Timestamp) -> String {
    now.as_seconds().to_string()
}

impl Provider for Webhook {
    fn send(&self, message: Outgoing) -> Sending<'_> {
        Box::pin(self.post(message))
    }

    fn receipt(&self, callback: &Callback<'_>) -> Result<Receipt, NoReceipt> {
        receipt::read(&self.key, callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_message_has_the_known_signature() {
        let key = SigningKey::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature =
            key.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(format!("{key:?}"), "SigningKey(…)");
    }

    #[test]
    fn only_a_secret_is_a_secret() {
        let encoded = |bytes: usize| format!("whsec_{}", BASE64.encode(&vec![7; bytes]));
        for (text, good) in [
            (encoded(24), true),
            (encoded(64), true),
            (encoded(23), false),
            (encoded(65), false),
            (encoded(32).replace("whsec_", ""), false),
            (encoded(32).replace("whsec_", "WHSEC_"), false),
            ("whsec_".to_owned(), false),
            ("whsec_not base64".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(SigningKey::parse(&text).is_ok(), good, "{text}");
        }
    }
}
