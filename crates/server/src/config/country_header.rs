//! The header in which a proxy names the country of an address.

use axum::http::HeaderName;

use super::setting::{Expectation, Setting, quoted};
use super::value::Raw;

/// Its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryHeader(HeaderName);

impl CountryHeader {
    /// Reads a name, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// The same, to look it up by.
    pub fn name(&self) -> &HeaderName {
        &self.0
    }
}

impl PartialOrd for CountryHeader {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.as_str().partial_cmp(other.0.as_str())
    }
}

impl Setting for Option<CountryHeader> {
    const KIND: &'static str = "the name of a header such as \"CF-IPCountry\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        let text = raw.text().ok_or_else(|| Self::KIND.to_owned())?;
        if text.is_empty() {
            return Ok(None);
        }
        CountryHeader::parse(text).map(Some).ok_or_else(|| Self::KIND.to_owned())
    }

    fn toml(&self) -> String {
        quoted(self.as_ref().map_or("", |header| header.0.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::load;

    #[test]
    fn a_name_is_read_in_any_case_and_anything_else_is_refused() {
        let load = |value: &str| {
            let proxies = "trusted_proxies = [\"10.0.0.0/8\"]";
            load(&format!("[server]\n{proxies}\ncountry_header = {value}\n"), &[], &[])
        };
        for (value, expected) in [("\"CF-IPCountry\"", Some("cf-ipcountry")), ("\"\"", None)] {
            let server = load(value).unwrap().config.server;
            assert_eq!(server.country_header.as_ref().map(|h| h.name().as_str()), expected);
        }
        for value in ["\"two words\"", "7"] {
            assert!(load(value).is_err(), "{value}");
        }
    }

    #[test]
    fn one_that_is_never_read_is_worth_a_word() {
        let loaded = load("[server]\ncountry_header = \"CF-IPCountry\"\n", &[], &[]).unwrap();
        let warnings: Vec<_> = loaded.warnings.iter().map(ToString::to_string).collect();
        assert!(warnings.concat().contains("server.country_header"), "{warnings:?}");
    }
}
