//! How a page feels: what jumps about, what keeps it from answering, and when it can be used.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::driver::Browser;

/// What the browser observed of the present page since it was opened.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Vitals {
    /// Sum of the scores of everything that jumped without anybody's doing.
    pub(super) layout_shift: f64,
    /// Milliseconds of each task of at least 50, by the clock on the wall: with whatever else the machine was
    /// doing meanwhile. [`busy_tasks`] tells how long the page itself was at it.
    pub(super) long_tasks: Vec<f64>,
    /// Milliseconds until something was to be seen and the script had run.
    pub(super) usable: f64,
}

const VITALS: &str = r"
  const collect = (type) => {
    const entries = [];
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
    observer.observe({ type, buffered: true });
    return () => [...entries, ...observer.takeRecords()];
  };
  const shifts = collect('layout-shift');
  const tasks = collect('longtask');
  const paints = collect('paint');
  // Observers are told between frames.
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return frame().then(frame).then(() => ({
    layout_shift: shifts().filter((shift) => !shift.hadRecentInput).reduce((sum, shift) => sum + shift.value, 0),
    long_tasks: tasks().map((task) => task.duration),
    usable: Math.max(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
                     ...paints().map((paint) => paint.startTime)),
  }));
";

impl Browser {
    pub(super) async fn vitals(&self) -> WebDriverResult<Vitals> {
        let vitals = self.execute(VITALS, Vec::new()).await?;
        Ok(serde_json::from_value(vitals.json().clone())?)
    }

    /// A phone of the slower kind on a slow mobile network: a quarter of the processor, 150 ms for a round trip
    /// and 1.6 Mbit/s (the conditions that Lighthouse tests mobile pages under).
    pub(super) async fn slow_down(&self) -> WebDriverResult<()> {
        let network = json!({
            "offline": false,
            "latency": 150,
            "downloadThroughput": 1_638_400 / 8,
            "uploadThroughput": 768_000 / 8,
        });
        self.cdp().send_raw("Network.enable", json!({})).await?;
        self.cdp().send_raw("Network.emulateNetworkConditions", network).await?;
        self.cdp().send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
        Ok(())
    }
}

/// Milliseconds of work of each task of the pages of an origin, longest first. Needs a browser of
/// [`super::driver::browse_traced`], and can be asked once: reading the log ends it.
pub(super) async fn busy_tasks(browser: &Browser, origin: &str) -> WebDriverResult<Vec<f64>> {
    let entries = browser.get_log("performance").await?;
    let events = entries.iter().map(|entry| serde_json::from_str::<Value>(&entry.message).unwrap());
    let events: Vec<Value> = events.map(|mut event| event["message"].take()).collect();
    let traced: Vec<&Value> = events
        .iter()
        .filter(|event| event["method"] == "Tracing.dataCollected")
        .map(|event| &event["params"])
        .collect();
    let is_its = |event: &&Value| {
        let url = event["args"]["beginData"]["url"].as_str().unwrap_or_default();
        event["name"] == "ParseHTML" && url.starts_with(origin)
    };
    let threads: BTreeSet<String> =
        traced.iter().copied().filter(is_its).map(|event| event["tid"].to_string()).collect();
    let mut tasks: Vec<f64> = traced
        .iter()
        .filter(|event| event["name"] == "ThreadControllerImpl::RunTask")
        .filter(|event| threads.contains(&event["tid"].to_string()))
        .filter_map(|event| Some(event["tdur"].as_f64()? / 1000.0))
        .collect();
    tasks.sort_by(|one, other| other.total_cmp(one));
    Ok(tasks)
}
