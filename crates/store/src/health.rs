//! Health: whether the database answers, and what `doctor` looks at.

use crate::error::StoreError;
use crate::open::Store;

/// A setting on which durability or integrity rests, as the writing connection itself reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurabilitySetting {
    /// Its name in the database.
    pub name: &'static str,
    /// What it is.
    pub found: String,
    /// What it must be.
    pub wanted: &'static str,
}

impl DurabilitySetting {
    /// Whether it is as it must be.
    pub fn is_right(&self) -> bool {
        self.found == self.wanted
    }
}

impl Store {
    /// Whether both reading and beginning a change work now.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.engine().ping().await
    }

    /// Reads the whole database and checks it; the problems found, none when it is sound. Takes as long as
    /// reading the file.
    pub async fn integrity_check(&self) -> Result<Vec<String>, StoreError> {
        self.engine().integrity_check().await
    }

    /// The settings on which durability rests.
    pub async fn durability_check(&self) -> Result<Vec<DurabilitySetting>, StoreError> {
        self.engine().durability_check().await
    }
}
