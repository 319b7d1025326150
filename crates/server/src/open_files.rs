//! Open files: each connection is one. Where they run out, whoever holds the most idle connections decides who
//! else gets in, so the server takes no more connections than it has files for.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::config::Config;

/// Kept for what is no connection: the database's writer, the listener, sockets to providers, the runtime.
const RESERVE: u64 = 64;
/// A reader has the database, its log and its index open.
const PER_READER: u64 = 3;

/// How many files a server that starts here may have open at most; None where there is no limit.
pub fn most() -> Option<u64> {
    getrlimit(Resource::Nofile).maximum
}

/// Raises this process's limit as far as it may by itself; tells what it is then, None where there is none.
///
/// The lower, soft limit is usually 1024, for the sake of programs that can't count further.
pub fn raise() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => maximum,
        // Some systems call the limit infinite and mean a number.
        Err(_) => current,
    }
}

/// How many connections the configuration may have at once where `limit` files may be open; at least 1.
pub fn connections(config: &Config, limit: Option<u64>) -> usize {
    let wanted = config.server.max_connections;
    let Some(limit) = limit else { return wanted };
    let readers = u64::try_from(config.data.reader_threads).unwrap_or(u64::MAX);
    let sessions = if config.database.is_postgres() {
        config.database.writer_connections.saturating_add(config.database.reader_connections)
    } else {
        0
    };
    let sessions = u64::try_from(sessions).unwrap_or(u64::MAX);
    let reserve =
        RESERVE.saturating_add(readers.saturating_mul(PER_READER)).saturating_add(sessions);
    let left = usize::try_from(limit.saturating_sub(reserve)).unwrap_or(usize::MAX);
    wanted.min(left).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_the_rest() {
        let mut config = Config::default();
        config.data.reader_threads = 2;
        for (wanted, limit, expected) in [
            (10_000, None, 10_000),
            (10_000, Some(20_000), 10_000),
            (10_000, Some(10_070), 10_000),
            (10_000, Some(10_069), 9_999),
            (10_000, Some(256), 186),
            (10_000, Some(71), 1),
            (10_000, Some(0), 1),
            (5, Some(256), 5),
        ] {
            config.server.max_connections = wanted;
            assert_eq!(connections(&config, limit), expected, "{wanted} of {limit:?}");
        }
        config.server.max_connections = 10_000;
        config.data.reader_threads = 10;
        assert_eq!(connections(&config, Some(256)), 162, "readers have files open, too");
        config.database.url_file = Some("url".into());
        assert_eq!(connections(&config, Some(256)), 154, "so do connections to a database");
    }
}
