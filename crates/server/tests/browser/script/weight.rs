//! How little the script weighs, and how little it keeps the page from answering.

use super::scene::{Scene, resend};
use super::stage::Stage;
use crate::browser::driver::{browse_alone, browse_traced};
use crate::browser::vitals::busy_tasks;
use crate::support::TestServer;

#[tokio::test]
async fn the_script_is_at_most_6_kb() {
    let server = TestServer::start().await;
    for (name, most) in [("widget.js", 6_000), ("old-browser.js", 300)] {
        let address = format!("{}/assets/present/{name}", server.base());
        let answer = server.http.get(address).header("accept-encoding", "br").send().await.unwrap();
        assert_eq!(answer.headers()["content-encoding"], "br");
        let length = answer.bytes().await.unwrap().len();
        assert!(length <= most, "{name}: {length}");
    }
    server.stop().await;
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
    browse_alone(|browser| async move {
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
