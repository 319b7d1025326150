//! Looking after factors: a one-time link, a pass for it, and what can then be seen, added, named and removed.

use std::time::Duration;

use crate::support::authenticator::Authenticator;
use crate::support::page::Page;
use crate::support::passkey::SoftAuthenticator;
use crate::support::server::bytes_of;
use crate::support::{Backend, EndUser, TestServer, Widget, eventually};

const STEP: Duration = Duration::from_secs(30);

/// What an end user has, as the API tells it.
async fn factors(
    server: &TestServer,
    backend: &Backend,
    app: &str,
    user: &EndUser,
) -> Vec<(String, String)> {
    let id = server.known_as(backend, app, user).await;
    let answer = backend.get(&format!("/users/{id}?client_id={}", backend.client_id)).await;
    let found = answer.json()["user"]["factors"].clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let read = |factor: &serde_json::Value| (text(&factor["channel"]), text(&factor["id"]));
    found.as_array().unwrap().iter().map(read).collect()
}

/// Presses a button of `page`, of a form with these further fields.
async fn press(widget: &Widget, page: &Page, fields: &[(&str, &str)]) -> Page {
    let proof = page.field("proof").unwrap_or_default();
    widget.post(&[fields, &[("proof", proof)]].concat()).await
}

/// An end user with an authenticator app who has passed by it, for this.
async fn by_app(server: &TestServer, user: &EndUser) -> (Backend, String, Widget, Page) {
    let (backend, app, authenticator) = server.shop_with_authenticator(user).await;
    let (widget, page) = pass_by_app(server, &backend, &app, user, &authenticator).await;
    (backend, app, widget, page)
}

async fn pass_by_app(
    server: &TestServer,
    backend: &Backend,
    app: &str,
    user: &EndUser,
    authenticator: &Authenticator,
) -> (Widget, Page) {
    server.clock.advance(STEP);
    let (widget, _) = backend.opened_link(app, user).await;
    let page = widget.ask_by("totp").await;
    let page = widget.check(&page, &authenticator.code(server.clock.now(), 0)).await;
    assert_eq!((page.status, page.state()), (200, "factors"), "{page:?}");
    (widget, page)
}

#[tokio::test]
async fn a_link_opens_once_and_a_look_at_it_does_not_use_it_up() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let link = backend.factor_link(&app, &ann).await;
    let (first, second) = (link.open().await, link.open().await);
    for page in [&first, &second] {
        assert_eq!((page.status, page.state()), (200, "factor_link"));
    }
    assert_eq!(
        link.confirm(&Page { html: String::new(), ..first.clone() }).await.state(),
        "factor_link"
    );
    let (widget, page) = link.take(&first).await;
    assert_eq!(page.state(), "choose");
    let refused = link.confirm(&second).await;
    assert_eq!((refused.status, refused.state()), (401, "factor_link_used"));
    assert!(refused.field("token").is_none(), "{refused:?}");
    // The very same form again, after its answer was lost; and where it had led to goes on.
    assert_eq!(link.take(&first).await.1.state(), "choose");
    assert_eq!(widget.open().await.state(), "choose");
    server.clock.advance(Duration::from_mins(14));
    assert_eq!(link.confirm(&link.open().await).await.state(), "factor_link_used");
    server.clock.advance(Duration::from_mins(1));
    for page in [link.open().await, link.confirm(&first).await] {
        assert_eq!((page.status, page.state()), (401, "token_expired"));
    }
}

#[tokio::test]
async fn what_passes_there_is_no_login() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let (widget, page) = server.by_phone(&backend, &app, &ann).await;
    assert_eq!(page.state(), "factors");
    assert_eq!((page.success_token(), page.target()), (None, None));
    assert!(page.html.contains("href=\"https://shop.example/return?keep=1\""), "{page:?}");
    let proof = page.field("proof").unwrap();
    assert!(proof.starts_with("TOKN-"));
    assert_eq!(backend.validate(&app, proof).await.status, 404);
    // Nor does the token of a login show anything there.
    server.clock.advance(STEP);
    let login = backend.pass(&app, &ann).await.1.success_token().unwrap();
    let refused = widget.post(&[("do", "resume"), ("proof", &login)]).await;
    assert_eq!(refused.state(), "already_done");
    assert_eq!(backend.validate(&app, &login).await.status, 200);
    let listed = format!("/actions?client_id={}&app_id={app}", backend.client_id);
    let actions = backend.get(&listed).await.json()["actions"].clone();
    let purposes: Vec<_> = actions.as_array().unwrap().iter().map(|one| &one["purpose"]).collect();
    assert_eq!(purposes, ["login", "factors"]);
}

