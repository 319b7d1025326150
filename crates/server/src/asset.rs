//! Files that are the same for everybody, compressed once and for all.
//!
//! Only such files are compressed. A page is not, on purpose: it holds an access token beside texts that others
//! can choose, and the length of what is compressed together would give the token away piece by piece (BREACH).

mod encoding;

use std::sync::OnceLock;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub use encoding::Effort;

use encoding::Coding;

/// A file.
#[derive(Debug)]
pub struct Asset {
    kind: &'static str,
    content: Bytes,
    effort: Effort,
    version: String,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

/// How long an answer may be used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caching {
    /// At an address that changes with the content.
    ForEver,
    /// At an address that stays, for so many seconds; then the browser asks whether it changed.
    Seconds(u32),
    /// At the address of another version.
    Never,
}

impl Asset {
    /// A file of a media type.
    pub fn new(kind: &'static str, content: impl Into<Bytes>, effort: Effort) -> Self {
        let content = content.into();
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &content);
        let version = data_encoding::HEXLOWER.encode(&digest.as_ref()[..8]);
        Self { kind, content, effort, version, brotli: OnceLock::new(), gzip: OnceLock::new() }
    }

    /// Changes whenever the content does; fit for an address.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// How long an answer at an address with this version in it may be kept.
    pub fn caching_at(&self, version: &str) -> Caching {
        if version == self.version { Caching::ForEver } else { Caching::Never }
    }

    fn encoded(&self, coding: Coding) -> Bytes {
        let kept = match coding {
            Coding::Identity => return self.content.clone(),
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
        };
        kept.get_or_init(|| coding.compress(&self.content, self.effort).into()).clone()
    }
}

/// A script as it is served: without indentation, and without the lines that only people read. A comment before
/// code in the same line stays.
pub fn lean(source: &str) -> String {
    let mut inside = false;
    let mut code = String::with_capacity(source.len());
    for line in source.lines().map(str::trim) {
        let begins = line.starts_with("/*") && !line.contains("*/");
        let comment = inside
            || begins
            || line.starts_with("//")
            || (line.starts_with("/*") && line.find("*/") == line.len().checked_sub(2));
        inside = (inside || begins) && !line.ends_with("*/");
        if !comment && !line.is_empty() {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

/// The file, in the coding that the request likes best.
pub fn respond(asset: &Asset, request: &HeaderMap, caching: Caching) -> Response {
    let coding = Coding::liked_best(request);
    let cache_control = match caching {
        Caching::ForEver => "public, max-age=31536000, immutable".to_owned(),
        Caching::Seconds(seconds) => format!("public, max-age={seconds}"),
        Caching::Never => "no-store".to_owned(),
    };
    // Each coding is a representation of its own, and so needs a tag of its own (RFC 9110 section 8.8.1).
    let tag = format!("\"{}-{}\"", asset.version, coding.name());
    let headers = [
        (header::CACHE_CONTROL, cache_control),
        (header::VARY, "accept-encoding".to_owned()),
        (header::ETAG, tag.clone()),
    ];
    if unchanged(request, &tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let about = [(header::CONTENT_TYPE, asset.kind), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    let mut response = (headers, about, asset.encoded(coding)).into_response();
    if coding != Coding::Identity {
        let name = header::HeaderValue::from_static(coding.name());
        response.headers_mut().insert(header::CONTENT_ENCODING, name);
    }
    response
}

/// Whether the browser has this very representation (RFC 9110 section 13.1.2).
fn unchanged(request: &HeaderMap, tag: &str) -> bool {
    let values = request.get_all(header::IF_NONE_MATCH).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use http_body_util::BodyExt;

    use super::*;

    #[test]
    fn only_what_is_no_code_is_left_out_of_a_script() {
        let source = "// About.\n\n/**\n * Long.\n * @type {X}\n */\nlet a = 1; // why\n  /** @type {Y} */ (b).c = 2;\n\
                      /** @type {Z} */\n  f(`\n  text`);\n/* one */ g();\n/* h */\n";
        assert_eq!(
            lean(source),
            "let a = 1; // why\n/** @type {Y} */ (b).c = 2;\nf(`\ntext`);\n/* one */ g();\n"
        );
    }

    const TEXT: &str = "body { color: red } body { color: green } body { color: blue }";

    fn request(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap()));
        pairs.collect()
    }

    async fn body(response: Response) -> Vec<u8> {
        response.into_body().collect().await.unwrap().to_bytes().to_vec()
    }

    #[tokio::test]
    async fn every_coding_holds_the_same_content() {
        for (accepted, told, effort) in [
            ("br", Some("br"), Effort::Most),
            ("br", Some("br"), Effort::Little),
            ("gzip", Some("gzip"), Effort::Most),
            ("gzip", Some("gzip"), Effort::Little),
            ("zstd", None, Effort::Most),
        ] {
            let asset = Asset::new("text/css", TEXT, effort);
            let accept = request(&[(header::ACCEPT_ENCODING, accepted)]);
            let response = respond(&asset, &accept, Caching::ForEver);
            let headers = response.headers().clone();
            let coding = headers.get("content-encoding").map(|value| value.to_str().unwrap());
            assert_eq!(coding, told);
            assert_eq!(headers["vary"], "accept-encoding");
            assert_eq!(headers["content-type"], "text/css");
            let sent = body(response).await;
            let mut read = Vec::new();
            match told {
                Some("br") => {
                    brotli::Decompressor::new(&sent[..], 4096).read_to_end(&mut read).unwrap()
                }
                Some(_) => flate2::read::GzDecoder::new(&sent[..]).read_to_end(&mut read).unwrap(),
                None => (&sent[..]).read_to_end(&mut read).unwrap(),
            };
            assert_eq!(read, TEXT.as_bytes(), "{accepted}");
        }
    }

    #[tokio::test]
    async fn what_the_browser_has_is_not_sent_again() {
        let asset = Asset::new("text/css", TEXT, Effort::Most);
        let accept = request(&[(header::ACCEPT_ENCODING, "br")]);
        let first = respond(&asset, &accept, Caching::Seconds(60));
        assert_eq!(first.headers()["cache-control"], "public, max-age=60");
        let tag = first.headers()["etag"].clone();
        let asks = |tag: &str, accepted: &'static str| {
            let mut headers = request(&[(header::ACCEPT_ENCODING, accepted)]);
            headers.insert(header::IF_NONE_MATCH, tag.parse().unwrap());
            respond(&asset, &headers, Caching::Seconds(60))
        };
        let tag = tag.to_str().unwrap();
        for (known, accepted, status) in [
            (tag.to_owned(), "br", 304),
            (format!("\"x\", W/{tag}"), "br", 304),
            ("*".to_owned(), "br", 304),
            (tag.to_owned(), "gzip", 200),
            ("\"x\"".to_owned(), "br", 200),
        ] {
            let answer = asks(&known, accepted);
            assert_eq!(answer.status(), status, "{known} {accepted}");
            assert_eq!(answer.headers()["vary"], "accept-encoding");
            assert_eq!(body(answer).await.is_empty(), status == 304);
        }
        let other = Asset::new("text/css", "other", Effort::Little);
        assert_ne!(other.version(), asset.version());
        assert_eq!(other.caching_at(asset.version()), Caching::Never);
        assert_eq!(other.caching_at(other.version()), Caching::ForEver);
    }
}
