//! The widget in languages with long words and from right to left, also on the narrowest screen.

use std::time::Duration;

use onlyauth_core::sandbox::FAILING_NUMBER;
use thirtyfour::prelude::*;

use super::driver::{Browser, Scripts, browse};
use super::look::Look;
use crate::support::{EndUser, TestServer, Widget, eventually};

async fn open(browser: &Browser, widget: &Widget) -> WebDriverResult<()> {
    // By way of another page: opening the address that is open already would be a reload.
    browser.goto("about:blank").await?;
    browser
        .goto(format!("{}/client?token={}&app_id={}", widget.base, widget.token, widget.app))
        .await
}

async fn picture(browser: &Browser, language: &str, state: &str) -> WebDriverResult<()> {
    browser.see_state(state).await?;
    Look::of(browser).take(&format!("{state}-{language}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn long_words_and_right_to_left_fit_on_the_narrowest_screen() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let clock = server.clock.clone();
    browse(Scripts::On, |browser| async move {
        for (n, (language, direction)) in [("ar", "rtl"), ("de", "ltr")].into_iter().enumerate() {
            let user = EndUser::number(u32::try_from(n).unwrap());
            let widget = backend.widget_in(language, &app, &user).await;
            open(&browser, &widget).await?;
            picture(&browser, language, "choose").await?;
            let shown = "getComputedStyle(document.querySelector('h1')).direction";
            assert_eq!(browser.evaluate(shown).await?, direction);
            let phone = "getComputedStyle(document.querySelector('.phone')).direction";
            assert_eq!(browser.evaluate(phone).await?, "ltr");
            browser.click(".primary").await?;
            picture(&browser, language, "code_sent").await?;
            let input = "getComputedStyle(document.querySelector('#code')).direction";
            assert_eq!(browser.evaluate(input).await?, "ltr");
            browser.click("#more .secondary").await?;
            picture(&browser, language, "resend_wait").await?;
            browser.type_code("12").await?;
            picture(&browser, language, "malformed_code").await?;
            clock.advance(Duration::from_mins(5));
            open(&browser, &widget).await?;
            picture(&browser, language, "code_expired").await?;

            let fay = EndUser::new(&format!("fay-{language}"), FAILING_NUMBER);
            let widget = backend.widget_in(language, &app, &fay).await;
            widget.send().await;
            eventually("a failed delivery", || async {
                (widget.open().await.state() == "delivery_failed").then_some(())
            })
            .await;
            open(&browser, &widget).await?;
            picture(&browser, language, "delivery_failed").await?;
        }
        Ok(())
    })
    .await;
    server.stop().await;
}