#[tokio::test]
async fn factors_are_seen_added_named_and_removed() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, widget, page) = by_app(&server, &ann).await;
    assert!(page.html.contains("Codes go to"), "{page:?}");
    assert!(page.html.contains("Authenticator app") && page.html.contains("Added on"), "{page:?}");

    // A passkey is added.
    let mut authenticator = SoftAuthenticator::platform();
    let creating = press(&widget, &page, &[("do", "set_up_passkey")]).await;
    assert_eq!(creating.state(), "passkey_create", "{creating:?}");
    let answer = authenticator.create(&server.origin(), &creating.options().unwrap()).await;
    let created = widget.keep(&creating, &answer).await;
    assert_eq!((created.state(), created.success_token()), ("passkey_created", None));
    let page = widget.leave(&created).await;
    assert_eq!(page.state(), "factors", "{page:?}");

    // It is given a name.
    let had = factors(&server, &backend, &app, &ann).await;
    let [(_, totp), (_, passkey)] = &had[..] else { panic!("{had:?}") };
    let one = press(&widget, &page, &[("factor", passkey)]).await;
    assert_eq!(one.state(), "factor");
    let naming = [("do", "name_factor"), ("factor", passkey), ("name", "  Work <b>key</b> ")];
    let named = press(&widget, &one, &naming).await;
    assert!(named.html.contains("The name is saved."), "{named:?}");
    assert!(named.html.contains("<bdi>Work &lt;b&gt;key&lt;/b&gt;</bdi>"), "{named:?}");
    let id = server.known_as(&backend, &app, &ann).await;
    let told = backend.get(&format!("/users/{id}?client_id={}", backend.client_id)).await;
    assert_eq!(told.json()["user"]["factors"][1]["name"], "Work <b>key</b>");
    assert_eq!(told.json()["user"]["factors"][0]["name"], serde_json::Value::Null);

    // And the app goes.
    let removal = [("do", "remove_factor"), ("factor", &**totp)];
    let page = press(&widget, &named, &removal).await;
    assert!(page.html.contains("Removed."), "{page:?}");
    assert_eq!(
        factors(&server, &backend, &app, &ann).await,
        [("webauthn".to_owned(), passkey.clone())]
    );
    // The very same form again.
    let again = press(&widget, &named, &removal).await;
    assert!(again.html.contains("That has changed meanwhile."), "{again:?}");

    let widget = backend.widget(&app, &ann).await;
    let page = widget.ask_for_passkey().await;
    let answer = authenticator.get(&server.origin(), &page.options().unwrap()).await;
    assert_eq!(widget.answer(&page, &answer).await.state(), "passed");
}

#[tokio::test]
async fn an_app_is_set_up_and_backup_codes_are_made_and_each_leads_back() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    let (widget, page) = server.by_phone(&backend, &app, &ann).await;
    let setup = press(&widget, &page, &[("do", "set_up_totp")]).await;
    assert_eq!(setup.state(), "totp_setup");
    let authenticator = Authenticator::scan(&setup);
    let code = authenticator.code(server.clock.now(), 0);
    let enrolled = press(&widget, &setup, &[("do", "confirm_totp"), ("code", &code)]).await;
    assert_eq!(enrolled.state(), "totp_enrolled");
    let codes = press(&widget, &enrolled, &[("do", "backup_codes")]).await;
    assert_eq!(codes.state(), "backup_codes");
    let page = widget.leave(&codes).await;
    assert_eq!(page.state(), "factors");
    assert!(page.html.contains("You have 10 backup codes left."), "{page:?}");
    assert!(!page.html.contains("value=\"set_up_totp\""), "this visit's app is set up: {page:?}");
    // Reloaded, with what the browser kept.
    assert_eq!(press(&widget, &page, &[("do", "resume")]).await.state(), "factors");
    for words in ["An authenticator app was set up", "New backup codes"] {
        eventually(words, || async {
            let inbox = backend.inbox(&app).await;
            let told = |one: &serde_json::Value| one["body"].as_str().unwrap().contains(words);
            inbox.iter().any(told).then_some(())
        })
        .await;
    }
}

