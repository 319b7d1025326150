//! An answer as it came.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use crate::retry::retry_after;

/// An answer as it came, whatever its status.
#[derive(Clone)]
pub struct RawResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, Bytes)>,
    pub(crate) body: Bytes,
    pub(crate) url: String,
    pub(crate) attempts: u32,
}

impl RawResponse {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether the status is one of success, 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The headers in the order in which they came, those of one name side by side; names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_ref()))
    }

    /// The first header of this name (any case) that is readable text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case(name));
        found.find_map(|(_, value)| std::str::from_utf8(value).ok())
    }

    /// `Content-Type` as it came, empty where there is none.
    pub fn content_type(&self) -> &str {
        self.header("content-type").unwrap_or_default()
    }

    /// Whether the body says that it is JSON.
    pub fn is_json(&self) -> bool {
        let essence = self.content_type().split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
            || essence.to_ascii_lowercase().ends_with("+json")
    }

    /// The body, decoded from what the transfer added. May hold tokens and phone numbers: don't log it.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The address that was asked. Holds the token where the success token was validated by a GET.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How often the request was tried until this answer came, at least once.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long the server wants to be left alone (RFC 9110 section 10.2.3), in seconds or until a date.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.header("retry-after")?, self.header("date"))
    }
}

/// Neither body nor address nor values of headers: they hold tokens and phone numbers.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &names)
            .field("body_bytes", &self.body.len())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
