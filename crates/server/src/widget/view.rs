//! From where a login stands to the screen that shows it. Knows neither store nor clock, so that the catalogue
//! shows the very same screens with sample data.

use std::time::Duration;

use onlyauth_core::action::{Resend, Standing};
use onlyauth_core::challenge::AttemptKey;
use onlyauth_core::channel::Channel;
use onlyauth_core::choice::{self, NoChannel, Refused};
use onlyauth_core::factor::totp::{self, TotpSecret};
use onlyauth_core::factor::totp_enrolment;
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::success_token::SuccessToken;
use onlyauth_core::time::Timestamp;

use super::assets;
use super::enrol::SetupView;
use super::page::{Page, for_the_developer};
use super::passkey::{Asked, PasskeyView, Purpose, Window};
use super::place::{Masked, Place, SchemeWish};
use super::screen::{
    BackupCode, Check, Choose, End, Enter, Notice, Over, ResendWords, SetUp, Totp, TrustedDevice,
    Way,
};
use super::shell::{Facts, Shell, Step, Steps};
use super::state::State;
use super::visit::Visit;
use super::words::{Said, Words, seconds};
use crate::locale::Locale;

/// All that the screens of a login show.
pub(super) struct LoginView<'a> {
    pub(super) place: &'a Place,
    pub(super) now: Timestamp,
    pub(super) standing: Standing,
    /// How many messages were sent.
    pub(super) sends: u32,
    pub(super) check: Check,
    /// The phone number, masked.
    pub(super) masked: String,
    /// How many digits a code has.
    pub(super) digits: u8,
    /// The channel in use; before there is one, the first that is offered.
    pub(super) channel: Channel,
    /// The channels that are open.
    pub(super) ways: Vec<Channel>,
    /// How the newest message fares.
    pub(super) delivery: Delivery,
    /// The login's end, once it has begun.
    pub(super) ends_at: Option<Timestamp>,
    /// What is said about the last thing that was done.
    pub(super) notice: Option<Notice>,
    /// The ceremony that waits for a passkey.
    pub(super) asked: Option<Asked>,
    /// What is offered beside the code for the next time.
    pub(super) offer: Option<Channel>,
    /// For how many days the device can be trusted; None where that is not offered.
    pub(super) offers_trust: Option<u32>,
    /// What may be enrolled in place of a proof.
    pub(super) enrols: Vec<Channel>,
    /// How far a login is that takes two proofs.
    pub(super) steps: Steps,
    /// For a list on which messages appear that the app defers.
    pub(super) turned_down: Option<Masked>,
}

/// How the newest message fares, as far as an end user cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    /// No provider has it yet.
    OnItsWay,
    /// A provider took it; whether it arrives may still be told.
    Taken,
    /// Nothing more will be told.
    Settled,
    /// It will not arrive.
    Failed,
}