#[tokio::test]
async fn row_27_whoever_has_a_factor_is_asked_for_it_and_not_for_their_phone() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    let messages = backend.messages(&app).await.len();
    let (widget, page) = backend.opened_link(&app, &ann).await;
    assert!(!page.html.contains("value=\"sms\""), "{page:?}");
    for fields in [[("channel", "sms"), ("sends", "0")], [("channel", "voice"), ("sends", "0")]] {
        let refused = widget.post(&fields).await;
        assert_ne!(refused.state(), "code_sent", "{refused:?}");
    }
    assert_eq!(backend.messages(&app).await.len(), messages, "nothing is sent");
}

#[tokio::test]
async fn row_27_nothing_is_changed_by_whoever_did_not_pass_there() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    let had = factors(&server, &backend, &app, &ann).await;
    let id = had[0].1.clone();
    server.clock.advance(STEP);
    let login = backend.widget(&app, &ann).await;
    let page = login.ask_by("totp").await;
    let passed = login.check(&page, &authenticator.code(server.clock.now(), 0)).await;
    let token = passed.success_token().unwrap();
    let (other, page) = server.by_phone(&backend, &app, &EndUser::number(1)).await;
    let others = page.field("proof").unwrap();
    let (fresh, _) = backend.opened_link(&app, &ann).await;
    let (widget, page) = pass_by_app(&server, &backend, &app, &ann, &authenticator).await;
    let own = page.field("proof").unwrap();
    let changes = ["remove_factor", "name_factor"];
    let adds = ["set_up_passkey", "set_up_totp", "backup_codes"];
    let all = [&changes[..], &adds].concat();
    for (name, widget, proof, steps) in [
        ("only the password is known", &fresh, own, &all[..]),
        // What may be added after a login is another matter.
        ("a login", &login, &*token, &changes),
        ("a login with the proof of another action", &login, own, &all),
        ("no proof", &widget, "", &all),
        ("somebody else's", &widget, others, &all),
    ] {
        for step in steps {
            let fields = [("do", *step), ("factor", &*id), ("name", "x"), ("proof", proof)];
            let refused = widget.post(&fields).await;
            assert_eq!(refused.status, 403, "{name} {step} {refused:?}");
        }
    }
    // Of others there is nothing to see or to change.
    let page = other.post(&[("do", "remove_factor"), ("factor", &*id), ("proof", others)]).await;
    assert!(page.html.contains("That has changed meanwhile."), "{page:?}");
    assert_eq!(factors(&server, &backend, &app, &ann).await, had);
}

#[tokio::test]
async fn row_28_after_a_number_that_changed_nothing_is_added() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    let moved = EndUser::new(&ann.uuid, "+12025550199");
    let (widget, page) = server.by_phone(&backend, &app, &moved).await;
    assert_eq!(page.state(), "factors");
    assert!(page.html.contains("To change anything here"), "{page:?}");
    for step in ["set_up_passkey", "set_up_totp", "backup_codes"] {
        assert!(!page.html.contains(&format!("value=\"{step}\"")), "{step}");
        assert_eq!(press(&widget, &page, &[("do", step)]).await.status, 403, "{step}");
    }
}

