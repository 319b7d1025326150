//! Who may frame the widget, as Chromium enforces it.

use super::driver::{Browser, Scripts, browse};
use super::site::Site;
use crate::support::{EndUser, TestServer, Widget};
use thirtyfour::prelude::*;

fn address(widget: &Widget) -> String {
    format!("{}/client?token={}&app_id={}", widget.base, widget.token, widget.app)
}

/// Where the frame of the present page ended up; a page is loaded only once its frames are.
async fn framed(browser: &Browser) -> WebDriverResult<String> {
    browser.enter("iframe").await?;
    let place = browser.evaluate("location.href").await?;
    Ok(place.as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn row_24_only_a_listed_origin_may_frame_the_widget() {
    let server = TestServer::start().await;
    let (own, foreign) = (Site::start().await, Site::start().await);
    let backend = server.client("Shop").await;
    let app = backend.app(&[("app_domain", "shop.example"), ("origins", &own.origin)]).await;
    let widget = address(&backend.widget(&app, &EndUser::ann()).await);
    browse(Scripts::On, |browser| async move {
        browser.goto(own.framing(&widget)).await?;
        assert_eq!(framed(&browser).await?, widget);
        browser.see_state("choose").await?;

        browser.goto(foreign.framing(&widget)).await?;
        assert!(framed(&browser).await?.starts_with("chrome-error:"));
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_24_nobody_may_frame_the_page_of_a_bad_token() {
    let server = TestServer::start().await;
    let own = Site::start().await;
    let backend = server.client("Shop").await;
    let app = backend.app(&[("app_domain", "shop.example"), ("origins", &own.origin)]).await;
    let mut widget = backend.widget(&app, &EndUser::ann()).await;
    widget.token.push('x');
    let widget = address(&widget);
    browse(Scripts::On, |browser| async move {
        browser.goto(own.framing(&widget)).await?;
        assert!(framed(&browser).await?.starts_with("chrome-error:"));

        browser.goto(widget.as_str()).await?;
        browser.see_state("bad_token").await?;
        Ok(())
    })
    .await;
    server.stop().await;
}
