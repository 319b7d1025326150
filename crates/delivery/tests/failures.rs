//! What a provider's failures mean for the message: the difference between 'certainly not taken' and 'perhaps'
//! is the difference between another try and none (security.md rows 34 and 35).

use std::sync::Arc;
use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_delivery::{Accepted, Provider, Route, Routes, SendError};
use tokio::net::TcpListener;

use crate::support::stub::{Act, Stub};
use crate::support::{message, webhook};

async fn send(url: &str) -> Result<Accepted, SendError> {
    webhook(url).send(message(Channel::Sms)).await
}

#[tokio::test]
async fn statuses_say_whether_another_try_is_safe() {
    let not_now = |reason: &'static str, secs: Option<u64>| SendError::NotNow {
        reason: reason.into(),
        retry_after: secs.map(Duration::from_secs),
    };
    let stub = Stub::start(|_| Act::status(200)).await;
    for (act, expected) in [
        (Act::status(429), not_now("provider_throttles", None)),
        (Act::retry_after(429, "7"), not_now("provider_throttles", Some(7))),
        (Act::retry_after(503, "2"), not_now("provider_error", Some(2))),
        (Act::retry_after(503, "soon"), not_now("provider_error", None)),
        (Act::status(500), not_now("provider_error", None)),
        (Act::status(408), not_now("provider_error", None)),
        (Act::status(502), SendError::Unknown("gateway_error".into())),
        (Act::status(504), SendError::Unknown("gateway_error".into())),
        (Act::status(302), SendError::Refused("webhook_302".into())),
        (Act::status(410), SendError::Refused("webhook_410".into())),
    ] {
        stub.then(act.clone());
        assert_eq!(send(&stub.base).await, Err(expected), "{act:?}");
    }
    assert_eq!(stub.requests().len(), 10, "each was asked once, and no redirect was followed");
}

#[tokio::test]
async fn row_34_what_may_have_been_taken_is_unknown() {
    let stub = Stub::start(|_| Act::status(200)).await;
    stub.then(Act::Reset);
    assert_eq!(send(&stub.base).await, Err(SendError::Unknown("connection_lost".into())));
    stub.then(Act::Hang);
    assert_eq!(send(&stub.base).await, Err(SendError::Unknown("provider_timeout".into())));
    assert_eq!(stub.requests().len(), 2, "nothing is sent again inside a send");
}

#[tokio::test]
async fn who_can_not_be_reached_has_certainly_taken_nothing() {
    let unreachable =
        Err(SendError::NotNow { reason: "provider_unreachable".into(), retry_after: None });
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    assert_eq!(send(&format!("http://{closed}/")).await, unreachable);
    // Accepts connections and never says a word of TLS.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    assert_eq!(send(&format!("https://{address}/")).await, unreachable);
    // Speaks, but no TLS.
    let plain = Stub::start(|_| Act::status(200)).await;
    assert_eq!(send(&plain.base.replace("http:", "https:")).await, unreachable);
}

#[tokio::test]
async fn a_huge_answer_is_not_read_to_its_end() {
    let huge = Act::Answer(200, String::new(), "x".repeat(8 * 1024 * 1024));
    let stub = Stub::start(move |_| huge.clone()).await;
    assert_eq!(send(&stub.base).await, Ok(Accepted::default()));
}

#[tokio::test]
async fn row_35_a_provider_that_hangs_holds_only_its_own_places() {
    let (hung, healthy) =
        (Stub::start(|_| Act::Hang).await, Stub::start(|_| Act::status(200)).await);
    let route = |name, stub: &Stub| Route::new(name, Arc::new(webhook(&stub.base)));
    let routes = Routes::new([
        (Channel::Sms, route("hung", &hung)),
        (Channel::Voice, route("healthy", &healthy)),
    ]);
    let send = |channel| {
        let route = routes.of(channel).unwrap().clone();
        tokio::spawn(async move { route.send(message(channel)).await })
    };
    let stuck: Vec<_> = (0..40).map(|_| send(Channel::Sms)).collect();
    for _ in 0..40 {
        assert_eq!(send(Channel::Voice).await.unwrap(), Ok(Accepted::default()));
    }
    let mut busy = 0;
    for sent in stuck {
        match sent.await.unwrap() {
            Err(SendError::NotNow { reason, .. }) if reason == "provider_busy" => busy += 1,
            other => assert_eq!(other, Err(SendError::Unknown("provider_timeout".into()))),
        }
    }
    assert_eq!(busy, 8, "beyond its 32 places nobody waits");
    assert!(routes.of(Channel::Whatsapp).is_none());
}
