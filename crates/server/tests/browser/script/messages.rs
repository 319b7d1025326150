//! Messages between the widget's frame and the page around it.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::scene::Scene;
use super::stage::Stage;
use crate::browser::driver::{Browser, Scripts, browse};
use crate::browser::schema::misfits;
use crate::browser::site::Site;
use crate::support::eventually;

/// A page with the stage in a frame, which notes what it hears.
pub(super) async fn frame(browser: &Browser, page: &str) -> WebDriverResult<()> {
    browser.goto(page).await?;
    let note = "(() => { window.heard = []; addEventListener('message', ({ data, origin, source }) => \
                heard.push({ ...data, origin, own: source === frames[0] })); })()";
    browser.evaluate(note).await?;
    Ok(())
}

/// Says hello to the frame, with this data.
pub(super) async fn greet(browser: &Browser, data: Value) -> WebDriverResult<()> {
    let hello = json!({ "type": "hello", "v": 1, "id": "1", "ts": 1, "data": data });
    browser.evaluate(&format!("frames[0].postMessage({hello}, '*')")).await?;
    Ok(())
}

async fn heard(browser: &Browser) -> Vec<Value> {
    browser.evaluate("heard").await.unwrap().as_array().unwrap().clone()
}

/// A message as it was sent.
fn without_its_way(mut message: Value) -> Value {
    message.as_object_mut().unwrap().retain(|key, _| key != "origin" && key != "own");
    message
}

fn published_schema() -> Value {
    serde_json::from_str(include_str!("../../../../../docs/reference/widget-events.schema.json"))
        .unwrap()
}

