//! The sandbox inbox.

use std::time::Duration;

use crate::support::{EndUser, TestServer};

#[tokio::test]
async fn messages_are_listed_newest_first_and_filtered() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    for n in 0..3 {
        backend.widget(&app, &EndUser::number(n)).await.send().await;
        backend.code(&app, &EndUser::number(n)).await;
        server.clock.advance(Duration::from_secs(1));
    }
    let messages = backend.messages(&app).await;
    let users: Vec<_> = messages.iter().map(|m| m["end_user_uuid"].as_str().unwrap()).collect();
    assert_eq!(users, ["user-2", "user-1", "user-0"]);
    let newest = &messages[0];
    assert_eq!(newest["channel"], "sms");
    assert_eq!(newest["end_user_phone_number"], "+12025551002");
    assert_eq!(newest["created_at"], 1_767_268_802);
    let code = newest["code"].as_str().unwrap();
    assert_eq!(
        newest["body"],
        format!("{code} is your Shop code. Never share it.\n\n@shop.example #{code} @localhost")
    );
    assert!(newest["id"].as_str().unwrap().starts_with("MESG-"));

    let list = async |extra: &str| {
        let path = format!("/sandbox/messages?client_id={}&app_id={app}{extra}", backend.client_id);
        backend.get(&path).await
    };
    let one = list("&end_user_phone_number=%2B1+202+555-1001").await.json();
    assert_eq!(one["messages"].as_array().unwrap().len(), 1);
    assert_eq!(one["messages"][0]["end_user_uuid"], "user-1");
    assert_eq!(list("&limit=2").await.json()["messages"].as_array().unwrap().len(), 2);
    for bad in ["&limit=0", "&limit=101", "&limit=x", "&end_user_phone_number=12"] {
        assert_eq!(list(bad).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn a_strangers_inbox_is_not_there() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (stranger, _) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    let path = format!("/sandbox/messages?client_id={}&app_id={app}", stranger.client_id);
    assert_eq!(stranger.get(&path).await.status, 404);
}
