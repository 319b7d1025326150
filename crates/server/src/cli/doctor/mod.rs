//! `onlyauth doctor`: looks at an installation from all sides and says what to do. It repairs nothing;
//! like every command, it brings an older database to this version's schema where no server runs.

mod clock;
mod database;
mod files;
mod network;
mod open_files;
mod probe;
mod providers;

use serde::Serialize;

use super::exit::{CliError, Exit};
use super::{Global, Seams, output};
use crate::config::Loaded;

/// Flags of `doctor`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Print `{"ok", "checks": [{"name", "status", "message", "hint"}]}`.
    #[arg(long)]
    json: bool,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    /// As it should be.
    Ok,
    /// It works, but deserves attention.
    Warn,
    /// It does not work, or is not safe.
    Fail,
    /// It could not be looked at; the message says why.
    Skip,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "FAIL",
            Self::Skip => "skip",
        }
    }
}

/// One check and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Check {
    name: &'static str,
    status: Status,
    message: String,
    hint: Option<String>,
}

impl Check {
    fn ok(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, status: Status::Ok, message: message.into(), hint: None }
    }

    fn skip(name: &'static str, message: impl Into<String>) -> Self {
        Self { name, status: Status::Skip, message: message.into(), hint: None }
    }

    fn warn(name: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        let hint = Some(hint.into());
        Self { name, status: Status::Warn, message: message.into(), hint }
    }

    fn fail(name: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        let hint = Some(hint.into());
        Self { name, status: Status::Fail, message: message.into(), hint }
    }

    fn failed(name: &'static str, error: CliError) -> Self {
        let message = std::iter::once(error.message).chain(error.details).collect::<Vec<_>>();
        Self { name, status: Status::Fail, message: message.join("; "), hint: error.hint }
    }
}

#[derive(Serialize)]
struct Report {
    ok: bool,
    checks: Vec<Check>,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let checks = match global.load(&[]) {
        Err(error) => vec![Check::failed("configuration", error.into())],
        Ok(loaded) => examine(&loaded, seams).await,
    };
    let failures = checks.iter().filter(|check| check.status == Status::Fail).count();
    if options.json {
        output::json(&Report { ok: failures == 0, checks })?;
    } else {
        output::text(&human(&checks))?;
    }
    match failures {
        0 => Ok(()),
        1 => Err(CliError::new(Exit::Failed, "1 check failed")),
        many => Err(CliError::new(Exit::Failed, format!("{many} checks failed"))),
    }
}

async fn examine(loaded: &Loaded, seams: &Seams) -> Vec<Check> {
    let config = &loaded.config;
    let now = seams.clock.now();
    let mut checks = vec![configuration(loaded), files::data_folder(config, &seams.entropy)];
    let (key_check, master) = files::master_key(config);
    checks.push(key_check);
    let (database_checks, moments) = database::check(config, master.as_ref(), seams).await;
    checks.extend(database_checks);
    checks.push(clock::check(now, &moments));
    checks.push(open_files::check(config));
    checks.push(providers::check(config));
    checks.push(network::base_url(loaded));
    checks.push(network::proxy(config));
    checks
}

fn configuration(loaded: &Loaded) -> Check {
    // The base URL has a check of its own.
    let others = loaded.warnings.iter().filter(|warning| !network::is_about_base_url(warning));
    let warnings: Vec<String> = others.map(ToString::to_string).collect();
    if warnings.is_empty() {
        return Check::ok("configuration", "it is valid");
    }
    let hint = "`onlyauth config example` explains each key";
    Check::warn("configuration", warnings.join("; "), hint)
}

fn human(checks: &[Check]) -> String {
    let width = checks.iter().map(|check| check.name.len()).max().unwrap_or(0);
    let mut lines = Vec::new();
    for check in checks {
        lines.push(format!("{:4}  {:width$}  {}", check.status.word(), check.name, check.message));
        if let Some(hint) = &check.hint {
            lines.push(format!("{:4}  {:width$}  do: {hint}", "", ""));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_check_is_a_line_and_each_hint_another() {
        let checks = [Check::ok("clock", "fine"), Check::fail("key", "gone", "restore it")];
        assert_eq!(
            human(&checks),
            "ok    clock  fine\nFAIL  key    gone\n             do: restore it"
        );
    }
}
