//! Codes of authenticator apps.

use std::time::Duration;

use onlyauth_core::channel::Channel;

use crate::support::actors::wrong;
use crate::support::authenticator::{Authenticator, traces};
use crate::support::guesses::passed;
use crate::support::page::Page;
use crate::support::server::bytes_of;
use crate::support::{Backend, EndUser, TestServer, Widget};

const STEP: Duration = Duration::from_secs(30);

/// Chooses the app among the ways, as the button does.
async fn choose(widget: &Widget, page: &Page) -> Page {
    let sends = page.field("sends").unwrap_or("0").to_owned();
    widget.post(&[("channel", "totp"), ("sends", &sends)]).await
}

/// A login that shows the input for the app's code.
async fn asked(backend: &Backend, app: &str, user: &EndUser) -> (Widget, Page) {
    let widget = backend.widget(app, user).await;
    let page = choose(&widget, &widget.open().await).await;
    assert_eq!(page.state(), "totp", "{page:?}");
    (widget, page)
}

#[tokio::test]
async fn a_code_of_the_app_passes_and_the_next_login_asks_for_one_at_once() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let (widget, page) = asked(&backend, &app, &ann).await;
    let page = widget.check(&page, &authenticator.code(server.clock.now(), 0)).await;
    assert_eq!(page.state(), "passed");
    let proof = backend.validate(&app, &page.success_token().unwrap()).await.json();
    assert_eq!((proof["channel"].as_str(), proof["amr"][0].as_str()), (Some("totp"), Some("otp")));
    assert_eq!(proof["phone_changed"], false);

    // Nothing was sent, nor is anything now: used last, it comes first, and needs no choice.
    server.clock.advance(STEP);
    let widget = backend.widget(&app, &ann).await;
    let page = widget.open().await;
    assert_eq!(page.state(), "totp");
    let page = widget.check(&page, &authenticator.code(server.clock.now(), 0)).await;
    assert_eq!(page.state(), "passed");
    assert_eq!(backend.messages(&app).await.len(), 1, "the one from before it was enrolled");
}

#[tokio::test]
async fn opening_the_page_starts_nothing() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let (widget, page) = asked(&backend, &app, &ann).await;
    widget.check(&page, &authenticator.code(server.clock.now(), 0)).await;
    let started = r#"onlyauth_logins_total{channel="totp",outcome="started"}"#;
    assert_eq!(server.metric(started).await, 1);
    let widget = backend.widget(&app, &ann).await;
    for _ in 0..3 {
        assert_eq!(widget.open().await.state(), "totp");
    }
    assert_eq!(server.metric(started).await, 1);
}

#[tokio::test]
async fn what_is_wrong_is_told_in_its_own_words_and_counted() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let now = server.clock.now();
    let (widget, page) = asked(&backend, &app, &ann).await;
    let right = authenticator.code(now, 0);
    for (typed, state, left) in [
        (wrong(&right), "totp_wrong", 4),
        ("12345".to_owned(), "totp_malformed", 3),
        (authenticator.code(now, -4), "totp_clock_off", 2),
    ] {
        let page = widget.try_code(&typed).await;
        assert_eq!((page.state(), page.tries_left()), (state, Some(left)));
    }
    assert_eq!(widget.check(&page, &right).await.state(), "passed");

    let (widget, _) = asked_at_once(&backend, &app, &ann).await;
    let page = widget.try_code(&right).await;
    assert_eq!((page.state(), page.tries_left()), ("totp_used", Some(4)));
}

async fn asked_at_once(backend: &Backend, app: &str, user: &EndUser) -> (Widget, Page) {
    let widget = backend.widget(app, user).await;
    let page = widget.open().await;
    assert_eq!(page.state(), "totp");
    (widget, page)
}

#[tokio::test]
async fn row_1_five_wrong_codes_and_the_right_one_is_refused_also_when_the_app_is_chosen_anew() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let (widget, page) = asked(&backend, &app, &ann).await;
    let right = authenticator.code(server.clock.now(), 0);
    for _ in 0..5 {
        widget.try_code(&wrong(&right)).await;
    }
    assert_eq!(widget.open().await.state(), "tries_used_up");
    assert_eq!(widget.check(&page, &right).await.state(), "tries_used_up");
    let page = choose(&widget, &widget.post(&[("do", "choose")]).await).await;
    assert_eq!(page.state(), "tries_used_up");
    assert_eq!(widget.check(&page, &right).await.success_token(), None);
    // Another way is still there.
    let page = widget.send().await;
    assert_eq!(page.state(), "code_sent");
    let code = backend.code(&app, &ann).await;
    assert_eq!(widget.check(&page, &code).await.state(), "passed");
}

