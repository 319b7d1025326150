//! `[database]`: which database, and how many connections with it.

use std::cmp::Ordering;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use onlyauth_store::PostgresUrl;

use super::section::{Section, section};
use super::setting::{Expectation, Setting, quoted};
use super::source::Values;
use super::value::Raw;

section! {
    /// Which database, and how many connections with it. A change of database moves no data.
    Database = "database";

    /// sqlite: is the file onlyauth.db in the data folder, from which one server serves. postgres://USER@HOST/NAME
    /// is a database of a PostgreSQL server, from which several may; several hosts, with commas between them, are
    /// tried until one takes writes. With ?sslmode=verify-full, the default but for this machine, the server's
    /// certificate is checked, against the system's authorities or those in the file named by sslrootcert; require
    /// and prefer only encrypt, disable does not. What holds a password belongs into url_file.
    url: DatabaseUrl = DatabaseUrl::Sqlite,
        unit "address",
        why "Nothing to install, and fast on one machine.";

    /// A file with nothing but the address, instead of url.
    url_file: Option<PathBuf> = None,
        unit "path",
        why "Environments and command lines are readable by others.";

    /// How many connections to PostgreSQL write.
    writer_connections: usize = 4, within 1..=64,
        unit "connections",
        why "Each commits what waits as one transaction; more of them only make the groups smaller.";

    /// How many connections to PostgreSQL read.
    reader_connections: usize = 4, within 1..=64,
        unit "connections",
        why "Reads are short, and each connection takes many at once.";
}

/// Which database.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The file in the data folder.
    Sqlite,
    /// A server's. May hold a password.
    Postgres(PostgresUrl),
}

impl Database {
    /// Whether PostgreSQL is named, by one key or the other.
    pub fn is_postgres(&self) -> bool {
        self.url != DatabaseUrl::Sqlite || self.url_file.is_some()
    }

    pub(super) fn check(&self, values: &mut Values) {
        if self.url_file.is_some() && values.is_given(Self::NAME, "url") {
            let message = "database.url says which database already: set one of them".to_owned();
            values.refuse_key(Self::NAME, "url_file", message);
        }
        if let DatabaseUrl::Postgres(url) = &self.url
            && url.is_exposed()
        {
            let message = "who is between this machine and the database's can read and change what is sent: use \
                 sslmode=verify-full"
                .to_owned();
            values.warn_key(Self::NAME, "url", message);
        }
    }
}

/// Without a password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite => f.write_str("sqlite:"),
            Self::Postgres(url) => url.fmt(f),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Addresses have no order.
impl PartialOrd for DatabaseUrl {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    /// The error says what was expected, and nothing of the text.
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "sqlite:" => Ok(Self::Sqlite),
            _ if text.starts_with("postgres") => {
                let url = text.parse::<PostgresUrl>();
                url.map(Self::Postgres).map_err(|error| format!("{}, but {error}", Self::KIND))
            }
            _ => Err(Self::KIND.to_owned()),
        }
    }
}

impl Setting for DatabaseUrl {
    const KIND: &'static str = "\"sqlite:\" or an address that begins with \"postgres://\"";
    const MAY_BE_SECRET: bool = true;

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        raw.text().ok_or_else(|| Self::KIND.to_owned())?.parse()
    }

    fn toml(&self) -> String {
        quoted(&self.to_string())
    }
}
