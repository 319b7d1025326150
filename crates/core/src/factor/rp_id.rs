//! The RP ID: the domain that passkeys belong to (WebAuthn level 3, section 4).
//!
//! A passkey made under one RP ID is worth nothing under another, so it is configured once for an installation, and
//! every base URL must lie at it or below it.

use std::fmt;

use crate::web_address::is_host_name;

/// A domain that passkeys can belong to: a host name in lower case, no IP address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RpId(String);

/// Why a text is no RP ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a host name such as \"example.com\" in lower case, without scheme and port; an IP address can't be one"
)]
pub struct NotAnRpId;

/// Why there is no RP ID for some hosts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRpId {
    /// A host is an IP address, or no name at all.
    #[error("{0} is an IP address, which can't be an RP ID: use a host name")]
    Address(String),
    /// A host is not at or below the RP ID, or browsers let nobody claim it from there.
    #[error(
        "{host} can't use the RP ID {rp_id}: it must be that host, or a domain above it that is no public suffix"
    )]
    Elsewhere {
        /// The host.
        host: String,
        /// The RP ID that was wanted.
        rp_id: String,
    },
    /// The hosts have no domain above them all that one owner can have.
    #[error(
        "the base URLs have no domain in common: passkeys of one would be worth nothing at the others"
    )]
    NothingInCommon,
}

impl RpId {
    /// Reads an RP ID in its only spelling.
    ///
    /// # Errors
    /// The text is none.
    pub fn parse(text: &str) -> Result<Self, NotAnRpId> {
        let canonical = is_host_name(text) && !text.chars().any(|char| char.is_ascii_uppercase());
        // What ends in a number is read as an IPv4 address (URL standard, section 3.5), however it is spelt.
        let last = text.rsplit('.').next().unwrap_or_default();
        let is_address = text.parse::<std::net::IpAddr>().is_ok()
            || last.chars().all(|char| char.is_ascii_digit())
            || last.starts_with("0x");
        if canonical && !is_address { Ok(Self(text.to_owned())) } else { Err(NotAnRpId) }
    }

    /// The domain.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a page at `host` may use it: the host itself, or a registrable domain above it (HTML standard, "is a
    /// registrable domain suffix of or is equal to").
    pub fn covers(&self, host: &str) -> bool {
        let above = host.strip_suffix(self.as_str()).is_some_and(|rest| rest.ends_with('.'));
        host == self.0 || (above && !self.is_public_suffix())
    }

    fn is_public_suffix(&self) -> bool {
        psl::suffix_str(&self.0) == Some(self.as_str())
    }

    /// That it covers every one of these hosts.
    ///
    /// # Errors
    /// The first that it does not cover.
    pub fn check_hosts<'a>(&self, hosts: impl IntoIterator<Item = &'a str>) -> Result<(), NoRpId> {
        for host in hosts {
            if !self.covers(host) {
                return Err(NoRpId::Elsewhere { host: host.to_owned(), rp_id: self.0.clone() });
            }
        }
        Ok(())
    }

    /// The one for an installation that names none: its host, and with several the longest domain above all of them.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of_hosts(hosts: &[&str]) -> Result<Self, NoRpId> {
        for host in hosts {
            Self::parse(host).map_err(|_| NoRpId::Address((*host).to_owned()))?;
        }
        let (first, others) = hosts.split_first().ok_or(NoRpId::NothingInCommon)?;
        let mut candidate = *first;
        loop {
            let rp_id = Self(candidate.to_owned());
            if rp_id.covers(first) && others.iter().all(|host| rp_id.covers(host)) {
                return Ok(rp_id);
            }
            candidate = candidate.split_once('.').ok_or(NoRpId::NothingInCommon)?.1;
        }
    }
}

impl fmt::Display for RpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_host_name_in_lower_case_is_one() {
        for good in ["example.com", "auth.example.com", "localhost", "xn--bcher-kva.example"] {
            assert_eq!(RpId::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "",
            "Example.com",
            "127.0.0.1",
            "0x7f.1",
            "1.2.3.0x4",
            "2130706433",
            "::1",
            "[::1]",
            "https://example.com",
            "example.com:443",
            "example.com.",
            ".example.com",
            "*.example.com",
            "exa mple.com",
        ] {
            assert_eq!(RpId::parse(bad), Err(NotAnRpId), "{bad:?}");
        }
    }

    #[test]
    fn it_is_the_host_or_a_domain_above_it_that_one_owner_has() {
        for (rp_id, host, covers) in [
            ("example.com", "example.com", true),
            ("example.com", "auth.example.com", true),
            ("example.com", "a.b.example.com", true),
            ("auth.example.com", "example.com", false),
            ("example.com", "notexample.com", false),
            ("example.com", "example.com.evil.example", false),
            // Below these anybody can have a site.
            ("com", "example.com", false),
            ("co.uk", "shop.co.uk", false),
            ("github.io", "me.github.io", false),
            // A host is always its own.
            ("github.io", "github.io", true),
            ("localhost", "localhost", true),
            ("localhost", "app.localhost", false),
            ("app.localhost", "x.app.localhost", true),
        ] {
            assert_eq!(RpId::parse(rp_id).unwrap().covers(host), covers, "{rp_id} {host}");
        }
    }

    #[test]
    fn several_hosts_have_the_longest_domain_above_them_all() {
        for (hosts, expected) in [
            (&["auth.example.com"][..], Some("auth.example.com")),
            (&["localhost"], Some("localhost")),
            (&["us.auth.example.com", "eu.auth.example.com"], Some("auth.example.com")),
            (&["us.auth.example.com", "auth.example.com"], Some("auth.example.com")),
            (&["auth.example.com", "us.auth.example.com"], Some("auth.example.com")),
            (&["auth.example.com", "auth.example.org"], None),
            (&["a.github.io", "b.github.io"], None),
            (&["auth.example.com", "127.0.0.1"], None),
            (&["127.0.0.1"], None),
            (&["::1"], None),
            (&[], None),
        ] {
            let found = RpId::of_hosts(hosts).ok();
            assert_eq!(found.as_ref().map(RpId::as_str), expected, "{hosts:?}");
        }
    }

    #[test]
    fn a_host_that_is_not_covered_is_named() {
        let rp_id = RpId::parse("example.com").unwrap();
        assert_eq!(rp_id.check_hosts(["a.example.com", "example.com"]), Ok(()));
        assert_eq!(
            rp_id.check_hosts(["a.example.com", "example.org"]).unwrap_err().to_string(),
            "example.org can't use the RP ID example.com: it must be that host, or a domain above \
             it that is no public suffix"
        );
    }
}
