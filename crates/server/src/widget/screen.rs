//! The screens, each a template with the data that it shows.

use askama::Template;
use onlyauth_core::challenge::Verdict;
use onlyauth_core::channel::Channel;

use super::place::Masked;
use super::shell::Shell;
use super::state::State;
use super::words::{Said, Words};

/// What the form of a code is for.
#[derive(Debug, Clone, Default)]
pub(super) struct Check {
    /// The challenge; empty before there is one.
    pub(super) challenge: String,
    /// The attempt.
    pub(super) attempt: String,
}

/// When another code may be asked for.
#[derive(Debug, Clone)]
pub(super) enum ResendWords {
    Now,
    /// Says after how long.
    At(Said),
    /// Says what to do instead.
    UsedUp(Said),
}

/// A button that sends a code, or leads to a factor.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub(super) channel: Channel,
    label: Said,
}

impl Way {
    pub(super) fn new(words: &Words, channel: Channel) -> Self {
        let label = words.say(match channel {
            Channel::Voice => "choose-voice",
            Channel::Whatsapp => "choose-whatsapp",
            Channel::Totp => "choose-totp",
            Channel::Webauthn => "choose-webauthn",
            Channel::BackupCode => "choose-backup-code",
            _ => "choose-sms",
        });
        Self { channel, label }
    }
}

/// What is said about the last thing that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    Wrong,
    Malformed,
    Used,
    ClockOff,
    TooSoon,
    /// The answer for a passkey proves nothing.
    PasskeyWrong,
    /// A passkey's counter went back.
    PasskeyCopied,
    /// The browser has nothing to answer.
    NoPasskey,
    /// What the browser made is no passkey.
    PasskeyNotCreated,
}

impl Notice {
    pub(super) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Malformed => Self::Malformed,
            Verdict::Used => Self::Used,
            Verdict::ClockOff => Self::ClockOff,
            Verdict::Wrong | Verdict::Right => Self::Wrong,
        }
    }
}

/// Which way shall the code take?
#[derive(Debug, Template)]
#[template(path = "widget/choose.html")]
pub(super) struct Choose {
    pub(super) shell: Shell,
    pub(super) masked: String,
    /// In the order in which they are offered.
    pub(super) ways: Vec<Way>,
    /// There are ways that are kept back until these are turned down.
    pub(super) has_more: bool,
    /// There is a code that may be typed.
    pub(super) has_code: bool,
    /// A passkey may be made instead.
    pub(super) sets_up: bool,
    /// Shows that what comes first was turned down; None where nothing was kept back.
    pub(super) turned_down: Option<Masked>,
}

impl Choose {
    fn text(&self) -> Said {
        let channels: Vec<_> = self.ways.iter().map(|way| way.channel).collect();
        let id = match channels.as_slice() {
            [Channel::Sms] => "choose-text-sms",
            [Channel::Voice] => "choose-text-voice",
            [Channel::Whatsapp] => "choose-text-whatsapp",
            _ if channels.iter().all(|channel| channel.is_phone()) => "choose-text-several",
            _ => "choose-text-mixed",
        };
        self.shell.words.with_phone(id, &self.masked)
    }

    /// Whether a message would be sent.
    fn costs(&self) -> bool {
        self.ways.iter().any(|way| way.channel.is_phone())
    }
}

/// Something is to be enrolled in place of a proof.
#[derive(Debug, Template)]
#[template(path = "widget/set_up.html")]
pub(super) struct SetUp {
    pub(super) shell: Shell,
    /// In the order of preference.
    pub(super) enrols: Vec<Channel>,
    /// Whether another way is open.
    pub(super) others: bool,
}

impl SetUp {
    fn text(&self) -> Said {
        self.shell.words.say(match self.shell.step {
            Some(_) => "set-up-second-text",
            None => "set-up-first-text",
        })
    }
}

/// A code of an authenticator app may be typed.
#[derive(Debug, Template)]
#[template(path = "widget/totp.html")]
pub(super) struct Totp {
    pub(super) shell: Shell,
    pub(super) check: Check,
    pub(super) digits: u8,
    pub(super) tries_left: u32,
    pub(super) notice: Option<Notice>,
    /// What is offered for the next time.
    pub(super) offer: Option<Channel>,
    /// For how many days the device can be trusted; None where that is not offered.
    pub(super) offers_trust: Option<u32>,
    /// The other ways that are open.
    pub(super) others: Vec<Way>,
}

impl Totp {
    /// What is wrong with what stands in the input, and what to do.
    fn problem(&self) -> Said {
        let id = match self.notice {
            Some(Notice::Malformed) => "totp-malformed",
            Some(Notice::Used) => "totp-used",
            Some(Notice::ClockOff) => "totp-clock-off",
            _ => "totp-wrong",
        };
        self.shell.words.with_digits(id, self.digits, "")
    }

    fn input_is_wrong(&self) -> bool {
        self.notice.is_some()
    }
}

