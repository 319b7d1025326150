//! What went wrong, in the store's words. Details of the server's errors are left out: they quote keys.

use std::error::Error as StdError;

use tokio_postgres::Error;
use tokio_postgres::error::{Severity, SqlState};

use super::execute::DoesNotFit;
use crate::error::{Reason, StoreError};

/// An error after which certainly nothing was done.
pub(super) fn unavailable(error: &Error) -> StoreError {
    StoreError::unavailable(reason(error), describe(error))
}

/// What the server or the system said, without any value.
pub(super) fn describe(error: &Error) -> String {
    if let Some(said) = error.as_db_error() {
        return format!("{} {}: {}", said.severity(), said.code().code(), said.message());
    }
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// What a failed COMMIT means. An ERROR ends the transaction without it, certainly. When the session ends
/// instead, the commit may have come first, and the answer got lost.
pub(super) fn commit_failed(error: &Error) -> StoreError {
    let certain =
        error.as_db_error().is_some_and(|said| said.parsed_severity() == Some(Severity::Error));
    if certain {
        return unavailable(error);
    }
    tracing::error!(error = describe(error), "a commit ended without a known outcome");
    StoreError::Unknown
}

/// Two transactions were in each other's way and this one gave in: it may be tried again.
pub(super) fn is_conflict(error: &Error) -> bool {
    error.code().is_some_and(|code| {
        *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED
    })
}

/// An earlier statement of the transaction failed, which says nothing about this one.
pub(super) fn is_consequence(error: &Error) -> bool {
    error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION)
}

/// It is the server's trouble, so whoever shares the transaction would meet it too.
pub(super) fn is_of_the_server(error: &Error) -> bool {
    let Some(code) = error.code() else {
        // Otherwise the statement was not even sent.
        return !does_not_fit(error);
    };
    // Insufficient resources; operator's intervention; system error; internal error.
    let classes = ["53", "57", "58", "XX"];
    *code == SqlState::READ_ONLY_SQL_TRANSACTION
        || (classes.iter().any(|class| code.code().starts_with(class))
            && *code != SqlState::QUERY_CANCELED)
}

fn reason(error: &Error) -> Reason {
    let Some(code) = error.code() else {
        return match error.source() {
            _ if does_not_fit(error) => Reason::Failed,
            Some(cause) if is_read_only_host(cause) => Reason::ReadOnly,
            _ => Reason::Unreachable,
        };
    };
    if is_conflict(error) {
        return Reason::Busy;
    }
    match code {
        code if [SqlState::LOCK_NOT_AVAILABLE, SqlState::QUERY_CANCELED].contains(code) => {
            Reason::Busy
        }
        code if *code == SqlState::DISK_FULL => Reason::Full,
        code if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Reason::ReadOnly,
        code if *code == SqlState::UNDEFINED_TABLE || *code == SqlState::UNDEFINED_COLUMN => {
            Reason::Damaged
        }
        code if code.code().starts_with("XX") => Reason::Damaged,
        // Too many connections; shutting down or starting up; connection refused or lost; wrong password.
        code if ["53", "57", "08", "28"].iter().any(|class| code.code().starts_with(class)) => {
            Reason::Unreachable
        }
        _ => Reason::Failed,
    }
}

/// A statement and its parameters don't belong together.
fn does_not_fit(error: &Error) -> bool {
    error.source().and_then(|cause| cause.downcast_ref::<DoesNotFit>()).is_some()
}

/// Every host that answered takes no writes: standbys, before one of them is promoted.
fn is_read_only_host(cause: &(dyn StdError + 'static)) -> bool {
    let io = cause.downcast_ref::<std::io::Error>();
    io.is_some_and(|io| io.to_string() == "database does not allow writes")
}
