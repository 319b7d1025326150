//! `onlyauth config`: an example file, the reference page, and a check of what is set.

use clap::Subcommand;
use serde::Serialize;

use super::exit::CliError;
use super::{Global, output};
use crate::config::{Problem, example_toml, reference_markdown};

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print a configuration file with every key, its default, unit and environment variable.
    Example {
        /// Print `{"toml": …}`.
        #[arg(long)]
        json: bool,
    },
    /// Check the file, the environment and the flags, and tell every problem at once.
    Check {
        /// Print `{"ok", "problems", "warnings"}`; problems go to standard output then.
        #[arg(long)]
        json: bool,
    },
    /// Print the reference page of the documentation.
    #[command(hide = true)]
    Reference,
}

#[derive(Serialize)]
struct Example {
    toml: String,
}

#[derive(Serialize)]
struct Checked {
    ok: bool,
    problems: Vec<Finding>,
    warnings: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    origin: String,
    key: Option<String>,
    message: String,
}

impl From<&Problem> for Finding {
    fn from(problem: &Problem) -> Self {
        Self {
            origin: problem.origin.to_string(),
            key: problem.key.clone(),
            message: problem.message.clone(),
        }
    }
}

pub(super) fn run(command: &Command, global: &Global) -> Result<(), CliError> {
    match command {
        Command::Example { json: false } => output::text(&example_toml()),
        Command::Example { json: true } => output::json(&Example { toml: example_toml() }),
        Command::Check { json } => check(global, *json),
        Command::Reference => output::text(&reference_markdown()),
    }
}

fn check(global: &Global, json: bool) -> Result<(), CliError> {
    let (problems, warnings) = match global.load(&[]) {
        Ok(loaded) => (Vec::new(), loaded.warnings),
        Err(error) => (error.problems, Vec::new()),
    };
    if json {
        output::json(&Checked {
            ok: problems.is_empty(),
            problems: problems.iter().map(Finding::from).collect(),
            warnings: warnings.iter().map(Finding::from).collect(),
        })?;
    }
    if !problems.is_empty() {
        return Err(crate::config::ConfigError { problems }.into());
    }
    if !json {
        for warning in &warnings {
            output::text(&format!("warning: {warning}"))?;
        }
        output::text("The configuration is valid.")?;
    }
    Ok(())
}
