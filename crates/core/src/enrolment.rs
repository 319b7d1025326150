//! Who may enrol a further factor: nobody of whom only the password is known (security.md row 27), and nobody whose number is
//! another than the one that was known (row 28). A factor that was there, or with none the phone, has passed in the same
//! action by then. The store asks for the same again as guards of the commit that keeps the factor.

use crate::action::Status;
use crate::app::AppSettings;
use crate::channel::Channel;

/// What is known of the action in which something is to be enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct During {
    /// Where the action is.
    pub status: Status,
    /// Whether the customer named another number than the one that last passed.
    pub phone_changed: bool,
}

/// Whether a factor of this kind may be enrolled now.
pub fn may_enrol(app: &AppSettings, channel: Channel, during: During) -> bool {
    during.status == Status::Passed && may_follow(app, channel, during.phone_changed)
}

/// Whether enrolling one is offered to whoever is about to pass, or has: those who have one of the kind are not asked again.
pub fn is_offered(
    app: &AppSettings,
    channel: Channel,
    enrolled: &[Channel],
    phone_changed: bool,
) -> bool {
    may_follow(app, channel, phone_changed) && !enrolled.contains(&channel)
}

fn may_follow(app: &AppSettings, channel: Channel, phone_changed: bool) -> bool {
    app.allows_channel(channel) && !phone_changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{Totp, Webauthn};

    #[test]
    fn rows_27_and_28_only_after_a_pass_with_the_known_number() {
        let app = AppSettings::default();
        for (status, phone_changed, expected) in [
            (Status::Passed, false, true),
            (Status::Passed, true, false),
            (Status::Open, false, false),
            (Status::Cancelled, false, false),
        ] {
            let during = During { status, phone_changed };
            assert_eq!(may_enrol(&app, Webauthn, during), expected, "{during:?}");
            let off = AppSettings { webauthn_enabled: false, ..AppSettings::default() };
            assert!(!may_enrol(&off, Webauthn, during), "{during:?}");
        }
    }

    #[test]
    fn whoever_has_one_is_not_asked_again() {
        let app = AppSettings::default();
        for (enrolled, phone_changed, expected) in [
            (&[][..], false, true),
            (&[Totp], false, true),
            (&[Totp, Webauthn], false, false),
            (&[], true, false),
        ] {
            let offered = is_offered(&app, Webauthn, enrolled, phone_changed);
            assert_eq!(offered, expected, "{enrolled:?} {phone_changed}");
        }
        let off = AppSettings { webauthn_enabled: false, ..app };
        assert!(!is_offered(&off, Webauthn, &[], false));
    }
}
