//! Why an installation was not copied.

use crate::error::{OpenError, StoreError};

/// Why an installation was not copied. The source is unchanged in every case.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// One of the two can't be had.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// Nothing is there to be copied.
    #[error("there is no installation in {database}")]
    NoSource {
        /// Its place, without a password.
        database: String,
    },
    /// The target holds something that a copy would destroy. It is untouched.
    #[error("{database} holds another installation already: its table {table} differs")]
    OtherInstallation {
        /// Its place, without a password.
        database: String,
        /// The first table in which they differ.
        table: &'static str,
    },
    /// A database failed on the way. The target stays marked.
    #[error("copying {table} ended {place} {database}: {error}")]
    Failed {
        /// Which table.
        table: &'static str,
        /// "at the source", "at the target".
        place: &'static str,
        /// Its place, without a password.
        database: String,
        /// What happened.
        error: StoreError,
    },
    /// The target does not hold what was read from the source. It stays marked.
    #[error(
        "the copy of {table} differs from the source: {source_rows} rows were read, {target_rows} are there"
    )]
    Differs {
        /// Which table.
        table: &'static str,
        /// Rows of the source.
        source_rows: u64,
        /// Rows of the target.
        target_rows: u64,
    },
    /// A table has rows that belong to no client, which we never write.
    #[error("{table} in {database} has {rows} rows, of which only {reached} belong to a client")]
    Astray {
        /// Which table.
        table: &'static str,
        /// Its place, without a password.
        database: String,
        /// Rows of it.
        rows: u64,
        /// Rows that were reached from a client.
        reached: u64,
    },
}
