//! What a call can end in, other than what it was made for.
//!
//! No message and no `Debug` output holds a secret, a token or a phone number. What the server said is at hand
//! by name, for those who want it: [`ApiError::raw`].

use std::fmt;
use std::time::Duration;

use crate::mask::masked;
use crate::response::RawResponse;

/// What a provider of secrets may fail with.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a call did not give what it was made for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The client is set up wrongly. Nothing was sent.
    #[error("{0}")]
    Configuration(String),
    /// The call itself can't be made. Nothing was sent.
    #[error("the call can't be made: {0}")]
    Call(String),
    /// The provider of the API secret failed. Nothing was sent.
    #[error("the provider of the API secret failed")]
    Secret(#[source] BoxError),
    /// No connection came about: nothing of the request was sent.
    #[error(transparent)]
    Connect(ConnectError),
    /// No whole answer came in time. The request may have taken effect.
    #[error(
        "no answer from the server within {} ms{}: it may still have done what was asked",
        .after.as_millis(),
        .status.map(|status| format!(" (its status {status} came, its body did not)")).unwrap_or_default()
    )]
    Timeout {
        /// How long the last attempt was waited for.
        after: Duration,
        /// The status, where that much of the answer came.
        status: Option<u16>,
    },
    /// The connection broke before the answer was whole. The request may have taken effect.
    #[error(
        "the connection broke before {} was there ({cause}): the server may still have done what was asked",
        if .status.is_some() { "the whole answer" } else { "an answer" }
    )]
    Broken {
        /// What broke it.
        cause: String,
        /// The status, where that much of the answer came.
        status: Option<u16>,
    },
    /// The answer is longer than is read. The request has probably taken effect.
    #[error(
        "the answer (status {status}) is longer than {limit} bytes, which no answer of OnlyAuth is: \
         does the server URL lead to an OnlyAuth server?"
    )]
    TooLarge {
        /// Its status.
        status: u16,
        /// As many bytes of a body as are read.
        limit: usize,
    },
    /// The answer leads elsewhere. Not followed: the API secret is for the server that was named.
    #[error(
        "the server answered {} and leads to another address, which is not followed, since the API secret \
         is for the server that was named: use the server URL that it leads to, if it is yours", .0.status()
    )]
    Redirect(Box<RawResponse>),
    /// The answer's content type is not JSON.
    #[error(
        "the server answered {} with content of type '{}' instead of JSON: does the server URL lead to an \
         OnlyAuth server?", .0.status(), masked(.0.content_type())
    )]
    UnexpectedContentType(Box<RawResponse>),
    /// The answer is not the JSON that the operation has.
    #[error(
        "the server's answer can't be read ({cause}): is it an OnlyAuth server, and not a much newer one?"
    )]
    Undecodable {
        /// Where it stops being readable.
        cause: String,
        /// The answer.
        raw: Box<RawResponse>,
    },
    /// The server refused.
    #[error(transparent)]
    Api(Box<ApiError>),
    /// The success token is genuine, and of another end user than was expected. It is consumed. (Servers that
    /// compare themselves refuse with [`Error::Api`] and code `end_user_mismatch`, and consume nothing.)
    #[error("the success token is another end user's: don't let this login pass")]
    EndUserMismatch,
}

/// Why no connection came about.
#[derive(Debug, thiserror::Error)]
#[error("can't connect to {server}: {cause}. {}", self.hint())]
pub struct ConnectError {
    pub(crate) server: String,
    pub(crate) cause: String,
    pub(crate) kind: ConnectKind,
}

/// What kept a connection from coming about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectKind {
    /// Nobody listens, or the way is barred.
    Unreachable,
    /// The host's name leads nowhere.
    NameNotFound,
    /// It took longer than the time for connecting.
    TimedOut,
    /// TLS came to nothing, most often because the server's certificate is not trusted. Not tried again.
    Tls,
}

