//! Setting up an authenticator app after a pass.

use std::time::Duration;

use crate::support::actors::wrong;
use crate::support::authenticator::{Authenticator, traces};
use crate::support::page::Page;
use crate::support::passkey::SoftAuthenticator;
use crate::support::server::bytes_of;
use crate::support::{Backend, EndUser, TestServer, Widget};

/// Passes with a code, with the wish for an authenticator app.
async fn pass_and_ask(backend: &Backend, app: &str, user: &EndUser) -> (Widget, Page) {
    let widget = backend.widget(app, user).await;
    let page = widget.send().await;
    let code = backend.code(app, user).await;
    let page = widget.check_and(&page, &code, &[("next", "totp")]).await;
    assert_eq!(page.state(), "totp_setup", "{page:?}");
    (widget, page)
}

async fn confirm(widget: &Widget, page: &Page, code: &str) -> Page {
    let proof = page.field("proof").unwrap_or_default();
    widget.post(&[("do", "confirm_totp"), ("proof", proof), ("code", code)]).await
}

async fn factors(server: &TestServer, backend: &Backend, app: &str, user: &EndUser) -> usize {
    let key = server.key_of(backend, app, user).await;
    server.service.store.factor_list(&key).await.unwrap().len()
}

#[tokio::test]
async fn an_app_is_set_up_once_and_its_codes_pass_from_then_on() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let (widget, page) = pass_and_ask(&backend, &app, &ann).await;
    let authenticator = Authenticator::scan(&page);
    let key = authenticator.secret();
    let typed: String = page.html.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(typed.contains(&format!(">{key}<")), "the key as text");
    assert!(page.html.contains("<svg") && page.html.contains("role=\"img\""), "and as a picture");
    let shown = widget.after(&page, "set_up_totp").await;
    assert_eq!(Authenticator::scan(&shown).secret(), key, "asked again, it is the same");

    let right = authenticator.code(server.clock.now(), 0);
    for (typed, says) in [
        (wrong(&right), "That code isn't right."),
        ("12".to_owned(), "The code has 6 digits."),
        (authenticator.code(server.clock.now(), -5), "Your device's clock is off."),
    ] {
        let page = confirm(&widget, &page, &typed).await;
        assert_eq!(page.state(), "totp_setup_wrong");
        assert!(page.html.contains(says), "{typed}: {page:?}");
    }
    assert_eq!(factors(&server, &backend, &app, &ann).await, 0);
    let enrolled = confirm(&widget, &page, &right).await;
    assert_eq!(enrolled.state(), "totp_enrolled");
    // The very same form again, after its answer was lost.
    assert_eq!(confirm(&widget, &page, &right).await.state(), "totp_enrolled");
    assert_eq!(factors(&server, &backend, &app, &ann).await, 1);
    let home = widget.leave(&enrolled).await;
    assert_eq!(backend.validate(&app, &home.success_token().unwrap()).await.status, 200);

    let widget = backend.widget(&app, &ann).await;
    let page = widget.ask_by("totp").await;
    let used = widget.check(&page, &right).await;
    assert_eq!(used.state(), "totp_used", "row 11: the code that confirmed it is used up");
    server.clock.advance(Duration::from_secs(30));
    let next = authenticator.code(server.clock.now(), 0);
    assert_eq!(widget.try_code(&next).await.state(), "passed");
}

#[tokio::test]
async fn row_21_a_secret_that_was_shown_is_found_nowhere_in_the_database() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let (widget, page) = pass_and_ask(&backend, &app, &ann).await;
    let authenticator = Authenticator::scan(&page);
    let code = authenticator.code(server.clock.now(), 0);
    assert_eq!(confirm(&widget, &page, &code).await.state(), "totp_enrolled");
    let folder = server.stop().await;
    let bytes = bytes_of(&folder.path().join("data"));
    for trace in traces(&authenticator) {
        assert!(!bytes.windows(trace.len()).any(|window| window == trace));
    }
}

