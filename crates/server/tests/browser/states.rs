//! Every state of the widget, reached as an end user reaches it, with a picture of each.

use std::time::Duration;

use onlyauth_core::sandbox::FAILING_NUMBER;
use thirtyfour::prelude::*;

use super::accessibility::violations;
use super::driver::{Browser, Scripts, browse};
use super::look::Look;
use crate::support::actors::wrong;
use crate::support::{EndUser, TestServer, Widget, eventually};

const MINUTE: Duration = Duration::from_mins(1);

async fn open(browser: &Browser, widget: &Widget) -> WebDriverResult<()> {
    // By way of another page: opening the address that is open already would be a reload.
    browser.goto("about:blank").await?;
    browser
        .goto(format!("{}/client?token={}&app_id={}", widget.base, widget.token, widget.app))
        .await
}

async fn picture(browser: &Browser, state: &str) -> WebDriverResult<()> {
    browser.see_state(state).await?;
    Look::of(browser).take(state).await
}

#[tokio::test(flavor = "multi_thread")]
async fn typing_codes() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    browse(Scripts::On, |browser| async move {
        open(&browser, &widget).await?;
        picture(&browser, "choose").await?;
        browser.click(".primary").await?;
        picture(&browser, "code_sent").await?;
        assert_eq!(browser.evaluate("document.activeElement.id").await?, "code");
        browser.click("#more .secondary").await?;
        picture(&browser, "resend_wait").await?;
        browser.type_code("12").await?;
        picture(&browser, "malformed_code").await?;
        let wrong = wrong(&backend.code(&app, &ann).await);
        browser.type_code(&wrong).await?;
        picture(&browser, "wrong_code").await?;
        let input = browser.see("#code").await?;
        assert_eq!(input.attr("aria-invalid").await?.as_deref(), Some("true"));
        assert_eq!(browser.evaluate("document.activeElement.id").await?, "code");
        for _ in 0..3 {
            widget.try_code(&wrong).await;
        }
        open(&browser, &widget).await?;
        picture(&browser, "tries_used_up").await?;
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_of_the_delivery_moves_nothing_about() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    browse(Scripts::On, |browser| async move {
        open(&browser, &widget).await?;
        browser.click(".primary").await?;
        browser.see_state("code_sent").await?;
        let shift = browser.vitals().await?.layout_shift;
        assert!(shift <= 0.02, "{shift}");
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_first_and_deferred_messages_last() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
    let settings = [("allow_voice_channel", "1"), ("defer_sms_usage", "1")];
    assert_eq!(backend.change(&app, &settings).await.status, 200);
    server.clock.advance(MINUTE);
    for scripts in [Scripts::On, Scripts::Off] {
        let widget = backend.widget(&app, &ann).await;
        let code = authenticator.code(server.clock.now(), 0);
        browse(scripts, |browser| async move {
            open(&browser, &widget).await?;
            browser.see_state("totp").await?;
            browser.click("button[value=choose]").await?;
            browser.see_state("choose").await?;
            Look::of(&browser).take("choose_deferring").await?;
            assert_eq!(browser.find_all(By::Css("button[value=sms]")).await?.len(), 0);
            if scripts == Scripts::On {
                assert_eq!(violations(&browser).await?, Vec::<String>::new());
            }
            browser.click("button[value=choose_all]").await?;
            browser.see("button[value=sms]").await?;
            assert_eq!(browser.find_all(By::Css("button[value=choose_all]")).await?.len(), 0);
            browser.click("button[value=totp]").await?;
            picture(&browser, "totp").await?;
            if scripts == Scripts::Off {
                // With scripts it would be on its way home at once.
                browser.type_code(&code).await?;
                browser.see_state("passed").await?;
            }
            Ok(())
        })
        .await;
        server.clock.advance(MINUTE);
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn passing() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    browse(Scripts::Off, |browser| async move {
        open(&browser, &widget).await?;
        browser.click(".primary").await?;
        browser.see("#code").await?;
        browser.type_code(&backend.code(&app, &ann).await).await?;
        picture(&browser, "passed").await?;
        open(&browser, &widget).await?;
        picture(&browser, "already_done").await?;
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_running_out() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let clock = server.clock.clone();
    browse(Scripts::On, |browser| async move {
        let late = backend.widget(&app, &EndUser::number(1)).await;
        let widget = backend.widget(&app, &EndUser::number(2)).await;
        widget.send().await;
        clock.advance(5 * MINUTE);
        open(&browser, &late).await?;
        picture(&browser, "token_expired").await?;
        open(&browser, &widget).await?;
        picture(&browser, "code_expired").await?;
        clock.advance(10 * MINUTE);
        open(&browser, &widget).await?;
        picture(&browser, "expired").await?;

        let widget = backend.widget(&app, &EndUser::number(3)).await;
        // One message went to somebody else before.
        for (sent, wait) in (2..).zip([30, 60, 120, 300, 0]) {
            open(&browser, &widget).await?;
            browser.click("main button[name=channel]").await?;
            // The page before has an input, too: only the message tells that the click was heard.
            eventually("a message", || async {
                (backend.messages(&app).await.len() == sent).then_some(())
            })
            .await;
            browser.see(if wait == 0 { "#used-up" } else { "#code" }).await?;
            clock.advance(Duration::from_secs(wait));
        }
        picture(&browser, "resends_used_up").await?;
        browser.click("#more .plain").await?;
        picture(&browser, "cancelled").await?;
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failing_to_deliver() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::new("fay", FAILING_NUMBER)).await;
    browse(Scripts::On, |browser| async move {
        widget.send().await;
        eventually("a failed delivery", || async {
            (widget.open().await.state() == "delivery_failed").then_some(())
        })
        .await;
        open(&browser, &widget).await?;
        picture(&browser, "delivery_failed").await?;
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn being_locked_out() {
    for (disable_after, state) in [(50, "locked"), (10, "locked_until_reset")] {
        let server = TestServer::with(|config| config.failures.disable_after = disable_after).await;
        let (backend, app) = server.shop().await;
        let ann = EndUser::ann();
        browse(Scripts::On, |browser| async move {
            let mut widget = backend.widget(&app, &ann).await;
            for _ in 0..2 {
                widget = backend.widget(&app, &ann).await;
                widget.send().await;
                for _ in 0..5 {
                    widget.try_code("no code").await;
                }
            }
            open(&browser, &widget).await?;
            picture(&browser, state).await
        })
        .await;
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn being_refused() {
    let server = TestServer::with(|config| config.limits.starts_per_ip_per_hour = 1).await;
    let (backend, app) = server.shop().await;
    let service = server.service.clone();
    browse(Scripts::On, |browser| async move {
        backend.widget(&app, &EndUser::number(1)).await.send().await;
        let widget = backend.widget(&app, &EndUser::number(2)).await;
        open(&browser, &widget).await?;
        browser.click(".primary").await?;
        picture(&browser, "limited").await?;

        let bad = Widget { token: format!("{}x", widget.token), ..widget.clone() };
        open(&browser, &bad).await?;
        picture(&browser, "bad_token").await?;
        browser.goto("about:blank").await?;
        browser.goto(format!("{}/client", widget.base)).await?;
        picture(&browser, "resume").await?;

        // What can't be set up in the widget.
        let no_phones = [
            ("allow_sms_channel", "false"),
            ("allow_totp_channel", "false"),
            ("webauthn_enabled", "false"),
            ("push_enabled", "true"),
            ("first_enrollment", "on_first_use"),
        ];
        assert_eq!(backend.change(&app, &no_phones).await.status, 200);
        open(&browser, &widget).await?;
        picture(&browser, "no_channel_enrolled").await?;
        assert_eq!(backend.change(&app, &[("enabled", "0")]).await.status, 200);
        open(&browser, &widget).await?;
        picture(&browser, "app_disabled").await?;

        assert_eq!(backend.change(&app, &[("enabled", "1")]).await.status, 200);
        service.store.close().await;
        open(&browser, &widget).await?;
        picture(&browser, "fault").await
    })
    .await;
    server.stop().await;
}
