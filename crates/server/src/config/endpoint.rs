//! The address of something that the server calls.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// An http or https URL, without user or fragment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint(Url);

impl Endpoint {
    /// As a URL.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Whether what is sent there crosses a network in clear.
    pub fn is_exposed(&self) -> bool {
        let loopback = match self.0.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        self.0.scheme() != "https" && !loopback
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is no endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an http or https URL without user or fragment, such as \"https://gateway.example.com/send\""
)]
pub struct NotAnEndpoint;

impl FromStr for Endpoint {
    type Err = NotAnEndpoint;

    fn from_str(text: &str) -> Result<Self, NotAnEndpoint> {
        let url = Url::parse(text).map_err(|_| NotAnEndpoint)?;
        let good = matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none();
        if good { Ok(Self(url)) } else { Err(NotAnEndpoint) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_called_without_surprise_is_an_endpoint() {
        for (text, exposed) in [
            ("https://gateway.example.com/send?queue=1", Some(false)),
            ("http://gateway.example.com/send", Some(true)),
            ("http://localhost:9000/send", Some(false)),
            ("http://127.0.0.1:9000/send", Some(false)),
            ("http://[::1]:9000/", Some(false)),
            ("https://user@gateway.example.com/", None),
            ("https://:secret@gateway.example.com/", None),
            ("https://gateway.example.com/#f", None),
            ("ftp://gateway.example.com/", None),
            ("gateway.example.com", None),
            ("", None),
        ] {
            let endpoint = text.parse::<Endpoint>().ok();
            assert_eq!(endpoint.map(|endpoint| endpoint.is_exposed()), exposed, "{text:?}");
        }
    }
}
