//! Trusted devices: what a browser that keeps a cookie is spared, and when it is asked all the same.

use std::time::Duration;

use onlyauth_core::ids::ActionId;
use onlyauth_server::config::CountryHeader;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderValue};

use crate::support::actors::wrong;
use crate::support::page::Page;
use crate::support::server::bytes_of;
use crate::support::{Backend, EndUser, TestServer, Widget};

const DAY: Duration = Duration::from_hours(24);
const NAME: &str = "__Host-onlyauth-device=";

/// A browser, with the headers that it and the proxies before it send.
#[derive(Debug, Clone, Default)]
pub(crate) struct Browser(Vec<(&'static str, String)>);

impl Browser {
    /// One that keeps what an earlier page told it to.
    fn keeping(page: &Page) -> Self {
        let cookie = page.cookie.as_deref().unwrap();
        Self(vec![("cookie", cookie.split(';').next().unwrap().to_owned())])
    }

    pub(crate) fn with(&self, name: &'static str, value: &str) -> Self {
        Self([self.0.clone(), vec![(name, value.to_owned())]].concat())
    }

    /// A login of this end user in it.
    pub(crate) async fn widget(&self, backend: &Backend, app: &str, user: &EndUser) -> Widget {
        self.opening(backend.widget(app, user).await)
    }

    fn opening(&self, widget: Widget) -> Widget {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.0 {
            headers.insert(*name, HeaderValue::from_str(value).unwrap());
        }
        let http = reqwest::Client::builder().no_proxy().default_headers(headers).build().unwrap();
        Widget { http, ..widget }
    }
}

pub(crate) async fn shop(server: &TestServer) -> (Backend, String) {
    let backend = server.client("Shop").await;
    let app = trusting_app(&backend).await;
    (backend, app)
}

async fn trusting_app(backend: &Backend) -> String {
    backend.app(&[("app_domain", "shop.example"), ("intelligent_2fa", "true")]).await
}

/// Fills in the form of `page` with the box ticked, or without.
pub(crate) async fn check(widget: &Widget, page: &Page, code: &str, ticked: bool) -> Page {
    let value = |name| page.field(name).unwrap_or_default();
    let mut fields = vec![
        ("do", "check"),
        ("challenge", value("challenge")),
        ("attempt", value("attempt")),
        ("code", code),
    ];
    fields.extend(ticked.then_some(("trust", "device")));
    widget.post(&fields).await
}

/// Has a code sent, the newest for some time: the inbox goes by the clock.
pub(crate) async fn send(server: &TestServer, widget: &Widget) -> Page {
    server.clock.advance(Duration::from_secs(1));
    let page = widget.send().await;
    assert_eq!(page.state(), "code_sent", "{page:?}");
    page
}

/// Passes in this browser by a code, with the box ticked.
pub(crate) async fn trust_in(
    browser: &Browser,
    server: &TestServer,
    backend: &Backend,
    app: &str,
    user: &EndUser,
) -> Page {
    let widget = browser.widget(backend, app, user).await;
    let page = send(server, &widget).await;
    let page = check(&widget, &page, &backend.code(app, user).await, true).await;
    assert_eq!(page.state(), "passed", "{page:?}");
    page
}

/// A browser that this end user trusts.
pub(crate) async fn trusted(
    server: &TestServer,
    backend: &Backend,
    app: &str,
    user: &EndUser,
) -> Browser {
    Browser::keeping(&trust_in(&Browser::default(), server, backend, app, user).await)
}

pub(crate) async fn stand_in(widget: &Widget) -> Page {
    widget.post(&[("do", "trust")]).await
}

/// What was written down with a login.
async fn decided(server: &TestServer, backend: &Backend, widget: &Widget) -> Option<String> {
    let claims = widget.token.split('.').nth(1).unwrap();
    let claims = data_encoding::BASE64URL_NOPAD.decode(claims.as_bytes()).unwrap();
    let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
    let action: ActionId = claims["jti"].as_str().unwrap().parse().unwrap();
    let client = backend.client_id.parse().unwrap();
    let history = server.service.store.action_history(client, action).await.unwrap().unwrap();
    history.facts.device.map(|decision| decision.to_string())
}

#[tokio::test]
async fn a_trusted_device_passes_without_a_message() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    server.clock.advance(DAY);

    let widget = browser.widget(&backend, &app, &ann).await;
    let page = widget.open().await;
    assert_eq!((page.status, page.state()), (200, "trusted_device"));
    let page = stand_in(&widget).await;
    assert_eq!((page.state(), page.cookie.as_deref()), ("passed", None));
    let token = page.success_token().unwrap();
    let proof = backend.validate(&app, &token).await.json();
    assert_eq!(proof["channels"], serde_json::json!(["trusted_device"]));
    assert_eq!(proof["channel"], "trusted_device");
    assert_eq!(proof["amr"], serde_json::json!([]));
    assert_eq!(proof["phone_changed"], false);
    assert_eq!(backend.validate(&app, &token).await.status, 404, "once");
    assert_eq!(backend.messages(&app).await.len(), 1, "that of the first login");
    let passed = r#"onlyauth_logins_total{channel="trusted_device",outcome="passed"}"#;
    assert_eq!(server.metric(passed).await, 1);
    assert_eq!(decided(&server, &backend, &widget).await.as_deref(), Some("trusted"));
}

#[tokio::test]
async fn the_cookie_is_for_this_host_alone_and_is_stored_as_a_hash() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let page = trust_in(&Browser::default(), &server, &backend, &app, &EndUser::ann()).await;
    let cookie = page.cookie.unwrap();
    let (value, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Max-Age=2592000; Path=/; Secure; HttpOnly; SameSite=None; Partitioned");
    let value = value.strip_prefix(NAME).unwrap();
    let bits = data_encoding::BASE64URL_NOPAD.decode(value.as_bytes()).unwrap();
    assert_eq!(bits.len() * 8, 256);
    // Row 21: whoever has the database has no device.
    let data = server.data();
    let _folder = server.stop().await;
    let stored = bytes_of(&data);
    for planted in [value.as_bytes(), &bits] {
        assert!(!stored.windows(planted.len()).any(|bytes| bytes == planted));
    }
}

#[tokio::test]
async fn opening_the_page_changes_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let browser = trusted(&server, &backend, &app, &EndUser::ann()).await;
    let widget = browser.widget(&backend, &app, &EndUser::ann()).await;
    for _ in 0..3 {
        let page = widget.open().await;
        assert_eq!((page.state(), page.cookie.as_deref()), ("trusted_device", None));
    }
    assert_eq!(widget.post(&[("do", "resume")]).await.state(), "trusted_device");
    // Somebody else may be at the device: another way stays open.
    assert_eq!(widget.post(&[("do", "choose")]).await.state(), "choose");
    assert_eq!(send(&server, &widget).await.state(), "code_sent");
    assert_eq!(widget.open().await.state(), "code_sent", "it has begun");
    assert_eq!(stand_in(&widget).await.state(), "code_sent", "and nothing stands in any more");
}

