//! Which database an installation uses.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::claim::{Claim, DatabaseLock, create_folder};
use crate::engine::{self, PostgresServer};
use crate::error::OpenError;

/// Which database. Display is its place, without a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A file of SQLite, usually [`crate::database_path`]. One server at a time serves from it.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server. Several servers of ours may serve from it.
    Postgres(PostgresServer),
}

impl Database {
    /// Whether an installation was begun in it: whether there is something that a new master key could not open.
    /// Blocks shortly, on the disk or the network.
    pub fn is_begun(&self) -> Result<bool, OpenError> {
        match self {
            Self::Sqlite(path) => Ok(path.exists()),
            Self::Postgres(server) => engine::is_begun(&server.url),
        }
    }

    /// Claims the database for a server, and makes the data folder, which holds the master key, if it is missing. A
    /// file is this server's alone; servers that share a database may share the folder too.
    pub fn claim(&self, folder: &Path) -> Result<Claim, OpenError> {
        create_folder(folder)?;
        match self {
            Self::Sqlite(path) => DatabaseLock::take_patiently(path).map(Some).map(Claim::of),
            Self::Postgres(_) => Ok(Claim::of(None)),
        }
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(server) => server.url.fmt(f),
        }
    }
}
