//! From an answer as it came to what it means.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::{ApiError, Error};
use crate::response::RawResponse;

/// The body of every error.
#[derive(Deserialize)]
struct ErrorBody {
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    errors: Vec<String>,
}

impl RawResponse {
    /// Reads the answer as that of a typed method.
    ///
    /// # Errors
    /// [`Error::Api`] for a status from 400, [`Error::Redirect`], [`Error::UnexpectedContentType`],
    /// [`Error::Undecodable`].
    pub fn decode<T: DeserializeOwned>(self) -> Result<T, Error> {
        match self.status {
            300..400 => return Err(Error::Redirect(Box::new(self))),
            400.. => return Err(Error::Api(Box::new(refusal(self)))),
            _ => {}
        }
        if !self.is_json() {
            return Err(Error::UnexpectedContentType(Box::new(self)));
        }
        serde_json::from_slice(&self.body).map_err(|error| undecodable(&error, self))
    }
}

/// The error's own words repeat values, which are tokens and phone numbers; where it is and of what kind says enough.
fn undecodable(error: &serde_json::Error, raw: RawResponse) -> Error {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Data => "another shape than expected",
        Category::Eof => "it ends early",
        Category::Io | Category::Syntax => "no JSON",
    };
    let cause = format!("{what}, line {} column {}", error.line(), error.column());
    Error::Undecodable { cause, raw: Box::new(raw) }
}

fn refusal(raw: RawResponse) -> ApiError {
    let body = error_body(&raw);
    let (message, code, errors) = match body {
        Some(body) => (body.error.unwrap_or_default(), body.code, body.errors),
        None => (String::new(), None, Vec::new()),
    };
    ApiError { status: raw.status, code, message, errors, retry_after: raw.retry_after(), raw }
}

fn error_body(raw: &RawResponse) -> Option<ErrorBody> {
    if raw.is_json() { serde_json::from_slice(&raw.body).ok() } else { None }
}

/// The API's code in the body of an error.
pub(crate) fn code(raw: &RawResponse) -> Option<String> {
    if raw.status < 400 { None } else { error_body(raw)?.code }
}
