//! Passkeys: made after a pass, used in later logins, and refused whenever anything about an answer is wrong.

use std::time::Duration;

use onlyauth_store::FactorRecord;

use crate::postgres_server::TestDatabase;
use crate::support::actors::wrong;
use crate::support::mutations::PasskeyUser;
use crate::support::page::Page;
use crate::support::passkey::SoftAuthenticator;
use crate::support::{Backend, EndUser, TestServer, Widget};

/// A server whose end user Ann has a passkey.
struct Scene {
    server: TestServer,
    backend: Backend,
    app: String,
    authenticator: SoftAuthenticator,
}

impl Scene {
    async fn new(authenticator: SoftAuthenticator) -> Self {
        Self::on(TestServer::start().await, authenticator).await
    }

    async fn on(server: TestServer, mut authenticator: SoftAuthenticator) -> Self {
        let (backend, app) = server.shop().await;
        server.enrol(&backend, &app, &EndUser::ann(), &mut authenticator).await;
        server.clock.advance(Duration::from_mins(1));
        Self { server, backend, app, authenticator }
    }

    async fn widget(&self) -> Widget {
        self.backend.widget(&self.app, &EndUser::ann()).await
    }

    fn ann(&self) -> PasskeyUser<'_> {
        let Self { server, backend, app, authenticator } = self;
        PasskeyUser { server, backend, app, authenticator }
    }

    /// A new login that asks for the passkey.
    async fn asked(&self) -> (Widget, Page) {
        self.ann().asked().await
    }

    async fn factors(&self) -> Vec<FactorRecord> {
        self.ann().factors().await
    }
}

#[tokio::test]
async fn a_passkey_is_made_after_a_pass_and_then_used_instead_of_a_code() {
    for mut authenticator in [SoftAuthenticator::platform(), SoftAuthenticator::plain_key()] {
        let server = TestServer::start().await;
        let (backend, app) = server.shop().await;
        let ann = EndUser::ann();
        let (widget, page) = server.enrol(&backend, &app, &ann, &mut authenticator).await;
        let token = widget.leave(&page).await.success_token().unwrap();
        assert_eq!(backend.validate(&app, &token).await.status, 200, "the login goes on");
        for round in 0..2 {
            server.clock.advance(Duration::from_mins(1));
            let widget = backend.widget(&app, &ann).await;
            let sent = backend.messages(&app).await.len();
            let page = widget.ask_for_passkey().await;
            assert_eq!(page.state(), "passkey", "{page:?}");
            assert_eq!(widget.open().await.options(), page.options(), "a reload asks the same");
            let answer = authenticator.get(&server.origin(), &page.options().unwrap()).await;
            let page = widget.answer(&page, &answer).await;
            assert_eq!(page.state(), "passed", "round {round}: {page:?}");
            let redeemed = backend.validate(&app, &page.success_token().unwrap()).await.json();
            assert_eq!(redeemed["channel"], "webauthn");
            assert_eq!(redeemed["amr"], serde_json::json!(["hwk"]));
            assert_eq!(backend.messages(&app).await.len(), sent, "nothing is sent");
        }
        server.stop().await;
    }
}

#[tokio::test]
async fn row_26_every_mutation_is_refused_and_leaves_the_passkey_as_it_was() {
    let scene = Scene::new(SoftAuthenticator::platform()).await;
    scene.ann().is_safe_from_every_mutation().await;
}

#[tokio::test]
async fn row_26_every_mutation_is_refused_on_postgresql() {
    let database = TestDatabase::empty();
    let url = database.url();
    let server = TestServer::with(|config| config.database.url = url.parse().unwrap()).await;
    let scene = Scene::on(server, SoftAuthenticator::platform()).await;
    scene.ann().is_safe_from_every_mutation().await;
    scene.server.stop().await;
}

#[tokio::test]
async fn row_7_text_messages_exhausted_leave_the_passkey() {
    let mut scene = Scene::new(SoftAuthenticator::platform()).await;
    let ann = EndUser::ann();
    for _ in 0..2 {
        scene.server.clock.advance(Duration::from_mins(1));
        let widget = scene.widget().await;
        widget.send().await;
        let code = scene.backend.code(&scene.app, &ann).await;
        for _ in 0..5 {
            widget.try_code(&wrong(&code)).await;
        }
    }
    let widget = scene.widget().await;
    let page = widget.ask_for_passkey().await;
    let options = page.options().unwrap();
    let answer = scene.authenticator.get(&scene.server.origin(), &options).await;
    assert_eq!(widget.answer(&page, &answer).await.state(), "passed");
}

#[tokio::test]
async fn row_7_a_passkey_that_somebody_locks_leaves_text_messages() {
    let scene = Scene::new(SoftAuthenticator::platform()).await;
    for _ in 0..2 {
        let (widget, mut page) = scene.asked().await;
        for _ in 0..5 {
            page = widget.answer(&page, "{}").await;
        }
        assert_ne!(page.state(), "passkey");
        scene.server.clock.advance(Duration::from_secs(1));
    }
    let widget = scene.widget().await;
    assert_eq!(widget.ask_for_passkey().await.options(), None, "locked");
    widget.send().await;
    let code = scene.backend.code(&scene.app, &EndUser::ann()).await;
    assert_eq!(widget.try_code(&code).await.state(), "passed");
}