/// Waits for so many messages, checks their envelopes, and gives type and data of each.
async fn hear(browser: &Browser, stage: &Stage, count: usize) -> Vec<(String, Value)> {
    let messages = eventually("messages", || async {
        let messages = heard(browser).await;
        (messages.len() >= count).then_some(messages)
    })
    .await;
    let mut ids: Vec<_> = messages.iter().map(|message| message["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), messages.len(), "each has an id of its own");
    for message in &messages {
        assert_eq!(message["v"], 1);
        assert!(message["ts"].as_u64().unwrap() > 1_767_000_000_000);
        assert_eq!((&message["origin"], &message["own"]), (&json!(stage.origin), &json!(true)));
        let mut keys: Vec<_> = message.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["data", "id", "origin", "own", "ts", "type", "v"]);
    }
    let bare: Vec<Value> = messages.iter().cloned().map(without_its_way).collect();
    assert_eq!(misfits(&published_schema(), &bare), Vec::<String>::new());
    messages
        .into_iter()
        .map(|message| (message["type"].as_str().unwrap().to_owned(), message["data"].clone()))
        .filter(|(kind, _)| kind != "resize")
        .collect()
}

async fn in_frame(browser: &Browser, selector: &str, keys: Option<&str>) -> WebDriverResult<()> {
    browser.enter("iframe").await?;
    match keys {
        Some(keys) => browser.see(selector).await?.send_keys(keys).await?,
        None => browser.click(selector).await?,
    }
    browser.enter_default_frame().await
}

fn message(kind: &str, data: Value) -> (String, Value) {
    (kind.to_owned(), data)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_greeted_frame_tells_what_happens() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        let stage = Stage::open(Scene::code().heard_by(&site.origin)).await;
        frame(&browser, &site.framing(&stage.address())).await?;
        greet(&browser, json!({})).await?;
        let mut told = hear(&browser, &stage, 3).await;
        let (kind, ready) = told.remove(0);
        assert_eq!(kind, "ready");
        assert!(ready["height"].as_u64().unwrap() > 100, "{ready}");
        assert_eq!(
            told,
            [
                message("state", json!({ "name": "code_sent", "channel": "sms" })),
                message("code_sent", json!({ "channel": "sms" })),
            ]
        );

        for (scene, expected) in [
            (
                Scene::wrong(),
                vec![
                    message("state", json!({ "name": "wrong_code", "channel": "sms" })),
                    message("error", json!({ "code": "wrong_code", "retryable": true })),
                ],
            ),
            (
                Scene {
                    challenge: Some("CHLG-2"),
                    ..Scene::code().with("channel", "voice").state("voice_ringing")
                },
                vec![
                    message("state", json!({ "name": "voice_ringing", "channel": "voice" })),
                    message("code_sent", json!({ "channel": "voice" })),
                ],
            ),
            (
                Scene::code().state("locked").with("until", "2026-01-01T12:32:00Z"),
                vec![
                    message("state", json!({ "name": "locked", "channel": "sms" })),
                    message("locked", json!({ "until": "2026-01-01T12:32:00Z" })),
                ],
            ),
            (
                Scene::code().state("locked_until_reset"),
                vec![
                    message("state", json!({ "name": "locked_until_reset", "channel": "sms" })),
                    message("locked", json!({ "until": null })),
                ],
            ),
            (
                Scene::code().state("expired"),
                vec![
                    message("state", json!({ "name": "expired", "channel": "sms" })),
                    message("expired", json!({})),
                ],
            ),
            (
                Scene::code().state("cancelled"),
                vec![
                    message("state", json!({ "name": "cancelled", "channel": "sms" })),
                    message("cancel", json!({})),
                ],
            ),
        ] {
            browser.evaluate("heard.length = 0").await?;
            stage.answer(scene);
            in_frame(&browser, "#send", None).await?;
            assert_eq!(hear(&browser, &stage, expected.len()).await, expected);
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn success_goes_to_the_page_around_which_goes_home_itself() {
    browse(Scripts::On, |browser| async move {
        for (data, moves) in [
            (json!({ "redirect": "auto" }), false),
            (json!({ "redirect": "manual" }), false),
            (json!({}), true),
        ] {
            let site = Site::start().await;
            let stage = Stage::open(Scene::code().heard_by(&site.origin)).await;
            let home = format!("{}/return?token=TOKN-1", site.origin);
            stage.answer(Scene::passed(&home));
            let page = site.framing(&stage.address());
            frame(&browser, &page).await?;
            greet(&browser, data).await?;
            hear(&browser, &stage, 3).await;
            browser.evaluate("heard.length = 0").await?;
            in_frame(&browser, "#code", Some("123456")).await?;
            if moves {
                browser.see("#back").await?;
                continue;
            }
            assert_eq!(
                hear(&browser, &stage, 2).await,
                [
                    message("state", json!({ "name": "passed", "channel": "sms" })),
                    message("success", json!({ "token": "TOKN-1", "redirect_uri": home })),
                ]
            );
            browser.enter("iframe").await?;
            browser.see("#continue").await?;
            browser.enter_default_frame().await?;
            assert_eq!(browser.current_url().await?.as_str(), page);
            assert!(site.seen().is_empty());
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_height_is_told_when_it_grows_and_when_it_shrinks() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        let stage = Stage::open(Scene::code().heard_by(&site.origin)).await;
        frame(&browser, &site.framing(&stage.address())).await?;
        greet(&browser, json!({})).await?;
        let ready = hear(&browser, &stage, 3).await.remove(0).1["height"].as_i64().unwrap();
        for (padding, grows) in [("400px", true), ("0px", false)] {
            browser.evaluate("heard.length = 0").await?;
            browser.enter("iframe").await?;
            let change = format!(
                "(() => {{ document.querySelector('main').style.paddingBottom = '{padding}'; return Date.now(); }})()"
            );
            let changed = browser.evaluate(&change).await?.as_i64().unwrap();
            let height = "Math.ceil(document.documentElement.getBoundingClientRect().height)";
            let height = browser.evaluate(height).await?.as_i64().unwrap();
            assert_eq!(height > ready, grows);
            browser.enter_default_frame().await?;
            let told = eventually("a new height", || async { heard(&browser).await.pop() }).await;
            assert_eq!((&told["type"], &told["data"]), (&json!("resize"), &json!({ "height": height })));
            let took = told["ts"].as_i64().unwrap() - changed;
            assert!(took <= 100, "{took} ms");
        }
        Ok(())
    })
    .await;
}
