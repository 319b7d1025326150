//! `[log]`: what is logged, and in which form.

use tracing_subscriber::EnvFilter;

use super::section::section;
use super::setting::{Expectation, Setting, quoted};
use super::value::Raw;

section! {
    /// What is logged, and in which form. Logs go to standard error.
    Log = "log";

    /// The form of a line: auto is human on a terminal and json otherwise.
    format: Format = Format::Auto,
        unit "auto, human or json",
        why "People read terminals, machines read the rest.";

    /// The least level that is logged: error, warn, info, debug or trace; also per module, such as
    /// info,onlyauth_store=debug.
    level: Level = Level("info".to_owned()),
        unit "level or filter",
        why "One line per event that an operator may have to act on.";
}

/// The form of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Human on a terminal, JSON otherwise.
    Auto,
    /// For people.
    Human,
    /// One JSON object per line.
    Json,
}

impl Setting for Format {
    const KIND: &'static str = "\"auto\", \"human\" or \"json\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        match raw.text() {
            Some("auto") => Ok(Self::Auto),
            Some("human") => Ok(Self::Human),
            Some("json") => Ok(Self::Json),
            _ => Err(Self::KIND.to_owned()),
        }
    }

    fn toml(&self) -> String {
        quoted(match self {
            Self::Auto => "auto",
            Self::Human => "human",
            Self::Json => "json",
        })
    }
}

/// A filter of log events, checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(String);

impl Level {
    /// The filter as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Setting for Level {
    const KIND: &'static str =
        "a level such as \"info\", or a filter such as \"info,onlyauth_store=debug\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        // The filter takes a lone unknown word for the name of a module, and would then log nothing.
        let is_level = |word: &str| {
            ["error", "warn", "info", "debug", "trace", "off"]
                .contains(&word.to_lowercase().as_str())
        };
        raw.text()
            .filter(|text| {
                text.split(',').all(|part| part.contains(['=', '[']) || is_level(part.trim()))
            })
            .filter(|text| EnvFilter::try_new(text).is_ok())
            .map(|text| Self(text.to_owned()))
            .ok_or_else(|| Self::KIND.to_owned())
    }

    fn toml(&self) -> String {
        quoted(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_levels_are_refused() {
        for (text, good) in [
            ("info", true),
            ("WARN", true),
            ("info,onlyauth_store=debug", true),
            ("off", true),
            ("inof", false),
            ("", false),
            ("info,onlyauth_store=loud", false),
        ] {
            assert_eq!(Level::read(&Raw::Word(text.to_owned())).is_ok(), good, "{text:?}");
        }
    }
}
