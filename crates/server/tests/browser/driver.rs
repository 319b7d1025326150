//! Chromium under WebDriver: one browser per test, gone when the test is over.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::extensions::query::ElementPollerWithTimeout;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};
use tokio::sync::RwLock;

use crate::support::eventually;

/// The longest that a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(20);

const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1100,900",
];

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scripts {
    On,
    Off,
}

/// Runs a test in a browser of its own.
pub(super) async fn browse<Fut>(scripts: Scripts, test: impl FnOnce(Browser) -> Fut)
where
    Fut: Future<Output = WebDriverResult<()>>,
{
    browse_with(scripts, |_| {}, test).await;
}

/// As [`browse`], in a browser that keeps a log of what it loads.
pub(super) async fn browse_logged<Fut>(test: impl FnOnce(Browser) -> Fut)
where
    Fut: Future<Output = WebDriverResult<()>>,
{
    let log = |capabilities: &mut ChromeCapabilities| {
        capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All).unwrap();
    };
    browse_with(Scripts::On, log, test).await;
}

/// As [`browse_logged`], in a browser that also notes what its threads spend their time with.
pub(super) async fn browse_traced<Fut>(test: impl FnOnce(Browser) -> Fut)
where
    Fut: Future<Output = WebDriverResult<()>>,
{
    let trace = |capabilities: &mut ChromeCapabilities| {
        capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All).unwrap();
        let categories = serde_json::json!({ "traceCategories": "toplevel,devtools.timeline" });
        capabilities.add_experimental_option("perfLoggingPrefs", categories).unwrap();
    };
    browse_with(Scripts::On, trace, test).await;
}

/// Held by every browser, and alone by one that is timed: two on one machine would time each other.
static MACHINE: RwLock<()> = RwLock::const_new(());

/// As [`browse_logged`], while no other browser of these tests runs.
pub(super) async fn browse_alone<Fut>(test: impl FnOnce(Browser) -> Fut)
where
    Fut: Future<Output = WebDriverResult<()>>,
{
    let _alone = MACHINE.write().await;
    let log = |capabilities: &mut ChromeCapabilities| {
        capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All).unwrap();
    };
    drive(Scripts::On, log, test).await;
}

/// As [`browse`], in a browser that is set up otherwise.
pub(super) async fn browse_with<Fut>(
    scripts: Scripts,
    set_up: impl FnOnce(&mut ChromeCapabilities),
    test: impl FnOnce(Browser) -> Fut,
) where
    Fut: Future<Output = WebDriverResult<()>>,
{
    let _among_others = MACHINE.read().await;
    drive(scripts, set_up, test).await;
}

async fn drive<Fut>(
    scripts: Scripts,
    set_up: impl FnOnce(&mut ChromeCapabilities),
    test: impl FnOnce(Browser) -> Fut,
) where
    Fut: Future<Output = WebDriverResult<()>>,
{
    let profile = tempfile::tempdir().unwrap();
    let server = Chromedriver::start();
    let mut capabilities = DesiredCapabilities::chrome();
    for flag in FLAGS {
        capabilities.add_arg(flag).unwrap();
    }
    let folder = format!("--user-data-dir={}", profile.path().display());
    capabilities.add_arg(&folder).unwrap();
    if scripts == Scripts::Off {
        // A setting of the browser, since DevTools would switch scripts off in the top page's process only.
        let preferences =
            serde_json::json!({ "profile.managed_default_content_settings.javascript": 2 });
        capabilities.add_experimental_option("prefs", preferences).unwrap();
    }
    set_up(&mut capabilities);
    let driver = WebDriver::new(format!("http://127.0.0.1:{}", server.port), capabilities);
    let driver = driver.await.unwrap();
    driver.set_poller(Arc::new(ElementPollerWithTimeout::new(PATIENCE, GLANCE)));
    driver.run_and_quit(|driver| test(Browser(driver))).await.unwrap();
}

struct Chromedriver {
    child: Child,
    port: u16,
}

impl Chromedriver {
    fn start() -> Self {
        // It takes a free port of IPv4 and then wants the same of IPv6, which another one may have: it ends then.
        (0..10).find_map(|_| Self::try_start()).expect("chromedriver tells its port")
    }

    fn try_start() -> Option<Self> {
        let child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed (Debian: chromium-driver)");
        let mut server = Self { child, port: 0 };
        let mut lines = BufReader::new(server.child.stdout.take().unwrap()).lines();
        let told = lines.find_map(|line| {
            let line = line.unwrap();
            line.split_once("started successfully on port ").map(|(_, port)| port.to_owned())
        });
        server.port = told?.trim_end_matches('.').parse().unwrap();
        // Keeps the pipe from filling up; ends with the process.
        std::thread::spawn(move || lines.for_each(drop));
        Some(server)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // Gone already, if at all.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser with words for what these tests do.
#[derive(Clone)]
pub(super) struct Browser(WebDriver);

impl std::ops::Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.0
    }
}

impl Browser {
    /// Waits for an element.
    pub(super) async fn see(&self, selector: &str) -> WebDriverResult<WebElement> {
        self.query(By::Css(selector)).first().await
    }

    /// Waits for the widget, in the present frame, to show a state.
    pub(super) async fn see_state(&self, state: &str) -> WebDriverResult<WebElement> {
        self.see(&format!("main[data-state='{state}']")).await
    }

    /// Waits for a page of the demo's shop.
    pub(super) async fn see_page(&self, page: &str) -> WebDriverResult<WebElement> {
        self.see(&format!("main[data-page='{page}']")).await
    }

    pub(super) async fn click(&self, selector: &str) -> WebDriverResult<()> {
        self.see(selector).await?.click().await
    }

    /// Waits for a frame and goes into it.
    pub(super) async fn enter(&self, selector: &str) -> WebDriverResult<()> {
        self.see(selector).await?.enter_frame().await
    }

    /// Goes into the frame that `<onlyauth-widget>` has made.
    pub(super) async fn enter_widget(&self) -> WebDriverResult<()> {
        let root = self.see("onlyauth-widget").await?.get_shadow_root().await?;
        root.query(By::Css("iframe")).first().await?.enter_frame().await
    }

    /// Types a code into the widget, over what is there, and sends it off. Where the widget did that by itself,
    /// the key at the end must do no harm.
    pub(super) async fn type_code(&self, code: &str) -> WebDriverResult<()> {
        let input = self.see("#code").await?;
        input.send_keys(Key::Control + "a").await?;
        input.send_keys(code + Key::Enter).await
    }

    /// Waits until an expression of the present frame is true.
    pub(super) async fn until(&self, expression: &str) {
        eventually(expression, || async {
            (self.evaluate(expression).await.ok()? == true).then_some(())
        })
        .await;
    }

    /// Waits until the element on the page offers a page of its own, in place of a frame that can't be shown.
    pub(super) async fn see_given_up(&self) -> WebDriverResult<()> {
        let link = "document.querySelector('onlyauth-widget').shadowRoot?.querySelector('a')?.checkVisibility()";
        crate::support::eventually("the way out of a blocked frame", || async {
            self.evaluate(link).await.ok()?.as_bool().filter(|shown| *shown)
        })
        .await;
        Ok(())
    }

    /// What an expression comes to in the present frame.
    pub(super) async fn evaluate(&self, expression: &str) -> WebDriverResult<serde_json::Value> {
        Ok(self.execute(format!("return {expression}"), Vec::new()).await?.json().clone())
    }
}
