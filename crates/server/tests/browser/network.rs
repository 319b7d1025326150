//! The browser's own log of what it loaded.

use std::collections::BTreeMap;

use serde_json::Value;
use thirtyfour::prelude::*;

use super::driver::Browser;

/// One request that came to an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transfer {
    pub(super) method: String,
    pub(super) url: String,
    /// Bytes of the answer as they travelled, compressed, without its header.
    pub(super) body: u64,
    /// As `body`, with the header.
    pub(super) total: u64,
}

/// What was loaded since the log was last read. Needs a browser of [`super::driver::browse_logged`].
pub(super) async fn transfers(browser: &Browser) -> WebDriverResult<Vec<Transfer>> {
    let entries = browser.get_log("performance").await?;
    let events = entries.iter().map(|entry| serde_json::from_str::<Value>(&entry.message).unwrap());
    let events: Vec<Value> = events.map(|mut event| event["message"].take()).collect();
    Ok(read(&events))
}

fn read(events: &[Value]) -> Vec<Transfer> {
    let mut started = BTreeMap::new();
    let mut headers = BTreeMap::new();
    let mut done = Vec::new();
    for event in events {
        let parameters = &event["params"];
        let id = parameters["requestId"].as_str().unwrap_or_default();
        match event["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => {
                started.insert(id, &parameters["request"]);
            }
            "Network.responseReceived" => {
                headers.insert(id, number(&parameters["response"]["encodedDataLength"]));
            }
            "Network.loadingFinished" => {
                let Some(request) = started.get(id) else { continue };
                let total = number(&parameters["encodedDataLength"]);
                let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
                let header = headers.get(id).copied().unwrap_or_default();
                done.push(Transfer {
                    method: text("method"),
                    url: text("url"),
                    body: total.saturating_sub(header),
                    total,
                });
            }
            _ => {}
        }
    }
    done.retain(|transfer| transfer.url.starts_with("http"));
    done
}

/// Chromium writes numbers of bytes as floating ones.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of bytes")]
fn number(value: &Value) -> u64 {
    value.as_f64().unwrap_or_default().max(0.0) as u64
}
