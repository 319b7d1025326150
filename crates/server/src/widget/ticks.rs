//! The boxes beside a code. What is ticked travels with each form, and is ticked on the page that follows, until the login passed:
//! nobody wishes something else because they mistyped a code.

use onlyauth_core::channel::Channel;

use super::Fields;

const PASSKEY: &str = "passkey";
const TOTP: &str = "totp";

/// The boxes that a form came with ticked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ticked {
    /// What is to be enrolled after the pass.
    pub(super) next: Option<Channel>,
    /// The device is to be trusted after the pass.
    pub(super) trust: bool,
}

impl Ticked {
    pub(super) fn of(fields: &Fields) -> Self {
        Self { next: fields.next, trust: fields.wants_trust }
    }
}

/// The box's word for what it has enrolled.
pub(super) const fn word(channel: Channel) -> &'static str {
    match channel {
        Channel::Totp => TOTP,
        _ => PASSKEY,
    }
}

/// What that word has enrolled.
pub(super) fn read(word: &str) -> Option<Channel> {
    match word {
        PASSKEY => Some(Channel::Webauthn),
        TOTP => Some(Channel::Totp),
        _ => None,
    }
}
