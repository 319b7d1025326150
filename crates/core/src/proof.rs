//! How much an action asks for: one proof, or two of different kinds where the app has `mfa_enabled`. Two codes to the same
//! phone are one.

mod first;

use std::fmt;
use std::str::FromStr;

pub use first::FirstProof;

use crate::app::AppSettings;
use crate::channel::{Channel, UnknownChannel};

/// What RFC 8176 section 2 calls proofs of several kinds.
const SEVERAL: &str = "mfa";

/// What passed in an action, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proven(Vec<Channel>);

impl Proven {
    /// Its channels.
    pub fn channels(&self) -> &[Channel] {
        &self.0
    }

    /// Whether nothing passed yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last one.
    pub fn last(&self) -> Option<Channel> {
        self.0.last().copied()
    }

    /// With one more. The same one again adds nothing.
    #[must_use]
    pub fn with(&self, channel: Channel) -> Self {
        let mut channels = self.0.clone();
        if self.last() != Some(channel) {
            channels.push(channel);
        }
        Self(channels)
    }

    /// Whether a phone number passed.
    pub fn has_phone(&self) -> bool {
        self.0.iter().any(|channel| channel.is_phone())
    }

    /// What decides about enrolling: a factor, where one is among what passed, and else the last one.
    pub fn strongest(&self) -> Option<Channel> {
        self.0.iter().copied().find(|channel| !channel.is_phone()).or(self.last())
    }

    /// Whether this is all that the app asks for.
    pub fn is_enough(&self, app: &AppSettings) -> bool {
        if app.mfa_enabled { is_of_several_kinds(&self.0) } else { !self.is_empty() }
    }
}

impl From<Channel> for Proven {
    fn from(channel: Channel) -> Self {
        Self(vec![channel])
    }
}

/// As the database has it: names with commas between them.
impl fmt::Display for Proven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(|channel| channel.as_str()).collect::<Vec<_>>().join(","))
    }
}

impl FromStr for Proven {
    type Err = UnknownChannel;

    fn from_str(text: &str) -> Result<Self, UnknownChannel> {
        let names = text.split(',').filter(|name| !name.is_empty());
        names.map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

/// Authentication method references for these channels (RFC 8176 section 2), each once, and `mfa` where they are of several
/// kinds.
pub fn amr(channels: &[Channel]) -> Vec<&'static str> {
    let mut methods: Vec<&'static str> = Vec::new();
    for method in channels.iter().flat_map(|channel| channel.amr()) {
        if !methods.contains(method) {
            methods.push(method);
        }
    }
    if is_of_several_kinds(channels) {
        methods.push(SEVERAL);
    }
    methods
}

fn is_of_several_kinds(channels: &[Channel]) -> bool {
    channels.first().is_some_and(|first| channels.iter().any(|other| other.kind() != first.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{BackupCode, Sms, Totp, Voice, Webauthn, Whatsapp};

    fn proven(channels: &[Channel]) -> Proven {
        channels.iter().fold(Proven::default(), |proven, channel| proven.with(*channel))
    }

    #[test]
    fn two_kinds_are_enough_where_two_are_asked_for_and_two_codes_to_one_phone_are_not() {
        let two = AppSettings { mfa_enabled: true, ..AppSettings::default() };
        let one = AppSettings::default();
        for (channels, for_one, for_two) in [
            (&[][..], false, false),
            (&[Sms], true, false),
            (&[Webauthn], true, false),
            (&[Sms, Voice, Whatsapp], true, false),
            (&[Sms, Totp], true, true),
            (&[Totp, BackupCode], true, true),
            (&[Sms, Voice, Webauthn], true, true),
        ] {
            let proven = proven(channels);
            assert_eq!(proven.is_enough(&one), for_one, "{channels:?}");
            assert_eq!(proven.is_enough(&two), for_two, "{channels:?}");
        }
    }

    #[test]
    fn what_passed_is_kept_in_order_and_the_same_again_adds_nothing() {
        for (channels, text) in [
            (&[][..], ""),
            (&[Sms, Sms], "sms"),
            (&[Sms, Voice, Sms], "sms,voice,sms"),
            (&[Totp, Webauthn], "totp,webauthn"),
        ] {
            let proven = proven(channels);
            assert_eq!(proven.to_string(), text);
            assert_eq!(text.parse(), Ok(proven));
        }
        assert_eq!("sms,pigeon".parse::<Proven>(), Err(UnknownChannel));
    }

    #[test]
    fn a_factor_decides_about_enrolling_wherever_it_passed() {
        for (channels, expected) in [
            (&[][..], None),
            (&[Sms, Voice], Some(Voice)),
            (&[Sms, Totp], Some(Totp)),
            (&[Totp, Sms], Some(Totp)),
        ] {
            assert_eq!(proven(channels).strongest(), expected, "{channels:?}");
        }
    }

    #[test]
    fn amr_says_each_method_once_and_that_there_were_several() {
        for (channels, expected) in [
            (&[][..], &[][..]),
            (&[Sms], &["sms", "otp"]),
            (&[Sms, Voice], &["sms", "otp", "tel"]),
            (&[Totp, BackupCode], &["otp", "mfa"]),
            (&[Sms, Webauthn], &["sms", "otp", "hwk", "mfa"]),
        ] {
            assert_eq!(amr(channels), expected, "{channels:?}");
        }
    }
}
