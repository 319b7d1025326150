//! Live messages over real providers, which are stubs on loopback.

#[path = "../../../delivery/tests/support/signature.rs"]
mod signature;
#[path = "../../../delivery/tests/support/stub.rs"]
#[allow(dead_code, reason = "shared with the tests of the providers")]
pub(crate) mod stub;

mod process;
mod providers;
mod receipts;

use std::sync::Arc;
use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_delivery::webhook::{SigningKey, Webhook};
use onlyauth_delivery::{Route, Routes};

use stub::Stub;

pub(super) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// SMS over a webhook to this stub.
pub(crate) fn sms_over(stub: &Stub) -> Routes {
    sms_within(stub, Duration::from_secs(2))
}

/// The same with another patience.
pub(crate) fn sms_within(stub: &Stub, timeout: Duration) -> Routes {
    let key = SigningKey::parse(SECRET).unwrap();
    let webhook = Webhook::new(stub.base.parse().unwrap(), key, timeout).unwrap();
    Routes::new([(Channel::Sms, Route::new("gateway", Arc::new(webhook)))])
}

/// The text that a request to the stub carried.
pub(crate) fn text(request: &stub::Request) -> String {
    let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    body["data"]["text"].as_str().unwrap().to_owned()
}
