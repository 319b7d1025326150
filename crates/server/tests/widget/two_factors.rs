//! Two proofs of different kinds in one login.

use std::time::Duration;

use crate::support::actors::wrong;
use crate::support::authenticator::Authenticator;
use crate::support::guesses::code_sent;
use crate::support::page::Page;
use crate::support::passkey::SoftAuthenticator;
use crate::support::{Backend, EndUser, TestServer, Widget};

const STEP: Duration = Duration::from_secs(30);

/// A shop that asks for two kinds, and Ann, who has her phone and an authenticator app.
struct Scene {
    server: TestServer,
    backend: Backend,
    app: String,
    authenticator: Authenticator,
}

impl Scene {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let (backend, app, authenticator) = server.shop_with_authenticator(&EndUser::ann()).await;
        assert_eq!(backend.change(&app, &[("mfa_enabled", "1")]).await.status, 200);
        server.clock.advance(STEP);
        Self { server, backend, app, authenticator }
    }

    async fn code_sent(&self) -> (Widget, Page, String) {
        code_sent(&self.backend, &self.app, &EndUser::ann()).await
    }

    fn code(&self) -> String {
        self.authenticator.code(self.server.clock.now(), 0)
    }

    /// A login whose first proof was a text message.
    async fn half(&self) -> (Widget, Page) {
        let (widget, page, code) = self.code_sent().await;
        let page = widget.check(&page, &code).await;
        assert_eq!(page.state(), "totp", "{page:?}");
        (widget, page)
    }

    async fn proof(&self, page: &Page) -> serde_json::Value {
        let token = page.success_token().unwrap();
        self.backend.validate(&self.app, &token).await.json()
    }

    async fn refusals(&self, kind: &str) -> u64 {
        let line = format!("onlyauth_widget_refusals_total{{reason=\"{kind}\"}}");
        self.server.metric(&line).await
    }
}

fn says(page: &Page, text: &str) -> bool {
    page.html.contains(text)
}

#[tokio::test]
async fn a_text_message_and_the_app_pass_together_and_neither_alone() {
    let scene = Scene::new().await;
    let widget = scene.backend.widget(&scene.app, &EndUser::ann()).await;
    assert!(says(&widget.open().await, "Step 1 of 2"));
    let (widget, page) = scene.half().await;
    assert!(says(&page, "Step 2 of 2") && page.success_token().is_none(), "{page:?}");
    // A reload goes on where the login stands, and what is wrong is counted as ever.
    assert_eq!(widget.open().await.state(), "totp");
    let page = widget.try_code(&wrong(&scene.code())).await;
    assert_eq!((page.state(), page.tries_left()), ("totp_wrong", Some(4)));
    let page = widget.check(&page, &scene.code()).await;
    assert_eq!(page.state(), "passed");
    let proof = scene.proof(&page).await;
    assert_eq!(proof["channels"], serde_json::json!(["sms", "totp"]));
    assert_eq!(proof["amr"], serde_json::json!(["sms", "otp", "mfa"]));
    assert_eq!((&proof["channel"], &proof["phone_changed"]), (&"totp".into(), &false.into()));
    for (channel, outcome) in [("sms", "proven"), ("totp", "passed")] {
        let line = format!("onlyauth_logins_total{{channel=\"{channel}\",outcome=\"{outcome}\"}}");
        assert_eq!(scene.server.metric(&line).await, 1, "{line}");
    }
}

#[tokio::test]
async fn the_app_may_come_first_and_the_message_is_sent_for_the_second_step() {
    let scene = Scene::new().await;
    let widget = scene.backend.widget(&scene.app, &EndUser::ann()).await;
    let page = widget.post(&[("channel", "totp"), ("sends", "0")]).await;
    assert_eq!(page.state(), "totp");
    let page = widget.check(&page, &scene.code()).await;
    assert_eq!(page.state(), "second_step", "{page:?}");
    assert!(!says(&page, "value=\"totp\""), "{page:?}");
    let page = widget.send().await;
    assert!(page.state() == "code_sent" && says(&page, "Step 2 of 2"), "{page:?}");
    let code = scene.backend.code(&scene.app, &EndUser::ann()).await;
    let page = widget.check(&page, &code).await;
    let proof = scene.proof(&page).await;
    assert_eq!(proof["channels"], serde_json::json!(["totp", "sms"]));
    assert_eq!(proof["amr"], serde_json::json!(["otp", "sms", "mfa"]));
}

