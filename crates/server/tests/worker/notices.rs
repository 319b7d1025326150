//! What end users are told when the ways into their account change.

use std::time::Duration;

use serde_json::Value;

use crate::delivery::stub::{Act, Stub};
use crate::delivery::{sms_over, text};
use crate::support::authenticator::Authenticator;
use crate::support::page::Page;
use crate::support::passkey::SoftAuthenticator;
use crate::support::{Backend, EndUser, TestServer, Widget, eventually};

/// The notices in an app's inbox, once there are so many; newest first.
async fn notices(backend: &Backend, app: &str, count: usize) -> Vec<Value> {
    eventually("notices", || async {
        let mut messages = backend.inbox(app).await;
        messages.retain(|message| message["kind"] == "notice");
        (messages.len() == count).then_some(messages)
    })
    .await
}

async fn set_up_app(server: &TestServer, widget: &Widget, page: &Page) -> Page {
    let code = Authenticator::scan(page).code(server.clock.now(), 0);
    let proof = page.field("proof").unwrap();
    widget.post(&[("do", "confirm_totp"), ("proof", proof), ("code", &code)]).await
}

#[tokio::test]
async fn each_enrolment_is_told_once_to_the_number_that_passed_in_its_language() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let widget = backend.widget_in("de", &app, &ann).await;
    let page = widget.send().await;
    let code = backend.code(&app, &ann).await;
    let page = widget.check_and(&page, &code, &[("next", "passkey")]).await;
    let page = widget.after(&page, "set_up_totp").await;
    let page = set_up_app(&server, &widget, &page).await;
    assert_eq!(page.state(), "totp_enrolled");
    for _ in 0..2 {
        assert_eq!(widget.after(&page, "backup_codes").await.state(), "backup_codes");
    }
    let told = notices(&backend, &app, 2).await;
    let bodies: Vec<_> = told.iter().map(|told| told["body"].as_str().unwrap()).collect();
    assert!(bodies.iter().any(|body| body.contains("neue Backup-Codes")), "{bodies:?}");
    assert!(
        bodies.iter().any(|body| body.contains("Authenticator-App eingerichtet")),
        "{bodies:?}"
    );
    for notice in &told {
        assert_eq!(notice["end_user_phone_number"], ann.phone);
        assert_eq!((&notice["code"], &notice["channel"]), (&"".into(), &"sms".into()));
    }
    // The codes' inbox is as it was.
    assert_eq!(backend.code(&app, &ann).await, code);
}

#[tokio::test]
async fn row_28_the_old_number_is_told_that_another_one_passed_and_the_new_one_is_not() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    server.clock.advance(Duration::from_mins(1));
    let moved = EndUser::new("ann", "+12025550199");
    backend.pass(&app, &moved).await;
    let told = notices(&backend, &app, 1).await;
    assert_eq!(told[0]["end_user_phone_number"], ann.phone);
    assert!(told[0]["body"].as_str().unwrap().contains("another phone number"), "{told:?}");
    // It is the known one from now on.
    server.clock.advance(Duration::from_mins(1));
    backend.pass(&app, &moved).await;
    notices(&backend, &app, 1).await;
    // With a factor nothing passes by the new number, and so nothing is to be told.
}

#[tokio::test]
async fn a_passkey_is_told_of_and_the_audit_knows_of_all() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    server.enrol(&backend, &app, &ann, &mut SoftAuthenticator::platform()).await;
    let told = notices(&backend, &app, 1).await;
    assert!(told[0]["body"].as_str().unwrap().starts_with("A passkey was added"), "{told:?}");
    let user = server.known_as(&backend, &app, &ann).await;
    server.clock.advance(Duration::from_secs(1));
    let form = [("client_id", &*backend.client_id)];
    assert_eq!(backend.post(&format!("/users/{user}/unlock"), &form).await.status, 200);
    let client = backend.client_id.parse().unwrap();
    let audit =
        server.service.store.audit_list(client, user.parse().unwrap(), None, 9).await.unwrap();
    let deeds: Vec<_> =
        audit.iter().map(|entry| (entry.deed.as_str(), entry.actor.as_str())).collect();
    assert_eq!(deeds, [("unlocked", "backend"), ("factor_enrolled", "end_user")]);
    assert!(audit[1].detail.starts_with("webauthn FCTR-"), "{audit:?}");
}

/// Beyond that there is the audit only: whoever has an app passes as often as they like, and each notice costs.
#[tokio::test]
async fn row_33_a_phone_gets_so_many_notices_and_the_change_is_made_all_the_same() {
    let stub = Stub::start(|_| Act::status(200)).await;
    let server = TestServer::routed_with(sms_over(&stub), |config| {
        config.limits.notices_per_client_and_phone_per_hour = 1;
    })
    .await;
    let backend = server.client("Shop").await;
    let app = backend.live_app().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let page = widget.ask_by("sms").await;
    eventually("the code", || async { (stub.requests().len() == 1).then_some(()) }).await;
    let code: String = text(&stub.requests()[0]).chars().take(6).collect();
    let page = widget.check_and(&page, &code, &[("next", "passkey")]).await;
    let page = widget.after(&page, "set_up_totp").await;
    let page = set_up_app(&server, &widget, &page).await;
    assert_eq!(widget.after(&page, "backup_codes").await.state(), "backup_codes");
    let database = rusqlite::Connection::open(server.data().join("onlyauth.db")).unwrap();
    let count = |rows: &str| {
        let sql = format!("SELECT count(*) FROM {rows}");
        database.query_row(&sql, [], |row| row.get::<_, u32>(0)).unwrap()
    };
    assert_eq!(count("outbox WHERE challenge_id IS NULL"), 1);
    for deed in ["factor_enrolled", "backup_codes_made"] {
        assert_eq!(count(&format!("audit WHERE deed = '{deed}'")), 1, "{deed}");
    }
}

#[tokio::test]
async fn a_live_notice_leaves_once_and_a_provider_that_takes_none_keeps_nobody_out() {
    let stub = Stub::start(|_| Act::status(200)).await;
    let server = TestServer::routed(sms_over(&stub)).await;
    let backend = server.client("Shop").await;
    let app = backend.live_app().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    let page = widget.ask_by("sms").await;
    eventually("the code", || async { (stub.requests().len() == 1).then_some(()) }).await;
    let code: String = text(&stub.requests()[0]).chars().take(6).collect();
    let page = widget.check_and(&page, &code, &[("next", "passkey")]).await;
    let page = widget.after(&page, "set_up_totp").await;
    assert_eq!(set_up_app(&server, &widget, &page).await.state(), "totp_enrolled");
    eventually("the notice", || async { (stub.requests().len() == 2).then_some(()) }).await;
    let notice = text(&stub.requests()[1]);
    assert!(notice.starts_with("An authenticator app was set up for your"), "{notice}");
    assert!(!notice.contains('#') && !notice.contains(&code), "no code: {notice}");
    let sent = r#"onlyauth_messages_total{channel="sms",outcome="sent"}"#;
    eventually(sent, || async { (server.metric(sent).await == 2).then_some(()) }).await;
}
