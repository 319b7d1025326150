//! Lists that come page by page: how many on one, and where the next one goes on.

use std::str::FromStr;

use crate::form::Reader;

/// What is on a page, where nobody says how much.
pub const DEFAULT_LIMIT: u32 = 20;
/// What is on a page at most.
pub const MOST: u32 = 100;

/// Which page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging<Id> {
    /// So much at most.
    pub limit: u32,
    /// Where the page before ended; None: the first page.
    pub cursor: Option<Id>,
}

impl<Id: FromStr> Paging<Id> {
    /// Reads `limit` and `cursor`.
    pub fn read(fields: &mut Reader) -> Self {
        let limit = fields.optional("limit").map_or(Some(DEFAULT_LIMIT), |text| {
            text.parse().ok().filter(|limit| (1..=MOST).contains(limit))
        });
        if limit.is_none() {
            fields.problem(format!("'limit' must be a number from 1 to {MOST}."));
        }
        let cursor = fields.given("cursor").map(|text| text.parse());
        if let Some(Err(_)) = cursor {
            fields.problem("'cursor' must be the next_cursor of a page.");
        }
        Self { limit: limit.unwrap_or(DEFAULT_LIMIT), cursor: cursor.and_then(Result::ok) }
    }
}

/// Where the page behind this one goes on: where this one is full, there may be one.
pub fn next<T, Id>(page: &[T], limit: u32, id: impl Fn(&T) -> Id) -> Option<Id> {
    let full = u32::try_from(page.len()).is_ok_and(|found| found >= limit);
    page.last().filter(|_| full).map(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Paging<u64>, crate::error::ApiError> {
        let mut fields = Reader::query(Some(query), &["limit", "cursor"])?;
        let paging = Paging::read(&mut fields);
        fields.finish().map(|()| paging)
    }

    #[test]
    fn a_page_has_twenty_unless_it_is_said_and_a_hundred_at_most() {
        for (query, limit, cursor) in [
            ("", 20, None),
            ("limit=1", 1, None),
            ("limit=100&cursor=", 100, None),
            ("cursor=7", 20, Some(7)),
        ] {
            assert_eq!(read(query), Ok(Paging { limit, cursor }), "{query}");
        }
        for query in ["limit=", "limit=0", "limit=101", "limit=-1", "limit=x", "cursor=x"] {
            assert!(read(query).is_err(), "{query}");
        }
    }

    #[test]
    fn only_behind_a_full_page_there_may_be_another() {
        assert_eq!(next(&[1, 2], 3, |last| *last), None);
        assert_eq!(next(&[1, 2], 2, |last| *last), Some(2));
        assert_eq!(next(&[] as &[u8], 1, |last| *last), None);
    }
}
