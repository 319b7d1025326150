//! The real widget inside the real element on a page of another site.

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, Key};

use super::accessibility::violations;
use super::driver::{Browser, Scripts, browse_with};
use super::schema::misfits;
use super::site::Site;
use crate::support::actors::wrong;
use crate::support::{Backend, EndUser, TestServer, eventually};

const SCHEMA: &str = include_str!("../../../../docs/reference/widget-events.schema.json");

/// A customer's site on 127.0.0.1, the server on localhost: two sites to a browser.
struct Stage {
    server: TestServer,
    site: Site,
    /// Where logins lead.
    _home: Site,
    backend: Backend,
    app: String,
    ann: EndUser,
    page: String,
}

impl Stage {
    /// The element with further attributes.
    async fn open(attributes: &str) -> Self {
        let server = TestServer::start().await;
        let (backend, app) = server.shop().await;
        let base = server.service.config.server.base_url.origin();
        let ann = EndUser::ann();
        // The address home must be the site's, whose port is not known before it runs.
        let home = Site::start().await;
        let back = format!("{}/return?keep=1", home.origin);
        let token = backend.create_access_token(&app, &ann, &[("redirect_uri", Some(&back))]).await;
        let token = token.json()["token"].as_str().unwrap().to_owned();
        let html = format!(
            "<!doctype html><html lang=en><title>Host</title><link rel=icon href=data:,>\
             <script>var raw = [], events = [];\
             addEventListener('message', (event) => raw.push(event.data));\
             for (const type of ['ready', 'state', 'code_sent', 'success', 'error', 'expired', 'locked', 'cancel', 'resize'])\
               addEventListener('onlyauth-' + type, (event) => events.push([type, event.detail]));</script>\
             <button id=before style=\"padding: 1em\">Before</button>\
             <onlyauth-widget token=\"{token}\" app-id=\"{app}\" {attributes}></onlyauth-widget>\
             <button id=after style=\"padding: 1em\">After</button>\
             <script type=module src=\"{base}/v1/embed.js\"></script>"
        );
        let site = Site::with(Router::new().route("/host", get(async || Html(html)))).await;
        let page = format!("{}/host", site.origin);
        Self { server, site, _home: home, backend, app, ann, page }
    }

    async fn code(&self) -> String {
        self.backend.code(&self.app, &self.ann).await
    }
}

/// Blocks third-party cookies and storage, as browsers do.
fn blocking(capabilities: &mut ChromeCapabilities) {
    let preferences = json!({ "profile.cookie_controls_mode": 1 });
    capabilities.add_experimental_option("prefs", preferences).unwrap();
}

async fn raw(browser: &Browser) -> WebDriverResult<Vec<Value>> {
    Ok(browser.evaluate("raw").await?.as_array().cloned().unwrap_or_default())
}

