//! What providers tell afterwards, and what others tell in their name (security.md row 36).

use std::sync::Arc;
use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_delivery::twilio::{Account, AuthToken, Sender, Twilio};
use onlyauth_delivery::webhook::{SigningKey, Webhook};
use onlyauth_delivery::{Route, Routes};
use onlyauth_server::config::Config;

use super::stub::{Act, Stub};
use super::{SECRET, signature};
use crate::support::page::Page;
use crate::support::{EndUser, TestServer, Widget, eventually, form};

const TOKEN: &str = "the auth token";
const BASE: &str = "https://auth.example";

/// A server whose text messages and calls go over Twilio, and its WhatsApp messages over a gateway.
async fn server(stub: &Stub) -> TestServer {
    let timeout = Duration::from_secs(2);
    let account = Account {
        sid: "AC00000000000000000000000000000001".to_owned(),
        auth_token: AuthToken::new(TOKEN.to_owned()),
        sender: Sender::From("+15005550006".to_owned()),
        base_url: stub.base.parse().unwrap(),
    };
    let twilio = Route::new("carrier", Arc::new(Twilio::new(account, timeout).unwrap()));
    let key = SigningKey::parse(SECRET).unwrap();
    let webhook = Webhook::new(stub.base.parse().unwrap(), key, timeout).unwrap();
    let gateway = Route::new("gateway", Arc::new(webhook));
    let routes = Routes::new([
        (Channel::Sms, twilio.clone()),
        (Channel::Voice, twilio),
        (Channel::Whatsapp, gateway),
    ]);
    let public = |config: &mut Config| config.server.base_url = BASE.parse().unwrap();
    TestServer::routed_with(routes, public).await
}

