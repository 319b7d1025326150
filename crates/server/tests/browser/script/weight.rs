//! How little the script weighs, and how little it keeps the page from answering.

use std::process::Command;

use super::scene::{Scene, resend};
use super::stage::Stage;
use crate::browser::driver::{Scripts, browse, browse_traced};
use crate::browser::vitals::busy_tasks;

/// Bytes of a file once it is compressed as servers and browsers do it.
fn compressed(name: &str) -> u64 {
    let measure = "const { brotliCompressSync } = require('node:zlib'); \
                   console.log(brotliCompressSync(require('node:fs').readFileSync(process.argv[1])).length)";
    let file = format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("node").args(["-e", measure, &file]).output();
    let output = output.expect("node is installed (Debian: nodejs)").stdout;
    String::from_utf8(output).unwrap().trim().parse().unwrap()
}

#[test]
fn the_script_is_at_most_6_kb() {
    assert!(compressed("widget.js") <= 6_000, "{}", compressed("widget.js"));
    assert!(compressed("old-browser.js") <= 300);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_task_is_long() {
    browse_traced(|browser| async move {
        let mut scene = Scene::code().with("ends-in", "30").with("poll", "");
        scene.more = resend(30);
        let stage = Stage::open(scene).await;
        stage.answer(Scene::wrong());
        browser.goto(stage.address()).await?;
        browser.see("#code").await?.send_keys("123456").await?;
        browser.see_state("wrong_code").await?;
        let tasks = busy_tasks(&browser, &stage.origin).await?;
        assert!(tasks.len() > 10, "{tasks:?}");
        assert!(tasks[0] <= 50.0, "{tasks:?}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_device_on_a_slow_network_can_use_it_within_a_second() {
    browse(Scripts::On, |browser| async move {
        let stage = Stage::open(Scene::code()).await;
        browser.slow_down().await?;
        browser.goto(stage.address()).await?;
        browser.see_state("code_sent").await?;
        let vitals = browser.vitals().await?;
        assert!(vitals.usable <= 1_000.0, "{vitals:?}");
        assert!(vitals.layout_shift <= 0.02, "{vitals:?}");
        Ok(())
    })
    .await;
}
