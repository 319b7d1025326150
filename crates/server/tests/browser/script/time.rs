//! Countdowns, clock times and the end of a login, with a clock that only the test moves.

use thirtyfour::prelude::*;

use super::scene::{Scene, resend};
use super::stage::{Stage, advance, stop_clock, value};
use crate::browser::driver::{Browser, Scripts, browse};

/// Notes what the live region says, from now on.
async fn listen(browser: &Browser) -> WebDriverResult<()> {
    let script = "(() => { window.said = []; new MutationObserver(() => said.push(live.textContent))\
                  .observe(live, { childList: true, characterData: true, subtree: true }); })()";
    browser.evaluate(script).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_countdown_is_shown_each_second_and_said_every_thirty_and_at_zero() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let mut scene = Scene::code();
        scene.more = resend(75);
        let stage = Stage::open(scene).await;
        browser.goto(stage.address()).await?;
        listen(&browser).await?;
        let sentence = "document.getElementById('wait').textContent";
        let mut shown = Vec::new();
        for _ in 0..76 {
            advance(&browser, 1).await?;
            shown.push(browser.evaluate(sentence).await?);
        }
        assert_eq!(shown[0], "You can get another code in 74 seconds.");
        assert_eq!(shown[73], "You can get another code in 1 second.");
        assert_eq!(shown[74], "You can get another code now.");
        assert_eq!(shown[75], shown[74]);
        let said = browser.evaluate("said").await?;
        let expected = [
            "You can get another code in 45 seconds.",
            "You can get another code in 15 seconds.",
            "You can get another code now.",
        ];
        assert_eq!(said, serde_json::json!(expected));
        assert_eq!(
            browser.evaluate("document.getElementById('send').textContent").await?,
            "Send the code again"
        );
        assert!(stage.posts().is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn waits_are_rounded_and_worded_as_the_server_does() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        for (language, seconds, shown) in [
            ("en", 121, "in 2 minutes"),
            ("en", 120, "in 119 seconds"),
            ("en", 7202, "in 3 hours"),
            ("de", 31, "in 30 Sekunden"),
            ("pl", 23, "za 22 sekundy"),
            ("pt-BR", 2, "em 1 segundo"),
            // In the digits that the server uses, too, and with its word.
            ("ar", 31, "بعد 30 ثانية"),
            ("hi", 31, "30 सेकंड बाद"),
            ("he", 31, "בעוד 30 שניות"),
        ] {
            let mut scene = Scene { language, ..Scene::plain("locked", "Locked") };
            scene.extra =
                format!("<p>You can try again <span data-wait={seconds} id=span>…</span>.</p>");
            let stage = Stage::open(scene).await;
            browser.goto(stage.address()).await?;
            advance(&browser, 1).await?;
            let text = browser.evaluate("document.getElementById('span').textContent").await?;
            assert_eq!(text, shown, "{language} {seconds}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moments_are_told_by_the_clock_of_the_place() {
    browse(Scripts::On, |browser| async move {
        let mut scene = Scene::plain("locked", "Locked");
        scene.extra =
            "<p>Until <time data-clock datetime=\"2026-01-01T12:32:00Z\" hidden></time></p>".into();
        for (zone, language, shown) in [
            ("Europe/Berlin", "de", "13:32"),
            ("America/New_York", "en-US", "7:32 AM"),
            ("Asia/Tokyo", "ar", "9:32 م"),
        ] {
            let stage = Stage::open(Scene { language, ..scene.clone() }).await;
            let zone = serde_json::json!({ "timezoneId": zone });
            browser.cdp().send_raw("Emulation.setTimezoneOverride", zone).await?;
            browser.goto(stage.address()).await?;
            let time = browser.see("time").await?;
            assert_eq!(time.text().await?.replace('\u{202f}', " "), shown);
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_is_announced_a_minute_ahead_and_one_key_puts_it_off() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code().with("ends-in", "300")).await;
        browser.goto(stage.address()).await?;
        browser.evaluate("document.activeElement.blur()").await?;
        listen(&browser).await?;
        advance(&browser, 239).await?;
        assert_eq!(browser.evaluate("expiring.hidden").await?, true);
        advance(&browser, 1).await?;
        assert_eq!(browser.evaluate("expiring.hidden").await?, false);
        advance(&browser, 29).await?;
        let said = browser.evaluate("said").await?;
        assert_eq!(said.as_array().unwrap().len(), 1, "{said}");
        let said = said[0].as_str().unwrap();
        assert!(said.starts_with("Still there? This login ends in 60 seconds."), "{said}");
        assert_eq!(
            browser.evaluate("document.activeElement.textContent").await?,
            "I need more time"
        );

        stage.answer(Scene::code().with("ends-in", "300"));
        browser.action_chain().send_keys(Key::Enter).perform().await?;
        assert_eq!(value(&stage.posted(1).await, "do"), "extend");
        browser.until("expiring.hidden").await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_and_more_time_keep_what_is_typed() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        let stage = Stage::open(Scene::code().with("ends-in", "61")).await;
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("123").await?;
        advance(&browser, 2).await?;
        assert_eq!(
            browser.evaluate("expiring.hidden + document.activeElement.id").await?,
            "falsecode"
        );
        stage.answer(Scene::code().with("ends-in", "300"));
        browser.click("#extend").await?;
        browser.until("expiring.hidden").await;
        assert_eq!(browser.evaluate("document.activeElement.id + code.value").await?, "code123");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_end_and_where_a_page_says_so_the_server_is_asked_again() {
    browse(Scripts::On, |browser| async move {
        stop_clock(&browser).await?;
        for attribute in ["ends-in", "refresh-in"] {
            let stage = Stage::open(Scene::code().with(attribute, "31")).await;
            stage.answer(Scene::plain("expired", "This login took too long"));
            browser.goto(stage.address()).await?;
            advance(&browser, 30).await?;
            assert!(stage.posts().is_empty());
            advance(&browser, 1).await?;
            browser.see_state("expired").await?;
            let fields = stage.posted(1).await;
            assert_eq!((value(&fields, "do"), value(&fields, "token")), ("resume", "access-token"));
            // Nothing more to ask.
            advance(&browser, 600).await?;
            stage.posted(1).await;
        }
        Ok(())
    })
    .await;
}