#[tokio::test]
async fn a_code_that_was_sent_before_the_app_was_chosen_is_good_for_the_second_step() {
    let scene = Scene::new().await;
    let (widget, _, code) = scene.code_sent().await;
    let page = widget.post(&[("channel", "totp"), ("sends", "1")]).await;
    let page = widget.check(&page, &scene.code()).await;
    assert!(page.state() == "code_sent" && says(&page, "Step 2 of 2"), "{page:?}");
    assert_eq!(widget.check(&page, &code).await.state(), "passed");
    assert_eq!(scene.backend.messages(&scene.app).await.len(), 2);
}

#[tokio::test]
async fn row_9_the_very_same_form_gets_its_own_answer_in_either_step() {
    let scene = Scene::new().await;
    let (widget, form, code) = scene.code_sent().await;
    let first = widget.check(&form, &code).await;
    let again = widget.check(&form, &code).await;
    for page in [&first, &again] {
        assert_eq!((page.state(), page.success_token()), ("totp", None));
        assert!(page.field("first").is_some(), "{page:?}");
    }
    assert_eq!(first.field("first"), again.field("first"));
    // Also when the second step has begun.
    let begun = widget.post(&[("channel", "totp"), ("sends", "1")]).await;
    assert_eq!((begun.state(), begun.field("first")), ("totp", None));
    assert_eq!(widget.check(&form, &code).await.field("first"), first.field("first"));
    // Another form with the same code has proven nothing.
    let challenge = ("challenge", form.field("challenge").unwrap());
    let other = [("do", "check"), challenge, ("attempt", ATTEMPT), ("code", &code)];
    let other = widget.post(&other).await;
    assert_eq!((other.state(), other.field("first")), ("totp", None));
    let totp = scene.code();
    let passed = widget.check(&again, &totp).await;
    assert_eq!(widget.check(&again, &totp).await.success_token(), passed.success_token());
    // What was the first of two leads nowhere by itself, whichever challenge is the newest.
    assert_eq!(widget.check(&form, &code).await.success_token(), None);
    scene.proof(&passed).await;
}

const ATTEMPT: &str = "AAAAAAAAAAAAAAAAAAAAAA";

#[tokio::test]
async fn row_29_a_finish_with_one_of_two_proven_is_refused_and_counted() {
    let scene = Scene::new().await;
    let (widget, page) = scene.half().await;
    let first = page.field("first").unwrap().to_owned();
    let answer = ("answer", "{}");
    for fields in [
        &[("do", "keep"), ("proof", &first), answer][..],
        &[("do", "prove"), ("first", &first), answer],
        &[("do", "set_up_proof"), ("first", &first)],
        &[("do", "leave"), ("proof", &first)],
        &[("do", "prove_totp"), ("first", &first), ("code", "123456")],
        &[("do", "backup_codes"), ("proof", &first)],
    ] {
        let before = scene.refusals("enrolment").await;
        let page = widget.post(fields).await;
        assert_eq!((page.status, page.success_token()), (403, None), "{fields:?}");
        assert_eq!(scene.refusals("enrolment").await, before + 1, "{fields:?}");
    }
    let finished = widget.post(&[("do", "finish"), ("first", &first)]).await;
    assert_eq!((finished.status, finished.success_token()), (400, None));
    assert_eq!(scene.refusals("strange_form").await, 1);
    assert_eq!(scene.backend.validate(&scene.app, &first).await.status, 404);
    // No code, two of them, and the kind that has passed.
    let challenge = page.field("challenge").unwrap();
    let check = [("do", "check"), ("challenge", challenge), ("attempt", ATTEMPT)];
    let page = widget.post(&check).await;
    assert_eq!((page.state(), page.tries_left()), ("totp_malformed", Some(4)));
    let code = scene.code();
    let page = widget.post(&[&check[..2], &[("code", &code), ("code", &code)]].concat()).await;
    assert_eq!((page.state(), page.tries_left()), ("totp_malformed", Some(3)));
    let page = widget.post(&[("do", "send"), ("channel", "sms"), ("sends", "1")]).await;
    assert_eq!(page.state(), "totp");
    assert_eq!(scene.backend.messages(&scene.app).await.len(), 2, "nothing more was sent");
    assert_eq!(widget.check(&page, &code).await.state(), "passed");
}

