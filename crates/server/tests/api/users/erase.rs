//! End users who leave.

use onlyauth_core::personal;
use onlyauth_core::phone::PhoneNumber;
use rusqlite::types::ValueRef;

use super::*;

/// Every value of every row, bytes in hexadecimal.
fn dump(server: &TestServer) -> String {
    let database = rusqlite::Connection::open(server.data().join("onlyauth.db")).unwrap();
    let ask = |sql: &str| {
        let mut statement = database.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let shown = (0..columns).map(|column| match row.get_ref(column).unwrap() {
                ValueRef::Blob(bytes) => data_encoding::HEXLOWER.encode(bytes),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                other => format!("{other:?}"),
            });
            Ok(shown.collect::<Vec<_>>().join("\n"))
        });
        rows.unwrap().map(Result::unwrap).collect::<Vec<String>>()
    };
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let rows = ask(tables).into_iter().flat_map(|table| ask(&format!("SELECT * FROM {table}")));
    rows.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn row_21_nothing_that_names_them_is_left_in_any_table() {
    let server = TestServer::start().await;
    let ann = EndUser::new("planted-end-user", "+12025550162");
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    let bob = EndUser::new("bob", "+12025550161");
    backend.pass(&app, &bob).await;
    let under_way = backend.widget(&app, &ann).await;
    let by_sms = under_way.send_by("sms").await;
    fail(&under_way, 1, "123456").await;
    let id = server.known_as(&backend, &app, &ann).await;
    let key = server.key_of(&backend, &app, &ann).await;
    let ring = server.service.ring(server.clock.now()).await.unwrap();
    let phone =
        personal::phone_hash(&ring, key.client_id, &PhoneNumber::parse(&ann.phone).unwrap())
            .unwrap();
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let known = server.service.store.end_user_overview_find(&key).await.unwrap().unwrap();
    let traces = [
        hex(&key.end_user_hash),
        hex(&phone),
        hex(&known.sealed_uuid),
        hex(&known.record.phone.unwrap().sealed),
        hex(&known.factors[0].sealed),
        hex(&known.factors[0].lookup_hash),
    ];
    let before = dump(&server);
    assert!(traces.iter().all(|trace| before.contains(trace)));

    let answer = delete(&backend, &format!("/users/{id}")).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"user":{}}"#));
    let after = dump(&server);
    for trace in traces.iter().map(String::as_str).chain([ann.uuid.as_str(), &ann.phone]) {
        assert!(!after.contains(trace), "{trace}");
    }
    assert_eq!(delete(&backend, &format!("/users/{id}")).await.status, 404);
    assert_eq!(find(&backend, &app, &ann.uuid, &[]).await.status, 404);
    let told = backend.messages(&app).await;
    assert!(told.iter().all(|message| message["end_user_uuid"] == "bob"), "{told:?}");
    assert!(!told.is_empty(), "others keep theirs");
    // What was under way is over, and shows it.
    assert_eq!(under_way.open().await.state(), "cancelled");
    assert_ne!(under_way.check(&by_sms, "000000").await.state(), "passed");
}

#[tokio::test]
async fn whoever_comes_again_is_somebody_new() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    let before = server.known_as(&backend, &app, &ann).await;
    assert_eq!(delete(&backend, &format!("/users/{before}")).await.status, 200);
    server.clock.advance(Duration::from_secs(1));
    backend.pass(&app, &ann).await;
    let again = user(&find(&backend, &app, "ann", &[]).await);
    assert_ne!(again["id"], json!(before));
    assert_eq!(again["factors"], json!([]));
}

#[tokio::test]
async fn a_success_token_that_waits_is_gone() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, page) = backend.pass(&app, &EndUser::ann()).await;
    let id = server.known_as(&backend, &app, &EndUser::ann()).await;
    assert_eq!(delete(&backend, &format!("/users/{id}")).await.status, 200);
    assert_eq!(backend.validate(&app, &page.success_token().unwrap()).await.status, 404);
    // The page that led home stays a page.
    assert_eq!(widget.open().await.state(), "already_done");
}
