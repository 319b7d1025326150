//! The mark on a database that an installation is being copied into. Whoever opens it looks for that first, so
//! that nobody serves from half an installation, also after the copy was interrupted.

use onlyauth_core::time::Timestamp;

use crate::change_set::Step;
use crate::statement::{Statement, statements};
use crate::value::params;

statements! {
    COPY_MARK_COUNT = "SELECT COUNT(*) FROM unfinished_copies";
    COPY_MARK_CREATE = "INSERT INTO unfinished_copies (begun_at) VALUES (?1)";
    COPY_MARK_DELETE = "DELETE FROM unfinished_copies";
}

/// How many marks there are.
pub(crate) static COUNT: &Statement = &COPY_MARK_COUNT;

/// Marks the database, over an older mark.
pub(super) fn set(now: Timestamp) -> Vec<Step> {
    vec![Step::any(&COPY_MARK_DELETE, params![]), Step::any(&COPY_MARK_CREATE, params![now])]
}

/// Takes the mark away.
pub(super) fn remove() -> Vec<Step> {
    vec![Step::any(&COPY_MARK_DELETE, params![])]
}
