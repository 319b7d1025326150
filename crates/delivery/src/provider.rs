//! The seam to what carries live messages out of the building.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::MessageId;
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::time::Timestamp;
use reqwest::header::HeaderMap;
use url::Url;

/// A message on its way out. Debug shows neither number nor text.
pub struct Outgoing {
    /// Its id: the same message never has another, however often it is tried.
    pub message_id: MessageId,
    /// How.
    pub channel: Channel,
    /// To whom.
    pub phone: PhoneNumber,
    /// What; for a call the words to be spoken, the code's digits apart.
    pub body: String,
    /// The BCP 47 tag of the language that the body is in.
    pub language: String,
    /// Where a provider may post what became of it.
    pub receipt_url: Url,
    /// The moment of this try.
    pub now: Timestamp,
    /// When its code stops being good: after that it is worth nothing.
    pub expires_at: Timestamp,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({}, {}, {})", self.message_id, self.channel, self.phone)
    }
}

/// A provider took a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// What the provider calls it, where it said so.
    pub provider_message_id: Option<String>,
}

/// A word for logs and for the outbox, such as `twilio_21211`. Never a provider's own sentence: those repeat
/// phone numbers.
pub type Reason = Cow<'static, str>;

/// Why a provider did not take a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// It certainly did not take it, and never will.
    Refused(Reason),
    /// It certainly did not take it, and may do so later.
    NotNow {
        /// Why.
        reason: Reason,
        /// How long it asked to be left alone.
        retry_after: Option<Duration>,
    },
    /// It may have taken it. Never sent again by itself.
    Unknown(Reason),
}

impl SendError {
    pub(crate) const fn refused(reason: &'static str) -> Self {
        Self::Refused(Cow::Borrowed(reason))
    }

    pub(crate) const fn not_now(reason: &'static str) -> Self {
        Self::NotNow { reason: Cow::Borrowed(reason), retry_after: None }
    }

    pub(crate) const fn unknown(reason: &'static str) -> Self {
        Self::Unknown(Cow::Borrowed(reason))
    }
}

/// What a send comes to.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Accepted, SendError>> + Send + 'a>>;

/// What somebody posted to a message's receipt URL, and says is from its provider.
pub struct Callback<'a> {
    /// The message that the address names.
    pub message_id: MessageId,
    /// The address, as [`Outgoing::receipt_url`] told it, whatever the request's own headers say it was
    /// (security.md row 40).
    pub url: &'a Url,
    /// The request's headers.
    pub headers: &'a HeaderMap,
    /// Its whole body.
    pub body: &'a [u8],
    /// When it came in.
    pub now: Timestamp,
}

/// What a provider tells of a message that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// The phone has it, or the call was answered.
    Delivered,
    /// It never will.
    Failed(Reason),
    /// It is on its way.
    Underway,
}

/// Why a callback is no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoReceipt {
    /// Not signed by the provider, or for another message.
    #[error("not signed by the provider")]
    Unsigned,
    /// Signed, and not understood.
    #[error("signed, but not a receipt")]
    Malformed,
}

/// Carries messages to phones.
pub trait Provider: Send + Sync {
    /// Hands one message over; bounded in time.
    fn send(&self, message: Outgoing) -> Sending<'_>;

    /// Reads what came to a message's receipt URL.
    ///
    /// # Errors
    /// It is not the provider's, or says nothing that is known.
    fn receipt(&self, callback: &Callback<'_>) -> Result<Receipt, NoReceipt>;
}
