//! The base URL, and whether a proxy stands in front without being listed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::{Check, probe};
use crate::config::{Config, Loaded, Problem};

/// Whether a warning of the configuration concerns the base URL.
pub(super) fn is_about_base_url(warning: &Problem) -> bool {
    warning.key.as_deref() == Some("server.base_url")
}

/// Is the base URL https or loopback, and a name?
pub(super) fn base_url(loaded: &Loaded) -> Check {
    const NAME: &str = "base URL";
    let url = &loaded.config.server.base_url;
    let about = loaded.warnings.iter().filter(|warning| is_about_base_url(warning));
    let warnings: Vec<&str> = about.map(|warning| warning.message.as_str()).collect();
    if warnings.is_empty() {
        return Check::ok(NAME, format!("{url}"));
    }
    let hint = "set server.base_url to the https address under which browsers reach the server";
    Check::warn(NAME, warnings.join("; "), hint)
}

/// Has the running server seen forwarding headers from a peer that is not listed?
pub(super) fn proxy(config: &Config) -> Check {
    const NAME: &str = "proxy";
    let address = reachable(config.server.listen);
    match probe::unlisted_proxy(address) {
        Ok(false) => Check::ok(NAME, "no unlisted proxy has been seen within the last hour"),
        Ok(true) => Check::warn(
            NAME,
            "requests arrive through a proxy that is not listed, so all end users seem to have its address",
            "list the proxy's address in server.trusted_proxies and restart",
        ),
        Err(error) => Check::skip(
            NAME,
            format!("no server could be asked at {address}: {error}; run it, then look again"),
        ),
    }
}

/// Where a server that listens on all addresses can be reached from here.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;
    use crate::config::{Flag, Sources};

    fn loaded(base_url: &str) -> Loaded {
        let flag = Flag {
            flag: "--base-url",
            section: "server",
            key: "base_url",
            value: base_url.to_owned(),
        };
        Config::load(&Sources { flags: vec![flag], ..Sources::default() }).unwrap()
    }

    #[test]
    fn base_urls() {
        for (url, status) in [
            ("http://localhost:8080", Status::Ok),
            ("https://auth.example.com", Status::Ok),
            ("http://auth.example.com", Status::Warn),
            ("https://192.0.2.1", Status::Warn),
            ("http://127.0.0.1:8080", Status::Warn),
        ] {
            assert_eq!(base_url(&loaded(url)).status, status, "{url}");
        }
    }

    #[test]
    fn all_addresses_means_this_machine() {
        for (listen, expected) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            assert_eq!(reachable(listen.parse().unwrap()), expected.parse().unwrap());
        }
    }
}