#[tokio::test]
async fn the_last_way_to_log_in_stays() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, widget, page) = by_app(&server, &ann).await;
    let settings = [("allow_sms_channel", "false"), ("first_enrollment", "on_first_use")];
    assert_eq!(backend.change(&app, &settings).await.status, 200);
    // Settings are looked at again after two seconds at most.
    server.clock.advance(Duration::from_secs(3));
    let had = factors(&server, &backend, &app, &ann).await;
    let one = press(&widget, &page, &[("factor", &had[0].1)]).await;
    assert_eq!(one.state(), "factor_last");
    assert!(!one.html.contains("value=\"remove_factor\""), "{one:?}");
    let refused = press(&widget, &page, &[("do", "remove_factor"), ("factor", &had[0].1)]).await;
    assert_eq!((refused.status, refused.state()), (400, "factor_last"));
    assert_eq!(factors(&server, &backend, &app, &ann).await, had);
}

#[tokio::test]
async fn a_name_is_short_and_visible_and_found_nowhere_in_the_database() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, widget, page) = by_app(&server, &ann).await;
    let had = factors(&server, &backend, &app, &ann).await;
    let name = async |name: &str| {
        let fields = [("do", "name_factor"), ("factor", &*had[0].1), ("name", name)];
        press(&widget, &page, &fields).await
    };
    for bad in ["x".repeat(65), "a\u{202e}b".to_owned()] {
        let refused = name(&bad).await;
        assert_eq!(refused.state(), "factor_name_wrong", "{refused:?}");
        assert!(refused.html.contains("aria-invalid"), "{refused:?}");
    }
    assert!(name("Marjolein's phone").await.html.contains("Marjolein&#39;s phone"));
    assert!(!name(" ").await.html.contains("Marjolein"), "an empty one takes the name away");
    assert!(name("Marjolein's phone").await.html.contains("Marjolein&#39;s phone"));
    let folder = server.stop().await;
    let bytes = bytes_of(&folder.path().join("data"));
    assert!(!bytes.windows(9).any(|window| window == b"Marjolein"), "row 21");
}

#[tokio::test]
async fn the_time_to_look_after_factors_ends_and_can_be_extended() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (_, _, widget, page) = by_app(&server, &ann).await;
    server.clock.advance(Duration::from_mins(14));
    let page = press(&widget, &page, &[("do", "extend")]).await;
    assert_eq!(page.state(), "factors");
    server.clock.advance(Duration::from_mins(14));
    assert_eq!(press(&widget, &page, &[("do", "resume")]).await.state(), "factors");
    server.clock.advance(Duration::from_mins(2));
    for fields in [[("do", "resume")], [("do", "extend")], [("do", "set_up_passkey")]] {
        let over = press(&widget, &page, &fields).await;
        assert!(over.field("proof").is_none() && over.state() != "factors", "{over:?}");
    }
}

#[tokio::test]
async fn a_trusted_device_is_seen_and_forgotten_and_stands_in_for_nobody_there() {
    let server = TestServer::start().await;
    let backend = server.client("Shop").await;
    let app = backend.app(&[("app_domain", "shop.example"), ("intelligent_2fa", "true")]).await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    let page = widget.send().await;
    let code = backend.code(&app, &ann).await;
    let passed = widget.check_and(&page, &code, &[("trust", "device")]).await;
    let cookie = passed.cookie.unwrap();
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("cookie", cookie.split(';').next().unwrap().parse().unwrap());
    let http = reqwest::Client::builder().no_proxy().default_headers(headers).build().unwrap();
    let browser = Backend { http, ..backend.clone() };

    let (widget, page) = browser.opened_link(&app, &ann).await;
    assert_ne!(page.state(), "trusted_device");
    assert_eq!(widget.post(&[("do", "trust")]).await.field("proof"), None, "nor if forged");
    let (widget, page) = server.by_phone(&browser, &app, &ann).await;
    assert!(page.html.contains("This device"), "{page:?}");
    let device = page.field("device").map(str::to_owned).expect("a button for it");
    let one = press(&widget, &page, &[("device", &device)]).await;
    assert_eq!(one.state(), "device");
    let page = press(&widget, &one, &[("do", "forget_device"), ("device", &device)]).await;
    assert!(!page.html.contains("This device"), "{page:?}");
    let login = browser.widget(&app, &ann).await;
    assert_ne!(login.open().await.state(), "trusted_device");
}
