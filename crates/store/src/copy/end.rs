//! One of the two databases of a copy.

use super::digest::Digest;
use super::error::CopyError;
use super::tables::Copied;
use super::walk::Walk;
use super::{CopiedTable, Doing, Progress};
use crate::change_set::Step;
use crate::database::Database;
use crate::engine::{Exclusive, State};
use crate::error::StoreError;
use crate::keys::{self, KeyRecord};
use crate::value::Value;

/// One of the two databases.
pub(super) struct End {
    pub(super) exclusive: Exclusive,
    pub(super) state: State,
    place: &'static str,
    pub(super) database: String,
}

impl End {
    pub(super) async fn open(database: &Database, place: &'static str) -> Result<Self, CopyError> {
        let (exclusive, state) = Exclusive::open(database).await?;
        Ok(Self { exclusive, state, place, database: database.to_string() })
    }

    pub(super) fn failed(&self, table: &'static str) -> impl Fn(StoreError) -> CopyError {
        let (place, database) = (self.place, self.database.clone());
        move |error| CopyError::Failed { table, place, database: database.clone(), error }
    }

    pub(super) async fn keys(&mut self) -> Result<Vec<KeyRecord>, CopyError> {
        let rows = self.exclusive.read(&Step::any(keys::LIST, Vec::new())).await;
        let rows = rows.map_err(self.failed("key_ring"))?;
        let keys: Result<_, _> = rows.into_iter().map(KeyRecord::read).collect();
        keys.map_err(self.failed("key_ring"))
    }

    pub(super) async fn count(&mut self, table: &'static Copied) -> Result<u64, CopyError> {
        let counted = self.exclusive.read(&Step::any(&table.count, Vec::new())).await;
        let counted = counted.map_err(self.failed(table.name))?;
        match counted.into_iter().flatten().next() {
            Some(Value::Int(rows)) => Ok(rows.unsigned_abs()),
            _ => Ok(0),
        }
    }

    /// What a table holds.
    pub(super) async fn read(
        &mut self,
        table: &'static Copied,
        progress: &mut impl FnMut(Progress),
    ) -> Result<CopiedTable, CopyError> {
        let (mut walk, mut digest, mut read) = (Walk::of(table), Digest::new(), 0);
        let mut tell = |rows, complete| {
            progress(Progress { table: table.name, rows, step: Doing::Checking, complete });
        };
        loop {
            let rows = walk.next(&mut self.exclusive).await;
            let rows = rows.map_err(self.failed(table.name))?;
            if rows.is_empty() {
                break;
            }
            digest.add(&rows);
            read += rows.len() as u64;
            tell(read, false);
        }
        tell(read, true);
        self.all_reached(table, digest).await
    }

    /// Rows are found by way of their clients; that must have been all of them.
    pub(super) async fn all_reached(
        &mut self,
        table: &'static Copied,
        digest: Digest,
    ) -> Result<CopiedTable, CopyError> {
        let (reached, digest) = digest.finish();
        let rows = self.count(table).await?;
        if rows == reached {
            return Ok(CopiedTable { table: table.name, rows, digest });
        }
        let database = self.database.clone();
        Err(CopyError::Astray { table: table.name, database, rows, reached })
    }
}
