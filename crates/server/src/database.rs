//! The database that the configuration names, with the password out of its file.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use onlyauth_store::{Database, PostgresServer, database_path};
use zeroize::Zeroizing;

use crate::cli::{CliError, Exit};
use crate::config::{self, Config, DatabaseUrl};

/// Longest address, in bytes; more is not even read.
const LONGEST: u64 = 4096;

/// Why the file with the address can't be used.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// It can't be read.
    #[error("can't read the database's address in {}: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Others could put the address of a database of theirs into it.
    #[error("other users may write to {} (mode {mode:04o})", .path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It holds something else.
    #[error("{} holds no address of a database: expected {expected}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        expected: String,
    },
}

impl From<AddressError> for CliError {
    fn from(error: AddressError) -> Self {
        let hint = match &error {
            AddressError::Unreadable { .. } => {
                "what holds the address must be a plain file that the user who runs onlyauth may read"
                    .to_owned()
            }
            AddressError::Exposed { path, .. } => format!("run `chmod go-w {}`", path.display()),
            AddressError::Malformed { .. } => {
                "write one line such as postgres://USER:PASSWORD@HOST/NAME into it".to_owned()
            }
        };
        Self::new(Exit::Config, error.to_string()).hint(hint)
    }
}

/// The database that is to be opened.
///
/// # Errors
/// A file that is named and holds no address, or is open to others.
pub fn of(config: &Config) -> Result<Database, AddressError> {
    let config::Database { url, url_file, .. } = &config.database;
    let url = match url_file {
        Some(path) => read(path)?,
        None => url.clone(),
    };
    Ok(at(url, config))
}

/// The database at an address, in this configuration.
pub fn at(url: DatabaseUrl, config: &Config) -> Database {
    match url {
        DatabaseUrl::Sqlite(None) => Database::Sqlite(database_path(&config.data.dir)),
        DatabaseUrl::Sqlite(Some(path)) => Database::Sqlite(path),
        DatabaseUrl::Postgres(url) => Database::Postgres(PostgresServer {
            url,
            writers: config.database.writer_connections,
            readers: config.database.reader_connections,
        }),
    }
}

/// The address in a file, which may be readable by others, as a secret that a container platform mounts often is,
/// but not writable.
///
/// # Errors
/// A file that holds no address, or is open to others.
pub fn read(path: &Path) -> Result<DatabaseUrl, AddressError> {
    let unreadable = |source| AddressError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(unreadable)?;
    // Asked of the open file, so that nobody can swap it between the check and the reading.
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(unreadable(io::Error::other("it is not a plain file")));
    }
    let mode = metadata.mode() & 0o7777;
    if mode & 0o022 != 0 {
        return Err(AddressError::Exposed { path: path.to_owned(), mode });
    }
    let mut text = Zeroizing::new(String::new());
    file.take(LONGEST).read_to_string(&mut text).map_err(unreadable)?;
    let malformed = |expected| AddressError::Malformed { path: path.to_owned(), expected };
    text.trim().parse().map_err(malformed)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const PASSWORD: &str = "correct-horse";

    fn with_file(text: &str, mode: u32) -> (tempfile::TempDir, Config) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("url");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let mut config = Config::default();
        config.database.url_file = Some(path);
        (dir, config)
    }

    #[test]
    fn the_address_comes_from_the_key_or_from_its_file() {
        let mut config = Config::default();
        assert_eq!(of(&config).unwrap(), Database::Sqlite("./data/onlyauth.db".into()));
        config.database.url = "sqlite:other.db".parse().unwrap();
        assert_eq!(of(&config).unwrap(), Database::Sqlite("other.db".into()));
        let text = format!("postgres://auth:{PASSWORD}@db.example.com/onlyauth");
        config.database.url = text.parse().unwrap();
        let expected = of(&config).unwrap();
        assert!(matches!(&expected, Database::Postgres(server) if server.writers == 4));
        for mode in [0o400, 0o600, 0o644] {
            let (_dir, config) = with_file(&format!("{text}\n"), mode);
            assert_eq!(of(&config).unwrap(), expected);
        }
    }

    #[test]
    fn a_file_that_is_no_address_or_open_to_others_is_refused_without_its_text() {
        let good = format!("postgres://auth:{PASSWORD}@db.example.com/onlyauth");
        for (text, mode, what) in [
            ("", 0o600, "holds no address"),
            (PASSWORD, 0o600, "holds no address"),
            (&format!("postgres://auth:{PASSWORD}@db.example.com"), 0o600, "no database"),
            (&format!("{good}?sslmode=maybe"), 0o600, "sslmode"),
            (&good, 0o620, "may write"),
            (&good, 0o602, "may write"),
        ] {
            let (_dir, config) = with_file(text, mode);
            let error = CliError::from(of(&config).unwrap_err());
            let said = format!("{error} {error:?}");
            assert!(said.contains(what) && !said.contains(PASSWORD), "{said}");
        }
        let mut config = Config::default();
        config.database.url_file = Some("/nowhere/url".into());
        assert!(matches!(of(&config), Err(AddressError::Unreadable { .. })));
    }
}
