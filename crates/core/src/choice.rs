//! Which channels a login offers, and in which order.

mod turned_down;

pub use turned_down::TurnedDown;

use crate::app::AppSettings;
use crate::channel::{Channel, Kind};

/// Why no channel can be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoChannel {
    /// The app allows none that this end user could use.
    NoneAllowed,
    /// The app allows some, and the end user has none of them.
    NoneEnrolled,
    /// There are some, and nothing carries messages by them.
    NothingCarries,
    /// Two kinds must pass, and the end user has one of them only.
    OneKindOnly,
}

/// What is known of an end user before they choose.
#[derive(Debug, Clone, Copy, Default)]
pub struct Situation<'a> {
    /// The country of the phone number that the customer named, ISO 3166-1.
    pub country: &'a str,
    /// The kinds of factor that they enrolled, phones aside.
    pub enrolled: &'a [Channel],
    /// The customer named another number than the one that last passed.
    pub phone_changed: bool,
    /// The channel that last passed.
    pub used_last: Option<Channel>,
    /// What passed in this action, where two kinds must.
    pub proven: &'a [Channel],
    /// Whether it was in the browser that asks now.
    pub proven_here: bool,
    /// What this end user may enrol as the second proof, once their phone was the first.
    pub enrollable: &'a [Channel],
    /// Whether they prove themselves to look after their factors, and not for a login.
    pub for_factors: bool,
}

/// The channels that the app allows this end user and that something carries: the one used last, then the strongest, then
/// the rest; text messages come last where the app defers them. Backup codes come after all, however the end user last
/// passed: there are only ten.
///
/// Where somebody who has a factor comes with another number, nothing is sent to it before the factor passed (security.md
/// row 28): who took over an account may have changed the number first. Nor is anything sent to somebody who has a factor and
/// wants to look after their factors: after a phone alone they could change nothing (row 27).
///
/// # Errors
/// Why there are none.
pub fn channels(
    app: &AppSettings,
    situation: Situation<'_>,
    carried: impl Fn(Channel) -> bool,
) -> Result<Vec<Channel>, NoChannel> {
    let judged = judge(app, situation, &carried);
    let open = judged.iter().filter(|(_, left_out)| left_out.is_none());
    let mut offered: Vec<_> = open.map(|(channel, _)| *channel).collect();
    if offered.is_empty() {
        let uncarried = judged.iter().any(|(_, why)| *why == Some(LeftOut::NothingCarries));
        let others = judged.iter().any(|(channel, _)| !channel.is_phone());
        return Err(match (uncarried, others) {
            (true, _) => NoChannel::NothingCarries,
            (false, true) => NoChannel::NoneEnrolled,
            (false, false) => NoChannel::NoneAllowed,
        });
    }
    if app.mfa_enabled {
        let phones: Vec<_> = phones(app, situation.country).collect();
        let sent = phones.iter().copied().filter(|channel| carried(*channel));
        let sendable: Vec<_> = sent.collect();
        let left = if situation.proven.is_empty() {
            first_of_two(&offered, &sendable, situation)
        } else {
            second_of_two(offered, situation)
        };
        let is_down = sendable.is_empty() && !phones.is_empty();
        let why = if is_down { NoChannel::NothingCarries } else { NoChannel::OneKindOnly };
        offered = left.ok_or(why)?;
    }
    offered.sort_by_key(|channel| {
        let spare = *channel == Channel::BackupCode;
        let deferred = app.defer_sms_usage && *channel == Channel::Sms;
        (spare, deferred, Some(*channel) != situation.used_last, rank(*channel))
    });
    Ok(offered)
}

/// The channels by which the app sends messages to numbers of a country.
fn phones(app: &AppSettings, country: &str) -> impl Iterator<Item = Channel> {
    let allowed = app.allows_country(country);
    app.channels().into_iter().filter(move |channel| allowed && channel.is_phone())
}

/// Why a channel that the app allows is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// The end user has no factor of this kind.
    NotEnrolled,
    /// The customer named another number than the one that last passed, and there is a factor.
    PhoneChanged,
    /// Who looks after their factors proves one of them, if there is any.
    FactorFirst,
    /// The app does not allow the number's country.
    Country,
    /// No provider carries messages by it.
    NothingCarries,
}

