//! Why an end user was made to begin anew, in the words of whoever did it.

use std::fmt;
use std::str::FromStr;

/// Longest reason, in characters.
pub const LONGEST: usize = 200;

/// The reason of a reset: 1 to 200 characters, not blank, none of them a control character. Debug is masked: people write
/// names into such fields.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetReason(String);

/// The text is no reason. Does not repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("'reason' must have 1 to 200 characters and no control characters.")]
pub struct NoReason;

impl FromStr for ResetReason {
    type Err = NoReason;

    fn from_str(text: &str) -> Result<Self, NoReason> {
        let text = text.trim();
        let fits = (1..=LONGEST).contains(&text.chars().count());
        if !fits || text.contains(char::is_control) {
            return Err(NoReason);
        }
        Ok(Self(text.to_owned()))
    }
}

impl ResetReason {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ResetReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResetReason(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_of_words() {
        let longest = "ö".repeat(LONGEST);
        for text in ["lost phone", " called the help desk ", &longest] {
            assert_eq!(text.parse::<ResetReason>().unwrap().as_str(), text.trim());
        }
        for text in ["", "  ", "\u{85}", "a\nb", "a\tb", "a\0b", &(longest.clone() + "x")] {
            assert_eq!(text.parse::<ResetReason>(), Err(NoReason), "{text:?}");
        }
        assert_eq!(format!("{:?}", "hush".parse::<ResetReason>()), "Ok(ResetReason(…))");
    }
}
