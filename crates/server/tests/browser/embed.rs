//! `<onlyauth-widget>` on a customer's page. The frame is one that a test plays, at a region's base URL: so it can
//! say what it likes, and the page's reaction is seen.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use data_encoding::BASE64URL_NOPAD;
use onlyauth_server::config::ServedRegion;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::sync::Notify;

use super::driver::{Browser, Scripts, browse};
use super::site::Site;
use crate::support::{TestServer, eventually, form};

const ALLOW: &str = "publickey-credentials-get; publickey-credentials-create; otp-credentials";

/// Listens, and answers the first hello; `app_id` says how this frame behaves.
async fn frame(State(released): State<Arc<Notify>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    if query.contains("app_id=late") {
        released.notified().await;
    }
    let page = Html(
        "<!doctype html><title>Frame</title><link rel=icon href=data:,><h1>Frame</h1><script>\
         var heard = [], host = '';\
         function say(type, data) { parent.postMessage({ type, v: 1, id: '1', ts: 1, data }, host) }\
         addEventListener('message', (event) => {\
           heard.push(event.data); host = event.origin; say('ready', { height: 333 });\
         });</script>",
    );
    if query.contains("app_id=refuses") {
        ([(header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'")], page).into_response()
    } else {
        page.into_response()
    }
}

/// The site of frames; those that are late come once somebody asks for `/release`.
async fn frames() -> Site {
    let released = Arc::new(Notify::new());
    let release = |State(released): State<Arc<Notify>>| async move { released.notify_one() };
    let pages = Router::new().route("/client", get(frame)).route("/release", get(release));
    Site::with(pages.with_state(released)).await
}

/// A customer's page: the body is in the query, and what the element says is noted.
async fn host(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        let mut fields = url::form_urlencoded::parse(query.as_bytes());
        fields.find(|(field, _)| field == name).map(|(_, value)| value.into_owned()).unwrap()
    };
    let (script, body) = (value("script"), value("body"));
    let page = Html(format!(
        "<!doctype html><title>Host</title><link rel=icon href=data:,><script>\
         var events = [], keep = false;\
         for (const type of ['ready', 'state', 'code_sent', 'success', 'error', 'expired', 'locked', 'cancel', 'resize'])\
           addEventListener('onlyauth-' + type, (event) => {{\
             events.push([type, event.detail, event.target.localName]);\
             if (keep) event.preventDefault();\
           }});\
         </script>{body}<script type=module src=\"{script}\"></script>"
    ));
    // What docs/how-to/embed-the-widget.md asks for, and inline scripts for the test.
    let origin = url::Url::parse(&script).unwrap().origin().ascii_serialization();
    let policy =
        format!("script-src 'unsafe-inline' {origin}; style-src 'none'; connect-src 'none'");
    ([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response()
}

struct Stage {
    server: TestServer,
    frames: Site,
    shop: Site,
}

impl Stage {
    /// The region eu-1 is where the frames are.
    async fn set() -> Self {
        let frames = frames().await;
        let shop = Site::with(Router::new().route("/host", get(host))).await;
        let base_url = frames.origin.parse().unwrap();
        let server = TestServer::with(|config| {
            config.regions = vec![ServedRegion { name: "eu-1".parse().unwrap(), base_url }];
        })
        .await;
        Self { server, frames, shop }
    }

    /// The address of a page with this body.
    fn page(&self, body: &str) -> String {
        let script = format!("{}/v1/embed.js", self.server.base());
        format!("{}/host?{}", self.shop.origin, form(&[("script", &script), ("body", body)]))
    }

    fn element(attributes: &str) -> String {
        format!("<onlyauth-widget token=\"{}\" {attributes}></onlyauth-widget>", token("de-CH"))
    }

    async fn open(&self, browser: &Browser, attributes: &str) -> WebDriverResult<()> {
        browser.goto(self.page(&Self::element(attributes))).await
    }
}

/// What the element can read of an access token.
fn token(language: &str) -> String {
    let claims = json!({ "region": "eu-1", "language": language });
    format!("e30.{}.x", BASE64URL_NOPAD.encode(claims.to_string().as_bytes()))
}

/// What a page's expression comes to, once it is neither false nor null.
async fn becomes(browser: &Browser, expression: &str) -> Value {
    eventually(expression, || async {
        let value = browser.evaluate(expression).await.ok()?;
        (!value.is_null() && value != json!(false)).then_some(value)
    })
    .await
}

const ELEMENT: &str = "document.querySelector('onlyauth-widget')";
const FRAME: &str = "document.querySelector('onlyauth-widget').shadowRoot.querySelector('iframe')";

fn events_of(kind: &str) -> String {
    format!("events.filter(([type]) => type === '{kind}').map(([, detail]) => detail)")
}

async fn in_frame(browser: &Browser, script: &str) -> WebDriverResult<Value> {
    browser.enter_widget().await?;
    let value = browser.evaluate(script).await?;
    browser.enter_default_frame().await?;
    Ok(value)
}

async fn ready(browser: &Browser) {
    becomes(browser, &format!("{}.length === 1", events_of("ready"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_element_makes_the_frame_and_greets_it() {
    let stage = Stage::set().await;
    browse(Scripts::On, |browser| async move {
        let body = Stage::element("app-id=\"APPX-1 &amp; 2\" theme=dark redirect=manual")
            .replace("</", "<iframe src=data:, title=Fallback></iframe></");
        browser.goto(stage.page(&body)).await?;
        ready(&browser).await;
        let address = becomes(&browser, &format!("{FRAME}.src")).await;
        let query =
            form(&[("token", &token("de-CH")), ("app_id", "APPX-1 & 2"), ("theme", "dark")]);
        assert_eq!(address, format!("{}/client?{query}", stage.frames.origin));
        for (attribute, value) in [
            ("allow", ALLOW),
            ("title", "Bestätigen Sie, dass Sie es sind"),
            ("referrerpolicy", "no-referrer"),
        ] {
            let found = browser.evaluate(&format!("{FRAME}.getAttribute('{attribute}')")).await?;
            assert_eq!(found, value, "{attribute}");
        }
        assert_eq!(
            browser.evaluate(&format!("getComputedStyle({FRAME}).borderTopWidth")).await?,
            "0px"
        );
        assert_eq!(browser.evaluate(&format!("{ELEMENT}.childNodes.length")).await?, 0);

        let hello = in_frame(&browser, "heard").await?;
        assert_eq!(hello.as_array().unwrap().len(), 1, "{hello}");
        let hello = &hello[0];
        assert_eq!((&hello["type"], &hello["v"]), (&json!("hello"), &json!(1)));
        assert_eq!(hello["data"], json!({ "redirect": "manual" }));
        assert!(hello["id"].is_string() && hello["ts"].is_u64(), "{hello}");

        // Who does not speak as agreed is greeted again; who speaks of new things is not.
        in_frame(&browser, "parent.postMessage('who is there?', host)").await?;
        becomes(&browser, &format!("{}.length === 2", events_of("ready"))).await;
        in_frame(&browser, "say('news', {})").await?;
        in_frame(&browser, "say('locked', { until: null })").await?;
        assert_eq!(
            becomes(&browser, &format!("{}[0]", events_of("locked"))).await,
            json!({ "until": null })
        );
        assert_eq!(in_frame(&browser, "heard.length").await?, 2);
        // A frame that has loaded anew has forgotten.
        in_frame(&browser, "location.reload()").await?;
        becomes(&browser, &format!("{}.length === 3", events_of("ready"))).await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_frames_height_follows_its_content() {
    let stage = Stage::set().await;
    browse(Scripts::On, |browser| async move {
        stage.open(&browser, "app-id=a").await?;
        let height = |height: u32| format!("{FRAME}.offsetHeight === {height}");
        becomes(&browser, &height(333)).await;
        for (said, seen) in [("500", 500), ("412.5", 413), ("NaN", 413), ("-1", 413), ("1e9", 413)]
        {
            in_frame(&browser, &format!("say('resize', {{ height: {said} }})")).await?;
            becomes(&browser, &height(seen)).await;
        }
        in_frame(&browser, "say('resize', { height: 200 })").await?;
        becomes(&browser, &height(200)).await;
        assert_eq!(becomes(&browser, &format!("{}.length === 6", events_of("resize"))).await, true);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_25_messages_of_others_are_ignored() {
    let stage = Stage::set().await;
    let foreign = frames().await;
    browse(Scripts::On, |browser| async move {
        let other = format!("<iframe id=other src=\"{}/client\"></iframe>", foreign.origin);
        let same = format!("<iframe id=same src=\"{}/client\"></iframe>", stage.frames.origin);
        let body = [Stage::element("app-id=a"), other, same].concat();
        browser.goto(stage.page(&body)).await?;
        ready(&browser).await;
        let success = "parent.postMessage({ type: 'success', v: 1, id: '1', ts: 1, data: \
                       { token: 'TOKN-x', redirect_uri: location.origin + '/stolen' } }, '*')";
        // The page itself, a foreign frame, and one of the right origin that is not the element's.
        browser.evaluate(&success.replace("parent.", "window.")).await?;
        for frame in ["#other", "#same"] {
            browser.enter(frame).await?;
            browser.evaluate(success).await?;
            browser.enter_default_frame().await?;
        }
        // The element's own window, once something else is shown in it.
        browser.evaluate(&format!("{FRAME}.src = '{}/client'", foreign.origin)).await?;
        browser.enter_widget().await?;
        browser.see("h1").await?;
        becomes(&browser, &format!("location.origin === '{}'", foreign.origin)).await;
        assert_eq!(browser.evaluate("heard").await?, json!([]), "hello goes to the right origin only");
        browser.evaluate(success).await?;
        // Messages keep their order: what was sent before it has been dealt with when this one is.
        browser.evaluate("parent.postMessage('over', '*')").await?;
        browser.enter_default_frame().await?;
        browser.evaluate("addEventListener('message', ({ data }) => { if (data === 'end') over = true }), over = false").await?;
        browser.evaluate("postMessage('end', '*')").await?;
        becomes(&browser, "over").await;
        assert_eq!(browser.evaluate("events.map(([type]) => type)").await?, json!(["ready"]));
        assert!(stage.frames.seen().is_empty() && foreign.seen().is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_leads_home_unless_the_page_says_otherwise() {
    let stage = Stage::set().await;
    browse(Scripts::On, |browser| async move {
        let home = format!("{}/home?token=TOKN-x", stage.shop.origin);
        let success = format!("say('success', {{ token: 'TOKN-x', redirect_uri: '{home}' }})");
        let told = json!({ "token": "TOKN-x", "redirect_uri": home });
        let told_once = format!("{}[0]", events_of("success"));

        for (attributes, before) in [
            ("app-id=a redirect=manual", "1"),
            ("app-id=a", "keep = true"),
            ("app-id=a redirect=auto", "keep = 1"),
        ] {
            stage.open(&browser, attributes).await?;
            ready(&browser).await;
            browser.evaluate(before).await?;
            in_frame(&browser, &success).await?;
            assert_eq!(becomes(&browser, &told_once).await, told, "{attributes}");
        }
        assert!(stage.shop.seen().is_empty(), "{:?}", stage.shop.seen());

        stage.open(&browser, "app-id=a").await?;
        ready(&browser).await;
        in_frame(&browser, "say('success', { redirect_uri: 'javascript:events.push([1])' })")
            .await?;
        becomes(&browser, &told_once).await;
        // A script is no way home; it would have run by the time that the next message is heard.
        in_frame(&browser, "say('expired', {})").await?;
        becomes(&browser, &format!("{}[0]", events_of("expired"))).await;
        let ran = browser.evaluate("events.some(([type]) => type === 1)").await?;
        assert_eq!(ran, false);
        in_frame(&browser, &success).await?;
        browser.see("#back").await?;
        assert_eq!(browser.current_url().await?.as_str(), home);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_modal_can_be_closed_and_opened_again() {
    let stage = Stage::set().await;
    browse(Scripts::On, |browser| async move {
        let element = Stage::element("app-id=a mode=modal");
        let body = format!("<button id=log-in>Log in</button>{element}");
        browser.goto(stage.page(&body)).await?;
        ready(&browser).await;
        let dialog = "document.querySelector('onlyauth-widget').shadowRoot.querySelector('dialog')";
        let button = format!("{dialog}.querySelector('button')");
        assert_eq!(browser.evaluate(&format!("{dialog}.matches(':modal')")).await?, true);
        assert_eq!(browser.evaluate(&format!("{button}.ariaLabel")).await?, "Schließen");
        assert_eq!(
            browser.evaluate(&format!("[{dialog}.lang, {dialog}.dir, {dialog}.ariaLabel]")).await?,
            json!(["de", "ltr", "Bestätigen Sie, dass Sie es sind"])
        );
        let cancelled = |count: u32| format!("{}.length === {count}", events_of("cancel"));
        let gone = format!("!{dialog} && document.activeElement.id === 'log-in'");

        browser.evaluate(&format!("{button}.click()")).await?;
        becomes(&browser, &cancelled(1)).await;
        browser.evaluate("document.querySelector('#log-in').focus()").await?;
        becomes(&browser, &gone).await;

        browser.evaluate(&format!("{ELEMENT}.open()")).await?;
        becomes(&browser, &format!("{}.length === 2", events_of("ready"))).await;
        browser.action_chain().send_keys(Key::Escape).perform().await?;
        becomes(&browser, &cancelled(2)).await;
        becomes(&browser, &gone).await;

        // Who cancels inside is not asked to close the rest.
        browser.evaluate(&format!("{ELEMENT}.open()")).await?;
        becomes(&browser, &format!("{}.length === 3", events_of("ready"))).await;
        in_frame(&browser, "say('cancel', {})").await?;
        becomes(&browser, &cancelled(3)).await;
        becomes(&browser, &gone).await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_begin_anew_and_a_removed_element_leaves_nothing() {
    let stage = Stage::set().await;
    browse(Scripts::On, |browser| async move {
        stage.open(&browser, "app-id=a mode=modal").await?;
        ready(&browser).await;
        browser
            .evaluate(&format!(
                "(widget = {ELEMENT}, first = {FRAME}, widget.setAttribute('app-id', 'b'), \
                 widget.setAttribute('theme', 'light'), widget.setAttribute('mode', 'inline'), 0)"
            ))
            .await?;
        becomes(&browser, &format!("{}.length === 2", events_of("ready"))).await;
        let address = browser.evaluate(&format!("{FRAME}.src")).await?;
        assert!(address.as_str().unwrap().ends_with("&app_id=b&theme=light"), "{address}");
        assert_eq!(
            browser
                .evaluate("[first.isConnected, widget.shadowRoot.querySelector('dialog')]")
                .await?,
            json!([false, null])
        );
        // Without a token there is nothing to show.
        browser.evaluate("widget.removeAttribute('token')").await?;
        becomes(&browser, "widget.shadowRoot.childElementCount === 0").await;
        browser.evaluate(&format!("widget.setAttribute('token', '{}')", token("ar"))).await?;
        becomes(&browser, &format!("{}.length === 3", events_of("ready"))).await;
        assert_eq!(browser.evaluate(&format!("{FRAME}.parentNode.dir")).await?, "rtl");
        browser.evaluate("widget.remove()").await?;
        becomes(&browser, "widget.shadowRoot.childElementCount === 0").await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn redirect_mode_goes_to_the_top_level_page() {
    let stage = Stage::set().await;
    browse(Scripts::On, |browser| async move {
        browser.goto(format!("{}/before", stage.shop.origin)).await?;
        stage.open(&browser, "app-id=a mode=redirect").await?;
        browser.see("h1").await?;
        let address = browser.current_url().await?;
        let query = form(&[("token", &token("de-CH")), ("app_id", "a")]);
        assert_eq!(address.as_str(), format!("{}/client?{query}", stage.frames.origin));
        // The way back does not lead here again.
        browser.back().await?;
        assert_eq!(browser.current_url().await?.path(), "/before");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_frame_may_not_be_shown_a_link_leads_to_the_top_level_page() {
    let stage = Stage::set().await;
    browse(Scripts::On, |browser| async move {
        stage.open(&browser, "app-id=refuses").await?;
        becomes(&browser, &format!("{FRAME}.hidden")).await;
        let line = format!("{FRAME}.nextSibling");
        let text = "Diese Anmeldung";
        becomes(&browser, &format!("{line}.textContent.startsWith('{text}')")).await;
        let query = form(&[("token", &token("de-CH")), ("app_id", "refuses")]);
        assert_eq!(
            browser
                .evaluate(&format!(
                    "(a => [a.target, a.href, a.checkVisibility()])({line}.querySelector('a'))"
                ))
                .await?,
            json!(["_top", format!("{}/client?{query}", stage.frames.origin), true])
        );
        assert_eq!(
            browser.evaluate("events").await?,
            json!([
                ["state", { "name": "frame_blocked", "channel": null }, "onlyauth-widget"],
                ["error", { "code": "frame_blocked", "retryable": true }, "onlyauth-widget"],
            ])
        );
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_does_not_come_is_given_up_and_welcome_later() {
    let stage = Stage::set().await;
    browse(Scripts::On, |browser| async move {
        let release = format!("new Image().src = '{}/release'", stage.frames.origin);
        let script =
            format!("<script>addEventListener('onlyauth-error', () => {{ {release} }})</script>");
        // The page has loaded only when its frame has, and that waits until the element has given it up.
        browser.goto(stage.page(&(script + Stage::element("app-id=late").as_str()))).await?;
        ready(&browser).await;
        assert_eq!(
            browser.evaluate("events.map(([type]) => type)").await?,
            json!(["state", "error", "ready"])
        );
        assert_eq!(
            browser.evaluate(&format!("[{FRAME}.hidden, {FRAME}.nextSibling.hidden]")).await?,
            json!([false, true])
        );
        Ok(())
    })
    .await;
}
