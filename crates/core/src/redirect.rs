//! Where the browser may go with a success token: no open redirects (RFC 9700 section 4.11).

use crate::channel::Mode;
use crate::web_address::{WebAddress, WebAddressError};

/// What an app's settings say about its redirects.
#[derive(Debug, Clone, Copy)]
pub struct RedirectRule<'a> {
    /// The app's domain; may be empty.
    pub app_domain: &'a str,
    /// The exact addresses that the app lists; where there are any, nothing else counts
    /// (RFC 9700 section 2.1).
    pub redirect_uris: &'a [String],
    /// Sandbox mode allows `http`, and this very machine on any port.
    pub mode: Mode,
}

/// An address that passed [`RedirectUri::check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectUri(String);

/// Why a `redirect_uri` is refused: one sentence that tells what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedirectError {
    /// It is no address that all parsers read alike.
    #[error("'redirect_uri' {0}.")]
    Address(#[from] WebAddressError),
    /// It already has the parameter that the success token is handed over in.
    #[error("'redirect_uri' must not have a 'token' parameter: the success token is added as one.")]
    TokenParameter,
    /// The app lists exact addresses, and this is none of them.
    #[error("'redirect_uri' must be exactly one of the app's 'redirect_uris'.")]
    NotListed,
    /// The app is live and the address is on the browser's own machine.
    #[error("'redirect_uri' must not be on localhost outside sandbox mode.")]
    LoopbackInLive,
    /// The app is live and the scheme is `http`.
    #[error("'redirect_uri' must begin with https:// outside sandbox mode.")]
    NotHttps,
    /// A port that is not the scheme's default.
    #[error("'redirect_uri' must use the default port, or be listed in the app's 'redirect_uris'.")]
    Port,
    /// Another host than the app's.
    #[error("'redirect_uri' must be on the app's domain, '{app_domain}', or below it.")]
    WrongHost {
        /// The app's domain.
        app_domain: String,
    },
    /// A sandbox app without a domain, and the address is not on this machine.
    #[error(
        "'redirect_uri' must be on localhost, 127.0.0.1 or [::1] as long as neither 'app_domain' nor \
         'redirect_uris' of the app is set."
    )]
    LoopbackOnly,
    /// A live app has nothing to compare with.
    #[error(
        "'redirect_uri' can't be checked: set 'app_domain' or 'redirect_uris' of the app first, or \
         turn 'sandbox_mode' on."
    )]
    NothingToCompare,
}

impl RedirectError {
    /// A stable name for logs and for `vectors/redirects.json`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address(error) => match error {
                WebAddressError::Empty => "empty",
                WebAddressError::TooLong => "too_long",
                WebAddressError::Whitespace => "whitespace",
                WebAddressError::Backslash => "backslash",
                WebAddressError::NotWeb => "not_web",
                WebAddressError::UserInfo => "user_info",
                WebAddressError::Fragment => "fragment",
                WebAddressError::HostNotPlain => "host_not_plain",
                WebAddressError::BadHost => "bad_host",
                WebAddressError::BadPort => "bad_port",
            },
            Self::TokenParameter => "token_parameter",
            Self::NotListed => "not_listed",
            Self::LoopbackInLive => "loopback_in_live",
            Self::NotHttps => "not_https",
            Self::Port => "port",
            Self::WrongHost { .. } => "wrong_host",
            Self::LoopbackOnly => "loopback_only",
            Self::NothingToCompare => "nothing_to_compare",
        }
    }
}

impl RedirectUri {
    /// Judges `raw` by the app's rule. The answer keeps the text as it was written.
    pub fn check(raw: &str, rule: &RedirectRule<'_>) -> Result<Self, RedirectError> {
        let address = WebAddress::parse(raw)?;
        if has_token_parameter(&address) {
            return Err(RedirectError::TokenParameter);
        }
        if rule.redirect_uris.is_empty() {
            check_by_domain(&address, rule)?;
        } else {
            check_by_list(raw, &address, rule)?;
        }
        Ok(Self(address.as_str().to_owned()))
    }

    /// The address, without a token.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with the success token added to its query. What stands there already stays byte
    /// for byte, so that a signature over it still holds.
    pub fn with_token(&self, token: &str) -> String {
        let separator = match self.0.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        let encoded: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
        format!("{}{separator}token={encoded}", self.0)
    }
}

fn check_by_list(
    raw: &str,
    address: &WebAddress,
    rule: &RedirectRule<'_>,
) -> Result<(), RedirectError> {
    if !rule.redirect_uris.iter().any(|listed| listed == raw) {
        return Err(RedirectError::NotListed);
    }
    // A list may name both the developer's machine and the site, and the app then goes live.
    if rule.mode == Mode::Live && address.is_local() {
        return Err(RedirectError::LoopbackInLive);
    }
    if rule.mode == Mode::Live && !address.is_https() {
        return Err(RedirectError::NotHttps);
    }
    Ok(())
}

