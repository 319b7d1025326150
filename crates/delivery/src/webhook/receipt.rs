//! A gateway's receipts: what became of a message, signed with the secret that signed the message.

use std::time::Duration;

use serde::Deserialize;

use super::SigningKey;
use crate::provider::{Callback, NoReceipt, Receipt};

/// How far a receipt's timestamp may be from now, before or after, so that an old one can't be played again.
const TOLERANCE: Duration = Duration::from_mins(5);

/// Longest reason, in characters.
const LONGEST_REASON: usize = 40;
/// Most digits in a reason: error numbers have few, phone numbers have more.
const MOST_DIGITS: usize = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    status: Status,
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Delivered,
    Failed,
}

pub(super) fn read(key: &SigningKey, callback: &Callback<'_>) -> Result<Receipt, NoReceipt> {
    let header = |name: &str| callback.headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(id), Some(timestamp), Some(signatures)) =
        (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"))
    else {
        return Err(NoReceipt::Unsigned);
    };
    // The address itself is not signed: the id is what keeps a receipt from being posted for another message.
    let right = id == callback.message_id.to_string()
        && is_fresh(timestamp, callback)
        && key.has_signed(signatures, id, timestamp, callback.body);
    if !right {
        return Err(NoReceipt::Unsigned);
    }
    let body: Body = serde_json::from_slice(callback.body).map_err(|_| NoReceipt::Malformed)?;
    match (body.status, body.reason) {
        (Status::Delivered, None) => Ok(Receipt::Delivered),
        (Status::Failed, None) => Ok(Receipt::Failed("gateway_failed".into())),
        (Status::Failed, Some(reason)) if is_word(&reason) => Ok(Receipt::Failed(reason.into())),
        _ => Err(NoReceipt::Malformed),
    }
}

fn is_fresh(timestamp: &str, callback: &Callback<'_>) -> bool {
    let Ok(seconds) = timestamp.parse::<i64>() else { return false };
    callback.now.as_seconds().abs_diff(seconds) <= TOLERANCE.as_secs()
}

/// A reason is kept and logged, so it must be a word and can't be a sentence with a phone number in it.
fn is_word(reason: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let digits = reason.bytes().filter(u8::is_ascii_digit).count();
    (1..=LONGEST_REASON).contains(&reason.len())
        && reason.bytes().all(known)
        && digits <= MOST_DIGITS
}
