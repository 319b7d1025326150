//! Setting up an authenticator app and getting backup codes, with and without JavaScript, with a picture of each page.

use std::time::Duration;

use thirtyfour::prelude::*;

use super::driver::{Browser, Scripts, browse};
use super::look::Look;
use crate::support::authenticator::Authenticator;
use crate::support::page::Page;
use crate::support::{EndUser, TestServer, Widget};

/// The browser is on its way home or there, or the page with the link is.
const HOME: &str =
    "location.pathname !== '/client' || document.querySelector('main').dataset.state === 'passed'";

async fn open(browser: &Browser, widget: &Widget) -> WebDriverResult<()> {
    browser.goto("about:blank").await?;
    browser
        .goto(format!("{}/client?token={}&app_id={}", widget.base, widget.token, widget.app))
        .await
}

/// Waits for a state and, where scripts run, takes its picture and looks for barriers.
async fn see(browser: &Browser, scripts: Scripts, state: &str) -> WebDriverResult<()> {
    browser.see_state(state).await?;
    match scripts {
        Scripts::On => Look::of(browser).take(state).await,
        Scripts::Off => Ok(()),
    }
}

async fn page(browser: &Browser) -> WebDriverResult<Page> {
    Ok(Page { status: 200, policy: String::new(), cookie: None, html: browser.source().await? })
}

async fn type_and_send(browser: &Browser, text: &str) -> WebDriverResult<()> {
    let input = browser.see("#code").await?;
    input.clear().await?;
    input.send_keys(text.to_owned() + Key::Enter).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_and_backup_codes_are_set_up_and_then_used() {
    for scripts in [Scripts::On, Scripts::Off] {
        let server = TestServer::start().await;
        let (backend, app) = server.shop().await;
        backend.change(&app, &[("webauthn_enabled", "false")]).await;
        server.clock.advance(Duration::from_secs(3));
        let ann = EndUser::ann();
        browse(scripts, |browser| async move {
            open(&browser, &backend.widget(&app, &ann).await).await?;
            browser.click(".primary").await?;
            browser.see("#code").await?;
            browser.click("input[name=next]").await?;
            type_and_send(&browser, &backend.code(&app, &ann).await).await?;
            see(&browser, scripts, "totp_setup").await?;
            let authenticator = Authenticator::scan(&page(&browser).await?);
            type_and_send(&browser, "1234").await?;
            see(&browser, scripts, "totp_setup_wrong").await?;
            type_and_send(&browser, &authenticator.code(server.clock.now(), 0)).await?;
            see(&browser, scripts, "totp_enrolled").await?;
            browser.click("button[value=backup_codes]").await?;
            see(&browser, scripts, "backup_codes").await?;
            let shown = page(&browser).await?.html;
            let codes: Vec<_> = shown
                .split("<li><code>")
                .skip(1)
                .map(|item| item.split('<').next().unwrap().to_owned())
                .collect();
            assert_eq!(codes.len(), 10);
            if scripts == Scripts::On {
                browser.click("#codes-copy").await?;
                browser
                    .until("document.querySelector('#codes-copy').textContent === 'Copied'")
                    .await;
            }
            browser.click("button[value=leave]").await?;
            if scripts == Scripts::Off {
                browser.see_state("passed").await?;
            }

            open(&browser, &backend.widget(&app, &ann).await).await?;
            browser.click("button[value=backup_code]").await?;
            see(&browser, scripts, "backup_code").await?;
            type_and_send(&browser, "ABCDE-FGHIJ").await?;
            see(&browser, scripts, "backup_code_wrong").await?;
            type_and_send(&browser, &codes[0].to_lowercase()).await?;
            browser.until(HOME).await;
            server.stop().await;
            Ok(())
        })
        .await;
    }
}
