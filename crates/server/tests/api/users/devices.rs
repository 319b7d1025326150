//! Devices that an end user trusts.

use super::*;
use crate::widget::trust::{self, Browser};

const MONTH: Duration = Duration::from_hours(24 * 30);

/// The devices of an end user.
async fn devices(backend: &Backend, id: &str) -> Vec<Value> {
    user(&show(backend, id).await)["trusted_devices"].as_array().unwrap().clone()
}

async fn forget(backend: &Backend, id: &str, device: &Value) -> Answer {
    delete(backend, &format!("/users/{id}/trusted-devices/{}", device.as_str().unwrap())).await
}

#[tokio::test]
async fn a_device_is_shown_with_whether_it_counts_until_its_time_is_over() {
    let server = TestServer::start().await;
    let (backend, app) = trust::shop(&server).await;
    let ann = EndUser::ann();
    let browser = trust::trusted(&server, &backend, &app, &ann).await;
    let id = server.known_as(&backend, &app, &ann).await;
    let first = devices(&backend, &id).await;
    let now = server.clock.now();
    let expected = json!([{
        "id": first[0]["id"], "created_at": now.as_seconds(), "last_used_at": null, "country": null,
        "expires_at": now.plus(MONTH).as_seconds(), "counts": true, "doubts": [],
    }]);
    assert_eq!(json!(first), expected);
    let export = export::export(&backend, &id).await.json();
    assert_eq!(export["trusted_devices"], expected);

    server.clock.advance(Duration::from_secs(9));
    let widget = browser.widget(&backend, &app, &ann).await;
    assert_eq!(trust::stand_in(&widget).await.state(), "passed");
    let used = &devices(&backend, &id).await[0]["last_used_at"];
    assert_eq!(used, &json!(server.clock.now().as_seconds()));

    // As the widget sees it: a factor since, and an app that wants none.
    server.enrol_totp(&backend, &app, &ann).await;
    let doubted = &devices(&backend, &id).await[0];
    assert_eq!(
        (&doubted["counts"], &doubted["doubts"]),
        (&json!(false), &json!(["factors_changed"]))
    );
    let listed = backend.get(&format!("/users?client_id={}&app_id={app}", backend.client_id)).await;
    assert_eq!(&listed.json()["users"][0]["trusted_devices"][0], doubted);
    backend.change(&app, &[("intelligent_2fa", "false")]).await;
    assert_eq!(devices(&backend, &id).await[0]["doubts"], json!(["off"]));
    server.clock.advance(MONTH);
    assert_eq!(devices(&backend, &id).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_device_that_is_forgotten_asks_and_the_others_do_not() {
    let server = TestServer::start().await;
    let (backend, app) = trust::shop(&server).await;
    let ann = EndUser::ann();
    let lost = trust::trusted(&server, &backend, &app, &ann).await;
    let kept = trust::trusted(&server, &backend, &app, &ann).await;
    let id = server.known_as(&backend, &app, &ann).await;
    let both = devices(&backend, &id).await;
    let left = user(&forget(&backend, &id, &both[0]["id"]).await);
    assert_eq!(left["trusted_devices"], json!([both[1]]));
    for (browser, state) in [(lost, "choose"), (kept, "trusted_device")] {
        let widget = browser.widget(&backend, &app, &ann).await;
        assert_eq!(widget.open().await.state(), state);
    }
    assert_eq!(forget(&backend, &id, &both[0]["id"]).await.status, 404, "it is gone");
    let all = format!("/users/{id}/trusted-devices");
    for _ in 0..2 {
        // What happens at one moment is told in no order.
        server.clock.advance(Duration::from_millis(1));
        assert_eq!(user(&delete(&backend, &all).await)["trusted_devices"], json!([]));
    }
    // The second time there was nothing to take back.
    let of =
        |deed: &str, device: &Value| (deed.to_owned(), device.as_str().unwrap_or("").to_owned());
    let expected = [
        of("devices_forgotten", &Value::Null),
        of("devices_forgotten", &both[0]["id"]),
        of("device_trusted", &both[1]["id"]),
        of("device_trusted", &both[0]["id"]),
    ];
    assert_eq!(audit(&server, &backend, &app, &ann).await, expected);
}

#[tokio::test]
async fn trusting_is_written_down_once_however_often_the_form_comes() {
    let server = TestServer::start().await;
    let (backend, app) = trust::shop(&server).await;
    let ann = EndUser::ann();
    let widget = Browser::default().widget(&backend, &app, &ann).await;
    let page = trust::send(&server, &widget).await;
    let code = backend.code(&app, &ann).await;
    for _ in 0..3 {
        assert_eq!(trust::check(&widget, &page, &code, true).await.state(), "passed");
    }
    let written = audit(&server, &backend, &app, &ann).await;
    assert_eq!(written.iter().map(|(deed, _)| deed).collect::<Vec<_>>(), ["device_trusted"]);
}

#[tokio::test]
async fn row_38_a_device_is_forgotten_by_its_own_end_user_only() {
    let server = TestServer::start().await;
    let (backend, app) = trust::shop(&server).await;
    let (ann, bob) = (EndUser::ann(), EndUser::new("bob", "+12025550102"));
    trust::trusted(&server, &backend, &app, &ann).await;
    backend.pass(&app, &bob).await;
    let [ann, bob] =
        [server.known_as(&backend, &app, &ann).await, server.known_as(&backend, &app, &bob).await];
    let device = devices(&backend, &ann).await[0]["id"].clone();
    let (stranger, _) = server.shop().await;
    for (who, user, device) in [
        (&backend, bob.as_str(), &device),
        (&backend, ann.as_str(), &json!("DEVC-x")),
        (&stranger, ann.as_str(), &device),
    ] {
        assert_eq!(forget(who, user, device).await.status, 404);
    }
    assert_eq!(delete(&stranger, &format!("/users/{ann}/trusted-devices")).await.status, 404);
    let path = format!("/users/{ann}/trusted-devices");
    let answer = backend.request(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(Answer::of(answer).await.problems(), ["'client_id' is required."]);
    assert_eq!(devices(&backend, &ann).await.len(), 1);
}