#[tokio::test]
async fn row_9_the_very_same_answer_again_gets_the_same_token() {
    let mut scene = Scene::new(SoftAuthenticator::platform()).await;
    let (widget, page) = scene.asked().await;
    let options = page.options().unwrap();
    let answer = scene.authenticator.get(&scene.server.origin(), &options).await;
    let first = widget.answer(&page, &answer).await;
    let again = widget.answer(&page, &answer).await;
    assert_eq!(first.success_token().unwrap(), again.success_token().unwrap());
    // The same answer in another form is used already.
    let other = page.html.replace(page.field("attempt").unwrap(), "AAAAAAAAAAAAAAAAAAAAAA");
    let other = widget.answer(&Page { html: other, ..page }, &answer).await;
    assert_eq!(other.success_token(), None);
}

#[tokio::test]
async fn row_27_nothing_is_enrolled_by_whoever_did_not_pass() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let mut authenticator = SoftAuthenticator::platform();
    let (widget, page) = backend.pass_and_ask(&app, &ann).await;
    let answer = authenticator.create(&server.origin(), &page.options().unwrap()).await;
    let proof = page.field("proof").unwrap().to_owned();
    let (_, other) = backend.pass(&app, &EndUser::number(1)).await;
    let other = other.success_token().unwrap();
    for (name, forged) in [("none", ""), ("another login's", &other), ("no token", "TOKN-1")] {
        let page = Page { html: page.html.replace(&proof, forged), ..page.clone() };
        let refused = widget.keep(&page, &answer).await;
        assert_eq!((refused.status, refused.success_token()), (403, None), "{name}");
        assert!(!refused.html.contains(&proof), "{name}");
    }
    // Only the password is known.
    let fresh = backend.widget(&app, &ann).await;
    assert_eq!(fresh.keep(&page, &answer).await.status, 403);
    fresh.send().await;
    assert_eq!(fresh.keep(&page, &answer).await.status, 403);
    let key = server.key_of(&backend, &app, &ann).await;
    assert_eq!(server.service.store.factor_list(&key).await, Ok(Vec::new()));
    assert_eq!(widget.keep(&page, &answer).await.state(), "passkey_created", "who passed may");
    // Once the backend has the token, the browser may be anybody's.
    let bob = EndUser::number(2);
    let (widget, page) = backend.pass_and_ask(&app, &bob).await;
    let answer = authenticator.create(&server.origin(), &page.options().unwrap()).await;
    assert_eq!(backend.validate(&app, page.field("proof").unwrap()).await.status, 200);
    assert_eq!(widget.keep(&page, &answer).await.status, 403);
    let key = server.key_of(&backend, &app, &bob).await;
    assert_eq!(server.service.store.factor_list(&key).await, Ok(Vec::new()));
}

#[tokio::test]
async fn whoever_thinks_it_over_for_long_and_wants_none_gets_home_all_the_same() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, page) = backend.pass_and_ask(&app, &EndUser::ann()).await;
    // Longer than a success token lives, and then longer than the ceremony does.
    server.clock.advance(Duration::from_mins(6));
    let home = widget.leave(&page).await;
    assert_eq!(home.state(), "passed", "{home:?}");
    // The very same form again leads there too, with the same token, until the login's time is over.
    server.clock.advance(Duration::from_secs(59));
    assert_eq!(widget.leave(&page).await.success_token(), home.success_token());
    let token = home.success_token().unwrap();
    server.clock.advance(Duration::from_mins(1));
    assert_eq!(backend.validate(&app, &token).await.status, 404, "a minute after it was renewed");
    server.clock.advance(Duration::from_mins(8));
    assert_eq!(widget.leave(&page).await.status, 403);
    assert_eq!(backend.validate(&app, &token).await.status, 404);

    let (widget, page) = backend.pass_and_ask(&app, &EndUser::number(1)).await;
    let token = widget.leave(&page).await.success_token().unwrap();
    assert_eq!(backend.validate(&app, &token).await.status, 200);
    let key = server.key_of(&backend, &app, &EndUser::number(1)).await;
    assert_eq!(server.service.store.factor_list(&key).await, Ok(Vec::new()));
}

#[tokio::test]
async fn row_27_nobody_declines_for_somebody_else_or_after_the_token_was_redeemed() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (widget, page) = backend.pass_and_ask(&app, &EndUser::ann()).await;
    let proof = page.field("proof").unwrap().to_owned();
    let (_, other) = backend.pass(&app, &EndUser::number(1)).await;
    for forged in ["", "TOKN-1", &other.success_token().unwrap()] {
        let page = Page { html: page.html.replace(&proof, forged), ..page.clone() };
        let refused = widget.leave(&page).await;
        assert_eq!((refused.status, refused.success_token()), (403, None), "{forged}");
        assert!(!refused.html.contains(&proof), "{forged}");
    }
    assert_eq!(backend.validate(&app, &proof).await.status, 200);
    assert_eq!(widget.leave(&page).await.status, 403);
}

