//! The database, opened by administrative commands: beside a running server, or before there is one.

use onlyauth_store::{Database, OpenError, OpenOptions, Store, StoreError};

use super::exit::{CliError, Exit};
use super::{Global, Seams};
use crate::config::Config;
use crate::{database, master_key};

/// Opens the database that is there.
///
/// One that is not there is an error: a mistyped `--data` must not look like an empty installation.
pub(super) fn open(global: &Global, seams: &Seams) -> Result<Store, CliError> {
    let config = global.settings()?;
    let database = database::of(&config)?;
    require(&database)?;
    open_as(database, seams)
}

/// Opens the database, beginning a new installation where there is none.
pub(super) fn open_or_create(global: &Global, seams: &Seams) -> Result<Store, CliError> {
    let config = global.settings()?;
    let database = database::of(&config)?;
    begin(&database, &config, seams)?;
    open_as(database, seams)
}

/// Opens a database as a command does, which needs no more than one connection of each kind.
pub(super) fn open_as(mut database: Database, seams: &Seams) -> Result<Store, CliError> {
    if let Database::Postgres(server) = &mut database {
        (server.writers, server.readers) = (1, 1);
    }
    Ok(Store::open(OpenOptions::admin(database, seams.clock.now()))?)
}

const BEGIN: &str = "begin with `onlyauth client create --name NAME`";

/// A database in which no installation was begun is an error.
pub(super) fn require(database: &Database) -> Result<(), CliError> {
    if database.is_begun()? {
        return Ok(());
    }
    Err(match database {
        Database::Sqlite(path) => {
            let message = format!("there is no database at {}", path.display());
            let hint = format!("name the server's data folder with --data, or {BEGIN}");
            CliError::new(Exit::Data, message).hint(hint)
        }
        Database::Postgres(server) => {
            let message = format!("the database {} is empty", server.url);
            let hint = format!("name the server's database in database.url, or {BEGIN}");
            CliError::new(Exit::Data, message).hint(hint)
        }
    })
}

/// The key comes before the database: a database without one is taken for an installation that lost its key.
fn begin(database: &Database, config: &Config, seams: &Seams) -> Result<(), CliError> {
    let folder = &config.data.dir;
    if config.keys.master_key_file.is_some() || database.is_begun()? {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    std::os::unix::fs::DirBuilderExt::mode(builder.recursive(true), 0o700);
    builder.create(folder).map_err(|error| {
        CliError::new(
            Exit::Data,
            format!("can't make the data folder {}: {error}", folder.display()),
        )
        .hint("choose a folder that this user may write to, with --data")
    })?;
    master_key::load_or_create(config, false, &seams.entropy)?;
    Ok(())
}

impl From<OpenError> for CliError {
    fn from(error: OpenError) -> Self {
        Self::new(Exit::Data, error.to_string()).hint(error.hint())
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match error {
            StoreError::Unavailable { .. } => Self::new(Exit::Data, message)
                .hint("nothing was done; `onlyauth doctor` looks for the cause"),
            StoreError::Unknown => Self::new(Exit::Unknown, message)
                .hint("list what is there before you run the command again"),
            StoreError::Corrupt { .. } => Self::new(Exit::Data, message)
                .hint("`onlyauth doctor` checks the database; restore a backup if it is damaged"),
        }
    }
}
