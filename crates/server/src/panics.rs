//! Panics are reported by their place only: a panic's message is plain text, which no type masks, and may hold
//! what must not be in a log.

use std::panic::AssertUnwindSafe;

use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;

use crate::error::ApiError;

/// From now on a panic of this process is one event in the log, instead of its message on standard error.
pub fn report_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "process.panicked");
    }));
}

/// What a handler answers, or an internal error where it panicked: the connection is not to go with it.
pub async fn answer(route: &str, handler: impl Future<Output = Response>) -> Response {
    // What a panic leaves half done is the handler's own: what handlers share is behind locks that are
    // never held across a panic, or in the database.
    AssertUnwindSafe(handler).catch_unwind().await.unwrap_or_else(|_holds_the_message| {
        tracing::error!(route, "request.panicked");
        ApiError::Internal.into_response()
    })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::config::{Format, Log};

    const CHILD: &str = "PANICKING_CHILD";

    /// Not a test by itself: the process that the next one listens to.
    #[test]
    #[ignore = "the child process of the test below"]
    fn child_that_panics() {
        if std::env::var_os(CHILD).is_none() {
            return;
        }
        let logging = crate::logging::start(&Log { format: Format::Json, ..Log::default() });
        let status = crate::serve::runtime().unwrap().block_on(async {
            let handler = async { panic!("planted: {}", 424_242) };
            answer("/some/route", handler).await.status()
        });
        assert_eq!(status, 500);
        drop(logging);
    }

    #[test]
    fn row_23_a_panics_message_is_not_printed() {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "panics::tests::child_that_panics", "--ignored", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{said}");
        assert!(said.contains("process.panicked") && said.contains("panics.rs:"), "{said}");
        assert!(said.contains("request.panicked") && said.contains("/some/route"), "{said}");
        assert!(!said.contains("planted") && !said.contains("424242"), "{said}");
    }
}
