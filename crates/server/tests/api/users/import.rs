//! End users from another system.

use super::*;

const KIND: &str = "application/x-ndjson";

async fn import(backend: &Backend, app: &str, kind: &str, body: impl Into<String>) -> Answer {
    let path = format!("/users/import?client_id={}&app_id={app}", backend.client_id);
    let request = backend.request(Method::POST, &path).header("content-type", kind);
    Answer::of(request.body(body.into()).send().await.unwrap()).await
}

fn line(uuid: &str, more: &str) -> String {
    format!("{{\"end_user_uuid\":\"{uuid}\"{more}}}\n")
}

#[tokio::test]
async fn each_line_is_a_whole_or_nothing_and_can_be_sent_again() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let phone = ",\"end_user_phone_number\":\"+12025550101\"";
    let totp = ",\"totp_secret\":\"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\"";
    let body = [
        line("ann", phone),
        "\n".to_owned(),
        line("bob", totp),
        line("planted", ",\"totp_secret\":\"hush!\""),
        "not json\n".to_owned(),
    ]
    .concat();
    for (created, unchanged) in [(2, 0), (0, 2)] {
        let answer = import(&backend, &app, KIND, body.as_str()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let report = answer.json();
        let counts = (&report["created"], &report["updated"], &report["unchanged"]);
        assert_eq!(counts, (&json!(created), &json!(0), &json!(unchanged)));
        let refused = report["refused"].as_array().unwrap();
        assert_eq!(refused.iter().map(|one| one["line"].clone()).collect::<Vec<_>>(), [4, 5]);
        assert!(!answer.body.contains("planted") && !answer.body.contains("hush"), "{answer:?}");
    }
    let ann = user(&find(&backend, &app, "ann", &[]).await);
    assert_eq!((&ann["last_passed_at"], &ann["end_user_uuid"]), (&Value::Null, &json!("ann")));
    let bob = EndUser::new("bob", "+12025550102");
    assert_eq!(backend.widget(&app, &bob).await.open().await.state(), "totp");
    let more = import(&backend, &app, &format!("{KIND}; charset=utf-8"), line("ann", totp)).await;
    assert_eq!(more.json()["updated"], json!(1));
    // One entry for each line that brought something.
    let imported = ("imported".to_owned(), String::new());
    assert_eq!(audit(&server, &backend, &app, &EndUser::ann()).await, vec![imported.clone(); 2]);
    assert_eq!(audit(&server, &backend, &app, &bob).await, [imported]);
}

#[tokio::test]
async fn row_41_what_is_too_much_or_something_else_is_refused_as_a_whole() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let whole = |count| line("ann", ",\"end_user_phone_number\":\"+12025550101\"").repeat(count);
    let most = import(&backend, &app, KIND, whole(1000)).await;
    assert_eq!((most.status, &most.json()["created"]), (200, &json!(1)));
    let problem =
        "The body has 1001 lines: send at most 1000 in one request, and the rest in further ones.";
    assert_eq!(import(&backend, &app, KIND, whole(1001)).await.problems(), [problem]);
    let long = import(&backend, &app, KIND, " ".repeat(1024 * 1024 + 1)).await;
    assert_eq!((long.status, long.code().as_str()), (413, "payload_too_large"));
    let form = import(&backend, &app, "application/x-www-form-urlencoded", whole(1)).await;
    assert_eq!((form.status, form.problems()), (415, vec![format!("Send the body as {KIND}.")]));
    for body in ["", "\n \n"] {
        let told = import(&backend, &app, KIND, body).await.problems().join(" ");
        assert!(told.starts_with("There is nothing to import"), "{told}");
    }
    let path = format!("/users/import?client_id={}&app_id={app}&mode=moon", backend.client_id);
    let request = backend.request(Method::POST, &path).header("content-type", KIND);
    let answer = Answer::of(request.body(vec![0xff]).send().await.unwrap()).await;
    assert_eq!(answer.problems(), ["The body is not UTF-8."]);
    assert_eq!(import(&backend, "APPX-x", KIND, whole(1)).await.status, 404);
}