fn check_by_domain(address: &WebAddress, rule: &RedirectRule<'_>) -> Result<(), RedirectError> {
    let sandbox = rule.mode == Mode::Sandbox;
    if !sandbox && rule.app_domain.is_empty() {
        return Err(RedirectError::NothingToCompare);
    }
    if !sandbox && address.is_local() {
        return Err(RedirectError::LoopbackInLive);
    }
    if !sandbox && !address.is_https() {
        return Err(RedirectError::NotHttps);
    }
    if sandbox && address.is_loopback() {
        return Ok(());
    }
    if rule.app_domain.is_empty() {
        return Err(RedirectError::LoopbackOnly);
    }
    if !address.is_within(rule.app_domain) {
        return Err(RedirectError::WrongHost { app_domain: rule.app_domain.to_owned() });
    }
    if !address.has_default_port() && !address.is_local() {
        return Err(RedirectError::Port);
    }
    Ok(())
}

/// Whether the query has a parameter that some framework would read as `token`. A second one could
/// win over ours, and with it a token of the attacker's. Frameworks differ: they split at ';' too,
/// ignore case, skip leading spaces, stop at NUL, and read `token[]` as a list of the same name.
pub(crate) fn has_token_parameter(address: &WebAddress) -> bool {
    address.query().unwrap_or_default().split(['&', ';']).any(|pair| {
        url::form_urlencoded::parse(pair.as_bytes()).any(|(name, _)| {
            let name = name.trim_start().split(['[', '\0']).next().unwrap_or_default();
            name.trim_end().eq_ignore_ascii_case("token")
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    #[derive(serde::Deserialize)]
    struct Case {
        name: String,
        app_domain: String,
        redirect_uris: Vec<String>,
        mode: Mode,
        redirect_uri: String,
        error: Option<String>,
        token: Option<String>,
        url: Option<String>,
    }

    fn cases() -> Vec<Case> {
        serde_json::from_str(include_str!("../../../vectors/redirects.json")).unwrap()
    }

    fn judge(case: &Case) -> Result<RedirectUri, RedirectError> {
        let rule = RedirectRule {
            app_domain: &case.app_domain,
            redirect_uris: &case.redirect_uris,
            mode: case.mode,
        };
        RedirectUri::check(&case.redirect_uri, &rule)
    }

    #[test]
    fn row_22_vectors() {
        let (mut refused, mut accepted) = (0, 0);
        for case in cases() {
            match (judge(&case), &case.error) {
                (Ok(uri), None) => {
                    accepted += 1;
                    let token = case.token.as_deref().unwrap();
                    assert_eq!(Some(uri.with_token(token)), case.url, "{}", case.name);
                }
                (Err(error), Some(code)) => {
                    refused += 1;
                    assert_eq!(error.code(), code, "{}: {error}", case.name);
                    assert!(error.to_string().starts_with("'redirect_uri' "), "{error}");
                }
                (verdict, _) => panic!("{}: {verdict:?}", case.name),
            }
        }
        assert!(refused >= 60 && accepted >= 15, "{refused} refused, {accepted} accepted");
    }

    /// Pieces from which an attacker would build an address.
    fn hostile_address() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "https://",
            "http://",
            "//",
            "/",
            "\\",
            "?",
            "#",
            "@",
            ":",
            ".",
            "%2e",
            "%2f",
            "%00",
            "example.com",
            "evil.org",
            "www.",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "xn--",
            "\t",
            "\u{ff0e}",
            "\u{3002}",
            ":443",
            ":8443",
            "a",
            "&",
            ";",
            "=",
            "token",
            "%74oken",
        ]);
        let start = prop::sample::select(vec!["https://", "https://example.com", "http://", ""]);
        (start, prop::collection::vec(piece, 0..7))
            .prop_map(|(start, pieces)| format!("{start}{}", pieces.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn row_22_whatever_is_accepted_leads_home_with_our_token(raw in hostile_address()) {
            let rule = RedirectRule {
                app_domain: "example.com", redirect_uris: &[], mode: Mode::Live,
            };
            if let Ok(uri) = RedirectUri::check(&raw, &rule) {
                let url = Url::parse(&uri.with_token("TOKN-1")).unwrap();
                let host = url.host_str().unwrap();
                prop_assert!(host == "example.com" || host.ends_with(".example.com"), "{}", raw);
                prop_assert_eq!((url.scheme(), url.port(), url.fragment()), ("https", None, None));
                let tokens: Vec<_> =
                    url.query_pairs().filter(|(name, _)| name == "token").collect();
                prop_assert_eq!(tokens, vec![("token".into(), "TOKN-1".into())]);
            }
        }

        #[test]
        fn other_parameters_are_kept(
            query in prop::option::of("([a-s]{1,4}(=[a-z0-9%+.~-]{0,6})?&?){0,4}"),
            token in "[ -~]{1,40}",
        ) {
            let rule = RedirectRule {
                app_domain: "example.com", redirect_uris: &[], mode: Mode::Live,
            };
            let raw = match &query {
                Some(query) => format!("https://example.com/login?{query}"),
                None => "https://example.com/login".to_owned(),
            };
            let before: Vec<_> = Url::parse(&raw).unwrap().query_pairs().into_owned().collect();
            let with_token = RedirectUri::check(&raw, &rule).unwrap().with_token(&token);
            prop_assert!(with_token.starts_with(&raw));
            let mut after: Vec<_> =
                Url::parse(&with_token).unwrap().query_pairs().into_owned().collect();
            prop_assert_eq!(after.pop(), Some(("token".to_owned(), token)));
            prop_assert_eq!(after, before);
        }
    }
}
