//! What an installation with steady traffic comes to.

use onlyauth_core::time::Timestamp;
use onlyauth_store::{Kept, database_path};

use super::aggregates::{Fate, Past, count, cutoffs};
use super::retention::delete;
use super::support::*;

const HOUR: u64 = 3600;
const LOGINS_PER_HOUR: u32 = 30;
/// Two of them pass between a login and its row's end.
const HOURS: u32 = 16;

/// Space that was freed is used again, and no kind of row is forgotten.
#[tokio::test]
async fn with_steady_traffic_the_file_stops_growing() {
    let (dir, store) = store().await;
    let file = rusqlite::Connection::open(database_path(dir.path())).unwrap();
    let pages = || -> u32 { file.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap() };
    let mut sizes = Vec::new();
    for hour in 0..HOURS {
        for login in 0..LOGINS_PER_HOUR {
            let started = HOUR * u64::from(hour) + u64::from(120 * login);
            let fate = match login % 4 {
                0 => Fate::Expires,
                1 => Fate::Cancelled(20),
                _ => Fate::Passes(10),
            };
            let past = Past::new(hour * LOGINS_PER_HOUR + login, started, fate);
            Past { wrong: 2, ..past }.happen(&store).await;
        }
        let now = HOUR * u64::from(hour + 1);
        let cutoffs = cutoffs(now);
        count(&store, client(1), &cutoffs, 50).await;
        for (what, by) in [
            (Kept::Actions, cutoffs.actions),
            (Kept::SuccessTokens, cutoffs.success_tokens),
            (Kept::Hours, at(now.saturating_sub(6 * HOUR))),
        ] {
            delete(&store, what, by, 20).await;
        }
        sizes.push(pages());
    }
    let (first, last) = sizes.split_at(sizes.len() / 2);
    assert!(first[0] < *first.last().unwrap(), "it grew at first: {sizes:?}");
    assert!(last.iter().max() <= first.iter().max(), "{sizes:?}");
    let beginning = Timestamp::from_millis(0);
    let counted = store.login_hour_list(client(1), None, beginning, at(1_000_000)).await.unwrap();
    assert!(!counted.is_empty());
}
