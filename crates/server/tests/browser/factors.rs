//! Looking after factors by a one-time link, with and without JavaScript: a page of its own, which a reload comes back to.

use std::time::Duration;

use thirtyfour::prelude::*;

use super::driver::{Browser, Scripts, browse};
use super::look::Look;
use crate::support::{EndUser, TestServer};

async fn type_and_send(browser: &Browser, selector: &str, text: &str) -> WebDriverResult<()> {
    let input = browser.see(selector).await?;
    input.clear().await?;
    input.send_keys(text.to_owned() + Key::Enter).await
}

/// The words of the page.
async fn words(browser: &Browser) -> WebDriverResult<String> {
    browser.find(By::Css("main")).await?.text().await
}

/// Waits for a state and, where scripts run, takes its picture and looks for barriers.
async fn see(browser: &Browser, scripts: Scripts, state: &str) -> WebDriverResult<()> {
    browser.see_state(state).await?;
    match scripts {
        Scripts::On => Look::of(browser).take(&format!("by_link_{state}")).await,
        Scripts::Off => Ok(()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_leads_to_factors_that_are_named_and_removed() {
    for scripts in [Scripts::On, Scripts::Off] {
        let server = TestServer::start().await;
        let ann = EndUser::ann();
        let (backend, app, authenticator) = server.shop_with_authenticator(&ann).await;
        server.clock.advance(Duration::from_secs(30));
        browse(scripts, |browser| async move {
            let link = backend.factor_link(&app, &ann).await;
            let address = format!("{}/factors?token={}&app_id={app}", backend.base, link.token);
            browser.goto(&address).await?;
            see(&browser, scripts, "factor_link").await?;
            browser.click(".primary").await?;
            browser.see_state("totp").await?;
            type_and_send(&browser, "#code", &authenticator.code(server.clock.now(), 0)).await?;
            see(&browser, scripts, "factors").await?;
            assert!(words(&browser).await?.contains("Authenticator app"));

            browser.click("button[name=factor]").await?;
            see(&browser, scripts, "factor").await?;
            type_and_send(&browser, "#name", &"x".repeat(65)).await?;
            see(&browser, scripts, "factor_name_wrong").await?;
            type_and_send(&browser, "#name", "My old phone").await?;
            browser.see_state("factors").await?;
            assert!(words(&browser).await?.contains("My old phone"));
            if scripts == Scripts::On {
                // Neither token is in the address, and a reload comes back.
                let url = browser.current_url().await?;
                assert_eq!((url.path(), url.query()), ("/client", None));
                browser.refresh().await?;
                browser.see_state("factors").await?;
                // The day as people write it.
                assert!(words(&browser).await?.contains("Added on Jan 1, 2026"));
            }
            browser.click("button[name=factor]").await?;
            browser.see_state("factor").await?;
            browser.click("button[value=remove_factor]").await?;
            browser.see_state("factors").await?;
            assert!(!words(&browser).await?.contains("My old phone"));
            assert_eq!(
                server
                    .service
                    .store
                    .factor_list(&server.key_of(&backend, &app, &ann).await)
                    .await
                    .unwrap(),
                []
            );

            // Somebody else with the same link.
            browser.goto("about:blank").await?;
            browser.goto(&address).await?;
            browser.see_state("factor_link").await?;
            browser.click(".primary").await?;
            see(&browser, scripts, "factor_link_used").await?;
            server.stop().await;
            Ok(())
        })
        .await;
    }
}