impl LoginView<'_> {
    /// The page of where the login stands.
    pub(super) fn page(self) -> Page {
        let end = |state, title, text| self.end(state, title, self.place.words.say(text));
        match self.standing {
            Standing::Choose => self.choose(Refused::Nothing),
            Standing::Enter { tries_left, expires_at, resend } => {
                self.enter(tries_left, expires_at, resend)
            }
            Standing::Prove { channel: Channel::Webauthn, .. } => self.passkey(),
            Standing::Prove { channel: Channel::BackupCode, tries_left } => {
                self.backup_code(tries_left)
            }
            Standing::Prove { tries_left, .. } => self.totp(tries_left),
            Standing::ProofsUsedUp => self.proofs_used_up(),
            Standing::CodeExpired(resend) => {
                let texts = ("code-expired-title", "code-expired-text");
                self.over(State::CodeExpired, texts, resend)
            }
            Standing::TriesUsedUp(resend) => {
                let texts = ("tries-used-up-title", "tries-used-up-text");
                self.over(State::TriesUsedUp, texts, resend)
            }
            Standing::Locked(until) => self.locked(until),
            Standing::Passed => end(State::AlreadyDone, "already-done-title", "already-done-text"),
            Standing::Cancelled => end(State::Cancelled, "cancelled-title", "cancelled-text"),
            Standing::Expired => end(State::Expired, "expired-title", "expired-text"),
        }
    }

    /// The list of ways, whatever was sent already.
    pub(super) fn choose(self, refused: Refused) -> Page {
        let has_code = matches!(self.standing, Standing::Enter { .. });
        let second = self.steps.at == Some(Step::Second);
        let state = if second { State::SecondStep } else { State::Choose };
        let shell = self.shell(state, Facts { channel: None, ..self.facts() });
        let Self { place, masked, ways: open, enrols, turned_down, .. } = self;
        let sets_up = !enrols.is_empty();
        let settings = &place.app.settings;
        let shown = choice::shown(settings, &open, refused);
        let is_late = |way| choice::is_kept_back(settings, &open, Refused::Nothing, way);
        let turned_down = turned_down.filter(|_| shown.iter().any(|way| is_late(*way)));
        let has_more = shown.len() < open.len();
        let ways = shown.into_iter().map(|channel| Way::new(&place.words, channel)).collect();
        Page::of(place, &Choose { shell, masked, ways, has_more, has_code, sets_up, turned_down })
    }

    fn passkey(self) -> Page {
        let others = !self.others().is_empty();
        // That a code was asked for too early is no problem of a passkey's.
        let notice = self.notice.filter(|notice| *notice != Notice::TooSoon);
        let view = PasskeyView {
            facts: self.facts(),
            place: self.place,
            sends: self.sends,
            purpose: Purpose::Use,
            asked: self.asked,
            attempt: self.check.attempt,
            notice,
            others,
            offers_trust: self.offers_trust,
            steps: self.steps,
        };
        view.page()
    }

    /// Nothing is left to prove by: something is enrolled instead.
    pub(super) fn set_up(self) -> Page {
        let facts = Facts { channel: None, ..self.facts() };
        let screen = SetUp {
            shell: self.shell(State::SetUp, facts),
            enrols: self.enrols,
            others: !self.ways.is_empty(),
        };
        Page::of(self.place, &screen)
    }

    /// The page on which a passkey is made in place of a proof.
    pub(super) fn passkey_proof(self, asked: Asked) -> Page {
        let facts = Facts { channel: Some(Channel::Webauthn), ..self.facts() };
        let or_totp = self.enrols.contains(&Channel::Totp);
        let purpose = match self.steps.at {
            Some(Step::Second) => Purpose::SecondProof { or_totp },
            _ => Purpose::OnlyProof { or_totp },
        };
        let view = PasskeyView {
            others: !self.ways.is_empty(),
            facts,
            place: self.place,
            sends: self.sends,
            purpose,
            asked: Some(asked),
            attempt: self.check.attempt,
            notice: self.notice,
            offers_trust: None,
            steps: self.steps,
        };
        view.page()
    }

    /// The same for an authenticator app.
    pub(super) fn totp_proof(self, secret: &TotpSecret, account: &str) -> Page {
        let view = SetupView {
            facts: self.facts(),
            others: !self.ways.is_empty(),
            sends: self.sends,
            key: secret.reveal_base32(),
            address: totp_enrolment::address(secret, self.place.words.app_name(), account),
            digits: totp::DIGITS,
            token: None,
            notice: self.notice,
            place: self.place,
            steps: self.steps,
        };
        view.page()
    }

    fn enter(self, tries_left: u32, expires_at: Timestamp, resend: Resend) -> Page {
        let failed = self.delivery == Delivery::Failed && self.notice.is_none();
        let facts = self.facts();
        let state = match self.notice {
            Some(Notice::Malformed) => State::MalformedCode,
            Some(Notice::TooSoon) => State::ResendWait,
            Some(_) => State::WrongCode,
            None if failed => State::DeliveryFailed,
            None if facts.is_ending() => State::AboutToExpire,
            None if resend == Resend::UsedUp => State::ResendsUsedUp,
            None if self.channel == Channel::Voice => State::VoiceRinging,
            None if self.delivery == Delivery::OnItsWay => State::Sending,
            None => State::CodeSent,
        };
        let facts = Facts {
            refresh_in: Some(self.seconds_until(expires_at)),
            poll: matches!(self.delivery, Delivery::OnItsWay | Delivery::Taken),
            error: error(state),
            retryable: error(state).is_some(),
            ..facts
        };
        let screen = Enter {
            shell: self.shell(state, facts),
            resend: self.resend(resend),
            others: self.others(),
            failed,
            sending: self.delivery == Delivery::OnItsWay,
            tries_left,
            check: self.check,
            masked: self.masked,
            channel: self.channel,
            digits: self.digits,
            notice: self.notice,
            offer: self.offer,
            offers_trust: self.offers_trust,
        };
        Page::of(self.place, &screen)
    }

    fn totp(self, tries_left: u32) -> Page {
        // That another code was asked for too early is no problem of this input's.
        let notice = self.notice.filter(|notice| *notice != Notice::TooSoon);
        let facts = self.facts();
        let state = match notice {
            Some(Notice::Malformed) => State::TotpMalformed,
            Some(Notice::Used) => State::TotpUsed,
            Some(Notice::ClockOff) => State::TotpClockOff,
            Some(_) => State::TotpWrong,
            None if facts.is_ending() => State::AboutToExpire,
            None => State::Totp,
        };
        let facts = Facts { error: error(state), retryable: error(state).is_some(), ..facts };
        let screen = Totp {
            shell: self.shell(state, facts),
            others: self.others(),
            check: self.check,
            digits: totp::DIGITS,
            tries_left,
            notice,
            offer: self.offer,
            offers_trust: self.offers_trust,
        };
        Page::of(self.place, &screen)
    }

    fn backup_code(self, tries_left: u32) -> Page {
        let notice = self.notice.filter(|notice| *notice != Notice::TooSoon);
        let facts = self.facts();
        let state = match notice {
            Some(Notice::Malformed) => State::BackupCodeMalformed,
            Some(Notice::Used) => State::BackupCodeUsed,
            Some(_) => State::BackupCodeWrong,
            None if facts.is_ending() => State::AboutToExpire,
            None => State::BackupCode,
        };
        let facts = Facts { error: error(state), retryable: error(state).is_some(), ..facts };
        let screen = BackupCode {
            shell: self.shell(state, facts),
            others: self.others(),
            check: self.check,
            tries_left,
            notice,
            offer: self.offer,
        };
        Page::of(self.place, &screen)
    }

    fn proofs_used_up(&self) -> Page {
        let words = &self.place.words;
        let state = State::TriesUsedUp;
        let facts = Facts { error: error(state), ..self.facts() };
        let screen = End {
            shell: self.shell(state, facts),
            heading: words.say("tries-used-up-title"),
            text: words.say(match self.channel {
                Channel::Webauthn => "passkey-used-up-text",
                Channel::BackupCode => "backup-code-used-up-text",
                _ => "totp-used-up-text",
            }),
            code: None,
            ways: self.others(),
            retry: false,
        };
        Page::of(self.place, &screen)
    }

    fn over(self, state: State, (heading, text): (&str, &str), resend: Resend) -> Page {
        let facts = Facts { error: error(state), retryable: true, ..self.facts() };
        let screen = Over {
            shell: self.shell(state, facts),
            heading: self.place.words.say(heading),
            text: self.place.words.say(text),
            resend: self.resend(resend),
            others: self.others(),
            channel: self.channel,
        };
        Page::of(self.place, &screen)
    }

    fn locked(&self, until: Option<Timestamp>) -> Page {
        let words = &self.place.words;
        let (state, heading, text, wait) = if let Some(end) = until {
            let wait = self.seconds_until(end);
            let text = words.with_end("locked-text", wait, end);
            (State::Locked, "locked-title", text, Some(wait))
        } else {
            let text = words.say("locked-until-reset-text");
            (State::LockedUntilReset, "locked-until-reset-title", text, None)
        };
        let facts = Facts {
            refresh_in: wait,
            error: error(state),
            retryable: until.is_some(),
            until,
            ..self.facts()
        };
        let screen = End {
            shell: self.shell(state, facts),
            heading: words.say(heading),
            text,
            code: None,
            ways: self.others(),
            retry: until.is_some(),
        };
        Page::of(self.place, &screen)
    }

    /// Over for good.
    fn end(&self, state: State, heading: &str, text: Said) -> Page {
        let facts = Facts { error: error(state), ..Facts::default() };
        let screen = End {
            shell: Shell::of(self.place, state, facts).ended(),
            heading: self.place.words.say(heading),
            text,
            code: None,
            ways: Vec::new(),
            retry: false,
        };
        Page::of(self.place, &screen)
    }

    fn shell(&self, state: State, facts: Facts) -> Shell {
        Shell::of(self.place, state, facts).at(self.sends).in_steps(&self.steps)
    }

    fn facts(&self) -> Facts {
        let ends_in = self.ends_at.map(|end| self.seconds_until(end));
        Facts { channel: Some(self.channel), ends_in, ..Facts::default() }
    }

    /// The open ways but for the one in use.
    fn others(&self) -> Vec<Way> {
        let others = self.ways.iter().filter(|channel| **channel != self.channel);
        others.map(|channel| Way::new(&self.place.words, *channel)).collect()
    }

    fn resend(&self, resend: Resend) -> ResendWords {
        let words = &self.place.words;
        match resend {
            Resend::Now => ResendWords::Now,
            Resend::At(moment) => {
                ResendWords::At(words.with_wait("resend-wait", self.seconds_until(moment)))
            }
            Resend::UsedUp => ResendWords::UsedUp(words.say("resend-used-up")),
        }
    }

    fn seconds_until(&self, moment: Timestamp) -> u64 {
        seconds(self.now.until(moment))
    }
}

