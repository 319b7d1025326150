//! What end users call their factors, to tell them apart.

use std::fmt;

/// Longest name, in characters.
pub const LONGEST: usize = 64;

/// A name that an end user gave to a factor of theirs. Personal: Debug doesn't show it.
#[derive(Clone, PartialEq, Eq)]
pub struct FactorName(String);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// Nothing but blanks.
    #[error("a name must not be empty")]
    Empty,
    /// More than [`LONGEST`] characters.
    #[error("a name has at most {LONGEST} characters")]
    TooLong,
    /// Characters that are not seen, or that turn around what stands beside them.
    #[error("a name has no invisible characters")]
    Invisible,
}

impl FactorName {
    /// From what was typed; blanks around and between words are evened out.
    ///
    /// # Errors
    /// Why it is no name.
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(NotAName::Empty);
        }
        if name.chars().count() > LONGEST {
            return Err(NotAName::TooLong);
        }
        if name.chars().any(is_invisible) {
            return Err(NotAName::Invisible);
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters, and those by which a text is made to look like another one (Unicode Technical Standard 39). Joiners
/// stay: Persian, Hindi and emoji need them.
fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl fmt::Debug for FactorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FactorName(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_visible() {
        let longest = "ä".repeat(LONGEST);
        for (text, expected) in [
            ("Work key", Ok("Work key")),
            ("  Anna's \t phone\n", Ok("Anna's phone")),
            ("👩\u{200d}💻 نمی\u{200c}خواهم", Ok("👩\u{200d}💻 نمی\u{200c}خواهم")),
            (&longest, Ok(longest.as_str())),
            (&format!("{longest}x"), Err(NotAName::TooLong)),
            (" \u{3000}\t", Err(NotAName::Empty)),
            ("", Err(NotAName::Empty)),
            ("\u{202e}yek kroW", Err(NotAName::Invisible)),
            ("Work\0key", Err(NotAName::Invisible)),
            ("\u{200b}", Err(NotAName::Invisible)),
        ] {
            let name = FactorName::parse(text);
            assert_eq!(name.as_ref().map(FactorName::as_str).map_err(|error| *error), expected);
        }
        assert_eq!(format!("{:?}", FactorName::parse("Work key")), "Ok(FactorName(…))");
    }
}
