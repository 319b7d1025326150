//! Whether what looks at pages sees what it is there for: pages that are wrong on purpose, and right ones.

use thirtyfour::prelude::*;

use super::accessibility::violations;
use super::driver::{Browser, Scripts, browse, browse_logged, browse_traced};
use super::emulation::Colours;
use super::network::transfers;
use super::site::Site;
use super::vitals::busy_tasks;

async fn show(browser: &Browser, body: &str) -> WebDriverResult<()> {
    let html =
        format!("<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>{body}</main>");
    let encoded: String = url::form_urlencoded::byte_serialize(html.as_bytes()).collect();
    browser.goto(format!("data:text/html;charset=utf-8,{}", encoded.replace('+', "%20"))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_sees_violations_in_pages_and_in_their_frames() {
    browse(Scripts::On, |browser| async move {
        show(&browser, "<p>Fine</p><label>Code <input></label>").await?;
        assert_eq!(violations(&browser).await?, Vec::<String>::new());
        let faint = "<p style='color:#bbb;background:#fff'>faint</p>";
        for (body, rule) in [
            ("<input>", "label"),
            (faint, "color-contrast"),
            ("<button></button>", "button-name"),
            ("<p lang=xx-yy-zz->?</p>", "valid-lang"),
            ("<button style='width:9px;height:9px;padding:0;border:0' aria-label=a></button>\
              <button style='width:9px;height:9px;padding:0;border:0' aria-label=b></button>", "target-size"),
            ("<iframe title=Inner srcdoc='<html lang=en><title>In</title><img src=data:,>'></iframe>", "image-alt"),
        ] {
            show(&browser, body).await?;
            let found = violations(&browser).await?;
            assert!(found.iter().any(|violation| violation.starts_with(&format!("{rule}:"))), "{rule}: {found:?}");
        }
        // The colours that axe judges are the ones that are shown.
        let schemes = "<style>p { color: #000; background: #fff }\
                       @media (prefers-color-scheme: dark) { p { color: #555; background: #333 } }</style><p>Text</p>";
        for (colours, readable) in [(Colours::Light, true), (Colours::Dark, false), (Colours::Forced, true)] {
            browser.prefer(colours, false).await?;
            show(&browser, schemes).await?;
            assert_eq!(violations(&browser).await?.is_empty(), readable, "{colours:?}");
        }
        // Forced colours are readable; but not where a page keeps its own.
        browser.prefer(Colours::Forced, false).await?;
        show(&browser, faint).await?;
        assert_eq!(violations(&browser).await?, Vec::<String>::new());
        show(&browser, &faint.replace("color:#bbb", "forced-color-adjust:none;color:#bbb")).await?;
        assert_eq!(violations(&browser).await?.len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_found() {
    browse(Scripts::On, |browser| async move {
        let fits = "<p>Some words that may be wrapped wherever there is need to.</p><button>Continue</button>\
                    <span style='position:absolute;width:1px;height:1px;overflow:hidden'>for screen readers</span>";
        let tight = "<button style='box-sizing:border-box;width:5em;padding:0;font:16px/1.2 monospace;\
                     white-space:nowrap;overflow:hidden'>Continue</button>";
        browser.narrow(320).await?;
        show(&browser, fits).await?;
        assert_eq!(browser.misplaced().await?, Vec::<String>::new());
        browser.space_text().await?;
        assert_eq!(browser.misplaced().await?, Vec::<String>::new());
        for wrong in [
            "<p style='white-space:nowrap'>Some words that must not be wrapped wherever there is need to.</p>",
            "<div style='width:400px'>wide</div>",
            "<p style='height:1em;overflow:hidden;width:5em'>Some words in too little room</p>",
            "<button style='height:10px;width:50px;padding:0'>Two words</button>",
            "<p style='width:3em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap'>Cut off words</p>",
            "<input style='width:2em' value=0123456789>",
        ] {
            show(&browser, wrong).await?;
            assert!(!browser.misplaced().await?.is_empty(), "{wrong}");
        }
        // Fits, until the text is spaced.
        show(&browser, tight).await?;
        assert_eq!(browser.misplaced().await?, Vec::<String>::new());
        browser.space_text().await?;
        assert_eq!(browser.misplaced().await?.len(), 1);

        browser.magnify().await?;
        assert_eq!(browser.evaluate("[innerWidth, devicePixelRatio].join()").await?, "320,4");
        browser.plain().await?;
        assert_eq!(browser.evaluate("devicePixelRatio").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn motion_is_seen_and_can_be_unwanted() {
    browse(Scripts::On, |browser| async move {
        let body = "<style>@media (prefers-reduced-motion: no-preference) {\
                    p { animation: turn 9s infinite; transition: color 1s } }\
                    @keyframes turn { to { rotate: 1turn } }</style><p>Text</p>";
        for (reduced, still) in [(true, true), (false, false)] {
            browser.prefer(Colours::Light, reduced).await?;
            show(&browser, body).await?;
            let moving = browser.moving().await?;
            assert_eq!(moving.is_empty(), still, "{moving:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn jumping_content_and_long_tasks_are_measured() {
    browse(Scripts::On, |browser| async move {
        show(&browser, "<p>Calm</p>").await?;
        let calm = browser.vitals().await?;
        assert!(calm.layout_shift < 0.001, "{calm:?}");
        show(
            &browser,
            "<p id=jumps style='height:300px;background:#ddd'>Text</p><script>\
             onload = () => requestAnimationFrame(() => requestAnimationFrame(() => {\
             const end = performance.now() + 80; while (performance.now() < end);\
             jumps.style.marginTop = '200px'; document.title = 'Done'; }))</script>",
        )
        .await?;
        browser.until("document.title === 'Done'").await;
        let vitals = browser.vitals().await?;
        assert!(vitals.layout_shift > 0.05, "{vitals:?}");
        assert!(vitals.long_tasks.iter().any(|task| *task >= 80.0), "{vitals:?}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_log_counts_requests_and_bytes() {
    browse_logged(|browser| async move {
        let site = Site::start().await;
        let page = site.framing("/inner");
        browser.goto(page.as_str()).await?;
        let loaded = transfers(&browser).await?;
        let urls: Vec<_> = loaded.iter().map(|transfer| transfer.url.as_str()).collect();
        let inner = format!("{}/inner", site.origin);
        assert_eq!(urls, [page.as_str(), inner.as_str()]);
        let length = browser
            .evaluate(
                "fetch('/again').then((answer) => answer.text()).then(({ length }) => length)",
            )
            .await?;
        let again = transfers(&browser).await?;
        assert_eq!(again.len(), 1, "{again:?}");
        assert_eq!(again[0].body, length.as_u64().unwrap());
        assert!(again[0].total > again[0].body);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_network_takes_its_time() {
    browse(Scripts::On, |browser| async move {
        let site = Site::start().await;
        browser.goto(site.framing("/inner")).await?;
        browser.slow_down().await?;
        browser.goto(site.framing("/other")).await?;
        let slow = browser.vitals().await?;
        assert!(slow.usable >= 150.0, "{slow:?}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_page_is_found_out() {
    for (work, longest) in [(0, 0.0..50.0), (400, 50.0..f64::INFINITY)] {
        browse_traced(|browser| async move {
            let site = Site::start().await;
            browser.goto(site.framing("/inner")).await?;
            let work = format!(
                "(() => {{ const end = performance.now() + {work}; while (performance.now() < end); }})()"
            );
            browser.evaluate(&work).await?;
            let tasks = busy_tasks(&browser, &site.origin).await?;
            assert!(longest.contains(&tasks[0]), "{longest:?}: {tasks:?}");
            Ok(())
        })
        .await;
    }
}