/// Every channel that the app allows, in the order of lists, and why it is not offered where it isn't.
pub fn judge(
    app: &AppSettings,
    situation: Situation<'_>,
    carried: impl Fn(Channel) -> bool,
) -> Vec<(Channel, Option<LeftOut>)> {
    let allowed = app.channels();
    let has = |channel: &Channel| situation.enrolled.contains(channel);
    let factor_passed = situation.proven.iter().any(|channel| !channel.is_phone());
    let guarded = situation.phone_changed && !factor_passed && allowed.iter().any(has);
    let has_factor = |channel: &Channel| *channel != Channel::BackupCode && has(channel);
    // Where two kinds must pass, the phone may be one of them.
    let factor_first = situation.for_factors && !app.mfa_enabled && allowed.iter().any(has_factor);
    // The countries may have been narrowed after the access token was made.
    let country = app.allows_country(situation.country);
    let left_out = |channel: Channel| {
        if !channel.is_phone() {
            return (!has(&channel)).then_some(LeftOut::NotEnrolled);
        }
        match (guarded, factor_first, country) {
            (true, ..) => Some(LeftOut::PhoneChanged),
            (_, true, _) => Some(LeftOut::FactorFirst),
            (.., false) => Some(LeftOut::Country),
            _ => (!carried(channel)).then_some(LeftOut::NothingCarries),
        }
    };
    allowed.into_iter().map(|channel| (channel, left_out(channel))).collect()
}

/// What may be the first of two proofs; None where there could be no second, so that nobody is asked for what leads nowhere.
/// A passkey comes last wherever it can: a login is over where it was used, so that one which a victim was talked into is of
/// no use to whoever has the other proof (security.md row 44).
fn first_of_two(
    offered: &[Channel],
    by_phone: &[Channel],
    situation: Situation<'_>,
) -> Option<Vec<Channel>> {
    let can_follow = offered.iter().chain(by_phone).chain(situation.enrollable);
    let first = offered.first()?;
    if !can_follow.into_iter().any(|other| other.kind() != first.kind()) {
        return None;
    }
    let (last, rest): (Vec<_>, Vec<_>) =
        offered.iter().partition(|channel| channel.kind() == Kind::Webauthn);
    Some(if rest.is_empty() { last } else { rest })
}

/// What may be the second of two proofs: another kind. Where that needs the browser in which the first one passed, and this is
/// not the one, the first kind again. None where nothing but enrolling is left.
fn second_of_two(offered: Vec<Channel>, situation: Situation<'_>) -> Option<Vec<Channel>> {
    let proven = |kind: Kind| situation.proven.iter().any(|channel| channel.kind() == kind);
    let (again, others): (Vec<_>, Vec<_>) =
        offered.into_iter().partition(|channel| proven(channel.kind()));
    let may_be_a_victims = situation.proven.iter().all(|channel| channel.kind() == Kind::Webauthn);
    let left = if others.is_empty() {
        let leads_on = !situation.proven_here && !situation.enrollable.is_empty();
        if leads_on { again } else { others }
    } else if situation.proven_here || !may_be_a_victims {
        others
    } else {
        again
    };
    (!left.is_empty()).then_some(left)
}

/// What an end user has turned down before they see a list of ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Nothing yet.
    Nothing,
    /// The way whose page they left.
    This(Channel),
    /// Every way that was shown.
    Shown,
}

impl Refused {
    /// By somebody who asks for a way: they left the page of the channel `in_use`, whose challenge still waits; or they come from a
    /// list that has all ways, as they show by [`TurnedDown`].
    pub fn by_asking(in_use: Option<Channel>, has_turned_down: bool) -> Self {
        match in_use {
            _ if has_turned_down => Self::Shown,
            Some(channel) => Self::This(channel),
            None => Self::Nothing,
        }
    }
}

/// Whether an `open` way is not to be had yet, whatever a form asks for: no page has shown it.
pub fn is_kept_back(
    app: &AppSettings,
    open: &[Channel],
    refused: Refused,
    channel: Channel,
) -> bool {
    open.contains(&channel) && !shown(app, open, refused).contains(&channel)
}

