//! The boxes beside a code, on the way through a login.

use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;

use super::driver::{Browser, Scripts, browse};
use crate::support::actors::wrong;
use crate::support::{EndUser, TestServer, eventually};

/// Whether the box for the next time, and the one for the device, are ticked.
async fn are_ticked(browser: &Browser, expected: [bool; 2]) -> WebDriverResult<()> {
    for (name, expected) in ["next", "trust"].into_iter().zip(expected) {
        let ticked = browser.see(&format!("input[name={name}]")).await?.is_selected().await?;
        assert_eq!(ticked, expected, "{name}");
    }
    Ok(())
}

/// A login of Ann's in which a code was sent, shown by the browser where it is typed; the code.
async fn asked(server: &TestServer, browser: &Browser) -> WebDriverResult<String> {
    let ann = EndUser::ann();
    let (backend, app) = server.shop().await;
    let settings = [("intelligent_2fa", "true"), ("allow_voice_channel", "true")];
    assert_eq!(backend.change(&app, &settings).await.status, 200);
    let widget = backend.widget(&app, &ann).await;
    let base = server.origin();
    browser.goto(format!("{base}/client?token={}&app_id={app}", widget.token)).await?;
    browser.click("button[value=sms]").await?;
    browser.see("#code").await?;
    Ok(backend.code(&app, &ann).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn they_stay_as_they_are_until_the_login_passes() {
    let server = TestServer::start().await;
    browse(Scripts::On, |browser| async move {
        let code = asked(&server, &browser).await?;
        are_ticked(&browser, [false, false]).await?;
        browser.click("input[name=next]").await?;
        browser.click("input[name=trust]").await?;
        browser.type_code(&wrong(&code)).await?;
        browser.see_state("wrong_code").await?;
        are_ticked(&browser, [true, true]).await?;
        // Another message, asked for by a form that has no boxes.
        browser.click("input[name=trust]").await?;
        server.clock.advance(Duration::from_mins(1));
        browser.click("#more button[value=sms]").await?;
        browser.until("document.querySelector('#resume [name=sends]').value === '2'").await;
        are_ticked(&browser, [true, false]).await?;
        // And by the list of ways.
        browser.click("#more button[value=choose]").await?;
        browser.see_state("choose").await?;
        browser.click("button[value=voice]").await?;
        eventually("the call's page", || async {
            let shown = browser.evaluate("document.querySelector('main').dataset.channel").await;
            (shown.ok()? == json!("voice")).then_some(())
        })
        .await;
        are_ticked(&browser, [true, false]).await?;
        server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_script_they_survive_a_wrong_code_too() {
    let server = TestServer::start().await;
    browse(Scripts::Off, |browser| async move {
        let code = asked(&server, &browser).await?;
        browser.click("input[name=trust]").await?;
        browser.type_code(&wrong(&code)).await?;
        browser.see_state("wrong_code").await?;
        are_ticked(&browser, [false, true]).await?;
        server.stop().await;
        Ok(())
    })
    .await;
}