#[tokio::test]
async fn row_7_who_can_get_no_text_message_passes_by_the_app() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    for _ in 0..2 {
        let widget = backend.widget(&app, &ann).await;
        widget.send().await;
        let code = backend.code(&app, &ann).await;
        for _ in 0..5 {
            widget.try_code(&wrong(&code)).await;
        }
    }
    let widget = backend.widget(&app, &ann).await;
    let page = widget.open().await;
    assert_eq!(page.state(), "totp", "text messages are locked, and the app is not");
    let sms = widget.post(&[("do", "send"), ("channel", "sms"), ("sends", "0")]).await;
    assert_ne!(sms.state(), "code_sent");
    server.clock.advance(STEP);
    let page = widget.check(&page, &authenticator.code(server.clock.now(), 0)).await;
    assert_eq!(page.state(), "passed");
}

#[tokio::test]
async fn row_4_failures_of_the_app_add_up_over_logins_and_lock_only_the_app() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let right = authenticator.code(server.clock.now(), 0);
    for _ in 0..2 {
        let (widget, _) = asked(&backend, &app, &ann).await;
        for _ in 0..5 {
            widget.try_code(&wrong(&right)).await;
        }
    }
    let widget = backend.widget(&app, &ann).await;
    let page = choose(&widget, &widget.open().await).await;
    assert_eq!(page.state(), "choose", "the app is locked: {page:?}");
    // A form that was made before the lock.
    let id = onlyauth_core::ids::ChallengeId::of_action(action_of(&widget), Channel::Totp);
    let fields = [("do", "check"), ("challenge", &id.to_string()), ("code", right.as_str())];
    let page = widget.post(&[fields[0], fields[1], ("attempt", ATTEMPT), fields[2]]).await;
    assert_eq!(page.success_token(), None);
    let page = widget.send().await;
    let code = backend.code(&app, &ann).await;
    assert_eq!(widget.check(&page, &code).await.state(), "passed");
}

const ATTEMPT: &str = "AAAAAAAAAAAAAAAAAAAAAA";

fn action_of(widget: &Widget) -> onlyauth_core::ids::ActionId {
    let claims = widget.token.split('.').nth(1).unwrap();
    let claims = data_encoding::BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    claims["jti"].as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_11_the_same_step_passes_one_of_fifty_logins() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let code = authenticator.code(server.clock.now(), 0);
    let mut logins = Vec::new();
    for _ in 0..50 {
        logins.push(asked(&backend, &app, &ann).await);
    }
    assert_eq!(passed(logins, &code).await, 1);
}

#[tokio::test]
async fn row_11_a_step_before_one_that_passed_is_used_although_it_never_passed_itself() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP * 2);
    let now = server.clock.now();
    let (widget, page) = asked(&backend, &app, &ann).await;
    assert_eq!(widget.check(&page, &authenticator.code(now, 0)).await.state(), "passed");
    let (widget, page) = asked_at_once(&backend, &app, &ann).await;
    assert_eq!(widget.check(&page, &authenticator.code(now, -1)).await.state(), "totp_used");
}

#[tokio::test]
async fn row_12_a_clock_that_moves_accepts_nothing_twice_and_nothing_late() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP * 10);
    let start = server.clock.now();
    let code = authenticator.code(start, 0);
    let mut widgets = Vec::new();
    for _ in 0..6 {
        widgets.push(backend.widget(&app, &ann).await);
    }
    let first = widgets.pop().unwrap();
    let page = choose(&first, &first.open().await).await;
    assert_eq!(first.check(&page, &code).await.state(), "passed");
    for (widget, seconds) in widgets.into_iter().zip([-45_i64, -30, 0, 30, 45]) {
        server.clock.set(crate::support::shifted(start, seconds));
        let page = widget.open().await;
        assert_eq!(page.state(), "totp");
        assert_eq!(widget.check(&page, &code).await.success_token(), None, "{seconds}");
    }
    // Two steps late is late.
    server.clock.set(start.plus(STEP * 20));
    let late = authenticator.code(server.clock.now(), -2);
    let (widget, page) = asked_at_once(&backend, &app, &ann).await;
    assert_eq!(widget.check(&page, &late).await.state(), "totp_clock_off");
}

