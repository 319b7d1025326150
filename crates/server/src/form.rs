//! Strict forms: what published clients send, and nothing that two parsers could read differently.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::error::ApiError;
use crate::service::Service;

/// Most fields that are read from a body or a query.
const MOST_FIELDS: usize = 64;
/// What a form is.
const FORM: &str = "application/x-www-form-urlencoded";

/// The fields of a form body, in order, decoded.
#[derive(Debug, Default)]
pub struct Form(pub Vec<(String, String)>);

impl FromRequest<Service> for Form {
    type Rejection = ApiError;

    async fn from_request(request: Request, service: &Service) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let body = read_body(body, service).await?;
        if body.is_empty() {
            return Ok(Self::default());
        }
        if !is_of_kind(&parts.headers, FORM) {
            return Err(ApiError::UnsupportedMediaType { expected: FORM });
        }
        parse(&body).map(Self).map_err(|problem| ApiError::invalid(problem.in_the("body")))
    }
}

/// A whole body, in the time and of the size that the configuration allows.
pub async fn read_body(body: Body, service: &Service) -> Result<Bytes, ApiError> {
    read_body_up_to(body, service, service.config.server.max_body_bytes).await
}

/// A whole body of at most `limit` bytes, in the time that the configuration allows.
pub async fn read_body_up_to(
    body: Body,
    service: &Service,
    limit: usize,
) -> Result<Bytes, ApiError> {
    let body = Limited::new(body, limit).collect();
    let body = tokio::time::timeout(service.config.server.body_timeout, body)
        .await
        .map_err(|_| ApiError::RequestTimeout)?
        .map_err(|error| match error.downcast_ref::<LengthLimitError>() {
            Some(_) => ApiError::PayloadTooLarge { limit },
            None => ApiError::invalid("The body ended early."),
        })?;
    Ok(body.to_bytes())
}

/// Whether the body is said to be of a kind, whatever its character set.
pub fn is_of_kind(headers: &HeaderMap, kind: &str) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|found| found.trim().eq_ignore_ascii_case(kind))
}

/// Why bytes are no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormProblem {
    /// More than 64 fields.
    TooMany,
    /// A percent sign without two hexadecimal digits.
    Escape,
    /// Decoded, it is not UTF-8.
    Utf8,
}

impl FormProblem {
    /// A sentence about the body or the query.
    pub fn in_the(self, place: &str) -> String {
        match self {
            Self::TooMany => format!("The {place} has more than {MOST_FIELDS} fields."),
            Self::Escape => format!("The {place} has a broken percent escape."),
            Self::Utf8 => format!("The {place} is not UTF-8."),
        }
    }
}

/// Parses `application/x-www-form-urlencoded` without leniency: nothing is dropped or replaced.
pub fn parse(bytes: &[u8]) -> Result<Vec<(String, String)>, FormProblem> {
    let mut fields = Vec::new();
    for (name, value) in split(bytes) {
        if fields.len() == MOST_FIELDS {
            return Err(FormProblem::TooMany);
        }
        fields.push((decode(name)?, decode(value)?));
    }
    Ok(fields)
}

/// The fields of a query that are called `known`; whatever else stands there does not count, however odd.
pub fn known(query: &str, known: &[&str]) -> Result<Vec<(String, String)>, FormProblem> {
    let named =
        split(query.as_bytes()).filter_map(|(name, value)| Some((decode(name).ok()?, value)));
    named
        .filter(|(name, _)| known.contains(&name.as_str()))
        .take(MOST_FIELDS)
        .map(|(name, value)| Ok((name, decode(value)?)))
        .collect()
}

fn split(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    bytes.split(|byte| *byte == b'&').filter(|part| !part.is_empty()).map(|part| {
        let at = part.iter().position(|byte| *byte == b'=');
        at.map_or((part, &b""[..]), |at| (&part[..at], &part[at + 1..]))
    })
}

fn decode(part: &[u8]) -> Result<String, FormProblem> {
    if !part.iter().any(|byte| matches!(byte, b'+' | b'%')) {
        return std::str::from_utf8(part).map(str::to_owned).map_err(|_| FormProblem::Utf8);
    }
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next(), rest.next()];
                let [Some(high), Some(low)] = digits.map(|digit| digit.and_then(|d| hex(*d)))
                else {
                    return Err(FormProblem::Escape);
                };
                high << 4 | low
            }
            other => *other,
        });
    }
    String::from_utf8(bytes).map_err(|_| FormProblem::Utf8)
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Takes known fields out of a form and gathers every problem on the way.
#[derive(Debug)]
pub struct Reader {
    fields: Vec<(String, String)>,
    problems: Vec<String>,
}

impl Reader {
    /// Of a body: doubled fields are refused, and what is left unread at the end is unknown.
    pub fn body(form: Form) -> Self {
        Self::new(form.0, "body")
    }

    /// Of a query, of which only `known` counts: what else stands there is ignored, as published clients need.
    pub fn query(query: Option<&str>, known: &[&str]) -> Result<Self, ApiError> {
        let fields = self::known(query.unwrap_or_default(), known)
            .map_err(|problem| ApiError::invalid(problem.in_the("query")))?;
        Ok(Self::new(fields, "query"))
    }

