//! `onlyauth copy`: moves a whole installation to another database.

use std::path::PathBuf;

use data_encoding::HEXLOWER;
use onlyauth_store::{CopiedTable, Copy, CopyError, CopyOutcome, Database, Doing, Progress};
use serde::Serialize;

use super::exit::{CliError, Exit};
use super::{Global, Seams, key_check, output, store};
use crate::config::{Config, DatabaseUrl};
use crate::database;

/// Between two words of a long table, in rows.
const WORD_EVERY: u64 = 50_000;

/// Flags of `copy`. Where only one side is named, the other is the configuration's database.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The database to copy: sqlite:, sqlite:PATH or postgres://… [default: the configuration's].
    #[arg(long, value_name = "ADDRESS")]
    from: Option<String>,
    /// A file with that address, for one with a password.
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    from_file: Option<PathBuf>,
    /// The empty database to copy into [default: the configuration's].
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// A file with that address, for one with a password.
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    to_file: Option<PathBuf>,
    /// Print `{"from", "to", "was_there", "tables": [{"table", "rows", "sha256"}], "master_key"}`.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report {
    from: String,
    to: String,
    /// Whether an earlier copy was finished already, so that nothing was changed.
    was_there: bool,
    tables: Vec<Table>,
    master_key: PathBuf,
}

#[derive(Serialize)]
struct Table {
    #[serde(rename = "table")]
    name: &'static str,
    rows: u64,
    sha256: String,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let config = global.settings()?;
    let (from, to) = sides(options, &config)?;
    // A mistyped name must not look like an empty installation, nor leave a folder behind.
    store::require(&from)?;
    let mut copy = Copy::open(&from, &to).await?;
    let keys = copy.source_keys().await?;
    if !keys.is_empty() {
        key_check::expect(&config, &keys, "the keys of the source")?;
    }
    let (tables, was_there) = match copy.run(seams.clock.now(), teller()).await? {
        CopyOutcome::Before(tables) => (tables, true),
        CopyOutcome::Now(tables) => (tables, false),
    };
    if !was_there {
        if !keys.is_empty() {
            key_check::expect(&config, &copy.target_keys().await?, "the keys of the target")?;
        }
        copy.finish().await?;
    }
    let report = Report {
        from: from.to_string(),
        to: to.to_string(),
        was_there,
        tables: tables.iter().map(Table::of).collect(),
        master_key: key_check::place(&config),
    };
    if options.json { output::json(&report) } else { output::text(&text(&report)) }
}

fn sides(options: &Options, config: &Config) -> Result<(Database, Database), CliError> {
    let Options { from, from_file, to, to_file, .. } = options;
    let named =
        |address: &Option<String>, file: &Option<PathBuf>| address.is_some() || file.is_some();
    if !named(from, from_file) && !named(to, to_file) {
        return Err(CliError::new(Exit::Usage, "it is not said where to copy to").hint(
            "name the new database with --to or --to-file; or name the old one with --from, and the \
             configuration's is the new one",
        ));
    }
    let from = side("--from", from.as_deref(), from_file.as_ref(), config)?;
    let to = side("--to", to.as_deref(), to_file.as_ref(), config)?;
    if from == to {
        let message = format!("{from} is both what to copy and where to");
        return Err(CliError::new(Exit::Usage, message).hint("name another database with --to"));
    }
    Ok((from, to))
}

fn side(
    flag: &str,
    address: Option<&str>,
    file: Option<&PathBuf>,
    config: &Config,
) -> Result<Database, CliError> {
    if let Some(file) = file {
        return Ok(database::at(database::read(file)?, config));
    }
    let Some(address) = address else { return Ok(database::of(config)?) };
    // Not by clap, which would repeat the text, and with it a password.
    let url: DatabaseUrl = address.parse().map_err(|expected| {
        CliError::new(Exit::Usage, format!("{flag}: expected {expected}"))
            .hint("for example sqlite: for the data folder's database, or postgres://HOST/NAME")
    })?;
    if matches!(&url, DatabaseUrl::Postgres(url) if url.has_password()) {
        output::complain(&format!(
            "warning: every user of this machine can read the password in {flag}; {flag}-file names a file instead"
        ));
    }
    Ok(database::at(url, config))
}

/// A word on standard error now and then.
fn teller() -> impl FnMut(Progress) {
    let mut told = 0;
    move |Progress { table, rows, step, complete }| {
        let step = match step {
            Doing::Copying => "copied",
            Doing::Checking => "checked",
        };
        if complete {
            told = 0;
            output::complain(&format!("{table}: {rows} rows {step}"));
        } else if rows >= told + WORD_EVERY {
            told = rows;
            output::complain(&format!("{table}: {rows} rows {step}, going on"));
        }
    }
}

impl Table {
    fn of(copied: &CopiedTable) -> Self {
        let CopiedTable { table, rows, digest } = copied;
        Self { name: table, rows: *rows, sha256: HEXLOWER.encode(digest) }
    }
}

fn text(report: &Report) -> String {
    let rows: Vec<_> = report
        .tables
        .iter()
        .map(|table| vec![table.name.to_owned(), table.rows.to_string(), table.sha256.clone()])
        .collect();
    let done = if report.was_there { "held already what is in" } else { "holds now what is in" };
    format!(
        "{}\n\n{} {done} {}: the same rows at both ends.\n\
         The master key is in no database. Whoever serves from the new one needs the same: {}.\n\
         Set database.url (or url_file) to the new one, start the server, and serve from the old one no more.",
        output::table(&["table", "rows", "sha256"], &rows),
        report.to,
        report.from,
        report.master_key.display()
    )
}

impl From<CopyError> for CliError {
    fn from(error: CopyError) -> Self {
        let message = error.to_string();
        let (exit, hint) = match error {
            CopyError::Open(error) => return error.into(),
            CopyError::NoSource { .. } => (Exit::Data, "name the database of a server with --from"),
            CopyError::OtherInstallation { .. } => {
                (Exit::Data, "name an empty database with --to; nothing was changed")
            }
            CopyError::Failed { .. } => (
                Exit::Data,
                "see to the cause and run the same command again: it starts over; the source is unchanged",
            ),
            CopyError::Differs { .. } => (
                Exit::Failed,
                "run the same command again, with nobody else at the target; the source is unchanged",
            ),
            CopyError::Astray { .. } => (
                Exit::Data,
                "onlyauth writes no such rows: find out where they come from, and remove them",
            ),
        };
        Self::new(exit, message).hint(hint)
    }
}