#[tokio::test]
async fn row_11_a_code_of_the_future_that_was_shown_is_burnt() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let future = authenticator.code(server.clock.now(), 4);
    let (widget, page) = asked(&backend, &app, &ann).await;
    assert_eq!(widget.check(&page, &future).await.state(), "totp_clock_off");
    server.clock.advance(STEP * 4);
    assert_eq!(widget.try_code(&future).await.state(), "totp_used");
    server.clock.advance(STEP);
    let page = widget.try_code(&authenticator.code(server.clock.now(), 0)).await;
    assert_eq!(page.state(), "passed");
}

#[tokio::test]
async fn row_28_a_changed_number_gets_nothing_before_the_app_passed_and_stays_unknown() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let moved = EndUser::new("ann", "+12025550177");
    let widget = backend.widget(&app, &moved).await;
    let page = widget.open().await;
    assert_eq!(page.state(), "totp");
    for (step, channel) in [("choose", "sms"), ("send", "sms"), ("send", "voice")] {
        let page = widget.post(&[("do", step), ("channel", channel), ("sends", "0")]).await;
        assert_ne!(page.state(), "code_sent", "{step}");
    }
    assert_eq!(backend.messages(&app).await.len(), 1, "nothing went to the new number");
    let page = widget.check(&page, &authenticator.code(server.clock.now(), 0)).await;
    let proof = backend.validate(&app, &page.success_token().unwrap()).await.json();
    assert_eq!((&proof["phone_changed"], &proof["channel"]), (&true.into(), &"totp".into()));
    // It did not pass itself, so it is still another one, and the old one is still known.
    let widget = backend.widget(&app, &moved).await;
    assert_eq!(widget.open().await.state(), "totp");
    let page = backend.widget(&app, &ann).await.post(&[("do", "choose")]).await;
    assert!(page.html.contains("value=\"sms\""), "{page:?}");
}

#[tokio::test]
async fn row_28_without_a_factor_a_changed_number_is_accepted_and_told() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    let moved = EndUser::new("ann", "+12025550177");
    let (_, page) = backend.pass(&app, &moved).await;
    let proof = backend.validate(&app, &page.success_token().unwrap()).await.json();
    assert_eq!((&proof["phone_changed"], &proof["channel"]), (&true.into(), &"sms".into()));
}

#[tokio::test]
async fn an_app_that_no_longer_takes_codes_of_apps_asks_for_another_way() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let (widget, page) = asked(&backend, &app, &ann).await;
    assert_eq!(backend.change(&app, &[("allow_totp_channel", "0")]).await.status, 200);
    let code = authenticator.code(server.clock.now(), 0);
    assert_eq!(widget.check(&page, &code).await.success_token(), None);
    let page = widget.open().await;
    assert!(!page.html.contains("value=\"totp\""), "{page:?}");
}

#[tokio::test]
async fn row_45_an_app_of_the_sandbox_is_of_no_use_live() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    assert_eq!(backend.change(&app, &[("sandbox_mode", "false")]).await.status, 200);
    let page = backend.widget(&app, &ann).await.open().await;
    assert_eq!(page.state(), "choose");
    assert!(!page.html.contains("value=\"totp\""), "{page:?}");
}

#[tokio::test]
async fn row_29_a_code_without_a_login_of_ones_own_is_worth_nothing() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    server.clock.advance(STEP);
    let code = authenticator.code(server.clock.now(), 0);
    // Somebody else's login, with the form of Ann's.
    let (_, page) = asked(&backend, &app, &ann).await;
    let bob = backend.widget(&app, &EndUser::new("bob", "+12025550188")).await;
    assert_eq!(bob.check(&page, &code).await.success_token(), None);
    let id = onlyauth_core::ids::ChallengeId::of_action(action_of(&bob), Channel::Totp);
    let fields = [("do", "check"), ("attempt", ATTEMPT), ("code", code.as_str())];
    let own = [("challenge", id.to_string())];
    let page = bob.post(&[fields[0], (own[0].0, &own[0].1), fields[1], fields[2]]).await;
    assert_eq!(page.success_token(), None);
}

#[tokio::test]
async fn row_21_the_secret_is_nowhere_in_the_database() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (_, _, authenticator): (_, _, Authenticator) = server.shop_with_authenticator(&ann).await;
    let folder = server.stop().await;
    let bytes = bytes_of(&folder.path().join("data"));
    assert!(bytes.len() > 10_000);
    for trace in traces(&authenticator) {
        assert!(!bytes.windows(trace.len()).any(|window| window == trace));
    }
}
