//! How end users may have set up their devices, and what must hold then.

use serde_json::json;
use thirtyfour::prelude::*;

use super::driver::Browser;

/// Whose colours a page is shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colours {
    Light,
    Dark,
    /// The system's few colours, as with Windows' contrast themes.
    Forced,
}

impl Browser {
    /// Shows pages in these colours from now on, and with or without motion.
    pub(super) async fn prefer(
        &self,
        colours: Colours,
        reduced_motion: bool,
    ) -> WebDriverResult<()> {
        let scheme = if colours == Colours::Dark { "dark" } else { "light" };
        let forced = if colours == Colours::Forced { "active" } else { "none" };
        let motion = if reduced_motion { "reduce" } else { "no-preference" };
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
            { "name": "prefers-reduced-motion", "value": motion },
        ]});
        self.cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// A screen so wide, in CSS pixels.
    pub(super) async fn narrow(&self, width: u32) -> WebDriverResult<()> {
        self.screen(width, 640, 1).await
    }

    /// A window of 1280 × 1024 pixels, magnified to 400 %: as wide as 320 pixels (WCAG 2.2, 1.4.10).
    pub(super) async fn magnify(&self) -> WebDriverResult<()> {
        self.screen(320, 256, 4).await
    }

    async fn screen(&self, width: u32, height: u32, scale: u32) -> WebDriverResult<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": false });
        self.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    /// As the browser came.
    pub(super) async fn plain(&self) -> WebDriverResult<()> {
        self.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": [] })).await?;
        self.cdp().send_raw("Emulation.clearDeviceMetricsOverride", json!({})).await?;
        Ok(())
    }

    /// Spaces the text of the present page as far as people may need it (WCAG 2.2, 1.4.12).
    pub(super) async fn space_text(&self) -> WebDriverResult<()> {
        // Not a style element, which the widget's policy would stop.
        let script = "(() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`\
                      * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } \
                      p { margin-bottom: 2em !important }`); \
                      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; })()";
        self.evaluate(script).await?;
        Ok(())
    }

    /// What of the present page does not fit: a page that scrolls sideways, and each text that is cut off or
    /// sticks out of its button, its field or the window.
    pub(super) async fn misplaced(&self) -> WebDriverResult<Vec<String>> {
        let found = self.execute(MISPLACED, Vec::new()).await?;
        Ok(serde_json::from_value(found.json().clone())?)
    }

    /// What of the present page moves or is to move.
    pub(super) async fn moving(&self) -> WebDriverResult<Vec<String>> {
        let found = self.execute(MOVING, Vec::new()).await?;
        Ok(serde_json::from_value(found.json().clone())?)
    }
}

const MISPLACED: &str = r"
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
  const box = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { left, right, top, bottom };
  };
  // The boxes that a text must stay inside of. None for what only screen readers are to find.
  const limits = (element) => {
    const boxes = [{ left: 0, right: root.clientWidth, top: -Infinity, bottom: Infinity }];
    for (let at = element; at && at !== root; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.visibility === 'hidden' || at.offsetWidth <= 1 || style.clipPath === 'inset(50%)') return [];
      const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible';
      if (at !== document.body && (clips || at.matches('button, a, .notice'))) {
        if (style.display !== 'inline') boxes.push(box(at));
      }
    }
    return boxes;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.trim() || text.parentElement.closest('script, style')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const part of range.getClientRects()) {
      const out = limits(text.parentElement).some((limit) =>
        part.left < limit.left - 1 || part.right > limit.right + 1 || part.top < limit.top - 1 || part.bottom > limit.bottom + 1);
      if (out) {
        found.push(`'${text.data.trim()}' is cut off or sticks out`);
        break;
      }
    }
  }
  for (const field of document.querySelectorAll('input:not([type=hidden])'))
    if (field.offsetParent && field.scrollWidth > field.clientWidth) found.push(`'${field.value}' does not fit its field`);
  return found;
";

const MOVING: &str = r"
  const found = document.getAnimations().map(({ effect }) => `${effect.target.tagName} is moving`);
  for (const element of document.querySelectorAll('*')) {
    const { transitionDuration, animationName } = getComputedStyle(element);
    if (transitionDuration.split(', ').some((time) => parseFloat(time) > 0.01)) found.push(`${element.tagName} would fade`);
    if (animationName !== 'none') found.push(`${element.tagName} has the animation ${animationName}`);
  }
  return found;
";