#[tokio::test]
async fn what_is_half_proven_can_be_given_up_and_runs_out() {
    let scene = Scene::new().await;
    let (widget, page) = scene.half().await;
    assert_eq!(widget.post(&[("do", "cancel")]).await.state(), "cancelled");
    assert_eq!(widget.check(&page, &scene.code()).await.state(), "cancelled");
    scene.server.clock.advance(Duration::from_mins(5));
    let (widget, page) = scene.half().await;
    scene.server.clock.advance(Duration::from_mins(15));
    assert_eq!(widget.check(&page, &scene.code()).await.state(), "expired");
}

#[tokio::test]
async fn what_the_app_asks_for_counts_when_the_answer_comes() {
    let scene = Scene::new().await;
    let (widget, _) = scene.half().await;
    assert_eq!(scene.backend.change(&scene.app, &[("mfa_enabled", "0")]).await.status, 200);
    // One was enough now, but it must be given now.
    let page = widget.open().await;
    assert_eq!(page.success_token(), None);
    let page = widget.post(&[("channel", "totp"), ("sends", "1")]).await;
    let page = widget.check(&page, &scene.code()).await;
    assert_eq!(page.state(), "passed");
    let proof = scene.proof(&page).await;
    assert_eq!(proof["channels"], serde_json::json!(["sms", "totp"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_tabs_with_different_kinds_at_once_lose_neither_and_pass_once() {
    let scene = Scene::new().await;
    for round in 0..20 {
        scene.server.clock.advance(Duration::from_mins(10));
        let (widget, page, code) = scene.code_sent().await;
        let id = onlyauth_core::ids::ChallengeId::of_action(
            action_of(&widget),
            onlyauth_core::channel::Channel::Totp,
        );
        let (other, typed) = (widget.clone(), scene.code());
        let app = tokio::spawn(async move {
            let fields = [("do", "check"), ("attempt", ATTEMPT), ("code", typed.as_str())];
            other.post(&[&fields[..], &[("challenge", &id.to_string())]].concat()).await
        });
        let pages = [widget.check(&page, &code).await, app.await.unwrap()];
        let passed = pages.iter().filter(|page| page.success_token().is_some()).count();
        // Where the app's tab was faster, the code that was sent is not the newest challenge any more.
        if passed == 0 {
            let page = widget.open().await;
            assert!(says(&page, "Step 2 of 2"), "round {round}: {pages:?}");
        } else {
            assert_eq!(passed, 1, "round {round}");
        }
    }
}

fn action_of(widget: &Widget) -> onlyauth_core::ids::ActionId {
    let claims = widget.token.split('.').nth(1).unwrap();
    let claims = data_encoding::BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    claims["jti"].as_str().unwrap().parse().unwrap()
}

/// A shop that asks for two kinds, and Ann, who has passed with her phone before and has nothing else.
async fn phone_alone() -> (TestServer, Backend, String) {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    backend.pass(&app, &EndUser::ann()).await;
    assert_eq!(backend.change(&app, &[("mfa_enabled", "1")]).await.status, 200);
    server.clock.advance(Duration::from_mins(2));
    (server, backend, app)
}

/// The page on which Ann's second kind is made, after her phone passed.
async fn second_kind(backend: &Backend, app: &str, user: &EndUser) -> (Widget, Page) {
    let (widget, page, code) = code_sent(backend, app, user).await;
    let page = widget.check(&page, &code).await;
    assert_eq!(page.state(), "passkey_second", "{page:?}");
    (widget, page)
}

#[tokio::test]
async fn whoever_has_their_phone_alone_makes_a_passkey_as_the_second_proof_and_uses_it_from_then_on()
 {
    let (server, backend, app) = phone_alone().await;
    let newcomer = EndUser::new("bob", "+12025550188");
    for user in [EndUser::ann(), newcomer] {
        let mut authenticator = SoftAuthenticator::platform();
        let (widget, page) = second_kind(&backend, &app, &user).await;
        assert!(says(&page, "Step 2 of 2"), "{page:?}");
        let answer = authenticator.create(&server.origin(), &page.options().unwrap()).await;
        let made = widget.prove(&page, &answer).await;
        assert_eq!(made.state(), "passkey_created", "{made:?}");
        // The very same form again gets the same answer.
        let token = made.field("proof").unwrap();
        assert_eq!(widget.prove(&page, &answer).await.field("proof"), Some(token));
        // Backup codes may be had now, as after any pass.
        assert_eq!(widget.after(&made, "backup_codes").await.state(), "backup_codes");
        let proof = backend.validate(&app, token).await.json();
        assert_eq!(proof["channels"], serde_json::json!(["sms", "webauthn"]));
        assert_eq!(proof["amr"], serde_json::json!(["sms", "otp", "hwk", "mfa"]));

        server.clock.advance(Duration::from_mins(2));
        let (widget, page, code) = code_sent(&backend, &app, &user).await;
        let page = widget.check(&page, &code).await;
        assert_eq!(page.state(), "passkey", "{page:?}");
        let page = widget.post(&[("channel", "webauthn"), ("sends", "1")]).await;
        let answer = authenticator.get(&server.origin(), &page.options().unwrap()).await;
        let page = widget.answer(&page, &answer).await;
        let proof = backend.validate(&app, &page.success_token().unwrap()).await.json();
        assert_eq!(proof["channels"], serde_json::json!(["sms", "webauthn"]));
        server.clock.advance(Duration::from_mins(2));
    }
}

#[tokio::test]
async fn rows_27_and_44_the_second_kind_is_made_only_where_the_first_proof_was_given() {
    let (server, backend, app) = phone_alone().await;
    let (widget, page) = second_kind(&backend, &app, &EndUser::ann()).await;
    let mut authenticator = SoftAuthenticator::platform();
    let answer = authenticator.create(&server.origin(), &page.options().unwrap()).await;
    let ceremony = page.field("ceremony").unwrap().to_owned();
    for first in ["", "AAAA", ATTEMPT] {
        let fields = [("do", "prove"), ("ceremony", ceremony.as_str()), ("answer", &answer)];
        let page = widget.post(&[&fields[..], &[("first", first)]].concat()).await;
        assert_eq!((page.status, page.success_token()), (403, None));
        assert_eq!(widget.post(&[("do", "set_up_proof"), ("first", first)]).await.status, 403);
    }
    // Elsewhere, or after a reload, the phone is asked for once more.
    let page = widget.open().await;
    assert!(page.state() == "choose" && says(&page, "Step 1 of 2"), "{page:?}");
    server.clock.advance(Duration::from_mins(1));
    let page = widget.send().await;
    let code = backend.code(&app, &EndUser::ann()).await;
    let page = widget.check(&page, &code).await;
    assert_eq!(page.state(), "passkey_second", "{page:?}");
    let key = server.key_of(&backend, &app, &EndUser::ann()).await;
    assert_eq!(server.service.store.factor_list(&key).await, Ok(vec![]));
    assert_eq!(widget.prove(&page, &answer).await.state(), "passkey_created");
}

#[tokio::test]
async fn a_wrong_answer_makes_no_passkey_and_another_is_asked_for() {
    let (server, backend, app) = phone_alone().await;
    let (widget, page) = second_kind(&backend, &app, &EndUser::ann()).await;
    let mut authenticator = SoftAuthenticator::platform();
    let foreign = authenticator.create("http://localhost:1", &page.options().unwrap()).await;
    let again = widget.prove(&page, &foreign).await;
    assert_eq!(again.state(), "passkey_not_created", "{again:?}");
    assert_ne!(again.field("ceremony"), page.field("ceremony"));
    let answer = authenticator.create(&server.origin(), &again.options().unwrap()).await;
    assert_eq!(widget.prove(&again, &answer).await.state(), "passkey_created");
}

#[tokio::test]
async fn an_authenticator_app_will_do_as_the_second_proof() {
    let (server, backend, app) = phone_alone().await;
    let ann = EndUser::ann();
    let (widget, page) = second_kind(&backend, &app, &ann).await;
    let first = ("first", page.field("first").unwrap());
    let setup = widget.post(&[("do", "set_up_totp_proof"), first]).await;
    assert!(setup.state() == "totp_setup" && says(&setup, "Step 2 of 2"), "{setup:?}");
    let secret = Authenticator::scan(&setup);
    let code = secret.code(server.clock.now(), 0);
    let confirm = async |code: &str, first: (&str, &str)| {
        widget.post(&[("do", "prove_totp"), ("code", code), first]).await
    };
    assert_eq!(confirm(&wrong(&code), first).await.state(), "totp_setup_wrong");
    assert_eq!(confirm(&code, ("first", "")).await.status, 403);
    let made = confirm(&code, first).await;
    assert_eq!(made.state(), "totp_enrolled", "{made:?}");
    let token = made.field("proof").unwrap();
    assert_eq!(confirm(&code, first).await.field("proof"), Some(token));
    assert_eq!(confirm(&code, ("first", "")).await.status, 403);
    let proof = backend.validate(&app, token).await.json();
    assert_eq!(proof["channels"], serde_json::json!(["sms", "totp"]));

    server.clock.advance(Duration::from_mins(2));
    let (widget, page, sms) = code_sent(&backend, &app, &ann).await;
    let page = widget.check(&page, &sms).await;
    assert_eq!(page.state(), "totp");
    let code = secret.code(server.clock.now(), 0);
    assert_eq!(widget.try_code(&code).await.state(), "passed");
}

#[tokio::test]
async fn whoever_has_one_kind_and_can_get_no_other_is_told_so_before_anything_is_sent() {
    // The app stopped taking numbers of Ann's country.
    let scene = Scene::new().await;
    let widget = scene.backend.widget(&scene.app, &EndUser::ann()).await;
    let change = [("allowed_countries", "DE")];
    assert_eq!(scene.backend.change(&scene.app, &change).await.status, 200);
    let page = widget.open().await;
    assert!(page.state() == "one_kind_only" && says(&page, "only one is set up"), "{page:?}");
    let code = scene.code();
    let page = widget.post(&[("channel", "totp"), ("sends", "0"), ("code", &code)]).await;
    assert_eq!(page.state(), "one_kind_only");
    assert_eq!(scene.backend.messages(&scene.app).await.len(), 1, "the one from before");
}

#[tokio::test]
async fn row_28_a_changed_number_comes_second_after_the_app_and_enrols_nothing() {
    let scene = Scene::new().await;
    let moved = EndUser::new("ann", "+12025550177");
    let widget = scene.backend.widget(&scene.app, &moved).await;
    let page = widget.open().await;
    assert_eq!(page.state(), "totp");
    widget.post(&[("do", "send"), ("channel", "sms"), ("sends", "0")]).await;
    assert_eq!(scene.backend.messages(&scene.app).await.len(), 1, "nothing to the new number yet");
    let page = widget.check(&page, &scene.code()).await;
    assert_eq!(page.state(), "second_step");
    let page = widget.send().await;
    let code = scene.backend.code(&scene.app, &moved).await;
    let proof = scene.proof(&widget.check(&page, &code).await).await;
    assert_eq!(proof["phone_changed"], true);
    // Without a factor it leads nowhere.
    let (_server, backend, app) = phone_alone().await;
    let page = backend.widget(&app, &moved).await.open().await;
    assert_eq!(page.state(), "one_kind_only");
}

#[tokio::test]
async fn row_7_who_can_get_no_text_message_passes_by_the_app_and_a_passkey() {
    let scene = Scene::new().await;
    let ann = EndUser::ann();
    // A passkey, from a login of both proofs.
    let (widget, page) = scene.half().await;
    let page = widget.check_and(&page, &scene.code(), &[("next", "passkey")]).await;
    assert_eq!(page.state(), "passkey_create", "{page:?}");
    let mut passkey = SoftAuthenticator::platform();
    let answer = passkey.create(&scene.server.origin(), &page.options().unwrap()).await;
    assert_eq!(widget.keep(&page, &answer).await.state(), "passkey_created");
    for _ in 0..2 {
        scene.server.clock.advance(Duration::from_mins(2));
        let (widget, _, code) = scene.code_sent().await;
        for _ in 0..5 {
            widget.try_code(&wrong(&code)).await;
        }
    }
    let widget = scene.backend.widget(&scene.app, &ann).await;
    let page = widget.open().await;
    assert_eq!(page.state(), "totp", "a passkey comes last: {page:?}");
    let page = widget.check(&page, &scene.code()).await;
    assert_eq!(page.state(), "passkey", "{page:?}");
    let page = widget.post(&[("channel", "webauthn"), ("sends", "0")]).await;
    let answer = passkey.get(&scene.server.origin(), &page.options().unwrap()).await;
    let proof = scene.proof(&widget.answer(&page, &answer).await).await;
    assert_eq!(proof["channels"], serde_json::json!(["totp", "webauthn"]));
}
