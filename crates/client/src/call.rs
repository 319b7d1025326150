//! One call: an operation with what is sent along, and what is different for this once.

use std::fmt;
use std::time::Duration;

use crate::operation::Operation;
use crate::retry::RetryPolicy;
use crate::secret::Secret;

/// An operation with its parameters and fields, as [`Client::send`](crate::Client::send) takes it.
///
/// Names are those of the wire. Nothing is checked here but the path's parameters: the server says what is wrong.
#[derive(Clone)]
pub struct Call {
    pub(crate) operation: Operation,
    pub(crate) path: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) lines: Option<String>,
    pub(crate) options: CallOptions,
}

impl Call {
    /// A call without parameters yet.
    pub fn new(operation: Operation) -> Self {
        Self {
            operation,
            path: Vec::new(),
            query: Vec::new(),
            form: Vec::new(),
            lines: None,
            options: CallOptions::default(),
        }
    }

    /// Fills in a parameter of the path, such as `app_id`.
    #[must_use]
    pub fn path(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.path.push((name.into(), value.into()));
        self
    }

    /// Adds a parameter of the query.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Adds a field of the form in the body. Only operations that are a POST have a body.
    #[must_use]
    pub fn form(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.form.push((name.into(), value.into()));
        self
    }

    /// Sets the body of an operation that takes lines of JSON instead of a form.
    #[must_use]
    pub fn lines(mut self, lines: impl Into<String>) -> Self {
        self.lines = Some(lines.into());
        self
    }

    /// Sets what is different for this call.
    #[must_use]
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// The operation.
    pub fn operation(&self) -> Operation {
        self.operation
    }
}

/// Names only: values are phone numbers and tokens.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .field("path", &names(&self.path))
            .field("query", &names(&self.query))
            .field("form", &names(&self.form))
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
}

/// What is different for one call. What is not set is as the client has it.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) server_url: Option<String>,
    pub(crate) secret: Option<Secret>,
    pub(crate) headers: Vec<(String, String)>,
}

impl CallOptions {
    /// Nothing is different.
    pub fn new() -> Self {
        Self::default()
    }

    /// Longest that the call may take, all attempts and waits included.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Longest that one attempt may take.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// When and how often it is tried again.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Another server. Checked as the builder checks its own.
    #[must_use]
    pub fn server_url(mut self, url: impl Into<String>) -> Self {
        self.server_url = Some(url.into());
        self
    }

    /// Another API secret.
    #[must_use]
    pub fn secret(mut self, secret: Secret) -> Self {
        self.secret = Some(secret);
        self
    }

    /// Adds a header, or replaces the one of this name that the client would send, `Authorization` included.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// These options where they say something, else those.
    pub(crate) fn or(&self, others: &Self) -> Self {
        Self {
            timeout: self.timeout.or(others.timeout),
            attempt_timeout: self.attempt_timeout.or(others.attempt_timeout),
            retry: self.retry.clone().or_else(|| others.retry.clone()),
            server_url: self.server_url.clone().or_else(|| others.server_url.clone()),
            secret: self.secret.clone().or_else(|| others.secret.clone()),
            // The later of two of one name replaces the earlier.
            headers: [others.headers.as_slice(), &self.headers].concat(),
        }
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("headers", &names(&self.headers))
            .finish_non_exhaustive()
    }
}
