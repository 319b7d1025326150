//! Requests, written into one buffer again and again.

use std::io::Write as _;
use std::net::Ipv4Addr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::place::{Place, REDIRECT};

/// What a form leaves as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*');

/// What browsers say besides what they ask for.
const BROWSER: &str = "user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\
    accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\
    accept-language: en-US,en;q=0.5\r\n";

/// A request that is being written. The buffers are reused.
#[derive(Debug, Default)]
pub(crate) struct Request {
    head: Vec<u8>,
    body: Vec<u8>,
}

/// Writing to memory does not fail.
macro_rules! put {
    ($into:expr, $($arguments:tt)*) => {{ let _ = write!($into, $($arguments)*); }};
}

impl Request {
    /// A form that a backend posts.
    pub(crate) fn backend(&mut self, place: &Place, path: &str, form: &[(&str, &str)]) -> &[u8] {
        self.write_form(form.iter().copied());
        self.head.clear();
        put!(self.head, "POST {path} HTTP/1.1\r\nhost: {}\r\n", place.host);
        put!(self.head, "authorization: Bearer {}\r\n", place.secret);
        self.finish_form()
    }

    /// createAccessToken.
    pub(crate) fn create(&mut self, place: &Place, name: &str, phone: &str) -> &[u8] {
        let form = [
            ("app_id", place.app_id.as_str()),
            ("client_id", &place.client_id),
            ("end_user_phone_number", phone),
            ("end_user_uuid", name),
            ("redirect_uri", REDIRECT),
            ("language", "en"),
            ("region", "us-1"),
        ];
        self.backend(place, "/server/access-tokens/new", &form)
    }

    /// validateSuccessToken.
    pub(crate) fn validate(&mut self, place: &Place, name: &str, token: &str) -> &[u8] {
        let form = [
            ("app_id", place.app_id.as_str()),
            ("client_id", &place.client_id),
            ("token", token),
            ("end_user_uuid", name),
        ];
        self.backend(place, "/server/success-tokens", &form)
    }

    /// A GET of a backend.
    pub(crate) fn backend_get(&mut self, place: &Place, path: &str) -> &[u8] {
        self.head.clear();
        put!(self.head, "GET {path} HTTP/1.1\r\nhost: {}\r\n", place.host);
        put!(self.head, "authorization: Bearer {}\r\n\r\n", place.secret);
        &self.head
    }

    /// A browser opens the widget; a proxy stands before the server and says whose browser it is.
    pub(crate) fn open(&mut self, place: &Place, token: &str, from: Ipv4Addr) -> &[u8] {
        self.head.clear();
        let (host, app_id) = (&place.host, &place.app_id);
        put!(self.head, "GET /client?app_id={app_id}&token={token} HTTP/1.1\r\nhost: {host}\r\n");
        put!(self.head, "x-forwarded-for: {from}\r\n{BROWSER}\r\n");
        &self.head
    }

    /// A browser posts a form of the widget.
    pub(crate) fn post<'f>(
        &mut self,
        place: &Place,
        from: Ipv4Addr,
        form: impl Iterator<Item = (&'f str, &'f str)>,
    ) -> &[u8] {
        self.write_form(form);
        self.head.clear();
        let host = &place.host;
        put!(self.head, "POST /client HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\n");
        put!(self.head, "x-forwarded-for: {from}\r\n{BROWSER}");
        self.finish_form()
    }

    fn write_form<'f>(&mut self, form: impl Iterator<Item = (&'f str, &'f str)>) {
        self.body.clear();
        for (name, value) in form {
            if !self.body.is_empty() {
                self.body.push(b'&');
            }
            put!(self.body, "{name}={}", percent_encode(value.as_bytes(), PLAIN));
        }
    }

    fn finish_form(&mut self) -> &[u8] {
        put!(self.head, "content-type: application/x-www-form-urlencoded\r\n");
        put!(self.head, "content-length: {}\r\n\r\n", self.body.len());
        self.head.extend_from_slice(&self.body);
        &self.head
    }
}

/// The value of a field of a flat JSON object that needs no escapes, as tokens and ids don't.
pub(crate) fn json_text<'a>(body: &'a [u8], field: &str) -> Option<&'a str> {
    let text = std::str::from_utf8(body).ok()?;
    let start = text.find(&format!("\"{field}\":\""))? + field.len() + 4;
    let value = &text[start..];
    Some(&value[..value.find('"')?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place() -> Place {
        Place {
            address: ([127, 0, 0, 1], 1).into(),
            host: "localhost:1".to_owned(),
            client_id: "CLNT-1".to_owned(),
            secret: "s".to_owned(),
            app_id: "APPX-1".to_owned(),
        }
    }

    #[test]
    fn forms_are_encoded_and_measured() {
        let mut request = Request::default();
        let text = request.create(&place(), "user-1", "+12025550142").to_vec();
        let text = String::from_utf8(text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("\r\ncontent-length: {}", body.len())), "{head}");
        assert!(head.contains("\r\nauthorization: Bearer s\r\n"));
        assert_eq!(
            body,
            "app_id=APPX-1&client_id=CLNT-1&end_user_phone_number=%2B12025550142&end_user_uuid=user-1\
             &redirect_uri=https%3A%2F%2Fshop.example%2Flogin%2Freturn&language=en&region=us-1"
        );
        let next = request.post(&place(), Ipv4Addr::LOCALHOST, [("a", "1 &")].into_iter());
        assert!(next.ends_with(b"content-length: 9\r\n\r\na=1%20%26"));
    }

    #[test]
    fn fields_are_read_from_flat_json() {
        let body = br#"{"token":"abc","language":"en"}"#;
        assert_eq!(json_text(body, "token"), Some("abc"));
        assert_eq!(json_text(body, "language"), Some("en"));
        assert_eq!(json_text(body, "other"), None);
        assert_eq!(json_text(b"{\"token\":\"ab", "token"), None);
    }
}
