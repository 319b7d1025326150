//! What an error of the HTTP library means: whether anything was sent, and in which words it is told.

use std::error::Error as StdError;
use std::time::Duration;

use crate::error::{ConnectError, ConnectKind, Error};
use crate::mask::masked;

/// No answer came.
pub(super) fn before_answer(error: reqwest::Error, origin: &str, limit: Duration) -> Error {
    // Addresses hold tokens.
    let error = error.without_url();
    if error.is_connect() {
        return Error::Connect(ConnectError {
            server: origin.to_owned(),
            cause: cause(&error),
            kind: kind(&error),
        });
    }
    if error.is_builder() {
        return Error::Call(cause(&error));
    }
    if error.is_timeout() {
        return Error::Timeout { after: limit, status: None };
    }
    Error::Broken { cause: cause(&error), status: None }
}

/// An answer began, and did not end.
pub(super) fn within_answer(error: reqwest::Error, status: u16, limit: Duration) -> Error {
    let error = error.without_url();
    if error.is_timeout() {
        return Error::Timeout { after: limit, status: Some(status) };
    }
    Error::Broken { cause: cause(&error), status: Some(status) }
}

fn kind(error: &reqwest::Error) -> ConnectKind {
    if chain(error).any(is_tls) {
        ConnectKind::Tls
    } else if error.is_timeout() {
        ConnectKind::TimedOut
    } else if error.is_dns() {
        ConnectKind::NameNotFound
    } else {
        ConnectKind::Unreachable
    }
}

/// Errors of TLS arrive wrapped in those of I/O, which don't name what they wrap as their source.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    match wrapped {
        Some(wrapped) => is_tls(wrapped),
        None => error.is::<rustls::Error>(),
    }
}

/// The innermost cause in its own words: what lies around it only says that something failed.
pub(super) fn cause(error: &reqwest::Error) -> String {
    let innermost = chain(error).last().map(ToString::to_string);
    masked(&innermost.unwrap_or_else(|| error.to_string()))
}

fn chain<'a>(error: &'a reqwest::Error) -> impl Iterator<Item = &'a (dyn StdError + 'static)> + 'a {
    std::iter::successors(error.source(), |&error| error.source())
}
