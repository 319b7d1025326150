//! Screenshots for people to look at, and what must hold on every page whatever it looks like.

use std::path::PathBuf;

use serde_json::json;
use thirtyfour::prelude::*;

use super::driver::Browser;

const DEVICES: [(&str, u32, u32); 2] = [("phone", 375, 760), ("desktop", 1100, 860)];

/// The narrowest screen that must do without scrolling sideways (WCAG 2.2, 1.4.10).
const NARROWEST: u32 = 320;

/// Takes pictures of what a browser shows.
pub(super) struct Look<'a>(&'a Browser);

impl<'a> Look<'a> {
    pub(super) fn of(browser: &'a Browser) -> Self {
        Self(browser)
    }

    /// Checks the page and writes `target/screenshots/<name>-{phone,desktop}-{light,dark}.png`.
    pub(super) async fn take(&self, name: &str) -> WebDriverResult<()> {
        self.check(name).await?;
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        for (device, width, height) in DEVICES {
            self.resize(width, height).await?;
            for scheme in ["light", "dark"] {
                self.colours(scheme).await?;
                let file = folder.join(format!("{name}-{device}-{scheme}.png"));
                self.0.screenshot(&file).await?;
            }
        }
        self.colours("").await?;
        self.0.cdp().send_raw("Emulation.clearDeviceMetricsOverride", json!({})).await?;
        Ok(())
    }

    async fn check(&self, name: &str) -> WebDriverResult<()> {
        self.resize(NARROWEST, 640).await?;
        let width = self.0.evaluate("document.documentElement.scrollWidth").await?;
        assert!(
            width.as_u64().unwrap() <= u64::from(NARROWEST),
            "{name} scrolls sideways: {width}"
        );
        for (what, expression) in [
            ("one h1", "document.querySelectorAll('h1').length === 1"),
            ("a title", "document.title.trim().length > 3"),
            ("a language", "document.documentElement.lang.length > 1"),
            ("one main", "document.querySelectorAll('main').length === 1"),
            (
                "a label for every field",
                "[...document.querySelectorAll('input:not([type=hidden])')].every(field => field.labels.length)",
            ),
            (
                "a text for every description",
                "[...document.querySelectorAll('[aria-describedby]')]\
                 .every(element => document.getElementById(element.getAttribute('aria-describedby')))",
            ),
            (
                "a name for every frame",
                "[...document.querySelectorAll('iframe')].every(frame => frame.title)",
            ),
            (
                "no id twice",
                "new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size \
                 === document.querySelectorAll('[id]').length",
            ),
            (
                "one primary action at most",
                "document.querySelectorAll('main .primary').length <= 1",
            ),
            (
                "the focus order of the page",
                "[...document.querySelectorAll('[tabindex]')].every(element => element.tabIndex <= 0)",
            ),
            (
                "buttons large enough to hit",
                "[...document.querySelectorAll('main button, main .button')]\
                 .filter(button => button.checkVisibility())\
                 .every(button => button.getBoundingClientRect().height >= 44)",
            ),
        ] {
            let holds = self.0.evaluate(expression).await?;
            assert_eq!(holds, json!(true), "{name} lacks {what}");
        }
        Ok(())
    }

    async fn resize(&self, width: u32, height: u32) -> WebDriverResult<()> {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600
        });
        self.0.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    async fn colours(&self, scheme: &str) -> WebDriverResult<()> {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.0.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }
}
