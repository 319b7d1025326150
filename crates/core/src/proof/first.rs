//! What the browser in which the first of two proofs passed is given: it shows later that it was this one.
//!
//! The access token, which the page around the widget knows, is not enough for all that a first proof allows: a genuine page
//! may have been sent to a victim, whose proof must not count in the attacker's frame (security.md rows 27 and 44). It is
//! never a success token: whoever has it has one of two proofs and no more.

use crate::ids::ActionId;
use crate::keys::{KeyError, KeyRing, Purpose};
use crate::mark::Mark;
use crate::time::Timestamp;

/// Shows who gave the first of two proofs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstProof(Mark);

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
        Ok(Self(Mark::new(key, b"first of two proofs", action_id)))
    }

    /// Whether a text is this very one. Compared in constant time.
    pub fn is(&self, text: &str) -> bool {
        self.0.is(text)
    }

    /// In clear, for a hidden field of the page that follows the first proof.
    pub fn reveal(&self) -> String {
        self.0.reveal()
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
        assert_eq!(format!("{:?}", first(1)), "FirstProof(Mark(…))");
    }
}
