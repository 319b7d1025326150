//! A database that nobody else uses meanwhile: for moving a whole installation.

use onlyauth_core::time::Timestamp;

use super::{postgres, sqlite};
use crate::change_set::Step;
use crate::database::Database;
use crate::error::{OpenError, StoreError};
use crate::value::Row;

/// What a database turned out to be. One of an older or newer schema, or not of ours, is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing is in it; a file may not even be there.
    Nothing,
    /// It has our schema.
    Ours {
        /// A copy into it was not finished.
        unfinished: bool,
    },
}

/// One connection, and the lock that keeps servers away. Ends with the process, however that ends.
pub(crate) struct Exclusive(Kind);

enum Kind {
    Sqlite(sqlite::Exclusive),
    Postgres(postgres::Exclusive),
}

/// Does the same with either engine.
macro_rules! on {
    ($exclusive:expr, $database:ident => $sqlite:expr, $postgres:expr) => {
        match &mut $exclusive.0 {
            Kind::Sqlite($database) => $sqlite,
            Kind::Postgres($database) => $postgres,
        }
    };
}

impl Exclusive {
    /// Takes the lock, for which it waits up to 2 s, and looks; changes nothing but makes a file's folder.
    pub(crate) async fn open(database: &Database) -> Result<(Self, State), OpenError> {
        match database {
            Database::Sqlite(path) => {
                let (exclusive, state) = sqlite::Exclusive::open(path)?;
                Ok((Self(Kind::Sqlite(exclusive)), state))
            }
            Database::Postgres(server) => {
                let (exclusive, state) = postgres::Exclusive::open(&server.url).await?;
                Ok((Self(Kind::Postgres(exclusive)), state))
            }
        }
    }

    /// From now on, what is read is of one moment, and nobody writes.
    pub(crate) async fn freeze(&mut self) -> Result<(), StoreError> {
        on!(self, database => database.freeze(), database.freeze().await)
    }

    /// Makes the schema where nothing is.
    pub(crate) async fn begin(&mut self, now: Timestamp) -> Result<(), OpenError> {
        on!(self, database => database.begin(now), database.begin(now).await)
    }

    pub(crate) async fn read(&mut self, query: &Step) -> Result<Vec<Row>, StoreError> {
        on!(self, database => database.read(query), database.read(query).await)
    }

    /// All of it or nothing, durably.
    pub(crate) async fn write(&mut self, steps: &[Step]) -> Result<(), StoreError> {
        on!(self, database => database.write(steps), database.write(steps).await)
    }

    /// Takes all rows out of these tables, at once; the referring ones come after those that they refer to.
    pub(crate) async fn clear(&mut self, tables: &[&str]) -> Result<(), StoreError> {
        on!(self, database => database.clear(tables), database.clear(tables).await)
    }

    /// Tidies up after much came in, and lets the planner know.
    pub(crate) async fn settle(&mut self) -> Result<(), StoreError> {
        on!(self, database => database.settle(), database.settle().await)
    }
}
