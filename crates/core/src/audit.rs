//! The audit: what was done to an end user's ways in, by whom and when. It holds no personal data: end users go by our name for
//! them, which leads to nobody once they are erased.

use std::str::FromStr;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Something was enrolled.
    FactorEnrolled,
    /// Something enrolled was removed.
    FactorRemoved,
    /// The end user gave something enrolled a name.
    FactorNamed,
    /// Backup codes were handed out; earlier ones ended.
    BackupCodesMade,
    /// Somebody passed with another phone number.
    PhoneChanged,
    /// Failures and locks were forgotten.
    Unlocked,
    /// All that was enrolled was removed.
    Reset,
    /// All personal data was erased.
    Erased,
    /// A device was trusted.
    DeviceTrusted,
    /// Trusted devices were forgotten.
    DevicesForgotten,
    /// Something was brought along from another system.
    Imported,
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The end user, in the widget.
    EndUser,
    /// The customer's backend, by the API.
    Backend,
    /// Whoever runs the server, on the command line.
    Operator,
}

/// No word of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a word of the audit")]
pub struct NotAWord;

impl Deed {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::FactorEnrolled,
        Self::FactorRemoved,
        Self::FactorNamed,
        Self::BackupCodesMade,
        Self::PhoneChanged,
        Self::Unlocked,
        Self::Reset,
        Self::Erased,
        Self::DeviceTrusted,
        Self::DevicesForgotten,
        Self::Imported,
    ];

    /// The name in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FactorEnrolled => "factor_enrolled",
            Self::FactorRemoved => "factor_removed",
            Self::FactorNamed => "factor_named",
            Self::BackupCodesMade => "backup_codes_made",
            Self::PhoneChanged => "phone_changed",
            Self::Unlocked => "unlocked",
            Self::Reset => "reset",
            Self::Erased => "erased",
            Self::DeviceTrusted => "device_trusted",
            Self::DevicesForgotten => "devices_forgotten",
            Self::Imported => "imported",
        }
    }
}

impl Actor {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::EndUser, Self::Backend, Self::Operator];

    /// The name in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EndUser => "end_user",
            Self::Backend => "backend",
            Self::Operator => "operator",
        }
    }
}

impl FromStr for Deed {
    type Err = NotAWord;

    fn from_str(text: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|deed| deed.as_str() == text).ok_or(NotAWord)
    }
}

impl FromStr for Actor {
    type Err = NotAWord;

    fn from_str(text: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|actor| actor.as_str() == text).ok_or(NotAWord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for deed in Deed::ALL {
            assert_eq!(deed.as_str().parse(), Ok(deed));
        }
        for actor in Actor::ALL {
            assert_eq!(actor.as_str().parse(), Ok(actor));
        }
        assert_eq!("".parse::<Deed>(), Err(NotAWord));
        assert_eq!("nobody".parse::<Actor>(), Err(NotAWord));
    }
}
