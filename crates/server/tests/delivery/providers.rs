//! What a provider's behaviour comes to for the end user.

use std::time::{Duration, Instant};

use super::stub::{Act, Stub};
use super::{sms_over, sms_within, text};
use crate::support::{Backend, EndUser, TestServer, Widget, eventually};

/// How long a hanging provider keeps whoever waits for it.
const HANG: Duration = Duration::from_mins(1);
/// Far less than that, and room for a busy machine.
const QUICK: Duration = Duration::from_secs(5);

async fn shop(server: &TestServer) -> (Backend, String) {
    let backend = server.client("Shop").await;
    let app = backend.live_app().await;
    (backend, app)
}

async fn shows(widget: &Widget, state: &str) {
    eventually(state, || async { (widget.open().await.state() == state).then_some(()) }).await;
}

async fn metric(server: &TestServer, outcome: &str, count: u64) {
    let line = format!(r#"onlyauth_messages_total{{channel="sms",outcome="{outcome}"}}"#);
    eventually(&line, || async { (server.metric(&line).await == count).then_some(()) }).await;
}

#[tokio::test]
async fn a_code_that_left_the_building_passes() {
    let stub = Stub::start(|_| Act::status(200)).await;
    let server = TestServer::routed(sms_over(&stub)).await;
    let (backend, app) = shop(&server).await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let form = widget.ask_by("sms").await;
    metric(&server, "sent", 1).await;
    let requests = stub.requests();
    assert_eq!(requests.len(), 1);
    let code: String = text(&requests[0]).chars().take(6).collect();
    assert_eq!(widget.check(&form, &code).await.state(), "passed");
}

#[tokio::test]
async fn a_refusal_shows_at_once_and_is_not_tried_again() {
    let stub = Stub::start(|_| Act::status(400)).await;
    let server = TestServer::routed(sms_over(&stub)).await;
    let (backend, app) = shop(&server).await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.ask_by("sms").await;
    shows(&widget, "delivery_failed").await;
    server.clock.advance(Duration::from_secs(20));
    metric(&server, "failed", 1).await;
    assert_eq!(stub.requests().len(), 1);
}

#[tokio::test]
async fn row_34_what_was_certainly_not_taken_is_tried_again_until_it_is_taken_once() {
    let stub = Stub::start(|_| Act::status(200)).await;
    for act in [Act::status(503), Act::status(429), Act::retry_after(429, "5")] {
        stub.then(act);
    }
    let server = TestServer::routed(sms_over(&stub)).await;
    let (backend, app) = shop(&server).await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.ask_by("sms").await;
    for (tries, wait) in [(1, 1), (2, 2), (3, 5)] {
        metric(&server, "retried", tries).await;
        server.clock.advance(Duration::from_secs(wait));
    }
    metric(&server, "sent", 1).await;
    let requests = stub.requests();
    assert_eq!(requests.len(), 4);
    let ids: Vec<&str> = requests.iter().map(|request| request.header("webhook-id")).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "one message: {ids:?}");
    assert_eq!(text(&requests[0]), text(&requests[3]), "and one code");
    assert_eq!(widget.open().await.state(), "code_sent");
}

#[tokio::test]
async fn a_provider_that_never_takes_it_is_given_up_within_seconds() {
    let stub = Stub::start(|_| Act::status(503)).await;
    let server = TestServer::routed(sms_over(&stub)).await;
    let (backend, app) = shop(&server).await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    widget.ask_by("sms").await;
    for (tries, wait) in [(1, 1), (2, 2), (3, 4), (4, 8)] {
        metric(&server, "retried", tries).await;
        server.clock.advance(Duration::from_secs(wait));
    }
    shows(&widget, "delivery_failed").await;
    assert_eq!(stub.requests().len(), 5);
}

#[tokio::test]
async fn row_34_what_may_have_been_taken_is_shown_and_never_sent_again() {
    for act in [Act::Reset, Act::Hang, Act::status(504)] {
        let stub = Stub::start(|_| Act::status(200)).await;
        stub.then(act.clone());
        let server = TestServer::routed(sms_over(&stub)).await;
        let (backend, app) = shop(&server).await;
        let widget = backend.widget(&app, &EndUser::ann()).await;
        widget.ask_by("sms").await;
        shows(&widget, "delivery_failed").await;
        metric(&server, "unknown", 1).await;
        // Another message is sent meanwhile, so that the worker has certainly looked at its outbox.
        server.clock.advance(Duration::from_mins(3));
        backend.widget(&app, &EndUser::number(1)).await.ask_by("sms").await;
        metric(&server, "sent", 1).await;
        assert_eq!(stub.requests().len(), 2, "{act:?}");
    }
}

#[tokio::test]
async fn row_35_a_provider_that_hangs_slows_no_answer_and_no_other_app() {
    let stub = Stub::start(|_| Act::Hang).await;
    let server = TestServer::routed(sms_within(&stub, HANG)).await;
    let (backend, app) = shop(&server).await;
    let other = server.client("Other").await;
    let sandbox = other.sandbox_app().await;
    let mut slowest = Duration::ZERO;
    // More than the provider has places, and more than the worker does at once.
    for number in 0..80 {
        let widget = backend.widget(&app, &EndUser::number(number)).await;
        let started = Instant::now();
        assert_eq!(widget.ask_by("sms").await.state(), "sending");
        slowest = slowest.max(started.elapsed());
    }
    let started = Instant::now();
    other.pass(&sandbox, &EndUser::ann()).await;
    assert!(started.elapsed() < QUICK, "another app's login took {:?}", started.elapsed());
    assert!(slowest < QUICK, "an answer took {slowest:?}");
    assert!(!stub.requests().is_empty());
}

#[tokio::test]
async fn a_channel_without_a_provider_fails_visibly() {
    let server = TestServer::routed(onlyauth_delivery::Routes::default()).await;
    let (backend, app) = shop(&server).await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    assert_eq!(widget.open().await.state(), "provider_down");
    assert_eq!(widget.ask_by("sms").await.state(), "provider_down");
    // Nothing is queued that could not leave.
    let started = r#"onlyauth_logins_total{channel="sms",outcome="started"}"#;
    assert_eq!(server.metric(started).await, 0);
}
