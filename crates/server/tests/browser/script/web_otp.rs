//! WebOTP: where the browser reads the code out of the message, with a stand-in for the browser's part.

use super::scene::{Scene, button};
use super::stage::{Stage, prepare, value};
use crate::browser::driver::{Scripts, browse};

const STUB: &str = "
  window.OTPCredential ??= class {};
  window.asked = [];
  Object.defineProperty(navigator, 'credentials', { value: {
    get: (options) => new Promise((resolve, reject) => {
      const request = { transport: options.otp.transport.join(), arrive: (code) => resolve({ code }), state: 'open' };
      options.signal.addEventListener('abort', () => {
        request.state = 'aborted';
        reject(options.signal.reason);
      });
      asked.push(request);
    }),
  }});
";

const STATES: &str = "asked.map((request) => request.state).join()";

#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_a_message_is_filled_in_and_sent() {
    browse(Scripts::On, |browser| async move {
        prepare(&browser, STUB).await?;
        let stage = Stage::open(Scene::code()).await;
        let gate = stage.hold(Scene::plain("tries_used_up", "Too many tries"));
        browser.goto(stage.address()).await?;
        assert_eq!(browser.evaluate("asked[0].transport").await?, "sms");
        browser.evaluate("asked[0].arrive('012345')").await?;
        assert_eq!(value(&stage.posted(1).await, "code"), "012345");
        assert_eq!(browser.evaluate("code.value").await?, "012345");
        gate.add_permits(1);
        browser.see_state("tries_used_up").await?;
        // No input, nothing to listen for.
        assert_eq!(browser.evaluate("asked.length").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn listening_ends_with_a_submission_and_begins_anew_with_a_page() {
    browse(Scripts::On, |browser| async move {
        prepare(&browser, STUB).await?;
        let mut opening = Scene::plain("choose", "Confirm that it's you");
        opening.more = button("send", "Text me a code");
        let stage = Stage::open(opening).await;
        stage.answer(Scene::code());
        let gate = stage.hold(Scene::wrong());
        browser.goto(stage.address()).await?;
        browser.see_state("choose").await?;
        assert_eq!(browser.evaluate("asked.length").await?, 0);
        browser.click("#send").await?;
        browser.see_state("code_sent").await?;
        assert_eq!(browser.evaluate(STATES).await?, "open");

        browser.see("#code").await?.send_keys("123456").await?;
        browser.until(&format!("{STATES} === 'aborted'")).await;
        gate.add_permits(1);
        browser.see_state("wrong_code").await?;
        assert_eq!(browser.evaluate(STATES).await?, "aborted,open");
        Ok(())
    })
    .await;
}
