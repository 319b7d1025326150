//! A stub of the server, calls of every operation, and who listens for what must not be said.

pub(crate) mod calls;
pub(crate) mod stub;
pub(crate) mod tls;

pub(crate) use calls::{call, settings};
pub(crate) use stub::{Act, Stub};
pub(crate) use tls::TlsStub;

use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

use onlyauth_client::{CallOptions, Client, ClientBuilder, Error, RetryPolicy};

pub(crate) const SECRET: &str = "onlyauth_sk_0192_hush-secret";
pub(crate) const SUCCESS_TOKEN: &str = "TOKN-01920000-0000-7000-8000-000000000000-hush-token";
pub(crate) const ACCESS_TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJodXNoIjoxfQ.hush-jwt";
pub(crate) const PHONE: &str = "+14155552671";
pub(crate) const END_USER: &str = "user-hush-42";
pub(crate) const CODE: &str = "804213";

/// Longest that a test waits for something that must happen; nothing waits for the sake of waiting.
const PATIENCE: Duration = Duration::from_secs(20);

/// Set up for a server, with a secret and with waits that don't slow a test.
pub(crate) fn builder(base: &str) -> ClientBuilder {
    Client::builder().server_url(base).secret(SECRET).retry(quick())
}

pub(crate) fn client(base: &str) -> Client {
    builder(base).build().unwrap()
}

/// The same client, for another server: making one reads the machine's root certificates.
pub(crate) fn at(client: &Client, stub: &Stub) -> Client {
    client.with(&CallOptions::new().server_url(&stub.base))
}

/// Tries again at once.
pub(crate) fn quick() -> RetryPolicy {
    RetryPolicy { initial_interval: Duration::from_millis(1), ..RetryPolicy::default() }
}

/// Asks again until there is an answer.
pub(crate) async fn eventually<T>(what: &str, ask: impl Fn() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(answer) = ask() {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
    };
    let found = tokio::time::timeout(PATIENCE, asking).await;
    found.unwrap_or_else(|_| panic!("waited {PATIENCE:?} in vain for {what}"))
}

/// Fails where a text holds what must not be shown.
pub(crate) fn assert_silent(shown: &str) {
    let digits = PHONE.trim_start_matches('+');
    for hush in ["hush", SUCCESS_TOKEN, ACCESS_TOKEN, digits, CODE] {
        assert!(!shown.contains(hush), "'{hush}' is in: {shown}");
    }
}

/// An error's words for people and for developers, and those of what caused it.
pub(crate) fn words(error: &Error) -> String {
    let causes = std::iter::successors(error.source(), |&error| error.source());
    let causes: Vec<_> = causes.map(|cause| format!("{cause} {cause:?}")).collect();
    format!("{error} {error:?} {error:#?} {}", causes.join(" "))
}

/// The error, which must keep quiet.
#[track_caller]
pub(crate) fn refused<T: Debug>(result: Result<T, Error>) -> Error {
    let error = result.unwrap_err();
    assert_silent(&words(&error));
    error
}
