//! Callbacks as the providers' documentation signs them, and as others might (security.md row 36).

use onlyauth_core::channel::Channel;
use onlyauth_core::ids::MessageId;
use onlyauth_delivery::{Callback, NoReceipt, Provider, Receipt};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::support::signature;
use crate::support::{NOW, RECEIPTS, SECRET, message, webhook};
use crate::twilio::{TOKEN, number, twilio};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
    };
    pairs.iter().map(pair).collect()
}

fn read(
    provider: &impl Provider,
    url: &str,
    message_id: MessageId,
    headers: &HeaderMap,
    body: &str,
) -> Result<Receipt, NoReceipt> {
    let url = &url.parse().unwrap();
    provider.receipt(&Callback { message_id, url, headers, body: body.as_bytes(), now: NOW })
}

fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// A callback of Twilio to `url`, signed by `token` for `signed_url` with `signed` fields.
fn from_twilio(
    token: &str,
    signed_url: &str,
    signed: &[(&str, &str)],
    url: &str,
    fields: &[(&str, &str)],
) -> Result<Receipt, NoReceipt> {
    let signature = signature::twilio(token, signed_url, signed);
    let headers = headers(&[("x-twilio-signature", &signature)]);
    let id = message(Channel::Sms).message_id;
    read(&twilio("http://localhost:1", TOKEN, number()), url, id, &headers, &form(fields))
}

#[test]
fn the_words_of_twilio_become_receipts() {
    let failed = |reason: &'static str| Ok(Receipt::Failed(reason.into()));
    for (fields, expected) in [
        (&[("MessageStatus", "queued")][..], Ok(Receipt::Underway)),
        (&[("MessageStatus", "accepted")], Ok(Receipt::Underway)),
        (&[("MessageStatus", "sending")], Ok(Receipt::Underway)),
        (&[("MessageStatus", "sent"), ("SmsStatus", "sent")], Ok(Receipt::Underway)),
        (&[("MessageStatus", "a word of tomorrow")], Ok(Receipt::Underway)),
        (&[("MessageStatus", "delivered"), ("To", "+14155552671")], Ok(Receipt::Delivered)),
        (&[("MessageStatus", "read")], Ok(Receipt::Delivered)),
        (&[("MessageStatus", "undelivered"), ("ErrorCode", "30003")], failed("twilio_30003")),
        (&[("MessageStatus", "failed"), ("ErrorCode", "30007")], failed("twilio_30007")),
        (&[("MessageStatus", "failed")], failed("twilio_failed")),
        (&[("MessageStatus", "undelivered"), ("ErrorCode", "")], failed("twilio_undelivered")),
        (&[("MessageStatus", "failed"), ("ErrorCode", "+14155552671")], failed("twilio_failed")),
        (&[("MessageStatus", "failed"), ("ErrorCode", "3000 x")], failed("twilio_failed")),
        (&[("CallStatus", "initiated")], Ok(Receipt::Underway)),
        (&[("CallStatus", "ringing")], Ok(Receipt::Underway)),
        (&[("CallStatus", "in-progress")], Ok(Receipt::Delivered)),
        (&[("CallStatus", "completed"), ("CallDuration", "9")], Ok(Receipt::Delivered)),
        (&[("CallStatus", "busy")], failed("call_busy")),
        (&[("CallStatus", "no-answer")], failed("call_no_answer")),
        (&[("CallStatus", "failed")], failed("call_failed")),
        (&[("CallStatus", "canceled")], failed("call_canceled")),
        (&[("MessageSid", "SM1")], Err(NoReceipt::Malformed)),
        (&[], Err(NoReceipt::Malformed)),
    ] {
        assert_eq!(from_twilio(TOKEN, RECEIPTS, fields, RECEIPTS, fields), expected, "{fields:?}");
    }
}

#[test]
fn row_36_what_twilio_did_not_sign_for_this_message_is_no_receipt() {
    let fields = [("MessageSid", "SM1"), ("MessageStatus", "delivered"), ("To", "+1 & ümlaut")];
    let other = RECEIPTS.replace("MESG-1", "MESG-2");
    assert_eq!(from_twilio(TOKEN, RECEIPTS, &fields, RECEIPTS, &fields), Ok(Receipt::Delivered));
    // A port that is the scheme's own is signed or not.
    let with_port = RECEIPTS.replace("auth.example", "auth.example:443");
    assert_eq!(from_twilio(TOKEN, &with_port, &fields, RECEIPTS, &fields), Ok(Receipt::Delivered));
    let unsigned = Err(NoReceipt::Unsigned);
    let more = [&fields[..], &[("ErrorCode", "1")]].concat();
    let changed = [fields[0], ("MessageStatus", "failed"), fields[2]];
    assert_eq!(from_twilio("another", RECEIPTS, &fields, RECEIPTS, &fields), unsigned);
    assert_eq!(from_twilio(TOKEN, &other, &fields, RECEIPTS, &fields), unsigned);
    assert_eq!(from_twilio(TOKEN, RECEIPTS, &fields, &other, &fields), unsigned);
    assert_eq!(from_twilio(TOKEN, RECEIPTS, &fields, RECEIPTS, &more), unsigned);
    assert_eq!(from_twilio(TOKEN, RECEIPTS, &fields, RECEIPTS, &changed), unsigned);
    assert_eq!(from_twilio(TOKEN, RECEIPTS, &fields, RECEIPTS, &[]), unsigned);
    let http = RECEIPTS.replace("https:", "http:");
    assert_eq!(from_twilio(TOKEN, &http, &fields, RECEIPTS, &fields), unsigned);
    let twilio = twilio("http://localhost:1", TOKEN, number());
    let id = message(Channel::Sms).message_id;
    for headers in [
        headers(&[]),
        headers(&[("x-twilio-signature", "")]),
        headers(&[("x-twilio-signature", "not base64")]),
        headers(&[("x-twilio-signature", "AAAA")]),
    ] {
        assert_eq!(read(&twilio, RECEIPTS, id, &headers, &form(&fields)), unsigned);
    }
}

