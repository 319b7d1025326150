//! Looks: reads of a few rows by their whole key, on the caller's own thread.
//!
//! Such a read takes some 20 µs, of pages that are in memory; to hand it to another thread and back takes longer. Where
//! all connections are in use, or one has to be opened, it goes the readers' way.

use std::sync::{Mutex, PoisonError, TryLockError};

use rusqlite::{Connection, Error};

use super::Opener;
use super::connection::unavailable;
use super::execute;
use crate::change_set::Step;
use crate::error::StoreError;
use crate::value::Row;

pub(super) struct Looks(Vec<Mutex<Place>>);

struct Place {
    /// None once closed.
    open: Option<Opener>,
    connection: Option<Connection>,
}

impl Looks {
    pub(super) fn new(openers: Vec<Opener>) -> Self {
        let place = |open| Mutex::new(Place { open: Some(open), connection: None });
        Self(openers.into_iter().map(place).collect())
    }

    /// The answer; None where it has to go another way.
    pub(super) fn look(&self, query: &Step) -> Option<Result<Vec<Row>, StoreError>> {
        let mut place = self.0.iter().find_map(|place| match place.try_lock() {
            Ok(place) => Some(place),
            // A panic in the middle of a read left nothing half done.
            Err(TryLockError::Poisoned(place)) => Some(place.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        })?;
        let connection = match place.connection.take() {
            Some(connection) => connection,
            None => place.open.as_mut()?().ok()?,
        };
        match run(&connection, query) {
            Ok(rows) => {
                place.connection = Some(connection);
                Some(Ok(rows))
            }
            Err(error) => Some(Err(unavailable(&error))),
        }
    }

    /// Waits for those who are looking; nobody looks after that.
    pub(super) fn close(&self) {
        for place in &self.0 {
            let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
            (place.open, place.connection) = (None, None);
        }
    }
}

fn run(connection: &Connection, query: &Step) -> Result<Vec<Row>, Error> {
    let mut statement = connection.prepare_cached(query.statement.sql)?;
    let columns = statement.column_count();
    execute::rows(&mut statement, columns, rusqlite::params_from_iter(&query.params))
}
