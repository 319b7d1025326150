//! Looking after factors: what end users may not take away.
//!
//! Whoever may add a factor may also name and remove some ([`crate::enrolment::may_change`]): a thief who may put a factor of
//! theirs in place of another has no use for a stricter rule.

use crate::app::AppSettings;
use crate::bootstrap::{self, Holding};
use crate::channel::Channel;
use crate::choice::{self, Situation};

/// An end user without the factor that they want to remove.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// The country of their phone number, ISO 3166-1.
    pub country: &'a str,
    /// The kinds of factor that they would have left, phones and backup codes aside. Backup codes are used up, and no way to go
    /// on with.
    pub enrolled: &'a [Channel],
    /// Whether a phone of theirs ever passed.
    pub phone_known: bool,
}

/// Whether there is a way to log in without the factor. An empty account that enrols on its first use is none: it would be a way
/// in for whoever has the password.
pub fn leaves_a_way(app: &AppSettings, left: Left<'_>, carried: impl Fn(Channel) -> bool) -> bool {
    let Left { country, enrolled, phone_known } = left;
    let holding = Holding { enrolled, phone_known, phone_changed: false };
    let enrollable = bootstrap::as_second_proof(app, holding);
    let situation =
        Situation { country, enrolled, enrollable: &enrollable, ..Situation::default() };
    choice::channels(app, situation, carried).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{Totp, Webauthn};

    fn two() -> AppSettings {
        AppSettings { mfa_enabled: true, ..AppSettings::default() }
    }

    fn no_phones() -> AppSettings {
        AppSettings { allow_sms_channel: false, ..AppSettings::default() }
    }

    #[test]
    fn the_last_way_in_stays() {
        let none: &[Channel] = &[];
        let on_first_use = AppSettings {
            first_enrollment: crate::app::FirstEnrollment::OnFirstUse,
            ..no_phones()
        };
        for (app, enrolled, expected) in [
            (AppSettings::default(), none, true),
            (no_phones(), &[], false),
            (on_first_use, &[], false),
            (no_phones(), &[Webauthn], true),
            // The second kind is enrolled anew, once the phone has passed.
            (two(), &[], true),
            (two(), &[Totp], true),
            (AppSettings { mfa_enabled: true, ..no_phones() }, &[Totp], false),
            (AppSettings { mfa_enabled: true, ..no_phones() }, &[Totp, Webauthn], true),
        ] {
            let left = Left { country: "US", enrolled, phone_known: true };
            assert_eq!(leaves_a_way(&app, left, |_| true), expected, "{enrolled:?}");
        }
        let left = Left { country: "US", enrolled: &[], phone_known: true };
        assert!(
            !leaves_a_way(&AppSettings::default(), left, |_| false),
            "nothing carries messages"
        );
    }
}
