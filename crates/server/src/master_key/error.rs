//! Why there is no master key, and what to do about it.

use std::io;
use std::path::PathBuf;

use super::{FILE_NAME, PREFIX};

/// Why there is no master key. Display is one sentence; [`MasterKeyError::hint`] says what to do.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// The file is not there, though a database or the configuration says that it must be.
    #[error("the master key {} is missing", .path.display())]
    Missing {
        /// The file.
        path: PathBuf,
        /// Whether the configuration names the file; else it is the data folder's.
        configured: bool,
    },
    /// The file is there but does not hold a master key.
    #[error("{} does not hold a master key", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
    },
    /// Other users may read the data folder's key, or write to any.
    #[error("the master key {} is open to other users (mode {mode:04o})", .path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file can't be read.
    #[error("can't read the master key {}: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file can't be made.
    #[error("can't write the master key {}: {source}", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl MasterKeyError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { configured: true, .. } => format!(
                "put the key there, or unset keys.master_key_file to use {FILE_NAME} in the data folder"
            ),
            Self::Missing { configured: false, path } => format!(
                "restore it from a backup to {}, or name it by keys.master_key_file; without it this database \
                 can't be read, so no new one is made",
                path.display()
            ),
            Self::Malformed { .. } => format!(
                "restore the file from a backup; it holds one line, \"{PREFIX}\" and 64 hexadecimal digits"
            ),
            Self::Exposed { path, .. } => format!("run `chmod 600 {}`", path.display()),
            Self::Unreadable { .. } => {
                "it must be a plain file that the user who runs onlyauth may read".to_owned()
            }
            Self::Unwritable { .. } => {
                "the user who runs onlyauth must be able to write to the data folder".to_owned()
            }
        }
    }
}
