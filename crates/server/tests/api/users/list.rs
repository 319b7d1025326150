//! The end users of an app, page by page.

use super::*;

async fn list(backend: &Backend, app: &str, more: &str) -> Answer {
    backend.get(&format!("/users?client_id={}&app_id={app}{more}", backend.client_id)).await
}

/// The names on a page, and where it goes on.
async fn page(backend: &Backend, app: &str, more: &str) -> (Vec<String>, Option<String>) {
    let answer = list(backend, app, more).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let page = answer.json();
    let name = |user: &Value| user["end_user_uuid"].as_str().unwrap().to_owned();
    let names = page["users"].as_array().unwrap().iter().map(name).collect();
    (names, page["next_cursor"].as_str().map(str::to_owned))
}

#[tokio::test]
async fn pages_lead_through_all_and_show_each_as_alone() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let other = backend.sandbox_app().await;
    assert_eq!(page(&backend, &app, "").await, (vec![], None));
    for n in 0..3 {
        server.clock.advance(Duration::from_secs(1));
        backend.pass(&app, &EndUser::number(n)).await;
    }
    backend.pass(&other, &EndUser::ann()).await;
    server.enrol_totp(&backend, &app, &EndUser::number(1)).await;
    let (first, cursor) = page(&backend, &app, "&limit=2").await;
    assert_eq!(first, ["user-0", "user-1"]);
    let (second, end) = page(&backend, &app, &format!("&limit=2&cursor={}", cursor.unwrap())).await;
    assert_eq!((second, end), (vec!["user-2".to_owned()], None));
    assert_eq!(page(&backend, &app, "&mode=live").await, (vec![], None));
    let all = list(&backend, &app, "&mode=sandbox").await.json();
    for listed in all["users"].as_array().unwrap() {
        assert_eq!(&user(&show(&backend, listed["id"].as_str().unwrap()).await), listed);
    }
    assert_eq!(all["users"][1]["factors"].as_array().unwrap().len(), 1);
    assert!(!all.to_string().contains("+12025551"), "numbers are masked: {all}");
}

#[tokio::test]
async fn wrong_input_names_every_problem() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let answer = list(&backend, "", "&mode=moon&limit=101&cursor=x").await;
    let problems = answer.problems().join(" ");
    for told in [
        "'app_id' is required.",
        "'mode' must be",
        "'limit' must be a number from 1 to 100",
        "'cursor'",
    ] {
        assert!(problems.contains(told), "{told}: {problems}");
    }
    for limit in ["0", "-1", "x", ""] {
        assert_eq!(list(&backend, &app, &format!("&limit={limit}")).await.status, 400, "{limit}");
    }
    assert_eq!(list(&backend, "APPX-x", "").await.status, 404);
}
