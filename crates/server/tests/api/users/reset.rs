//! End users who begin anew.

use super::*;

pub(super) async fn reset(backend: &Backend, id: &str, reason: &str) -> Answer {
    let fields = [("client_id", backend.client_id.as_str()), ("reason", reason)];
    backend.post(&format!("/users/{id}/reset"), &fields).await
}

#[tokio::test]
async fn whoever_lost_everything_comes_back_by_a_phone_and_enrols_anew() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    let id = server.known_as(&backend, &app, &ann).await;
    let open = backend.widget(&app, &ann).await;
    let page = open.ask_by("totp").await;
    fail(&open, 2, &authenticator.code(server.clock.now(), 0)).await;
    // What happens at one moment is told in no order.
    server.clock.advance(Duration::from_millis(1));
    let after = user(&reset(&backend, &id, "Lost the phone").await);
    let nothing = (&json!([]), &json!([]), &json!(0));
    assert_eq!((&after["factors"], &after["failures"], &after["backup_codes"]), nothing);
    assert_eq!(
        after["masked_phone_number"].as_str().map(|phone| phone.ends_with("01")),
        Some(true)
    );
    let code = authenticator.code(server.clock.now(), 0);
    assert_ne!(open.check(&page, &code).await.state(), "passed");
    assert_eq!(open.open().await.state(), "cancelled");

    assert_eq!(
        audit(&server, &backend, &app, &ann).await[0],
        ("reset".to_owned(), "Lost the phone".to_owned())
    );
    // A new number for somebody with nothing enrolled is let in, and told.
    let moved = EndUser::new("ann", "+12025550199");
    let (_, page) = backend.pass(&app, &moved).await;
    let proof = backend.validate(&app, &page.success_token().unwrap()).await.json();
    assert_eq!((&proof["end_user_uuid"], &proof["phone_changed"]), (&json!("ann"), &json!(true)));
}

#[tokio::test]
async fn a_reason_is_required_and_is_one_line() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    let id = server.known_as(&backend, &app, &ann).await;
    let said = "'reason' must have 1 to 200 characters and no control characters.";
    for (reason, expected) in [
        ("", "'reason' is required."),
        (" ", "'reason' is required."),
        ("a\nb", said),
        (&"x".repeat(201), said),
    ] {
        assert_eq!(reset(&backend, &id, reason).await.problems(), [expected]);
    }
    assert_eq!(reset(&backend, NOBODY, "a\nb").await.status, 400, "bad input before absence");
    assert_eq!(user(&show(&backend, &id).await)["factors"].as_array().unwrap().len(), 1);
}

/// What passed before the reset is worth nothing after it.
#[tokio::test]
async fn a_success_token_that_waits_is_over() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (_, page) = backend.pass(&app, &EndUser::ann()).await;
    let id = server.known_as(&backend, &app, &EndUser::ann()).await;
    assert_eq!(reset(&backend, &id, "stolen session").await.status, 200);
    assert_eq!(backend.validate(&app, &page.success_token().unwrap()).await.status, 404);
}
