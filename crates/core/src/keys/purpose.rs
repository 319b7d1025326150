//! What keys are for.

use std::str::FromStr;

/// What a key is for. A key is never used for two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Signs access tokens (HS256).
    AccessTokenSigning,
    /// Seals the personal claim of access tokens.
    AccessTokenSealing,
    /// Derives codes from the seeds of challenges.
    Code,
    /// Fingerprints of submitted attempts, by which a repeated form is recognised.
    Attempt,
    /// Derives success tokens from actions.
    SuccessToken,
    /// Derives what is handed out for enrolling: secrets of authenticator apps, backup codes.
    Enrolment,
    /// Seals personal data in the database.
    Data,
    /// Hashes phones and end users for lookups. Changed only offline, by re-keying.
    Lookup,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 8] = [
        Self::AccessTokenSigning,
        Self::AccessTokenSealing,
        Self::Code,
        Self::Attempt,
        Self::SuccessToken,
        Self::Enrolment,
        Self::Data,
        Self::Lookup,
    ];

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessTokenSigning => "access_token_signing",
            Self::AccessTokenSealing => "access_token_sealing",
            Self::Code => "code",
            Self::Attempt => "attempt",
            Self::SuccessToken => "success_token",
            Self::Enrolment => "enrolment",
            Self::Data => "data",
            Self::Lookup => "lookup",
        }
    }

    /// Whether the worker makes a new key of this purpose from time to time.
    pub const fn rotates(self) -> bool {
        !matches!(self, Self::Lookup)
    }

    /// Whether old keys stop verifying. What is sealed in the database is still read years later.
    pub const fn expires(self) -> bool {
        !matches!(self, Self::Lookup | Self::Data)
    }
}

/// The text names no purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such key purpose")]
pub struct UnknownPurpose;

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(text: &str) -> Result<Self, UnknownPurpose> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text).ok_or(UnknownPurpose)
    }
}
