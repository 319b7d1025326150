//! End users, as the customer's backend manages them.

mod devices;
mod erase;
mod export;
mod factors;
mod import;
mod list;
mod reset;

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::actors::wrong;
use crate::support::{Answer, Backend, EndUser, TestServer, Widget, eventually};

/// A name that nobody has.
const NOBODY: &str = "USER-01920000-0000-7000-8000-000000000000";

async fn find(backend: &Backend, app: &str, user: &str, more: &[(&str, &str)]) -> Answer {
    let fields =
        [("client_id", backend.client_id.as_str()), ("app_id", app), ("end_user_uuid", user)];
    backend.post("/users/find", &[&fields, more].concat()).await
}

async fn show(backend: &Backend, id: &str) -> Answer {
    backend.get(&format!("/users/{id}?client_id={}", backend.client_id)).await
}

async fn unlock(backend: &Backend, id: &str) -> Answer {
    let fields = [("client_id", backend.client_id.as_str())];
    backend.post(&format!("/users/{id}/unlock"), &fields).await
}

fn user(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["user"].clone()
}

async fn delete(backend: &Backend, path: &str) -> Answer {
    let path = format!("{path}?client_id={}", backend.client_id);
    Answer::of(backend.request(Method::DELETE, &path).send().await.unwrap()).await
}

/// What was written down about an end user, newest first.
async fn audit(
    server: &TestServer,
    backend: &Backend,
    app: &str,
    user: &EndUser,
) -> Vec<(String, String)> {
    let key = server.key_of(backend, app, user).await;
    let store = &server.service.store;
    let user = store.end_user_find(&key).await.unwrap().unwrap().user_id;
    let entries = store.audit_list(key.client_id, user, None, 10).await.unwrap();
    entries.into_iter().map(|entry| (entry.deed.as_str().to_owned(), entry.detail)).collect()
}

async fn fail(widget: &Widget, times: usize, code: &str) {
    for _ in 0..times {
        widget.try_code(&wrong(code)).await;
    }
}

#[tokio::test]
async fn who_passed_is_found_and_shown_with_what_they_have() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    assert_eq!(find(&backend, &app, "ann", &[]).await.status, 404, "nobody yet");
    backend.pass(&app, &ann).await;
    server.enrol_totp(&backend, &app, &ann).await;
    let now = server.clock.now().as_seconds();
    let found = user(&find(&backend, &app, "ann", &[]).await);
    let id = found["id"].as_str().unwrap();
    assert!(id.starts_with("USER-"), "{found}");
    let factor = &found["factors"][0];
    let expected = json!({
        "id": id, "app_id": app, "mode": "sandbox", "end_user_uuid": "ann", "masked_phone_number": "+1 ••• 01",
        "created_at": now, "last_passed_at": now, "last_channel": "sms", "failures": [], "backup_codes": 0,
        "trusted_devices": [],
        "factors": [{ "id": factor["id"], "channel": "totp", "name": null, "created_at": now, "last_used_at": null }],
    });
    let masked = found["masked_phone_number"].as_str().unwrap();
    assert!(masked.ends_with("01") && !masked.contains("0101"), "{masked}");
    let expected = {
        let mut expected = expected;
        expected["masked_phone_number"] = masked.into();
        expected
    };
    assert_eq!(found, expected);
    assert_eq!(user(&show(&backend, id).await), found);
    assert_eq!(user(&find(&backend, &app, "ann", &[("mode", "sandbox")]).await), found);
    // The live one is another person, whom nobody knows.
    assert_eq!(find(&backend, &app, "ann", &[("mode", "live")]).await.status, 404);
}

#[tokio::test]
async fn whoever_is_locked_is_shown_so_and_let_in_again() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    for _ in 0..2 {
        let widget = backend.widget(&app, &ann).await;
        server.clock.advance(Duration::from_mins(1));
        widget.send().await;
        let code = backend.code(&app, &ann).await;
        fail(&widget, 5, &code).await;
    }
    let found = user(&find(&backend, &app, "ann", &[]).await);
    let until = server.clock.now().plus(Duration::from_mins(15)).as_seconds();
    let locked =
        json!([{ "channel": "sms", "failures": 10, "locked": true, "locked_until": until }]);
    assert_eq!(found["failures"], locked);
    let widget = backend.widget(&app, &ann).await;
    assert_eq!(widget.open().await.state(), "locked");

    let id = found["id"].as_str().unwrap();
    assert_eq!(user(&unlock(&backend, id).await)["failures"], json!([]));
    assert_eq!(user(&unlock(&backend, id).await)["failures"], json!([]), "once more is no harm");
    // The inbox tells the newest message by its moment.
    server.clock.advance(Duration::from_secs(1));
    backend.pass(&app, &ann).await;
}

#[tokio::test]
async fn wrong_input_names_every_problem() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let answer = backend
        .post("/users/find", &[("client_id", &backend.client_id), ("mode", "moon"), ("x", "1")])
        .await;
    assert_eq!((answer.status, answer.code().as_str()), (400, "invalid_request"));
    let problems = answer.problems().join(" ");
    for told in ["'app_id' is required.", "'end_user_uuid' is required.", "'mode' must be", "'x'"] {
        assert!(problems.contains(told), "{told}: {problems}");
    }
    assert_eq!(backend.get("/users/USER-x").await.problems(), ["'client_id' is required."]);
    assert_eq!(backend.post("/users/USER-x/unlock", &[]).await.status, 400);
    for id in ["USER-x", "x", NOBODY, "%00", app.as_str()] {
        assert_eq!(show(&backend, id).await.status, 404, "{id}");
        assert_eq!(unlock(&backend, id).await.status, 404, "{id}");
        assert_eq!(reset::reset(&backend, id, "lost phone").await.status, 404, "{id}");
        assert_eq!(export::export(&backend, id).await.status, 404, "{id}");
        assert_eq!(delete(&backend, &format!("/users/{id}")).await.status, 404, "{id}");
        let factor = format!("/users/{id}/factors/FCTR-01920000-0000-7000-8000-000000000000");
        assert_eq!(delete(&backend, &factor).await.status, 404, "{id}");
        let devices = format!("/users/{id}/trusted-devices");
        assert_eq!(delete(&backend, &devices).await.status, 404, "{id}");
        let device = format!("{devices}/DEVC-01920000-0000-7000-8000-000000000000");
        assert_eq!(delete(&backend, &device).await.status, 404, "{id}");
    }
}

/// Nothing is shown, erased or exported to whoever only looks whether it is there.
#[tokio::test]
async fn no_operation_answers_head() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    let id = server.known_as(&backend, &app, &EndUser::ann()).await;
    for path in ["", "/find", "/import", &format!("/{id}"), &format!("/{id}/export")] {
        let path = format!("/users{path}?client_id={}&app_id={app}", backend.client_id);
        let answer = backend.request(Method::HEAD, &path).send().await.unwrap();
        assert_eq!(answer.status(), 405, "{path}");
    }
}
