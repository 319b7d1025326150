//! The pages about passkeys.

use askama::Template;
use onlyauth_core::factor::webauthn::Ceremony;

use super::window;
use crate::widget::assets;
use crate::widget::page::Page;
use crate::widget::place::{Masked, Place};
use crate::widget::screen::Notice;
use crate::widget::shell::{Facts, Shell, Steps};
use crate::widget::state::State;
use crate::widget::words::Said;

/// What a passkey is asked for.
#[derive(Debug, Clone)]
pub(in crate::widget) enum Purpose {
    /// To confirm a login.
    Use,
    /// To be made, after a pass.
    Create {
        /// The success token, which shows whose pass it was.
        proof: Masked,
        /// An authenticator app may be set up instead.
        or_totp: bool,
    },
    /// To be made as the one proof of a login.
    OnlyProof {
        /// An authenticator app will do as well.
        or_totp: bool,
    },
    /// To be made as the second of two.
    SecondProof {
        /// An authenticator app will do as well.
        or_totp: bool,
    },
}

/// A ceremony, as its page needs it.
#[derive(Debug, Clone)]
pub(in crate::widget) struct Asked {
    /// Its id.
    pub(in crate::widget) ceremony: String,
    /// What the browser is asked, as JSON.
    pub(in crate::widget) options: String,
}

/// All that the page of a ceremony shows.
pub(in crate::widget) struct PasskeyView<'a> {
    pub(in crate::widget) place: &'a Place,
    pub(in crate::widget) facts: Facts,
    pub(in crate::widget) sends: u32,
    pub(in crate::widget) purpose: Purpose,
    /// What the browser is asked; None before anything began.
    pub(in crate::widget) asked: Option<Asked>,
    /// The attempt.
    pub(in crate::widget) attempt: String,
    pub(in crate::widget) notice: Option<Notice>,
    /// Whether another way is open.
    pub(in crate::widget) others: bool,
    /// For how many days the device can be trusted; None where that is not offered.
    pub(in crate::widget) offers_trust: Option<u32>,
    /// How far a login is that takes two proofs.
    pub(in crate::widget) steps: Steps,
}

/// A passkey is asked for.
#[derive(Debug, Template)]
#[template(path = "widget/passkey.html")]
struct Passkey {
    shell: Shell,
    purpose: Purpose,
    asked: Option<Asked>,
    attempt: String,
    notice: Option<Notice>,
    others: bool,
    offers_trust: Option<u32>,
    script: String,
    /// The address of the small window; None where the app wants none.
    window: Option<String>,
}

impl Passkey {
    fn creates(&self) -> bool {
        !matches!(self.purpose, Purpose::Use)
    }

    /// Whether an authenticator app will do as well, in place of a proof.
    fn is_proof_or_totp(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::OnlyProof { or_totp: true } | Purpose::SecondProof { or_totp: true }
        )
    }

    /// Whether nobody gets in without it.
    fn is_needed(&self) -> bool {
        let proof = matches!(self.purpose, Purpose::OnlyProof { .. } | Purpose::SecondProof { .. });
        proof && !self.others && !self.is_proof_or_totp()
    }

    /// What it is good for.
    fn text(&self) -> Said {
        self.shell.words.say(match self.purpose {
            Purpose::Use => "passkey-text",
            Purpose::Create { .. } => "passkey-create-text",
            Purpose::OnlyProof { .. } => "first-passkey-text",
            Purpose::SecondProof { .. } => "second-passkey-text",
        })
    }

    /// Which text, of those that name another way where there is one.
    fn stuck(&self, with_others: &str, without: &str) -> Said {
        self.shell.words.say(if self.is_needed() { without } else { with_others })
    }

    /// Which text, of those that exist for both purposes.
    fn say(&self, using: &str, creating: &str) -> Said {
        self.shell.words.say(if self.creates() { creating } else { using })
    }

    fn problem(&self) -> Option<Said> {
        let id = match self.notice? {
            Notice::PasskeyCopied => "passkey-copied",
            Notice::NoPasskey if self.is_needed() => "needed-passkey-none",
            Notice::NoPasskey => "passkey-none",
            Notice::PasskeyNotCreated => "passkey-not-created",
            _ => "passkey-wrong",
        };
        Some(self.shell.words.say(id))
    }

    /// Whether this page is the one that its script turns into that state.
    fn is(&self, state: &str) -> bool {
        self.shell.state.as_str() == state
    }
}

impl PasskeyView<'_> {
    pub(in crate::widget) fn page(self) -> Page {
        let state = match self.notice {
            Some(Notice::PasskeyWrong) => State::PasskeyWrong,
            Some(Notice::PasskeyCopied) => State::PasskeyCopied,
            Some(Notice::NoPasskey) => State::PasskeyNone,
            Some(Notice::PasskeyNotCreated) => State::PasskeyNotCreated,
            _ => match self.purpose {
                Purpose::Use => State::Passkey,
                Purpose::Create { .. } => State::PasskeyCreate,
                Purpose::OnlyProof { .. } => State::PasskeyFirst,
                Purpose::SecondProof { .. } => State::PasskeySecond,
            },
        };
        let error = self.notice.map(|_| state.as_str());
        let facts = Facts { error, retryable: error.is_some(), ..self.facts };
        let shell = Shell::of(self.place, state, facts).at(self.sends).in_steps(&self.steps);
        // Unset leaves it to the server, which knows no reason against it.
        let apart = self.place.app.settings.webauthn_redirect_allowed.unwrap_or(true);
        let ceremony = match self.purpose {
            Purpose::Use => Ceremony::Get,
            _ => Ceremony::Create,
        };
        let address = || window::address(shell.words.language(), shell.scheme, ceremony);
        let screen = Passkey {
            window: apart.then(address),
            purpose: self.purpose,
            asked: self.asked,
            attempt: self.attempt,
            notice: self.notice,
            others: self.others,
            offers_trust: self.offers_trust,
            script: assets::webauthn_address(),
            shell,
        };
        Page::of(self.place, &screen)
    }
}

/// The small window.
#[derive(Debug, Template)]
#[template(path = "widget/passkey_window.html")]
pub(in crate::widget) struct Window {
    pub(in crate::widget) shell: Shell,
    pub(in crate::widget) script: String,
    /// What it is opened for.
    pub(in crate::widget) ceremony: Ceremony,
}

impl Window {
    /// Which text, of those that exist for both purposes.
    fn say(&self, using: &str, creating: &str) -> Said {
        let creates = self.ceremony == Ceremony::Create;
        self.shell.words.say(if creates { creating } else { using })
    }
}
