//! What the widget's forms hold.

use onlyauth_core::channel::Channel;

use super::manage;
use super::ticks;
use crate::form::Form;

/// What a form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Resume,
    /// Shows the ways, also those that are kept back where `all` says so, and changes nothing.
    Choose {
        all: bool,
    },
    Send,
    Check,
    /// What a passkey answered.
    Passkey,
    /// The trusted device stands in.
    Trust,
    /// The passkey that was made.
    Keep,
    /// Shows the secret for an authenticator app.
    SetUpTotp,
    /// The first code of it.
    ConfirmTotp,
    /// Hands out backup codes.
    BackupCodes,
    /// Nothing more is to be enrolled.
    Leave,
    /// Shows the page on which a passkey is made.
    SetUpPasskey,
    /// Something that the end user enrolled.
    Factor(manage::Command),
    /// A device that they trust.
    Device(manage::Command),
    /// This is to be enrolled in place of a proof.
    SetUpProof(Channel),
    /// What was enrolled in place of a proof.
    Prove(Channel),
    Extend,
    Cancel,
}

/// The names of those fields, in the order in which [`Fields::read`] takes them.
const NAMES: [&str; 18] = [
    "token",
    "app_id",
    "do",
    "channel",
    "sends",
    "challenge",
    "attempt",
    "code",
    "ceremony",
    "answer",
    "proof",
    "next",
    "trust",
    "first",
    "factor",
    "device",
    "name",
    "turned_down",
];

/// The fields of the widget's forms.
pub(super) struct Fields {
    pub(super) token: String,
    pub(super) app_id: String,
    pub(super) step: Step,
    /// How a message shall travel; None: by the first channel that is offered.
    pub(super) channel: Option<Channel>,
    /// How many messages had been sent when the form was made.
    pub(super) sends: Option<u32>,
    /// The challenge that the form was made for.
    pub(super) challenge: Option<String>,
    pub(super) attempt: Option<String>,
    pub(super) code: Option<String>,
    /// The ceremony that the form was made for.
    pub(super) ceremony: Option<String>,
    /// What the browser answered for a passkey, as JSON.
    pub(super) answer: Option<String>,
    /// The success token, from whoever passed.
    pub(super) proof: Option<String>,
    /// What shows who gave the first of two proofs.
    pub(super) first: Option<String>,
    /// Of all that the end user enrolled, this.
    pub(super) factor: Option<String>,
    /// Of all devices that they trust, this.
    pub(super) device: Option<String>,
    /// What they call a factor.
    pub(super) name: Option<String>,
    /// What shows that the ways which come first were turned down.
    pub(super) turned_down: Option<String>,
    /// What is to be enrolled after the pass.
    pub(super) next: Option<Channel>,
    /// Whether the device is to be trusted after the pass.
    pub(super) wants_trust: bool,
    /// No form of ours looks like this: doubled, unknown or impossible fields.
    pub(super) strange: bool,
}

impl Fields {
    pub(super) fn read(form: Form) -> Self {
        let mut strange = false;
        let mut known = [const { None }; NAMES.len()];
        for (name, value) in form.0 {
            match NAMES.iter().position(|known| *known == name) {
                Some(at) if known[at].is_none() => known[at] = Some(value),
                _ => strange = true,
            }
        }
        let [
            token,
            app_id,
            step,
            channel,
            sends,
            challenge,
            attempt,
            code,
            ceremony,
            answer,
            proof,
            next,
            trust,
            first,
            factor,
            device,
            name,
            turned_down,
        ] = known;
        let step = match step.as_deref() {
            // A button that sends names the channel, and nothing else.
            None if channel.is_some() => Step::Send,
            // So do those that lead to one of a list.
            None if factor.is_some() => Step::Factor(manage::Command::Show),
            None if device.is_some() => Step::Device(manage::Command::Show),
            Some("name_factor") => Step::Factor(manage::Command::Name),
            Some("remove_factor") => Step::Factor(manage::Command::Remove),
            Some("forget_device") => Step::Device(manage::Command::Remove),
            Some("set_up_passkey") => Step::SetUpPasskey,
            Some("send") => Step::Send,
            Some("check") => Step::Check,
            Some("passkey") => Step::Passkey,
            Some("trust") => Step::Trust,
            Some("keep") => Step::Keep,
            Some("set_up_totp") => Step::SetUpTotp,
            Some("confirm_totp") => Step::ConfirmTotp,
            Some("backup_codes") => Step::BackupCodes,
            Some("leave") => Step::Leave,
            Some("set_up_proof") => Step::SetUpProof(Channel::Webauthn),
            Some("set_up_totp_proof") => Step::SetUpProof(Channel::Totp),
            Some("prove") => Step::Prove(Channel::Webauthn),
            Some("prove_totp") => Step::Prove(Channel::Totp),
            Some("choose") => Step::Choose { all: false },
            Some("choose_all") => Step::Choose { all: true },
            Some("extend") => Step::Extend,
            Some("cancel") => Step::Cancel,
            None | Some("resume") => Step::Resume,
            _ => {
                strange = true;
                Step::Resume
            }
        };
        let channel = channel.map(|name| name.parse::<Channel>());
        strange |= matches!(channel, Some(Err(_)));
        Self {
            channel: channel.and_then(Result::ok),
            token: token.unwrap_or_default(),
            app_id: app_id.unwrap_or_default(),
            step,
            sends: sends.and_then(|sends| sends.parse().ok()),
            challenge,
            attempt,
            code,
            ceremony,
            answer,
            proof,
            first,
            factor,
            device,
            name,
            turned_down,
            next: next.as_deref().and_then(ticks::read),
            wants_trust: trust.as_deref() == Some("device"),
            strange,
        }
    }
}
