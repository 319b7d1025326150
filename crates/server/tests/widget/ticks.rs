//! The boxes beside a code, which stay ticked on the pages that follow until the login passed.

use std::time::Duration;

use crate::support::actors::wrong;
use crate::support::page::Page;
use crate::support::{Backend, EndUser, TestServer};

const NEXT: (&str, &str) = ("next", "passkey");
const TRUST: (&str, &str) = ("trust", "device");
/// What is ticked in these tests: each box alone, both, and none.
const TICKS: [&[(&str, &str)]; 4] = [&[NEXT], &[TRUST], &[NEXT, TRUST], &[]];

async fn shop(server: &TestServer) -> (Backend, String) {
    let (backend, app) = server.shop().await;
    assert_eq!(backend.change(&app, &[("intelligent_2fa", "true")]).await.status, 200);
    (backend, app)
}

/// The boxes of a page that are ticked.
fn ticked(page: &Page) -> Vec<(&str, &str)> {
    let all = [NEXT, TRUST].into_iter();
    all.filter(|(name, value)| {
        let start = format!("<input type=\"checkbox\" name=\"{name}\" value=\"{value}\"");
        let rest = page.html.split(&start).nth(1).unwrap_or_else(|| panic!("no {name}: {page:?}"));
        rest.split('>').next().unwrap().contains("checked")
    })
    .collect()
}

#[tokio::test]
async fn they_stay_ticked_after_a_wrong_code_and_after_one_that_is_none() {
    for (number, ticks) in (0..).zip(TICKS) {
        let server = TestServer::start().await;
        let (backend, app) = shop(&server).await;
        let user = EndUser::number(number);
        let widget = backend.widget(&app, &user).await;
        let page = widget.send().await;
        assert_eq!(ticked(&page), [], "by themselves they are not");
        let code = backend.code(&app, &user).await;
        for (typed, state) in [(wrong(&code), "wrong_code"), ("12".into(), "malformed_code")] {
            let page = widget.check_and(&page, &typed, ticks).await;
            assert_eq!((page.state(), ticked(&page)), (state, ticks.to_vec()));
        }
        // They are wishes of a form, and of no login.
        assert_eq!(ticked(&widget.open().await), []);
    }
}

#[tokio::test]
async fn they_stay_ticked_beside_a_code_of_an_app() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    assert_eq!(backend.change(&app, &[("intelligent_2fa", "true")]).await.status, 200);
    server.clock.advance(Duration::from_mins(1));
    let wrong = wrong(&authenticator.code(server.clock.now(), 0));
    let widget = backend.widget(&app, &ann).await;
    let page = widget.ask_by("totp").await;
    for ticks in TICKS {
        let page = widget.check_and(&page, &wrong, ticks).await;
        assert_eq!((page.state(), ticked(&page)), ("totp_wrong", ticks.to_vec()));
    }
}

#[tokio::test]
async fn they_stay_ticked_after_another_message_was_asked_for_too_early_and_in_time() {
    for (number, ticks) in (0..).zip(TICKS) {
        let server = TestServer::start().await;
        let (backend, app) = shop(&server).await;
        let widget = backend.widget(&app, &EndUser::number(number)).await;
        widget.send().await;
        let again = [&[("channel", "sms"), ("sends", "1")], ticks].concat();
        let page = widget.post(&again).await;
        assert_eq!((page.state(), ticked(&page)), ("resend_wait", ticks.to_vec()));
        server.clock.advance(Duration::from_mins(1));
        let page = widget.post(&again).await;
        assert!(["sending", "code_sent"].contains(&page.state()), "{page:?}");
        assert_eq!(ticked(&page), ticks);
    }
}

/// What a form of the page that has no boxes would send of them.
fn carried(page: &Page) -> Vec<(&str, &str)> {
    let named = |name: &'static str| {
        let start = format!("<input type=\"hidden\" form=\"resume\" name=\"{name}\" value=\"");
        let value = page.html.split(&start).nth(1)?.split('"').next()?;
        Some((name, value))
    };
    ["next", "trust"].into_iter().filter_map(named).collect()
}

#[tokio::test]
async fn pages_between_that_have_no_boxes_carry_them_on() {
    for (number, ticks) in (0..).zip(TICKS) {
        let server = TestServer::start().await;
        let (backend, app) = shop(&server).await;
        assert_eq!(backend.change(&app, &[("allow_voice_channel", "true")]).await.status, 200);
        let user = EndUser::number(number);
        let widget = backend.widget(&app, &user).await;
        let page = widget.send().await;
        let wrong = wrong(&backend.code(&app, &user).await);
        let list = widget.post(&[&[("do", "choose")], ticks].concat()).await;
        assert_eq!((list.state(), carried(&list)), ("choose", ticks.to_vec()));
        let mut page = widget.check_and(&page, &wrong, ticks).await;
        while page.state() == "wrong_code" {
            page = widget.check_and(&page, &wrong, ticks).await;
        }
        assert_eq!((page.state(), carried(&page)), ("tries_used_up", ticks.to_vec()));
    }
}

#[tokio::test]
async fn one_for_what_is_not_offered_is_not_there() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    assert_eq!(backend.change(&app, &[("webauthn_enabled", "false")]).await.status, 200);
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    let page = widget.send().await;
    let wrong = wrong(&backend.code(&app, &ann).await);
    let page = widget.check_and(&page, &wrong, &[NEXT, TRUST]).await;
    assert!(page.html.contains("name=\"next\" value=\"totp\""), "{page:?}");
    assert!(!page.html.contains("checked") && !page.html.contains("name=\"trust\""), "{page:?}");
}
