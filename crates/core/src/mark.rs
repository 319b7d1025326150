//! What a page of a login carries in a hidden field to show later that it was this page: a MAC over the action.

use std::fmt;

use aws_lc_rs::constant_time;
use data_encoding::BASE64URL_NOPAD;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::ActionId;
use crate::keys::RingKey;

/// The mark of a page.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct Mark([u8; 32]);

impl Mark {
    /// The one of an action, the same each time. `meaning` tells pages of one action apart.
    pub(crate) fn new(key: &RingKey, meaning: &[u8], action_id: ActionId) -> Self {
        Self(key.mac(&[meaning, action_id.uuid().as_bytes()]))
    }

    /// Whether a text is this very one. Compared in constant time.
    pub(crate) fn is(&self, text: &str) -> bool {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default();
        constant_time::verify_slices_are_equal(&bytes, &self.0).is_ok()
    }

    /// In clear, for the hidden field.
    pub(crate) fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mark(…)")
    }
}