impl ConnectError {
    /// What kept it from coming about.
    pub fn kind(&self) -> ConnectKind {
        self.kind
    }

    /// Scheme, host and port that a connection was wanted to.
    pub fn server(&self) -> &str {
        &self.server
    }

    fn hint(&self) -> &'static str {
        match self.kind {
            ConnectKind::Unreachable => "Is the server running, and is the server URL right?",
            ConnectKind::NameNotFound => "Is the server URL's host spelt right?",
            ConnectKind::TimedOut => {
                "Is the server URL right, and does a firewall let connections through?"
            }
            ConnectKind::Tls => {
                "Is the server URL's host the certificate's? Trust an authority of your own with \
                 root_certificates_pem."
            }
        }
    }
}

/// A refusal of the server, or of what stands before it.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status, 400 to 599.
    pub status: u16,
    /// One of the API's closed set of codes; each has a page in the docs. None where the answer was not OnlyAuth's.
    pub code: Option<String>,
    /// One sentence, as the server wrote it; empty where the answer was not OnlyAuth's.
    pub message: String,
    /// Every problem, one sentence each, as the server wrote them.
    pub errors: Vec<String>,
    /// How long the server wants to be left alone.
    pub retry_after: Option<Duration>,
    pub(crate) raw: RawResponse,
}

impl ApiError {
    /// The answer as it came.
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }
}

impl std::error::Error for ApiError {}

/// The status, the code and the sentences, without whatever looks like a secret, a token or a phone number:
/// something before the server may have repeated what was sent.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server answered {}", self.status)?;
        if let Some(code) = &self.code {
            write!(f, " {}", masked(code))?;
        }
        let single = self.errors.len() == 1 && self.errors.first() == Some(&self.message);
        if !self.message.is_empty() {
            write!(f, ": {}", masked(&self.message))?;
        } else if self.code.is_none() {
            f.write_str(" without saying why: does the server URL lead to an OnlyAuth server?")?;
        }
        if !single && !self.errors.is_empty() {
            write!(f, " ({})", masked(&self.errors.join(" ")))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors: Vec<_> = self.errors.iter().map(|error| masked(error)).collect();
        f.debug_struct("ApiError")
            .field("status", &self.status)
            .field("code", &self.code.as_deref().map(masked))
            .field("message", &masked(&self.message))
            .field("errors", &errors)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

impl Error {
    /// The HTTP status, where an answer got that far.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Timeout { status, .. } | Self::Broken { status, .. } => *status,
            Self::TooLarge { status, .. } => Some(*status),
            Self::Api(error) => Some(error.status),
            _ => self.raw().map(RawResponse::status),
        }
    }

    /// The API's code of a refusal.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.code.as_deref(),
            _ => None,
        }
    }

    /// The answer as it came, where a whole one did.
    pub fn raw(&self) -> Option<&RawResponse> {
        match self {
            Self::Redirect(raw)
            | Self::UnexpectedContentType(raw)
            | Self::Undecodable { raw, .. } => Some(raw),
            Self::Api(error) => Some(&error.raw),
            _ => None,
        }
    }

    /// Whether the success token was somebody else's: the server said so, or the answer did.
    pub fn is_end_user_mismatch(&self) -> bool {
        matches!(self, Self::EndUserMismatch) || self.code() == Some("end_user_mismatch")
    }

    /// Whether the request may have taken effect although it failed. Where not, nothing was done.
    ///
    /// After a validateSuccessToken that may have, ask once more: success is the proof, and a 404 means that the
    /// token was consumed and the answer was lost, so that another login must begin.
    pub fn may_have_taken_effect(&self) -> bool {
        match self {
            Self::Configuration(_) | Self::Call(_) | Self::Secret(_) | Self::Connect(_) => false,
            Self::Api(error) => {
                error.status >= 500 && !(error.status == 503 && self.code() == Some("overloaded"))
            }
            _ => true,
        }
    }
}
