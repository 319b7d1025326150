//! `[server]`: where the server listens, and how long and how much it puts up with.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::base_url::BaseUrl;
use super::cidr::Cidr;
use super::country_header::CountryHeader;
use super::duration::{millis, minutes, seconds};
use super::section::section;
use super::source::Values;

section! {
    /// Where the server listens, and how long and how much it puts up with.
    Server = "server";

    /// Address and port to listen on.
    listen: SocketAddr = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
        unit "address:port",
        why "Reachable from this machine only, until somebody decides otherwise.";

    /// The address under which browsers reach the server. All links come from it, never from a request's
    /// Host header.
    base_url: BaseUrl = BaseUrl::localhost(8080),
        unit "origin",
        why "A name, not an IP address, since an IP address can't be a WebAuthn RP ID.";

    /// The proxies whose X-Forwarded-For header is believed. Anybody else's is ignored.
    trusted_proxies: Vec<Cidr> = Vec::new(),
        unit "addresses or CIDR ranges",
        why "Whoever is trusted here can pretend to be any IP address, and so evade the limits per address.";

    /// The header in which your proxy names the country of an address, such as CF-IPCountry: two letters. It is read from
    /// trusted_proxies only. A trusted device in another country than when it was trusted is asked again. Empty: countries
    /// are not known.
    country_header: Option<CountryHeader> = None,
        unit "header",
        why "There is no database of addresses in the server; who has a proxy that knows can say so.";

    /// The addresses that may read /metrics. For all others it does not exist.
    metrics_allowed: Vec<Cidr> = Cidr::loopback().to_vec(),
        unit "addresses or CIDR ranges",
        why "The numbers tell how many people log in where; a collector usually runs on the same machine.";

    /// How long a connection may take to send the headers of a request.
    header_timeout: Duration = seconds(10), within millis(100)..=minutes(5),
        unit "duration",
        why "Ends connections that are opened only to be held.";

    /// How long a request's body may take.
    body_timeout: Duration = seconds(10), within millis(100)..=minutes(5),
        unit "duration",
        why "A form of a few hundred bytes needs far less, even on a poor line.";

    /// How long a connection may wait for its next request.
    idle_timeout: Duration = seconds(30), within millis(100)..=minutes(60),
        unit "duration",
        why "Long enough for a person to read a page, short enough that idle sockets do not pile up.";

    /// How many connections may be open at once. Further ones wait to be accepted.
    max_connections: usize = 10_000, within 1..=1_000_000,
        unit "connections",
        why "Each costs some memory and an open file; where the system allows fewer open files, fewer are taken, and the log says so.";

    /// How large a request's body may be.
    max_body_bytes: usize = 16_384, within 1_024..=1_048_576,
        unit "bytes",
        why "The largest form of the API is well below it.";

    /// How long what is in flight may take to finish once the server is told to stop.
    shutdown_grace: Duration = seconds(20), within Duration::ZERO..=minutes(10),
        unit "duration",
        why "Less than the 30 s after which supervisors usually kill.";

    /// How many access tokens and factor links, counted together, one client may ask one instance for. More get 429.
    access_tokens_per_second: u32 = 500, within 1..=1_000_000,
        unit "requests per second",
        why "Only sheds overload: signing writes nothing and sends nothing, so no login is at stake.";
}

impl Server {
    pub(super) fn check(&self, values: &mut Values) {
        for message in self.base_url.doubts() {
            values.warn_key(Self::NAME, "base_url", message);
        }
        if self.country_header.is_some() && self.trusted_proxies.is_empty() {
            let message = "no proxy is trusted, so the header is never read: list yours in server.trusted_proxies";
            values.warn_key(Self::NAME, "country_header", message.to_owned());
        }
        if self.trusted_proxies.iter().any(Cidr::is_everything) {
            let message = "everybody is trusted, so anybody can pretend to be any IP address: \
                           list only the addresses of your proxies";
            values.warn_key(Self::NAME, "trusted_proxies", message.to_owned());
        }
    }

    const NAME: &'static str = <Self as super::section::Section>::NAME;
}
