//! Where the focus goes, and where it stays.

use thirtyfour::prelude::*;

use super::scene::Scene;
use super::stage::Stage;
use crate::browser::driver::{Scripts, browse};
use crate::browser::site::Site;

const FOCUS: &str = "document.activeElement.id || document.activeElement.tagName";

#[tokio::test(flavor = "multi_thread")]
async fn the_focus_moves_with_the_state() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        browser.goto(stage.address()).await?;
        browser.see_state("code_sent").await?;
        assert_eq!(browser.evaluate(FOCUS).await?, "code", "as a page of its own");

        stage.answer(Scene::plain("cancelled", "Login cancelled"));
        browser.click("#cancel").await?;
        browser.see_state("cancelled").await?;
        assert_eq!(browser.evaluate(FOCUS).await?, "H1");
        assert_eq!(browser.title().await?, "Login cancelled – Stage");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_takes_the_focus_only_from_itself() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        let stage = Stage::open(Scene::code().with("refresh-in", "1")).await;
        stage.answer(Scene::plain("code_expired", "That code has expired"));
        browser.goto(site.framing(&stage.address())).await?;
        browser.evaluate("document.body.append(document.createElement('input'))").await?;
        browser.see("input").await?.send_keys("x").await?;
        browser.enter("iframe").await?;
        browser.see_state("code_expired").await?;
        // What nobody was moved to is said instead.
        assert_eq!(browser.evaluate("live.textContent").await?, "That code has expired");
        browser.enter_default_frame().await?;
        browser.see("input").await?;
        assert_eq!(browser.evaluate(FOCUS).await?, "INPUT");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_leaves_the_frame_in_both_directions() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        let stage = Stage::open(Scene::code()).await;
        browser.goto(site.framing(&stage.address())).await?;
        let around = "(() => { for (const id of ['before', 'after']) { \
                      const input = Object.assign(document.createElement('input'), { id }); \
                      document.body[id === 'before' ? 'prepend' : 'append'](input); } before.focus(); })()";
        browser.evaluate(around).await?;
        let mut seen = Vec::new();
        for _ in 0..5 {
            browser.action_chain().send_keys(Key::Tab).perform().await?;
            seen.push(browser.evaluate(FOCUS).await?);
        }
        // Input and three buttons inside.
        assert_eq!(seen, ["IFRAME", "IFRAME", "IFRAME", "IFRAME", "after"]);
        for _ in 0..5 {
            browser.action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift).perform().await?;
        }
        browser.until("document.activeElement.id === 'before'").await;
        Ok(())
    })
    .await;
}
