//! What a first view of each state weighs, by the browser's own log; `docs/reference/widget.md` tells the numbers.

use std::collections::BTreeMap;

use serde_json::json;
use thirtyfour::prelude::*;

use super::catalogue::states;
use super::driver::{Browser, browse_alone, browse_logged};
use super::network::{Transfer, transfers};
use crate::support::{EndUser, TestServer};

/// Bytes, and requests, that a first view may take; where a passkey is asked for, one request more.
const MOST: (u64, usize) = (15_000, 3);

const DOCS: &str = include_str!("../../../../docs/reference/widget.md");

/// A first view: nothing comes from the cache.
async fn first_view(
    browser: &Browser,
    address: &str,
    state: &str,
) -> WebDriverResult<Vec<Transfer>> {
    browser.goto("about:blank").await?;
    transfers(browser).await?;
    browser.goto(address).await?;
    browser.see_state(state).await?;
    // Passkeys and backup codes have scripts of their own, which let their buttons be pressed.
    browser.until("!document.querySelector('#passkey button:disabled, #codes-copy[hidden]')").await;
    transfers(browser).await
}

async fn without_cache(browser: &Browser) -> WebDriverResult<()> {
    browser.cdp().send_raw("Network.enable", json!({})).await?;
    let off = json!({ "cacheDisabled": true });
    browser.cdp().send_raw("Network.setCacheDisabled", off).await?;
    Ok(())
}

fn judge(name: &str, base: &str, loaded: &[Transfer]) -> u64 {
    let bytes = loaded.iter().map(|transfer| transfer.body).sum();
    let own = loaded.iter().all(|transfer| transfer.url.starts_with(base));
    assert!(own, "{name}: {loaded:?}");
    let is_module = |url: &str| url.ends_with("/webauthn.js") || url.ends_with("/backup-codes.js");
    let modules = loaded.iter().filter(|transfer| is_module(&transfer.url)).count();
    assert_eq!(loaded.len(), MOST.1 + modules, "{name}: {loaded:?}");
    assert!(bytes <= MOST.0, "{name} weighs {bytes} bytes: {loaded:?}");
    bytes
}

/// In kilobytes of 1,000 bytes, as the table has it.
fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1_000, bytes % 1_000 / 100)
}

/// The rows of the table in the docs: state, requests, kilobytes.
fn told() -> BTreeMap<String, (String, String)> {
    let rows = DOCS.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    cells
        .filter(|cells| cells.len() == 3)
        .map(|cells| {
            (cells[0].trim_matches('`').to_owned(), (cells[1].to_owned(), cells[2].to_owned()))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_view_of_any_state_is_light_and_the_docs_say_how_light() {
    let server = TestServer::for_development().await;
    browse_logged(|browser| async move {
        without_cache(&browser).await?;
        let mut rows = Vec::new();
        let told = told();
        let mut told_wrong = Vec::new();
        // Where the frame is refused, what is loaded is the page around it.
        for state in states(&server).await.into_iter().filter(|state| state != "frame_blocked") {
            let address = format!("{}/dev/widget-states/{state}", server.base());
            let loaded = first_view(&browser, &address, &state).await?;
            let bytes = judge(&state, &server.base(), &loaded);
            let measured = (loaded.len().to_string(), kilobytes(bytes));
            rows.push(format!("| `{state}` | {} | {} |", measured.0, measured.1));
            if told.get(&state) != Some(&measured) {
                told_wrong.push(state);
            }
        }
        println!("{}", rows.join("\n"));
        assert!(told_wrong.is_empty(), "docs/reference/widget.md should say:\n{}", rows.join("\n"));
        server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_first_view_with_a_real_token_is_light_and_asks_one_origin() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    browse_logged(|browser| async move {
        without_cache(&browser).await?;
        let address = format!("{}/client?token={}&app_id={app}", server.base(), widget.token);
        let loaded = first_view(&browser, &address, "choose").await?;
        println!("first view: {} bytes", judge("choose", &server.base(), &loaded));
        server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_phone_on_a_slow_network_can_use_it_within_a_second() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let widget = backend.widget(&app, &EndUser::ann()).await;
    browse_alone(|browser| async move {
        without_cache(&browser).await?;
        browser.slow_down().await?;
        let address = format!("{}/client?token={}&app_id={app}", server.base(), widget.token);
        let mut usable = Vec::new();
        // The machine runs tests without browsers meanwhile: the quickest of five tells most about the page.
        for _ in 0..5 {
            first_view(&browser, &address, "choose").await?;
            usable.push(browser.vitals().await?.usable);
        }
        println!("usable after {usable:?} ms");
        assert!(usable.iter().any(|millis| *millis <= 1_000.0), "{usable:?}");
        server.stop().await;
        Ok(())
    })
    .await;
}
