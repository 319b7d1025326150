//! What can go wrong. 'Not found' and 'already used' are not here: they are values of the methods.
//!
//! Use [`StoreError::Unavailable`] where certainly nothing was done and the same call may be made again,
//! [`StoreError::Unknown`] where a commit may or may not have happened, [`StoreError::Corrupt`] where a
//! stored value can't be what we once wrote. [`OpenError`] is for the start, and speaks to an operator.

use std::fmt;
use std::path::PathBuf;

/// Why a store method has no answer. Never holds a stored value other than a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Nothing was done; safe to repeat.
    #[error("the database is unavailable: {reason} ({detail})")]
    Unavailable {
        /// What kind of trouble.
        reason: Reason,
        /// What the database said; for logs.
        detail: String,
    },
    /// The commit may or may not have happened. Never repeat blindly.
    #[error("the outcome of the commit is unknown")]
    Unknown,
    /// A stored value is none that we write.
    #[error("unreadable value in {table}.{column} of {key}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The primary key's ids, as far as they could be read.
        key: String,
    },
}

impl StoreError {
    pub(crate) fn unavailable(reason: Reason, detail: impl fmt::Display) -> Self {
        Self::Unavailable { reason, detail: detail.to_string() }
    }
}

/// Kinds of unavailability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The queue is full; said at once instead of waiting in a growing line.
    Overloaded,
    /// The store was closed.
    Closed,
    /// Somebody else keeps locked what is needed.
    Busy,
    /// No space left.
    Full,
    /// Writing is not allowed.
    ReadOnly,
    /// The database is damaged, missing, or no longer ours.
    Damaged,
    /// The database's server can't be reached, or ended the connection before anything was committed.
    Unreachable,
    /// Anything else; the detail says more.
    Failed,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overloaded => "too much is waiting",
            Self::Closed => "it was closed",
            Self::Busy => "somebody else keeps it locked",
            Self::Full => "no space is left",
            Self::ReadOnly => "it is read-only",
            Self::Damaged => "it is damaged or not ours",
            Self::Unreachable => "its server can't be reached",
            Self::Failed => "it failed",
        })
    }
}

/// Why a data folder or a database can't be used. One sentence for the operator; [`OpenError::hint`] says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process serves from this file.
    #[error("the database {} is in use by another onlyauth process", database.display())]
    Locked {
        /// The file.
        database: PathBuf,
    },
    /// The database has another schema than this binary, and we may not change it now.
    #[error("the database has schema version {found}, this onlyauth needs {wanted}")]
    SchemaMismatch {
        /// Version in the database; 0 when nothing is there yet.
        found: i64,
        /// Version of this binary.
        wanted: i64,
    },
    /// Written by a later onlyauth.
    #[error("the database has schema version {found}, this onlyauth knows only up to {known}")]
    Newer {
        /// Version in the database.
        found: i64,
        /// Latest version of this binary.
        known: i64,
    },
    /// Not a database of ours.
    #[error("{} is not a database of onlyauth: {reason}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What gave it away.
        reason: String,
    },
    /// A database of a server, and not one of ours.
    #[error("{database} is not a database of onlyauth: {reason}")]
    ForeignDatabase {
        /// Its address, without a password.
        database: String,
        /// What gave it away.
        reason: String,
    },
    /// The database's server can't be reached, or refused.
    #[error("can't use {database}: {reason}")]
    Server {
        /// The address, without a password.
        database: String,
        /// What was said.
        reason: String,
    },
    /// Somebody began to copy an installation into it, and that is not finished.
    #[error("{database} holds a part of an installation: a copy into it is not finished")]
    HalfCopied {
        /// Its place, without a password.
        database: String,
    },
    /// It is needed alone, and other processes of ours use it.
    #[error("other onlyauth processes are connected to {database}")]
    InUse {
        /// Its address, without a password.
        database: String,
    },
    /// Another process of ours needs it alone.
    #[error("an installation is being copied from or into {database}")]
    BeingCopied {
        /// Its address, without a password.
        database: String,
    },
    /// The operating system or the database refused.
    #[error("can't use {}: {reason}", path.display())]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// What was said.
        reason: String,
    },
}

impl OpenError {
    pub(crate) fn io(path: impl Into<PathBuf>, reason: impl fmt::Display) -> Self {
        Self::Io { path: path.into(), reason: reason.to_string() }
    }

    /// The next step for the operator.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Locked { .. } => {
                "Stop the other process first, or choose another database, with --data or in database.url."
            }
            Self::SchemaMismatch { .. } => {
                "Only a server brings an older database to its schema while others may be at it: use the \
                 same version of onlyauth as the running server, or stop it and start this version's."
            }
            Self::Newer { .. } => {
                "Use the version of onlyauth that wrote it, or a later one; going back is not possible."
            }
            Self::Foreign { .. } => {
                "Choose another database, with --data or in database.url, or move the file away if it is not \
                 needed. Nothing was changed."
            }
            Self::ForeignDatabase { .. } => {
                "Name another database in database.url, an empty one for a new installation. Nothing was \
                 changed."
            }
            Self::Server { .. } => {
                "Check host, database, user and password in database.url, and that the server takes \
                 connections and writes; sslmode says how the certificate is checked."
            }
            Self::HalfCopied { .. } => {
                "Run the same `onlyauth copy` again, unless it still runs: it starts over, and nothing is lost \
                 at the source."
            }
            Self::InUse { .. } => {
                "Stop every server that uses it, on all machines, and wait for commands to end."
            }
            Self::BeingCopied { .. } => {
                "Wait until that is done. Afterwards, serve from the database that it was copied into."
            }
            Self::Io { .. } => {
                "Check that the folder exists on a local disk with space left, and that this user may \
                 read and write it."
            }
        }
    }
}