#[tokio::test]
async fn nothing_is_kept_where_nobody_asked_for_it() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    let sent = send(&server, &widget).await;
    assert!(sent.html.contains("name=\"trust\""), "the box is there");
    let code = backend.code(&app, &ann).await;
    let refused = check(&widget, &sent, &wrong(&code), true).await;
    assert_eq!((refused.state(), refused.cookie.as_deref()), ("wrong_code", None));
    let page = check(&widget, &refused, &code, false).await;
    assert_eq!((page.state(), page.cookie.as_deref()), ("passed", None));

    // An app that wants none of it takes none, whatever a form says, and heeds none.
    let browser = trusted(&server, &backend, &app, &ann).await;
    backend.change(&app, &[("intelligent_2fa", "false")]).await;
    let widget = browser.widget(&backend, &app, &ann).await;
    assert_eq!(widget.open().await.state(), "choose");
    assert_eq!(stand_in(&widget).await.state(), "choose");
    let sent = send(&server, &widget).await;
    assert!(!sent.html.contains("name=\"trust\""));
    let page = check(&widget, &sent, &backend.code(&app, &ann).await, true).await;
    assert_eq!((page.state(), page.cookie.as_deref()), ("passed", None));
    assert_eq!(decided(&server, &backend, &widget).await, None);
}

