//! Regions: names of the base URLs from which the widget is served.

use std::fmt;
use std::str::FromStr;

/// A region name in its canonical spelling, such as `us-1`. Any case and a missing hyphen (`us1`)
/// are accepted, because published clients send both. Whether a region is configured, the server says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(String);

/// The text is no region name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("'region' must be a name and a number such as us-1.")]
pub struct RegionError;

impl Region {
    /// Reads two to ten letters, an optional hyphen and a number of one to three digits.
    pub fn parse(text: &str) -> Result<Self, RegionError> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, rest) = text.split_at(letters);
        let number = rest.strip_prefix('-').unwrap_or(rest);
        let well_formed = (2..=10).contains(&name.len())
            && (1..=3).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return Err(RegionError);
        }
        Ok(Self(format!("{}-{number}", name.to_ascii_lowercase())))
    }

    /// The canonical name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Region {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Self, RegionError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_region_are_one() {
        for (text, canonical) in [
            ("us-1", "us-1"),
            ("us1", "us-1"),
            ("US-1", "us-1"),
            ("Eu12", "eu-12"),
            ("frankfurt-123", "frankfurt-123"),
        ] {
            assert_eq!(text.parse::<Region>().unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn others_are_refused() {
        for text in [
            "",
            "us",
            "us-",
            "-1",
            "1",
            "u-1",
            "us--1",
            "us_1",
            "us 1",
            "us-1234",
            "us-1a",
            " us-1",
            "us-1\n",
            "abcdefghijk-1",
            "üs-1",
            "us-١",
            "us1-",
            "1us",
        ] {
            assert_eq!(Region::parse(text), Err(RegionError), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_canonical_name_stays_as_it_is(text in "[a-zA-Z]{2,10}-?[0-9]{1,3}") {
            let region = Region::parse(&text).unwrap();
            prop_assert_eq!(Region::parse(region.as_str()), Ok(region));
        }

        #[test]
        fn any_text_is_judged_without_a_panic(text in "\\PC{0,20}") {
            let _ = Region::parse(&text);
        }
    }
}
