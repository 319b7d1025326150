//! The seam to what carries live messages out of the building.

use std::fmt;
use std::pin::Pin;

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::MessageId;
use onlyauth_core::phone::PhoneNumber;

/// A message on its way out. Debug shows neither number nor text.
pub struct Outgoing {
    /// Its id: the same message never has another.
    pub message_id: MessageId,
    /// How.
    pub channel: Channel,
    /// To whom.
    pub phone: PhoneNumber,
    /// What.
    pub body: String,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({}, {}, {})", self.message_id, self.channel, self.phone)
    }
}

/// Why a provider did not take a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendError {
    /// It certainly did not take it, and never will.
    Refused(&'static str),
    /// It may have taken it. Never sent again by itself.
    Unknown(&'static str),
}

/// What a send comes to.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

/// Carries messages to phones.
pub trait Provider: Send + Sync {
    /// Hands one message over; bounded in time.
    fn send(&self, message: Outgoing) -> Sending<'_>;
}
