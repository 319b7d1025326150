//! Without a network: nothing is lost, and the very same form is sent again.

use axum::http::StatusCode;
use thirtyfour::prelude::*;

use super::scene::{Scene, button};
use super::stage::{Stage, advance, stop_clock, value};
use crate::browser::driver::{Browser, Scripts, browse};
use crate::support::eventually;

async fn network(browser: &Browser, on: bool) -> WebDriverResult<()> {
    let conditions = serde_json::json!({ "offline": !on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.cdp().send_raw("Network.enable", serde_json::json!({})).await?;
    browser.cdp().send_raw("Network.emulateNetworkConditions", conditions).await?;
    Ok(())
}

/// Types a code on a page that has lost its network.
async fn type_in_vain(browser: &Browser, stage: &Stage) -> WebDriverResult<()> {
    browser.goto(stage.address()).await?;
    browser.see_state("code_sent").await?;
    network(browser, false).await?;
    browser.see("#code").await?.send_keys("012345").await?;
    browser.until("!offline.hidden").await;
    assert_eq!(browser.evaluate("code.value + document.activeElement.id").await?, "012345code");
    assert!(stage.posts().is_empty());
    Ok(())
}

/// Lets time pass until the page shows that the delivery failed, and sees that nobody is told to be offline.
async fn hear_news(browser: &Browser) {
    let arrived = "document.querySelector('main').dataset.state === 'delivery_failed'";
    eventually("the next answer", || async {
        advance(browser, 1).await.unwrap();
        assert_eq!(browser.evaluate("offline.hidden").await.unwrap(), true);
        (browser.evaluate(arrived).await.unwrap() == true).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_is_sent_as_soon_as_the_network_is_back() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code()).await;
        stage.answer(Scene::wrong());
        type_in_vain(&browser, &stage).await?;
        network(&browser, true).await?;
        browser.see_state("wrong_code").await?;
        let fields = stage.posted(1).await;
        assert_eq!((value(&fields, "code"), value(&fields, "attempt")), ("012345", "an-attempt"));
        assert_eq!(browser.evaluate("offline.hidden").await?, true);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_is_tried_again_ever_more_slowly_and_at_a_click() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code()).await;
        browser.goto(stage.address()).await?;
        // Answers that are no page of the widget, as of a hotel's network.
        for _ in 0..7 {
            stage.answer_strangely("<title>Welcome to our hotel</title>");
        }
        stage.answer(Scene::plain("tries_used_up", "Too many tries"));
        browser.see("#code").await?.send_keys("012345").await?;
        let mut first = None;
        for (round, wait) in [2, 4, 8, 16, 30, 30].into_iter().enumerate() {
            let fields = stage.posted(round + 1).await;
            assert_eq!(*first.get_or_insert_with(|| fields.clone()), fields, "the very same form");
            // The next one is planned when this one has ended.
            browser.until("!document.documentElement.classList.contains('busy')").await;
            assert_eq!(browser.evaluate("offline.hidden").await?, false);
            advance(&browser, wait - 1).await?;
            assert_eq!(stage.posts().len(), round + 1, "too early");
            advance(&browser, 1).await?;
        }
        stage.posted(7).await;
        browser.click("#offline-again").await?;
        browser.see_state("tries_used_up").await?;
        stage.posted(8).await;
        assert_eq!(browser.evaluate("offline.hidden").await?, true);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_corrected_meanwhile_replaces_the_one_that_waits() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code()).await;
        stage.answer(Scene::wrong());
        type_in_vain(&browser, &stage).await?;
        browser.see("#code").await?.send_keys(Key::Backspace + "").await?;
        assert_eq!(browser.evaluate("offline.hidden").await?, true);
        network(&browser, true).await?;
        browser.see("#code").await?.send_keys("6").await?;
        browser.see_state("wrong_code").await?;
        assert_eq!(value(&stage.posted(1).await, "code"), "012346");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_hangs_is_given_up_and_tried_again() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code()).await;
        let _never = stage.hold(Scene::wrong());
        stage.answer(Scene::wrong());
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("012345").await?;
        let first = stage.posted(1).await;
        advance(&browser, 30).await?;
        browser.until("!offline.hidden").await;
        advance(&browser, 2).await?;
        browser.see_state("wrong_code").await?;
        assert_eq!(stage.posted(2).await, first);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_about_trouble_are_pages() {
    browse(Scripts::On, |browser| async move {
        for status in [
            StatusCode::SERVICE_UNAVAILABLE,
            StatusCode::INTERNAL_SERVER_ERROR,
            StatusCode::TOO_MANY_REQUESTS,
        ] {
            let stage = Stage::open(Scene::code()).await;
            stage.answer_with(status, Scene::plain("fault", "That didn't work"));
            browser.goto(stage.address()).await?;
            browser.see("#code").await?.send_keys("012345").await?;
            browser.see_state("fault").await?;
            assert_eq!(browser.evaluate("offline.hidden").await?, true);
        }
        Ok(())
    })
    .await;
}

/// The code may have been right and counted: another request could only be told that it was used.
#[tokio::test(flavor = "multi_thread")]
async fn trying_again_after_trouble_is_the_very_same_request() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        let mut trouble = Scene::plain("fault", "That didn't work");
        trouble.extra = button("resume", "Try again");
        stage.answer_with(StatusCode::SERVICE_UNAVAILABLE, trouble);
        stage.answer(Scene::plain("passed", "Confirmed"));
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("012345").await?;
        browser.see_state("fault").await?;
        let first = stage.posted(1).await;
        browser.click("main button").await?;
        browser.see_state("passed").await?;
        assert_eq!(stage.posted(2).await, first);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_what_nobody_asked_for_takes_nothing_away() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        for attribute in ["poll", "refresh-in"] {
            let stage = Stage::open(Scene::code().with(attribute, "1")).await;
            let trouble = Scene::plain("fault", "That didn't work");
            stage.answer_with(StatusCode::SERVICE_UNAVAILABLE, trouble);
            stage.answer(Scene::code().state("delivery_failed"));
            browser.goto(stage.address()).await?;
            browser.see("#code").await?.send_keys("0123").await?;
            advance(&browser, 1).await?;
            stage.posted(1).await;
            hear_news(&browser).await;
            assert_eq!(browser.evaluate("code.value").await?, "0123");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_corrected_on_the_way_is_the_one_that_is_sent() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code()).await;
        let _never = stage.hold(Scene::wrong());
        stage.answer(Scene::plain("passed", "Confirmed"));
        browser.goto(stage.address()).await?;
        browser.type_code("012345").await?;
        stage.posted(1).await;
        browser.type_code("543210").await?;
        advance(&browser, 30).await?;
        browser.see_state("passed").await?;
        let codes: Vec<_> =
            stage.posted(2).await.into_iter().filter(|(name, _)| name == "code").collect();
        assert_eq!(codes, [("code".to_owned(), "543210".to_owned())]);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_about_the_delivery_fail_in_silence() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code().with("poll", "")).await;
        stage.answer_strangely("no page");
        stage.answer(Scene::code().state("delivery_failed"));
        browser.goto(stage.address()).await?;
        advance(&browser, 1).await?;
        stage.posted(1).await;
        hear_news(&browser).await;
        Ok(())
    })
    .await;
}
