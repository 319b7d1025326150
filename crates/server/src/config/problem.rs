//! What is wrong with a configuration, and where it came from.

use std::fmt;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// The configuration file.
    File {
        /// The file, as it was named.
        file: String,
        /// Counted from 1.
        line: usize,
    },
    /// An environment variable.
    Environment {
        /// The variable.
        variable: String,
    },
    /// A flag of the command line.
    Flag {
        /// The flag, with its dashes.
        flag: &'static str,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line } => write!(f, "{file}:{line}"),
            Self::Environment { variable } => f.write_str(variable),
            Self::Flag { flag } => f.write_str(flag),
        }
    }
}

/// One thing that is wrong, or deserves a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub origin: Origin,
    /// `section.key`, where a known key is concerned.
    pub key: Option<String>,
    /// What, and what was expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The environment's names and the flags already say which key is meant.
        match (&self.origin, &self.key) {
            (Origin::File { .. } | Origin::Default, Some(key)) => {
                write!(f, "{}: {key}: {}", self.origin, self.message)
            }
            _ => write!(f, "{}: {}", self.origin, self.message),
        }
    }
}

/// Everything that is wrong with a configuration, at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// In the order file, environment, flags, then rules over several keys; never empty.
    pub problems: Vec<Problem>,
}

impl ConfigError {
    /// What to do.
    pub fn hint(&self) -> &'static str {
        "`onlyauth config example` shows every key with its default, unit and environment variable"
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problems.as_slice() {
            [] => f.write_str("the configuration is not valid"),
            [problem] => write!(f, "the configuration is not valid: {problem}"),
            problems => write!(f, "the configuration has {} problems", problems.len()),
        }
    }
}

impl std::error::Error for ConfigError {}
