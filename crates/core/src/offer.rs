//! What a login could begin with, and why not with more: noted in a few words when it starts, since settings, factors,
//! locks and providers may be others by the time that somebody asks.

use std::fmt;
use std::str::FromStr;

use crate::app::AppSettings;
use crate::channel::Channel;
use crate::choice::{self, LeftOut, Situation};

/// The channels that the app allowed: those that were offered, in their order, then those that were not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offer(Vec<(Channel, Option<Remark>)>);

/// What is to be said about a channel of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// Offered, but kept back until the others were turned down.
    Deferred,
    /// Offered, but locked for this end user by failures in a row.
    Locked,
    /// Not offered.
    LeftOut(LeftOut),
}

impl Remark {
    const ALL: [Self; 7] = [
        Self::Deferred,
        Self::Locked,
        Self::LeftOut(LeftOut::NotEnrolled),
        Self::LeftOut(LeftOut::PhoneChanged),
        Self::LeftOut(LeftOut::FactorFirst),
        Self::LeftOut(LeftOut::Country),
        Self::LeftOut(LeftOut::NothingCarries),
    ];

    /// The word in the database and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deferred => "deferred",
            Self::Locked => "locked",
            Self::LeftOut(LeftOut::NotEnrolled) => "not_enrolled",
            Self::LeftOut(LeftOut::PhoneChanged) => "phone_changed",
            Self::LeftOut(LeftOut::FactorFirst) => "factor_first",
            Self::LeftOut(LeftOut::Country) => "country",
            Self::LeftOut(LeftOut::NothingCarries) => "nothing_carries",
        }
    }
}

impl Offer {
    /// What a login begins with where these settings and this situation decide.
    pub fn new(
        app: &AppSettings,
        situation: Situation<'_>,
        carried: impl Fn(Channel) -> bool,
        is_locked: impl Fn(Channel) -> bool,
    ) -> Self {
        let judged = choice::judge(app, situation, &carried);
        let offered = choice::channels(app, situation, carried).unwrap_or_default();
        let open: Vec<_> = offered.iter().copied().filter(|channel| !is_locked(*channel)).collect();
        let shown = choice::shown(app, &open, choice::Refused::Nothing);
        let remark = |channel: Channel| {
            if is_locked(channel) {
                return Some(Remark::Locked);
            }
            (!shown.contains(&channel)).then_some(Remark::Deferred)
        };
        let left_out = judged.into_iter().filter_map(|(channel, why)| Some((channel, why?)));
        let left_out = left_out.map(|(channel, why)| (channel, Some(Remark::LeftOut(why))));
        let offered = offered.iter().map(|channel| (*channel, remark(*channel)));
        Self(offered.chain(left_out).collect())
    }

    /// Each channel, and what is to be said about it.
    pub fn channels(&self) -> impl Iterator<Item = (Channel, Option<Remark>)> {
        self.0.iter().copied()
    }
}

/// As the database has it: `totp sms=deferred voice=nothing_carries`.
impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (channel, remark)) in self.0.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{channel}")?;
            if let Some(remark) = remark {
                write!(f, "={}", remark.as_str())?;
            }
        }
        Ok(())
    }
}

/// The text was not written by [`Offer`]'s Display.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no offer")]
pub struct NoOffer;

impl FromStr for Offer {
    type Err = NoOffer;

    fn from_str(text: &str) -> Result<Self, NoOffer> {
        let read = |word: &str| {
            let (channel, remark) = match word.split_once('=') {
                Some((channel, remark)) => (channel, Some(remark)),
                None => (word, None),
            };
            let known = |word: &str| Remark::ALL.into_iter().find(|known| known.as_str() == word);
            let remark = remark.map(|word| known(word).ok_or(NoOffer)).transpose()?;
            Ok((channel.parse().map_err(|_| NoOffer)?, remark))
        };
        text.split(' ')
            .filter(|word| !word.is_empty())
            .map(read)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{Sms, Totp, Voice};

    fn offer(app: &AppSettings, enrolled: &[Channel], phone_changed: bool) -> String {
        let situation =
            Situation { country: "US", enrolled, phone_changed, ..Situation::default() };
        Offer::new(app, situation, |channel| channel != Voice, |channel| channel == Totp)
            .to_string()
    }

    #[test]
    fn what_is_offered_comes_first_and_what_is_not_says_why() {
        let app = AppSettings {
            allow_voice_channel: true,
            webauthn_enabled: false,
            backup_codes_enrollment: false,
            ..AppSettings::default()
        };
        assert_eq!(offer(&app, &[], false), "sms voice=nothing_carries totp=not_enrolled");
        assert_eq!(offer(&app, &[Totp], false), "totp=locked sms voice=nothing_carries");
        assert_eq!(offer(&app, &[Totp], true), "totp=locked sms=phone_changed voice=phone_changed");
        let deferring = AppSettings { defer_sms_usage: true, ..app.clone() };
        let expected = "totp=locked sms voice=nothing_carries";
        assert_eq!(offer(&deferring, &[Totp], false), expected, "nothing else is left");
        let passkey = AppSettings { webauthn_enabled: true, ..deferring };
        let expected = "webauthn sms=deferred voice=nothing_carries totp=not_enrolled";
        assert_eq!(offer(&passkey, &[Channel::Webauthn], false), expected);
        let elsewhere = AppSettings { allowed_countries: vec!["DE".into()], ..app };
        assert_eq!(offer(&elsewhere, &[Totp], false), "totp=locked sms=country voice=country");
    }

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        for text in ["", "sms", "totp sms=deferred voice=nothing_carries webauthn=not_enrolled"] {
            assert_eq!(text.parse::<Offer>().map(|offer| offer.to_string()), Ok(text.to_owned()));
        }
        for text in ["pigeon", "sms=tired", "sms="] {
            assert_eq!(text.parse::<Offer>(), Err(NoOffer), "{text}");
        }
        let read: Offer = "totp=locked sms".parse().unwrap();
        let expected = [(Totp, Some(Remark::Locked)), (Sms, None)];
        assert_eq!(read.channels().collect::<Vec<_>>(), expected);
    }
}
