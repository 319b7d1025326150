//! Trusted devices: whether a browser that an end user chose to trust stands in for the challenge of a login.
//!
//! It proves nothing about the person: it says that this browser was there when they last proved who they are, and that
//! nothing has happened since which that proof could not know of. Each decision gives its reasons, in words.

mod country;
mod device_token;

pub use country::Country;
pub use device_token::DeviceToken;

use std::fmt;
use std::str::FromStr;

use crate::app::AppSettings;
use crate::time::Timestamp;

/// What a browser showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Nothing that could be a device's.
    Nothing,
    /// A device which this end user never trusted, in this app and mode.
    Unknown,
    /// A device that this end user trusted.
    Known(Device),
}

/// A device as it was when the end user last trusted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// When that was.
    pub trusted_at: Timestamp,
    /// The moment from which it is not trusted any more.
    pub expires_at: Timestamp,
    /// Whether the trust was taken back.
    pub revoked: bool,
    /// Keyed hash of the phone number that the login named then.
    pub phone_hash: [u8; 32],
    /// Where it was; None where nobody could tell.
    pub country: Option<Country>,
}

/// What is known of the end user, who has proven nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// Keyed hash of the phone number that the customer names.
    pub phone_hash: [u8; 32],
    /// It is another than the one that last passed.
    pub phone_changed: bool,
    /// When something was last enrolled, of what is enrolled still.
    pub last_enrolled: Option<Timestamp>,
    /// When a backup code last passed, of those that there are still.
    pub last_code_used: Option<Timestamp>,
    /// When a channel last failed, of those that no success has cleared since.
    pub last_failure: Option<Timestamp>,
    /// Where the request comes from; None where nobody can tell.
    pub country: Option<Country>,
}

/// Whether the challenge is skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// The device stands in for it, for all of it where the app wants two kinds of proof.
    Trusted,
    /// The widget asks, as it would without any device.
    Ask(Vec<Reason>),
}

/// Why the widget asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The app does not have `intelligent_2fa`.
    Off,
    /// The browser showed no device.
    NoDevice,
    /// The end user never trusted the device that it showed.
    UnknownDevice,
    /// They, or somebody for them, took the trust back.
    Revoked,
    /// Its time is over.
    Expired,
    /// The customer names another phone number than then, or than the one that last passed (security.md row 28).
    PhoneChanged,
    /// Something was enrolled since.
    FactorsChanged,
    /// A backup code passed since: whoever needs one has lost something, which may be this device.
    BackupCodeUsed,
    /// Somebody failed since, and nobody has passed by that channel again.
    FailuresSince,
    /// The request comes from another country.
    OtherCountry,
}

impl Reason {
    /// Every reason there is.
    pub const ALL: [Self; 10] = [
        Self::Off,
        Self::NoDevice,
        Self::UnknownDevice,
        Self::Revoked,
        Self::Expired,
        Self::PhoneChanged,
        Self::FactorsChanged,
        Self::BackupCodeUsed,
        Self::FailuresSince,
        Self::OtherCountry,
    ];

    /// The name in the database and in time lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::NoDevice => "no_device",
            Self::UnknownDevice => "unknown_device",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::PhoneChanged => "phone_changed",
            Self::FactorsChanged => "factors_changed",
            Self::BackupCodeUsed => "backup_code_used",
            Self::FailuresSince => "failures_since",
            Self::OtherCountry => "other_country",
        }
    }

    /// The reason in words, for logs.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Off => "the app does not let devices be trusted",
            Self::NoDevice => "the browser showed no trusted device",
            Self::UnknownDevice => "this end user never trusted the device",
            Self::Revoked => "the device is trusted no more",
            Self::Expired => "the device was trusted too long ago",
            Self::PhoneChanged => "the phone number changed",
            Self::FactorsChanged => "a factor was enrolled since the device was trusted",
            Self::BackupCodeUsed => "a backup code was used since the device was trusted",
            Self::FailuresSince => "somebody failed to confirm since the device was trusted",
            Self::OtherCountry => {
                "the request comes from another country than when the device was trusted"
            }
        }
    }
}

