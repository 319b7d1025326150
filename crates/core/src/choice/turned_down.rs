//! What a page carries on which text messages are listed that the app defers: whoever sends it has turned down what came first.
//!
//! A page that changes nothing writes nothing down, and a field that anybody could make up would let a form be sent that no page
//! ever showed.

use crate::ids::ActionId;
use crate::keys::{KeyError, KeyRing, Purpose};
use crate::mark::Mark;
use crate::time::Timestamp;

const MEANING: &[u8] = b"turned down";

/// Shows that the ways which come first were turned down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnedDown(Mark);

impl TurnedDown {
    /// The one of an action, which need not have begun, for a page that is made now.
    ///
    /// # Errors
    /// The ring has no key for it.
    pub fn derive(ring: &KeyRing, action_id: ActionId, now: Timestamp) -> Result<Self, KeyError> {
        Ok(Self(Mark::new(ring.at(Purpose::Attempt, now)?, MEANING, action_id)))
    }

    /// Whether a text is that of an action, made with any key that still verifies.
    pub fn is_shown_by(text: &str, ring: &KeyRing, action_id: ActionId, now: Timestamp) -> bool {
        ring.verifying(Purpose::Attempt, now).any(|key| Mark::new(key, MEANING, action_id).is(text))
    }

    /// In clear, for the hidden field.
    pub fn reveal(&self) -> String {
        self.0.reveal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::testing::ring;
    use crate::proof::FirstProof;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    #[test]
    fn it_is_of_its_action_and_of_no_other_page() {
        let action = |mark| ActionId::new(NOW, [mark; 10]);
        let text = |mark| TurnedDown::derive(&ring(), action(mark), NOW).unwrap().reveal();
        let is_shown = |text: &str| TurnedDown::is_shown_by(text, &ring(), action(1), NOW);
        assert!(is_shown(&text(1)));
        let first = FirstProof::derive(&ring(), action(1), NOW).unwrap().reveal();
        for other in [text(2), first, String::new(), "é".into(), text(1) + "A"] {
            assert!(!is_shown(&other), "{other}");
        }
    }
}
