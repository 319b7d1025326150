//! Passkeys with Chromium's virtual authenticators: by the page itself, in frames of the same and of another site, with and
//! without the page's leave, and by the small window.

mod making;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Html;
use axum::routing::get;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::accessibility::violations;
use super::driver::{Browser, Scripts, browse};
use super::site::Site;
use crate::support::{Backend, EndUser, TestServer, Widget, eventually};

const LEAVE: &str = "publickey-credentials-get; publickey-credentials-create";

/// An authenticator that the browser makes up.
#[derive(Debug, Clone, Copy)]
enum Device {
    /// It verifies its user, and keeps passkeys.
    Phone,
    /// A key that is touched, of the kind before passkeys.
    PlainKey,
}

impl Browser {
    async fn plug_in(&self, device: Device) -> WebDriverResult<String> {
        self.cdp().send_raw("WebAuthn.enable", json!({})).await?;
        let phone = matches!(device, Device::Phone);
        let options = json!({ "options": {
            "protocol": "ctap2",
            "transport": if phone { "internal" } else { "usb" },
            "hasResidentKey": phone,
            "hasUserVerification": phone,
            "isUserVerified": phone,
            "automaticPresenceSimulation": true,
        }});
        let added = self.cdp().send_raw("WebAuthn.addVirtualAuthenticator", options).await?;
        Ok(added["authenticatorId"].as_str().unwrap_or_default().to_owned())
    }

    async fn credentials(&self, authenticator: &str) -> WebDriverResult<Vec<Value>> {
        let which = json!({ "authenticatorId": authenticator });
        let held = self.cdp().send_raw("WebAuthn.getCredentials", which).await?;
        Ok(held["credentials"].as_array().cloned().unwrap_or_default())
    }

    /// From the frame that is shown: opens the small window and goes there. The window that it came from.
    async fn open_small_window(&self) -> WebDriverResult<WindowHandle> {
        let opener = self.window().await?;
        self.click("#passkey-open").await?;
        let popup = eventually("the small window", || async {
            self.windows().await.ok()?.into_iter().find(|window| *window != opener)
        })
        .await;
        self.switch_to_window(popup).await?;
        self.see_state("passkey_window").await?;
        assert_eq!(violations(self).await?, Vec::<String>::new());
        let address = self.current_url().await?;
        assert!(!address.as_str().contains("token"), "row 44: {address}");
        Ok(opener)
    }

    /// An authenticator that holds this passkey. They are made up for one window, so that another one needs its own.
    async fn plug_in_holding(&self, device: Device, passkey: &Value) -> WebDriverResult<()> {
        let authenticator = self.plug_in(device).await?;
        let add = json!({ "authenticatorId": authenticator, "credential": passkey });
        self.cdp().send_raw("WebAuthn.addCredential", add).await.map(drop)
    }
}

/// A shop whose logins lead to a page of its own.
struct Shop {
    server: TestServer,
    site: Site,
    backend: Backend,
    app: String,
}

impl Shop {
    async fn open() -> Self {
        let server = TestServer::start().await;
        let (backend, app) = server.shop().await;
        let site = Site::with(Router::new().route("/frame", get(frame))).await;
        Self { server, site, backend, app }
    }

    /// The site under this name of the machine.
    fn origin(&self, host: &str) -> String {
        self.site.origin.replace("127.0.0.1", host)
    }

    async fn widget(&self) -> Widget {
        let back = format!("{}/return", self.site.origin);
        let changes = [("redirect_uri", Some(back.as_str()))];
        let answer = self.backend.create_access_token(&self.app, &EndUser::ann(), &changes).await;
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        let base = self.server.origin();
        Widget { http: self.server.http.clone(), base, token, app: self.app.clone() }
    }

    fn address(widget: &Widget) -> String {
        format!("{}/client?token={}&app_id={}", widget.base, widget.token, widget.app)
    }

    /// A page under this name that frames the widget, with this leave.
    fn framed(&self, host: &str, widget: &Widget, allow: &str) -> String {
        let query = crate::support::form(&[("src", &Self::address(widget)), ("allow", allow)]);
        format!("{}/frame?{query}", self.origin(host))
    }

    /// In the widget that the browser shows: passes with a code, and asks for a passkey on the way.
    async fn pass_and_ask(&self, browser: &Browser) -> WebDriverResult<()> {
        self.pass_and_see(browser, "passkey_create").await
    }

