//! The country of an address, as a proxy in front of the server names it.

use std::fmt;
use std::str::FromStr;

/// Two letters or digits in capitals: ISO 3166-1 alpha-2, and what networks use beside it, such as `T1` for Tor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Country([u8; 2]);

/// What proxies say where they don't know (ISO 3166-1 leaves it to its users).
const UNKNOWN: &str = "XX";

impl Country {
    /// Reads a name, in any case; None for anything else, and for the name of what nobody knows.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 2] = text.trim().as_bytes().try_into().ok()?;
        let country = Self(bytes.map(|byte| byte.to_ascii_uppercase()));
        (bytes.iter().all(u8::is_ascii_alphanumeric) && country.as_str() != UNKNOWN)
            .then_some(country)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        // ASCII by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text names no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such country")]
pub struct NoCountry;

impl FromStr for Country {
    type Err = NoCountry;

    fn from_str(text: &str) -> Result<Self, NoCountry> {
        Self::parse(text).ok_or(NoCountry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_a_name_and_known() {
        let read = |text| Country::parse(text).map(|country| country.to_string());
        for (text, expected) in [
            ("DE", Some("DE")),
            ("de", Some("DE")),
            (" de ", Some("DE")),
            ("T1", Some("T1")),
            ("XX", None),
            ("xx", None),
            ("", None),
            ("D", None),
            ("DEU", None),
            ("D-", None),
            ("ß", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text:?}");
        }
    }
}
