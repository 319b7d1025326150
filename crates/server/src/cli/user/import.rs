//! `onlyauth user import`: end users from another system.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use onlyauth_core::audit::Actor;

use super::super::exit::{CliError, Exit};
use super::super::{Global, Seams, output};
use super::{Place, Whose, keyless};
use crate::import::{ImportError, Importer, Report};
use crate::webauthn::RelyingParty;

/// Flags of `user import`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whose: Whose,
    /// One JSON object a line: end_user_uuid, and end_user_phone_number, totp_secret (base32), webauthn_credentials or some of them; - reads standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only check the lines.
    #[arg(long)]
    dry_run: bool,
    /// Print `{"created", "updated", "unchanged", "refused": [{"line", "problems"}]}`.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let lines = open(&options.file)?;
    let Place { store, ring, world, .. } = Place::open(&options.whose, global, seams).await?;
    if ring.is_empty() {
        return Err(keyless("which end users are sealed with"));
    }
    // Where there can be none, the lines that bring some say so.
    let party = RelyingParty::of(&global.settings()?).ok();
    let importer = Importer {
        store: &store,
        ring: &ring,
        entropy: &seams.entropy,
        world,
        actor: Actor::Operator,
        rp_id: party.as_ref().map(RelyingParty::rp_id),
        now: seams.clock.now(),
        only_checks: options.dry_run,
    };
    let report = importer.run(lines.lines()).await.map_err(stopped)?;
    tell(options, &report)
}

fn open(file: &Path) -> Result<Box<dyn BufRead>, CliError> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let opened = File::open(file).map_err(|error| {
        CliError::new(Exit::Failed, format!("can't read {}: {error}", file.display()))
            .hint("name a file with one JSON object a line, or - for standard input")
    })?;
    Ok(Box::new(BufReader::new(opened)))
}

fn tell(options: &Options, report: &Report) -> Result<(), CliError> {
    if options.json {
        output::json(report)?;
    } else {
        for refused in &report.refused {
            output::complain(&format!("line {}: {}", refused.line, refused.problems.join(" ")));
        }
        output::text(&summary(options, report))?;
    }
    match report.refused.len() {
        0 => Ok(()),
        lines => Err(CliError::new(Exit::Failed, format!("{lines} lines were refused"))
            .hint("mend them and import the same file again: what is there stays as it is")),
    }
}

fn summary(options: &Options, report: &Report) -> String {
    let Report { created, updated, unchanged, refused } = report;
    if options.dry_run {
        return format!("{unchanged} lines can be imported, {} can't.", refused.len());
    }
    format!(
        "{created} end users are new, {updated} have more than before, {unchanged} were there; {} lines were refused.",
        refused.len()
    )
}

fn stopped(error: ImportError) -> CliError {
    match error {
        ImportError::Store(error) => error.into(),
        other => CliError::new(Exit::Failed, other.to_string())
            .hint("import the same file again: what is there stays as it is"),
    }
}
