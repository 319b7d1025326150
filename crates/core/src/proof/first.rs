//! What the browser in which the first of two proofs passed is given: it shows later that it was this one.
//!
//! The access token, which the page around the widget knows, is not enough for all that a first proof allows: a genuine page
//! may have been sent to a victim, whose proof must not count in the attacker's frame (security.md rows 27 and 44). It is
//! never a success token: whoever has it has one of two proofs and no more.

use std::fmt;

use aws_lc_rs::constant_time;
use data_encoding::BASE64URL_NOPAD;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::ActionId;
use crate::keys::{KeyError, KeyRing, Purpose};
use crate::time::Timestamp;

/// Shows who gave the first of two proofs.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct FirstProof([u8; 32]);

impl FirstProof {
    /// The one of an action, the same each time. `started` is when the action was created: it chooses the key.
    ///
    /// # Errors
    /// The ring has no key for it.
    pub fn derive(
        ring: &KeyRing,
        action_id: ActionId,
        started: Timestamp,
    ) -> Result<Self, KeyError> {
        let key = ring.at(Purpose::Attempt, started)?;
        Ok(Self(key.mac(&[b"first of two proofs", action_id.uuid().as_bytes()])))
    }

    /// Whether a text is this very one. Compared in constant time.
    pub fn is(&self, text: &str) -> bool {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default();
        constant_time::verify_slices_are_equal(&bytes, &self.0).is_ok()
    }

    /// In clear, for a hidden field of the page that follows the first proof.
    pub fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }
}

impl fmt::Debug for FirstProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FirstProof(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::testing::ring;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn first(mark: u8) -> FirstProof {
        FirstProof::derive(&ring(), ActionId::new(NOW, [mark; 10]), NOW).unwrap()
    }

    #[test]
    fn it_is_of_its_action_and_no_other() {
        assert!(first(1).is(&first(1).reveal()));
        for other in [first(2).reveal(), String::new(), "é".into(), first(1).reveal() + "A"] {
            assert!(!first(1).is(&other), "{other}");
        }
        assert_eq!(format!("{:?}", first(1)), "FirstProof(…)");
    }
}
