//! Whose request is it? The peer's address, or what a trusted proxy says, in one canonical form.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

use crate::config::Cidr;

/// Where a request came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress {
    /// The end user's, as far as it can be known.
    pub ip: IpAddr,
    /// A forwarding header came from a peer that is not listed as a trusted proxy: it was not believed.
    pub unlisted_proxy: bool,
}

impl ClientAddress {
    /// Reads the address. Only listed proxies are believed, from the right: what a client itself put in front
    /// of the header can't choose its limiter bucket.
    pub fn read(peer: SocketAddr, headers: &HeaderMap, trusted: &[Cidr]) -> Self {
        let peer = peer.ip().to_canonical();
        let is_trusted = |ip: IpAddr| trusted.iter().any(|range| range.contains(ip));
        let forwarded =
            headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
        if !is_trusted(peer) {
            return Self { ip: peer, unlisted_proxy: forwarded };
        }
        // Bytes that are no text spoil their own hop only, not what the proxy has put behind them.
        let lines = headers.get_all("x-forwarded-for").iter();
        let lines: Vec<_> = lines.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        let hops: Vec<&str> =
            lines.iter().flat_map(|line| line.split(',')).map(str::trim).collect();
        let mut ip = peer;
        for hop in hops.iter().rev() {
            let Some(address) = parse_hop(hop) else { break };
            ip = address;
            if !is_trusted(address) {
                break;
            }
        }
        Self { ip, unlisted_proxy: false }
    }

    /// The limiter's bucket: the address, for IPv6 its /64, which is what one customer gets.
    pub fn bucket(&self) -> String {
        match self.ip {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => {
                let mut segments = v6.segments();
                segments[4..].fill(0);
                format!("{}/64", Ipv6Addr::from(segments))
            }
        }
    }
}

fn parse_hop(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let ip = bare.parse::<IpAddr>().ok().or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip()))?;
    Some(ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(peer: &str, forwarded: &[&str], trusted: &[&str]) -> ClientAddress {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            let value = axum::http::HeaderValue::from_bytes(value.as_bytes()).unwrap();
            headers.append("x-forwarded-for", value);
        }
        let trusted: Vec<Cidr> = trusted.iter().map(|range| range.parse().unwrap()).collect();
        ClientAddress::read(peer.parse().unwrap(), &headers, &trusted)
    }

    #[test]
    fn only_listed_proxies_are_believed() {
        for (peer, forwarded, trusted, ip, unlisted) in [
            ("192.0.2.1:1", &[][..], &[][..], "192.0.2.1", false),
            ("192.0.2.1:1", &["203.0.113.9"], &[], "192.0.2.1", true),
            ("10.0.0.1:1", &["203.0.113.9"], &["10.0.0.0/8"], "203.0.113.9", false),
            ("10.0.0.1:1", &["6.6.6.6, 203.0.113.9"], &["10.0.0.0/8"], "203.0.113.9", false),
            (
                "10.0.0.1:1",
                &["6.6.6.6", "203.0.113.9, 10.0.0.2"],
                &["10.0.0.0/8"],
                "203.0.113.9",
                false,
            ),
            ("10.0.0.1:1", &["\u{e4}, 203.0.113.9"], &["10.0.0.0/8"], "203.0.113.9", false),
            ("10.0.0.1:1", &["203.0.113.9, nonsense"], &["10.0.0.0/8"], "10.0.0.1", false),
            ("10.0.0.1:1", &["[2001:db8::1]:443"], &["10.0.0.0/8"], "2001:db8::1", false),
            ("[::ffff:10.0.0.1]:1", &["203.0.113.9"], &["10.0.0.0/8"], "203.0.113.9", false),
        ] {
            let read = read(peer, forwarded, trusted);
            assert_eq!(
                (read.ip.to_string(), read.unlisted_proxy),
                (ip.to_owned(), unlisted),
                "{forwarded:?}"
            );
        }
    }

    #[test]
    fn one_ipv6_customer_is_one_bucket() {
        let bucket = |peer| read(peer, &[], &[]).bucket();
        assert_eq!(bucket("[2001:db8:1:2:3:4:5:6]:1"), "2001:db8:1:2::/64");
        assert_eq!(bucket("[2001:db8:1:2:ffff::1]:1"), bucket("[2001:db8:1:2::9]:1"));
        assert_ne!(bucket("[2001:db8:1:3::9]:1"), bucket("[2001:db8:1:2::9]:1"));
        assert_eq!(bucket("[::ffff:192.0.2.1]:1"), "192.0.2.1");
    }
}
