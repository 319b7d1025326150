//! The widget as a page of its own: what stays in the address bar, and what other sites learn of it.

use axum::http::header;

use super::driver::{Scripts, browse};
use super::site::Site;
use crate::support::{EndUser, TestServer};

#[tokio::test(flavor = "multi_thread")]
async fn row_23_the_token_leaves_the_address_bar_and_a_reload_resumes() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let ann = EndUser::ann();
    let widget = backend.widget(&app, &ann).await;
    let address = format!("{}/client?token={}&app_id={app}", widget.base, widget.token);
    browse(Scripts::On, |browser| async move {
        browser.goto(address).await?;
        browser.see_state("choose").await?;
        let bare = format!("{}/client", widget.base);
        assert_eq!(browser.current_url().await?.as_str(), bare);
        assert_eq!(browser.evaluate("history.state.token").await?, widget.token.as_str());

        browser.click(".primary").await?;
        browser.see_state("code_sent").await?;
        backend.code(&app, &ann).await;
        browser.refresh().await?;
        browser.see_state("code_sent").await?;
        assert_eq!(browser.current_url().await?.as_str(), bare);
        assert_eq!(backend.messages(&app).await.len(), 1);

        // Another tab has no history to resume from.
        let tab = browser.new_tab().await?;
        browser.switch_to_window(tab).await?;
        browser.goto(bare.as_str()).await?;
        browser.see_state("resume").await?;
        Ok(())
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_23_no_referer_leaves_the_widget() {
    for scripts in [Scripts::On, Scripts::Off] {
        let server = TestServer::start().await;
        let site = Site::start().await;
        let backend = server.client("Shop").await;
        let icon = format!("{}/icon.svg", site.origin);
        let app = backend.app(&[("icon", &icon), ("app_domain", "shop.example")]).await;
        let ann = EndUser::ann();
        let back = format!("{}/return?keep=1", site.origin);
        let token = backend.create_access_token(&app, &ann, &[("redirect_uri", Some(&back))]).await;
        let token = token.json()["token"].as_str().unwrap().to_owned();
        let address = format!("{}/client?token={token}&app_id={app}", server.base());
        browse(scripts, |browser| async move {
            browser.goto(address).await?;
            browser.see_state("choose").await?;
            browser.click(".primary").await?;
            browser.see("#code").await?;
            browser.type_code(&backend.code(&app, &ann).await).await?;
            if scripts == Scripts::Off {
                browser.click("#continue").await?;
            }
            browser.see("#back").await?;
            let seen = site.seen();
            let paths = ["/icon.svg", "/return?keep=1&token=TOKN-"];
            for path in paths {
                assert!(seen.iter().any(|request| request.uri.starts_with(path)), "{seen:?}");
            }
            for request in &seen {
                assert_eq!(request.headers.get(header::REFERER), None, "{request:?}");
            }
            Ok(())
        })
        .await;
        server.stop().await;
    }
}