/// The code of the error that a state tells the page around.
fn error(state: State) -> Option<&'static str> {
    let tells = matches!(
        state,
        State::WrongCode
            | State::MalformedCode
            | State::TotpWrong
            | State::TotpMalformed
            | State::TotpUsed
            | State::TotpClockOff
            | State::BackupCodeWrong
            | State::BackupCodeMalformed
            | State::BackupCodeUsed
            | State::CodeExpired
            | State::TriesUsedUp
            | State::DeliveryFailed
            | State::ResendWait
            | State::Locked
            | State::LockedUntilReset
    );
    tells.then(|| state.as_str())
}

/// There is nothing to choose from.
pub(super) fn no_channel(place: &Place, why: NoChannel) -> Page {
    let (state, text) = match why {
        NoChannel::NoneAllowed => (State::NoChannelAllowed, "no-channel-allowed-text"),
        NoChannel::NoneEnrolled => (State::NoChannelEnrolled, "no-channel-enrolled-text"),
        NoChannel::NothingCarries => (State::ProviderDown, "provider-down-text"),
        NoChannel::OneKindOnly => (State::OneKindOnly, "one-kind-only-text"),
    };
    let retry = why == NoChannel::NothingCarries;
    let facts = Facts { error: Some(state.as_str()), retryable: retry, ..Facts::default() };
    let screen = End {
        shell: Shell::of(place, state, facts),
        heading: place.words.say("no-channel-title"),
        text: place.words.say(text),
        code: Some(for_the_developer(&place.words, state.as_str())),
        ways: Vec::new(),
        retry,
    };
    Page::of(place, &screen)
}

