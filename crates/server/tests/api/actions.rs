//! Logins, as the customer's backend looks at them.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::actors::wrong;
use crate::support::{Answer, Backend, EndUser, TestServer, eventually};

async fn list(backend: &Backend, app: &str, more: &str) -> Answer {
    backend.get(&format!("/actions?client_id={}&app_id={app}{more}", backend.client_id)).await
}

async fn show(backend: &Backend, id: &str) -> Answer {
    backend.get(&format!("/actions/{id}?client_id={}", backend.client_id)).await
}

/// Ids and the cursor of a page.
fn page(answer: &Answer) -> (Vec<String>, Option<String>) {
    assert_eq!(answer.status, 200, "{answer:?}");
    let body = answer.json();
    let ids = body["actions"].as_array().unwrap().iter();
    let ids = ids.map(|action| action["id"].as_str().unwrap().to_owned()).collect();
    (ids, body["next_cursor"].as_str().map(str::to_owned))
}

/// A time line without its sentences, in seconds from the login's start.
fn told(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{answer:?}");
    let body = answer.json();
    let start = body["action"]["created_at"].as_i64().unwrap();
    let tell = |entry: &Value| {
        let text = |key: &str| entry[key].as_str().unwrap_or("-").to_owned();
        let second = entry["at"].as_i64().unwrap() - start;
        assert!(entry["detail"].as_str().unwrap().ends_with('.'), "{entry}");
        format!("{second} {} {} {}", text("what"), text("channel"), text("why"))
    };
    body["time_line"].as_array().unwrap().iter().map(tell).collect()
}

/// What a login of the shop begins with.
const BEGIN: [&str; 7] = [
    "0 started - -",
    "0 offered sms -",
    "0 left_out totp not_enrolled",
    "0 left_out webauthn not_enrolled",
    "0 left_out backup_code not_enrolled",
    "0 code_queued sms -",
    "0 code_sent sms -",
];

#[tokio::test]
async fn a_login_is_told_from_its_first_step_to_its_redemption() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::new("hush@example.com", "+12025550101");
    let widget = backend.widget(&app, &ann).await;
    widget.open().await;
    assert_eq!(
        page(&list(&backend, &app, "").await),
        (vec![], None),
        "looking at it starts nothing"
    );
    widget.send().await;
    let code = backend.code(&app, &ann).await;
    server.clock.advance(Duration::from_secs(5));
    widget.try_code(&wrong(&code)).await;
    server.clock.advance(Duration::from_secs(5));
    let token = widget.try_code(&code).await.success_token().unwrap();
    server.clock.advance(Duration::from_secs(2));
    let proof = backend.validate(&app, &token).await;
    let id = proof.json()["action_id"].as_str().unwrap().to_owned();

    let shown = show(&backend, &id).await;
    let after = [
        "5 judged sms wrong",
        "10 judged sms right",
        "10 passed - -",
        "10 token_issued - -",
        "12 token_redeemed - -",
    ];
    assert_eq!(told(&shown), [&BEGIN[..], &after].concat());
    let user = server.known_as(&backend, &app, &ann).await;
    let now = server.clock.now().as_seconds();
    let expected = json!({
        "id": id, "app_id": app, "mode": "sandbox", "purpose": "login", "user_id": user, "status": "passed",
        "channels": ["sms"],
        "country": "US", "phone_changed": false, "created_at": now - 12, "expires_at": now - 12 + 900,
        "ended_at": now - 2,
    });
    assert_eq!(shown.json()["action"], expected);
    assert_eq!(list(&backend, &app, "").await.json()["actions"], json!([expected]));
    // Neither what is secret nor what is personal.
    for planted in [code.as_str(), &token, &ann.uuid, ann.phone.trim_start_matches('+')] {
        assert!(!shown.body.contains(planted), "{planted}: {}", shown.body);
    }
}