impl Decision {
    /// What is written down with a login; None where the app wants no trusted devices.
    pub fn recorded(&self) -> Option<&Self> {
        match self {
            Self::Ask(reasons) if reasons.contains(&Reason::Off) => None,
            decided => Some(decided),
        }
    }

    /// The decision with its reasons, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Trusted => "trusted: nothing speaks against the device".to_owned(),
            Self::Ask(reasons) => {
                let reasons: Vec<_> = reasons.iter().map(|reason| reason.words()).collect();
                format!("asked: {}", reasons.join("; "))
            }
        }
    }
}

/// As the database has it: `trusted`, or `asked` and the names of the reasons.
impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trusted => f.write_str("trusted"),
            Self::Ask(reasons) => {
                f.write_str("asked")?;
                reasons.iter().try_for_each(|reason| write!(f, " {}", reason.as_str()))
            }
        }
    }
}

/// The text is no decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such decision")]
pub struct NoDecision;

impl FromStr for Decision {
    type Err = NoDecision;

    fn from_str(text: &str) -> Result<Self, NoDecision> {
        let mut words = text.split(' ');
        match words.next() {
            Some("trusted") if words.next().is_none() => Ok(Self::Trusted),
            Some("asked") => {
                let named = |word| Reason::ALL.into_iter().find(|reason| reason.as_str() == word);
                words
                    .map(|word| named(word).ok_or(NoDecision))
                    .collect::<Result<_, _>>()
                    .map(Self::Ask)
            }
            _ => Err(NoDecision),
        }
    }
}

/// Whether the device that a browser showed stands in for the challenge at `now`.
pub fn decide(app: &AppSettings, shown: Shown, now_is: &Situation, now: Timestamp) -> Decision {
    let device = match shown {
        _ if !app.intelligent_2fa => return Decision::Ask(vec![Reason::Off]),
        Shown::Nothing => return Decision::Ask(vec![Reason::NoDevice]),
        Shown::Unknown => return Decision::Ask(vec![Reason::UnknownDevice]),
        Shown::Known(device) => device,
    };
    let since = |moment: Option<Timestamp>| moment.is_some_and(|moment| moment > device.trusted_at);
    let moved = device.country.zip(now_is.country).is_some_and(|(then, now)| then != now);
    let phone_changed = now_is.phone_changed || now_is.phone_hash != device.phone_hash;
    let reasons: Vec<_> = [
        (device.revoked, Reason::Revoked),
        (now.is_expired(device.expires_at), Reason::Expired),
        (phone_changed, Reason::PhoneChanged),
        (since(now_is.last_enrolled), Reason::FactorsChanged),
        (since(now_is.last_code_used), Reason::BackupCodeUsed),
        (since(now_is.last_failure), Reason::FailuresSince),
        (moved, Reason::OtherCountry),
    ]
    .into_iter()
    .filter_map(|(holds, reason)| holds.then_some(reason))
    .collect();
    if reasons.is_empty() { Decision::Trusted } else { Decision::Ask(reasons) }
}

