//! The address under which browsers reach the server.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// An http or https origin: scheme, host and port, nothing else. All links come from it, never from a
/// request's Host header.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// `http://localhost:PORT`: a name, since an IP address can't be a WebAuthn RP ID.
    pub(crate) fn localhost(port: u16) -> Self {
        let text = format!("http://localhost:{port}");
        Self(Url::parse(&text).expect("scheme, host and port make a URL"))
    }

    /// The origin as browsers write it, without a slash at the end: `https://auth.example.com`.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The origin as a URL, to join paths onto.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// The host, without brackets or port.
    pub fn host(&self) -> String {
        match self.0.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => String::new(),
        }
    }

    /// Whether a request with this `Host` header (RFC 9110 section 7.2) was made to it. The header does not tell
    /// the scheme, so a missing port is that of this address's own.
    pub fn is_host(&self, host: &str) -> bool {
        let Ok(asked) = Url::parse(&format!("{}://{host}", self.0.scheme())) else { return false };
        // Userinfo and paths make no Host header, whatever a URL parser takes them for.
        let bare = asked.username().is_empty() && asked.password().is_none() && asked.path() == "/";
        bare && asked.origin() == self.0.origin()
    }

    /// What deserves a second look, one sentence each.
    pub(super) fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        if !self.is_https() && !self.is_loopback() {
            doubts.push(format!(
                "{self} is not https: codes and tokens cross the network in clear, and browsers refuse WebAuthn"
            ));
        }
        if self.is_ip() {
            doubts.push(format!(
                "{self} is an IP address, which can't be a WebAuthn RP ID: use a host name"
            ));
        }
        doubts
    }

    /// Whether browsers reach it over TLS.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether the host is an IP address.
    pub fn is_ip(&self) -> bool {
        matches!(self.0.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)))
    }

    /// Whether only this machine is meant.
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin())
    }
}

/// The text is no base URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an http or https origin without user, path, query or fragment, such as \"https://auth.example.com\""
)]
pub struct NotABaseUrl;

impl FromStr for BaseUrl {
    type Err = NotABaseUrl;

    fn from_str(text: &str) -> Result<Self, NotABaseUrl> {
        let url = Url::parse(text).map_err(|_| NotABaseUrl)?;
        let bare = matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        if bare { Ok(Self(url)) } else { Err(NotABaseUrl) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_origin_is_a_base_url() {
        for (text, origin) in [
            ("https://auth.example.com", Some("https://auth.example.com")),
            ("https://auth.example.com/", Some("https://auth.example.com")),
            ("https://Auth.Example.com:443", Some("https://auth.example.com")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("http://[::1]:8080", Some("http://[::1]:8080")),
            ("https://auth.example.com/path", None),
            ("https://auth.example.com/?q", None),
            ("https://auth.example.com/#f", None),
            ("https://user@auth.example.com", None),
            ("ftp://auth.example.com", None),
            ("auth.example.com", None),
            ("https://", None),
            ("", None),
        ] {
            let parsed = text.parse::<BaseUrl>().ok().map(|url| url.origin());
            assert_eq!(parsed.as_deref(), origin, "{text:?}");
        }
    }

    #[test]
    fn a_host_header_is_compared_with_host_and_port() {
        let url: BaseUrl = "https://eu.auth.example".parse().unwrap();
        for (host, same) in [
            ("eu.auth.example", true),
            ("EU.Auth.Example:443", true),
            ("eu.auth.example:8443", false),
            ("eu.auth.example:80", false),
            ("auth.example", false),
            ("eu.auth.example.evil.example", false),
            ("user@eu.auth.example", false),
            ("eu.auth.example/path", false),
            ("eu.auth.example\\@evil.example", false),
            ("", false),
            ("[", false),
        ] {
            assert_eq!(url.is_host(host), same, "{host:?}");
        }
        assert!("http://localhost:8080".parse::<BaseUrl>().unwrap().is_host("localhost:8080"));
    }

    #[test]
    fn loopback_and_addresses_are_recognised() {
        for (text, loopback, ip) in [
            ("http://localhost:1", true, false),
            ("http://app.localhost", true, false),
            ("http://127.0.0.9", true, true),
            ("http://[::1]", true, true),
            ("http://192.0.2.1", false, true),
            ("https://localhost.example.com", false, false),
        ] {
            let url: BaseUrl = text.parse().unwrap();
            assert_eq!((url.is_loopback(), url.is_ip()), (loopback, ip), "{text}");
        }
        assert_eq!(BaseUrl::localhost(8080).to_string(), "http://localhost:8080");
    }
}
