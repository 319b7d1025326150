//! How often an operation is sent, seen from the server.

use std::time::{Duration, Instant};

use onlyauth_client::{CallOptions, Error, Operation, Repeat, RetryPolicy};

use crate::support::calls::GOOD;
use crate::support::{Act, Stub, at, builder, call, client, quick, refused};

/// Answers of the API that each operation takes for its success.
#[tokio::test]
async fn an_operation_is_sent_again_only_where_that_is_safe() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{";
    let client = client("http://localhost:1");
    let plain = |status| Act::Answer(status, String::new(), String::new());
    for (failure, always, if_nothing_was_done) in [
        (Act::refusal(429, "rate_limited"), true, true),
        (Act::refusal(503, "overloaded"), true, true),
        (Act::refusal(503, "outcome_unknown"), true, false),
        (plain(502), true, false),
        (plain(503), true, false),
        (plain(504), true, false),
        (Act::Reset, true, false),
        (Act::Close(""), true, false),
        (Act::Close("HTTP/1.1 20"), true, false),
        (Act::Close(head), true, false),
        (Act::CloseHard(head), true, false),
        (Act::refusal(500, "internal"), false, false),
        (Act::refusal(400, "invalid_request"), false, false),
        (Act::refusal(401, "invalid_auth_token"), false, false),
        (Act::refusal(404, "not_found"), false, false),
        (plain(302), false, false),
    ] {
        for operation in Operation::ALL {
            let stub = Stub::start([failure.clone(), failure.clone(), Act::json(200, GOOD)]).await;
            let result = call(&at(&client, &stub), operation).await;
            let again = match operation.repeat() {
                Repeat::Always => always,
                Repeat::IfNothingWasDone => if_nothing_was_done,
                Repeat::IfNotSent => false,
            };
            let what = format!("{operation:?} after {failure:?}");
            assert_eq!(stub.requests().len(), if again { 3 } else { 1 }, "{what}");
            if again {
                assert!(result.is_ok(), "{what}: {result:?}");
            } else {
                refused(result);
            }
        }
    }
}

#[test]
fn what_must_not_happen_twice_is_never_sent_again() {
    for operation in Operation::ALL {
        let expected = match operation {
            Operation::ValidateSuccessToken
            | Operation::ValidateSuccessTokenByForm
            | Operation::NewApp => Repeat::IfNotSent,
            Operation::UpdateApp
            | Operation::DeleteApp
            | Operation::RemoveFactor
            | Operation::ForgetTrustedDevice
            | Operation::ForgetTrustedDevices
            | Operation::ResetUser
            | Operation::EraseUser => Repeat::IfNothingWasDone,
            _ => Repeat::Always,
        };
        assert_eq!(operation.repeat(), expected, "{operation:?}");
    }
}

#[tokio::test]
async fn the_last_answer_is_given_where_trying_is_over() {
    let stub = Stub::start([Act::refusal(503, "overloaded")]).await;
    let short = RetryPolicy { max_elapsed: Duration::from_secs(1), ..quick() };
    let client = client(&stub.base).with(&CallOptions::new().retry(short));
    let raw = client.send(onlyauth_client::Call::new(Operation::GetApps)).await.unwrap();
    assert_eq!(raw.status(), 503);
    assert_eq!(raw.attempts() as usize, stub.requests().len());
    assert!(raw.attempts() > 1);
    let error = refused(call(&client, Operation::GetApps).await);
    assert_eq!(error.code(), Some("overloaded"));
    assert!(!error.may_have_taken_effect());
}

#[tokio::test]
async fn a_policy_that_says_never_is_heard() {
    let stub = Stub::start([Act::refusal(503, "overloaded")]).await;
    let client = builder(&stub.base).retry(RetryPolicy::never()).build().unwrap();
    for operation in Operation::ALL {
        refused(call(&client, operation).await);
    }
    assert_eq!(stub.requests().len(), Operation::ALL.len());
}

#[tokio::test]
async fn a_server_is_left_alone_as_long_as_it_asks() {
    let busy = Act::refusal(429, "rate_limited").with("Retry-After: 1");
    let stub = Stub::start([busy, Act::json(200, GOOD)]).await;
    let begun = Instant::now();
    call(&client(&stub.base), Operation::CreateAccessToken).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1));
    assert_eq!(stub.requests().len(), 2);
}

#[tokio::test]
async fn a_server_that_asks_for_too_long_gets_its_answer_told_at_once() {
    let date = "Date: Tue, 24 Nov 2026 12:00:00 GMT";
    let until = "Retry-After: Tue, 24 Nov 2026 12:01:00 GMT";
    for busy in [
        Act::refusal(429, "rate_limited").with("Retry-After: 60"),
        Act::refusal(429, "rate_limited").with(date).with(until),
    ] {
        let stub = Stub::start([busy]).await;
        let begun = Instant::now();
        let error = refused(call(&client(&stub.base), Operation::CreateAccessToken).await);
        let Error::Api(refusal) = error else { panic!("{error}") };
        assert_eq!(refusal.retry_after, Some(Duration::from_mins(1)));
        assert_eq!(stub.requests().len(), 1);
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn waiting_never_outlasts_the_calls_own_time() {
    let busy = Act::refusal(429, "rate_limited").with("Retry-After: 3");
    let stub = Stub::start([busy]).await;
    let begun = Instant::now();
    let client = builder(&stub.base).timeout(Duration::from_secs(2)).build().unwrap();
    let error = refused(call(&client, Operation::CreateAccessToken).await);
    assert_eq!(error.status(), Some(429));
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn the_last_attempt_gets_what_is_left_of_the_calls_time() {
    let stub = Stub::start([Act::Hang]).await;
    let client = builder(&stub.base)
        .timeout(Duration::from_secs(1))
        .attempt_timeout(Duration::from_millis(700))
        .build()
        .unwrap();
    let error = refused(call(&client, Operation::GetApps).await);
    let Error::Timeout { after, .. } = error else { panic!("{error:?}") };
    assert!(after <= Duration::from_millis(300), "{after:?}");
}
