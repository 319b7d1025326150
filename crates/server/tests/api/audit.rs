//! The audit, as the customer's backend reads it.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Backend, EndUser, TestServer};

async fn list(backend: &Backend, more: &str) -> Answer {
    backend.get(&format!("/audit?client_id={}{more}", backend.client_id)).await
}

/// The entries of a page, and where it goes on.
async fn page(backend: &Backend, more: &str) -> (Vec<Value>, Option<String>) {
    let answer = list(backend, more).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let page = answer.json();
    let entries = page["entries"].as_array().unwrap().clone();
    (entries, page["next_cursor"].as_str().map(str::to_owned))
}

async fn unlock(backend: &Backend, user: &str) {
    let fields = [("client_id", backend.client_id.as_str())];
    assert_eq!(backend.post(&format!("/users/{user}/unlock"), &fields).await.status, 200);
}

/// The names of those whom entries are about.
fn about(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["user_id"].as_str().unwrap()).collect()
}

/// Two end users, Ann with two entries ten seconds apart and Bob with one between them.
async fn two(server: &TestServer) -> (Backend, String, [String; 2]) {
    let (backend, app) = server.shop().await;
    let mut ids = Vec::new();
    for user in [EndUser::ann(), EndUser::new("bob", "+12025550102")] {
        backend.pass(&app, &user).await;
        ids.push(server.known_as(&backend, &app, &user).await);
    }
    for user in [0, 1, 0] {
        unlock(&backend, &ids[user]).await;
        server.clock.advance(Duration::from_secs(5));
    }
    (backend, app, ids.try_into().unwrap())
}

#[tokio::test]
async fn what_was_done_is_told_newest_first_page_by_page() {
    let server = TestServer::start().await;
    let (backend, app, [ann, bob]) = two(&server).await;
    let began = server.clock.now().as_seconds() - 15;
    let (all, none) = page(&backend, "").await;
    assert_eq!((about(&all), none), (vec![ann.as_str(), &bob, &ann], None));
    let expected = json!({
        "id": all[1]["id"], "created_at": began + 5, "deed": "unlocked", "actor": "backend", "user_id": bob,
        "app_id": app, "mode": "sandbox", "detail": null,
    });
    assert_eq!(all[1], expected);
    let (first, cursor) = page(&backend, "&limit=2").await;
    assert_eq!(first, all[..2]);
    let (last, end) = page(&backend, &format!("&limit=2&cursor={}", cursor.unwrap())).await;
    assert_eq!((last.as_slice(), end), (&all[2..], None));

    let of_ann = format!("&user_id={ann}");
    assert_eq!(page(&backend, &of_ann).await.0, [all[0].clone(), all[2].clone()]);
    assert_eq!(page(&backend, &format!("&since={}", began + 5)).await.0, all[..2]);
    assert_eq!(page(&backend, &format!("{of_ann}&since={}", began + 1)).await.0, all[..1]);
    assert_eq!(page(&backend, &format!("&since={}", began + 11)).await.0, Vec::<Value>::new());
}

/// By a name that leads to nobody any more.
#[tokio::test]
async fn what_was_done_to_somebody_is_told_when_they_are_erased() {
    let server = TestServer::start().await;
    let (backend, _, [ann, _]) = two(&server).await;
    let path = format!("/users/{ann}?client_id={}", backend.client_id);
    let erased = backend.request(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(erased.status(), 200);
    let (entries, _) = page(&backend, &format!("&user_id={ann}")).await;
    assert_eq!((entries.len(), &entries[0]["deed"]), (3, &json!("erased")));
}

#[tokio::test]
async fn row_38_nobody_reads_what_was_done_to_another_clients_end_users() {
    let server = TestServer::start().await;
    let (_, _, [ann, _]) = two(&server).await;
    let (stranger, _) = server.shop().await;
    assert_eq!(page(&stranger, "").await, (vec![], None));
    // In the same bytes as of somebody whom nobody knows.
    let theirs = list(&stranger, &format!("&user_id={ann}")).await;
    let nobodys = list(&stranger, "&user_id=USER-01920000-0000-7000-8000-000000000000").await;
    assert_eq!((theirs.status, theirs.body), (200, nobodys.body));
}

#[tokio::test]
async fn wrong_input_names_every_problem() {
    let server = TestServer::start().await;
    let (backend, _) = server.shop().await;
    let answer = list(&backend, "&user_id=ann&since=yesterday&limit=101&cursor=x").await;
    let expected = [
        "'user_id' can't be used: expected USER-<uuid>, in lower case.",
        "'since' must be a moment in Unix seconds.",
        "'limit' must be a number from 1 to 100.",
        "'cursor' must be the next_cursor of a page.",
    ];
    assert_eq!((answer.status, answer.problems()), (400, expected.map(str::to_owned).to_vec()));
    for since in ["-1", "1.5", "253402300800", "99999999999999999999"] {
        assert_eq!(list(&backend, &format!("&since={since}")).await.status, 400, "{since}");
    }
    let none = backend.get("/audit").await;
    assert_eq!(none.problems(), ["'client_id' is required."]);
    let head = backend.request(Method::HEAD, &format!("/audit?client_id={}", backend.client_id));
    assert_eq!(head.send().await.unwrap().status(), 405);
}
