//! Making a passkey where the page gives its frame no leave for it: by the small window, or not at all.

use super::*;

/// The names under which the site is reached: the first is the widget's own site, though another origin, and the second another.
const HOSTS: [&str; 2] = ["localhost", "127.0.0.1"];

impl Shop {
    /// Shows the widget in a frame that may use no passkeys.
    async fn frame_without_leave(&self, browser: &Browser, host: &str) -> WebDriverResult<()> {
        browser.goto(self.framed(host, &self.widget().await, "")).await?;
        browser.enter("iframe").await
    }
}

/// In the small window: makes a passkey with an authenticator of its own, and goes back to where it was opened. The passkey, for
/// an authenticator of another window.
async fn make(browser: &Browser, device: Device, opener: WindowHandle) -> WebDriverResult<Value> {
    let authenticator = browser.plug_in(device).await?;
    // What was made goes away with the window, which therefore must stay until it was asked for.
    let stay = "window.close = () => { document.title = 'closed' }";
    browser.evaluate(&format!("({stay}, 1)")).await?;
    browser.click("#passkey .primary:enabled").await?;
    browser.until("document.title === 'closed'").await;
    let mut made = browser.credentials(&authenticator).await?;
    assert_eq!(made.len(), 1);
    browser.close_window().await?;
    browser.switch_to_window(opener).await?;
    Ok(made.remove(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn without_leave_the_small_window_makes_it_and_the_next_login_uses_it() {
    for (host, device) in HOSTS.into_iter().zip([Device::PlainKey, Device::Phone]) {
        let shop = Shop::open().await;
        browse(Scripts::On, |browser| async move {
            shop.frame_without_leave(&browser, host).await?;
            shop.pass_and_see(&browser, "passkey_blocked").await?;
            assert_eq!(violations(&browser).await?, Vec::<String>::new());
            let opener = browser.open_small_window().await?;
            assert_eq!(browser.see("h1").await?.text().await?, "Create a passkey");
            let passkey = make(&browser, device, opener).await?;
            browser.enter("iframe").await?;
            shop.is_created(&browser).await?;

            shop.server.clock.advance(std::time::Duration::from_mins(1));
            shop.frame_without_leave(&browser, host).await?;
            browser.click("button[value=webauthn]").await?;
            browser.see_state("passkey_blocked").await?;
            let opener = browser.open_small_window().await?;
            assert_eq!(browser.see("h1").await?.text().await?, "Use your passkey");
            browser.plug_in_holding(device, &passkey).await?;
            browser.click("#passkey .primary:enabled").await?;
            browser.switch_to_window(opener).await?;
            assert_eq!(shop.is_home(&browser).await?["channel"], "webauthn");
            shop.server.stop().await;
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_small_window_says_that_nothing_was_made_and_can_be_opened_again() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        shop.frame_without_leave(&browser, "127.0.0.1").await?;
        shop.pass_and_see(&browser, "passkey_blocked").await?;
        let opener = browser.open_small_window().await?;
        // Nobody touches it.
        let refusing = json!({ "options": {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": true,
            "hasUserVerification": true,
            "isUserVerified": false,
        }});
        browser.cdp().send_raw("WebAuthn.enable", json!({})).await?;
        browser.cdp().send_raw("WebAuthn.addVirtualAuthenticator", refusing).await?;
        browser.click("#passkey .primary:enabled").await?;
        browser.until("document.querySelector('#passkey-cancelled')?.checkVisibility()").await;
        let says = browser.see("#passkey-cancelled").await?.text().await?;
        assert_eq!(says, "No passkey was created. You can try again.");
        assert_eq!(violations(&browser).await?, Vec::<String>::new());
        browser.close_window().await?;
        browser.switch_to_window(opener).await?;
        browser.enter("iframe").await?;
        let opener = browser.open_small_window().await?;
        make(&browser, Device::Phone, opener).await?;
        browser.enter("iframe").await?;
        shop.is_created(&browser).await?;
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_closes_by_itself_once_it_made_a_passkey() {
    let shop = Shop::open().await;
    browse(Scripts::On, |browser| async move {
        shop.frame_without_leave(&browser, "127.0.0.1").await?;
        shop.pass_and_see(&browser, "passkey_blocked").await?;
        let opener = browser.open_small_window().await?;
        browser.plug_in(Device::Phone).await?;
        browser.click("#passkey .primary:enabled").await?;
        eventually("one window", || async {
            (browser.windows().await.ok()?.len() == 1).then_some(())
        })
        .await;
        browser.switch_to_window(opener).await?;
        browser.enter("iframe").await?;
        shop.is_created(&browser).await?;
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn as_the_only_proof_it_is_made_by_the_small_window_too() {
    let shop = Shop::open().await;
    let settings = [("first_enrollment", "on_first_use"), ("allow_sms_channel", "false")];
    assert_eq!(shop.backend.change(&shop.app, &settings).await.status, 200);
    browse(Scripts::On, |browser| async move {
        shop.frame_without_leave(&browser, "127.0.0.1").await?;
        browser.see_state("set_up").await?;
        browser.click("button[value=set_up_proof]").await?;
        browser.see_state("passkey_blocked").await?;
        let opener = browser.open_small_window().await?;
        let passkey = make(&browser, Device::Phone, opener).await?;
        browser.enter("iframe").await?;
        browser.see_state("passkey_created").await?;
        browser.click("button[value=leave]").await?;
        assert_eq!(shop.is_home(&browser).await?["channel"], "webauthn");

        shop.server.clock.advance(std::time::Duration::from_mins(1));
        browser.goto(Shop::address(&shop.widget().await)).await?;
        browser.see_state("passkey").await?;
        browser.plug_in_holding(Device::Phone, &passkey).await?;
        browser.click("#passkey .primary:enabled, button[value=webauthn]").await?;
        assert_eq!(shop.is_home(&browser).await?["channel"], "webauthn");
        shop.server.stop().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_window_either_the_page_says_so_and_leads_on() {
    for host in HOSTS {
        let shop = Shop::open().await;
        let settings = [("webauthn_redirect_allowed", "false")];
        assert_eq!(shop.backend.change(&shop.app, &settings).await.status, 200);
        browse(Scripts::On, |browser| async move {
            browser.plug_in(Device::Phone).await?;
            shop.frame_without_leave(&browser, host).await?;
            shop.pass_and_see(&browser, "passkey_blocked").await?;
            assert_eq!(violations(&browser).await?, Vec::<String>::new());
            let says = browser.see("#passkey-blocked").await?.text().await?;
            assert!(says.contains("can't be"), "{says}");
            assert_eq!(
                browser.evaluate("document.querySelector('#passkey-open')").await?,
                json!(null)
            );
            assert_eq!(
                browser.evaluate("document.querySelector('#passkey').checkVisibility()").await?,
                false
            );
            browser.click("button[value=leave]").await?;
            assert_eq!(shop.is_home(&browser).await?["channel"], "sms");
            shop.server.stop().await;
            Ok(())
        })
        .await;
    }
}
