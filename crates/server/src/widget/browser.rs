//! What a browser shows of itself beside a form: the device that it may be trusted as, and the country that a proxy knows.

use std::net::SocketAddr;

use axum::http::{HeaderMap, HeaderValue, header};
use onlyauth_core::trust::{Country, DeviceToken};

use crate::config::{Cidr, Server};

/// The cookie of a trusted device. Only this host can set it, over TLS or on the machine itself (`__Host-`).
const COOKIE: &str = "__Host-onlyauth-device";

/// A browser.
#[derive(Debug, Clone, Default)]
pub(super) struct Browser {
    /// The device that it shows.
    pub(super) device: Option<DeviceToken>,
    /// Where it is; None where nobody can tell.
    pub(super) country: Option<Country>,
}

impl Browser {
    /// The browser that asks for a page.
    pub(super) fn read(peer: SocketAddr, headers: &HeaderMap, server: &Server) -> Self {
        let from_proxy = server.trusted_proxies.iter().any(|range| is_in(range, peer));
        let named = server.country_header.as_ref().filter(|_| from_proxy);
        let country = named.and_then(|name| headers.get(name.name())?.to_str().ok());
        Self { device: device(headers), country: country.and_then(Country::parse) }
    }

    /// The browser that posts a form. Another site can make a browser post to us, with our cookie: such a form comes with no
    /// device. The Origin would say less, which is `null` where no referrer is told.
    pub(super) fn that_posts(peer: SocketAddr, headers: &HeaderMap, server: &Server) -> Self {
        let browser = Self::read(peer, headers, server);
        let elsewhere = headers
            .get("sec-fetch-site")
            .is_some_and(|site| site != "same-origin" && site != "none");
        Self { device: browser.device.filter(|_| !elsewhere), ..browser }
    }
}

fn is_in(range: &Cidr, peer: SocketAddr) -> bool {
    range.contains(peer.ip().to_canonical())
}

/// What the browser is to keep, for so many seconds. Partitioned, since in the frame of a site it is a third party's: such a
/// cookie is kept for that site alone, also where others of third parties are blocked.
pub(super) fn cookie(device: &DeviceToken, seconds: u64) -> Option<HeaderValue> {
    let text = format!(
        "{COOKIE}={}; Max-Age={seconds}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned",
        device.reveal()
    );
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// None where there is no device, or two of them, of which none is better than the other.
fn device(headers: &HeaderMap) -> Option<DeviceToken> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut values = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE);
    let (_, value) = values.next()?;
    values.next().is_none().then(|| DeviceToken::parse(value))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::CountryHeader;

    const TOKEN: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn server() -> Server {
        Server {
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            country_header: CountryHeader::parse("CF-IPCountry"),
            ..Server::default()
        }
    }

    fn shown(lines: &[(&'static str, &str)]) -> Option<String> {
        let browser = Browser::read("192.0.2.1:1".parse().unwrap(), &headers(lines), &server());
        browser.device.map(|device| device.reveal())
    }

    #[test]
    fn a_device_is_shown_by_one_cookie_of_its_shape() {
        let own = format!("__Host-onlyauth-device={TOKEN}");
        let beside = format!("a=b; {own}; c");
        let twice = format!("{own}; {own}");
        for (cookie, expected) in [
            (own.as_str(), Some(TOKEN)),
            (&beside, Some(TOKEN)),
            (&twice, None),
            ("", None),
            ("__Host-onlyauth-device=", None),
            ("__Host-onlyauth-device=short", None),
            ("onlyauth-device=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", None),
        ] {
            assert_eq!(shown(&[("cookie", cookie)]).as_deref(), expected, "{cookie}");
        }
        assert_eq!(shown(&[("cookie", &own), ("cookie", &own)]), None);
    }

    #[test]
    fn a_form_that_another_site_posts_shows_no_device() {
        let own = format!("__Host-onlyauth-device={TOKEN}");
        for (site, expected) in [(Some("same-origin"), true), (Some("none"), true), (None, true)]
            .into_iter()
            .chain(["cross-site", "same-site", "?"].map(|site| (Some(site), false)))
        {
            let mut lines = vec![("cookie", own.as_str())];
            lines.extend(site.map(|site| ("sec-fetch-site", site)));
            let peer = "192.0.2.1:1".parse().unwrap();
            let browser = Browser::that_posts(peer, &headers(&lines), &server());
            assert_eq!(browser.device.is_some(), expected, "{site:?}");
        }
        // A frame is of another site's page, and asks for it by a link.
        assert!(shown(&[("cookie", &own), ("sec-fetch-site", "cross-site")]).is_some());
    }

    #[test]
    fn only_a_listed_proxy_knows_the_country() {
        let country = |peer: &str, server: &Server, value| {
            let headers = headers(&[("cf-ipcountry", value)]);
            Browser::read(peer.parse().unwrap(), &headers, server).country
        };
        let read = |peer, value| country(peer, &server(), value).map(|found| found.to_string());
        assert_eq!(read("10.0.0.1:1", "DE").as_deref(), Some("DE"));
        assert_eq!(read("[::ffff:10.0.0.1]:1", "de").as_deref(), Some("DE"));
        assert_eq!(read("192.0.2.1:1", "DE"), None);
        assert_eq!(read("10.0.0.1:1", "XX"), None);
        let unset = Server { country_header: None, ..server() };
        assert_eq!(country("10.0.0.1:1", &unset, "DE"), None);
    }

    #[test]
    fn row_23_what_the_browser_keeps_is_for_this_host_alone_and_not_printed() {
        let value = cookie(&DeviceToken::parse(TOKEN).unwrap(), 60).unwrap();
        assert_eq!(
            value.to_str().unwrap(),
            format!(
                "__Host-onlyauth-device={TOKEN}; Max-Age=60; Path=/; Secure; HttpOnly; \
                 SameSite=None; Partitioned"
            )
        );
        assert!(!format!("{value:?}").contains(TOKEN));
    }
}
