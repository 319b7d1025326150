//! What a time line can tell: a closed set of words, and a sentence for people.

use crate::channel::Channel;
use crate::time::Timestamp;

/// What happened. The order here is that of things that happen in one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The end user did the first thing.
    Started,
    /// The browser showed a device that the end user trusts, which stood in for the challenge.
    DeviceStoodIn,
    /// No device stood in: each reason is an entry of its own.
    DeviceRefused,
    /// A channel could be chosen at the start.
    Offered,
    /// A channel that the app allowed could not.
    LeftOut,
    /// A factor was chosen, which needs no message.
    Chosen,
    /// A message with a code was asked for.
    CodeQueued,
    /// A provider took it, or the sandbox's inbox.
    CodeSent,
    /// The phone has it, or the call was answered.
    CodeDelivered,
    /// It never arrives.
    CodeFailed,
    /// Nobody knows whether it left.
    CodeUnknown,
    /// A passkey was asked for.
    PasskeyAsked,
    /// The browser answered for a passkey.
    PasskeyAnswered,
    /// A code or an answer was judged, and counted.
    Judged,
    /// That was the last check.
    ChecksUsedUp,
    /// A code was past its time, unused.
    CodeExpired,
    /// The second factor was proven.
    Passed,
    /// The end user gave up.
    Cancelled,
    /// The time was over.
    Expired,
    /// A success token was made.
    TokenIssued,
    /// The end user was asked whether to make a passkey.
    PasskeyOffered,
    /// They made one, or wanted none.
    PasskeySettled,
    /// The end user is to be told of a change to their ways in.
    NoticeQueued,
    /// A provider took that, or the sandbox's inbox.
    NoticeSent,
    /// The phone has it.
    NoticeDelivered,
    /// It never arrives.
    NoticeFailed,
    /// Nobody knows whether it left.
    NoticeUnknown,
    /// The customer's backend redeemed the success token.
    TokenRedeemed,
    /// The success token was past its time, and nobody had redeemed it.
    TokenExpired,
}

impl What {
    /// Every word there is.
    pub const ALL: [Self; 29] = [
        Self::Started,
        Self::DeviceStoodIn,
        Self::DeviceRefused,
        Self::Offered,
        Self::LeftOut,
        Self::Chosen,
        Self::CodeQueued,
        Self::CodeSent,
        Self::CodeDelivered,
        Self::CodeFailed,
        Self::CodeUnknown,
        Self::PasskeyAsked,
        Self::PasskeyAnswered,
        Self::Judged,
        Self::ChecksUsedUp,
        Self::CodeExpired,
        Self::Passed,
        Self::Cancelled,
        Self::Expired,
        Self::TokenIssued,
        Self::PasskeyOffered,
        Self::PasskeySettled,
        Self::NoticeQueued,
        Self::NoticeSent,
        Self::NoticeDelivered,
        Self::NoticeFailed,
        Self::NoticeUnknown,
        Self::TokenRedeemed,
        Self::TokenExpired,
    ];

    /// What a message with a code goes through: asked for, sent, arrived, failed, lost.
    pub(super) const OF_CODES: [Self; 5] = [
        Self::CodeQueued,
        Self::CodeSent,
        Self::CodeDelivered,
        Self::CodeFailed,
        Self::CodeUnknown,
    ];

    /// The same of a notice.
    pub(super) const OF_NOTICES: [Self; 5] = [
        Self::NoticeQueued,
        Self::NoticeSent,
        Self::NoticeDelivered,
        Self::NoticeFailed,
        Self::NoticeUnknown,
    ];

    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        self.words().0
    }

    /// The word, and the sentence without its reason.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Started => ("started", "The end user began."),
            Self::DeviceStoodIn => {
                ("device_stood_in", "A trusted device stood in for the challenge.")
            }
            Self::DeviceRefused => ("device_refused", "No trusted device stood in."),
            Self::Offered => ("offered", "This way was offered."),
            Self::LeftOut => ("left_out", "This way was not offered."),
            Self::Chosen => ("chosen", "The end user chose this way."),
            Self::CodeQueued => ("code_queued", "A code was asked for."),
            Self::CodeSent => ("code_sent", "The message was handed over."),
            Self::CodeDelivered => ("code_delivered", "The message arrived."),
            Self::CodeFailed => ("code_failed", "The message does not arrive."),
            Self::CodeUnknown => ("code_unknown", "Whether the message left is not known."),
            Self::PasskeyAsked => ("passkey_asked", "A passkey was asked for."),
            Self::PasskeyAnswered => ("passkey_answered", "The browser answered for a passkey."),
            Self::Judged => ("judged", "What the end user gave was judged."),
            Self::ChecksUsedUp => ("checks_used_up", "No check was left."),
            Self::CodeExpired => ("code_expired", "The code was past its time."),
            Self::Passed => ("passed", "The login passed."),
            Self::Cancelled => ("cancelled", "The end user gave up."),
            Self::Expired => ("expired", "The login's time was over."),
            Self::TokenIssued => ("token_issued", "A success token was made."),
            Self::PasskeyOffered => {
                ("passkey_offered", "The end user was asked to make a passkey.")
            }
            Self::PasskeySettled => ("passkey_settled", "They made one, or wanted none."),
            Self::NoticeQueued => ("notice_queued", "A notice of a change was asked for."),
            Self::NoticeSent => ("notice_sent", "The notice was handed over."),
            Self::NoticeDelivered => ("notice_delivered", "The notice arrived."),
            Self::NoticeFailed => ("notice_failed", "The notice does not arrive."),
            Self::NoticeUnknown => ("notice_unknown", "Whether the notice left is not known."),
            Self::TokenRedeemed => ("token_redeemed", "The success token was redeemed."),
            Self::TokenExpired => ("token_expired", "Nobody redeemed the success token in time."),
        }
    }
}

