//! What a trusted browser keeps: 256 bits that nobody can guess, of which only the SHA-256 is stored.
//!
//! One browser has one, whoever logs in with it; whom it is trusted for is written down on the server. It is made from the
//! login in which it was first trusted, under a ring key, as that login's success token is: so the very same form again
//! gets the very same one, and a browser whose answer was lost is trusted all the same.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::keys::{KeyError, KeyRing, Purpose};
use crate::secret::sha256;
use crate::success_token::Binding;
use crate::time::Timestamp;

/// A device's token in clear. Debug does not show it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct DeviceToken([u8; 32]);

impl DeviceToken {
    /// The token of a device that has none when it is trusted in this action; `started` is when the action was created.
    pub fn derive(ring: &KeyRing, binding: &Binding, started: Timestamp) -> Result<Self, KeyError> {
        let key = ring.at(Purpose::SuccessToken, started)?;
        Ok(Self(key.mac(&[
            b"trusted device",
            binding.action_id.uuid().as_bytes(),
            binding.client_id.uuid().as_bytes(),
            binding.app_id.uuid().as_bytes(),
            binding.mode.as_str().as_bytes(),
        ])))
    }

    /// Reads a token's shape; None for anything else. Whether it is trusted is another question.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The token in clear, for the browser's cookie.
    pub fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What is stored: SHA-256 of the text.
    pub fn hash(&self) -> [u8; 32] {
        sha256(self.reveal().as_bytes())
    }
}

impl fmt::Debug for DeviceToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeviceToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action;
    use crate::channel::Mode;
    use crate::ids::{ActionId, AppId, ClientId};
    use crate::keys::testing::ring;
    use crate::success_token::SuccessToken;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn binding(mark: u8) -> Binding {
        Binding {
            action_id: ActionId::new(NOW, [mark; 10]),
            client_id: ClientId::new(NOW, [2; 10]),
            app_id: AppId::new(NOW, [3; 10]),
            mode: Mode::Live,
            purpose: action::Purpose::Login,
        }
    }

    #[test]
    fn the_same_login_gives_the_same_token_and_another_login_another() {
        let derive = |mark| DeviceToken::derive(&ring(), &binding(mark), NOW).unwrap();
        assert_eq!(derive(1), derive(1));
        assert_ne!(derive(1), derive(2));
        // Whoever knows the success token of a login knows nothing of its device.
        let success = SuccessToken::derive(&ring(), &binding(1), NOW).unwrap().reveal();
        assert!(!success.contains(&derive(1).reveal()));
    }

    #[test]
    fn it_is_read_back_and_not_printed() {
        let token = DeviceToken::derive(&ring(), &binding(1), NOW).unwrap();
        let text = token.reveal();
        assert_eq!(text.len(), 43);
        assert_eq!(DeviceToken::parse(&text), Some(token.clone()));
        assert!(!format!("{token:?}").contains(&text));
        for bad in ["", "short", &text[1..], &format!("{text}A"), &format!("{text}="), "Ä"] {
            assert_eq!(DeviceToken::parse(bad), None, "{bad}");
        }
    }
}
