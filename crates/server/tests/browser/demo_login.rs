//! A person at the demo's shop.

use onlyauth_server::clock::Clock;
use serde_json::Value;
use thirtyfour::prelude::*;

use super::demo::Demo;
use super::driver::{Browser, Scripts, browse};
use super::look::Look;
use crate::support::authenticator::Authenticator;
use crate::support::eventually;
use crate::support::page::Page;

/// Gives the password, as it stands in the form already.
async fn log_in(browser: &Browser, demo: &Demo, user: &str) -> WebDriverResult<()> {
    browser.goto(format!("{}/?user={user}", demo.get("url"))).await?;
    browser.see_page("login").await?;
    browser.click("button").await?;
    browser.see_page("confirm").await?;
    Ok(())
}

/// The element's frame; without scripts the one that stands in its place.
async fn enter_widget(browser: &Browser, scripts: Scripts) -> WebDriverResult<()> {
    match scripts {
        Scripts::On => browser.enter_widget().await,
        Scripts::Off => browser.enter("iframe.widget").await,
    }
}

async fn ask_for_code(browser: &Browser, scripts: Scripts) -> WebDriverResult<()> {
    enter_widget(browser, scripts).await?;
    browser.see_state("choose").await?;
    browser.click(".primary").await?;
    browser.see("#code").await?;
    browser.enter_default_frame().await
}

/// Reads the newest message from the screen of the sandbox phone, once the screen shows `count` of them.
async fn read_phone(browser: &Browser, count: usize) -> WebDriverResult<String> {
    browser.enter(".handset iframe").await?;
    // The screen reloads itself, so it is read in one go and not element by element.
    let newest = format!(
        "document.querySelectorAll('li').length === {count} \
         && document.querySelector('.newest .text').textContent"
    );
    let text = eventually("a message on the phone's screen", || async {
        browser.evaluate(&newest).await.ok()?.as_str().map(str::to_owned)
    })
    .await;
    browser.enter_default_frame().await?;
    Ok(text.split_whitespace().next().unwrap().to_owned())
}

