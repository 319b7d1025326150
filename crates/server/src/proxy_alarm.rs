//! The alarm that a proxy stands in front without being listed as trusted, so that all end users seem to have
//! one address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use onlyauth_core::time::Timestamp;

/// So long after the last sign it is still raised: a proxy gives signs all the time.
const LASTS: Duration = Duration::from_hours(1);

/// When there was last a sign of an unlisted proxy, in milliseconds since 1970.
#[derive(Debug)]
pub struct ProxyAlarm(AtomicI64);

impl Default for ProxyAlarm {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }
}

impl ProxyAlarm {
    /// An unlisted peer sent a forwarding header. True when that raises the alarm, false when it was raised
    /// already, or when the peer is no proxy of ours.
    ///
    /// Anybody can send such a header, and must not be able to raise an alarm that somebody acts on by
    /// trusting more addresses. A proxy in front of the server reaches it from the same machine or network.
    pub fn hear(&self, peer: IpAddr, now: Timestamp) -> bool {
        if !is_near(peer) {
            return false;
        }
        let before = self.0.swap(now.as_millis(), Ordering::Relaxed);
        now.is_expired(end(before))
    }

    /// Whether there was a sign within the last hour.
    pub fn is_raised(&self, now: Timestamp) -> bool {
        !now.is_expired(end(self.0.load(Ordering::Relaxed)))
    }
}

fn end(last: i64) -> Timestamp {
    Timestamp::from_millis(last).plus(LASTS)
}

/// Whether an address is one that the Internet does not route: this machine's, or of a private network
/// (RFC 1918, RFC 6598, RFC 4193, link-local).
fn is_near(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            v4.is_loopback() || v4.is_private() || v4.is_link_local() || is_shared(v4)
        }
        IpAddr::V6(v6) => {
            v6 == Ipv6Addr::LOCALHOST || v6.is_unique_local() || v6.is_unicast_link_local()
        }
    }
}

/// 100.64.0.0/10.
fn is_shared(v4: Ipv4Addr) -> bool {
    let [a, b, ..] = v4.octets();
    a == 100 && b & 0xc0 == 64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_millis(1_767_268_800_000 + minutes * 60_000)
    }

    #[test]
    fn it_is_raised_once_and_ends_an_hour_after_the_last_sign() {
        let alarm = ProxyAlarm::default();
        let proxy = IpAddr::from([10, 0, 0, 1]);
        assert!(!alarm.is_raised(at(0)));
        assert!(alarm.hear(proxy, at(0)));
        assert!(!alarm.hear(proxy, at(30)), "told once");
        assert!(alarm.is_raised(at(89)));
        assert!(!alarm.is_raised(at(90)));
        assert!(alarm.hear(proxy, at(90)), "and again after it had ended");
    }

    #[test]
    fn nobody_out_there_can_raise_it() {
        for (peer, raises) in [
            ("127.0.0.1", true),
            ("10.1.2.3", true),
            ("172.31.0.1", true),
            ("192.168.1.1", true),
            ("169.254.1.1", true),
            ("100.64.0.1", true),
            ("100.127.255.255", true),
            ("::1", true),
            ("fd00::1", true),
            ("fe80::1", true),
            ("::ffff:10.0.0.1", true),
            ("100.128.0.1", false),
            ("172.32.0.1", false),
            ("203.0.113.9", false),
            ("::ffff:203.0.113.9", false),
            ("2001:db8::1", false),
        ] {
            let alarm = ProxyAlarm::default();
            assert_eq!(alarm.hear(peer.parse().unwrap(), at(0)), raises, "{peer}");
            assert_eq!(alarm.is_raised(at(0)), raises, "{peer}");
        }
    }
}
