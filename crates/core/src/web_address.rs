//! Absolute `http` and `https` addresses, judged on the text and on the parsed URL.
//!
//! The URL parser that browsers share forgives: it drops tabs and newlines, turns a backslash into a
//! slash, decodes `%2e` in a host, reads `0x7f.1` as an IP address and maps look-alike letters. What
//! we compare must be what everybody else sees, so an address is refused where the text does not
//! literally show the host that the parser found.

use std::fmt::Write as _;

use url::{Host, Url};

/// The most bytes that an address may have.
pub const MAX_LENGTH: usize = 2048;

/// An absolute `http` or `https` address without userinfo and fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress {
    text: String,
    url: Url,
}

/// Why a text is no acceptable address: the rest of a sentence that begins with the field's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebAddressError {
    /// Nothing there.
    #[error("is empty: give an absolute https address")]
    Empty,
    /// Longer than [`MAX_LENGTH`].
    #[error("is too long: {MAX_LENGTH} bytes are allowed")]
    TooLong,
    /// A space, tab, newline or another control character.
    #[error("must not contain whitespace or control characters: percent-encode them")]
    Whitespace,
    /// A backslash, which browsers read as a slash.
    #[error("must not contain a backslash")]
    Backslash,
    /// `javascript:`, `data:`, `//host`, a bare path, `https:host`.
    #[error("must begin with https:// and a host name")]
    NotWeb,
    /// A user name or password before the host.
    #[error("must not contain '@' before the path: user names and passwords have no place there")]
    UserInfo,
    /// A fragment, even an empty one (RFC 6749 section 3.1.2).
    #[error("must not contain a fragment ('#')")]
    Fragment,
    /// A host in another alphabet or percent-encoded.
    #[error("must have a plain ASCII host name: write other alphabets in punycode (xn--…)")]
    HostNotPlain,
    /// A host that no one can have, or one that the parser reads as another.
    #[error("must have a valid host name")]
    BadHost,
    /// A port that is empty, zero, too high or has leading zeros.
    #[error("must have a valid port, or none")]
    BadPort,
}

impl WebAddress {
    /// Reads an address, refusing whatever parsers are known to disagree about.
    pub fn parse(text: &str) -> Result<Self, WebAddressError> {
        refuse_ambiguous_text(text)?;
        let authority = authority(text)?;
        let (host, port) = split_authority(authority)?;
        let url = Url::parse(text).map_err(|_| WebAddressError::BadHost)?;
        if !url.host_str().is_some_and(|parsed| parsed.eq_ignore_ascii_case(host)) {
            return Err(WebAddressError::BadHost);
        }
        if let Some(Host::Domain(name)) = url.host()
            && !is_host_name(name)
        {
            return Err(WebAddressError::BadHost);
        }
        if port.is_some_and(|port| url.port_or_known_default() != Some(port)) {
            return Err(WebAddressError::BadPort);
        }
        Ok(Self { text: escape(text), url })
    }

    /// The address as it was written, but for bytes that no URI may hold: those are percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the scheme is `https`.
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// The host in lower case; an IPv6 address stands in brackets.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether the port is the scheme's default.
    pub fn has_default_port(&self) -> bool {
        self.url.port().is_none()
    }

    /// Whether the host is this very machine: `localhost`, `127.0.0.1` or `[::1]`.
    pub fn is_loopback(&self) -> bool {
        matches!(self.host(), "localhost" | "127.0.0.1" | "[::1]")
    }

    /// Whether the host is this machine or a name below `localhost`, which browsers resolve to it
    /// (RFC 6761 section 6.3). For addresses that an app lists one by one.
    pub fn is_local(&self) -> bool {
        self.is_loopback() || self.host().ends_with(".localhost")
    }

    /// Whether the host is `domain` or below it.
    pub fn is_within(&self, domain: &str) -> bool {
        !domain.is_empty()
            && self
                .host()
                .strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// Whether the host can stand in a Content-Security-Policy: a name, or `127.0.0.1` (CSP level 3,
    /// section 6.7.2.8: no other IP address ever matches).
    pub fn fits_policy(&self) -> bool {
        matches!(self.url.host(), Some(Host::Domain(_))) || self.host() == "127.0.0.1"
    }

    /// The origin in its canonical spelling, such as `https://example.com:8443` (RFC 6454 section 6.2).
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// Whether nothing follows the origin, but for the slash that stands for an empty path.
    pub fn is_bare_origin(&self) -> bool {
        let after_scheme = self.text.split_once("://").map_or("", |(_, rest)| rest);
        let tail = after_scheme.find(['/', '?']).and_then(|at| after_scheme.get(at..));
        matches!(tail, None | Some("/"))
    }

    /// The query as it was written, without its '?'.
    pub fn query(&self) -> Option<&str> {
        self.text.split_once('?').map(|(_, query)| query)
    }
}

fn refuse_ambiguous_text(text: &str) -> Result<(), WebAddressError> {
    if text.is_empty() {
        return Err(WebAddressError::Empty);
    }
    if text.len() > MAX_LENGTH {
        return Err(WebAddressError::TooLong);
    }
    if text.chars().any(|character| character.is_control() || character.is_whitespace()) {
        return Err(WebAddressError::Whitespace);
    }
    if text.contains('\\') {
        return Err(WebAddressError::Backslash);
    }
    if text.contains('#') {
        return Err(WebAddressError::Fragment);
    }
    Ok(())
}

/// What stands between `scheme://` and the path. The scheme may be in any case (RFC 3986 section 3.1).
fn authority(text: &str) -> Result<&str, WebAddressError> {
    let (scheme, rest) = text.split_once("://").ok_or(WebAddressError::NotWeb)?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Err(WebAddressError::NotWeb);
    }
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if authority.is_empty() {
        return Err(WebAddressError::NotWeb);
    }
    if authority.contains('@') {
        return Err(WebAddressError::UserInfo);
    }
    if !authority.is_ascii() || authority.contains('%') {
        return Err(WebAddressError::HostNotPlain);
    }
    Ok(authority)
}

