//! Enrolling: which further ways of proving themselves end users may add, when, and which are offered.
//!
//! Nothing is enrolled while only the password is known, and whoever has a factor proves it in the same action before another
//! is added (security.md row 27; NIST SP 800-63B-4 section 4.1.2). A number that the customer changed is not proof enough
//! (row 28).

use crate::app::AppSettings;
use crate::channel::Channel;
use crate::time::Timestamp;

/// What can be enrolled in the widget, in the order in which it is offered.
const KINDS: [Channel; 2] = [Channel::Webauthn, Channel::Totp];

/// So many factors an end user may have, phones and backup codes aside: each is looked at when one of its kind is judged.
pub const MOST: usize = 20;

/// A factor that an end user has, phones aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// By which channel it proves.
    pub channel: Channel,
    /// When it was enrolled.
    pub since: Timestamp,
}

/// What passed in an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// By which channel.
    pub by: Channel,
    /// When.
    pub at: Timestamp,
    /// The customer named another number than the one that had passed before.
    pub phone_changed: bool,
}

/// Why something may not be enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// The app doesn't allow it.
    #[error("the app does not allow it")]
    ByApp,
    /// A number passed that is not the one that had passed before.
    #[error("the phone number has changed")]
    PhoneChanged,
    /// There is a factor, and a phone passed instead of it.
    #[error("a factor that was there did not pass")]
    NotProven,
    /// There are [`MOST`] already.
    #[error("there are too many factors already")]
    TooMany,
    /// Backup codes stand in for a factor, and there is none.
    #[error("there is no factor that backup codes could stand in for")]
    NothingToBackUp,
}

/// Whether somebody who has proven this may enrol a factor of this kind, or a set of backup codes.
///
/// # Errors
/// Why not.
pub fn may_enrol(
    app: &AppSettings,
    wanted: Channel,
    held: &[Held],
    proof: Proof,
) -> Result<(), Forbidden> {
    let enrollable = KINDS.contains(&wanted) || wanted == Channel::BackupCode;
    if !enrollable || !app.allows_channel(wanted) {
        return Err(Forbidden::ByApp);
    }
    may_change(app, held, proof)?;
    if wanted != Channel::BackupCode && held.len() >= MOST {
        return Err(Forbidden::TooMany);
    }
    if wanted == Channel::BackupCode && held.is_empty() {
        return Err(Forbidden::NothingToBackUp);
    }
    Ok(())
}

/// Whether somebody who has proven this may change anything about the ways in.
///
/// # Errors
/// Why not.
pub fn may_change(app: &AppSettings, held: &[Held], proof: Proof) -> Result<(), Forbidden> {
    if proof.phone_changed && proof.by.is_phone() {
        return Err(Forbidden::PhoneChanged);
    }
    // What was enrolled after the pass, in the same action, could not have passed in it.
    let mut before = held.iter().filter(|held| held.since < proof.at);
    // A factor that the app no longer takes guards nothing: nobody could prove it.
    if proof.by.is_phone() && before.any(|held| app.allows_channel(held.channel)) {
        return Err(Forbidden::NotProven);
    }
    Ok(())
}