/// A backup code may be typed.
#[derive(Debug, Template)]
#[template(path = "widget/backup_code.html")]
pub(super) struct BackupCode {
    pub(super) shell: Shell,
    pub(super) check: Check,
    pub(super) tries_left: u32,
    pub(super) notice: Option<Notice>,
    /// What is offered for the next time.
    pub(super) offer: Option<Channel>,
    /// The other ways that are open.
    pub(super) others: Vec<Way>,
}

impl BackupCode {
    /// What is wrong with what stands in the input, and what to do.
    fn problem(&self) -> Said {
        self.shell.words.say(match self.notice {
            Some(Notice::Malformed) => "backup-code-malformed",
            Some(Notice::Used) => "backup-code-used",
            _ => "backup-code-wrong",
        })
    }
}

/// A code may be typed.
#[derive(Debug, Template)]
#[template(path = "widget/enter.html")]
pub(super) struct Enter {
    pub(super) shell: Shell,
    pub(super) check: Check,
    pub(super) masked: String,
    pub(super) channel: Channel,
    pub(super) digits: u8,
    pub(super) tries_left: u32,
    pub(super) resend: ResendWords,
    pub(super) notice: Option<Notice>,
    /// The message did not arrive.
    pub(super) failed: bool,
    /// It is about to leave.
    pub(super) sending: bool,
    /// What is offered for the next time.
    pub(super) offer: Option<Channel>,
    /// For how many days the device can be trusted; None where that is not offered.
    pub(super) offers_trust: Option<u32>,
    /// The other ways that are open.
    pub(super) others: Vec<Way>,
}

impl Enter {
    fn heading(&self) -> Said {
        let id = match (self.failed, self.channel) {
            (true, Channel::Voice) => "undelivered-title-voice",
            (true, _) => "undelivered-title",
            (false, Channel::Voice) => "voice-title",
            (false, _) => "enter-title",
        };
        self.shell.words.say(id)
    }

    /// Where the code is.
    fn whereabouts(&self) -> Said {
        let id = match (self.sending, self.channel) {
            (_, Channel::Voice) => "voice-text",
            (true, _) => "sending-text",
            (false, Channel::Whatsapp) => "enter-text-whatsapp",
            (false, _) => "enter-text",
        };
        self.shell.words.with_digits(id, self.digits, &self.masked)
    }

    fn undelivered(&self) -> Said {
        let id = match self.channel {
            Channel::Voice => "undelivered-text-voice",
            Channel::Whatsapp => "undelivered-text-whatsapp",
            _ => "undelivered-text-sms",
        };
        self.shell.words.with_phone(id, &self.masked)
    }

    /// What is wrong with what stands in the input, and what to do.
    fn problem(&self) -> Said {
        let id = match (self.notice, self.channel) {
            (Some(Notice::Malformed), Channel::Voice) => "code-malformed-voice",
            (Some(Notice::Malformed), _) => "code-malformed",
            _ => "code-wrong",
        };
        self.shell.words.with_digits(id, self.digits, &self.masked)
    }

    fn again(&self) -> Said {
        self.shell.words.say(if self.channel == Channel::Voice {
            "call-again"
        } else {
            "send-again"
        })
    }

    fn input_is_wrong(&self) -> bool {
        matches!(self.notice, Some(Notice::Wrong | Notice::Malformed))
    }
}

/// The newest code is of no use any more, but another may be had.
#[derive(Debug, Template)]
#[template(path = "widget/over.html")]
pub(super) struct Over {
    pub(super) shell: Shell,
    pub(super) heading: Said,
    pub(super) text: Said,
    pub(super) channel: Channel,
    pub(super) resend: ResendWords,
    /// The other ways that are open.
    pub(super) others: Vec<Way>,
}

impl Over {
    fn again(&self) -> Said {
        self.shell.words.say(if self.channel == Channel::Voice { "call-again" } else { "send-new" })
    }
}

/// Nothing to do here but to read, and perhaps to try again or another way.
#[derive(Debug, Template)]
#[template(path = "widget/end.html")]
pub(super) struct End {
    pub(super) shell: Shell,
    pub(super) heading: Said,
    pub(super) text: Said,
    /// A line for the developer.
    pub(super) code: Option<Said>,
    /// Ways that are open.
    pub(super) ways: Vec<Way>,
    /// Whether the same page may say something else later.
    pub(super) retry: bool,
}

/// No token in the address: a script may find it in the browser's history.
#[derive(Debug, Template)]
#[template(path = "widget/resume.html")]
pub(super) struct Resume {
    pub(super) shell: Shell,
    /// A line for the developer.
    pub(super) code: Said,
}

/// A trusted device stands in for the challenge.
#[derive(Debug, Template)]
#[template(path = "widget/trusted_device.html")]
pub(super) struct TrustedDevice {
    pub(super) shell: Shell,
    /// Whether the script presses the button.
    pub(super) by_itself: bool,
}

/// Proven.
#[derive(Debug, Template)]
#[template(path = "widget/passed.html")]
pub(super) struct Passed {
    pub(super) shell: Shell,
    /// The way home, with the success token.
    pub(super) target: Masked,
    /// The success token, for a page around that takes the browser home itself.
    pub(super) token: Masked,
}
