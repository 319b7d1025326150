//! Which channels a login offers, and in which order.

use crate::app::AppSettings;
use crate::channel::Channel;

/// Why no channel can be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoChannel {
    /// The app allows none that this end user could use.
    NoneAllowed,
    /// The app allows some, and the end user has none of them.
    NoneEnrolled,
    /// There are some, and nothing carries messages by them.
    NothingCarries,
}

/// The phone channels that the app allows for a number of `country` and that something carries: the one used
/// last comes first, and text messages come last where the app defers them.
///
/// # Errors
/// Why there are none.
pub fn phone_channels(
    app: &AppSettings,
    country: &str,
    carried: impl Fn(Channel) -> bool,
    used_last: Option<Channel>,
) -> Result<Vec<Channel>, NoChannel> {
    let allowed = app.channels();
    let phone: Vec<_> = allowed.iter().copied().filter(|channel| channel.is_phone()).collect();
    // The countries may have been narrowed after the access token was made.
    if phone.is_empty() || !app.allows_country(country) {
        let others = allowed.iter().any(|channel| !channel.is_phone());
        return Err(if others { NoChannel::NoneEnrolled } else { NoChannel::NoneAllowed });
    }
    let mut offered: Vec<_> = phone.into_iter().filter(|channel| carried(*channel)).collect();
    if offered.is_empty() {
        return Err(NoChannel::NothingCarries);
    }
    offered.sort_by_key(|channel| {
        let deferred = app.defer_sms_usage && *channel == Channel::Sms;
        (deferred, Some(*channel) != used_last)
    });
    Ok(offered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{Sms, Voice, Whatsapp};

    fn app() -> AppSettings {
        AppSettings {
            allow_voice_channel: true,
            allow_whatsapp_channel: true,
            ..AppSettings::default()
        }
    }

    #[test]
    fn the_one_used_last_comes_first_and_deferred_messages_last() {
        for (defer_sms_usage, used_last, expected) in [
            (false, None, [Sms, Voice, Whatsapp]),
            (false, Some(Whatsapp), [Whatsapp, Sms, Voice]),
            (false, Some(Channel::Totp), [Sms, Voice, Whatsapp]),
            (true, None, [Voice, Whatsapp, Sms]),
            (true, Some(Sms), [Voice, Whatsapp, Sms]),
            (true, Some(Whatsapp), [Whatsapp, Voice, Sms]),
        ] {
            let app = AppSettings { defer_sms_usage, ..app() };
            assert_eq!(phone_channels(&app, "US", |_| true, used_last), Ok(expected.to_vec()));
        }
    }

    #[test]
    fn only_what_is_allowed_and_carried() {
        let no_whatsapp = AppSettings { allow_whatsapp_channel: false, ..app() };
        let offer = |carried: &[Channel]| {
            phone_channels(&no_whatsapp, "US", |channel| carried.contains(&channel), None)
        };
        assert_eq!(offer(&[Voice, Whatsapp]), Ok(vec![Voice]));
        assert_eq!(offer(&[Whatsapp]), Err(NoChannel::NothingCarries));
    }

    #[test]
    fn why_there_is_none() {
        let offer = |app: &AppSettings| phone_channels(app, "US", |_| true, None);
        let no_phone = AppSettings { allow_sms_channel: false, ..AppSettings::default() };
        assert_eq!(offer(&no_phone), Err(NoChannel::NoneEnrolled));
        let elsewhere = AppSettings { allowed_countries: vec!["DE".into()], ..app() };
        assert_eq!(offer(&elsewhere), Err(NoChannel::NoneEnrolled));
        let only_phone = AppSettings {
            allow_totp_channel: false,
            webauthn_enabled: false,
            backup_codes_enrollment: false,
            ..elsewhere
        };
        assert_eq!(offer(&only_phone), Err(NoChannel::NoneAllowed));
    }
}
