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

    /// sqlite: is the file onlyauth.db in the data folder, and sqlite:PATH another file; one server serves from it.
    /// postgres://USER@HOST/NAME
    /// is a database of a PostgreSQL server, from which several may; several hosts, with commas between them, are
    /// tried until one takes writes. With ?sslmode=verify-full, the default but for this machine, the server's
    /// certificate is checked, against the system's authorities or those in the file named by sslrootcert; require
    /// and prefer only encrypt, disable does not. What holds a password belongs into url_file.
    url: DatabaseUrl = DatabaseUrl::Sqlite(None),
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

const SQLITE: &str = "sqlite:";

/// Which database.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file; None: the one in the data folder.
    Sqlite(Option<PathBuf>),
    /// A server's. May hold a password.
    Postgres(PostgresUrl),
}

impl Database {
    /// Whether PostgreSQL is named, or may be, in the file that holds the address.
    pub fn is_postgres(&self) -> bool {
        matches!(self.url, DatabaseUrl::Postgres(_)) || self.url_file.is_some()
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
            Self::Sqlite(None) => f.write_str(SQLITE),
            Self::Sqlite(Some(path)) => write!(f, "{SQLITE}{}", path.display()),
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
        let but = |error: &str| format!("{}, but {error}", Self::KIND);
        if let Some(rest) = text.strip_prefix(SQLITE) {
            return file(rest).map(Self::Sqlite).map_err(but);
        }
        if text.starts_with("postgres") {
            let url = text.parse::<PostgresUrl>();
            return url.map(Self::Postgres).map_err(|error| but(&error.to_string()));
        }
        Err(Self::KIND.to_owned())
    }
}

/// What `sqlite:` names. `//` begins the part of an address that says on which host: here, on none.
fn file(rest: &str) -> Result<Option<PathBuf>, &'static str> {
    let path = match rest.strip_prefix("//") {
        Some(path) if path.starts_with('/') => path,
        Some(_) => return Err("sqlite:// goes on with an absolute path, as in sqlite:///srv/o.db"),
        None if rest.is_empty() => return Ok(None),
        None => rest,
    };
    if path.contains('?') {
        return Err("it takes no parameters");
    }
    if path.starts_with(':') || path.ends_with('/') || path.contains('\0') {
        return Err("it names no file");
    }
    Ok(Some(PathBuf::from(path)))
}

impl Setting for DatabaseUrl {
    const KIND: &'static str =
        "\"sqlite:\", \"sqlite:PATH\" or an address that begins with \"postgres://\"";
    const MAY_BE_SECRET: bool = true;

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        raw.text().ok_or_else(|| Self::KIND.to_owned())?.parse()
    }

    fn toml(&self) -> String {
        quoted(&self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_sqlite_names_a_file_or_none() {
        let file = |path: &str| Ok(DatabaseUrl::Sqlite(Some(PathBuf::from(path))));
        for (text, expected) in [
            ("sqlite:", Ok(DatabaseUrl::Sqlite(None))),
            ("sqlite:o.db", file("o.db")),
            ("sqlite:./a b/o.db", file("./a b/o.db")),
            ("sqlite:/srv/o.db", file("/srv/o.db")),
            ("sqlite:///srv/o.db", file("/srv/o.db")),
        ] {
            let read: Result<DatabaseUrl, String> = text.parse();
            assert_eq!(read, expected, "{text}");
            let back = read.map(|url| url.to_string().replace("sqlite:///", "sqlite:/"));
            assert_eq!(back, Ok(text.replace("sqlite:///", "sqlite:/")));
        }
    }

    #[test]
    fn what_names_no_file_is_refused() {
        for text in [
            "sqlite",
            "Sqlite:",
            "sqlite://",
            "sqlite://o.db",
            "sqlite://host/o.db",
            "sqlite:o.db?mode=ro",
            "sqlite::memory:",
            "sqlite:data/",
            "sqlite:o\0",
            "mysql://host/o",
            "",
        ] {
            let error = text.parse::<DatabaseUrl>().unwrap_err();
            assert!(error.starts_with(DatabaseUrl::KIND), "{text:?}: {error}");
        }
    }
}
