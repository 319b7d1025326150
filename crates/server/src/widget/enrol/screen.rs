//! The pages about enrolling.

use askama::Template;
use data_encoding::BASE64;
use onlyauth_core::channel::Channel;
use onlyauth_core::factor::backup_code;

use super::qr::Qr;
use crate::widget::assets;
use crate::widget::page::Page;
use crate::widget::place::{Masked, Place};
use crate::widget::screen::Notice;
use crate::widget::shell::{Facts, Shell, Steps};
use crate::widget::state::State;
use crate::widget::words::Said;

/// All that the page shows on which an authenticator app is set up.
pub(in crate::widget) struct SetupView<'a> {
    pub(in crate::widget) place: &'a Place,
    /// The secret in base32.
    pub(in crate::widget) key: String,
    /// The same for apps to open.
    pub(in crate::widget) address: String,
    pub(in crate::widget) digits: u8,
    /// The success token; None where the app is set up in place of a proof.
    pub(in crate::widget) token: Option<String>,
    pub(in crate::widget) notice: Option<Notice>,
    pub(in crate::widget) facts: Facts,
    pub(in crate::widget) sends: u32,
    /// How far a login is that takes two proofs.
    pub(in crate::widget) steps: Steps,
    /// Whether another way is open.
    pub(in crate::widget) others: bool,
}

/// An authenticator app is set up.
#[derive(Debug, Template)]
#[template(path = "widget/totp_setup.html")]
struct Setup {
    shell: Shell,
    qr: Qr,
    key: Masked,
    address: Masked,
    digits: u8,
    /// The success token; None where the app is set up in place of a proof.
    proof: Option<Masked>,
    notice: Option<Notice>,
    others: bool,
}

impl Setup {
    fn problem(&self) -> Said {
        let id = match self.notice {
            Some(Notice::Malformed) => "totp-malformed",
            Some(Notice::ClockOff) => "totp-clock-off",
            _ => "totp-wrong",
        };
        self.shell.words.with_digits(id, self.digits, "")
    }

    /// In groups of four, as people copy it.
    fn groups(&self) -> String {
        let letters: Vec<char> = self.key.reveal().chars().collect();
        letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    }
}

impl SetupView<'_> {
    pub(in crate::widget) fn page(self) -> Page {
        let state = match self.notice {
            Some(_) => State::TotpSetupWrong,
            None => State::TotpSetup,
        };
        let error = self.notice.map(|_| state.as_str());
        let channel = Some(Channel::Totp);
        let facts = Facts { channel, error, retryable: error.is_some(), ..self.facts };
        let screen = Setup {
            shell: Shell::of(self.place, state, facts).at(self.sends).in_steps(&self.steps),
            // Too long for any picture: the key can still be typed.
            qr: Qr::of(&self.address).unwrap_or_default(),
            key: Masked::new(self.key),
            address: Masked::new(self.address),
            digits: self.digits,
            proof: self.token.map(Masked::new),
            notice: self.notice,
            others: self.others,
        };
        Page::of(self.place, &screen)
    }
}

/// What was enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::widget) enum Enrolled {
    Passkey,
    Totp,
}

impl Enrolled {
    /// By which channel it proves.
    pub(in crate::widget) const fn channel(self) -> Channel {
        match self {
            Self::Passkey => Channel::Webauthn,
            Self::Totp => Channel::Totp,
        }
    }
}

/// All that the page shows after something was enrolled.
pub(in crate::widget) struct EnrolledView<'a> {
    pub(in crate::widget) place: &'a Place,
    pub(in crate::widget) what: Enrolled,
    /// The way home, with the success token; None: back to all factors.
    pub(in crate::widget) target: Option<String>,
    /// The success token.
    pub(in crate::widget) token: String,
    /// Whether backup codes are offered next.
    pub(in crate::widget) offers_codes: bool,
}

/// Something was enrolled.
#[derive(Debug, Template)]
#[template(path = "widget/enrolled.html")]
struct EnrolledScreen {
    shell: Shell,
    what: Enrolled,
    target: Option<Masked>,
    token: Masked,
    offers_codes: bool,
}

impl EnrolledScreen {
    fn say(&self, passkey: &str, totp: &str) -> Said {
        self.shell.words.say(match self.what {
            Enrolled::Passkey => passkey,
            Enrolled::Totp => totp,
        })
    }
}

impl EnrolledView<'_> {
    pub(in crate::widget) fn page(self) -> Page {
        let state = match self.what {
            Enrolled::Passkey => State::PasskeyCreated,
            Enrolled::Totp => State::TotpEnrolled,
        };
        let shell = Shell::of(self.place, state, Facts::default());
        let screen = EnrolledScreen {
            shell: if self.offers_codes || self.target.is_none() { shell } else { shell.ended() },
            what: self.what,
            target: self.target.map(Masked::new),
            token: Masked::new(self.token),
            offers_codes: self.offers_codes,
        };
        Page::of(self.place, &screen)
    }
}

/// All that the page of backup codes shows.
pub(in crate::widget) struct CodesView<'a> {
    pub(in crate::widget) place: &'a Place,
    /// In groups, as they are printed.
    pub(in crate::widget) codes: Vec<String>,
    /// The success token.
    pub(in crate::widget) token: String,
}

/// Backup codes, once.
#[derive(Debug, Template)]
#[template(path = "widget/backup_codes.html")]
struct BackupCodes {
    shell: Shell,
    codes: Vec<Masked>,
    proof: Masked,
    script: String,
}

impl BackupCodes {
    /// What is saved: a text file, as an address, so that saving it needs no script.
    fn file(&self) -> String {
        let name = self.shell.words.app_name();
        let mut text = format!("{name}\n\n");
        for code in &self.codes {
            text.push_str(code.reveal());
            text.push('\n');
        }
        format!("data:text/plain;charset=utf-8;base64,{}", BASE64.encode(text.as_bytes()))
    }
}

impl CodesView<'_> {
    pub(in crate::widget) fn page(self) -> Page {
        let channel = Some(Channel::BackupCode);
        let facts = Facts { channel, ..Facts::default() };
        let screen = BackupCodes {
            shell: Shell::of(self.place, State::BackupCodes, facts),
            codes: self.codes.into_iter().map(Masked::new).collect(),
            proof: Masked::new(self.token),
            script: assets::backup_codes_address(),
        };
        Page::of(self.place, &screen)
    }
}

/// Passed by a backup code, and few are left.
#[derive(Debug, Template)]
#[template(path = "widget/backup_codes_few.html")]
pub(in crate::widget) struct FewCodes {
    pub(in crate::widget) shell: Shell,
    pub(in crate::widget) left: u32,
    pub(in crate::widget) proof: Masked,
}

impl FewCodes {
    /// The page for so many codes left; None where they are enough.
    pub(in crate::widget) fn page(place: &Place, left: u32, token: String) -> Option<Page> {
        let shell = Shell::of(place, State::BackupCodesFew, Facts::default());
        let screen = Self { shell, left, proof: Masked::new(token) };
        (left <= backup_code::FEW).then(|| Page::of(place, &screen))
    }

    fn text(&self) -> Said {
        match self.left {
            0 => self.shell.words.say("backup-codes-none"),
            left => self.shell.words.with_count("backup-codes-left", left),
        }
    }
}