#[tokio::test]
async fn the_very_same_form_gets_the_very_same_cookie() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    let sent = send(&server, &widget).await;
    let code = backend.code(&app, &ann).await;
    let [first, second] =
        [check(&widget, &sent, &code, true).await, check(&widget, &sent, &code, true).await];
    assert_eq!((first.state(), second.state()), ("passed", "passed"));
    assert_eq!(first.cookie, second.cookie);
    let browser = Browser::keeping(&second);
    assert_eq!(browser.widget(&backend, &app, &ann).await.open().await.state(), "trusted_device");
}

#[tokio::test]
async fn row_10_a_cookie_of_another_end_user_app_or_mode_is_worth_nothing() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let (ann, eve) = (EndUser::ann(), EndUser::number(7));
    let browser = trusted(&server, &backend, &app, &ann).await;
    let other = trusting_app(&backend).await;
    let stranger = server.client("Stranger").await;
    let foreign = trusting_app(&stranger).await;
    let reason = Some("asked unknown_device");
    for (backend, app, user) in
        [(&backend, &app, &eve), (&backend, &other, &ann), (&stranger, &foreign, &ann)]
    {
        let widget = browser.widget(backend, app, user).await;
        assert_eq!(widget.open().await.state(), "choose");
        assert_eq!(stand_in(&widget).await.state(), "choose");
        assert_eq!(send(&server, &widget).await.state(), "code_sent");
        assert_eq!(decided(&server, backend, &widget).await.as_deref(), reason);
    }
    // Row 45: trusted in the sandbox is not trusted live.
    backend.change(&app, &[("sandbox_mode", "false")]).await;
    let widget = browser.widget(&backend, &app, &ann).await;
    assert_eq!(
        (widget.open().await.state(), stand_in(&widget).await.state()),
        ("choose", "choose")
    );
}

#[tokio::test]
async fn one_browser_is_trusted_by_several_end_users_and_apps() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let other = trusting_app(&backend).await;
    let (ann, bob) = (EndUser::ann(), EndUser::number(7));
    let browser = trusted(&server, &backend, &app, &ann).await;
    for (app, user) in [(&app, &bob), (&other, &ann)] {
        let again = Browser::keeping(&trust_in(&browser, &server, &backend, app, user).await);
        assert_eq!(again.0, browser.0, "it keeps what it has");
    }
    for (app, user) in [(&app, &ann), (&app, &bob), (&other, &ann)] {
        let widget = browser.widget(&backend, app, user).await;
        assert_eq!(stand_in(&widget).await.state(), "passed");
    }
}

#[tokio::test]
async fn row_12_after_thirty_days_it_is_asked() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    let last = Duration::from_millis(1);
    server.clock.advance((DAY * 30).checked_sub(last).unwrap());
    let in_time = browser.widget(&backend, &app, &ann).await;
    assert_eq!(in_time.open().await.state(), "trusted_device");
    server.clock.advance(last);
    assert_eq!(in_time.open().await.state(), "choose");
    assert_eq!(stand_in(&in_time).await.state(), "choose");
    send(&server, &in_time).await;
    assert_eq!(decided(&server, &backend, &in_time).await.as_deref(), Some("asked expired"));
}

#[tokio::test]
async fn a_device_that_was_forgotten_is_asked_and_gets_another_cookie() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    let widget = browser.widget(&backend, &app, &ann).await;
    assert_eq!(widget.open().await.state(), "trusted_device");
    let id = server.known_as(&backend, &app, &ann).await;
    let path = format!("/users/{id}/trusted-devices?client_id={}", backend.client_id);
    let forgotten = backend.request(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(forgotten.status(), 200);
    assert_eq!(stand_in(&widget).await.state(), "choose");
    let again = trust_in(&browser, &server, &backend, &app, &ann).await;
    let renewed = Browser::keeping(&again);
    // Whoever stole the first has nothing of it.
    assert_ne!(renewed.0, browser.0);
    let stolen = browser.widget(&backend, &app, &ann).await;
    assert_eq!(stand_in(&stolen).await.state(), "choose");
    let own = renewed.widget(&backend, &app, &ann).await;
    assert_eq!(stand_in(&own).await.state(), "passed");
}