#[tokio::test]
async fn row_27_no_app_is_set_up_by_whoever_did_not_pass() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let (widget, page) = pass_and_ask(&backend, &app, &ann).await;
    let code = Authenticator::scan(&page).code(server.clock.now(), 0);
    let proof = page.field("proof").unwrap().to_owned();
    let (_, other) = backend.pass(&app, &EndUser::number(1)).await;
    let other = other.success_token().unwrap();
    let fresh = backend.widget(&app, &ann).await;
    for (name, widget, forged) in [
        ("none", &widget, ""),
        ("another login's", &widget, &*other),
        ("no token", &widget, "TOKN-1"),
        ("only the password is known", &fresh, &*proof),
    ] {
        for step in ["set_up_totp", "confirm_totp", "backup_codes", "leave"] {
            let fields = [("do", step), ("proof", forged), ("code", &*code)];
            let refused = widget.post(&fields).await;
            assert_eq!((refused.status, refused.success_token()), (403, None), "{name} {step}");
            assert!(!refused.html.contains("otpauth"), "{name} {step}");
        }
    }
    assert_eq!(factors(&server, &backend, &app, &ann).await, 0);
    assert_eq!(backend.validate(&app, &proof).await.status, 200);
    assert_eq!(confirm(&widget, &page, &code).await.status, 403, "the token was redeemed");
    assert_eq!(factors(&server, &backend, &app, &ann).await, 0);
}

#[tokio::test]
async fn row_27_whoever_has_a_factor_and_passes_by_phone_adds_no_other() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(Duration::from_mins(1));
    let widget = backend.widget(&app, &ann).await;
    let page = widget.send_by("sms").await;
    assert!(!page.html.contains("name=\"next\""), "not offered");
    let code = backend.code(&app, &ann).await;
    let page = widget.check_and(&page, &code, &[("next", "passkey")]).await;
    let token = page.success_token().expect("home, and to no passkey");
    for step in ["set_up_totp", "backup_codes"] {
        assert_eq!(widget.post(&[("do", step), ("proof", &token)]).await.status, 403, "{step}");
    }
    // By the app it is another matter.
    let widget = backend.widget(&app, &ann).await;
    let page = widget.ask_by("totp").await;
    assert!(page.html.contains("name=\"next\" value=\"passkey\""), "{page:?}");
    let code = authenticator.code(server.clock.now(), 0);
    let page = widget.check_and(&page, &code, &[("next", "passkey")]).await;
    assert_eq!(page.state(), "passkey_create", "{page:?}");
    let mut passkey = SoftAuthenticator::platform();
    let answer = passkey.create(&server.origin(), &page.options().unwrap()).await;
    assert_eq!(widget.keep(&page, &answer).await.state(), "passkey_created");
    assert_eq!(factors(&server, &backend, &app, &ann).await, 2);
}

#[tokio::test]
async fn row_28_with_a_changed_phone_no_app_is_set_up() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    server.clock.advance(Duration::from_mins(1));
    let moved = EndUser::new("ann", "+12025550199");
    let widget = backend.widget(&app, &moved).await;
    let page = widget.send().await;
    let code = backend.code(&app, &moved).await;
    let page = widget.check_and(&page, &code, &[("next", "totp")]).await;
    let token = page.success_token().expect("home, and to no app");
    assert_eq!(widget.post(&[("do", "set_up_totp"), ("proof", &token)]).await.status, 403);
}

#[tokio::test]
async fn an_app_is_offered_where_no_passkey_is_and_beside_one() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, page) = backend.pass_and_ask(&app, &EndUser::ann()).await;
    assert_eq!(widget.after(&page, "set_up_totp").await.state(), "totp_setup");
    assert_eq!(backend.change(&app, &[("webauthn_enabled", "false")]).await.status, 200);
    server.clock.advance(Duration::from_secs(3));
    let widget = backend.widget(&app, &EndUser::number(1)).await;
    assert!(widget.send().await.html.contains("name=\"next\" value=\"totp\""));
    assert_eq!(backend.change(&app, &[("allow_totp_channel", "false")]).await.status, 200);
    server.clock.advance(Duration::from_secs(3));
    let widget = backend.widget(&app, &EndUser::number(2)).await;
    assert!(!widget.send().await.html.contains("name=\"next\""));
}