/// Whether somebody who is about to pass may trust their device: not with another number than the one that was known,
/// as nothing may be enrolled then either (security.md row 28).
pub fn is_offered(app: &AppSettings, phone_changed: bool) -> bool {
    app.intelligent_2fa && !phone_changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const THEN: Timestamp = Timestamp::from_millis(1_700_000_000_000);
    const MONTH: Duration = Duration::from_hours(24 * 30);

    fn app() -> AppSettings {
        AppSettings { intelligent_2fa: true, ..AppSettings::default() }
    }

    fn device() -> Device {
        Device {
            trusted_at: THEN,
            expires_at: THEN.plus(MONTH),
            revoked: false,
            phone_hash: [8; 32],
            country: Country::parse("DE"),
        }
    }

    fn ann() -> Situation {
        Situation {
            phone_hash: [8; 32],
            phone_changed: false,
            last_enrolled: Some(THEN),
            last_code_used: Some(THEN),
            last_failure: Some(THEN),
            country: Country::parse("DE"),
        }
    }

    fn later(seconds: u64) -> Timestamp {
        THEN.plus(Duration::from_secs(seconds))
    }

    fn asked(decision: &Decision) -> &[Reason] {
        match decision {
            Decision::Trusted => &[],
            Decision::Ask(reasons) => reasons,
        }
    }

    #[test]
    fn a_trusted_device_stands_in_unless_something_happened_since() {
        let now = later(60);
        for (device, situation, expected) in [
            (device(), ann(), &[][..]),
            (device(), Situation { country: None, ..ann() }, &[]),
            (Device { country: None, ..device() }, ann(), &[]),
            (device(), Situation { last_enrolled: None, last_failure: None, ..ann() }, &[]),
            (Device { revoked: true, ..device() }, ann(), &[Reason::Revoked]),
            (device(), Situation { phone_changed: true, ..ann() }, &[Reason::PhoneChanged]),
            // The new number has passed meanwhile, elsewhere: the device is of the old one all the same.
            (device(), Situation { phone_hash: [9; 32], ..ann() }, &[Reason::PhoneChanged]),
            (
                device(),
                Situation { last_enrolled: Some(later(1)), ..ann() },
                &[Reason::FactorsChanged],
            ),
            (
                device(),
                Situation { last_code_used: Some(later(1)), ..ann() },
                &[Reason::BackupCodeUsed],
            ),
            (
                device(),
                Situation { last_failure: Some(later(1)), ..ann() },
                &[Reason::FailuresSince],
            ),
            (
                device(),
                Situation { country: Country::parse("FR"), ..ann() },
                &[Reason::OtherCountry],
            ),
            (
                Device { revoked: true, ..device() },
                Situation { phone_changed: true, country: Country::parse("FR"), ..ann() },
                &[Reason::Revoked, Reason::PhoneChanged, Reason::OtherCountry],
            ),
        ] {
            let decision = decide(&app(), Shown::Known(device), &situation, now);
            assert_eq!(asked(&decision), expected, "{device:?} {situation:?}");
        }
    }

    #[test]
    fn row_12_its_last_moment_is_over() {
        let at = |now| asked(&decide(&app(), Shown::Known(device()), &ann(), now)).to_vec();
        let end = device().expires_at;
        assert_eq!(at(Timestamp::from_millis(end.as_millis() - 1)), []);
        assert_eq!(at(end), [Reason::Expired]);
        assert_eq!(at(end.plus(MONTH)), [Reason::Expired]);
    }

    #[test]
    fn without_a_device_or_the_setting_the_widget_asks() {
        let ask = |app: &AppSettings, shown| decide(app, shown, &ann(), later(1));
        assert_eq!(ask(&app(), Shown::Nothing), Decision::Ask(vec![Reason::NoDevice]));
        assert_eq!(ask(&app(), Shown::Unknown), Decision::Ask(vec![Reason::UnknownDevice]));
        for shown in [Shown::Nothing, Shown::Unknown, Shown::Known(device())] {
            let off = ask(&AppSettings::default(), shown);
            assert_eq!((&off, off.recorded()), (&Decision::Ask(vec![Reason::Off]), None));
        }
    }

    #[test]
    fn every_decision_says_why_in_words() {
        assert_eq!(Decision::Trusted.words(), "trusted: nothing speaks against the device");
        let asked = Decision::Ask(vec![Reason::PhoneChanged, Reason::Expired]);
        assert_eq!(
            asked.words(),
            "asked: the phone number changed; the device was trusted too long ago"
        );
    }

    #[test]
    fn a_decision_is_read_back() {
        let all = Decision::Ask(Reason::ALL.to_vec());
        let one = Decision::Ask(vec![Reason::PhoneChanged]);
        assert_eq!(one.to_string(), "asked phone_changed");
        for decision in [Decision::Trusted, one, all] {
            assert_eq!(decision.to_string().parse(), Ok(decision));
        }
        for bad in ["", "trusted phone_changed", "asked why", "asked  expired", "Trusted"] {
            assert_eq!(bad.parse::<Decision>(), Err(NoDecision), "{bad}");
        }
    }

    #[test]
    fn row_28_nobody_trusts_a_device_with_another_number() {
        assert!(is_offered(&app(), false));
        assert!(!is_offered(&app(), true));
        assert!(!is_offered(&AppSettings::default(), false));
    }
}