async fn stub() -> Stub {
    Stub::start(|_| Act::json(201, r#"{"sid":"SM00000000000000000000000000000009"}"#)).await
}

/// A login whose message a provider has.
async fn asked(server: &TestServer, stub: &Stub, channel: &str) -> (Widget, Page, String) {
    let backend = server.client("Shop").await;
    let app = backend.live_app().await;
    let channels = [("allow_voice_channel", "1"), ("allow_whatsapp_channel", "1")];
    assert_eq!(backend.change(&app, &channels).await.status, 200);
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let before = stub.requests().len();
    let page = widget.ask_by(channel).await;
    let body =
        eventually("the message", || async { Some(stub.requests().get(before)?.body.clone()) })
            .await;
    (widget, page, body)
}

fn field(body: &str, name: &str) -> String {
    let mut fields = url::form_urlencoded::parse(body.as_bytes()).into_owned();
    fields.find(|(field, _)| field == name).unwrap().1
}

/// A login whose text message Twilio has, and the address that Twilio was told.
async fn sent(server: &TestServer, stub: &Stub) -> (Widget, String) {
    let (widget, _, body) = asked(server, stub, "sms").await;
    let url = field(&body, "StatusCallback");
    assert!(url.starts_with("https://auth.example/receipts/carrier/CLNT-"), "{url}");
    (widget, url)
}

/// Posts to the server what is addressed to `url`.
async fn post(server: &TestServer, url: &str, headers: &[(&str, &str)], body: String) -> u16 {
    let path = url.strip_prefix(BASE).unwrap();
    let mut request = server.http.post(format!("{}{path}", server.base())).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap().status().as_u16()
}

async fn tell(server: &TestServer, url: &str, signed_for: &str, fields: &[(&str, &str)]) -> u16 {
    let signature = signature::twilio(TOKEN, signed_for, fields);
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-twilio-signature", signature.as_str()),
    ];
    post(server, url, &headers, form(fields)).await
}

async fn outcome(server: &TestServer, provider: &str, outcome: &str) -> u64 {
    let labels = format!(r#"{{provider="{provider}",outcome="{outcome}"}}"#);
    server.metric(&format!("onlyauth_receipts_total{labels}")).await
}

/// Status and reason of a message by its address, as the database has them.
fn stored(server: &TestServer, url: &str) -> (String, Option<String>) {
    let database = rusqlite::Connection::open(server.data().join("onlyauth.db")).unwrap();
    let id = url.rsplit('/').next().unwrap();
    let select = "SELECT status, reason FROM outbox WHERE message_id = ?1";
    database.query_row(select, [id], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

#[tokio::test]
async fn row_36_ten_shuffled_and_repeated_callbacks_make_one_transition() {
    let words = [
        "queued",
        "delivered",
        "sent",
        "undelivered",
        "delivered",
        "sending",
        "undelivered",
        "read",
        "accepted",
        "delivered",
    ];
    // Each order begins elsewhere and leaps, so that sometimes the good news is first and sometimes the bad.
    for (start, leap) in [(0, 3), (3, 7), (6, 9), (9, 1)] {
        let stub = stub().await;
        let server = server(&stub).await;
        let (widget, url) = sent(&server, &stub).await;
        let mut expected = None;
        for step in 0..words.len() {
            let word = words[(start + step * leap) % words.len()];
            let fields = [("MessageSid", "SM9"), ("MessageStatus", word), ("ErrorCode", "30003")];
            assert_eq!(tell(&server, &url, &url, &fields).await, 204, "{word}");
            expected = expected.or(match word {
                "delivered" | "read" => Some(("delivered".to_owned(), None)),
                "undelivered" => Some(("failed".to_owned(), Some("twilio_30003".to_owned()))),
                _ => None,
            });
            if let Some(expected) = &expected {
                assert_eq!(&stored(&server, &url), expected, "after {word}");
            }
        }
        let delivered = outcome(&server, "carrier", "delivered").await;
        let failed = outcome(&server, "carrier", "failed").await;
        assert_eq!(delivered + failed, 1, "one transition");
        assert_eq!(outcome(&server, "carrier", "repeated").await, 5);
        assert_eq!(outcome(&server, "carrier", "underway").await, 4);
        let state = if failed == 1 { "delivery_failed" } else { "code_sent" };
        assert_eq!(widget.open().await.state(), state);
    }
}

#[tokio::test]
async fn row_36_unsigned_and_forged_callbacks_are_refused() {
    let stub = stub().await;
    let server = server(&stub).await;
    let (_, url) = sent(&server, &stub).await;
    let (_, other) = sent(&server, &stub).await;
    assert_ne!(url, other);
    eventually("our own note", || async { (stored(&server, &other).0 == "sent").then_some(()) })
        .await;
    let fields = [("MessageStatus", "delivered")];
    assert_eq!(post(&server, &other, &[], form(&fields)).await, 401, "unsigned");
    assert_eq!(tell(&server, &other, &url, &fields).await, 401, "another message's");
    let signature = signature::twilio(TOKEN, &other, &[("MessageStatus", "sent")]);
    let header = [("x-twilio-signature", signature.as_str())];
    assert_eq!(post(&server, &other, &header, form(&fields)).await, 401, "another body");
    let signature = signature::twilio("another token", &other, &fields);
    let header = [("x-twilio-signature", signature.as_str())];
    assert_eq!(post(&server, &other, &header, form(&fields)).await, 401, "another token");
    let signature = signature::expected(SECRET, "MESG-1", "0", "");
    let header = [("webhook-signature", signature.as_str())];
    assert_eq!(post(&server, &other, &header, String::new()).await, 401, "another provider's way");
    let long = "x".repeat(20_000);
    assert_eq!(post(&server, &other, &[], long).await, 413);
    assert_eq!(stored(&server, &other).0, "sent");
    assert_eq!(outcome(&server, "carrier", "unsigned").await, 5);
}

#[tokio::test]
async fn row_40_the_address_is_the_configured_one_whatever_the_request_says() {
    let stub = stub().await;
    let server = server(&stub).await;
    let (_, url) = sent(&server, &stub).await;
    let fields = [("MessageStatus", "delivered")];
    let spoofed = |signature| {
        [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("forwarded", "host=evil.example"),
            ("x-twilio-signature", signature),
        ]
    };
    let evil = url.replace("auth.example", "evil.example");
    let forged = signature::twilio(TOKEN, &evil, &fields);
    assert_eq!(post(&server, &url, &spoofed(&forged), form(&fields)).await, 401);
    let right = signature::twilio(TOKEN, &url, &fields);
    assert_eq!(post(&server, &url, &spoofed(&right), form(&fields)).await, 204);
    assert_eq!(stored(&server, &url).0, "delivered");
}

#[tokio::test]
async fn what_is_at_no_address_or_says_nothing_is_told_apart_only_when_signed() {
    let stub = stub().await;
    let server = server(&stub).await;
    let (_, url) = sent(&server, &stub).await;
    let fields = [("MessageStatus", "delivered")];
    // A message that does not exist: who is no provider can't ask, and the provider learns nothing.
    let last = if url.ends_with('0') { "1" } else { "0" };
    let nobodys = format!("{}{last}", &url[..url.len() - 1]);
    assert_eq!(post(&server, &nobodys, &[], form(&fields)).await, 401);
    assert_eq!(tell(&server, &nobodys, &nobodys, &fields).await, 204);
    assert_eq!(tell(&server, &url, &url, &[("MessageSid", "SM9")]).await, 400);
    for unknown in [
        url.replace("/carrier/", "/another/"),
        url.replace("/MESG-", "/mesg-"),
        url.replace("/CLNT-", "/"),
        format!("{url}/more"),
    ] {
        assert_eq!(tell(&server, &unknown, &unknown, &fields).await, 404, "{unknown}");
    }
    let got = server.http.get(url.replace(BASE, &server.base())).send().await.unwrap();
    assert_eq!(got.status().as_u16(), 405);
    assert_eq!(outcome(&server, "carrier", "malformed").await, 1);
    assert_ne!(stored(&server, &url).0, "delivered");
}

#[tokio::test]
async fn a_receipt_may_overtake_the_answer_to_the_hand_over() {
    let stub = stub().await;
    // Twilio has the message, and its answer never comes.
    stub.then(Act::Hang);
    let server = server(&stub).await;
    let (widget, url) = sent(&server, &stub).await;
    assert_eq!(stored(&server, &url).0, "sending");
    assert_eq!(tell(&server, &url, &url, &[("MessageStatus", "delivered")]).await, 204);
    let unknown = r#"onlyauth_messages_total{channel="sms",outcome="unknown"}"#;
    eventually("the worker to give up", || async {
        (server.metric(unknown).await == 1).then_some(())
    })
    .await;
    assert_eq!(stored(&server, &url).0, "delivered");
    assert_eq!(widget.open().await.state(), "code_sent");
}

#[tokio::test]
async fn a_gateway_tells_by_its_own_secret() {
    let stub = stub().await;
    let server = server(&stub).await;
    let (widget, _, body) = asked(&server, &stub, "whatsapp").await;
    let event: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(event["data"]["language"], "en");
    let url = event["data"]["receipt_url"].as_str().unwrap().to_owned();
    let id = event["data"]["message_id"].as_str().unwrap();
    assert!(url.starts_with("https://auth.example/receipts/gateway/CLNT-"), "{url}");
    eventually("our own note", || async { (stored(&server, &url).0 == "sent").then_some(()) })
        .await;
    let now = server.clock.now().as_seconds();
    let tell = async |timestamp: i64, body: &str| {
        let timestamp = timestamp.to_string();
        let signature = signature::expected(SECRET, id, &timestamp, body);
        let headers = [
            ("webhook-id", id),
            ("webhook-timestamp", timestamp.as_str()),
            ("webhook-signature", signature.as_str()),
        ];
        post(&server, &url, &headers, body.to_owned()).await
    };
    let body = r#"{"status":"failed","reason":"unreachable"}"#;
    assert_eq!(tell(now - 301, body).await, 401, "too old");
    assert_eq!(tell(now, "{}").await, 400);
    assert_eq!(tell(now, body).await, 204);
    assert_eq!(tell(now, r#"{"status":"delivered"}"#).await, 204, "no news");
    assert_eq!(stored(&server, &url), ("failed".to_owned(), Some("unreachable".to_owned())));
    assert_eq!(widget.open().await.state(), "delivery_failed");
    assert_eq!(outcome(&server, "gateway", "failed").await, 1);
    assert_eq!(outcome(&server, "gateway", "repeated").await, 1);
}

#[tokio::test]
async fn a_call_says_the_code_and_tells_that_nobody_answered() {
    let stub = stub().await;
    let server = server(&stub).await;
    let (widget, page, body) = asked(&server, &stub, "voice").await;
    assert!(stub.requests()[0].line.contains("/Calls.json "), "{}", stub.requests()[0].line);
    let url = field(&body, "StatusCallback");
    for (word, status) in [("ringing", 204), ("no-answer", 204), ("completed", 204)] {
        assert_eq!(tell(&server, &url, &url, &[("CallStatus", word)]).await, status);
    }
    assert_eq!(stored(&server, &url), ("failed".to_owned(), Some("call_no_answer".to_owned())));
    assert_eq!(widget.open().await.state(), "delivery_failed");
    // The code is good all the same.
    let said = field(&body, "Twiml");
    let (_, digits) = said.split_once("code is ").unwrap();
    let code = digits.split_once('.').unwrap().0.replace(", ", "");
    let page = widget.settled(page).await;
    assert_eq!(widget.check(&page, &code).await.state(), "passed", "{said}");
}