async fn hear(browser: &Browser, kind: &str) -> Value {
    eventually(kind, || async {
        raw(browser).await.ok()?.into_iter().find(|message| message["type"] == kind)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_with_third_party_cookies_blocked_leads_home_by_itself() {
    let stage = Stage::open("").await;
    browse_with(Scripts::On, blocking, |browser| async move {
        let cookie = "(document.cookie = 'probe=1; Secure; SameSite=None', document.cookie)";
        browser.goto(stage.server.service.config.server.base_url.origin() + "/client").await?;
        assert_eq!(browser.evaluate(cookie).await?, "probe=1", "as a page of its own it may");
        browser.goto(&stage.page).await?;
        browser.enter_widget().await?;
        browser.see_state("choose").await?;
        assert_eq!(
            browser.evaluate(cookie).await?,
            "",
            "in a frame the browser keeps it from that"
        );
        browser.click(".primary").await?;
        let input = browser.see("#code").await?;
        input.send_keys(stage.code().await).await?;
        browser.enter_default_frame().await?;
        browser.see("#back").await?;
        let address = browser.current_url().await?;
        assert_eq!(address.path(), "/return");
        let token = address.query_pairs().find(|(name, _)| name == "token").unwrap().1.into_owned();
        assert_eq!(stage.backend.validate(&stage.app, &token).await.status, 200);
        stage.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_hears_fits_the_published_schema_and_tells_no_secret() {
    let stage = Stage::open("redirect=manual").await;
    browse_with(Scripts::On, blocking, |browser| async move {
        browser.goto(&stage.page).await?;
        browser.enter_widget().await?;
        browser.click(".primary").await?;
        browser.see("#code").await?;
        let code = stage.code().await;
        browser.see_state("code_sent").await?;
        browser.see("#code").await?.send_keys(wrong(&code)).await?;
        browser.see_state("wrong_code").await?;
        browser.see("#code").await?.send_keys(&code).await?;
        browser.see_state("passed").await?;
        browser.enter_default_frame().await?;
        let success = hear(&browser, "success").await;
        let messages = raw(&browser).await?;
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        assert_eq!(misfits(&schema, &messages), Vec::<String>::new());
        let kinds: Vec<_> =
            messages.iter().map(|message| message["type"].as_str().unwrap_or_default()).collect();
        for kind in ["ready", "state", "code_sent", "error", "success"] {
            assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
        }
        // Never a code, phone or user id.
        let all = serde_json::to_string(&messages).unwrap();
        let wrong = wrong(&code);
        for secret in [code.as_str(), &wrong, &stage.ann.phone, &stage.ann.phone[8..], "\"ann\""] {
            assert!(!all.contains(secret), "{all}");
        }
        let token = success["data"]["token"].as_str().unwrap();
        assert!(success["data"]["redirect_uri"].as_str().unwrap().ends_with(token), "{success}");
        assert_eq!(browser.current_url().await?.path(), "/host", "the page asked to do it itself");
        assert_eq!(stage.backend.validate(&stage.app, token).await.status, 200);
        stage.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_frame_is_as_high_as_what_it_shows() {
    let stage = Stage::open("redirect=manual").await;
    browse_with(Scripts::On, blocking, |browser| async move {
        browser.goto(&stage.page).await?;
        let fits = "(() => { const frame = document.querySelector('onlyauth-widget').shadowRoot.querySelector('iframe'); \
                    const heard = raw.filter((m) => m.type === 'ready' || m.type === 'resize').at(-1); \
                    return Boolean(heard) && Math.abs(frame.offsetHeight - heard.data.height) <= 1 && frame.offsetHeight; })()";
        let height = async || {
            eventually("a frame that fits", || async { browser.evaluate(fits).await.ok()?.as_i64() })
                .await
        };
        let content = "document.documentElement.offsetHeight";
        let mut heights = Vec::new();
        for step in ["choose", "code", "cancelled"] {
            browser.enter_widget().await?;
            match step {
                "code" => browser.click(".primary").await?,
                "cancelled" => browser.click("#more button:last-child").await?,
                _ => {}
            }
            browser.see(if step == "code" { "#code" } else { "h1" }).await?;
            if step == "cancelled" {
                browser.see_state("cancelled").await?;
            }
            let wanted = browser.evaluate(content).await?.as_i64().unwrap();
            browser.enter_default_frame().await?;
            let shown = eventually("the frame's height", || async {
                let shown = height().await;
                (shown - wanted).abs().le(&1).then_some(shown)
            })
            .await;
            heights.push(shown);
        }
        assert!(heights[1] > heights[0] && heights[2] < heights[1], "grows and shrinks: {heights:?}");
        stage.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_by_keyboard_alone_and_shift_tab_leaves_the_frame() {
    let stage = Stage::open("redirect=manual").await;
    browse_with(Scripts::On, blocking, |browser| async move {
        browser.goto(&stage.page).await?;
        browser.enter_widget().await?;
        browser.see_state("choose").await?;
        browser.enter_default_frame().await?;
        assert_eq!(browser.evaluate("document.activeElement.localName").await?, "body", "no theft");
        let press = async |keys: &str| browser.action_chain().send_keys(keys).perform().await;
        let (tab, enter) = (char::from(Key::Tab).to_string(), char::from(Key::Enter).to_string());
        browser.execute("document.querySelector('#before').focus()", Vec::new()).await?;
        press(&tab).await?;
        press(&enter).await?;
        browser.enter_widget().await?;
        browser.see("#code").await?;
        let focused = || async { browser.evaluate("document.activeElement.id").await.ok() };
        eventually("focus in the input", || async { (focused().await? == "code").then_some(()) })
            .await;
        browser.enter_default_frame().await?;
        // Out of the frame backwards, over the box for a passkey, and in again.
        for _ in 0..2 {
            browser
                .action_chain()
                .key_down(Key::Shift)
                .send_keys(&tab)
                .key_up(Key::Shift)
                .perform()
                .await?;
        }
        assert_eq!(browser.evaluate("document.activeElement.id").await?, "before");
        press(&tab).await?;
        press(&tab).await?;
        press(&stage.code().await).await?;
        browser.enter_widget().await?;
        browser.see_state("passed").await?;
        stage.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_the_dialog_open_is_accessible_with_all_that_is_in_it() {
    let stage = Stage::open("mode=modal redirect=manual").await;
    browse_with(Scripts::On, blocking, |browser| async move {
        browser.goto(&stage.page).await?;
        browser.enter_widget().await?;
        browser.see_state("choose").await?;
        assert_eq!(violations(&browser).await?, Vec::<String>::new());
        browser.enter_default_frame().await?;
        assert_eq!(violations(&browser).await?, Vec::<String>::new());
        stage.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_25_a_page_that_may_not_frame_it_hears_nothing() {
    let stage = Stage::open("").await;
    let elsewhere = [("origins", "https://shop.example")];
    assert_eq!(stage.backend.change(&stage.app, &elsewhere).await.status, 200);
    browse_with(Scripts::On, blocking, |browser| async move {
        browser.goto(&stage.page).await?;
        browser.see_given_up().await?;
        assert_eq!(raw(&browser).await?, Vec::<Value>::new());
        let events = browser.evaluate("events").await?;
        assert_eq!(events[1], json!(["error", { "code": "frame_blocked", "retryable": true }]));
        assert!(stage.site.seen().is_empty());
        stage.server.stop().await;
        Ok(())
    })
    .await;
}
