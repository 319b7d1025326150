//! `first_enrollment = on_first_use`: whoever has nothing yet makes a passkey in place of a proof.

use crate::support::page::Page;
use crate::support::passkey::SoftAuthenticator;
use crate::support::{Backend, EndUser, TestServer, Widget};

const ON_FIRST_USE: (&str, &str) = ("first_enrollment", "on_first_use");
const NO_TEXT_MESSAGES: (&str, &str) = ("allow_sms_channel", "0");

async fn shop(settings: &[(&str, &str)]) -> (TestServer, Backend, String) {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let answer = backend.change(&app, &[settings, &[ON_FIRST_USE]].concat()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    (server, backend, app)
}

/// The page on which the first passkey is made.
async fn set_up(backend: &Backend, app: &str, user: &EndUser) -> (Widget, Page) {
    let widget = backend.widget(app, user).await;
    let page = widget.open().await;
    assert!(page.html.contains("value=\"set_up_proof\""), "{page:?}");
    let page = widget.post(&[("do", "set_up_proof"), ("sends", "0")]).await;
    assert_eq!(page.state(), "passkey_first", "{page:?}");
    (widget, page)
}

#[tokio::test]
async fn the_first_passkey_is_made_on_the_spot_and_used_from_then_on() {
    for settings in [&[NO_TEXT_MESSAGES][..], &[]] {
        let (server, backend, app) = shop(settings).await;
        let ann = EndUser::ann();
        let (widget, page) = set_up(&backend, &app, &ann).await;
        let mut authenticator = SoftAuthenticator::plain_key();
        let answer = authenticator.create(&server.origin(), &page.options().unwrap()).await;
        let made = widget.prove(&page, &answer).await;
        assert_eq!(made.state(), "passkey_created", "{made:?}");
        let token = made.field("proof").unwrap();
        assert_eq!(widget.prove(&page, &answer).await.field("proof"), Some(token));
        let proof = backend.validate(&app, token).await.json();
        assert_eq!(proof["channels"], serde_json::json!(["webauthn"]));
        assert_eq!(proof["amr"], serde_json::json!(["hwk"]));
        assert_eq!(backend.messages(&app).await.len(), 0);

        let widget = backend.widget(&app, &ann).await;
        let page = widget.open().await;
        assert_eq!(page.state(), "passkey", "it is there, and nothing else is made: {page:?}");
        let refused = widget.post(&[("do", "set_up_proof"), ("sends", "0")]).await;
        assert_eq!(refused.status, 403);
        let page = widget.ask_for_passkey().await;
        let answer = authenticator.get(&server.origin(), &page.options().unwrap()).await;
        assert_eq!(widget.answer(&page, &answer).await.state(), "passed");
    }
}

#[tokio::test]
async fn row_27_nobody_makes_one_whose_phone_is_known_or_where_the_phone_comes_first() {
    let (_server, backend, app) = shop(&[]).await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    let widget = backend.widget(&app, &ann).await;
    assert!(!widget.open().await.html.contains("set_up"));
    assert_eq!(widget.post(&[("do", "set_up_proof"), ("sends", "0")]).await.status, 403);
    let bob = EndUser::new("bob", "+12025550188");
    let two = backend.change(&app, &[("mfa_enabled", "1")]).await;
    assert_eq!(two.status, 200);
    let after_phone = backend.change(&app, &[("first_enrollment", "after_phone")]).await;
    assert_eq!(after_phone.status, 200);
    let widget = backend.widget(&app, &bob).await;
    assert_eq!(widget.post(&[("do", "set_up_proof"), ("sends", "0")]).await.status, 403);
}

#[tokio::test]
async fn row_27_whoever_passed_by_phone_meanwhile_is_not_overtaken() {
    let (server, backend, app) = shop(&[]).await;
    let ann = EndUser::ann();
    let (widget, page) = set_up(&backend, &app, &ann).await;
    let mut authenticator = SoftAuthenticator::platform();
    let answer = authenticator.create(&server.origin(), &page.options().unwrap()).await;
    backend.pass(&app, &ann).await;
    let page = widget.prove(&page, &answer).await;
    assert_eq!((page.status, page.success_token()), (403, None));
    let key = server.key_of(&backend, &app, &ann).await;
    assert_eq!(server.service.store.factor_list(&key).await, Ok(vec![]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_logins_that_make_the_first_passkey_at_once_one_does() {
    let (server, backend, app) = shop(&[NO_TEXT_MESSAGES]).await;
    let mut asked = Vec::new();
    for _ in 0..8 {
        let (widget, page) = set_up(&backend, &app, &EndUser::ann()).await;
        let mut authenticator = SoftAuthenticator::platform();
        let answer = authenticator.create(&server.origin(), &page.options().unwrap()).await;
        asked.push((widget, page, answer));
    }
    let enrol = |(widget, page, answer): (Widget, Page, String)| {
        tokio::spawn(async move { widget.prove(&page, &answer).await })
    };
    let logins: Vec<_> = asked.into_iter().map(enrol).collect();
    let mut passed = 0;
    for login in logins {
        passed += usize::from(login.await.unwrap().state() == "passkey_created");
    }
    assert_eq!(passed, 1);
}