/// A limit was met; it is over after `wait`.
pub(super) fn limited(place: &Place, wait: Duration) -> Page {
    let wait = seconds(wait);
    let facts = Facts {
        refresh_in: Some(wait),
        error: Some("rate_limited"),
        retryable: true,
        ..Facts::default()
    };
    let screen = End {
        shell: Shell::of(place, State::Limited, facts),
        heading: place.words.say("limited-title"),
        text: place.words.with_wait("limited-text", wait),
        code: Some(for_the_developer(&place.words, "rate_limited")),
        ways: Vec::new(),
        retry: true,
    };
    Page::of(place, &screen).too_many(wait)
}

/// A trusted device stands in: one button, which the script presses.
pub(super) fn trusted_device(place: &Place) -> Page {
    let shell = Shell::of(place, State::TrustedDevice, Facts::default());
    // What a sample leads to is the sample again.
    Page::of(place, &TrustedDevice { shell, by_itself: place.sample.is_none() })
}

/// A passkey can be made, by whoever holds this success token.
pub(super) fn create_passkey(
    visit: &Visit,
    asked: Asked,
    (token, or_totp): (&SuccessToken, bool),
    failed: bool,
) -> Page {
    let view = PasskeyView {
        place: &visit.place,
        facts: Facts { channel: Some(Channel::Webauthn), ..Facts::default() },
        sends: 0,
        purpose: Purpose::Create { proof: Masked::new(token.reveal()), or_totp },
        asked: Some(asked),
        attempt: AttemptKey::new(visit.service.entropy.bytes()).text(),
        notice: failed.then_some(Notice::PasskeyNotCreated),
        others: false,
        offers_trust: None,
        steps: Steps::default(),
    };
    view.page()
}

/// The small window for passkeys, which belongs to no login by itself.
pub(super) fn passkey_window(
    locale: &'static Locale,
    scheme: SchemeWish,
    ceremony: Ceremony,
) -> Page {
    let words = Words::new(locale, Some("OnlyAuth"));
    let shell = Shell::nobodys(words, State::PasskeyWindow, Facts::default());
    let script = assets::webauthn_address();
    let screen = Window { shell: Shell { scheme, ..shell }, script, ceremony };
    Page::nobodys(&screen)
}
