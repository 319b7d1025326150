//! Notices: what end users are told by a message when the ways into their account change, so that whoever did not do it
//! hears of it (NIST SP 800-63B-4 section 4.6).
//!
//! They go to the number that is known, never to a new one.

use std::str::FromStr;

use crate::app::AppSettings;
use crate::channel::Channel;

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// A passkey or security key was added.
    PasskeyCreated,
    /// An authenticator app was set up.
    AppSetUp,
    /// Backup codes were handed out.
    BackupCodesMade,
    /// Something enrolled was removed.
    FactorRemoved,
    /// All that was enrolled was removed.
    FactorsReset,
    /// Somebody passed with another phone number.
    PhoneChanged,
}

/// No notice of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a notice")]
pub struct NotANotice;

impl Notice {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::PasskeyCreated,
        Self::AppSetUp,
        Self::BackupCodesMade,
        Self::FactorRemoved,
        Self::FactorsReset,
        Self::PhoneChanged,
    ];

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PasskeyCreated => "passkey_created",
            Self::AppSetUp => "app_set_up",
            Self::BackupCodesMade => "backup_codes_made",
            Self::FactorRemoved => "factor_removed",
            Self::FactorsReset => "factors_reset",
            Self::PhoneChanged => "phone_changed",
        }
    }
}

impl FromStr for Notice {
    type Err = NotANotice;

    fn from_str(text: &str) -> Result<Self, NotANotice> {
        Self::ALL.into_iter().find(|notice| notice.as_str() == text).ok_or(NotANotice)
    }
}

/// How a notice travels to a number of this country: by text message or, where the app sends none or nothing carries it, by
/// WhatsApp. None: nobody is told. It does not ring: nobody shall be called at night because somebody set up an app.
pub fn channel(
    app: &AppSettings,
    country: &str,
    carried: impl Fn(Channel) -> bool,
) -> Option<Channel> {
    if !app.allows_country(country) {
        return None;
    }
    let ways = [Channel::Sms, Channel::Whatsapp];
    ways.into_iter().find(|channel| app.allows_channel(*channel) && carried(*channel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for notice in Notice::ALL {
            assert_eq!(notice.as_str().parse(), Ok(notice));
        }
        assert_eq!("".parse::<Notice>(), Err(NotANotice));
    }

    #[test]
    fn a_notice_goes_by_what_is_allowed_and_carried_and_rings_nowhere() {
        let all = AppSettings {
            allow_whatsapp_channel: true,
            allow_voice_channel: true,
            ..AppSettings::default()
        };
        let no_sms = AppSettings { allow_sms_channel: false, ..all.clone() };
        let calls = AppSettings { allow_whatsapp_channel: false, ..no_sms.clone() };
        let here = AppSettings { allowed_countries: vec!["DE".to_owned()], ..all.clone() };
        for (app, expected) in [
            (&all, Some(Channel::Sms)),
            (&no_sms, Some(Channel::Whatsapp)),
            (&calls, None),
            (&here, None),
        ] {
            assert_eq!(channel(app, "US", |_| true), expected);
        }
        assert_eq!(channel(&all, "US", |by| by == Channel::Whatsapp), Some(Channel::Whatsapp));
        assert_eq!(channel(&all, "US", |_| false), None);
    }
}
