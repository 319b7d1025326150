//! Channels: the ways of proving, and the modes that keep sandbox and live apart.

use std::fmt;
use std::str::FromStr;

/// A way of proving. The order here is the order in which lists show them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A code by text message.
    Sms,
    /// A code read out by a call.
    Voice,
    /// A code by WhatsApp.
    Whatsapp,
    /// A code of an authenticator app (RFC 6238).
    Totp,
    /// A passkey or security key (WebAuthn).
    Webauthn,
    /// An approval on an enrolled device.
    Push,
    /// One of the codes kept for a lost device.
    BackupCode,
}

/// What proves, whichever way it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The phone that a number belongs to.
    Phone,
    /// An authenticator app.
    Totp,
    /// A passkey or security key.
    Webauthn,
    /// An enrolled device.
    Push,
    /// The codes kept for a lost device.
    BackupCode,
}

impl Channel {
    /// All channels, in the order of lists.
    pub const ALL: [Self; 7] = [
        Self::Sms,
        Self::Voice,
        Self::Whatsapp,
        Self::Totp,
        Self::Webauthn,
        Self::Push,
        Self::BackupCode,
    ];

    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Whatsapp => "whatsapp",
            Self::Totp => "totp",
            Self::Webauthn => "webauthn",
            Self::Push => "push",
            Self::BackupCode => "backup_code",
        }
    }

    /// Whether the proof goes through the phone network to the end user's number.
    pub const fn is_phone(self) -> bool {
        matches!(self, Self::Sms | Self::Voice | Self::Whatsapp)
    }

    /// The kind of factor: two codes to the same phone are one.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Sms | Self::Voice | Self::Whatsapp => Kind::Phone,
            Self::Totp => Kind::Totp,
            Self::Webauthn => Kind::Webauthn,
            Self::Push => Kind::Push,
            Self::BackupCode => Kind::BackupCode,
        }
    }

    /// Authentication method references for the success token (RFC 8176 section 2).
    pub const fn amr(self) -> &'static [&'static str] {
        match self {
            Self::Sms | Self::Whatsapp => &["sms", "otp"],
            Self::Voice => &["tel", "otp"],
            Self::Totp | Self::BackupCode => &["otp"],
            Self::Webauthn | Self::Push => &["hwk"],
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such channel")]
pub struct UnknownChannel;

impl FromStr for Channel {
    type Err = UnknownChannel;

    fn from_str(text: &str) -> Result<Self, UnknownChannel> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text).ok_or(UnknownChannel)
    }
}

/// What an action passed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassedBy {
    /// A channel, which proved something.
    Channel(Channel),
    /// A device that stood in for every channel, and proves nothing by itself.
    TrustedDevice,
}

impl PassedBy {
    /// The name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Channel(channel) => channel.as_str(),
            Self::TrustedDevice => "trusted_device",
        }
    }

    /// The channel, where one proved something.
    pub const fn channel(self) -> Option<Channel> {
        match self {
            Self::Channel(channel) => Some(channel),
            Self::TrustedDevice => None,
        }
    }

    /// Authentication method references for the success token (RFC 8176 section 2): none says that nobody was asked.
    pub const fn amr(self) -> &'static [&'static str] {
        match self {
            Self::Channel(channel) => channel.amr(),
            Self::TrustedDevice => &[],
        }
    }
}

impl serde::Serialize for PassedBy {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.as_str())
    }
}

impl From<Channel> for PassedBy {
    fn from(channel: Channel) -> Self {
        Self::Channel(channel)
    }
}

impl fmt::Display for PassedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PassedBy {
    type Err = UnknownChannel;

    fn from_str(text: &str) -> Result<Self, UnknownChannel> {
        if text == Self::TrustedDevice.as_str() {
            return Ok(Self::TrustedDevice);
        }
        text.parse().map(Self::Channel)
    }
}

/// Sandbox and live are two worlds: end users, actions and counters are kept per mode.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Nothing leaves the building; messages land in an inbox one can read.
    Sandbox,
    /// Messages go to real phones.
    Live,
}

impl Mode {
    /// The name in the database and in tokens.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Live => "live",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such mode")]
pub struct UnknownMode;

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        [Self::Sandbox, Self::Live]
            .into_iter()
            .find(|mode| mode.as_str() == text)
            .ok_or(UnknownMode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for channel in Channel::ALL {
            assert_eq!(channel.as_str().parse(), Ok(channel));
            assert_eq!(channel.as_str().parse(), Ok(PassedBy::Channel(channel)));
        }
        for mode in [Mode::Sandbox, Mode::Live] {
            assert_eq!(mode.as_str().parse(), Ok(mode));
        }
        assert_eq!("trusted_device".parse(), Ok(PassedBy::TrustedDevice));
        assert_eq!(PassedBy::TrustedDevice.to_string(), "trusted_device");
        // Nobody chooses it as a way of proving.
        assert_eq!("trusted_device".parse::<Channel>(), Err(UnknownChannel));
        assert_eq!("SMS".parse::<Channel>(), Err(UnknownChannel));
        assert_eq!("".parse::<Mode>(), Err(UnknownMode));
    }
}