/// Which of the `open` ways are shown. Where the app defers text messages, they are kept back until every other way was
/// turned down or has failed; what has failed for good is not open. It keeps an order and nobody out: whoever wants one need only
/// ask twice.
pub fn shown(app: &AppSettings, open: &[Channel], refused: Refused) -> Vec<Channel> {
    let kept_back = |channel: Channel| app.defer_sms_usage && channel == Channel::Sms;
    let asked_for = match refused {
        Refused::Nothing => false,
        Refused::This(channel) => kept_back(channel),
        Refused::Shown => true,
    };
    // Nobody has to spend a backup code before a text message is shown to them.
    let is_other = |channel: Channel| !kept_back(channel) && channel != Channel::BackupCode;
    let is_left = |channel: Channel| is_other(channel) && refused != Refused::This(channel);
    let hides = !asked_for && open.iter().any(|channel| is_left(*channel));
    open.iter().copied().filter(|channel| !(hides && kept_back(*channel))).collect()
}

/// The lower, the stronger: what can't be phished, what needs no network, what the standards call restricted
/// (NIST SP 800-63B-4 section 3.1.3.3), and what is kept for an emergency.
const fn rank(channel: Channel) -> u8 {
    match channel {
        Channel::Webauthn => 0,
        Channel::Push => 1,
        Channel::Totp => 2,
        Channel::Sms | Channel::Voice | Channel::Whatsapp => 3,
        Channel::BackupCode => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Channel::{BackupCode, Sms, Totp, Voice, Webauthn, Whatsapp};

    fn app() -> AppSettings {
        AppSettings {
            allow_voice_channel: true,
            allow_whatsapp_channel: true,
            ..AppSettings::default()
        }
    }

    fn ann() -> Situation<'static> {
        Situation { country: "US", ..Situation::default() }
    }

    #[test]
    fn the_one_used_last_comes_first_then_the_strongest_and_deferred_messages_last() {
        const NONE: &[Channel] = &[];
        for (defer_sms_usage, used_last, enrolled, expected) in [
            (false, None, NONE, &[Sms, Voice, Whatsapp][..]),
            (false, Some(Whatsapp), NONE, &[Whatsapp, Sms, Voice]),
            (false, Some(Totp), NONE, &[Sms, Voice, Whatsapp]),
            (true, None, NONE, &[Voice, Whatsapp, Sms]),
            (true, Some(Sms), NONE, &[Voice, Whatsapp, Sms]),
            (true, Some(Whatsapp), NONE, &[Whatsapp, Voice, Sms]),
            (false, None, &[Totp], &[Totp, Sms, Voice, Whatsapp]),
            (false, Some(Voice), &[Totp], &[Voice, Totp, Sms, Whatsapp]),
            (false, Some(Sms), &[Totp, Webauthn], &[Sms, Webauthn, Totp, Voice, Whatsapp]),
            (true, Some(Sms), &[Totp], &[Totp, Voice, Whatsapp, Sms]),
            (true, None, &[Totp, BackupCode], &[Totp, Voice, Whatsapp, Sms, BackupCode]),
            (
                false,
                Some(BackupCode),
                &[Totp, BackupCode],
                &[Totp, Sms, Voice, Whatsapp, BackupCode],
            ),
        ] {
            let app = AppSettings { defer_sms_usage, ..app() };
            let situation = Situation { enrolled, used_last, ..ann() };
            assert_eq!(channels(&app, situation, |_| true), Ok(expected.to_vec()));
        }
    }

    #[test]
    fn row_27_whoever_looks_after_their_factors_proves_one_where_there_is_one() {
        let two = AppSettings { mfa_enabled: true, ..app() };
        let no_totp = AppSettings { allow_totp_channel: false, ..app() };
        let cases: [(AppSettings, &[Channel], &[Channel]); 5] = [
            (app(), &[], &[Sms, Voice, Whatsapp]),
            (app(), &[Totp, BackupCode], &[Totp, BackupCode]),
            // Backup codes alone guard nothing that could be changed.
            (app(), &[BackupCode], &[Sms, Voice, Whatsapp, BackupCode]),
            (no_totp, &[Totp], &[Sms, Voice, Whatsapp]),
            (two, &[Totp], &[Totp, Sms, Voice, Whatsapp]),
        ];
        for (app, enrolled, expected) in cases {
            let situation = Situation { enrolled, for_factors: true, ..ann() };
            assert_eq!(channels(&app, situation, |_| true), Ok(expected.to_vec()), "{enrolled:?}");
        }
    }

    #[test]
    fn deferred_messages_are_shown_once_nothing_else_is_left_to_turn_down() {
        let deferring = AppSettings { defer_sms_usage: true, ..app() };
        let this = Refused::This;
        for (open, refused, expected) in [
            (&[Totp, Sms][..], Refused::Nothing, &[Totp][..]),
            (&[Totp, Sms], this(Totp), &[Totp, Sms]),
            (&[Webauthn, Totp, Sms], Refused::Nothing, &[Webauthn, Totp]),
            (&[Webauthn, Totp, Sms], this(Webauthn), &[Webauthn, Totp]),
            (&[Webauthn, Totp, Sms], Refused::Shown, &[Webauthn, Totp, Sms]),
            // Who has one already may have another.
            (&[Voice, Whatsapp, Sms], this(Sms), &[Voice, Whatsapp, Sms]),
            // The others are locked, used up, or were never there.
            (&[Sms], Refused::Nothing, &[Sms]),
            (&[Voice, Sms], this(Totp), &[Voice]),
            (&[], Refused::Nothing, &[]),
            (&[Sms, BackupCode], Refused::Nothing, &[Sms, BackupCode]),
            (&[Totp, Sms, BackupCode], Refused::Nothing, &[Totp, BackupCode]),
        ] {
            assert_eq!(shown(&deferring, open, refused), expected, "{open:?} {refused:?}");
            assert_eq!(shown(&app(), open, refused), open, "not deferred");
        }
    }

    #[test]
    fn what_no_page_has_shown_is_kept_back_from_whoever_asks_for_it() {
        let deferring = AppSettings { defer_sms_usage: true, ..app() };
        for (open, in_use, has_turned_down, expected) in [
            (&[Totp, Sms][..], None, false, true),
            (&[Totp, Sms], None, true, false),
            (&[Totp, Sms], Some(Totp), false, false),
            (&[Totp, Voice, Sms], Some(Totp), false, true),
            (&[Voice, Whatsapp, Sms], None, false, true),
            (&[Voice, Sms], Some(Voice), false, false),
            // Another message by the same channel.
            (&[Totp, Voice, Sms], Some(Sms), false, false),
            // There is nothing else, or nothing that anybody has to use up first.
            (&[Sms], None, false, false),
            (&[Sms, BackupCode], None, false, false),
            // It is locked, or used up: other rules say so.
            (&[Totp], None, false, false),
        ] {
            let refused = Refused::by_asking(in_use, has_turned_down);
            let kept_back = |app| is_kept_back(app, open, refused, Sms);
            assert_eq!(kept_back(&deferring), expected, "{open:?} {in_use:?} {has_turned_down}");
            assert!(!kept_back(&app()), "not deferred");
            for other in [Totp, Voice, Whatsapp, BackupCode] {
                assert!(!is_kept_back(&deferring, open, refused, other), "{open:?} {other}");
            }
        }
    }

    #[test]
    fn row_28_nothing_goes_to_another_number_where_there_is_a_factor() {
        let changed = Situation { phone_changed: true, ..ann() };
        let offer = |situation| channels(&AppSettings::default(), situation, |_| true);
        assert_eq!(offer(Situation { enrolled: &[Totp], ..changed }), Ok(vec![Totp]));
        assert_eq!(offer(Situation { enrolled: &[Totp], ..ann() }), Ok(vec![Totp, Sms]));
        assert_eq!(offer(changed), Ok(vec![Sms]));
        // A factor that the app no longer takes guards nothing.
        let no_totp = AppSettings { allow_totp_channel: false, ..AppSettings::default() };
        let situation = Situation { enrolled: &[Totp], ..changed };
        assert_eq!(channels(&no_totp, situation, |_| true), Ok(vec![Sms]));
    }

    fn two() -> AppSettings {
        AppSettings { mfa_enabled: true, allow_voice_channel: true, ..AppSettings::default() }
    }

    #[test]
    fn the_first_of_two_is_anything_that_another_kind_can_follow_and_a_passkey_comes_last() {
        let offer = |situation| channels(&two(), situation, |_| true);
        let one_kind = Err(NoChannel::OneKindOnly);
        for (enrolled, enrollable, changed, expected) in [
            (&[][..], &[][..], false, one_kind.clone()),
            (&[], &[Webauthn], false, Ok(vec![Sms, Voice])),
            (&[Totp], &[], false, Ok(vec![Totp, Sms, Voice])),
            (&[Webauthn], &[], false, Ok(vec![Sms, Voice])),
            (&[Webauthn, Totp], &[], false, Ok(vec![Totp, Sms, Voice])),
            (&[Totp, BackupCode], &[], false, Ok(vec![Totp, Sms, Voice, BackupCode])),
            // Row 28: the number that changed is asked for after a factor, and alone it leads nowhere.
            (&[Totp], &[], true, Ok(vec![Totp])),
            (&[Webauthn], &[], true, Ok(vec![Webauthn])),
            (&[], &[], true, one_kind),
        ] {
            let situation = Situation { enrolled, enrollable, phone_changed: changed, ..ann() };
            assert_eq!(offer(situation), expected, "{enrolled:?} {enrollable:?} {changed}");
        }
        let down = channels(&two(), Situation { enrolled: &[Totp], ..ann() }, |_| false);
        assert_eq!(down, Err(NoChannel::NothingCarries));
    }

    #[test]
    fn the_second_of_two_is_of_another_kind() {
        let offer = |situation| channels(&two(), situation, |_| true);
        for (enrolled, proven, changed, expected) in [
            (&[Totp][..], &[Sms][..], false, Ok(vec![Totp])),
            (&[Totp], &[Totp], false, Ok(vec![Sms, Voice])),
            (&[Totp, Webauthn], &[Voice], false, Ok(vec![Webauthn, Totp])),
            (&[Webauthn, Totp], &[Totp], false, Ok(vec![Webauthn, Sms, Voice])),
            // Row 28: the factor has passed.
            (&[Totp], &[Totp], true, Ok(vec![Sms, Voice])),
            // It was removed meanwhile.
            (&[], &[Totp], false, Ok(vec![Sms, Voice])),
            (&[], &[Sms], false, Err(NoChannel::OneKindOnly)),
        ] {
            let situation = Situation { enrolled, proven, phone_changed: changed, ..ann() };
            for proven_here in [true, false] {
                let situation = Situation { proven_here, ..situation };
                assert_eq!(offer(situation), expected, "{enrolled:?} {proven:?} {changed}");
            }
        }
        // Nothing changes for an app that asks for one.
        let situation = Situation { enrolled: &[Totp], proven: &[Sms], ..ann() };
        let offered = channels(&AppSettings::default(), situation, |_| true);
        assert_eq!(offered, Ok(vec![Totp, Sms]));
    }

    #[test]
    fn rows_27_and_44_a_first_proof_that_may_be_a_victims_leads_on_where_it_was_given_only() {
        let offer = |situation| channels(&two(), situation, |_| true);
        for (enrolled, enrollable, proven, changed, here, elsewhere) in [
            (&[Webauthn][..], &[][..], &[Webauthn][..], true, Ok(vec![Sms, Voice]), vec![Webauthn]),
            // Enrolling is all that is left, which is no channel.
            (&[], &[Webauthn], &[Sms], false, Err(NoChannel::OneKindOnly), vec![Sms, Voice]),
        ] {
            let situation =
                Situation { enrolled, enrollable, proven, phone_changed: changed, ..ann() };
            assert_eq!(offer(Situation { proven_here: true, ..situation }), here);
            assert_eq!(offer(situation), Ok(elsewhere));
        }
    }

    #[test]
    fn only_what_is_allowed_and_carried() {
        let no_whatsapp = AppSettings { allow_whatsapp_channel: false, ..app() };
        let offer = |carried: &[Channel]| {
            channels(&no_whatsapp, ann(), |channel| carried.contains(&channel))
        };
        assert_eq!(offer(&[Voice, Whatsapp]), Ok(vec![Voice]));
        assert_eq!(offer(&[Whatsapp]), Err(NoChannel::NothingCarries));
        let enrolled = Situation { enrolled: &[Totp], ..ann() };
        assert_eq!(channels(&no_whatsapp, enrolled, |_| false), Ok(vec![Totp]));
    }

    #[test]
    fn why_there_is_none() {
        let offer = |app: &AppSettings| channels(app, ann(), |_| true);
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
