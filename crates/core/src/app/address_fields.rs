//! Settings that hold addresses: `icon`, `redirect_uris`, `origins`.

use super::plain_fields::{collect, shown};
use crate::redirect::has_token_parameter;
use crate::web_address::{WebAddress, WebAddressError};

/// The most entries of a list of addresses.
const MAX_ENTRIES: usize = 20;

/// Empty, or the address of a picture that the widget's policy can allow.
pub(super) fn icon(value: &str) -> Result<String, Vec<String>> {
    if value.is_empty() {
        return Ok(String::new());
    }
    let read = || {
        let address = secure(value)?;
        if !address.fits_policy() {
            return Err(NO_IP.to_owned());
        }
        Ok(address.as_str().to_owned())
    };
    read().map_err(|problem| vec![format!("'icon' {problem}.")])
}

/// Exact addresses. They are kept as written, because they are compared as written (RFC 9700
/// section 2.1).
pub(super) fn redirect_uris(value: &str) -> Result<Vec<String>, Vec<String>> {
    list("redirect_uris", value, |entry| {
        let address = secure(entry)?;
        if has_token_parameter(&address) {
            return Err(
                "must not have a 'token' parameter: the success token is added as one".into()
            );
        }
        Ok(entry.to_owned())
    })
}

/// Exact origins, in their canonical spelling.
pub(super) fn origins(value: &str) -> Result<Vec<String>, Vec<String>> {
    list("origins", value, |entry| {
        if entry.contains('*') {
            return Err("must not contain '*': list each origin by itself".into());
        }
        let address = secure(entry)?;
        if !address.fits_policy() {
            return Err(NO_IP.to_owned());
        }
        if !address.is_bare_origin() {
            return Err(format!("must be an origin without a path: give '{}'", address.origin()));
        }
        Ok(address.origin())
    })
}

/// Browsers match no IP address but `127.0.0.1` in a policy: such a setting would do nothing.
const NO_IP: &str = "must have a host name, not an IP address (127.0.0.1 is the exception)";

/// An address by `https`, or by `http` on this machine.
fn secure(text: &str) -> Result<WebAddress, String> {
    let address = WebAddress::parse(text).map_err(|error: WebAddressError| error.to_string())?;
    if address.is_https() || address.is_local() {
        Ok(address)
    } else {
        Err("must begin with https:// (http is for localhost only)".to_owned())
    }
}

fn list(
    name: &str,
    value: &str,
    read: impl Fn(&str) -> Result<String, String>,
) -> Result<Vec<String>, Vec<String>> {
    if value.split(' ').filter(|entry| !entry.is_empty()).count() > MAX_ENTRIES {
        return Err(vec![format!("'{name}' must have at most {MAX_ENTRIES} entries.")]);
    }
    collect(value, |entry| {
        read(entry).map_err(|problem| format!("'{name}': '{}' {problem}.", shown(entry)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons() {
        for good in ["", "https://example.com/a.png?v=2", "http://localhost:3000/a.png"] {
            assert_eq!(icon(good), Ok(good.to_owned()));
        }
        assert_eq!(icon("https://example.com/\"x"), Ok("https://example.com/%22x".to_owned()));
        for bad in [
            "http://example.com/a.png",
            "data:image/png;base64,AA==",
            "javascript:alert(1)",
            "/a.png",
            "https://user@example.com/a.png",
            "https://8.8.8.8/a.png",
            "https://example.com; script-src *",
            " ",
        ] {
            let problems = icon(bad).expect_err(bad);
            assert!(problems[0].starts_with("'icon' must "), "{problems:?}");
        }
    }

    #[test]
    fn redirect_uris_are_kept_as_written() {
        assert_eq!(
            redirect_uris("https://Example.com/A  http://app.localhost:3000/b?c=d"),
            Ok(vec!["https://Example.com/A".into(), "http://app.localhost:3000/b?c=d".into()])
        );
        assert_eq!(redirect_uris(""), Ok(vec![]));
        let problems = redirect_uris(
            "http://example.com/ https://example.com/#a https://a@example.com/ \
             https://example.com/?a&%74oken=1 https://*.example.com/ javascript:x\ty",
        )
        .unwrap_err();
        assert_eq!(
            problems,
            [
                "'redirect_uris': 'http://example.com/' must begin with https:// (http is for \
                 localhost only).",
                "'redirect_uris': 'https://example.com/#a' must not contain a fragment ('#').",
                "'redirect_uris': 'https://a@example.com/' must not contain '@' before the path: \
                 user names and passwords have no place there.",
                "'redirect_uris': 'https://example.com/?a&%74oken=1' must not have a 'token' \
                 parameter: the success token is added as one.",
                "'redirect_uris': 'https://*.example.com/' must have a valid host name.",
                "'redirect_uris': 'javascript:x\\ty' must not contain whitespace or control \
                 characters: percent-encode them.",
            ]
        );
    }

    #[test]
    fn row_24_origins_are_exact_and_canonical() {
        assert_eq!(
            origins(
                "HTTPS://Example.com:443/ https://example.com https://a.example:8443 \
                     http://127.0.0.1:3000 http://localhost"
            ),
            Ok(vec![
                "https://example.com".into(),
                "https://a.example:8443".into(),
                "http://127.0.0.1:3000".into(),
                "http://localhost".into(),
            ])
        );
        for bad in [
            "*",
            "null",
            "https://*.example.com",
            "https://example.com/path",
            "https://example.com?x",
            "http://example.com",
            "https://example.com;script-src",
            "https://10.0.0.1",
            "http://[::1]:3000",
            "'self'",
            "https:",
        ] {
            let problems = origins(bad).expect_err(bad);
            assert!(problems[0].starts_with(&format!("'origins': '{bad}' must ")), "{problems:?}");
        }
    }

    #[test]
    fn lists_have_an_end() {
        let many: Vec<_> = (0..21).map(|n| format!("https://example.com/{n}")).collect();
        assert_eq!(redirect_uris(&many[..20].join(" ")).map(|list| list.len()), Ok(20));
        assert_eq!(
            redirect_uris(&many.join(" ")),
            Err(vec!["'redirect_uris' must have at most 20 entries.".to_owned()])
        );
    }
}