/// What a gateway's headers are.
struct Signed {
    secret: &'static str,
    id: String,
    timestamp: i64,
    body: &'static str,
}

impl Signed {
    fn new(body: &'static str) -> Self {
        let id = message(Channel::Sms).message_id.to_string();
        Self { secret: SECRET, id, timestamp: NOW.as_seconds(), body }
    }

    fn signature(&self) -> String {
        signature::expected(self.secret, &self.id, &self.timestamp.to_string(), self.body)
    }

    fn read_with(&self, signature: &str, body: &str) -> Result<Receipt, NoReceipt> {
        let timestamp = self.timestamp.to_string();
        let headers = headers(&[
            ("webhook-id", &self.id),
            ("webhook-timestamp", &timestamp),
            ("webhook-signature", signature),
        ]);
        let id = message(Channel::Sms).message_id;
        read(&webhook("http://localhost:1"), RECEIPTS, id, &headers, body)
    }

    fn read(&self) -> Result<Receipt, NoReceipt> {
        self.read_with(&self.signature(), self.body)
    }
}

#[test]
fn the_words_of_a_gateway_become_receipts() {
    let failed = |reason: &'static str| Ok(Receipt::Failed(reason.into()));
    for (body, expected) in [
        (r#"{"status":"delivered"}"#, Ok(Receipt::Delivered)),
        (r#"{"status":"failed"}"#, failed("gateway_failed")),
        (r#"{"status":"failed","reason":"no_such_number"}"#, failed("no_such_number")),
        (r#"{"status":"failed","reason":"smpp_88"}"#, failed("smpp_88")),
        (r#"{"status":"failed","reason":"14155552671"}"#, Err(NoReceipt::Malformed)),
        (r#"{"status":"failed","reason":"Not there"}"#, Err(NoReceipt::Malformed)),
        (r#"{"status":"failed","reason":""}"#, Err(NoReceipt::Malformed)),
        (r#"{"status":"delivered","reason":"late"}"#, Err(NoReceipt::Malformed)),
        (r#"{"status":"sent"}"#, Err(NoReceipt::Malformed)),
        (r#"{"status":"delivered","x":1}"#, Err(NoReceipt::Malformed)),
        // A message that we signed ourselves, sent back.
        (r#"{"type":"message.send","data":{}}"#, Err(NoReceipt::Malformed)),
        ("delivered", Err(NoReceipt::Malformed)),
        ("", Err(NoReceipt::Malformed)),
    ] {
        assert_eq!(Signed::new(body).read(), expected, "{body}");
    }
}

#[test]
fn row_36_what_a_gateway_did_not_sign_for_this_message_now_is_no_receipt() {
    let signed = || Signed::new(r#"{"status":"delivered"}"#);
    let unsigned = Err(NoReceipt::Unsigned);
    for (age, expected) in [
        (300, Ok(Receipt::Delivered)),
        (-300, Ok(Receipt::Delivered)),
        (301, unsigned.clone()),
        (-301, unsigned.clone()),
    ] {
        let old = Signed { timestamp: NOW.as_seconds() - age, ..signed() };
        assert_eq!(old.read(), expected, "{age} s old");
    }
    let other = MessageId::new(NOW, [8; 10]).to_string();
    assert_eq!(Signed { id: other, ..signed() }.read(), unsigned);
    let secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(Signed { secret, ..signed() }.read(), unsigned);
    assert_eq!(signed().read_with(&signed().signature(), r#"{"status":"failed"}"#), unsigned);
    let right = signed().signature();
    let among = format!("v1,AAAA v1a,{right} {right}");
    assert_eq!(signed().read_with(&among, signed().body), Ok(Receipt::Delivered));
    for signature in ["", "v1,", "v1", "v1,AAAA", &right[3..], &right.replace("v1,", "v2,")] {
        assert_eq!(signed().read_with(signature, signed().body), unsigned, "{signature}");
    }
    let id = message(Channel::Sms).message_id;
    let missing = read(&webhook("http://localhost:1"), RECEIPTS, id, &headers(&[]), signed().body);
    assert_eq!(missing, unsigned);
}
