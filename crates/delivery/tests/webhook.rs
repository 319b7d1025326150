//! The signed webhook, as a gateway receives it.

use onlyauth_core::channel::Channel;
use onlyauth_delivery::{Accepted, Provider, SendError};
use serde_json::json;

use crate::support::signature::expected;
use crate::support::stub::{Act, Request, Stub};
use crate::support::{NOW, RECEIPTS, SECRET, TEXT, message, webhook};

/// A gateway that checks what Standard Webhooks tell a receiver to check.
fn gateway(request: &Request) -> Act {
    let (id, timestamp) = (request.header("webhook-id"), request.header("webhook-timestamp"));
    if timestamp != NOW.as_seconds().to_string() {
        return Act::status(401);
    }
    let right = expected(SECRET, id, timestamp, &request.body);
    Act::status(if request.header("webhook-signature") == right { 204 } else { 401 })
}

#[tokio::test]
async fn the_gateway_gets_a_signed_message() {
    let stub = Stub::start(gateway).await;
    let sent = webhook(&format!("{}/send?queue=1", stub.base)).send(message(Channel::Voice)).await;
    assert_eq!(sent, Ok(Accepted::default()));
    let requests = stub.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].line, "POST /send?queue=1 HTTP/1.1");
    assert_eq!(requests[0].header("content-type"), "application/json");
    let id = message(Channel::Voice).message_id.to_string();
    assert_eq!(requests[0].header("webhook-id"), id);
    let body: serde_json::Value = serde_json::from_str(&requests[0].body).unwrap();
    let data = json!({
        "message_id": id,
        "channel": "voice",
        "to": "+14155552671",
        "text": TEXT,
        "language": "de",
        "expires_at": NOW.as_seconds() + 300,
        "receipt_url": RECEIPTS,
    });
    assert_eq!(body, json!({ "type": "message.send", "data": data }));
}

#[tokio::test]
async fn another_try_has_the_same_id() {
    let stub = Stub::start(gateway).await;
    stub.then(Act::status(503));
    let webhook = webhook(&stub.base);
    assert!(matches!(
        webhook.send(message(Channel::Sms)).await,
        Err(SendError::NotNow { retry_after: None, .. })
    ));
    assert!(webhook.send(message(Channel::Sms)).await.is_ok());
    let ids: Vec<String> =
        stub.requests().iter().map(|request| request.header("webhook-id").to_owned()).collect();
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_gateway_that_does_not_believe_the_signature_refuses() {
    let stub = Stub::start(|_| Act::status(401)).await;
    let sent = webhook(&stub.base).send(message(Channel::Sms)).await;
    assert_eq!(sent, Err(SendError::Refused("webhook_401".into())));
}