async fn see_proof(browser: &Browser, end_user: &str) -> WebDriverResult<Value> {
    browser.see_page("welcome").await?;
    let proof = browser.see("#proof").await?.text().await?;
    let proof: Value = serde_json::from_str(&proof).unwrap();
    assert_eq!(proof["end_user_uuid"], end_user);
    assert_eq!(proof["channels"], serde_json::json!(["sms"]));
    let address = browser.current_url().await?;
    assert_eq!((address.path(), address.query()), ("/welcome", None), "the token is out of sight");
    Ok(proof)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_with_scripts_comes_back_by_itself_and_can_be_repeated() {
    let demo = Demo::start();
    browse(Scripts::On, |browser| async move {
        let look = Look::of(&browser);
        for round in 0..2 {
            log_in(&browser, &demo, "ada").await?;
            if round == 0 {
                browser.goto(demo.get("url")).await?;
                look.take("demo_login").await?;
                log_in(&browser, &demo, "ada").await?;
            }
            ask_for_code(&browser, Scripts::On).await?;
            let code = read_phone(&browser, round + 1).await?;
            if round == 0 {
                look.take("demo_confirm").await?;
            }
            enter_widget(&browser, Scripts::On).await?;
            browser.type_code(&code).await?;
            browser.enter_default_frame().await?;
            see_proof(&browser, "shop-user-1").await?;
            if round == 0 {
                look.take("demo_welcome").await?;
            }
            browser.click("main a.button[href^='/?']").await?;
            browser.see_page("login").await?;
        }
        demo.stop();
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_welcome_page_one_looks_after_factors_and_comes_back() {
    let demo = Demo::start();
    browse(Scripts::On, |browser| async move {
        log_in(&browser, &demo, "fred").await?;
        ask_for_code(&browser, Scripts::On).await?;
        let code = read_phone(&browser, 1).await?;
        enter_widget(&browser, Scripts::On).await?;
        browser.type_code(&code).await?;
        browser.enter_default_frame().await?;
        see_proof(&browser, "shop-user-2").await?;
        browser.click("main a[href='/factors']").await?;
        browser.see_state("factor_link").await?;
        browser.click(".primary").await?;
        browser.see_state("choose").await?;
        browser.click(".primary").await?;
        browser.see("#code").await?;
        browser.type_code(&code).await?;
        browser.see_state("factors").await?;
        browser.click("a.primary").await?;
        see_proof(&browser, "shop-user-2").await?;
        demo.stop();
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_without_scripts_needs_one_click_more() {
    let demo = Demo::start();
    browse(Scripts::Off, |browser| async move {
        log_in(&browser, &demo, "fred").await?;
        ask_for_code(&browser, Scripts::Off).await?;
        assert_eq!(read_phone(&browser, 1).await?, "424242");
        enter_widget(&browser, Scripts::Off).await?;
        browser.type_code("424242").await?;
        browser.see_state("passed").await?;
        browser.click("#continue").await?;
        browser.enter_default_frame().await?;
        see_proof(&browser, "shop-user-2").await?;
        demo.stop();
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reload_in_the_middle_resumes_and_sends_nothing() {
    for scripts in [Scripts::On, Scripts::Off] {
        let demo = Demo::start();
        browse(scripts, |browser| async move {
            log_in(&browser, &demo, "fred").await?;
            ask_for_code(&browser, scripts).await?;
            read_phone(&browser, 1).await?;
            browser.refresh().await?;
            browser.see_page("confirm").await?;
            enter_widget(&browser, scripts).await?;
            browser.see_state("code_sent").await?;
            assert_eq!(demo.messages().await.len(), 1);
            browser.type_code("424242").await?;
            if scripts == Scripts::Off {
                browser.click("#continue").await?;
            }
            browser.enter_default_frame().await?;
            see_proof(&browser, "shop-user-2").await?;
            demo.stop();
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn row_17_the_shop_refuses_a_success_token_of_another_user() {
    let demo = Demo::start();
    browse(Scripts::Off, |browser| async move {
        // The attacker's own login, up to the link that leads back.
        log_in(&browser, &demo, "fred").await?;
        ask_for_code(&browser, Scripts::Off).await?;
        enter_widget(&browser, Scripts::Off).await?;
        browser.type_code("424242").await?;
        let link = browser.see("#continue").await?.attr("href").await?.unwrap();
        browser.enter_default_frame().await?;
        let attacker = browser.get_named_cookie("demo_shop_session").await?;

        // The victim's browser, whose login is pending, is sent there.
        log_in(&browser, &demo, "ada").await?;
        browser.goto(link.as_str()).await?;
        let page = browser.see_page("trouble").await?;
        assert!(page.text().await?.contains("somebody else's"));
        Look::of(&browser).take("demo_trouble").await?;

        // Nothing was consumed: its owner can still use it.
        browser.delete_all_cookies().await?;
        browser.add_cookie(attacker).await?;
        browser.goto(link.as_str()).await?;
        see_proof(&browser, "shop-user-2").await?;
        browser.goto(link.as_str()).await?;
        assert!(browser.see_page("trouble").await?.text().await?.contains("not valid"));
        demo.stop();
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_a_missing_session_get_a_friendly_page() {
    let demo = Demo::start();
    browse(Scripts::On, |browser| async move {
        browser.goto(demo.get("url")).await?;
        let password = browser.see("#password").await?;
        password.clear().await?;
        password.send_keys("coffee").await?;
        browser.click("button").await?;
        let problem = browser.see(".problem").await?;
        assert!(problem.text().await?.contains(demo.get("password")));
        Look::of(&browser).take("demo_wrong_password").await?;
        for path in ["/confirm", "/return?token=TOKN-x", "/welcome"] {
            browser.goto(format!("{}{path}", demo.get("url"))).await?;
            let page = browser.see_page("trouble").await?;
            assert!(page.text().await?.contains("Your login has ended"), "{path}");
        }
        demo.stop();
        Ok(())
    })
    .await;
}

/// Switches, as a person does with the form.
async fn switch(browser: &Browser, choices: &[(&str, &str)]) -> WebDriverResult<()> {
    for (name, value) in choices {
        browser.click(&format!("#{name} option[value='{value}']")).await?;
    }
    browser.click(".switches button").await
}

#[tokio::test(flavor = "multi_thread")]
async fn language_theme_and_phone_can_be_switched() {
    for scripts in [Scripts::On, Scripts::Off] {
        let demo = Demo::start();
        browse(scripts, |browser| async move {
            log_in(&browser, &demo, "ada").await?;
            switch(&browser, &[("language", "ar"), ("theme", "dark"), ("phone", "fails")]).await?;
            browser.see("html[data-theme='dark'] .note").await?;
            if scripts == Scripts::On {
                browser.see("onlyauth-widget[theme='dark']").await?;
            }
            enter_widget(&browser, scripts).await?;
            browser.see("html[lang='ar'][dir='rtl'] main[data-state='choose']").await?;
            assert_eq!(
                browser.evaluate("new URLSearchParams(location.search).get('theme')").await?,
                "dark"
            );
            browser.click(".primary").await?;
            browser.enter_default_frame().await?;
            if scripts == Scripts::On {
                Look::of(&browser).take("demo_switched").await?;
            }
            // What is chosen stays chosen on the way back.
            browser.click("main .quiet a[href^='/?']").await?;
            browser.see_page("login").await?;
            browser.click("main button").await?;
            browser.see("main[data-page='confirm'] #phone option[value='fails'][selected]").await?;
            browser.enter(".handset iframe").await?;
            let number = browser.see(".number").await?.text().await?;
            assert_eq!(number, "+12025550143");
            browser.enter_default_frame().await?;
            switch(&browser, &[("phone", "late")]).await?;
            browser.see("#phone option[value='late'][selected]").await?;
            browser.enter(".handset iframe").await?;
            assert_eq!(browser.see(".number").await?.text().await?, "+12025550145");
            demo.stop();
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_in_a_dialog() {
    let demo = Demo::start();
    browse(Scripts::On, |browser| async move {
        log_in(&browser, &demo, "fred").await?;
        switch(&browser, &[("mode", "modal")]).await?;
        browser.see("onlyauth-widget[mode='modal']").await?;
        enter_widget(&browser, Scripts::On).await?;
        browser.see_state("choose").await?;
        browser.enter_default_frame().await?;
        Look::of(&browser).take("demo_dialog").await?;
        browser.action_chain().send_keys(Key::Escape).perform().await?;
        browser.click(".away button").await?;
        ask_for_code(&browser, Scripts::On).await?;
        enter_widget(&browser, Scripts::On).await?;
        browser.type_code("424242").await?;
        browser.enter_default_frame().await?;
        see_proof(&browser, "shop-user-2").await?;
        demo.stop();
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_on_the_widgets_own_page() {
    for scripts in [Scripts::On, Scripts::Off] {
        let demo = Demo::start();
        browse(scripts, |browser| async move {
            log_in(&browser, &demo, "fred").await?;
            switch(&browser, &[("mode", "redirect")]).await?;
            browser.see(".away .button").await?;
            if scripts == Scripts::On {
                Look::of(&browser).take("demo_away").await?;
            }
            browser.click(".away .button").await?;
            if scripts == Scripts::Off {
                browser.click("main[data-page='leave'] a.button").await?;
            }
            browser.see_state("choose").await?;
            browser.click(".primary").await?;
            browser.type_code("424242").await?;
            if scripts == Scripts::Off {
                browser.click("#continue").await?;
            }
            see_proof(&browser, "shop-user-2").await?;
            demo.stop();
            Ok(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_factor_can_be_enrolled_and_used_and_who_lost_the_phone_gets_in() {
    let demo = Demo::start();
    browse(Scripts::On, |browser| async move {
        log_in(&browser, &demo, "ada").await?;
        ask_for_code(&browser, Scripts::On).await?;
        let code = read_phone(&browser, 1).await?;
        enter_widget(&browser, Scripts::On).await?;
        browser.click("input[name=next]").await?;
        browser.type_code(&code).await?;
        browser.see_state("passkey_create").await?;
        browser.click("button[value=set_up_totp]").await?;
        browser.see_state("totp_setup").await?;
        let html = browser.source().await?;
        let shown = Page { status: 200, policy: String::new(), cookie: None, html };
        let now = Clock::system().now();
        browser.type_code(&Authenticator::scan(&shown).code(now, 0)).await?;
        browser.see_state("totp_enrolled").await?;
        browser.click("button[value=backup_codes]").await?;
        browser.see_state("backup_codes").await?;
        let backup_code = browser.see("#codes code").await?.text().await?;
        browser.click("button[value=leave]").await?;
        browser.enter_default_frame().await?;
        browser.see_page("welcome").await?;

        // The phone with the app on it is gone; a backup code is not.
        log_in(&browser, &demo, "ada").await?;
        enter_widget(&browser, Scripts::On).await?;
        browser.click("button[value=backup_code]").await?;
        browser.see_state("backup_code").await?;
        browser.see("#code").await?.send_keys(backup_code + Key::Enter).await?;
        browser.enter_default_frame().await?;
        let proof = browser.see_page("welcome").await?.text().await?;
        assert!(proof.contains("backup_code"), "{proof}");

        // Or both are gone: the shop's support helps.
        log_in(&browser, &demo, "ada").await?;
        browser.click("a[href='/lost']").await?;
        browser.see_page("lost").await?;
        Look::of(&browser).take("demo_lost").await?;
        browser.click("form button").await?;
        browser.see_page("confirm").await?;
        enter_widget(&browser, Scripts::On).await?;
        let ways = browser.see_state("choose").await?.text().await?;
        assert!(!ways.contains("backup code") && !ways.contains("authenticator"), "{ways}");
        demo.stop();
        Ok(())
    })
    .await;
}
