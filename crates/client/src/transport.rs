//! One attempt over HTTP: sent once, followed nowhere, its answer read up to a bound.

mod failure;

use std::sync::OnceLock;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use reqwest::{Method, Request, Response, Url, redirect, retry};
use tokio::time::{Instant, timeout_at};

use crate::config::Config;
use crate::error::Error;
use crate::response::RawResponse;

/// How long a connection is kept without a request. Shorter than servers and proxies keep theirs (30 s here), so
/// that a request is not sent into a connection that the other side is about to close: what must not be sent
/// twice would be lost.
const KEPT_IDLE: Duration = Duration::from_secs(15);

const LONGEST_LIMIT: Duration = Duration::from_hours(24 * 365);

/// Connections, kept between requests.
#[derive(Debug)]
pub(crate) struct Transport {
    config: Config,
    /// For servers on this machine. A proxy that the environment names is not for them, and would be told the
    /// secret.
    direct: OnceLock<reqwest::Client>,
    proxied: OnceLock<reqwest::Client>,
}

/// What an attempt sends.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// Whether the server is on this machine.
    pub(crate) loopback: bool,
    /// Scheme, host and port, for messages.
    pub(crate) origin: String,
}

impl Transport {
    pub(crate) fn new(config: Config) -> Self {
        Self { config, direct: OnceLock::new(), proxied: OnceLock::new() }
    }

    /// Makes ready what a server of this kind needs, so that mistakes show before the first call.
    pub(crate) fn client(&self, loopback: bool) -> Result<&reqwest::Client, Error> {
        let slot = if loopback { &self.direct } else { &self.proxied };
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let client = self.build(loopback || !self.config.use_proxies)?;
        Ok(slot.get_or_init(|| client))
    }

    fn build(&self, direct: bool) -> Result<reqwest::Client, Error> {
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.config.connect_timeout)
            .pool_idle_timeout(KEPT_IDLE)
            .http1_only()
            // The secret is for the server that was named, and for no other.
            .redirect(redirect::Policy::none())
            // What is sent again is decided in one place only.
            .retry(retry::never())
            .referer(false)
            .tls_certs_merge(self.config.root_certificates.iter().cloned());
        if direct {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|error| {
            let cause = failure::cause(&error.without_url());
            Error::Configuration(format!(
                "can't make an HTTPS client ({cause}): has this machine root certificates?"
            ))
        })
    }

    /// Sends once and reads the answer, all within `limit`.
    pub(crate) async fn attempt(
        &self,
        outgoing: &Outgoing,
        limit: Duration,
    ) -> Result<RawResponse, Error> {
        // A longer one might be further away than the clock can say.
        let deadline = Instant::now() + limit.min(LONGEST_LIMIT);
        let client = self.client(outgoing.loopback)?;
        let mut request = Request::new(outgoing.method.clone(), outgoing.url.clone());
        *request.headers_mut() = outgoing.headers.clone();
        *request.body_mut() = outgoing.body.clone().map(Into::into);
        let late = |status| Error::Timeout { after: limit, status };
        let mut response = timeout_at(deadline, client.execute(request))
            .await
            .map_err(|_| late(None))?
            .map_err(|error| failure::before_answer(error, &outgoing.origin, limit))?;
        let status = response.status().as_u16();
        let body = timeout_at(deadline, self.body(&mut response, status, limit));
        let body = body.await.map_err(|_| late(Some(status)))??;
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| {
                (name.as_str().to_owned(), Bytes::copy_from_slice(value.as_bytes()))
            })
            .collect();
        Ok(RawResponse { status, headers, body, url: outgoing.url.to_string(), attempts: 1 })
    }

    /// Reads no further than the bound: a body of any length costs no more memory than that.
    async fn body(
        &self,
        response: &mut Response,
        status: u16,
        attempt_limit: Duration,
    ) -> Result<Bytes, Error> {
        let limit = self.config.max_response_bytes;
        let too_large = || Error::TooLarge { status, limit };
        if response.content_length().is_some_and(|length| length > limit as u64) {
            return Err(too_large());
        }
        let mut body = BytesMut::new();
        loop {
            match response.chunk().await {
                Ok(None) => return Ok(body.freeze()),
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => return Err(too_large()),
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Err(error) => return Err(failure::within_answer(error, status, attempt_limit)),
            }
        }
    }
}
