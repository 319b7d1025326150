//! Receipts as a lying provider and others write them.

use std::time::Duration;

use onlyauth_server::clock::Clock;

use crate::checker::RECEIPT_REASON;
use crate::gateway::SECRET;
use crate::ledger::{Answer, Ask, Told};
use crate::random::Random;
use crate::signature;

const OTHER_SECRET: &str = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldY";
/// Longest that one is on its way, in milliseconds.
const DELAY: u64 = 1500;

/// How one is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    Genuine,
    /// Signed by somebody else.
    OtherKey,
    /// Signed by nobody.
    Unsigned,
    /// Signed by the right key, an hour ago.
    Old,
    /// Signed by the right key, for another message.
    OfAnother,
    /// Signed by the right key; the body was changed afterwards.
    Altered,
    /// Signed by the right key, and no receipt.
    Nonsense,
}

/// A receipt on its way.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    hand: Hand,
    delivered: bool,
    pub(crate) body: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) after: Duration,
}

/// Some of them about a message, in no order; some of them twice.
pub(crate) fn letters(random: &mut Random, message: &str) -> Vec<Letter> {
    let hands = [
        Hand::Genuine,
        Hand::OtherKey,
        Hand::Unsigned,
        Hand::Old,
        Hand::OfAnother,
        Hand::Altered,
        Hand::Nonsense,
    ];
    let mut letters = Vec::new();
    for _ in 0..random.below(6) {
        let hand = if random.percent(40) { Hand::Genuine } else { *random.one_of(&hands) };
        let letter = Letter::write(random, hand, message);
        if random.percent(30) {
            let after = Duration::from_millis(random.below(DELAY));
            letters.push(Letter { after, ..letter.clone() });
        }
        letters.push(letter);
    }
    letters
}

impl Letter {
    fn write(random: &mut Random, hand: Hand, message: &str) -> Self {
        let delivered = random.percent(50);
        let body = |delivered: bool| match (hand, delivered) {
            (Hand::Nonsense, _) => r#"{"status":["delivered"]}"#.to_owned(),
            (_, true) => r#"{"status":"delivered"}"#.to_owned(),
            (_, false) => format!(r#"{{"status":"failed","reason":"{RECEIPT_REASON}"}}"#),
        };
        let signed = if hand == Hand::Altered { body(!delivered) } else { body(delivered) };
        let id = if hand == Hand::OfAnother { another(message) } else { message.to_owned() };
        let age = if hand == Hand::Old { 3600 } else { 0 };
        let timestamp = (Clock::system().now().as_seconds() - age).to_string();
        let secret = if hand == Hand::OtherKey { OTHER_SECRET } else { SECRET };
        let signature = signature::expected(secret, &id, &timestamp, &signed);
        let mut headers = vec![("webhook-id", id), ("webhook-timestamp", timestamp)];
        if hand != Hand::Unsigned {
            headers.push(("webhook-signature", signature));
        }
        let after = Duration::from_millis(random.below(DELAY));
        Self { hand, delivered, body: body(delivered), headers, after }
    }

    /// What the ledger knows of it.
    pub(crate) fn ask(&self, message: &str) -> Ask {
        let genuine = self.hand == Hand::Genuine;
        Ask::Receipt { message: message.to_owned(), genuine, delivered: self.delivered }
    }

    /// What this status means for it, and whether it may be that one.
    pub(crate) fn read(&self, status: u16) -> Answer {
        match (self.hand, status) {
            (Hand::Genuine, 204) => Answer::Ok(Told::Noted),
            (Hand::Nonsense, 400) => Answer::Refused("malformed".to_owned()),
            (Hand::Genuine | Hand::Nonsense, _) => {
                Answer::Odd(format!("{:?}: {status}", self.hand))
            }
            (_, 401) => Answer::Refused("unsigned".to_owned()),
            (_, 204) => Answer::Ok(Told::Noted),
            _ => Answer::Odd(format!("{:?}: {status}", self.hand)),
        }
    }
}

/// The id of a message that is not this one.
fn another(message: &str) -> String {
    let last = if message.ends_with('0') { '1' } else { '0' };
    let mut other = message.to_owned();
    other.pop();
    other.push(last);
    other
}
