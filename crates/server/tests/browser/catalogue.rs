//! Every state of the widget, as the catalogue shows it: accessible to people with other eyes, screens and hands,
//! and with a picture of each.

use std::cell::RefCell;
use std::collections::BTreeMap;

use thirtyfour::prelude::*;

use super::accessibility::violations;
use super::driver::{Browser, Scripts, browse};
use super::emulation::Colours;
use super::look::Look;
use crate::support::TestServer;

/// The names of all states, as the catalogue lists them.
pub(super) async fn states(server: &TestServer) -> Vec<String> {
    let list =
        server.http.get(format!("{}/dev/widget-states", server.base())).send().await.unwrap();
    let list = list.text().await.unwrap();
    let links = list.split("href=\"/dev/widget-states/").skip(1);
    let states: Vec<_> = links.map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert!(states.len() >= 33, "{states:?}");
    states
}

/// Goes through every state and tells what is wrong with any.
async fn walk<F>(
    server: &TestServer,
    browser: &Browser,
    query: &str,
    check: F,
) -> WebDriverResult<()>
where
    F: AsyncFn(&str) -> WebDriverResult<Vec<String>>,
{
    let mut wrong = Vec::new();
    for state in states(server).await {
        browser.goto(format!("{}/dev/widget-states/{state}?{query}", server.base())).await?;
        see(browser, &state).await?;
        wrong.extend(check(&state).await?.into_iter().map(|problem| format!("{state}: {problem}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

async fn see(browser: &Browser, state: &str) -> WebDriverResult<()> {
    browser.see_state(state).await?;
    if state == "frame_blocked" {
        browser.see_given_up().await?;
    }
    Ok(())
}

async fn is_accessible(colours: Colours, query: &str) {
    let server = TestServer::for_development().await;
    browse(Scripts::On, |browser| async move {
        browser.prefer(colours, false).await?;
        walk(&server, &browser, query, async |_| violations(&browser).await).await?;
        server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_is_accessible_in_light_colours() {
    is_accessible(Colours::Light, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_is_accessible_in_dark_colours() {
    is_accessible(Colours::Dark, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_is_accessible_in_the_colours_that_the_page_around_asks_for() {
    is_accessible(Colours::Light, "theme=dark").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_is_accessible_in_forced_colours() {
    is_accessible(Colours::Forced, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_is_accessible_from_right_to_left() {
    is_accessible(Colours::Light, "language=ar").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_fits_a_narrow_screen_magnified_text_and_wide_spacing() {
    let server = TestServer::for_development().await;
    browse(Scripts::On, |browser| async move {
        for (query, magnified) in [("", false), ("language=de", true), ("language=ar", true)] {
            if magnified {
                browser.magnify().await?;
            } else {
                browser.narrow(320).await?;
            }
            let fits = async |_: &str| {
                let mut wrong = browser.misplaced().await?;
                wrong.extend(violations(&browser).await?);
                browser.space_text().await?;
                wrong.extend(browser.misplaced().await?);
                Ok(wrong)
            };
            walk(&server, &browser, query, fits).await?;
        }
        server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_state_jumps_about_or_moves_for_those_who_want_it_still() {
    let server = TestServer::for_development().await;
    browse(Scripts::On, |browser| async move {
        browser.prefer(Colours::Light, true).await?;
        walk(&server, &browser, "", async |state| {
            let mut wrong = browser.moving().await?;
            let shift = browser.vitals().await?.layout_shift;
            // There it is the page around that makes room for a line.
            if shift > 0.02 && state != "frame_blocked" {
                wrong.push(format!("a layout shift of {shift}"));
            }
            Ok(wrong)
        })
        .await?;
        server.stop().await;
        Ok(())
    })
    .await;
}

/// One heading, one main part, a title that says more than the site's name, the language that was asked for, and
/// targets large enough to hit.
const STRUCTURE: &str = r"
  const found = [];
  const headings = [...document.querySelectorAll('h1')].filter((h1) => h1.checkVisibility());
  if (headings.length !== 1) found.push(`${headings.length} headings`);
  const site = document.querySelector('.name')?.textContent;
  if (site && !document.title.replace(` – ${site}`, '').trim()) found.push('a title that says nothing');
  if (document.documentElement.lang !== arguments[0]) found.push(`language ${document.documentElement.lang}`);
  if (document.querySelectorAll('main').length !== 1) found.push('not one main');
  for (const target of document.querySelectorAll('button, a, input:not([type=hidden])')) {
    if (!target.checkVisibility()) continue;
    const { width, height } = target.getBoundingClientRect();
    const least = target.matches('.primary') ? 44 : 24;
    if (width < least || height < least) found.push(`${target.outerHTML} is ${width} by ${height}`);
  }
  if ([...document.querySelectorAll('main .primary')].filter((one) => one.checkVisibility()).length > 1)
    found.push('several primary actions');
  return found;
";

#[tokio::test(flavor = "multi_thread")]
async fn every_state_has_one_heading_and_targets_large_enough_to_hit() {
    let server = TestServer::for_development().await;
    browse(Scripts::On, |browser| async move {
        for language in ["en", "ja"] {
            let query = format!("language={language}");
            let headings = RefCell::new(BTreeMap::new());
            walk(&server, &browser, &query, async |state| {
                // Who comes without a token, or with a bad one, comes in no known language.
                let known = !["bad_token", "resume"].contains(&state);
                let spoken = serde_json::json!(if known { language } else { "en" });
                let found = browser.execute(STRUCTURE, vec![spoken]).await?;
                let mut found: Vec<String> = serde_json::from_value(found.json().clone())?;
                // A title is unique: never the same over two pages with different headings.
                let heading = browser.see("h1").await?.text().await?;
                let title = browser.title().await?;
                let same =
                    headings.borrow_mut().entry(title.clone()).or_insert(heading.clone()).clone();
                if same != heading {
                    found.push(format!("{title} is above {same} and {heading}"));
                }
                Ok(found)
            })
            .await?;
        }
        server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_has_its_picture() {
    let server = TestServer::for_development().await;
    browse(Scripts::On, |browser| async move {
        for state in states(&server).await {
            browser.goto(format!("{}/dev/widget-states/{state}", server.base())).await?;
            see(&browser, &state).await?;
            Look::of(&browser).take(&format!("state-{state}")).await?;
        }
        server.stop().await;
        Ok(())
    })
    .await;
}
