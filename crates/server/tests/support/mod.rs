//! A server in this process with a clock that stands still, seeded randomness and a recorded outbox, and the
//! actors that call it.

pub(crate) mod actors;
pub(crate) mod authenticator;
pub(crate) mod factor_link;
pub(crate) mod guesses;
pub(crate) mod mutations;
pub(crate) mod outbox;
pub(crate) mod page;
pub(crate) mod passkey;
pub(crate) mod process;
pub(crate) mod raw;
pub(crate) mod server;

pub(crate) use actors::{Answer, Backend, EndUser, Widget};
pub(crate) use server::TestServer;

use std::time::Duration;

use onlyauth_core::time::Timestamp;

/// Longest that a test waits for something that must happen; nothing waits for the sake of waiting.
const PATIENCE: Duration = Duration::from_secs(20);

/// Asks again until there is an answer.
pub(crate) async fn eventually<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut ask: impl FnMut() -> F,
) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
    };
    tokio::time::timeout(PATIENCE, asking)
        .await
        .unwrap_or_else(|_| panic!("waited {PATIENCE:?} in vain for {what}"))
}

/// Encodes a form.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// This many seconds later, or earlier.
pub(crate) fn shifted(moment: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_millis(moment.as_millis() + seconds * 1000)
}