#[tokio::test]
async fn row_28_with_another_number_it_is_asked_and_can_not_be_trusted() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let moved = EndUser::new(&ann.uuid, "+12025550177");
    let browser = trusted(&server, &backend, &app, &ann).await;
    let widget = browser.widget(&backend, &app, &moved).await;
    assert_eq!(
        (widget.open().await.state(), stand_in(&widget).await.state()),
        ("choose", "choose")
    );
    let sent = send(&server, &widget).await;
    assert!(!sent.html.contains("name=\"trust\""), "not offered");
    let page = check(&widget, &sent, &backend.code(&app, &moved).await, true).await;
    assert_eq!((page.state(), page.cookie.as_deref()), ("passed", None));
    assert_eq!(decided(&server, &backend, &widget).await.as_deref(), Some("asked phone_changed"));
    // The new number passed, elsewhere as it were: the device was trusted with the old one.
    let widget = browser.widget(&backend, &app, &moved).await;
    assert_eq!(stand_in(&widget).await.state(), "choose");
}

#[tokio::test]
async fn after_a_failure_elsewhere_it_is_asked_until_somebody_passes() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    server.clock.advance(DAY);
    let guesser = backend.widget(&app, &ann).await;
    let sent = send(&server, &guesser).await;
    let code = backend.code(&app, &ann).await;
    assert_eq!(guesser.check(&sent, &wrong(&code)).await.state(), "wrong_code");

    let widget = browser.widget(&backend, &app, &ann).await;
    assert_eq!(
        (widget.open().await.state(), stand_in(&widget).await.state()),
        ("choose", "choose")
    );
    let sent = send(&server, &widget).await;
    assert_eq!(decided(&server, &backend, &widget).await.as_deref(), Some("asked failures_since"));
    let page = check(&widget, &sent, &backend.code(&app, &ann).await, false).await;
    assert_eq!(page.state(), "passed");
    let widget = browser.widget(&backend, &app, &ann).await;
    assert_eq!(stand_in(&widget).await.state(), "passed");
}

#[tokio::test]
async fn a_factor_enrolled_since_is_a_reason_to_ask() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    server.clock.advance(DAY);
    let authenticator = server.enrol_totp(&backend, &app, &ann).await;
    let widget = browser.widget(&backend, &app, &ann).await;
    assert_eq!(stand_in(&widget).await.state(), "choose");

    // Its code is asked for; passing with that renews the trust.
    let page = widget.post(&[("channel", "totp"), ("sends", "0")]).await;
    assert_eq!(page.state(), "totp", "{page:?}");
    assert!(page.html.contains("name=\"trust\""));
    let code = authenticator.code(server.clock.now(), 0);
    let renewed = Browser::keeping(&check(&widget, &page, &code, true).await);
    assert_eq!(renewed.0, browser.0);
    let widget = browser.widget(&backend, &app, &ann).await;
    assert_eq!(widget.open().await.state(), "trusted_device");
}

/// Whoever needs a backup code has lost something, which may be the device.
#[tokio::test]
async fn a_backup_code_used_elsewhere_is_a_reason_to_ask() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    backend.change(&app, &[("intelligent_2fa", "true")]).await;
    server.clock.advance(Duration::from_mins(1));
    let widget = backend.widget(&app, &ann).await;
    let page = widget.post(&[("channel", "totp"), ("sends", "0")]).await;
    let page = check(&widget, &page, &authenticator.code(server.clock.now(), 0), true).await;
    let browser = Browser::keeping(&page);
    // Handed out in the login in which the device was trusted: no reason to doubt it.
    server.clock.advance(Duration::from_secs(5));
    let proof = page.success_token().unwrap();
    let page = widget.post(&[("do", "backup_codes"), ("proof", &proof)]).await;
    assert_eq!(page.state(), "backup_codes", "{page:?}");
    let code = page.html.split("<li><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let state = async || browser.widget(&backend, &app, &ann).await.open().await.state().to_owned();
    assert_eq!(state().await, "trusted_device");

    server.clock.advance(Duration::from_secs(5));
    let elsewhere = backend.widget(&app, &ann).await;
    let page = elsewhere.ask_by("backup_code").await;
    assert_ne!(elsewhere.check(&page, &code).await.success_token(), None, "{code}");
    assert_ne!(state().await, "trusted_device");
    let widget = browser.widget(&backend, &app, &ann).await;
    send(&server, &widget).await;
    assert_eq!(
        decided(&server, &backend, &widget).await.as_deref(),
        Some("asked backup_code_used")
    );
}

