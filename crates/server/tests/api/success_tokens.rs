//! validateSuccessToken.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::raw;
use crate::support::{Answer, Backend, EndUser, TestServer};

async fn passed(backend: &Backend, app: &str, user: &EndUser) -> String {
    backend.pass(app, user).await.1.success_token().unwrap()
}

#[tokio::test]
async fn the_answer_says_who_proved_what_when() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let path = format!(
        "/server/success-tokens?app_id={app}&client_id={}&token={token}",
        backend.client_id
    );
    let answer = backend.get(&path).await;
    assert_eq!(answer.status, 200);
    let uuid = token.strip_prefix("TOKN-").unwrap()[..36].to_owned();
    assert_eq!(
        answer.json(),
        json!({
            "token": token,
            "end_user_uuid": "ann",
            "end_user_phone_number": "+12025550101",
            "action_id": format!("ACTN-{uuid}"),
            "app_id": app,
            "channels": ["sms"],
            "channel": "sms",
            "amr": ["sms", "otp"],
            "timestamp": 1_767_268_800,
            "phone_changed": false,
        })
    );
    assert_eq!(backend.get(&path).await.status, 404, "once");
}

#[tokio::test]
async fn row_13_of_100_redemptions_at_once_one_succeeds_in_200_rounds() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for round in 0..200 {
        let token = passed(&backend, &app, &EndUser::number(round)).await;
        let body = crate::support::form(&[
            ("app_id", &app),
            ("client_id", &backend.client_id),
            ("token", &token),
        ]);
        let request = format!(
            "POST /server/success-tokens HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            backend.secret,
            body.len()
        );
        // Twenty connections at once, five requests each.
        let connections: Vec<_> = (0..20)
            .map(|_| {
                let requests = vec![request.clone(); 5];
                let address = server.address;
                tokio::spawn(async move { raw::pipeline(address, &requests).await })
            })
            .collect();
        let mut statuses = Vec::new();
        for connection in connections {
            statuses.extend(connection.await.unwrap());
        }
        assert_eq!(statuses.len(), 100);
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "round {round}");
        assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 99, "round {round}");
    }
}

#[tokio::test]
async fn row_14_another_client_or_app_can_not_redeem_and_takes_nothing_away() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let other_app = backend.sandbox_app().await;
    let (stranger, foreign_app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    assert_eq!(stranger.validate(&foreign_app, &token).await.status, 404);
    assert_eq!(stranger.validate(&app, &token).await.status, 404);
    assert_eq!(backend.validate(&other_app, &token).await.status, 404);
    let borrowed = Backend { client_id: backend.client_id.clone(), ..stranger };
    assert_eq!(borrowed.validate(&app, &token).await.status, 401);
    assert_eq!(backend.validate(&app, &token).await.status, 200, "the owner still can");
}

#[tokio::test]
async fn row_16_100_000_random_tokens_find_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let uuid = &token[..41];
    let requests_of = |connection: u32| -> Vec<String> {
        (0..2_500)
            .map(|_| {
                let random: [u8; 32] = server.service.entropy.bytes();
                let guess = data_encoding::BASE64URL_NOPAD.encode(&random);
                format!(
                    "GET /server/success-tokens?app_id={app}&client_id={}&token={uuid}-{guess}&n={connection} \
                     HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n",
                    backend.client_id, backend.secret
                )
            })
            .collect()
    };
    let mut found = 0;
    let mut asked = 0;
    for wave in 0..5 {
        let connections: Vec<_> = (0..8)
            .map(|n| {
                let (requests, address) = (requests_of(wave * 8 + n), server.address);
                tokio::spawn(async move { raw::pipeline(address, &requests).await })
            })
            .collect();
        for connection in connections {
            let statuses = connection.await.unwrap();
            asked += statuses.len();
            found += statuses.iter().filter(|status| **status != 404).count();
        }
    }
    assert_eq!((asked, found), (100_000, 0));
    assert_eq!(backend.validate(&app, &token).await.status, 200, "the real one is still there");
}

