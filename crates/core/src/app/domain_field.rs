//! The setting `app_domain`: a host name that belongs to one owner.

use std::net::IpAddr;

use url::{Host, Url};

use super::plain_fields::shown;
use crate::web_address::is_host_name;

/// Empty, or a host name in lower case and punycode that is no public suffix: below a suffix such as
/// `github.io` anybody can have a site, and redirects and frames would be open to all of them.
pub(super) fn app_domain(value: &str) -> Result<String, Vec<String>> {
    if value.is_empty() {
        return Ok(String::new());
    }
    canonical(value).map_err(|problem| {
        let better = suggestion(value);
        vec![match better {
            Some(host) => {
                format!("'app_domain' must be a host name and nothing else: give '{host}'.")
            }
            None => format!("'app_domain' {problem}."),
        }]
    })
}

fn canonical(value: &str) -> Result<String, String> {
    if value.parse::<IpAddr>().is_ok() {
        return Err(NO_IP.to_owned());
    }
    // The host parser would decode percent signs, and so turn one host into another.
    let host = if value.contains('%') { None } else { Host::parse(value).ok() };
    let name = match host {
        Some(Host::Domain(name)) if is_host_name(&name) => name,
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => return Err(NO_IP.to_owned()),
        _ => {
            return Err(
                "must be a host name such as example.com, without scheme, port and path".to_owned()
            );
        }
    };
    if !name.contains('.') {
        return Err("must be a full domain such as example.com; for localhost leave it empty, \
                    sandbox mode allows localhost without it"
            .to_owned());
    }
    if psl::suffix_str(&name) == Some(name.as_str()) {
        return Err(format!(
            "must not be the public suffix '{}', below which anybody can have a site: give a name \
             of your own below it",
            shown(&name)
        ));
    }
    Ok(name)
}

const NO_IP: &str = "must be a host name such as example.com, not an IP address";

/// The host inside what somebody pasted, if that alone would do.
fn suggestion(value: &str) -> Option<String> {
    let value = value.trim();
    let address = if value.contains("://") { value.to_owned() } else { format!("https://{value}") };
    let url = Url::parse(&address).ok()?;
    let host = url.host_str()?.trim_end_matches('.');
    let host = host.strip_prefix("*.").or_else(|| host.strip_prefix('.')).unwrap_or(host);
    canonical(host).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_become_canonical() {
        for (value, host) in [
            ("", ""),
            ("example.com", "example.com"),
            ("Shop.Example.COM", "shop.example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("me.github.io", "me.github.io"),
            ("example.co.uk", "example.co.uk"),
            ("shop.localhost", "shop.localhost"),
            ("intranet.corp.internal", "intranet.corp.internal"),
        ] {
            assert_eq!(app_domain(value), Ok(host.to_owned()), "{value}");
        }
    }

    #[test]
    fn what_was_pasted_is_put_right() {
        for (value, host) in [
            ("https://example.com", "example.com"),
            ("http://Shop.example.com:8080/login?x#y", "shop.example.com"),
            ("example.com:8443", "example.com"),
            ("example.com/", "example.com"),
            ("example.com.", "example.com"),
            ("*.example.com", "example.com"),
            (".example.com", "example.com"),
            ("user@example.com", "example.com"),
            (" example.com\n", "example.com"),
        ] {
            assert_eq!(
                app_domain(value),
                Err(vec![format!(
                    "'app_domain' must be a host name and nothing else: give '{host}'."
                )]),
                "{value:?}"
            );
        }
    }

    #[test]
    fn what_belongs_to_no_one_owner_is_refused() {
        for (value, part) in [
            ("com", "full domain"),
            ("localhost", "for localhost leave it empty"),
            ("http://localhost:3000", "without scheme"),
            ("co.uk", "public suffix 'co.uk'"),
            ("GitHub.io", "public suffix 'github.io'"),
            ("foo.ck", "public suffix 'foo.ck'"),
            ("公司.cn", "public suffix 'xn--55qx5d.cn'"),
            ("https://co.uk/", "without scheme"),
            ("127.0.0.1", "not an IP address"),
            ("0x7f.1", "not an IP address"),
            ("2130706433", "not an IP address"),
            ("[::1]", "not an IP address"),
            ("::1", "not an IP address"),
            ("a..example.com", "without scheme"),
            ("exa mple.com", "without scheme"),
            ("a'b.example", "without scheme"),
            (".", "without scheme"),
        ] {
            let problems = app_domain(value).expect_err(value);
            assert!(
                matches!(&problems[..], [one] if one.starts_with("'app_domain' must ") && one.contains(part)),
                "{value:?}: {problems:?}"
            );
        }
        let long = format!("{}.example.com", "a".repeat(64));
        assert!(app_domain(&long).is_err());
    }
}