    /// The same, where the page on which it is made comes to show this state.
    async fn pass_and_see(&self, browser: &Browser, state: &str) -> WebDriverResult<()> {
        browser.click(".primary").await?;
        browser.see("#code").await?;
        browser.click("input[name=next]").await?;
        let code = self.backend.code(&self.app, &EndUser::ann()).await;
        browser.type_code(&code).await?;
        browser.see_state(state).await?;
        Ok(())
    }

    /// Where the browser came home to, with a token that is good.
    async fn is_home(&self, browser: &Browser) -> WebDriverResult<Value> {
        browser.enter_default_frame().await?;
        browser.see("#back").await?;
        let address = browser.current_url().await?;
        let token = address.query_pairs().find(|(name, _)| name == "token").unwrap().1.into_owned();
        let redeemed = self.backend.validate(&self.app, &token).await;
        assert_eq!(redeemed.status, 200, "{redeemed:?}");
        Ok(redeemed.json())
    }

    /// The passkey was made; backup codes are not wanted.
    async fn is_created(&self, browser: &Browser) -> WebDriverResult<()> {
        browser.see_state("passkey_created").await?;
        browser.click("button[value=leave]").await?;
        self.is_home(browser).await.map(drop)
    }

    /// Makes Ann's passkey with a page of its own.
    async fn enrol(&self, browser: &Browser) -> WebDriverResult<()> {
        browser.goto(Self::address(&self.widget().await)).await?;
        self.pass_and_ask(browser).await?;
        browser.click("#passkey .primary:enabled").await?;
        self.is_created(browser).await?;
        self.server.clock.advance(std::time::Duration::from_mins(1));
        Ok(())
    }
}