/// One thing that happened in a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// By which channel, where it is about one.
    pub channel: Option<Channel>,
    /// Why, or how it was found: a word of core's or a provider's.
    pub why: Option<String>,
}

impl Entry {
    pub(super) fn new(at: Timestamp, what: What) -> Self {
        Self { at, what, channel: None, why: None }
    }

    pub(super) fn by(self, channel: Option<Channel>) -> Self {
        Self { channel, ..self }
    }

    pub(super) fn why(self, why: &str) -> Self {
        Self { why: Some(why.to_owned()), ..self }
    }

    /// A sentence for people who read the log, in English.
    pub fn sentence(&self) -> String {
        let why = self.why.as_deref();
        if let Some(known) = why.and_then(|why| known(self.what, why)) {
            return known.to_owned();
        }
        let (_, sentence) = self.what.words();
        match why {
            Some(why) => format!("{} ({why}).", sentence.trim_end_matches('.')),
            None => sentence.to_owned(),
        }
    }
}

/// The sentences with reasons of ours; those of providers are told as they are.
fn known(what: What, why: &str) -> Option<&'static str> {
    Some(match (what, why) {
        (What::DeviceRefused, "no_device") => "The browser showed no trusted device.",
        (What::DeviceRefused, "unknown_device") => {
            "This end user never trusted the device that the browser showed."
        }
        (What::DeviceRefused, "revoked") => "The device is trusted no more.",
        (What::DeviceRefused, "expired") => "The device was trusted too long ago.",
        (What::DeviceRefused, "phone_changed") => {
            "The phone number is another than when the device was trusted."
        }
        (What::DeviceRefused, "factors_changed") => {
            "A factor was enrolled since the device was trusted."
        }
        (What::DeviceRefused, "backup_code_used") => {
            "A backup code was used since the device was trusted."
        }
        (What::DeviceRefused, "failures_since") => {
            "Somebody failed to confirm since the device was trusted."
        }
        (What::DeviceRefused, "other_country") => {
            "The request came from another country than when the device was trusted."
        }
        (What::Offered, "deferred") => {
            "This way was offered after all others: the app defers text messages."
        }
        (What::Offered, "locked") => {
            "This way was there, but locked after too many failures in a row."
        }
        (What::LeftOut, "factor_first") => {
            "The end user has a factor and looks after their factors, which a phone alone does not permit."
        }
        (What::LeftOut, "not_enrolled") => "The end user has enrolled nothing of this kind.",
        (What::LeftOut, "phone_changed") => {
            "Nothing is sent to another number than the known one while there is a factor."
        }
        (What::LeftOut, "country") => "The app does not allow the number's country.",
        (What::LeftOut, "nothing_carries") => "No provider carries messages of this kind.",
        (What::CodeQueued, "same_code") => "The same code was asked for again.",
        (What::NoticeQueued, "passkey_created") => "A passkey was added: a notice was asked for.",
        (What::NoticeQueued, "app_set_up") => {
            "An authenticator app was set up: a notice was asked for."
        }
        (What::NoticeQueued, "backup_codes_made") => {
            "Backup codes were made: a notice was asked for."
        }
        (What::NoticeQueued, "factor_removed") => "A factor was removed: a notice was asked for.",
        (What::NoticeQueued, "phone_changed") => {
            "They passed with another number: a notice to the old one was asked for."
        }
        (What::CodeUnknown | What::NoticeUnknown, "lease_expired") => {
            "The server stopped while it handed the message over."
        }
        (What::CodeUnknown | What::NoticeUnknown, "restored") => {
            "A backup was restored while the message was on its way."
        }
        (What::Judged, "right") => "It was right.",
        (What::Judged, "wrong") => "It was not right.",
        (What::Judged, "malformed") => "It was nothing that can be right.",
        (What::Judged, "used") => "It had passed before.",
        (What::Judged, "clock_off") => "It was of a far moment: the device's clock is off.",
        _ => return None,
    })
}
