//! What can go wrong between a client and its server: each fault has its error, in time, and it keeps quiet.

use std::time::{Duration, Instant};

use onlyauth_client::{Client, ConnectKind, Error, Operation, RetryPolicy};
use tokio::net::TcpSocket;
use tokio::task::JoinSet;

use crate::support::calls::validation;
use crate::support::{Act, Stub, at, builder, call, client, eventually, quick, refused};

const HEAD: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{";
/// What calls are allowed that run out of time, and what a slow machine may take besides.
const LIMIT: Duration = Duration::from_secs(2);
const SLACK: Duration = Duration::from_secs(10);

/// Calls each operation, all at once; the error is one that `expected` takes, and in time.
async fn each_operation(client: &Client, expected: impl Fn(&Error) -> bool) {
    let begun = Instant::now();
    let mut calls = JoinSet::new();
    for operation in Operation::ALL {
        let client = client.clone();
        calls.spawn(async move { (operation, call(&client, operation).await) });
    }
    for (operation, result) in calls.join_all().await {
        let error = refused(result);
        assert!(expected(&error), "{operation:?}: {error:?}");
    }
    assert!(begun.elapsed() < client.timeout() + SLACK, "{:?}", begun.elapsed());
}

fn hasty(base: &str) -> Client {
    builder(base).timeout(LIMIT).build().unwrap()
}

#[tokio::test]
async fn a_server_that_is_gone() {
    // Bound and not listening: nobody else can get the port, and whoever connects is refused.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let base = format!("http://{}", socket.local_addr().unwrap());
    let short = RetryPolicy { max_elapsed: Duration::from_millis(300), ..quick() };
    let client = builder(&base).retry(short).build().unwrap();
    each_operation(&client, |error| {
        let Error::Connect(cause) = error else { return false };
        assert!(error.to_string().contains(&base) && !error.may_have_taken_effect());
        cause.kind() == ConnectKind::Unreachable
    })
    .await;
}

#[tokio::test]
async fn a_server_that_has_no_name() {
    // Longer than any resolver takes to give up.
    let patient = builder("https://no-such-host.invalid").connect_timeout(Duration::from_mins(1));
    let patient = patient.timeout(Duration::from_mins(1)).retry(RetryPolicy::never());
    let error = refused(call(&patient.build().unwrap(), Operation::GetApps).await);
    let Error::Connect(cause) = &error else { panic!("{error:?}") };
    assert_eq!(cause.kind(), ConnectKind::NameNotFound, "{error}");
}

#[tokio::test]
async fn a_server_that_hangs() {
    let stub = Stub::start([Act::Hang]).await;
    let timed_out = |error: &Error| {
        matches!(error, Error::Timeout { status: None, .. }) && error.may_have_taken_effect()
    };
    each_operation(&hasty(&stub.base), timed_out).await;
    assert_eq!(stub.requests().len(), Operation::ALL.len());
}

#[tokio::test]
async fn a_server_that_hangs_once() {
    let good = r#"{"apps":[]}"#;
    let stub = Stub::start([Act::Hang, Act::Hang, Act::json(200, good)]).await;
    let impatient = builder(&stub.base).attempt_timeout(Duration::from_millis(50)).build().unwrap();
    assert!(call(&impatient, Operation::GetApps).await.is_ok());
    assert!(stub.requests().len() >= 3);
}

#[tokio::test]
async fn a_server_that_hangs_in_the_middle_of_its_answer() {
    let stub = Stub::start([Act::Stall(HEAD)]).await;
    let timed_out = |error: &Error| matches!(error, Error::Timeout { status: Some(200), .. });
    each_operation(&hasty(&stub.base), timed_out).await;
}

#[tokio::test]
async fn a_connection_that_breaks() {
    let client = builder("http://localhost:1").retry(RetryPolicy::never()).build().unwrap();
    for (act, expected) in [
        (Act::Reset, None),
        (Act::Close(""), None),
        (Act::Close("HTTP/1.1 200 OK\r\ncontent-ty"), None),
        (Act::CloseHard("HTTP/1.1 200 OK\r\ncontent-ty"), None),
        (Act::Close("no http at all\r\n\r\n"), None),
        (Act::Close(HEAD), Some(200)),
        (Act::CloseHard(HEAD), Some(200)),
    ] {
        let stub = Stub::start([act.clone()]).await;
        let client = at(&client, &stub);
        for operation in Operation::ALL {
            let error = refused(call(&client, operation).await);
            let Error::Broken { status, .. } = &error else { panic!("{act:?}: {error:?}") };
            assert_eq!(*status, expected, "{act:?}");
            assert!(error.may_have_taken_effect());
        }
    }
}

/// Where HTTP libraries are used to sending again by themselves.
#[tokio::test]
async fn a_kept_connection_that_breaks_under_the_next_request() {
    let good = r#"{"token":"t","end_user_uuid":"user-hush-42","end_user_phone_number":"+1"}"#;
    for breaks in [Act::Reset, Act::Close("")] {
        let stub = Stub::start([Act::json(200, good), breaks, Act::json(200, good)]).await;
        let client = client(&stub.base);
        client.validate_success_token(&validation()).await.unwrap();
        let error = refused(client.validate_success_token(&validation()).await);
        assert!(matches!(error, Error::Broken { status: None, .. }), "{error:?}");
        assert_eq!((stub.requests().len(), stub.connections()), (2, 1));
    }
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_meanwhile() {
    let good = r#"{"token":"t","end_user_uuid":"user-hush-42","end_user_phone_number":"+1"}"#;
    let stub = Stub::start([Act::AnswerAndClose(good.to_owned()), Act::json(200, good)]).await;
    let client = client(&stub.base);
    client.validate_success_token(&validation()).await.unwrap();
    stub.when_left().await;
    client.validate_success_token(&validation()).await.unwrap();
    assert_eq!((stub.requests().len(), stub.connections()), (2, 2));
}

#[tokio::test]
async fn a_body_of_ten_megabytes() {
    let stub = Stub::start([Act::json(200, &" ".repeat(10_000_000))]).await;
    let too_large =
        |error: &Error| matches!(error, Error::TooLarge { status: 200, limit: 1_048_576 });
    each_operation(&client(&stub.base), too_large).await;
    assert_eq!(stub.requests().len(), Operation::ALL.len());
}

#[tokio::test]
async fn a_body_without_an_end() {
    let stub = Stub::start([Act::Endless]).await;
    let error = refused(call(&client(&stub.base), Operation::GetApps).await);
    assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
    // Left after the bound: what more was poured is what the system's own buffers hold.
    let poured = stub.when_left().await;
    assert!(poured < 20_000_000, "{poured} bytes");
}

#[tokio::test]
async fn the_bound_is_the_longest_body_that_is_read() {
    let text = format!(r#"{{"apps":[]{}}}"#, " ".repeat(1_000));
    for (bound, read) in [(text.len(), true), (text.len() - 1, false)] {
        let headers = "content-type: application/json\r\nconnection: close\r\n".to_owned();
        let stub = Stub::start([Act::Answer(200, headers, text.clone())]).await;
        let client = builder(&stub.base).max_response_bytes(bound).build().unwrap();
        assert_eq!(call(&client, Operation::GetApps).await.is_ok(), read, "{bound}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Stub::start([Act::json(200, r#"{"apps":[]}"#)]).await;
    let client = client("http://localhost:1");
    for status in [301, 302, 303, 307, 308] {
        let location = format!("location: {}/apps\r\n", elsewhere.base);
        let stub = Stub::start([Act::Answer(status, location, String::new())]).await;
        each_operation(
            &at(&client, &stub),
            |error| matches!(error, Error::Redirect(raw) if raw.status() == status),
        )
        .await;
        assert_eq!(stub.requests().len(), Operation::ALL.len());
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn a_call_that_is_dropped_is_over() {
    let stub = Stub::start([Act::Endless]).await;
    let client = client(&stub.base);
    let call = tokio::spawn(async move { client.validate_success_token(&validation()).await });
    eventually("a request", || (!stub.requests().is_empty()).then_some(())).await;
    call.abort();
    // The stub notices that its caller has left, and nobody comes back.
    stub.when_left().await;
    assert_eq!((stub.requests().len(), stub.connections()), (1, 1));
}
