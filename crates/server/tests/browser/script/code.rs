//! Codes: however they come into the input, they are sent once.

use thirtyfour::prelude::*;

use super::scene::Scene;
use super::stage::{Stage, value};
use crate::browser::driver::{Browser, Scripts, browse};

/// Puts a text into the input by one event, as pasting and a keyboard's suggestion do.
async fn insert(browser: &Browser, text: &str) -> WebDriverResult<()> {
    browser.evaluate("document.getElementById('code').focus()").await?;
    browser.cdp().send_raw("Input.insertText", serde_json::json!({ "text": text })).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_code_by_one_event_is_sent_once_however_it_is_written() {
    browse(Scripts::On, |browser| async move {
        for (text, sent) in [
            ("012345", "012345"),
            ("123 456", "123 456"),
            ("123-456", "123-456"),
            ("123456\n", "123456"),
            (" 123\u{a0}456 ", " 123\u{a0}456 "),
            ("\u{200e}123\u{2013}456", "\u{200e}123\u{2013}456"),
            ("１２３４５６", "１２３４５６"),
            ("٠١٢٣٤٥", "٠١٢٣٤٥"),
            ("०१२३४५", "०१२३४५"),
        ] {
            let stage = Stage::open(Scene::code()).await;
            stage.answer(Scene::plain("tries_used_up", "Too many tries"));
            browser.goto(stage.address()).await?;
            browser.see_state("code_sent").await?;
            insert(&browser, text).await?;
            browser.see_state("tries_used_up").await?;
            let fields = stage.posted(1).await;
            assert_eq!(value(&fields, "code"), sent, "{text:?}");
            assert_eq!(value(&fields, "do"), "check");
            assert_eq!(value(&fields, "challenge"), "CHLG-1");
            assert_eq!(value(&fields, "attempt"), "an-attempt");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_whole_code_waits_for_a_person() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        browser.goto(stage.address()).await?;
        for text in ["12345", "1234567", "12345a", "code", "123/456", "𝟏𝟐𝟑𝟒𝟓𝟔"] {
            browser.evaluate("document.getElementById('code').value = ''").await?;
            insert(&browser, text).await?;
            assert_eq!(browser.evaluate("document.getElementById('code').value").await?, text);
        }
        // Posts are counted in order: had one of those been sent, this one would not be the first.
        browser.see("#code").await?.send_keys(Key::Enter + "").await?;
        assert_eq!(value(&stage.posted(1).await, "code"), "𝟏𝟐𝟑𝟒𝟓𝟔");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_by_itself_and_enter_and_a_click_are_one_post() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        let gate = stage.hold(Scene::wrong());
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("123456" + Key::Enter).await?;
        browser.click("#check button").await?;
        browser.click("#cancel").await?;
        // The input stays as it is while the answer is on its way.
        let input = "(({value, disabled, readOnly}) => value + disabled + readOnly)(code)";
        assert_eq!(browser.evaluate(input).await?, "123456falsefalse");
        let busy = "document.documentElement.classList.contains('busy')";
        assert_eq!(browser.evaluate(busy).await?, true);
        gate.add_permits(1);
        browser.see_state("wrong_code").await?;
        assert_eq!(browser.evaluate(busy).await?, false);
        stage.posted(1).await;

        // Nothing is under way any more.
        browser.click("#cancel").await?;
        assert_eq!(value(&stage.posted(2).await, "do"), "cancel");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_error_the_text_is_selected_and_nothing_is_sent_until_it_is_edited() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        stage.answer(Scene::wrong());
        stage.answer(Scene::plain("tries_used_up", "Too many tries"));
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("123456").await?;
        browser.see_state("wrong_code").await?;
        let selection = "document.activeElement === code && code.value.slice(code.selectionStart, code.selectionEnd)";
        assert_eq!(browser.evaluate(selection).await?, "123456");
        let described = "[code.getAttribute('aria-invalid'), document.getElementById(\
                         code.getAttribute('aria-describedby')).textContent].join()";
        assert_eq!(browser.evaluate(described).await?, "true,That code isn't right.");

        browser.see("#code").await?.send_keys(Key::Enter + "").await?;
        browser.click("#check button").await?;
        assert_eq!(browser.evaluate(selection).await?, "123456");

        // Typing replaces what is selected.
        insert(&browser, "6").await?;
        assert_eq!(browser.evaluate("code.value").await?, "6");
        insert(&browser, "54321").await?;
        browser.see_state("tries_used_up").await?;
        assert_eq!(value(&stage.posted(2).await, "code"), "654321");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_composed_is_sent_once_when_it_is_done() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        stage.answer(Scene::wrong());
        browser.goto(stage.address()).await?;
        browser.evaluate("document.getElementById('code').focus()").await?;
        let composition =
            serde_json::json!({ "text": "１２３４５６", "selectionStart": 6, "selectionEnd": 6 });
        browser.cdp().send_raw("Input.imeSetComposition", composition).await?;
        browser.until("code.value.length === 6").await;
        assert!(stage.posts().is_empty());
        insert(&browser, "１２３４５６").await?;
        browser.see_state("wrong_code").await?;
        stage.posted(1).await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_with_a_value_is_sent_with_it() {
    browse(Scripts::On, |browser| async move {
        let mut scene = Scene::plain("choose", "Confirm that it's you");
        scene.more = "<form method=post action=\"/client?theme=dark\"><input type=hidden name=do value=send>\
                      <button name=channel value=sms id=sms>Text</button>\
                      <button name=channel value=voice id=voice>Call</button></form>"
            .to_owned();
        let stage = Stage::open(scene).await;
        stage.answer(Scene::code());
        browser.goto(stage.address()).await?;
        browser.click("#voice").await?;
        browser.see_state("code_sent").await?;
        let fields = stage.posted(1).await;
        assert_eq!((value(&fields, "do"), value(&fields, "channel")), ("send", "voice"));
        Ok(())
    })
    .await;
}