async fn frame(RawQuery(query): RawQuery) -> Html<String> {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        let mut fields = url::form_urlencoded::parse(query.as_bytes());
        fields.find(|(field, _)| field == name).unwrap().1.replace('&', "&amp;")
    };
    Html(format!(
        "<!doctype html><title>Site</title><link rel=icon href=data:,>\
         <iframe src=\"{}\" allow=\"{}\" width=500 height=700></iframe>",
        value("src"),
        value("allow")
    ))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_made_and_used_on_a_page_of_its_own() {
    for device in [Device::Phone, Device::PlainKey] {
        let shop = Shop::open().await;
        browse(Scripts::On, |browser| async move {
            let authenticator = browser.plug_in(device).await?;
            shop.enrol(&browser).await?;
            let made = browser.credentials(&authenticator).await?;
            assert_eq!(made.len(), 1);
            assert_eq!(made[0]["rpId"], "localhost");
            browser.goto(Shop::address(&shop.widget().await)).await?;
            // Used last: the code. The passkey is one of the ways.
            browser.click("button[value=webauthn]").await?;
            let redeemed = shop.is_home(&browser).await?;
            assert_eq!(redeemed["channel"], "webauthn");
            // Used last: the passkey, so that its page comes first.
            browser.goto(Shop::address(&shop.widget().await)).await?;
            browser.see_state("passkey").await?;
            browser.click(".primary").await?;
            assert_eq!(shop.is_home(&browser).await?["channel"], "webauthn");
            shop.server.stop().await;
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_made_and_used_in_a_frame_of_the_same_site_and_of_another() {
    // The widget is on localhost: the first is the same site, and the second another.
    for host in ["localhost", "127.0.0.1"] {
        let shop = Shop::open().await;
        browse(Scripts::On, |browser| async move {
            browser.plug_in(Device::Phone).await?;
            browser.goto(shop.framed(host, &shop.widget().await, LEAVE)).await?;
            browser.enter("iframe").await?;
            shop.pass_and_ask(&browser).await?;
            assert_eq!(violations(&browser).await?, Vec::<String>::new());
            browser.click("#passkey .primary:enabled").await?;
            shop.is_created(&browser).await?;
            shop.server.clock.advance(std::time::Duration::from_mins(1));
            browser.goto(shop.framed(host, &shop.widget().await, LEAVE)).await?;
            browser.enter("iframe").await?;
            browser.click("button[value=webauthn]").await?;
            assert_eq!(shop.is_home(&browser).await?["channel"], "webauthn");
            shop.server.stop().await;
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wants_none_after_all_gets_home_also_late_and_from_a_frame() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        browser.plug_in(Device::Phone).await?;
        browser.goto(shop.framed("127.0.0.1", &shop.widget().await, LEAVE)).await?;
        browser.enter("iframe").await?;
        shop.pass_and_ask(&browser).await?;
        // Longer than a success token lives.
        shop.server.clock.advance(std::time::Duration::from_mins(2));
        browser.click("#more .plain").await?;
        assert_eq!(shop.is_home(&browser).await?["channel"], "sms");
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_page_gives_no_leave_the_small_window_asks() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        let authenticator = browser.plug_in(Device::Phone).await?;
        shop.enrol(&browser).await?;
        let passkey = browser.credentials(&authenticator).await?.remove(0);
        browser.goto(shop.framed("127.0.0.1", &shop.widget().await, "")).await?;
        browser.enter("iframe").await?;
        browser.click("button[value=webauthn]").await?;
        browser.see_state("passkey_blocked").await?;
        assert_eq!(violations(&browser).await?, Vec::<String>::new());
        let opener = browser.open_small_window().await?;
        browser.plug_in_holding(Device::Phone, &passkey).await?;
        browser.click("#passkey .primary:enabled").await?;
        // It closes by itself, and the login goes on in the frame.
        browser.switch_to_window(opener).await?;
        assert_eq!(shop.is_home(&browser).await?["channel"], "webauthn");
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_44_the_small_window_alone_asks_for_nothing() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        browser.plug_in(Device::Phone).await?;
        shop.enrol(&browser).await?;
        browser.goto(format!("{}/client/passkey", shop.server.origin())).await?;
        browser.until("document.querySelector('#passkey-stray')?.checkVisibility()").await;
        browser.click(".primary:enabled").await?;
        assert_eq!(browser.evaluate("location.pathname").await?, "/client/passkey");
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_a_link_it_is_removed_once_it_has_passed_and_no_login_asks_for_it_again() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        browser.plug_in(Device::Phone).await?;
        shop.enrol(&browser).await?;
        let link = shop.backend.factor_link(&shop.app, &EndUser::ann()).await;
        let (base, app) = (shop.server.origin(), &shop.app);
        browser.goto(format!("{base}/factors?token={}&app_id={app}", link.token)).await?;
        browser.see_state("factor_link").await?;
        browser.click(".primary").await?;
        browser.see_state("passkey").await?;
        browser.click(".primary").await?;
        browser.see_state("factors").await?;
        browser.click("button[name=factor]").await?;
        browser.see_state("factor").await?;
        browser.click("button[value=remove_factor]").await?;
        browser.see_state("factors").await?;
        browser.goto(Shop::address(&shop.widget().await)).await?;
        browser.see_state("choose").await?;
        let ways = browser.find_all(By::Css("button[value=webauthn]")).await?;
        assert!(ways.is_empty());
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_passkey_on_the_device_another_way_is_left() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        let authenticator = browser.plug_in(Device::Phone).await?;
        shop.enrol(&browser).await?;
        let which = json!({ "authenticatorId": authenticator });
        browser.cdp().send_raw("WebAuthn.clearCredentials", which).await?;
        browser.goto(Shop::address(&shop.widget().await)).await?;
        browser.click("button[value=webauthn]").await?;
        browser.see_state("passkey").await?;
        browser.click("#passkey .primary:enabled").await?;
        browser.see_state("passkey_cancelled").await?;
        assert_eq!(violations(&browser).await?, Vec::<String>::new());
        browser.click("#more button[value=choose]").await?;
        browser.see_state("choose").await?;
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_26_an_authenticator_whose_counter_went_back_is_refused() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        let authenticator = browser.plug_in(Device::PlainKey).await?;
        shop.enrol(&browser).await?;
        let copy = browser.credentials(&authenticator).await?.remove(0);
        for _ in 0..2 {
            browser.goto(Shop::address(&shop.widget().await)).await?;
            browser.click("button[value=webauthn]").await?;
            shop.is_home(&browser).await?;
        }
        // A copy of the key as it was in the beginning.
        let which = json!({ "authenticatorId": authenticator });
        browser.cdp().send_raw("WebAuthn.clearCredentials", which).await?;
        let add = json!({ "authenticatorId": authenticator, "credential": copy });
        browser.cdp().send_raw("WebAuthn.addCredential", add).await?;
        browser.goto(Shop::address(&shop.widget().await)).await?;
        browser.click("button[value=webauthn]").await?;
        browser.see_state("passkey_copied").await?;
        shop.server.stop().await;
        Ok(())
    })
    .await;
}