#[tokio::test]
async fn in_another_country_it_is_asked() {
    let server = TestServer::with(|config| {
        config.server.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        config.server.country_header = CountryHeader::parse("CF-IPCountry");
    })
    .await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let at_home = Browser::default().with("cf-ipcountry", "DE");
    let page = trust_in(&at_home, &server, &backend, &app, &ann).await;
    let browser = Browser::keeping(&page);
    for (country, state) in
        [("DE", "trusted_device"), ("XX", "trusted_device"), ("FR", "choose"), ("T1", "choose")]
    {
        let widget = browser.with("cf-ipcountry", country).widget(&backend, &app, &ann).await;
        assert_eq!(widget.open().await.state(), state, "{country}");
        assert_eq!(stand_in(&widget).await.state() == "passed", state == "trusted_device");
    }
}

#[tokio::test]
async fn row_9_many_replays_at_once_are_one_token() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    let widget = browser.widget(&backend, &app, &ann).await;
    let posts = (0..20).map(|_| {
        let widget = widget.clone();
        tokio::spawn(async move { stand_in(&widget).await })
    });
    let mut tokens = Vec::new();
    for post in posts.collect::<Vec<_>>() {
        tokens.push(post.await.unwrap().success_token().unwrap());
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
    let passed = r#"onlyauth_logins_total{channel="trusted_device",outcome="passed"}"#;
    assert_eq!(server.metric(passed).await, 1);
    // Who has the access token and not the device is told nothing.
    let stranger = Browser::default().opening(widget.clone());
    assert_eq!(stand_in(&stranger).await.state(), "already_done");
    assert_eq!(backend.validate(&app, &tokens[0]).await.status, 200);
    assert_eq!(stand_in(&widget).await.state(), "already_done", "redeemed");
}

#[tokio::test]
async fn a_form_of_another_site_brings_no_device() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    let widget = backend.widget(&app, &ann).await;
    let forged = browser.with("sec-fetch-site", "cross-site").opening(widget.clone());
    assert_eq!(stand_in(&forged).await.state(), "choose");
    let own = browser.with("sec-fetch-site", "same-origin").opening(widget);
    assert_eq!(stand_in(&own).await.state(), "passed");
}

#[tokio::test]
async fn standing_in_counts_as_a_start_of_its_address() {
    let server = TestServer::with(|config| config.limits.starts_per_ip_per_hour = 3).await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    for state in ["passed", "passed", "limited"] {
        let widget = browser.widget(&backend, &app, &ann).await;
        assert_eq!(stand_in(&widget).await.state(), state);
    }
}

#[tokio::test]
async fn row_27_nothing_is_enrolled_where_a_device_stood_in() {
    let server = TestServer::start().await;
    let (backend, app) = shop(&server).await;
    let ann = EndUser::ann();
    let browser = trusted(&server, &backend, &app, &ann).await;
    let widget = browser.widget(&backend, &app, &ann).await;
    let proof = stand_in(&widget).await.success_token().unwrap();
    for fields in [
        vec![("do", "keep"), ("proof", proof.as_str())],
        vec![("do", "keep"), ("proof", proof.as_str()), ("answer", "{}"), ("ceremony", "CHLG-1")],
    ] {
        assert_eq!(widget.post(&fields).await.status, 403);
    }
    let key = server.key_of(&backend, &app, &ann).await;
    assert_eq!(server.service.store.factor_list(&key).await, Ok(Vec::new()));
}