    fn new(given: Vec<(String, String)>, place: &str) -> Self {
        let mut fields: Vec<(String, String)> = Vec::with_capacity(given.len());
        let mut problems: Vec<String> = Vec::new();
        for (name, value) in given {
            let problem = if has_control(&name) || has_control(&value) {
                format!("The {place} holds a control character in '{}'.", shown(&name))
            } else if fields.iter().any(|(earlier, _)| *earlier == name) {
                format!("'{}' is given twice.", shown(&name))
            } else {
                fields.push((name, value));
                continue;
            };
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        Self { fields, problems }
    }

    /// A field that may be absent; taken out.
    pub fn optional(&mut self, name: &str) -> Option<String> {
        let at = self.fields.iter().position(|(field, _)| field == name)?;
        Some(self.fields.remove(at).1)
    }

    /// A field that may be absent or empty, which is the same; taken out.
    pub fn given(&mut self, name: &str) -> Option<String> {
        self.optional(name).filter(|value| !value.is_empty())
    }

    /// A field that must be there and not be blank.
    pub fn required(&mut self, name: &str) -> Option<String> {
        let value = self.optional(name).filter(|value| !value.trim().is_empty());
        if value.is_none() {
            self.problem(format!("'{name}' is required."));
        }
        value
    }

    /// Notes a problem.
    pub fn problem(&mut self, problem: impl Into<String>) {
        self.problems.push(problem.into());
    }

    /// Keeps a value, or notes why there is none.
    pub fn keep<T, E: std::fmt::Display>(&mut self, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.problem(error.to_string())).ok()
    }

    /// What is left, for fields that another reader knows.
    pub fn rest(&mut self) -> Vec<(String, String)> {
        std::mem::take(&mut self.fields)
    }

    /// Refuses if there was any problem or if a field was not read.
    pub fn finish(mut self) -> Result<(), ApiError> {
        for (name, _) in std::mem::take(&mut self.fields) {
            self.problem(format!("'{}' is not a known field.", shown(&name)));
        }
        self.finish_with(Ok(()))
    }

    /// Gives what another reader made of the rest, or all problems: this reader's, then the other's.
    pub fn finish_with<T>(mut self, result: Result<T, Vec<String>>) -> Result<T, ApiError> {
        match result {
            Ok(value) if self.problems.is_empty() => return Ok(value),
            Ok(_) => {}
            Err(more) => self.problems.extend(more),
        }
        Err(ApiError::InvalidRequest(self.problems))
    }

    /// Whether there was any problem so far.
    pub fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }
}

/// Whether a text holds a control character (Unicode's Cc). A line break or tab is what people paste along; fields that
/// mind refuse it themselves.
fn has_control(text: &str) -> bool {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\r' | b'\n' | b'\t');
    // Nearly all that is sent ends here.
    !text.as_bytes().iter().all(plain)
        && text.contains(|c: char| c.is_control() && !matches!(c, '\r' | '\n' | '\t'))
}

/// A field name fit for an error message: callers choose them, so they are cut.
fn shown(name: &str) -> String {
    name.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parsing_is_strict() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for (input, expected) in [
            ("", Ok(vec![])),
            ("a=1&b=2", Ok(vec![pair("a", "1"), pair("b", "2")])),
            ("a=1+2%2B3", Ok(vec![pair("a", "1 2+3")])),
            ("a", Ok(vec![pair("a", "")])),
            ("a=b=c", Ok(vec![pair("a", "b=c")])),
            ("&a=1&", Ok(vec![pair("a", "1")])),
            ("a=%C3%A4", Ok(vec![pair("a", "ä")])),
            ("a=%", Err(FormProblem::Escape)),
            ("a=%2", Err(FormProblem::Escape)),
            ("a=%zz", Err(FormProblem::Escape)),
            ("a=%ff", Err(FormProblem::Utf8)),
            ("a=%00", Ok(vec![pair("a", "\0")])),
        ] {
            assert_eq!(parse(input.as_bytes()), expected, "{input}");
        }
        assert_eq!(parse(&b"a=1&".repeat(65)), Err(FormProblem::TooMany));
    }

    #[test]
    fn every_problem_is_listed_at_once() {
        let form = Form(parse(b"a=1&a=2&x=3&blank=+").unwrap());
        let mut reader = Reader::body(form);
        assert_eq!(reader.optional("a").as_deref(), Some("1"));
        assert_eq!(reader.required("blank"), None);
        assert_eq!(reader.required("missing"), None);
        let expected = [
            "'a' is given twice.",
            "'blank' is required.",
            "'missing' is required.",
            "'x' is not a known field.",
        ];
        let expected = expected.map(str::to_owned).to_vec();
        assert_eq!(reader.finish(), Err(ApiError::InvalidRequest(expected)));
    }

    #[test]
    fn a_query_ignores_what_it_does_not_know() {
        let odd = "a=1&x=2&x=3&utm=%zz&%zz=1&".to_owned() + &"u=1&".repeat(100);
        let mut reader = Reader::query(Some(&odd), &["a"]).unwrap();
        assert_eq!(reader.required("a").as_deref(), Some("1"));
        assert_eq!(reader.finish(), Ok(()));
        let doubled = Reader::query(Some("a=1&a=2"), &["a"]).unwrap();
        assert!(doubled.finish().is_err());
    }
}
