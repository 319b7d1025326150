//! How a command ends: exit codes, and errors with a hint.

use std::fmt;

use crate::config::ConfigError;
use crate::master_key::MasterKeyError;

/// Exit codes. Scripts rely on them: a meaning never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// It failed for a reason that has no code of its own; for `doctor`, a check failed.
    Failed = 1,
    /// The command line, or a setting given on it, is wrong.
    Usage = 2,
    /// The configuration is wrong.
    Config = 3,
    /// The data folder, the master key or the database can't be used.
    Data = 4,
    /// What was named does not exist.
    NotFound = 5,
    /// The address to listen on can't be had.
    Listen = 6,
    /// It is not known whether the change was made: look before doing it again.
    Unknown = 7,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command failed. Display is one sentence, then one line per detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliError {
    /// The exit code.
    pub exit: Exit,
    /// One sentence.
    pub message: String,
    /// Further lines, such as each problem of several.
    pub details: Vec<String>,
    /// What to do next.
    pub hint: Option<String>,
}

impl CliError {
    /// An error without details or hint.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), details: Vec::new(), hint: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with details.
    #[must_use]
    pub fn details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        for detail in &self.details {
            write!(f, "\n  {detail}")?;
        }
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for CliError {}

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        let details: Vec<String> = match error.problems.as_slice() {
            [_] => Vec::new(),
            problems => problems.iter().map(ToString::to_string).collect(),
        };
        Self::new(Exit::Config, error.to_string()).details(details).hint(error.hint())
    }
}

impl From<MasterKeyError> for CliError {
    fn from(error: MasterKeyError) -> Self {
        Self::new(Exit::Data, error.to_string()).hint(error.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_printed_with_details_and_hint() {
        let error = CliError::new(Exit::Config, "two problems")
            .details(["one".to_owned(), "two".to_owned()])
            .hint("do this");
        assert_eq!(error.to_string(), "error: two problems\n  one\n  two\nhint: do this");
        assert_eq!(CliError::new(Exit::Failed, "no").to_string(), "error: no");
    }

    #[test]
    fn the_codes_are_what_scripts_rely_on() {
        let codes = [
            (Exit::Done, 0),
            (Exit::Failed, 1),
            (Exit::Usage, 2),
            (Exit::Config, 3),
            (Exit::Data, 4),
            (Exit::NotFound, 5),
            (Exit::Listen, 6),
            (Exit::Unknown, 7),
        ];
        for (exit, code) in codes {
            assert_eq!(exit as u8, code);
        }
    }
}
