//! Enrolling an authenticator app: the secret that is offered in an action, and how apps are given it.
//!
//! The secret is an HMAC under a ring key over the action, so that showing it writes nothing, a reload shows the same, and any
//! instance can confirm it. It is stored once a code of it was typed.

use data_encoding::HEXUPPER;

use super::totp::TotpSecret;
use crate::ids::ActionId;
use crate::keys::{KeyError, KeyRing, Purpose};
use crate::time::Timestamp;

/// Length of a secret, in bytes: the 160 bits that RFC 4226 section 4 recommends.
const LENGTH: usize = 20;

/// How much of a site's name apps are given, in characters: longer ones make pictures that cameras have trouble with.
const LONGEST_NAME: usize = 40;

/// The secret that an action offers. `started` is when the action was created: it chooses the key.
///
/// # Errors
/// The ring has no key for it.
pub fn derive(
    ring: &KeyRing,
    action_id: ActionId,
    started: Timestamp,
) -> Result<TotpSecret, KeyError> {
    let key = ring.at(Purpose::Enrolment, started)?;
    let mac = key.mac(&[b"totp secret", action_id.uuid().as_bytes()]);
    TotpSecret::new(mac[..LENGTH].to_vec()).map_err(|_| KeyError::Refused)
}

/// The address by which apps take a secret (the key URI format that all of them read). `issuer` is the site's name, `account`
/// what tells the person's accounts there apart. SHA-1, six digits and 30 seconds go without saying: some apps refuse
/// addresses that name them.
pub fn address(secret: &TotpSecret, issuer: &str, account: &str) -> String {
    // A colon is what divides the two.
    let issuer: String = issuer.chars().filter(|c| *c != ':').take(LONGEST_NAME).collect();
    let (issuer, account) = (encode(issuer.trim()), encode(account));
    format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", secret.reveal_base32())
}

/// Percent-encodes all but what RFC 3986 section 2.3 calls unreserved: apps read '+' as itself.
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&HEXUPPER.encode(&[byte]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::testing::ring;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn action(mark: u8) -> ActionId {
        ActionId::new(NOW, [mark; 10])
    }

    #[test]
    fn an_action_offers_one_secret_and_another_one_another() {
        let own = derive(&ring(), action(1), NOW).unwrap();
        assert_eq!(derive(&ring(), action(1), NOW), Ok(own.clone()));
        assert_ne!(derive(&ring(), action(2), NOW), Ok(own.clone()));
        assert_eq!(own.reveal().len(), 20);
    }

    #[test]
    fn addresses_are_what_apps_read() {
        let secret = TotpSecret::new(b"12345678901234567890".to_vec()).unwrap();
        let key = "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (issuer, account, expected) in [
            ("Shop", "+1 42", format!("otpauth://totp/Shop:%2B1%2042?{key}&issuer=Shop")),
            (
                "A: B & C",
                "x",
                format!("otpauth://totp/A%20B%20%26%20C:x?{key}&issuer=A%20B%20%26%20C"),
            ),
            ("Café", "…", format!("otpauth://totp/Caf%C3%A9:%E2%80%A6?{key}&issuer=Caf%C3%A9")),
        ] {
            assert_eq!(address(&secret, issuer, account), expected);
        }
        let long = address(&secret, &"n".repeat(200), "x");
        assert!(long.contains(&format!("/{}:", "n".repeat(40))), "{long}");
    }
}
