//! Who is heard and who hears: the app's own origins, and nobody else.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::messages::{frame, greet};
use super::scene::Scene;
use super::stage::Stage;
use crate::browser::driver::{Browser, Scripts, browse};
use crate::browser::site::Site;

/// What the page around the frame has heard by the time that the frame has dealt with all that was said to it.
async fn heard(browser: &Browser) -> WebDriverResult<Vec<String>> {
    // Messages keep their order in each direction: the frame's own listener came first, and its answer would
    // arrive before this one.
    browser.enter("iframe").await?;
    let echo = "addEventListener('message', ({ data }) => data === 'echo' && parent.postMessage({ type: 'echo' }, '*'))";
    browser.evaluate(echo).await?;
    browser.enter_default_frame().await?;
    browser.evaluate("frames[0].postMessage('echo', '*')").await?;
    browser.until("heard.some(({ type }) => type === 'echo')").await;
    let types =
        browser.evaluate("heard.map(({ type }) => type).filter((type) => type !== 'echo')").await?;
    Ok(serde_json::from_value(types).unwrap())
}

/// The address of a page of the site, by another name of this machine.
fn called(site: &Site, name: &str, stage: &Stage) -> String {
    site.framing(&stage.address()).replace("127.0.0.1", name).replacen(
        &format!("%3A%2F%2F{name}"),
        "%3A%2F%2F127.0.0.1",
        1,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn row_25_only_listed_origins_are_answered() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        let port = site.origin.rsplit(':').next().unwrap();
        let other = port.parse::<u16>().unwrap() ^ 1;
        for (name, list, answered) in [
            ("localhost", format!("http://localhost:{port}"), true),
            ("localhost", format!("https://other.example http://LOCALHOST:{port}"), true),
            ("localhost", "http://localhost:*".to_owned(), true),
            ("a.localhost", "http://*.localhost:*".to_owned(), true),
            ("a.b.localhost", format!("http://*.localhost:{port}"), true),
            ("localhost", String::new(), false),
            ("localhost", "*".to_owned(), false),
            ("localhost", "http://*".to_owned(), false),
            ("localhost", "http://*.localhost:*".to_owned(), false),
            (
                "notlocalhost.localhost",
                "http://*.b.localhost:* http://localhost:*".to_owned(),
                false,
            ),
            ("xb.localhost", "http://*.b.localhost:*".to_owned(), false),
            ("localhost", "https://localhost:*".to_owned(), false),
            ("localhost", format!("http://localhost:{other}"), false),
            ("localhost", "http://localhost".to_owned(), false),
            ("localhost", format!("http://127.0.0.1:{port}"), false),
            ("localhost", format!("http://localhost:{port}0"), false),
            ("localhost", format!("http://localhost:{port}/page"), false),
            ("a.localhost", "http://a-localhost:* http://.localhost:*".to_owned(), false),
        ] {
            let stage = Stage::open(Scene::code().heard_by(&list)).await;
            frame(&browser, &called(&site, name, &stage)).await?;
            assert_eq!(browser.evaluate("location.hostname").await?, name);
            greet(&browser, json!({})).await?;
            let expected: &[&str] = if answered { &["ready", "state", "code_sent"] } else { &[] };
            assert_eq!(heard(&browser).await?, expected, "{name} by {list:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_25_what_a_foreign_page_says_has_no_effect() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        // The app's page frames the widget, and beside it stands a frame of somebody else, who can reach it.
        // Even where its origin is listed, it is not the page that frames the widget.
        let foreign = Stage::open(Scene::code()).await;
        let listed = format!("{} {}", site.origin, foreign.origin);
        let stage = Stage::open(Scene::code().heard_by(&listed)).await;
        let home = format!("{}/return", site.origin);
        stage.answer(Scene::passed(&home));
        let page = site.framing(&stage.address());
        frame(&browser, &page).await?;
        let beside = format!(
            "document.body.append(Object.assign(document.createElement('iframe'), \
             {{ src: '{}', id: 'foreign' }}))",
            foreign.address()
        );
        browser.evaluate(&beside).await?;
        browser.enter("#foreign").await?;
        browser.see_state("code_sent").await?;
        let hello = json!({ "type": "hello", "v": 1, "id": "1", "ts": 1, "data": { "redirect": "manual" } });
        browser.evaluate(&format!("parent.frames[0].postMessage({hello}, '*')")).await?;
        browser.enter_default_frame().await?;
        // Neither are odd messages of the right page.
        for odd in [json!(null), json!("hello"), json!({ "type": "hello" }), json!({ "type": "hello", "v": 2, "data": {} })] {
            browser.evaluate(&format!("frames[0].postMessage({odd}, '*')")).await?;
        }
        browser.evaluate("frames[0].postMessage({ type: 'success', v: 1, data: { redirect: 'manual' } }, '*')").await?;
        assert!(heard(&browser).await?.is_empty());
        // The foreign hello did not keep the frame from going home.
        browser.enter("iframe").await?;
        browser.see("#code").await?.send_keys("123456").await?;
        browser.enter_default_frame().await?;
        browser.see("#back").await?;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_25_a_sandboxed_page_has_no_origin_to_answer() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        let stage = Stage::open(Scene::code().heard_by("null http://localhost:* http://127.0.0.1:*")).await;
        // The page in between has the opaque origin 'null'.
        browser.goto(format!("{}/page?src=about:blank", site.origin)).await?;
        let between = format!(
            "<script>onmessage = (event) => parent.postMessage(['heard', event.data.type], '*')</script>\
             <iframe src='{}' onload=\"this.contentWindow.postMessage({{type:'hello',v:1,data:{{}}}}, '*')\"></iframe>",
            stage.address()
        );
        let set = "(() => { window.heard = []; onmessage = ({ data }) => heard.push(data); \
                   const frame = document.querySelector('iframe'); frame.sandbox = 'allow-scripts'; \
                   frame.srcdoc = HTML; })()"
            .replace("HTML", &Value::from(between).to_string());
        browser.evaluate(&set).await?;
        browser.enter("iframe").await?;
        browser.enter("iframe").await?;
        browser.see_state("code_sent").await?;
        browser.evaluate("parent.postMessage({ type: 'echo' }, '*')").await?;
        browser.enter_default_frame().await?;
        browser.until("heard.some(([, type]) => type === 'echo')").await;
        assert_eq!(browser.evaluate("heard").await?, json!([["heard", "echo"]]));
        Ok(())
    })
    .await;
}
