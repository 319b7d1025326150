//! The way home, the address bar, and coming back.

use super::scene::Scene;
use super::stage::{Stage, value};
use crate::browser::driver::{Scripts, browse};
use crate::browser::site::Site;

#[tokio::test(flavor = "multi_thread")]
async fn the_token_leaves_the_address_and_the_theme_stays() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        browser
            .goto(format!("{}?token=access-token&app_id=APPX-1&theme=dark", stage.address()))
            .await?;
        browser.see_state("code_sent").await?;
        let bare = format!("{}?theme=dark", stage.address());
        assert_eq!(browser.current_url().await?.as_str(), bare);
        let kept = browser.evaluate("history.state").await?;
        assert_eq!(kept, serde_json::json!({ "token": "access-token", "app_id": "APPX-1" }));
        assert!(stage.posts().is_empty(), "the page was there already");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_a_token_resumes_from_its_history() {
    browse(Scripts::On, |browser| async move {
        let empty = Scene { token: "none", ..Scene::plain("resume", "Start again") };
        let stage = Stage::open(empty).await;
        browser.goto(stage.address()).await?;
        browser.see_state("resume").await?;
        assert!(stage.posts().is_empty(), "nothing to resume from");
        browser.evaluate("history.replaceState({ token: 'kept', app_id: 'APPX-2' }, '')").await?;
        stage.answer(Scene::code());
        browser.refresh().await?;
        browser.see_state("code_sent").await?;
        let fields = stage.posted(1).await;
        let sent = ["token", "app_id", "do"].map(|name| value(&fields, name));
        assert_eq!(sent, ["kept", "APPX-2", "resume"]);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_its_own_and_a_touched_frame_go_home_by_themselves() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        for framed in [false, true] {
            let stage = Stage::open(Scene::code()).await;
            stage.answer(Scene::passed("/home"));
            if framed {
                browser.goto(site.framing(&stage.address())).await?;
                browser.enter("iframe").await?;
            } else {
                browser.goto(stage.address()).await?;
            }
            browser.see("#code").await?.send_keys("123456").await?;
            browser.enter_default_frame().await?;
            browser.see("#home").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_nobody_touched_leaves_the_page_around_it_alone() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        let stage = Stage::open(Scene::code().with("refresh-in", "1")).await;
        stage.answer(Scene::passed("/home"));
        let page = site.framing(&stage.address());
        browser.goto(page.as_str()).await?;
        browser.enter("iframe").await?;
        browser.see_state("passed").await?;
        browser.see("#continue").await?;
        browser.enter_default_frame().await?;
        assert_eq!(browser.current_url().await?.as_str(), page);
        // The link is a person's own doing.
        browser.enter("iframe").await?;
        browser.click("#continue").await?;
        browser.enter_default_frame().await?;
        browser.see("#home").await?;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_out_of_the_browsers_cache_the_server_is_asked_again() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        browser.goto(stage.address()).await?;
        browser.see_state("code_sent").await?;
        stage.answer(Scene::plain("expired", "This login took too long"));
        browser
            .evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))")
            .await?;
        browser
            .evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
            .await?;
        browser.see_state("expired").await?;
        assert_eq!(value(&stage.posted(1).await, "do"), "resume");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_modules_is_told_so() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        browser.goto(stage.address()).await?;
        browser.see_state("code_sent").await?;
        assert_eq!(browser.evaluate("unsupported.hidden").await?, true);
        let loaded = "performance.getEntriesByType('resource').map((entry) => entry.name.split('/').pop()).join()";
        assert_eq!(browser.evaluate(loaded).await?, "widget.css,widget.js");
        // What such a browser does.
        let run = "document.head.append(Object.assign(document.createElement('script'), \
                   { src: '/assets/v/old-browser.js' }))";
        browser.evaluate(run).await?;
        browser.until("!unsupported.hidden").await;
        Ok(())
    })
    .await;
}
