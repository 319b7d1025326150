//! `onlyauth backup`: one file with all that the database holds, while the server goes on.

use std::ffi::OsString;
use std::path::PathBuf;

use data_encoding::HEXLOWER;
use onlyauth_store::{BackupError, Database};
use serde::Serialize;

use super::exit::{CliError, Exit};
use super::{Global, Seams, key_check, output};
use crate::config::Config;
use crate::{database, master_key};

/// Flags of `backup`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Where to write it. A file that is there is not overwritten.
    file: PathBuf,
    /// Print `{"file", "bytes", "master_key"}`.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Written {
    file: PathBuf,
    bytes: u64,
    master_key: PathBuf,
}

pub(super) fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let config = global.settings()?;
    let path = file_of(&config, "pg_dump --format=custom, or pg_basebackup")?;
    let mut draft = OsString::from(&options.file);
    draft.push(format!(".{}.partial", HEXLOWER.encode(&seams.entropy.bytes::<8>())));
    onlyauth_store::backup(&path, &options.file, &PathBuf::from(draft))?;
    let bytes = std::fs::metadata(&options.file).map_or(0, |metadata| metadata.len());
    let key = key_check::place(&config);
    if let Err(error) = master_key::load(&config) {
        output::complain(&format!("warning: {error}; without it this backup can't be read"));
    }
    if options.json {
        return output::json(&Written { file: options.file.clone(), bytes, master_key: key });
    }
    output::text(&format!(
        "Wrote {} ({bytes} bytes).\n\
         It can be read only with the master key, which is not in it: {}.\n\
         Keep a copy of that file too, in another place.",
        options.file.display(),
        key.display()
    ))
}

/// The database, where it is a file. A server has its own way, by these programs.
pub(super) fn file_of(config: &Config, programs: &str) -> Result<PathBuf, CliError> {
    match database::of(config)? {
        Database::Sqlite(path) => Ok(path),
        Database::Postgres(server) => {
            let message =
                format!("{} is a PostgreSQL database, which has tools of its own", server.url);
            Err(CliError::new(Exit::Failed, message).hint(format!(
                "use {programs}; the master key is not in the database: {}",
                key_check::place(config).display()
            )))
        }
    }
}

impl From<BackupError> for CliError {
    fn from(error: BackupError) -> Self {
        let message = error.to_string();
        let hint = match error {
            BackupError::Open(error) => return error.into(),
            BackupError::Store(error) => return error.into(),
            BackupError::NoDatabase(_) => {
                "name the data folder with --data, or check the file's name"
            }
            BackupError::Exists(_) => "choose another name: a backup is never overwritten",
            BackupError::Damaged { .. } => {
                "nothing was changed; take another backup, or an older one"
            }
        };
        Self::new(Exit::Data, message).hint(hint)
    }
}