#[tokio::test]
async fn what_was_left_out_and_what_locked_is_told_as_it_was_at_the_start() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    server.clock.advance(Duration::from_secs(1));
    server.enrol_totp(&backend, &app, &ann).await;
    let other_number = EndUser::new(&ann.uuid, "+12025550177");
    let widget = backend.widget(&app, &other_number).await;
    widget.try_code("000000").await;
    let (ids, _) = page(&list(&backend, &app, "&limit=1").await);
    let expected = [
        "0 started - -",
        "0 offered totp -",
        "0 left_out sms phone_changed",
        "0 left_out webauthn not_enrolled",
        "0 left_out backup_code not_enrolled",
        "0 chosen totp -",
        "0 judged totp wrong",
    ];
    let shown = show(&backend, &ids[0]).await;
    assert_eq!(told(&shown), expected);
    // Later settings are not what it began with.
    backend.change(&app, &[("allow_totp_channel", "false")]).await;
    assert_eq!(told(&show(&backend, &ids[0]).await), expected);
}

#[tokio::test]
async fn logins_are_listed_page_by_page_and_narrowed() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (ann, bob) = (EndUser::ann(), EndUser::new("bob", "+12025550133"));
    let mut began = Vec::new();
    for user in [&ann, &bob, &ann] {
        backend.pass(&app, user).await;
        began.push(page(&list(&backend, &app, "&limit=1").await).0.remove(0));
        server.clock.advance(Duration::from_secs(61));
    }
    let open = backend.widget(&app, &bob).await;
    open.send().await;
    began.push(page(&list(&backend, &app, "&limit=1").await).0.remove(0));
    began.reverse();

    let (first, cursor) = page(&list(&backend, &app, "&limit=3").await);
    assert_eq!(first, began[..3]);
    let rest = format!("&limit=3&cursor={}", cursor.unwrap());
    assert_eq!(page(&list(&backend, &app, &rest).await), (vec![began[3].clone()], None));
    let user = server.known_as(&backend, &app, &ann).await;
    let (of_ann, _) = page(&list(&backend, &app, &format!("&user_id={user}")).await);
    assert_eq!(of_ann, [began[1].clone(), began[3].clone()]);
    let standing =
        async |status: &str| page(&list(&backend, &app, &format!("&status={status}")).await).0;
    assert_eq!(standing("passed").await, began[1..]);
    assert_eq!(standing("open").await, began[..1]);
    assert_eq!(standing("cancelled").await, [""; 0]);
    server.clock.advance(Duration::from_mins(15));
    assert_eq!(standing("expired").await, began[..1]);
}

#[tokio::test]
async fn wrong_input_names_every_problem_before_anything_is_looked_for() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let answer = backend
        .get(&format!(
            "/actions?client_id={}&status=gone&limit=0&cursor=x&user_id=USER-x",
            backend.client_id
        ))
        .await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "invalid_request"));
    let expected = [
        "'app_id' is required.",
        "'status' must be open, passed, cancelled or expired.",
        "'limit' must be a number from 1 to 100.",
        "'cursor' must be the next_cursor of a page.",
    ];
    assert_eq!(answer.problems(), expected);
    assert_eq!(backend.get("/actions/ACTN-x").await.problems(), ["'client_id' is required."]);
    for id in ["ACTN-x", "x", "ACTN-01920000-0000-7000-8000-000000000000", "%00", app.as_str()] {
        assert_eq!(show(&backend, id).await.status, 404, "{id}");
    }
    for user in ["USER-x", "USER-01920000-0000-7000-8000-000000000000"] {
        assert_eq!(list(&backend, &app, &format!("&user_id={user}")).await.status, 404, "{user}");
    }
    // An end user of another app of the same client is none of this one.
    let other = backend.sandbox_app().await;
    backend.pass(&app, &EndUser::ann()).await;
    let user = server.known_as(&backend, &app, &EndUser::ann()).await;
    assert_eq!(list(&backend, &other, &format!("&user_id={user}")).await.status, 404);
}

#[tokio::test]
async fn row_28_the_notice_to_the_number_that_was_known_is_told() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    server.clock.advance(Duration::from_mins(1));
    backend.pass(&app, &EndUser::new("ann", "+12025550177")).await;
    let (ids, _) = page(&list(&backend, &app, "&limit=1").await);
    let lines = eventually("the notice to be sent", || async {
        let lines = told(&show(&backend, &ids[0]).await);
        lines.iter().any(|line| line.contains("notice_sent")).then_some(lines)
    })
    .await;
    let notices: Vec<_> = lines.iter().filter(|line| line.contains("notice_")).collect();
    assert_eq!(notices, ["0 notice_queued sms phone_changed", "0 notice_sent sms -"]);
}
