//! Which database an installation uses.

use std::path::Path;

use crate::engine::{self, PostgresServer};
use crate::error::OpenError;
use crate::folder::database_path;

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Database {
    /// The file in the data folder, see [`database_path`]. One server at a time serves from it.
    #[default]
    Sqlite,
    /// A database of a PostgreSQL server. Several servers of ours may serve from it.
    Postgres(PostgresServer),
}

impl Database {
    /// Whether an installation was begun in it: whether there is something that a new master key could not open.
    /// Blocks shortly, on the disk or the network.
    pub fn is_begun(&self, folder: &Path) -> Result<bool, OpenError> {
        match self {
            Self::Sqlite => Ok(database_path(folder).exists()),
            Self::Postgres(server) => engine::is_begun(&server.url),
        }
    }

    /// The data folder, for a server to serve from. SQLite's is this server's alone; where the database is
    /// elsewhere, servers may share a folder, which then holds no more than the master key.
    pub fn claim(&self, folder: &Path) -> Result<crate::DataFolder, OpenError> {
        match self {
            Self::Sqlite => crate::DataFolder::lock_patiently(folder),
            Self::Postgres(_) => crate::DataFolder::share(folder),
        }
    }
}
