//! What a request can be refused with: one closed set of codes, each with its status and its public words.
//!
//! The cause of an internal fault goes to the log, once, here; the caller gets words that don't depend on it.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use onlyauth_core::keys::KeyError;
use onlyauth_core::time::Timestamp;
use onlyauth_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request of the API was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// The input is wrong; every problem is listed, one sentence each.
    InvalidRequest(Vec<String>),
    /// No, a wrong or a revoked secret, or a `client_id` that is not the secret's: not told apart.
    InvalidAuthToken,
    /// It does not exist, or belongs to another client: not told apart.
    NotFound,
    /// The success token is of another end user than expected. Nothing was consumed.
    EndUserMismatch,
    /// A limit was met.
    RateLimited {
        /// Which, in words.
        limit: &'static str,
        /// Seconds until another try can succeed.
        retry_after: u64,
    },
    /// The path exists, but not with this method.
    MethodNotAllowed,
    /// The body is larger than the server reads.
    PayloadTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The body is of another kind than the operation reads.
    UnsupportedMediaType {
        /// The kind that it reads.
        expected: &'static str,
    },
    /// The body did not arrive in time.
    RequestTimeout,
    /// Nothing was done; the same request can be sent again.
    Overloaded,
    /// A commit may or may not have happened; look before you repeat.
    OutcomeUnknown,
    /// A fault of the server. Its cause is in the log.
    Internal,
}

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What went wrong, in one sentence.
    #[schema(example = "Invalid Request")]
    pub error: String,
    /// One of a closed set; each has a page in the docs.
    #[schema(example = "invalid_request")]
    pub code: &'static str,
    /// Every problem, one sentence each; at least one.
    #[schema(min_items = 1)]
    pub errors: Vec<String>,
}

impl ApiError {
    /// Every code there is; the docs have a page for each.
    pub const CODES: [&'static str; 12] = [
        "invalid_request",
        "invalid_auth_token",
        "not_found",
        "end_user_mismatch",
        "rate_limited",
        "method_not_allowed",
        "payload_too_large",
        "unsupported_media_type",
        "request_timeout",
        "overloaded",
        "outcome_unknown",
        "internal",
    ];

    /// One problem of the input.
    pub fn invalid(problem: impl Into<String>) -> Self {
        Self::InvalidRequest(vec![problem.into()])
    }

    /// The refusal of a limit that is free again at `retry_at`.
    pub fn rate_limited(limit: &'static str, now: Timestamp, retry_at: Timestamp) -> Self {
        let retry_after = now.until(retry_at).as_millis().div_ceil(1000).max(1);
        Self::RateLimited { limit, retry_after: u64::try_from(retry_after).unwrap_or(u64::MAX) }
    }

    /// Its code and status.
    pub fn code(&self) -> (&'static str, StatusCode) {
        match self {
            Self::InvalidRequest(_) => ("invalid_request", StatusCode::BAD_REQUEST),
            Self::InvalidAuthToken => ("invalid_auth_token", StatusCode::UNAUTHORIZED),
            Self::NotFound => ("not_found", StatusCode::NOT_FOUND),
            Self::EndUserMismatch => ("end_user_mismatch", StatusCode::BAD_REQUEST),
            Self::RateLimited { .. } => ("rate_limited", StatusCode::TOO_MANY_REQUESTS),
            Self::MethodNotAllowed => ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED),
            Self::PayloadTooLarge { .. } => ("payload_too_large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::UnsupportedMediaType { .. } => {
                ("unsupported_media_type", StatusCode::UNSUPPORTED_MEDIA_TYPE)
            }
            Self::RequestTimeout => ("request_timeout", StatusCode::REQUEST_TIMEOUT),
            Self::Overloaded => ("overloaded", StatusCode::SERVICE_UNAVAILABLE),
            Self::OutcomeUnknown => ("outcome_unknown", StatusCode::SERVICE_UNAVAILABLE),
            Self::Internal => ("internal", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// How many seconds to wait before another try, where waiting helps.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_after, .. } => Some(*retry_after),
            Self::Overloaded | Self::OutcomeUnknown => Some(1),
            _ => None,
        }
    }

    /// The public words: the sentence, and the list of problems.
    pub fn words(&self) -> (String, Vec<String>) {
        let sentence = match self {
            Self::InvalidRequest(problems) => {
                return ("Invalid Request".to_owned(), problems.clone());
            }
            Self::InvalidAuthToken => "Invalid auth token.".to_owned(),
            Self::NotFound => "Not found.".to_owned(),
            Self::EndUserMismatch => {
                "The success token belongs to another end user; it was not consumed.".to_owned()
            }
            Self::RateLimited { limit, retry_after } => {
                format!("Too many requests: {limit}. Try again in {retry_after} s.")
            }
            Self::MethodNotAllowed => "This path does not take this method.".to_owned(),
            Self::PayloadTooLarge { limit } => {
                format!("The body is larger than {limit} bytes.")
            }
            Self::UnsupportedMediaType { expected } => format!("Send the body as {expected}."),
            Self::RequestTimeout => "The body did not arrive in time.".to_owned(),
            Self::Overloaded => {
                "The server can't take this now; nothing was done, try again.".to_owned()
            }
            Self::OutcomeUnknown => {
                "It is not known whether this took effect; look before you repeat it.".to_owned()
            }
            Self::Internal => {
                "The server failed; its operator finds the cause in the log.".to_owned()
            }
        };
        (sentence.clone(), vec![sentence])
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (code, status) = self.code();
        let (error, errors) = self.words();
        let mut response = (status, Json(ErrorBody { error, code, errors })).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self == Self::InvalidAuthToken {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable { .. } => {
                tracing::warn!(error = %error, "store.unavailable");
                Self::Overloaded
            }
            StoreError::Unknown => {
                tracing::error!(error = %error, "store.outcome_unknown");
                Self::OutcomeUnknown
            }
            StoreError::Corrupt { .. } => {
                tracing::error!(error = %error, "store.corrupt");
                Self::Internal
            }
        }
    }
}

impl From<KeyError> for ApiError {
    fn from(error: KeyError) -> Self {
        tracing::error!(error = %error, "keys.failed");
        Self::Internal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<ApiError> {
        vec![
            ApiError::invalid("'language' is required."),
            ApiError::InvalidAuthToken,
            ApiError::NotFound,
            ApiError::EndUserMismatch,
            ApiError::RateLimited { limit: "x", retry_after: 1 },
            ApiError::MethodNotAllowed,
            ApiError::PayloadTooLarge { limit: 1 },
            ApiError::UnsupportedMediaType { expected: "x" },
            ApiError::RequestTimeout,
            ApiError::Overloaded,
            ApiError::OutcomeUnknown,
            ApiError::Internal,
        ]
    }

    #[test]
    fn the_set_of_codes_is_closed_and_each_error_lists_a_problem() {
        let codes: Vec<_> = all().iter().map(|error| error.code().0).collect();
        assert_eq!(codes, ApiError::CODES);
        assert!(all().iter().all(|error| !error.words().1.is_empty()));
    }

    #[test]
    fn waits_are_rounded_up_to_whole_seconds() {
        let now = Timestamp::from_millis(0);
        let wait =
            |millis| ApiError::rate_limited("x", now, Timestamp::from_millis(millis)).retry_after();
        assert_eq!(
            [wait(-5), wait(1), wait(1_000), wait(1_001)],
            [Some(1), Some(1), Some(1), Some(2)]
        );
    }
}