#[tokio::test]
async fn row_28_with_a_changed_phone_no_passkey_is_made() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    server.clock.advance(Duration::from_mins(1));
    let moved = EndUser::new("ann", "+12025550199");
    let widget = backend.widget(&app, &moved).await;
    let page = widget.send().await;
    assert!(!page.html.contains("name=\"next\""), "not offered");
    let code = backend.code(&app, &moved).await;
    let page = widget.check_and(&page, &code, &[("next", "passkey")]).await;
    assert_eq!(page.state(), "passed", "{page:?}");
}

#[tokio::test]
async fn row_28_with_a_changed_phone_the_passkey_is_the_only_way() {
    let mut scene = Scene::new(SoftAuthenticator::platform()).await;
    let moved = EndUser::new("ann", "+12025550199");
    let widget = scene.backend.widget(&scene.app, &moved).await;
    let sent = scene.backend.messages(&scene.app).await.len();
    let page = widget.send_by("sms").await;
    assert_eq!(scene.backend.messages(&scene.app).await.len(), sent, "{page:?}");
    let page = widget.ask_for_passkey().await;
    let options = page.options().unwrap();
    let answer = scene.authenticator.get(&scene.server.origin(), &options).await;
    let page = widget.answer(&page, &answer).await;
    let redeemed = scene.backend.validate(&scene.app, &page.success_token().unwrap()).await.json();
    assert_eq!(redeemed["phone_changed"], true);
}

#[tokio::test]
async fn row_44_a_frame_gains_nothing_from_a_pass_in_another_window() {
    let mut scene = Scene::new(SoftAuthenticator::platform()).await;
    // The attacker knows the password, and so has the access token; the victim was sent the genuine page.
    let attacker = scene.widget().await;
    let victim = attacker.clone();
    let page = victim.ask_for_passkey().await;
    let options = page.options().unwrap();
    let answer = scene.authenticator.get(&scene.server.origin(), &options).await;
    let passed = victim.answer(&page, &answer).await;
    let token = passed.success_token().unwrap();
    // Whatever the frame asks for, also with the victim's own ceremony, it gets no token and enrols nothing.
    let own = attacker.open().await;
    let others = Page {
        html: page.html.replace(page.field("attempt").unwrap(), &"A".repeat(22)),
        ..page.clone()
    };
    for seen in [
        own,
        attacker.post(&[("do", "resume")]).await,
        attacker.ask_for_passkey().await,
        attacker.answer(&others, &answer).await,
        attacker.keep(&page, &answer).await,
        attacker.post(&[("do", "check"), ("next", "passkey"), ("code", "000000")]).await,
    ] {
        assert_eq!(seen.success_token(), None, "{seen:?}");
        assert!(!seen.html.contains(&token) && seen.options().is_none(), "{seen:?}");
    }
    assert_eq!(scene.factors().await.len(), 1);
}

#[tokio::test]
async fn row_44_the_small_window_knows_no_login_and_nobody_may_frame_it() {
    let server = TestServer::start().await;
    let url = format!("{}/client/passkey?language=de&theme=dark", server.base());
    let response = server.http.get(url).send().await.unwrap();
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    let html = response.text().await.unwrap();
    assert!(html.contains("data-state=\"passkey_window\"") && html.contains("lang=\"de\""));
    assert!(!html.contains("name=\"token\"") && !html.contains("data-options"), "{html}");
}

#[tokio::test]
async fn without_an_answer_nothing_is_counted_and_a_strange_form_is_a_wrong_answer() {
    let scene = Scene::new(SoftAuthenticator::platform()).await;
    let (widget, page) = scene.asked().await;
    let none = widget.answer(&page, "").await;
    assert_eq!((none.state(), none.options()), ("passkey_none", page.options()));
    let ceremony = page.field("ceremony").unwrap();
    let attempt = page.field("attempt").unwrap();
    let twice = [
        ("do", "passkey"),
        ("ceremony", ceremony),
        ("attempt", attempt),
        ("answer", "{}"),
        ("answer", "{}"),
    ];
    assert_eq!(widget.post(&twice).await.state(), "passkey_wrong");
    let metric = r#"onlyauth_logins_total{channel="webauthn",outcome="wrong"}"#;
    assert_eq!(scene.server.metric(metric).await, 1);
}

#[tokio::test]
async fn a_passkey_is_offered_where_it_may_be_made_only() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let offers =
        async |widget: Widget| widget.send().await.html.contains("name=\"next\" value=\"passkey\"");
    assert!(offers(backend.widget(&app, &EndUser::number(1)).await).await);
    assert_eq!(backend.change(&app, &[("webauthn_enabled", "false")]).await.status, 200);
    server.clock.advance(Duration::from_secs(3));
    assert!(!offers(backend.widget(&app, &EndUser::number(2)).await).await, "switched off");
    let by_address = TestServer::with(|config| {
        config.server.base_url = "http://127.0.0.1:8080".parse().unwrap();
    })
    .await;
    let (backend, app) = by_address.shop().await;
    assert!(!offers(backend.widget(&app, &EndUser::number(1)).await).await, "no RP ID");
}
