//! Trusted devices in Chromium: the cookie in frames of another site, with third-party cookies blocked, and with none at all.
//!
//! The server has no TLS here. Chromium takes `Secure` cookies from `localhost` all the same, also in a frame.

use serde_json::{Value, json};
use thirtyfour::ChromeCapabilities;
use thirtyfour::prelude::*;

use super::accessibility::violations;
use super::driver::{Browser, Scripts, browse, browse_with};
use super::site::Site;
use crate::support::{Backend, EndUser, TestServer};

/// A shop whose app lets devices be trusted, framed by two sites.
struct Shop {
    server: TestServer,
    site: Site,
    backend: Backend,
    app: String,
}

/// The names under which the site is reached: to a browser they are two, and neither is the widget's.
const SITES: [&str; 2] = ["127.0.0.1", "shop.localhost"];

impl Shop {
    async fn open() -> Self {
        let server = TestServer::start().await;
        let site = Site::start().await;
        let backend = server.client("Shop").await;
        let origins = SITES.map(|host| site.origin.replace("127.0.0.1", host)).join(" ");
        let settings = [
            ("app_domain", "shop.example"),
            ("intelligent_2fa", "true"),
            ("webauthn_enabled", "false"),
            ("origins", &origins),
        ];
        let app = backend.app(&settings).await;
        Self { server, site, backend, app }
    }

    /// The widget's address for a login of Ann's.
    async fn widget(&self) -> String {
        self.server.clock.advance(std::time::Duration::from_secs(1));
        let back = format!("{}/return", self.site.origin);
        let changes = [("redirect_uri", Some(back.as_str()))];
        let answer = self.backend.create_access_token(&self.app, &EndUser::ann(), &changes).await;
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        format!("{}/client?token={token}&app_id={}", self.server.origin(), self.app)
    }

    /// Shows the widget in a frame of the site under this name.
    async fn frame(&self, browser: &Browser, host: &str) -> WebDriverResult<()> {
        browser.enter_default_frame().await?;
        let page = self.site.framing(&self.widget().await).replace("127.0.0.1", host);
        browser.goto(page).await?;
        browser.enter("iframe").await
    }

    /// In the widget that the browser shows: has a code sent, and passes by it with the box ticked.
    async fn pass_and_trust(&self, browser: &Browser) -> WebDriverResult<()> {
        browser.click(".primary").await?;
        browser.see("#code").await?;
        browser.click("input[name=trust]").await?;
        let code = self.backend.code(&self.app, &EndUser::ann()).await;
        let input = browser.see("#code").await?;
        input.send_keys(code).await?;
        Ok(())
    }

    /// What the token proves that the browser came home with.
    async fn is_home(&self, browser: &Browser) -> WebDriverResult<Value> {
        browser.enter_default_frame().await?;
        browser.see("#back").await?;
        let address = browser.current_url().await?;
        let token = address.query_pairs().find(|(name, _)| name == "token").unwrap().1.into_owned();
        let redeemed = self.backend.validate(&self.app, &token).await;
        assert_eq!(redeemed.status, 200, "{redeemed:?}");
        Ok(redeemed.json())
    }
}

fn preferences(settings: Value) -> impl FnOnce(&mut ChromeCapabilities) {
    move |capabilities| capabilities.add_experimental_option("prefs", settings).unwrap()
}

/// Blocks third-party cookies, as browsers do.
fn third_parties_blocked(blocked: bool) -> impl FnOnce(&mut ChromeCapabilities) {
    preferences(json!({ "profile.cookie_controls_mode": i32::from(blocked) }))
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_frame_of_another_site_the_device_is_trusted_there_and_nowhere_else() {
    for blocked in [true, false] {
        let shop = Shop::open().await;
        browse_with(Scripts::On, third_parties_blocked(blocked), |browser| async move {
            let [here, elsewhere] = SITES;
            shop.frame(&browser, here).await?;
            shop.pass_and_trust(&browser).await?;
            assert_eq!(shop.is_home(&browser).await?["channel"], "sms");

            shop.frame(&browser, here).await?;
            // By itself. Nobody touched the frame, so that the way out of it is a link.
            browser.see_state("passed").await?;
            assert_eq!(violations(&browser).await?, Vec::<String>::new());
            browser.click("#continue").await?;
            assert_eq!(shop.is_home(&browser).await?["channel"], "trusted_device");
            assert_eq!(shop.backend.messages(&shop.app).await.len(), 1);

            // The cookie is the frame's in that site: another one sees nothing of it, nor does the widget by itself.
            shop.frame(&browser, elsewhere).await?;
            browser.see_state("choose").await?;
            browser.enter_default_frame().await?;
            browser.goto(shop.widget().await).await?;
            browser.see_state("choose").await?;
            shop.server.stop().await;
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_page_of_its_own_it_goes_home_by_itself() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        browser.goto(shop.widget().await).await?;
        shop.pass_and_trust(&browser).await?;
        assert_eq!(shop.is_home(&browser).await?["channel"], "sms");
        browser.goto(shop.widget().await).await?;
        assert_eq!(shop.is_home(&browser).await?["channel"], "trusted_device");
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_a_click_does_it() {
    let shop = Shop::open().await;
    browse(Scripts::Off, |browser| async move {
        shop.frame(&browser, SITES[0]).await?;
        shop.pass_and_trust(&browser).await?;
        browser.click("#check .primary").await?;
        browser.see_state("passed").await?;

        shop.frame(&browser, SITES[0]).await?;
        browser.see_state("trusted_device").await?;
        browser.click("#trusted .primary").await?;
        browser.see_state("passed").await?;
        browser.click("#continue").await?;
        assert_eq!(shop.is_home(&browser).await?["channel"], "trusted_device");
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_cookies_it_simply_asks() {
    let shop = Shop::open().await;
    let none = preferences(json!({ "profile.default_content_setting_values.cookies": 2 }));
    browse_with(Scripts::On, none, |browser| async move {
        for _ in 0..2 {
            shop.frame(&browser, SITES[0]).await?;
            browser.see_state("choose").await?;
            shop.pass_and_trust(&browser).await?;
            assert_eq!(shop.is_home(&browser).await?["channel"], "sms");
        }
        shop.server.stop().await;
        Ok(())
    })
    .await;
}
