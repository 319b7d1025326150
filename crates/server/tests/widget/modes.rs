//! Sandbox and live are two worlds.

use crate::support::{EndUser, TestServer};

#[tokio::test]
async fn row_45_what_passed_in_the_sandbox_is_unknown_in_live_mode() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::new("ann", "+12025550142")).await;
    assert_eq!(backend.change(&app, &[("sandbox_mode", "false")]).await.status, 200);
    // Had the end user been known, another phone would count as changed.
    let user = EndUser::new("ann", "+12025550101");
    let widget = backend.widget(&app, &user).await;
    let form = widget.send().await;
    let code: String = server.outbox.next().await.body.chars().take(6).collect();
    let token = widget.check(&form, &code).await.success_token().unwrap();
    assert_eq!(backend.validate(&app, &token).await.json()["phone_changed"], false);
}

#[tokio::test]
async fn row_45_tokens_of_the_sandbox_are_worth_nothing_in_live_mode() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (_, page) = backend.pass(&app, &EndUser::ann()).await;
    let begun = backend.widget(&app, &EndUser::number(1)).await;
    begun.send().await;
    let code = backend.code(&app, &EndUser::number(1)).await;
    backend.change(&app, &[("sandbox_mode", "false")]).await;
    assert_eq!(begun.try_code(&code).await.state(), "mode_changed");
    assert_eq!(backend.validate(&app, &page.success_token().unwrap()).await.status, 404);
    backend.change(&app, &[("sandbox_mode", "true")]).await;
    assert_eq!(backend.validate(&app, &page.success_token().unwrap()).await.status, 200);
}

#[tokio::test]
async fn row_45_failures_in_the_sandbox_lock_nobody_out_of_live_mode() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let user = EndUser::ann();
    for _ in 0..2 {
        let widget = backend.widget(&app, &user).await;
        widget.send().await;
        for _ in 0..5 {
            widget.try_code("no").await;
        }
    }
    assert_eq!(backend.widget(&app, &user).await.send().await.state(), "locked");
    backend.change(&app, &[("sandbox_mode", "false")]).await;
    assert_eq!(backend.widget(&app, &user).await.send().await.state(), "code_sent");
}

#[tokio::test]
async fn a_changed_phone_is_told_to_the_backend() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let logins = [
        ("+12025550101", false),
        ("+12025550101", false),
        ("+12025550102", true),
        ("+12025550102", false),
    ];
    for (index, (phone, changed)) in logins.into_iter().enumerate() {
        let user = EndUser::new("ann", phone);
        let widget = backend.widget(&app, &user).await;
        let form = widget.send().await;
        crate::support::eventually("this login's message", || async {
            (backend.messages(&app).await.len() == index + 1).then_some(())
        })
        .await;
        let page = widget.check(&form, &backend.code(&app, &user).await).await;
        server.clock.advance(std::time::Duration::from_secs(1));
        let proof = backend.validate(&app, &page.success_token().unwrap()).await.json();
        assert_eq!(
            (&proof["phone_changed"], &proof["end_user_phone_number"]),
            (&changed.into(), &phone.into())
        );
    }
}
