//! A file that any page may fetch from any site: compressed once, kept by browsers for a while.

use std::io::Write;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Short, since the address does not change with the content.
const CACHE: &str = "public, max-age=300";

/// A file in the encodings that browsers take.
pub(super) struct Published {
    kind: &'static str,
    /// Best first; the last one is as it is.
    forms: [Form; 3],
}

/// The file in one encoding (RFC 9110 section 8.4).
struct Form {
    encoding: &'static str,
    content: Bytes,
    /// Differs by encoding too (RFC 9110 section 8.8.3.3).
    tag: HeaderValue,
}

impl Published {
    pub(super) fn new(kind: &'static str, text: &str) -> Self {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
        let version = data_encoding::HEXLOWER.encode(&digest.as_ref()[..8]);
        let form = |encoding, content: Vec<u8>| Form {
            encoding,
            content: content.into(),
            tag: HeaderValue::from_str(&format!("\"{version}-{encoding}\""))
                .unwrap_or_else(|_| HeaderValue::from_static("\"0\"")),
        };
        let plain = || text.as_bytes().to_vec();
        Self {
            kind,
            // Writing to memory does not fail; should it, the file travels as it is under a name that no browser
            // asks for.
            forms: [
                brotli(text).map_or_else(|| form("none", plain()), |bytes| form("br", bytes)),
                gzip(text).map_or_else(|| form("none", plain()), |bytes| form("gzip", bytes)),
                form("identity", plain()),
            ],
        }
    }

    /// The file for a request with these headers, or that it has not changed.
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let [brotli, gzip, plain] = &self.forms;
        let form = [brotli, gzip].into_iter().find(|form| accepts(request, form.encoding));
        let form = form.unwrap_or(plain);
        let mut response = if has(request, &form.tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = form.content.clone().into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
            if form.encoding != plain.encoding {
                let encoding = HeaderValue::from_static(form.encoding);
                headers.insert(header::CONTENT_ENCODING, encoding);
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, form.tag.clone());
        for (name, value) in [
            (header::CACHE_CONTROL, CACHE),
            (header::VARY, "accept-encoding"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

fn brotli(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut text.as_bytes(), &mut bytes, &parameters).ok()?;
    Some(bytes)
}

fn gzip(text: &str) -> Option<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text.as_bytes()).ok()?;
    encoder.finish().ok()
}

/// Whether the request names an encoding, and not with the weight of a refusal (RFC 9110 section 12.5.3).
fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    values(request, &header::ACCEPT_ENCODING).any(|item| {
        let (name, weight) = item.split_once(';').unwrap_or((item, ""));
        let weight = weight.trim().strip_prefix("q=").map(str::trim);
        let refused = weight.is_some_and(|weight| weight.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

/// Whether the browser has this form already (RFC 9110 section 13.1.2).
fn has(request: &HeaderMap, tag: &HeaderValue) -> bool {
    values(request, &header::IF_NONE_MATCH)
        .any(|item| item == "*" || item.strip_prefix("W/").unwrap_or(item).as_bytes() == tag)
}

/// The items of a list header.
fn values<'a>(request: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lines = request.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_best_encoding_that_is_accepted_is_used() {
        let file = Published::new("text/plain", &"again and ".repeat(50));
        for (accepted, used) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("BR", Some("br")),
            ("gzip;q=0.5, br; q=0", Some("gzip")),
            ("br;q=0.000, gzip;q=0", None),
            ("brotli", None),
            ("", None),
        ] {
            let answer = file.answer(&request(header::ACCEPT_ENCODING, accepted));
            let encoding = answer.headers().get(header::CONTENT_ENCODING);
            assert_eq!(encoding.map(|value| value.to_str().unwrap()), used, "{accepted:?}");
        }
    }

    #[test]
    fn a_browser_that_has_it_is_told_so() {
        let file = Published::new("text/plain", "text");
        let tag = file.answer(&HeaderMap::new()).headers()[header::ETAG].clone();
        let tag = tag.to_str().unwrap();
        for (known, status) in [
            (tag.to_owned(), 304),
            (format!("\"x\", W/{tag}"), 304),
            ("*".to_owned(), 304),
            ("\"x\"".to_owned(), 200),
            (tag.trim_matches('"').to_owned(), 200),
        ] {
            let answer = file.answer(&request(header::IF_NONE_MATCH, &known));
            assert_eq!(answer.status().as_u16(), status, "{known}");
            assert_eq!(answer.headers()[header::CACHE_CONTROL], CACHE, "{known}");
        }
    }
}
