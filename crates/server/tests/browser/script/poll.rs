//! Asking what became of a message, without getting in the way of who types its code.

use super::scene::{Scene, button, resend};
use super::stage::{Stage, advance, prepare, stop_clock, value};
use crate::browser::driver::{Scripts, browse};

fn sending() -> Scene {
    Scene { status: "<p>We're sending a code.</p>".to_owned(), ..Scene::code() }
        .state("sending")
        .with("poll", "")
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_the_delivery_keeps_text_focus_and_selection() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(sending()).await;
        let mut failed = Scene::code().state("delivery_failed");
        failed.heading = "Message not delivered";
        failed.status = "<p role=alert class=notice>It could not be delivered.</p>".to_owned();
        failed.more = button("choose", "Try another way");
        failed.data.push(("error", "delivery_failed".into()));
        stage.answer(Scene::code().with("poll", ""));
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("123").await?;
        browser.evaluate("(code.setSelectionRange(1, 2), window.before = code)").await?;
        advance(&browser, 1).await?;
        browser.see_state("code_sent").await?;
        assert_eq!(value(&stage.posted(1).await, "do"), "resume");
        let typing = "document.activeElement === before && before === code && \
                      [code.value, code.selectionStart, code.selectionEnd].join()";
        assert_eq!(browser.evaluate(typing).await?, "123,1,2");
        assert_eq!(
            browser.evaluate("document.getElementById('status').textContent").await?,
            "We sent a 6-digit code."
        );
        assert_eq!(browser.evaluate("live.textContent").await?, "We sent a 6-digit code.");

        stage.answer(failed);
        advance(&browser, 2).await?;
        browser.see_state("delivery_failed").await?;
        assert_eq!(browser.evaluate(typing).await?, "123,1,2");
        assert_eq!(browser.title().await?, "Message not delivered – Stage");
        assert_eq!(
            browser.evaluate("document.querySelector('h1').textContent").await?,
            "Message not delivered"
        );
        browser.see("#choose").await?;
        assert_eq!(
            browser.evaluate("document.querySelector('#send')").await?,
            serde_json::Value::Null
        );
        // An alert speaks for itself.
        assert_eq!(browser.evaluate("live.textContent").await?, "We sent a 6-digit code.");
        // The delivery is settled.
        advance(&browser, 60).await?;
        stage.posted(2).await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_questions_become_rarer_and_end() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        prepare(&browser, "const ask = fetch; window.asked = 0; window.fetch = (...what) => (asked++, ask(...what));")
            .await?;
        let stage = Stage::open(sending()).await;
        for answer in 1..=11 {
            stage.answer(Scene { status: format!("<p>Answer {answer}</p>"), ..sending() });
        }
        browser.goto(stage.address()).await?;
        browser.see_state("sending").await?;
        let mut asked_at = Vec::new();
        for second in 1..=90 {
            advance(&browser, 1).await?;
            let asked = browser.evaluate("asked").await?;
            if asked == asked_at.len() + 1 {
                asked_at.push(second);
                let taken_over = format!("document.getElementById('status').textContent === 'Answer {asked}'");
                browser.until(&taken_over).await;
            }
        }
        assert_eq!(asked_at, [1, 3, 6, 11, 19, 27, 35, 43, 51, 59]);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_while_the_page_is_out_of_sight() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(sending()).await;
        browser.goto(stage.address()).await?;
        browser.see_state("sending").await?;
        browser
            .evaluate("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })")
            .await?;
        advance(&browser, 30).await?;
        assert!(stage.posts().is_empty());
        browser.evaluate("delete document.hidden").await?;
        browser.evaluate("document.dispatchEvent(new Event('visibilitychange'))").await?;
        stage.posted(1).await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_change_is_left_alone_and_a_focused_button_stays_focused() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let mut opening = sending();
        opening.more = [resend(20), button("cancel", "Cancel")].concat();
        let mut same = opening.clone();
        same.heading = "Still on its way";
        same.more = [resend(19), button("cancel", "Cancel")].concat();
        let mut changed = Scene::code();
        changed.more = [button("choose", "Try another way"), button("cancel", "Cancel")].concat();
        let stage = Stage::open(opening).await;
        stage.answer(same);
        browser.goto(stage.address()).await?;
        browser
            .evaluate("(window.before = document.getElementById('cancel'), before.focus())")
            .await?;
        advance(&browser, 1).await?;
        browser.until("document.querySelector('h1').textContent === 'Still on its way'").await;
        assert_eq!(
            browser.evaluate("document.activeElement === before && before.isConnected").await?,
            true
        );

        stage.answer(changed);
        advance(&browser, 2).await?;
        browser.see("#choose").await?;
        assert_eq!(browser.evaluate("document.activeElement.textContent").await?, "Cancel");
        assert_eq!(browser.evaluate("before.isConnected").await?, false);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_about_a_code_outlives_news_of_the_delivery() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code().with("poll", "")).await;
        let mut wrong = Scene::wrong().with("poll", "");
        wrong.status = sending().status;
        stage.answer(wrong);
        stage.answer(Scene::code());
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("123456").await?;
        browser.see_state("wrong_code").await?;
        advance(&browser, 1).await?;
        browser
            .until("document.getElementById('status').textContent === 'We sent a 6-digit code.'")
            .await;
        browser.see_state("wrong_code").await?;
        browser.see("#problem").await?;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_overtaken_is_dropped() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(sending()).await;
        let gate = stage.hold(Scene::plain("code_expired", "That code has expired"));
        let mut again = Scene::plain("choose", "Confirm that it's you");
        again.more = button("send", "Text me a code");
        stage.answer(again);
        stage.answer(Scene::plain("cancelled", "Login cancelled"));
        browser.goto(stage.address()).await?;
        browser.see_state("sending").await?;
        let watch = "(() => { window.states = []; new MutationObserver(() => \
                     states.push(document.querySelector('main').dataset.state))\
                     .observe(document.body, { childList: true }); })()";
        browser.evaluate(watch).await?;
        advance(&browser, 1).await?;
        stage.posted(1).await;
        browser.click("#send").await?;
        browser.see_state("choose").await?;
        gate.add_permits(1);
        // By the next answer, the held one had its chance.
        browser.click("#send").await?;
        browser.see_state("cancelled").await?;
        assert_eq!(browser.evaluate("states.join()").await?, "choose,cancelled");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_code_from_elsewhere_is_a_new_page() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(sending()).await;
        stage.answer(Scene { challenge: Some("CHLG-2"), ..Scene::code() });
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("123").await?;
        advance(&browser, 1).await?;
        browser.see("[value='CHLG-2']").await?;
        assert_eq!(browser.evaluate("document.activeElement.id + code.value").await?, "code");
        Ok(())
    })
    .await;
}
