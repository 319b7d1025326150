//! Moving a whole installation from one database to another, whichever kinds they are.
//!
//! Both are held alone meanwhile. The target is marked before the first row and as long as anything is missing,
//! so that nobody serves from half an installation; whoever repeats an interrupted copy starts over. At the end the
//! target is read again, and must hold exactly what was read from the source.

mod digest;
mod end;
mod error;
pub(crate) mod mark;
mod tables;
#[cfg(test)]
mod tests;
mod walk;

use onlyauth_core::time::Timestamp;

use crate::change_set::Step;
use crate::database::Database;
use crate::engine::State;
use crate::error::OpenError;
use crate::keys::KeyRecord;

use digest::Digest;
use end::End;
use tables::{COPIED, Copied};
use walk::Walk;

pub use error::CopyError;
pub(crate) use tables::statements;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// In this table.
    pub table: &'static str,
    /// So many rows.
    pub rows: u64,
    /// What was done with them.
    pub step: Doing,
    /// Whether that was all of the table.
    pub complete: bool,
}

/// What is done with rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// They were read from the source and committed in the target.
    Copying,
    /// They were read again, for comparing.
    Checking,
}

/// What a table holds, at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopiedTable {
    /// Which table.
    pub table: &'static str,
    /// Its rows.
    pub rows: u64,
    /// SHA-256 over all of them.
    pub digest: [u8; 32],
}

/// What became of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyOutcome {
    /// All of it is in the target, which is still marked: see [`Copy::finish`].
    Now(Vec<CopiedTable>),
    /// The target held exactly this already. Nothing was changed.
    Before(Vec<CopiedTable>),
}

/// A copy: both ends held alone, until this value goes.
pub struct Copy {
    source: End,
    target: End,
}

impl Copy {
    /// Takes hold of both; neither is changed yet. The source stands still from now on.
    ///
    /// # Errors
    /// One that a server or another copy uses, that can't be reached, is not ours or of another version; a source
    /// without an installation, or with half of one.
    pub async fn open(source: &Database, target: &Database) -> Result<Self, CopyError> {
        let mut source = End::open(source, "at the source").await?;
        match source.state {
            State::Ours { unfinished: false } => {}
            State::Ours { unfinished: true } => {
                return Err(OpenError::HalfCopied { database: source.database }.into());
            }
            State::Nothing => return Err(CopyError::NoSource { database: source.database }),
        }
        source.exclusive.freeze().await.map_err(source.failed("clients"))?;
        let target = End::open(target, "at the target").await?;
        Ok(Self { source, target })
    }

    /// The key ring of the source, for a look whether the master key opens it.
    pub async fn source_keys(&mut self) -> Result<Vec<KeyRecord>, CopyError> {
        self.source.keys().await
    }

    /// The key ring of the target, once it is there.
    pub async fn target_keys(&mut self) -> Result<Vec<KeyRecord>, CopyError> {
        self.target.keys().await
    }

    /// Copies all rows and compares what came of it.
    ///
    /// # Errors
    /// After one the target is as it was, or marked as unfinished.
    pub async fn run(
        &mut self,
        now: Timestamp,
        mut progress: impl FnMut(Progress),
    ) -> Result<CopyOutcome, CopyError> {
        match self.target.state {
            State::Nothing => self.target.exclusive.begin(now).await?,
            State::Ours { unfinished: true } => {}
            State::Ours { unfinished: false } => {
                if self.target_holds_rows().await? {
                    return self.compare(&mut progress).await.map(CopyOutcome::Before);
                }
            }
        }
        let target = &mut self.target;
        target.exclusive.write(&mark::set(now)).await.map_err(target.failed("clients"))?;
        target.state = State::Ours { unfinished: true };
        let names: Vec<&str> = COPIED.iter().map(|table| table.name).collect();
        target.exclusive.clear(&names).await.map_err(target.failed("clients"))?;
        let mut read = Vec::new();
        for table in COPIED.iter() {
            read.push(self.copy(table, &mut progress).await?);
        }
        let target = &mut self.target;
        target.exclusive.settle().await.map_err(target.failed("clients"))?;
        for (table, source) in COPIED.iter().zip(&read) {
            let found = self.target.read(table, &mut progress).await?;
            if found != *source {
                return Err(CopyError::Differs {
                    table: table.name,
                    source_rows: source.rows,
                    target_rows: found.rows,
                });
            }
        }
        Ok(CopyOutcome::Now(read))
    }

    /// Lets the target be served from.
    pub async fn finish(&mut self) -> Result<(), CopyError> {
        let target = &mut self.target;
        target.exclusive.write(&mark::remove()).await.map_err(target.failed("clients"))
    }

    async fn copy(
        &mut self,
        table: &'static Copied,
        progress: &mut impl FnMut(Progress),
    ) -> Result<CopiedTable, CopyError> {
        let Self { source, target } = self;
        let (mut walk, mut digest, mut copied) = (Walk::of(table), Digest::new(), 0);
        let mut tell = |rows, complete| {
            progress(Progress { table: table.name, rows, step: Doing::Copying, complete });
        };
        loop {
            let rows = walk.next(&mut source.exclusive).await;
            let rows = rows.map_err(source.failed(table.name))?;
            if rows.is_empty() {
                break;
            }
            digest.add(&rows);
            copied += rows.len() as u64;
            let puts: Vec<Step> = rows.into_iter().map(|row| Step::any(&table.put, row)).collect();
            target.exclusive.write(&puts).await.map_err(target.failed(table.name))?;
            tell(copied, false);
        }
        tell(copied, true);
        source.all_reached(table, digest).await
    }

    async fn target_holds_rows(&mut self) -> Result<bool, CopyError> {
        for table in COPIED.iter() {
            if self.target.count(table).await? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A target that is not ours to clear may hold exactly this installation: then an earlier copy was finished.
    async fn compare(
        &mut self,
        progress: &mut impl FnMut(Progress),
    ) -> Result<Vec<CopiedTable>, CopyError> {
        let mut equal = Vec::new();
        let database = self.target.database.clone();
        for table in COPIED.iter() {
            let other =
                CopyError::OtherInstallation { database: database.clone(), table: table.name };
            // Another installation has other keys, in the first table already, and is not read to its end.
            if self.target.count(table).await? != self.source.count(table).await? {
                return Err(other);
            }
            let found = self.target.read(table, progress).await?;
            if self.source.read(table, &mut |_| {}).await? != found {
                return Err(other);
            }
            equal.push(found);
        }
        Ok(equal)
    }
}
