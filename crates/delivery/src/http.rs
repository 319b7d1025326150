//! How providers are called over HTTP, and what an answer or its absence means for the message.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect, retry};

use crate::provider::SendError;

/// Longest that connecting may take, TLS included. Apart from the whole, since who never got a connection
/// certainly got no message.
const CONNECT: Duration = Duration::from_secs(3);
/// As much of an answer's body as is looked at, in bytes.
const LONGEST_BODY: usize = 64 * 1024;

/// The machine's TLS can't be used, most likely because it has no root certificates.
#[derive(Debug, thiserror::Error)]
#[error("can't make an HTTPS client: {0}")]
pub struct ClientError(#[from] reqwest::Error);

/// A client in which each send ends within `timeout`.
pub(crate) fn client(timeout: Duration) -> Result<Client, ClientError> {
    Ok(Client::builder()
        .timeout(timeout)
        .connect_timeout(CONNECT.min(timeout / 2))
        .http1_only()
        // A kept connection can be reset under the next message, which would then be unknown and lost: a
        // handshake costs less.
        .pool_max_idle_per_host(0)
        // What was posted once is posted elsewhere or again by nobody but the outbox.
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_proxy()
        .build()?)
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Empty where it was too long, broke off or came too late: the status alone decides.
    pub(crate) body: Vec<u8>,
    headers: HeaderMap,
}

/// Sends a request.
///
/// # Errors
/// Whether the absence of an answer is certain to mean that nothing was taken.
pub(crate) async fn send(request: RequestBuilder) -> Result<Answer, SendError> {
    let mut response = request.send().await.map_err(|error| no_answer(&error))?;
    let body = body(&mut response).await;
    Ok(Answer { status: response.status(), body, headers: response.headers().clone() })
}

fn no_answer(error: &reqwest::Error) -> SendError {
    if error.is_builder() {
        SendError::refused("request_malformed")
    } else if error.is_connect() {
        SendError::not_now("provider_unreachable")
    } else if error.is_timeout() {
        SendError::unknown("provider_timeout")
    } else {
        SendError::unknown("connection_lost")
    }
}

async fn body(response: &mut Response) -> Vec<u8> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        if body.len() + chunk.len() > LONGEST_BODY {
            return Vec::new();
        }
        body.extend_from_slice(&chunk);
    }
    body
}

impl Answer {
    /// What an answer other than success means. `refusal` is the reason where the message is refused for good.
    pub(crate) fn error(&self, refusal: impl Into<Cow<'static, str>>) -> SendError {
        let not_now = |reason: &'static str| SendError::NotNow {
            reason: Cow::Borrowed(reason),
            retry_after: self.retry_after(),
        };
        match self.status {
            StatusCode::TOO_MANY_REQUESTS => not_now("provider_throttles"),
            StatusCode::REQUEST_TIMEOUT
            | StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::SERVICE_UNAVAILABLE => not_now("provider_error"),
            // Said by something that stands before the provider, which may have taken the message.
            status if status.is_server_error() => SendError::unknown("gateway_error"),
            _ => SendError::Refused(refusal.into()),
        }
    }

    /// `Retry-After` in seconds (RFC 9110 section 10.2.3); its form as a date is not read.
    fn retry_after(&self) -> Option<Duration> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?;
        text.trim().parse().ok().map(Duration::from_secs)
    }
}
