//! The client: calls, tried again where that is safe.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    USER_AGENT,
};
use tokio::time::Instant;
use url::form_urlencoded;

use crate::call::{Call, CallOptions};
use crate::config::{ClientBuilder, Config};
use crate::error::{ConnectKind, Error};
use crate::operation::Verb;
use crate::response::RawResponse;
use crate::retry::{Circumstances, Outcome, next_wait};
use crate::server_url::ServerUrl;
use crate::transport::{Outgoing, Transport};

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");
const NDJSON: HeaderValue = HeaderValue::from_static("application/x-ndjson");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// With less time than this left, a call is not tried again.
const SHORTEST_ATTEMPT: Duration = Duration::from_millis(100);

/// Calls one OnlyAuth server. Cheap to clone; clones share their connections.
///
/// Needs a Tokio runtime with I/O and time. A call ends when its future is dropped: its connection is closed, and
/// what was sent may still take effect.
#[derive(Debug, Clone)]
pub struct Client {
    shared: Arc<Shared>,
    options: CallOptions,
}

#[derive(Debug)]
struct Shared {
    config: Config,
    transport: Transport,
}

impl Client {
    /// Sets up a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    pub(crate) fn with_config(config: Config) -> Result<Self, Error> {
        let transport = Transport::new(config.clone());
        transport.client(config.server.is_loopback())?;
        let shared = Arc::new(Shared { config, transport });
        Ok(Self { shared, options: CallOptions::default() })
    }

    /// The same client over the same connections, with this different for every call.
    #[must_use]
    pub fn with(&self, options: &CallOptions) -> Self {
        Self { shared: self.shared.clone(), options: options.or(&self.options) }
    }

    /// Makes a call and gives the answer as it came, whatever its status: what the typed methods are made of, and
    /// other languages' SDKs. After the last attempt an answer that would be tried again is given, too.
    ///
    /// # Errors
    /// Those that leave no whole answer: [`Error::Connect`], [`Error::Timeout`], [`Error::Broken`],
    /// [`Error::TooLarge`]; and those before anything is sent.
    pub async fn send(&self, call: Call) -> Result<RawResponse, Error> {
        let begun = Instant::now();
        let config = &self.shared.config;
        let options = call.options.or(&self.options);
        let outgoing = self.outgoing(&call, &options)?;
        let policy = options.retry.as_ref().unwrap_or(&config.retry);
        let timeout = options.timeout.unwrap_or(config.timeout);
        let attempt_timeout = options.attempt_timeout.unwrap_or(config.attempt_timeout);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let left = timeout.saturating_sub(begun.elapsed());
            let limit = attempt_timeout.min(left);
            let answer = self.shared.transport.attempt(&outgoing, limit).await;
            let circumstances =
                Circumstances { attempts, elapsed: begun.elapsed(), chance: chance() };
            let wait = next_wait(policy, call.operation.repeat(), outcome(&answer), circumstances);
            // Another attempt needs some time of its own: cut short, it would say less than is known now.
            let needed = SHORTEST_ATTEMPT.min(timeout / 10);
            match wait.filter(|wait| begun.elapsed() + *wait + needed < timeout) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return answer.map(|answer| RawResponse { attempts, ..answer }),
            }
        }
    }

    fn outgoing(&self, call: &Call, options: &CallOptions) -> Result<Outgoing, Error> {
        let config = &self.shared.config;
        let server = match &options.server_url {
            Some(url) => &ServerUrl::parse(url, config.allow_plain_http)?,
            None => &config.server,
        };
        let verb = call.operation.verb();
        let operation = call.operation.id();
        let body = match (verb, call.operation.takes_lines(), &call.lines) {
            (Verb::Post, true, lines) if call.form.is_empty() => {
                Some((NDJSON, lines.clone().unwrap_or_default().into()))
            }
            (_, true, _) => {
                return Err(Error::Call(format!("{operation} has no form: use lines and query")));
            }
            (_, false, Some(_)) => {
                return Err(Error::Call(format!("{operation} takes no lines")));
            }
            (Verb::Post, false, None) => Some((FORM, encoded(&call.form))),
            (Verb::Get | Verb::Delete, false, None) if call.form.is_empty() => None,
            (Verb::Get | Verb::Delete, false, None) => {
                return Err(Error::Call(format!("{operation} has no body: use the query")));
            }
        };
        Ok(Outgoing {
            method: verb.method(),
            url: server.below(call.operation.path(), &call.path, &call.query)?,
            headers: self.headers(options, body.as_ref())?,
            body: body.map(|(_, body)| body),
            loopback: server.is_loopback(),
            origin: server.origin(),
        })
    }

    fn headers(
        &self,
        options: &CallOptions,
        body: Option<&(HeaderValue, Bytes)>,
    ) -> Result<HeaderMap, Error> {
        let config = &self.shared.config;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, config.user_agent.clone());
        headers.insert(ACCEPT, JSON);
        if let Some((kind, body)) = body {
            headers.insert(CONTENT_TYPE, kind.clone());
            // Also where it is 0: left out, some proxies refuse the request (411).
            headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        for (name, value) in &options.headers {
            let (Ok(name), Ok(mut value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            else {
                return Err(Error::Call("a header can't be sent: look for line breaks".to_owned()));
            };
            value.set_sensitive(name == AUTHORIZATION);
            headers.insert(name, value);
        }
        if !headers.contains_key(AUTHORIZATION) {
            let secret = match (&options.secret, &config.secret) {
                (Some(secret), _) => secret.header()?,
                (None, Some(source)) => source.secret()?.header()?,
                (None, None) => return Err(no_secret()),
            };
            headers.insert(AUTHORIZATION, secret);
        }
        Ok(headers)
    }
}

fn no_secret() -> Error {
    Error::Configuration(
        "there is no API secret: pass one that `onlyauth secret create` printed".to_owned(),
    )
}

fn encoded(fields: &[(String, String)]) -> Bytes {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into()
}

/// From 0 to 1. Asked of the operating system, so that processes forked from one don't wait in step.
fn chance() -> f64 {
    // Without it, waits are the longest ones.
    getrandom::u32().map_or(1.0, |random| f64::from(random) / f64::from(u32::MAX))
}

fn outcome(answer: &Result<RawResponse, Error>) -> Outcome {
    match answer {
        Ok(raw) => Outcome::Answered {
            status: raw.status(),
            overloaded: crate::decode::code(raw).as_deref() == Some("overloaded"),
            retry_after: raw.retry_after(),
        },
        Err(Error::Connect(error)) if error.kind() != ConnectKind::Tls => Outcome::NotSent,
        Err(Error::Timeout { .. } | Error::Broken { .. }) => Outcome::Broken,
        Err(_) => Outcome::Final,
    }
}

impl Client {
    /// Longest that a call of this client may take.
    pub fn timeout(&self) -> Duration {
        self.options.timeout.unwrap_or(self.shared.config.timeout)
    }

    /// Scheme, host and port of the server that the builder, the environment or the default named.
    pub fn server_origin(&self) -> String {
        self.shared.config.server.origin()
    }
}