fn split_authority(authority: &str) -> Result<(&str, Option<u16>), WebAddressError> {
    let after_brackets = authority.rfind(']').map_or(0, |end| end + 1);
    let Some(colon) = authority.get(after_brackets..).and_then(|rest| rest.find(':')) else {
        return Ok((authority, None));
    };
    let (host, port) = authority.split_at(after_brackets + colon);
    let port = port.strip_prefix(':').unwrap_or_default();
    let canonical = !port.starts_with('0') && port.bytes().all(|byte| byte.is_ascii_digit());
    match port.parse() {
        Ok(number) if canonical => Ok((host, Some(number))),
        _ => Err(WebAddressError::BadPort),
    }
}

/// Whether a name consists of non-empty labels of letters, digits, hyphens and underscores
/// (RFC 1035 section 2.3.4 for the lengths). A trailing dot makes an empty label.
pub(crate) fn is_host_name(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    name.len() <= 253 && name.split('.').all(label)
}

/// Percent-encodes what RFC 3986 allows nowhere, as a browser would: the result is ASCII, fits a
/// header, and cannot end an HTML attribute. Everything else stays byte for byte.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii() && !matches!(byte, b'"' | b'<' | b'>' | b'`') {
            escaped.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts() {
        let address = WebAddress::parse("HTTPS://Shop.Example.com:443/a?b=c").unwrap();
        assert_eq!(address.as_str(), "HTTPS://Shop.Example.com:443/a?b=c");
        assert_eq!(address.host(), "shop.example.com");
        assert_eq!(address.origin(), "https://shop.example.com");
        assert_eq!(address.query(), Some("b=c"));
        assert!(address.is_https() && address.has_default_port() && address.fits_policy());
        assert!(address.is_within("example.com") && address.is_within("shop.example.com"));
        assert!(!address.is_within("ample.com") && !address.is_within(""));
    }

    #[test]
    fn hosts_of_this_machine() {
        for (text, loopback, local, fits) in [
            ("http://localhost", true, true, true),
            ("http://127.0.0.1:80/", true, true, true),
            ("http://[::1]:3000/", true, true, false),
            ("http://shop.localhost:3000/", false, true, true),
            ("http://localhost.example/", false, false, true),
            ("http://notlocalhost/", false, false, true),
            ("http://127.0.0.2/", false, false, false),
            ("http://0.0.0.0/", false, false, false),
        ] {
            let address = WebAddress::parse(text).expect(text);
            assert_eq!(
                (address.is_loopback(), address.is_local(), address.fits_policy()),
                (loopback, local, fits),
                "{text}"
            );
        }
    }

    #[test]
    fn bare_origins() {
        for (text, bare) in [
            ("https://example.com", true),
            ("https://example.com/", true),
            ("https://example.com:8443", true),
            ("https://example.com//", false),
            ("https://example.com/.", false),
            ("https://example.com/a", false),
            ("https://example.com?", false),
        ] {
            assert_eq!(WebAddress::parse(text).expect(text).is_bare_origin(), bare, "{text}");
        }
    }

    #[test]
    fn what_no_uri_may_hold_is_escaped() {
        let address = WebAddress::parse("https://example.com/jos\u{e9}?q=\"<b>`&r=%41'").unwrap();
        assert_eq!(address.as_str(), "https://example.com/jos%C3%A9?q=%22%3Cb%3E%60&r=%41'");
    }

    proptest! {
        #[test]
        fn row_22_the_text_shows_the_host_that_a_browser_finds(
            text in "(https?:)?[/\\\\]{0,3}([a-z0-9.@:%\\[\\]\\\\\u{ff41}\u{3002}\t-]|xn--|%2e){0,12}[/?#]?[a-z/]{0,4}",
        ) {
            if let Ok(address) = WebAddress::parse(&text) {
                let url = Url::parse(address.as_str()).unwrap();
                let (_, rest) = address.as_str().split_once("://").unwrap();
                prop_assert!(rest.starts_with(url.host_str().unwrap()), "{}", text);
                prop_assert_eq!((url.username(), url.password(), url.fragment()), ("", None, None));
            }
        }
    }
}
