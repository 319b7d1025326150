//! Languages: BCP 47 tags (RFC 5646), in one canonical spelling.

use std::fmt;
use std::str::FromStr;

use unic_langid::LanguageIdentifier;

/// The language in which every text exists; each fallback chain ends here.
const LAST_RESORT: &str = "en";

/// RFC 5646 section 4.4.1 asks for room for 35 characters; this leaves some for extensions.
const MAX_INPUT: usize = 64;

/// A well-formed language tag in its canonical spelling, such as `en-US`.
///
/// Any case and `_` for `-` are accepted. Extensions and private-use subtags are checked and left
/// out: they ask for calendars and the like, and no text differs by them. The grandfathered tags of
/// RFC 5646 section 2.2.8 (`i-klingon`) are not accepted; each has a modern form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Language(String);

/// The text is no well-formed language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("'language' must be a BCP 47 tag such as en-US, pt-BR or de.")]
pub struct LanguageError;

impl Language {
    /// Reads a tag and puts it into its canonical spelling (RFC 5646 section 2.1.1).
    pub fn parse(text: &str) -> Result<Self, LanguageError> {
        // The parser takes some bytes inside variants unchecked: only letters, digits and
        // separators may reach it.
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if text.len() > MAX_INPUT || !text.bytes().all(allowed) {
            return Err(LanguageError);
        }
        let subtags: Vec<&str> = text.split(['-', '_']).collect();
        let first_singleton =
            subtags.iter().position(|subtag| subtag.len() == 1).unwrap_or(subtags.len());
        let (mut language, extensions) = subtags.split_at(first_singleton);
        if !extensions_well_formed(extensions) {
            return Err(LanguageError);
        }
        // RFC 5646 section 4.5: the canonical form of `zh-yue` is `yue`.
        if let [primary, extended, ..] = language
            && primary.len() <= 3
            && extended.len() == 3
            && extended.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            language = &language[1..];
        }
        // Four characters are a script in the second place, else a variant, which begins with a digit
        // (RFC 5646 section 2.2.5). The parser lets others pass.
        let stray = |(place, subtag): (usize, &&str)| {
            let script = place == 1 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
            subtag.len() == 4 && !script && !subtag.as_bytes()[0].is_ascii_digit()
        };
        if language.iter().enumerate().any(stray) {
            return Err(LanguageError);
        }
        let identifier =
            LanguageIdentifier::from_str(&language.join("-")).map_err(|_| LanguageError)?;
        Ok(Self(identifier.to_string()))
    }

    /// The canonical tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The languages to try for a text, best first: `pt-BR`, `pt`, `en`. Each step drops the last
    /// subtag (RFC 4647 section 3.4), and English, in which every text exists, ends the chain.
    pub fn fallbacks(&self) -> impl Iterator<Item = &str> {
        let own = std::iter::successors(Some(self.as_str()), |tag| {
            tag.rsplit_once('-').map(|(parent, _)| parent)
        });
        own.filter(|tag| *tag != LAST_RESORT).chain(std::iter::once(LAST_RESORT))
    }
}

/// Whether every singleton is followed by a subtag of a length that it allows (RFC 5646 section 2.1).
fn extensions_well_formed(subtags: &[&str]) -> bool {
    let mut private = false;
    let mut wanting = false;
    for subtag in subtags {
        if subtag.len() == 1 && !private {
            if wanting {
                return false;
            }
            private = subtag.eq_ignore_ascii_case("x");
            wanting = true;
        } else {
            let shortest = if private { 1 } else { 2 };
            if !(shortest..=8).contains(&subtag.len()) {
                return false;
            }
            wanting = false;
        }
    }
    !wanting
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Self, LanguageError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn well_formed_tags_become_canonical() {
        for (text, canonical) in [
            ("en", "en"),
            ("en-us", "en-US"),
            ("EN_US", "en-US"),
            ("en_us", "en-US"),
            ("pt-BR", "pt-BR"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("ca-ES-VALENCIA", "ca-ES-valencia"),
            ("de-CH-1901", "de-CH-1901"),
            ("sl-rozaj-biske", "sl-biske-rozaj"),
            ("zh-yue-HK", "yue-HK"),
            ("en-US-u-hc-h12", "en-US"),
            ("en-a-bbb-x-a-ccc", "en"),
            ("de-x-bayern", "de"),
            ("und", "und"),
        ] {
            assert_eq!(Language::parse(text).unwrap().to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn others_are_refused() {
        for text in [
            "",
            "-",
            "e",
            "en-",
            "-en",
            "en--US",
            "en US",
            " en",
            "en\n",
            "english!",
            "en-U",
            "1",
            "12",
            "en-USAA-",
            "en-US-1!!!",
            "en-us-abcd",
            "en-a0bc",
            "root",
            "i-klingon",
            "x-private",
            "en-u",
            "en-u-",
            "en-u-x",
            "en-a-b-cc",
            "en-x-123456789",
            "français",
            "e\u{0}",
            "en-US-1901-1901-1901-1901-1901-1901-1901-1901-1901-1901-1901-1901-1901",
        ] {
            assert_eq!(Language::parse(text), Err(LanguageError), "{text:?}");
        }
    }

    #[test]
    fn fallbacks_end_in_english() {
        for (text, chain) in [
            ("pt-BR", vec!["pt-BR", "pt", "en"]),
            ("en-US", vec!["en-US", "en"]),
            ("en", vec!["en"]),
            ("zh-Hant-TW", vec!["zh-Hant-TW", "zh-Hant", "zh", "en"]),
            ("und", vec!["und", "en"]),
        ] {
            assert_eq!(Language::parse(text).unwrap().fallbacks().collect::<Vec<_>>(), chain);
        }
    }

    proptest! {
        #[test]
        fn a_canonical_tag_stays_as_it_is(text in "[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{1,8}){0,4}") {
            if let Ok(language) = Language::parse(&text) {
                prop_assert_eq!(language.fallbacks().last(), Some("en"));
                let again = Language::parse(language.as_str());
                prop_assert_eq!(again.as_ref(), Ok(&language));
                prop_assert_eq!(Language::parse(&text.to_uppercase()), Ok(language));
            }
        }

        #[test]
        fn any_text_is_judged_without_a_panic(text in "\\PC{0,80}") {
            let _ = Language::parse(&text);
        }
    }
}
