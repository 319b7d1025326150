//! The seam to what carries live messages out of the building.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::MessageId;
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::time::Timestamp;

/// A message on its way out. Debug shows neither number nor text.
pub struct Outgoing {
    /// Its id: the same message never has another, however often it is tried.
    pub message_id: MessageId,
    /// How.
    pub channel: Channel,
    /// To whom.
    pub phone: PhoneNumber,
    /// What.
    pub body: String,
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

/// Carries messages to phones.
pub trait Provider: Send + Sync {
    /// Hands one message over; bounded in time.
    fn send(&self, message: Outgoing) -> Sending<'_>;
}
