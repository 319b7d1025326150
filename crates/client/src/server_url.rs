//! The address of the server: what may be one, and how an operation's address is built from it.

use std::net::IpAddr;

use reqwest::Url;
use url::Host;

use crate::error::Error;

/// Names the server where a program names none.
pub const SERVER_URL_VARIABLE: &str = "ONLYAUTH_SERVER_URL";

/// The server where nobody names one: a secret leaves the machine only for a server that somebody named.
pub const DEFAULT_SERVER_URL: &str = "http://localhost:8080";

/// A server URL that has been checked.
#[derive(Debug, Clone)]
pub(crate) struct ServerUrl(Url);

impl ServerUrl {
    /// Checks an address. Plain HTTP beyond this machine is refused unless it is allowed: whoever sits in between
    /// would read the secret.
    pub(crate) fn parse(text: &str, allow_plain_http: bool) -> Result<Self, Error> {
        let refuse = |why: &str| Err(Error::Configuration(format!("the server URL {why}")));
        let Ok(url) = Url::parse(text.trim()) else {
            return refuse("can't be read: it looks like https://auth.example");
        };
        if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
            return refuse("must begin with https:// or http://");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("has a user or password: leave it out, the API secret is what counts");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("has a query or fragment: leave out what begins with ? or #");
        }
        let url = Self(url);
        if url.0.scheme() == "http" && !url.is_loopback() && !allow_plain_http {
            return refuse(
                "is plain http and not on this machine, so the API secret would travel readably: \
                 use https, or allow plain http where the network is your own",
            );
        }
        Ok(url)
    }

    /// Whether requests stay on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name == "localhost" || name.ends_with(".localhost")
            }
            Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
            Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
            None => false,
        }
    }

    /// Scheme, host and port, for messages.
    pub(crate) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The address of `path` below the server, its parameters in braces filled in.
    pub(crate) fn below(
        &self,
        path: &str,
        parameters: &[(String, String)],
        query: &[(String, String)],
    ) -> Result<Url, Error> {
        let mut url = self.0.clone();
        {
            let Ok(mut segments) = url.path_segments_mut() else {
                return Err(Error::Configuration("the server URL can't have a path".to_owned()));
            };
            segments.pop_if_empty();
            for segment in path.split('/').skip(1) {
                segments.push(filled(segment, parameters)?);
            }
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }
}

fn filled<'a>(segment: &'a str, parameters: &'a [(String, String)]) -> Result<&'a str, Error> {
    let name = segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}'));
    let Some(name) = name else { return Ok(segment) };
    let found = parameters.iter().find(|(parameter, _)| parameter == name);
    let value = found.map_or("", |(_, value)| value.as_str());
    // Dots would be resolved away, and the operation would meet another address than the one that is meant.
    if value.is_empty() || value == "." || value == ".." {
        return Err(Error::Call(format!("'{name}' is empty or no id: pass it as the API gave it")));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn secrets_go_to_https_or_stay_on_the_machine() {
        for (text, plainly, allowed) in [
            ("https://auth.example", true, true),
            ("https://auth.example:8443/onlyauth/", true, true),
            (" http://localhost:8080 ", true, true),
            ("http://shop.localhost", true, true),
            ("http://127.9.9.9:1", true, true),
            ("http://[::1]:8080", true, true),
            ("http://auth.example", false, true),
            ("http://10.0.0.7:8080", false, true),
            ("http://localhost.example", false, true),
            ("http://onlyauth:8080", false, true),
            ("https://user@auth.example", false, false),
            ("https://user:pass@auth.example", false, false),
            ("https://auth.example/?a=b", false, false),
            ("https://auth.example/#a", false, false),
            ("ftp://auth.example", false, false),
            ("auth.example", false, false),
            ("localhost:8080", false, false),
            ("", false, false),
        ] {
            assert_eq!(ServerUrl::parse(text, false).is_ok(), plainly, "{text}");
            assert_eq!(ServerUrl::parse(text, true).is_ok(), allowed, "{text}, plain http allowed");
        }
    }

    #[test]
    fn a_refusal_does_not_repeat_what_the_address_held() {
        let refused = ServerUrl::parse("https://user:hush@auth.example", false).unwrap_err();
        assert!(!refused.to_string().contains("hush"));
    }

    #[test]
    fn addresses_are_built_below_the_servers_path() {
        let below = |server: &str, id: &str, query: &[(&str, &str)]| {
            let server = ServerUrl::parse(server, false).unwrap();
            let url = server.below("/apps/{app_id}", &pairs(&[("app_id", id)]), &pairs(query));
            url.map(|url| url.to_string())
        };
        for (server, id, query, expected) in [
            ("https://a.example", "APPX-1", &[][..], "https://a.example/apps/APPX-1"),
            (
                "https://a.example/x",
                "APPX-1",
                &[("c", "a b&")],
                "https://a.example/x/apps/APPX-1?c=a+b%26",
            ),
            (
                "https://a.example/x/",
                "a/../b?c#d",
                &[],
                "https://a.example/x/apps/a%2F..%2Fb%3Fc%23d",
            ),
        ] {
            assert_eq!(below(server, id, query).unwrap(), expected);
        }
        for id in ["", ".", ".."] {
            assert!(matches!(below("https://a.example", id, &[]), Err(Error::Call(_))), "{id:?}");
        }
    }
}
