//! An app's theme as browsers apply it: by the device's scheme, by the page's, and under forced colours.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::driver::{Browser, Scripts, browse};
use super::look::Look;
use crate::support::{Backend, EndUser, TestServer};

const THEME: [(&str, &str); 9] = [
    ("theme_primary", "#0f766e"),
    ("theme_background", "#fffdf8"),
    ("theme_text", "#1c1917"),
    ("theme_dark_primary", "#5eead4"),
    ("theme_dark_background", "#0c1415"),
    ("theme_dark_text", "#e7f0ef"),
    ("theme_radius", "4"),
    ("theme_font", "serif"),
    ("theme_density", "compact"),
];

async fn open(browser: &Browser, backend: &Backend, app: &str) -> WebDriverResult<()> {
    let widget = backend.widget(app, &EndUser::ann()).await;
    let address = format!("{}/client?token={}&app_id={app}", widget.base, widget.token);
    browser.goto(address).await?;
    browser.click(".primary").await?;
    browser.see("#code").await?;
    Ok(())
}

async fn media(browser: &Browser, features: &[(&str, &str)]) -> WebDriverResult<()> {
    let features: Vec<Value> =
        features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let media = json!({ "features": features });
    browser.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
    Ok(())
}

async fn style(browser: &Browser, selector: &str, property: &str) -> WebDriverResult<String> {
    let style = format!("getComputedStyle(document.querySelector('{selector}'))['{property}']");
    Ok(browser.evaluate(&style).await?.as_str().unwrap().to_owned())
}

const LIGHT: &str = "rgb(255, 253, 248)";
const DARK: &str = "rgb(12, 20, 21)";

#[tokio::test(flavor = "multi_thread")]
async fn light_and_dark_by_the_device_or_by_the_page() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    assert_eq!(backend.change(&app, &THEME).await.status, 200);
    browse(Scripts::On, |browser| async move {
        open(&browser, &backend, &app).await?;
        for (device, page, background, scheme) in [
            ("light", "", LIGHT, "light dark"),
            ("dark", "", DARK, "light dark"),
            ("light", "dark", DARK, "dark"),
            ("dark", "light", LIGHT, "light"),
        ] {
            media(&browser, &[("prefers-color-scheme", device)]).await?;
            let attribute = match page {
                "" => "document.documentElement.removeAttribute('data-theme')".to_owned(),
                _ => format!("document.documentElement.setAttribute('data-theme', '{page}')"),
            };
            browser.evaluate(&attribute).await?;
            let case = format!("device {device}, page {page:?}");
            assert_eq!(style(&browser, "body", "backgroundColor").await?, background, "{case}");
            assert_eq!(style(&browser, "html", "colorScheme").await?, scheme, "{case}");
        }
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theme_changes_colours_corners_font_and_room() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    browse(Scripts::On, |browser| async move {
        open(&browser, &backend, &app).await?;
        let height = "document.querySelector('main').getBoundingClientRect().height";
        let ours = browser.evaluate(height).await?.as_f64().unwrap();
        assert_eq!(backend.change(&app, &THEME).await.status, 200);
        browser.goto("about:blank").await?;
        open(&browser, &backend, &app).await?;
        media(&browser, &[("prefers-color-scheme", "light")]).await?;
        for (selector, property, value) in [
            (".primary", "backgroundColor", "rgb(15, 118, 110)"),
            (".primary", "color", "rgb(255, 255, 255)"),
            (".primary", "borderTopLeftRadius", "4px"),
            ("h1", "color", "rgb(28, 25, 23)"),
        ] {
            assert_eq!(style(&browser, selector, property).await?, value, "{selector} {property}");
        }
        assert!(style(&browser, "h1", "fontFamily").await?.starts_with("Charter,"));
        assert!(browser.evaluate(height).await?.as_f64().unwrap() < ours - 20.0, "compact");
        Look::of(&browser).take("theme").await?;
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn forced_colours_leave_borders_where_backgrounds_were() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    browse(Scripts::On, |browser| async move {
        open(&browser, &backend, &app).await?;
        browser.type_code("12").await?;
        browser.see_state("malformed_code").await?;
        media(&browser, &[("forced-colors", "active")]).await?;
        let bare = "[...document.querySelectorAll('main .primary, main .notice, main .badge, #code')]\
                    .filter(element => { const style = getComputedStyle(element); \
                    return style.borderInlineStartColor === style.backgroundColor \
                    || style.borderInlineStartStyle === 'none' }).map(element => element.className)";
        assert_eq!(browser.evaluate(bare).await?, json!([]));
        for (selector, width) in [(".primary", "2px"), (".secondary", "1px"), ("#code", "3px")] {
            assert_eq!(style(&browser, selector, "borderTopWidth").await?, width, "{selector}");
        }
        Ok(())
    })
    .await;
    server.stop().await;
}

/// WCAG 2.2, 1.4.12: what readers may set for themselves.
const SPACING: &str = "document.querySelectorAll('*').forEach(({ style }) => { \
    style.setProperty('line-height', '1.5', 'important'); \
    style.setProperty('letter-spacing', '.12em', 'important'); \
    style.setProperty('word-spacing', '.16em', 'important'); }); \
    document.querySelectorAll('p').forEach(({ style }) => \
    style.setProperty('margin-bottom', '2em', 'important'));";

#[tokio::test(flavor = "multi_thread")]
async fn readers_own_spacing_clips_nothing_on_the_narrowest_screen() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    browse(Scripts::On, |browser| async move {
        open(&browser, &backend, &app).await?;
        let metrics =
            json!({ "width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": true });
        browser.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        browser.execute(SPACING, Vec::new()).await?;
        let cut = "[document.documentElement, ...document.querySelectorAll('main *')]\
                   .filter(element => element.scrollWidth > element.clientWidth + 1 \
                   && getComputedStyle(element).display !== 'inline')\
                   .map(element => element.outerHTML.slice(0, 80))";
        assert_eq!(browser.evaluate(cut).await?, json!([]));
        Ok(())
    })
    .await;
    server.stop().await;
}