/// What is offered to somebody who is about to prove themselves by a channel: what they may enrol and don't have. Who needs a
/// backup code has lost something: they are offered all of it.
pub fn offers(
    app: &AppSettings,
    held: &[Held],
    by: Channel,
    phone_changed: bool,
    now: Timestamp,
) -> Vec<Channel> {
    let proof = Proof { by, at: now, phone_changed };
    let has = |kind| by != Channel::BackupCode && held.iter().any(|held| held.channel == kind);
    let offered = |kind: &Channel| !has(*kind) && may_enrol(app, *kind, held, proof).is_ok();
    KINDS.into_iter().filter(offered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{BackupCode, Sms, Totp, Voice, Webauthn};

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    const EARLIER: Timestamp = at(50);
    const PASS: Timestamp = at(100);
    const LATER: Timestamp = at(110);

    fn held(list: &[(Channel, Timestamp)]) -> Vec<Held> {
        list.iter().map(|(channel, since)| Held { channel: *channel, since: *since }).collect()
    }

    fn no_totp() -> AppSettings {
        AppSettings { allow_totp_channel: false, ..AppSettings::default() }
    }

    #[test]
    fn row_27_the_phone_comes_first_and_then_a_factor_that_is_there() {
        let app = AppSettings::default();
        let none: &[(Channel, Timestamp)] = &[];
        for (wanted, list, by, expected) in [
            (Totp, none, Sms, Ok(())),
            (Webauthn, &[], Voice, Ok(())),
            (Webauthn, &[(Totp, EARLIER)], Sms, Err(Forbidden::NotProven)),
            (Totp, &[(Totp, EARLIER)], Sms, Err(Forbidden::NotProven)),
            (Webauthn, &[(Totp, EARLIER)], Totp, Ok(())),
            // Lost the device, and kept the codes.
            (Totp, &[(Totp, EARLIER)], BackupCode, Ok(())),
            // Enrolled in this very action, after the phone passed.
            (BackupCode, &[(Totp, LATER)], Sms, Ok(())),
            (BackupCode, &[(Webauthn, EARLIER), (Totp, LATER)], Sms, Err(Forbidden::NotProven)),
            (BackupCode, &[], Sms, Err(Forbidden::NothingToBackUp)),
            (Sms, &[], Sms, Err(Forbidden::ByApp)),
        ] {
            let proof = Proof { by, at: PASS, phone_changed: false };
            assert_eq!(may_enrol(&app, wanted, &held(list), proof), expected, "{wanted} {list:?}");
        }
    }

    #[test]
    fn nobody_has_more_factors_than_can_be_looked_at() {
        let proof = Proof { by: Totp, at: PASS, phone_changed: false };
        let app = AppSettings::default();
        let mut list = vec![(Webauthn, EARLIER); MOST - 1];
        assert_eq!(may_enrol(&app, Webauthn, &held(&list), proof), Ok(()));
        list.push((Totp, EARLIER));
        assert_eq!(may_enrol(&app, Webauthn, &held(&list), proof), Err(Forbidden::TooMany));
        assert_eq!(may_enrol(&app, Totp, &held(&list), proof), Err(Forbidden::TooMany));
        assert_eq!(may_enrol(&app, BackupCode, &held(&list), proof), Ok(()));
    }

    #[test]
    fn row_28_nothing_is_enrolled_with_a_number_that_changed() {
        for (by, expected) in
            [(Sms, Err(Forbidden::PhoneChanged)), (Totp, Ok(())), (BackupCode, Ok(()))]
        {
            let proof = Proof { by, at: PASS, phone_changed: true };
            let list = held(&[(Totp, EARLIER)]);
            assert_eq!(may_enrol(&AppSettings::default(), Webauthn, &list, proof), expected);
        }
    }

    #[test]
    fn what_the_app_does_not_take_is_not_enrolled_and_guards_nothing() {
        let proof = Proof { by: Sms, at: PASS, phone_changed: false };
        assert_eq!(may_enrol(&no_totp(), Totp, &[], proof), Err(Forbidden::ByApp));
        assert_eq!(may_enrol(&no_totp(), Webauthn, &held(&[(Totp, EARLIER)]), proof), Ok(()));
        let no_codes = AppSettings { backup_codes_enrollment: false, ..AppSettings::default() };
        let refused = may_enrol(&no_codes, BackupCode, &held(&[(Totp, LATER)]), proof);
        assert_eq!(refused, Err(Forbidden::ByApp));
    }

    #[test]
    fn what_somebody_may_have_and_has_not_is_offered() {
        let app = AppSettings::default();
        let none: &[Channel] = &[];
        for (app, kinds, by, changed, expected) in [
            (&app, none, Sms, false, &[Webauthn, Totp][..]),
            (&app, &[], Sms, true, &[]),
            (&no_totp(), &[], Sms, false, &[Webauthn]),
            (&app, &[Totp], Sms, false, &[]),
            (&app, &[Totp], Totp, false, &[Webauthn]),
            (&app, &[Webauthn], Webauthn, false, &[Totp]),
            (&app, &[Webauthn, Totp], Totp, false, &[]),
            (&app, &[Totp], BackupCode, false, &[Webauthn, Totp]),
            (&app, &[Totp], BackupCode, true, &[Webauthn, Totp]),
        ] {
            let list: Vec<_> = kinds.iter().map(|kind| (*kind, EARLIER)).collect();
            assert_eq!(offers(app, &held(&list), by, changed, PASS), expected, "{kinds:?} {by}");
        }
    }
}
