//! Twilio's Messages resource, as its documentation describes it.

use data_encoding::BASE64;
use onlyauth_core::channel::Channel;
use onlyauth_delivery::twilio::{Account, AuthToken, Sender, Twilio};
use onlyauth_delivery::{Accepted, Outgoing, Provider, SendError};
use serde_json::json;

use crate::support::stub::{Act, Request, Stub};
use crate::support::{RECEIPTS, TEXT, TIMEOUT, message};

pub(crate) const SID: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "the auth token";
const MESSAGE: &str = "SM00000000000000000000000000000009";

pub(crate) fn twilio(base: &str, token: &str, sender: Sender) -> Twilio {
    let account = Account {
        sid: SID.to_owned(),
        auth_token: AuthToken::new(token.to_owned()),
        sender,
        base_url: base.parse().unwrap(),
    };
    Twilio::new(account, TIMEOUT).unwrap()
}

pub(crate) fn number() -> Sender {
    Sender::From("+15005550006".to_owned())
}

pub(crate) fn fields(request: &Request) -> Vec<(String, String)> {
    url::form_urlencoded::parse(request.body.as_bytes()).into_owned().collect()
}

pub(crate) fn problem(status: u16, code: u32, message: &str) -> Act {
    let more_info = format!("https://www.twilio.com/docs/errors/{code}");
    let body =
        json!({ "code": code, "message": message, "more_info": more_info, "status": status });
    Act::json(status, &body.to_string())
}

/// The resource: who asks, where, and with which fields.
fn api(request: &Request) -> Act {
    let basic = format!("Basic {}", BASE64.encode(format!("{SID}:{TOKEN}").as_bytes()));
    if request.header("authorization") != basic {
        return problem(401, 20003, "Authenticate");
    }
    if request.line != format!("POST /2010-04-01/Accounts/{SID}/Messages.json HTTP/1.1") {
        return problem(404, 20404, "The requested resource was not found");
    }
    let fields = fields(request);
    let field =
        |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, v)| v.as_str());
    match field("To") {
        None => problem(400, 21604, "A 'To' phone number is required."),
        Some(to) if !to.trim_start_matches("whatsapp:").starts_with("+1415") => {
            problem(400, 21211, &format!("The 'To' number {to} is not a valid phone number."))
        }
        Some(_) if field("From").is_none() && field("MessagingServiceSid").is_none() => {
            problem(400, 21603, "A 'From' phone number is required.")
        }
        Some(_) if field("Body").is_none() => problem(400, 21602, "Message body is required."),
        Some(to) => {
            let created =
                json!({ "sid": MESSAGE, "status": "queued", "to": to, "error_code": null });
            Act::json(201, &created.to_string())
        }
    }
}

fn taken() -> Accepted {
    Accepted { provider_message_id: Some(MESSAGE.to_owned()) }
}

#[tokio::test]
async fn a_message_is_created_with_the_documented_fields() {
    let stub = Stub::start(api).await;
    let service = Sender::MessagingService("MG00000000000000000000000000000002".to_owned());
    for (channel, sender, to, from) in [
        (Channel::Sms, number(), "+14155552671", ("From", "+15005550006")),
        (Channel::Whatsapp, number(), "whatsapp:+14155552671", ("From", "whatsapp:+15005550006")),
        (
            Channel::Sms,
            service,
            "+14155552671",
            ("MessagingServiceSid", "MG00000000000000000000000000000002"),
        ),
    ] {
        assert_eq!(twilio(&stub.base, TOKEN, sender).send(message(channel)).await, Ok(taken()));
        let request = stub.requests().pop().unwrap();
        assert_eq!(request.header("content-type"), "application/x-www-form-urlencoded");
        let expected = [
            ("To", to),
            from,
            ("Body", TEXT),
            ("ValidityPeriod", "300"),
            ("StatusCallback", RECEIPTS),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(fields(&request), expected);
    }
}

#[tokio::test]
async fn refusals_are_named_by_their_number_and_never_repeat_the_phone() {
    let stub = Stub::start(api).await;
    let wrong = twilio(&stub.base, "another token", number()).send(message(Channel::Sms)).await;
    assert_eq!(wrong, Err(SendError::Refused("twilio_20003".into())));
    let twilio = twilio(&stub.base, TOKEN, number());
    let phone = onlyauth_core::phone::PhoneNumber::parse("+12025550142").unwrap();
    let outgoing = Outgoing { phone, ..message(Channel::Sms) };
    assert_eq!(twilio.send(outgoing).await, Err(SendError::Refused("twilio_21211".into())));
    for (status, code) in [(400, 21610), (403, 20005), (404, 20404), (422, 20422)] {
        stub.then(problem(status, code, "To +14155552671"));
        let expected = SendError::Refused(format!("twilio_{code}").into());
        assert_eq!(twilio.send(message(Channel::Sms)).await, Err(expected));
    }
    stub.then(Act::Answer(404, String::new(), "<html>".to_owned()));
    let expected = SendError::Refused("twilio_http_404".into());
    assert_eq!(twilio.send(message(Channel::Sms)).await, Err(expected));
}

#[tokio::test]
async fn a_callback_that_twilio_can_not_use_is_left_out() {
    let stub = Stub::start(api).await;
    let twilio = twilio(&stub.base, TOKEN, number());
    for (base, used) in [
        ("https://auth.example", true),
        ("http://auth.example:8080", true),
        ("http://localhost:8080", false),
        ("http://auth.localhost", false),
        ("https://192.0.2.7", false),
        ("http://[2001:db8::7]", false),
    ] {
        for channel in [Channel::Sms, Channel::Voice] {
            let receipt_url = format!("{base}/receipts/carrier/1/2").parse().unwrap();
            let outgoing = Outgoing { receipt_url, ..message(channel) };
            let _ = twilio.send(outgoing).await;
            let request = stub.requests().pop().unwrap();
            let told = fields(&request).iter().any(|(name, _)| name.starts_with("StatusCallback"));
            assert_eq!(told, used, "{base} {channel}");
        }
    }
}

#[tokio::test]
async fn other_channels_are_not_carried_and_ask_nobody() {
    let stub = Stub::start(api).await;
    let sent = twilio(&stub.base, TOKEN, number()).send(message(Channel::Push)).await;
    assert_eq!(sent, Err(SendError::Refused("channel_not_carried".into())));
    assert!(stub.requests().is_empty());
}

#[tokio::test]
async fn an_answer_that_breaks_off_after_its_status_still_counts() {
    let stub = Stub::start(api).await;
    let twilio = twilio(&stub.base, TOKEN, number());
    stub.then(Act::HalfAnswer(201));
    assert_eq!(twilio.send(message(Channel::Sms)).await, Ok(Accepted::default()));
    stub.then(Act::HalfAnswer(400));
    let refused = SendError::Refused("twilio_http_400".into());
    assert_eq!(twilio.send(message(Channel::Sms)).await, Err(refused));
    assert_eq!(stub.requests().len(), 2);
}
