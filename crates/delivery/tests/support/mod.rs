//! A stub, and messages for it.

pub(crate) mod signature;
pub(crate) mod stub;

use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::MessageId;
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::time::Timestamp;
use onlyauth_delivery::Outgoing;
use onlyauth_delivery::webhook::{SigningKey, Webhook};

/// 2026-01-01T12:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_767_268_800_000);
/// Ample for an answer on loopback, and short enough to wait for.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(1);
pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub(crate) const TEXT: &str =
    "424242 is your Café code & more.\n\n@shop.example #424242 @auth.example";

/// Where a message's receipts are posted.
pub(crate) const RECEIPTS: &str = "https://auth.example/receipts/carrier/CLNT-1/MESG-1";

pub(crate) fn message(channel: Channel) -> Outgoing {
    Outgoing {
        message_id: MessageId::new(NOW, [7; 10]),
        channel,
        phone: PhoneNumber::parse("+14155552671").unwrap(),
        body: TEXT.to_owned(),
        language: "de".to_owned(),
        receipt_url: RECEIPTS.parse().unwrap(),
        now: NOW,
        expires_at: NOW.plus(Duration::from_mins(5)),
    }
}

pub(crate) fn webhook(url: &str) -> Webhook {
    Webhook::new(url.parse().unwrap(), SigningKey::parse(SECRET).unwrap(), TIMEOUT).unwrap()
}