#[tokio::test]
async fn row_16_one_moment_late_is_too_late() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let early = passed(&backend, &app, &EndUser::ann()).await;
    let late = passed(&backend, &app, &EndUser::number(1)).await;
    server.clock.advance(Duration::from_millis(59_999));
    assert_eq!(backend.validate(&app, &early).await.status, 200);
    server.clock.advance(Duration::from_millis(1));
    assert_eq!(backend.validate(&app, &late).await.status, 404);
    // Row 12: a clock that moves back brings nothing back that was consumed.
    server.clock.set(server.clock.now().minus(Duration::from_secs(45)));
    assert_eq!(backend.validate(&app, &early).await.status, 404);
}

#[tokio::test]
async fn row_16_a_slow_body_does_not_stretch_a_tokens_life() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let body = crate::support::form(&[
        ("app_id", &app),
        ("client_id", &backend.client_id),
        ("token", &token),
    ]);
    let head = format!(
        "POST /server/success-tokens HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        backend.secret,
        body.len()
    );
    let answer = raw::after_continue(server.address, &head, || {
        // The secret was checked while the token lived; the body comes when it does no more.
        server.clock.advance(Duration::from_mins(1));
        body
    })
    .await;
    assert_eq!(raw::statuses(&answer), [100, 404]);
}

#[tokio::test]
async fn row_17_an_empty_end_user_does_not_skip_the_comparison() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let fields = [
        ("app_id", app.as_str()),
        ("client_id", &backend.client_id),
        ("token", &token),
        ("end_user_uuid", ""),
    ];
    let answer = backend.post("/server/success-tokens", &fields).await;
    assert_eq!(answer.status, 400);
    assert!(answer.problems()[0].contains("'end_user_uuid' is empty"), "{answer:?}");
    assert_eq!(backend.validate(&app, &token).await.status, 200, "nothing was consumed");
}

#[tokio::test]
async fn row_17_a_token_of_somebody_else_is_refused_and_stays_unused() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::new("mallory", "+12025550102")).await;
    let expect = async |end_user: &str| {
        let fields = [
            ("app_id", app.as_str()),
            ("client_id", &backend.client_id),
            ("token", &token),
            ("end_user_uuid", end_user),
        ];
        backend.post("/server/success-tokens", &fields).await
    };
    for _ in 0..3 {
        let answer = expect("victim").await;
        assert_eq!((answer.status, answer.code()), (400, "end_user_mismatch".to_owned()));
    }
    assert_eq!(expect("mallory").await.status, 200, "nothing was consumed");
    assert_eq!(expect("mallory").await.status, 404);
    assert_eq!(expect("victim").await.status, 404, "a used token tells nothing about its owner");
}

#[tokio::test]
async fn a_head_consumes_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let token = passed(&backend, &app, &EndUser::ann()).await;
    let path = format!(
        "/server/success-tokens?app_id={app}&client_id={}&token={token}",
        backend.client_id
    );
    let head = backend.request(Method::HEAD, &path).send().await.unwrap();
    assert_eq!(head.status(), 405);
    let put = Answer::of(backend.request(Method::PUT, &path).send().await.unwrap()).await;
    assert_eq!((put.status, put.code()), (405, "method_not_allowed".to_owned()));
    assert_eq!(backend.get(&path).await.status, 200);
}

#[tokio::test]
async fn unknown_used_malformed_and_foreign_tokens_are_the_same_bytes() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (stranger, foreign_app) = server.shop().await;
    let used = passed(&backend, &app, &EndUser::ann()).await;
    backend.validate(&app, &used).await;
    let foreign = passed(&stranger, &foreign_app, &EndUser::ann()).await;
    let mut bodies = Vec::new();
    for token in [used.as_str(), &foreign, "TOKN-x", "x", &"x".repeat(5_000)] {
        let answer = backend.validate(&app, token).await;
        assert_eq!(answer.status, 404, "{token}");
        bodies.push(answer.body);
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}

#[tokio::test]
async fn what_is_missing_is_listed() {
    let server = TestServer::start().await;
    let (backend, _) = server.shop().await;
    for answer in [
        backend.get("/server/success-tokens?unknown=ignored").await,
        backend.post("/server/success-tokens", &[]).await,
    ] {
        let expected =
            ["'client_id' is required.", "'app_id' is required.", "'token' is required."];
        assert_eq!((answer.status, answer.problems()), (400, expected.map(str::to_owned).to_vec()));
    }
}
