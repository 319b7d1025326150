//! Enrolling as the very proof that is asked for: for end users who have nothing that they could prove.
//!
//! Two cases, and no other (security.md row 27). Where the app says `on_first_use`, whoever has no factor and no phone that
//! ever passed enrols their first one on the spot. And where two kinds must pass, whoever has their phone alone enrols the
//! second kind once the phone has passed, or else they could never have it. A number that the customer changed enrols nothing
//! (row 28). The store asks for the same again as guards of the commit.

use crate::app::{AppSettings, FirstEnrollment};
use crate::channel::Channel;

/// What can be enrolled in the widget, in the order in which it is offered.
const KINDS: [Channel; 2] = [Channel::Webauthn, Channel::Totp];

/// What an end user has, when nothing was asked of them yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Holding<'a> {
    /// The kinds of factor that they enrolled, phones aside.
    pub enrolled: &'a [Channel],
    /// Whether a phone of theirs ever passed, or was brought along.
    pub phone_known: bool,
    /// Whether the customer named another number than the one that is known.
    pub phone_changed: bool,
}

/// What may be enrolled in place of any proof.
pub fn as_only_proof(app: &AppSettings, holding: Holding<'_>) -> Vec<Channel> {
    let on_first_use = app.first_enrollment == FirstEnrollment::OnFirstUse;
    // Where two kinds must pass, nothing is enrolled before the first of them did.
    let may = on_first_use && !app.mfa_enabled && !holding.phone_known;
    if may { kinds(app, holding) } else { Vec::new() }
}

/// What may be enrolled as the second proof, once the phone was the first.
pub fn as_second_proof(app: &AppSettings, holding: Holding<'_>) -> Vec<Channel> {
    if app.mfa_enabled { kinds(app, holding) } else { Vec::new() }
}

fn kinds(app: &AppSettings, holding: Holding<'_>) -> Vec<Channel> {
    // A factor that the app no longer takes guards nothing: nobody could prove it.
    let has_another = holding.enrolled.iter().any(|held| app.allows_channel(*held));
    if has_another || holding.phone_changed {
        return Vec::new();
    }
    KINDS.into_iter().filter(|kind| app.allows_channel(*kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{BackupCode, Totp, Webauthn};

    const NOBODY: Holding<'static> =
        Holding { enrolled: &[], phone_known: false, phone_changed: false };

    fn two() -> AppSettings {
        AppSettings { mfa_enabled: true, ..AppSettings::default() }
    }

    fn on_first_use() -> AppSettings {
        AppSettings { first_enrollment: FirstEnrollment::OnFirstUse, ..AppSettings::default() }
    }

    #[test]
    fn row_27_on_first_use_whoever_has_nothing_enrols_and_nobody_else() {
        let both = AppSettings { mfa_enabled: true, ..on_first_use() };
        let no_passkeys = AppSettings { webauthn_enabled: false, ..on_first_use() };
        let known = Holding { phone_known: true, ..NOBODY };
        let changed = Holding { phone_changed: true, ..known };
        let cases: [(AppSettings, Holding<'_>, &[Channel]); 8] = [
            (on_first_use(), NOBODY, &[Webauthn, Totp]),
            (on_first_use(), known, &[]),
            (on_first_use(), changed, &[]),
            (on_first_use(), Holding { enrolled: &[Totp], ..NOBODY }, &[]),
            (on_first_use(), Holding { enrolled: &[BackupCode], ..NOBODY }, &[]),
            (AppSettings::default(), NOBODY, &[]),
            (both, NOBODY, &[]),
            (no_passkeys, NOBODY, &[Totp]),
        ];
        for (app, holding, expected) in cases {
            assert_eq!(as_only_proof(&app, holding), expected, "{holding:?}");
        }
    }

    #[test]
    fn rows_27_and_28_the_second_kind_is_enrolled_by_whoever_has_their_known_phone_alone() {
        let no_totp = AppSettings { allow_totp_channel: false, ..two() };
        let known = Holding { phone_known: true, ..NOBODY };
        let with_app = Holding { enrolled: &[Totp], ..known };
        let cases: [(AppSettings, Holding<'_>, &[Channel]); 6] = [
            (two(), NOBODY, &[Webauthn, Totp]),
            (two(), known, &[Webauthn, Totp]),
            (two(), with_app, &[]),
            (two(), Holding { phone_changed: true, ..known }, &[]),
            (no_totp, with_app, &[Webauthn]),
            (AppSettings::default(), known, &[]),
        ];
        for (app, holding, expected) in cases {
            assert_eq!(as_second_proof(&app, holding), expected, "{holding:?}");
        }
    }
}
