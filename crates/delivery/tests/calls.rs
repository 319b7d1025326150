//! Twilio's Calls resource, as its documentation describes it.

use std::sync::Arc;

use data_encoding::BASE64;
use onlyauth_core::channel::Channel;
use onlyauth_delivery::twilio::Sender;
use onlyauth_delivery::{Accepted, Outgoing, Provider, Route, SendError};
use serde_json::json;

use crate::support::stub::{Act, Request, Stub};
use crate::support::{RECEIPTS, message};
use crate::twilio::{SID, TOKEN, fields, number, problem, twilio};

const CALL: &str = "CA00000000000000000000000000000009";

/// The resource: who asks, where, and with which fields.
fn api(request: &Request) -> Act {
    let basic = format!("Basic {}", BASE64.encode(format!("{SID}:{TOKEN}").as_bytes()));
    if request.header("authorization") != basic {
        return problem(401, 20003, "Authenticate");
    }
    if request.line != format!("POST /2010-04-01/Accounts/{SID}/Calls.json HTTP/1.1") {
        return problem(404, 20404, "The requested resource was not found");
    }
    let fields = fields(request);
    let field =
        |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, v)| v.as_str());
    match (field("To"), field("From"), field("Twiml")) {
        (None, ..) => problem(400, 21201, "No 'To' number specified"),
        (_, None, _) => problem(400, 21213, "No 'From' number specified"),
        (.., None) => problem(400, 21205, "Url parameter is required."),
        (Some(to), ..) if !to.starts_with("+1415") => {
            problem(400, 21211, &format!("Invalid 'To' Phone Number: {to}"))
        }
        (Some(to), Some(from), Some(_)) => {
            let created = json!({ "sid": CALL, "status": "queued", "to": to, "from": from });
            Act::json(201, &created.to_string())
        }
    }
}

fn call(body: &str, language: &str) -> Outgoing {
    Outgoing { body: body.to_owned(), language: language.to_owned(), ..message(Channel::Voice) }
}

fn taken() -> Accepted {
    Accepted { provider_message_id: Some(CALL.to_owned()) }
}

#[tokio::test]
async fn a_call_is_made_with_the_documented_fields() {
    let stub = Stub::start(api).await;
    let twilio = twilio(&stub.base, TOKEN, number());
    let said = "Ihr Code für B&B <1>: 0, 1, 2.";
    assert_eq!(twilio.send(call(said, "de")).await, Ok(taken()));
    let request = stub.requests().pop().unwrap();
    assert_eq!(request.header("content-type"), "application/x-www-form-urlencoded");
    let twiml = "<Response><Pause length=\"1\"/><Say voice=\"Polly.Vicki\" language=\"de-DE\">\
                 Ihr Code für B&amp;B &lt;1&gt;: 0, 1, 2.</Say></Response>";
    let expected = [
        ("To", "+14155552671"),
        ("From", "+15005550006"),
        ("Twiml", twiml),
        ("Timeout", "20"),
        ("StatusCallback", RECEIPTS),
        ("StatusCallbackEvent", "answered"),
        ("StatusCallbackEvent", "completed"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(fields(&request), expected);
}

#[tokio::test]
async fn the_text_has_a_voice_of_its_language() {
    let stub = Stub::start(api).await;
    let twilio = twilio(&stub.base, TOKEN, number());
    for (tag, voice, language) in [
        ("ar", "Polly.Zeina", "arb"),
        ("he", "Google.he-IL-Standard-A", "he-IL"),
        ("pt-BR", "Polly.Camila", "pt-BR"),
        ("zh-Hans", "Polly.Zhiyu", "cmn-CN"),
        ("tlh", "Polly.Joanna", "en-US"),
    ] {
        assert_eq!(twilio.send(call("1", tag)).await, Ok(taken()));
        let said = format!("<Say voice=\"{voice}\" language=\"{language}\">1</Say>");
        let twiml = &fields(&stub.requests().pop().unwrap())[2].1;
        assert!(twiml.contains(&said), "{tag}: {twiml}");
    }
}

#[tokio::test]
async fn refusals_of_calls_are_named_by_their_number() {
    let stub = Stub::start(api).await;
    let wrong = twilio(&stub.base, "another token", number()).send(call("1", "en")).await;
    assert_eq!(wrong, Err(SendError::Refused("twilio_20003".into())));
    let twilio = twilio(&stub.base, TOKEN, number());
    let phone = onlyauth_core::phone::PhoneNumber::parse("+12025550142").unwrap();
    let outgoing = Outgoing { phone, ..call("1", "en") };
    assert_eq!(twilio.send(outgoing).await, Err(SendError::Refused("twilio_21211".into())));
    stub.then(problem(400, 21215, "Account not authorized to call +14155552671"));
    let refused = Err(SendError::Refused("twilio_21215".into()));
    assert_eq!(twilio.send(call("1", "en")).await, refused);
    stub.then(problem(429, 20429, "Too many requests"));
    let throttled = SendError::NotNow { reason: "provider_throttles".into(), retry_after: None };
    assert_eq!(twilio.send(call("1", "en")).await, Err(throttled));
}

#[tokio::test]
async fn a_messaging_service_calls_nobody() {
    let stub = Stub::start(api).await;
    let service = Sender::MessagingService("MG00000000000000000000000000000002".to_owned());
    let sent = twilio(&stub.base, TOKEN, service).send(call("1", "en")).await;
    assert_eq!(sent, Err(SendError::Refused("service_can_not_call".into())));
    assert!(stub.requests().is_empty());
}

#[tokio::test]
async fn row_34_a_call_that_may_have_been_made_is_unknown() {
    let stub = Stub::start(api).await;
    let twilio = twilio(&stub.base, TOKEN, number());
    for (act, reason) in [(Act::Hang, "provider_timeout"), (Act::Reset, "connection_lost")] {
        stub.then(act);
        let unknown = Err(SendError::Unknown(reason.into()));
        assert_eq!(twilio.send(call("1", "en")).await, unknown);
    }
    assert_eq!(stub.requests().len(), 2);
}

#[tokio::test]
async fn row_35_calls_that_hang_keep_no_text_message_of_the_same_provider() {
    let stub = Stub::start(|request| {
        if request.line.contains("/Calls.json") {
            Act::Hang
        } else {
            Act::json(201, &json!({ "sid": "SM1" }).to_string())
        }
    })
    .await;
    let route = Route::new("carrier", Arc::new(twilio(&stub.base, TOKEN, number())));
    let calls: Vec<_> = (0..40)
        .map(|_| {
            let route = route.clone();
            tokio::spawn(async move { route.send(call("1", "en")).await })
        })
        .collect();
    for _ in 0..40 {
        assert!(route.send(message(Channel::Sms)).await.is_ok());
    }
    let mut busy = 0;
    for call in calls {
        match call.await.unwrap() {
            Err(SendError::NotNow { reason, .. }) if reason == "provider_busy" => busy += 1,
            other => assert_eq!(other, Err(SendError::Unknown("provider_timeout".into()))),
        }
    }
    assert_eq!(busy, 8);
}
