//! Accessibility by axe-core: WCAG 2.2 up to level AA, as far as a program can tell.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::driver::Browser;
use super::npm_packages;

const LEVELS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// What violates WCAG in the present page and the frames in it: rule, element, and what to do.
pub(super) async fn violations(browser: &Browser) -> WebDriverResult<Vec<String>> {
    let axe = std::fs::read_to_string(npm_packages::file("axe-core/axe.min.js")).unwrap();
    let mut found = Vec::new();
    look_at(browser, &axe, &mut found).await?;
    Ok(found)
}

async fn look_at(browser: &Browser, axe: &str, found: &mut Vec<String>) -> WebDriverResult<()> {
    found.extend(look_at_document(browser, axe).await?);
    // Each document by itself: axe's own way into frames needs their help.
    for frame in browser.find_all(By::Css("iframe")).await? {
        frame.enter_frame().await?;
        Box::pin(look_at(browser, axe, found)).await?;
        browser.enter_parent_frame().await?;
    }
    Ok(())
}

async fn look_at_document(browser: &Browser, axe: &str) -> WebDriverResult<Vec<String>> {
    let options = json!({
        "runOnly": { "type": "tag", "values": LEVELS },
        "resultTypes": ["violations"],
        "iframes": false,
    });
    let script = format!("{axe}; const options = {options}; {LOOK}");
    let answer = browser.execute(script, Vec::new()).await?;
    let rules = answer.json().as_array().cloned().unwrap_or_default();
    Ok(rules.iter().flat_map(describe).collect())
}

// Where colours are forced, axe still computes contrasts from the page's own: it looks at the property for
// filling letters, whose computed value Chromium doesn't force. The forced ones are the end user's choice and
// need no judging; what must not be is an element that keeps its own.
const LOOK: &str = r"
  const forced = matchMedia('(forced-colors: active)').matches;
  if (forced) options.rules = { 'color-contrast': { enabled: false } };
  const own = [...document.querySelectorAll('*')].filter((element) =>
    forced && getComputedStyle(element).forcedColorAdjust === 'none' && !element.closest('svg'));
  return axe.run(document, options).then(({ violations }) => own.length === 0 ? violations : [...violations, {
    id: 'forced-colours',
    nodes: own.map((element) => ({ html: element.outerHTML, failureSummary: 'Take over the colours of the system' })),
  }]);
";

fn describe(rule: &Value) -> Vec<String> {
    let nodes = rule["nodes"].as_array().cloned().unwrap_or_default();
    let describe = |node: &Value| {
        let advice = node["failureSummary"].as_str().unwrap_or_default().replace('\n', " ");
        format!("{}: {} – {advice}", rule["id"].as_str().unwrap_or_default(), node["html"])
    };
    nodes.iter().map(describe).collect()
}
