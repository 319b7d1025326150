//! How a client is set up.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Certificate;
use reqwest::header::HeaderValue;

use crate::client::Client;
use crate::error::{BoxError, Error};
use crate::retry::RetryPolicy;
use crate::secret::{Secret, SecretSource};
use crate::server_url::{DEFAULT_SERVER_URL, SERVER_URL_VARIABLE, ServerUrl};

/// Longest that a call may take, in milliseconds, where nothing else is said.
pub const DEFAULT_TIMEOUT_MS: u64 = 10_000;
/// Longest that connecting may take, in milliseconds, where nothing else is said.
pub const DEFAULT_CONNECT_TIMEOUT_MS: u64 = 3_000;
/// Longest answer that is read, in bytes, where nothing else is said: 1 MiB.
pub const DEFAULT_MAX_RESPONSE_BYTES: usize = 1024 * 1024;

const USER_AGENT: &str = concat!("onlyauth-client/", env!("CARGO_PKG_VERSION"));

/// A client's settings, checked.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) server: ServerUrl,
    pub(crate) secret: Option<SecretSource>,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) user_agent: HeaderValue,
    pub(crate) max_response_bytes: usize,
    pub(crate) root_certificates: Vec<Certificate>,
    pub(crate) allow_plain_http: bool,
    pub(crate) use_proxies: bool,
}

/// Sets up a [`Client`]. What is wrong is told by [`ClientBuilder::build`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    server_url: Option<String>,
    secret: Option<Result<SecretSource, Error>>,
    timeout: Duration,
    attempt_timeout: Duration,
    connect_timeout: Duration,
    retry: RetryPolicy,
    user_agent_suffix: Option<String>,
    max_response_bytes: usize,
    root_certificates: Vec<Vec<u8>>,
    allow_plain_http: bool,
    use_proxies: bool,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            server_url: None,
            secret: None,
            timeout: Duration::from_millis(DEFAULT_TIMEOUT_MS),
            attempt_timeout: Duration::MAX,
            connect_timeout: Duration::from_millis(DEFAULT_CONNECT_TIMEOUT_MS),
            retry: RetryPolicy::default(),
            user_agent_suffix: None,
            max_response_bytes: DEFAULT_MAX_RESPONSE_BYTES,
            root_certificates: Vec::new(),
            allow_plain_http: false,
            use_proxies: true,
        }
    }
}

impl ClientBuilder {
    /// The server, such as `https://auth.example`. Where it is not set: the environment's `ONLYAUTH_SERVER_URL`,
    /// else `http://localhost:8080`, since a secret must never leave for a server that nobody named.
    pub fn server_url(mut self, url: impl Into<String>) -> Self {
        self.server_url = Some(url.into());
        self
    }

    /// The API secret, `onlyauth_sk_…`.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(Secret::new(secret).map(SecretSource::Fixed));
        self
    }

    /// A function that gives the API secret. Asked once for each call, on the thread that makes the call: it should
    /// answer at once, from memory.
    pub fn secret_provider(
        mut self,
        provider: impl Fn() -> Result<Secret, BoxError> + Send + Sync + 'static,
    ) -> Self {
        self.secret = Some(Ok(SecretSource::Provider(Arc::new(provider))));
        self
    }

    /// Longest that a call may take, all attempts and waits included. 10,000 ms by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Longest that one attempt may take, its body included. By default as long as the call.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Longest that connecting may take, TLS included. 3,000 ms by default. Apart from the others, since what never
    /// got a connection certainly did nothing, and any operation may try again.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// When and how often calls are tried again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Added to the user agent, `onlyauth-client/<version>`, such as `shop/1.2`.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// Longest body that is read, in bytes. 1 MiB by default. A longer one is [`Error::TooLarge`].
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Trusts these authorities too, beside those that the machine trusts: one or more certificates in PEM.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Allows `http://` to other machines. The API secret and the tokens then travel readably: only for a network
    /// that is wholly your own.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.allow_plain_http = allow;
        self
    }

    /// Whether the proxies that the environment names (`HTTPS_PROXY`, `NO_PROXY` and so on) are used. True by
    /// default. Never used for a server on this machine.
    pub fn use_proxies(mut self, use_them: bool) -> Self {
        self.use_proxies = use_them;
        self
    }

    /// Makes the client. Connects to nobody yet.
    ///
    /// # Errors
    /// [`Error::Configuration`], which says what to change.
    pub fn build(self) -> Result<Client, Error> {
        let url = self.server_url.or_else(named_by_environment);
        let url = url.as_deref().unwrap_or(DEFAULT_SERVER_URL);
        let mut root_certificates = Vec::new();
        for pem in &self.root_certificates {
            root_certificates.extend(certificates(pem)?);
        }
        Client::with_config(Config {
            server: ServerUrl::parse(url, self.allow_plain_http)?,
            secret: self.secret.transpose()?,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            connect_timeout: self.connect_timeout,
            retry: self.retry,
            user_agent: user_agent(self.user_agent_suffix.as_deref())?,
            max_response_bytes: self.max_response_bytes,
            root_certificates,
            allow_plain_http: self.allow_plain_http,
            use_proxies: self.use_proxies,
        })
    }
}

fn named_by_environment() -> Option<String> {
    std::env::var(SERVER_URL_VARIABLE).ok().filter(|url| !url.trim().is_empty())
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate>, Error> {
    let found = Certificate::from_pem_bundle(pem).ok().filter(|found| !found.is_empty());
    found.ok_or_else(|| {
        Error::Configuration(
            "the root certificates can't be read: pass them in PEM, beginning with -----BEGIN CERTIFICATE-----"
                .to_owned(),
        )
    })
}

fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, Error> {
    let text = match suffix.map(str::trim) {
        None | Some("") => USER_AGENT.to_owned(),
        Some(suffix) => format!("{USER_AGENT} {suffix}"),
    };
    HeaderValue::from_str(&text).map_err(|_| {
        Error::Configuration("the user agent's suffix must be visible ASCII characters".to_owned())
    })
}
