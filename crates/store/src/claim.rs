//! Who may serve from a database, and the lock that says so where it is a file.

use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::OpenError;

const DATABASE_FILE: &str = "onlyauth.db";

/// Between two looks at what another process is about to finish.
const PAUSE: Duration = Duration::from_millis(20);
/// Looks again before it counts as staying: 2 s, many times what making a schema takes.
const LOOKS: u32 = 100;

/// Where the database of a data folder is, unless the configuration names another place; whether or not it
/// exists.
pub fn database_path(folder: &Path) -> PathBuf {
    folder.join(DATABASE_FILE)
}

/// What a server has before it opens its database: the lock, where the database is a file. A database of a server
/// may be shared, and is guarded there.
#[derive(Debug)]
pub struct Claim {
    _lock: Option<DatabaseLock>,
}

impl Claim {
    pub(crate) fn of(lock: Option<DatabaseLock>) -> Self {
        Self { _lock: lock }
    }
}

/// The lock of a database file: this process alone may serve from, migrate, replace or copy it while the value
/// lives. Whoever names the file, from whichever data folder and by whichever way, meets the same lock.
///
/// It is advisory, a file beside the database, and belongs to the open file: it ends with the process, also when
/// killed, so there is never a stale one to clean up.
#[derive(Debug)]
pub struct DatabaseLock {
    _file: File,
}

impl DatabaseLock {
    /// Makes the file's folder if it is missing (only its owner may look inside) and takes the lock.
    ///
    /// [`OpenError::Locked`] when another process, or another part of this one, holds it;
    /// [`OpenError::Io`] when the folder can't be made or written.
    pub fn take(database: &Path) -> Result<Self, OpenError> {
        let path = lock_path(database)?;
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| OpenError::io(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(OpenError::Locked { database: database.to_owned() })
            }
            Err(TryLockError::Error(error)) => Err(OpenError::io(path, error)),
        }
    }

    /// As [`DatabaseLock::take`], but gives a short command, which holds the lock only while it makes or migrates
    /// the database, up to 2 s to be done with it. Blocks meanwhile.
    pub fn take_patiently(database: &Path) -> Result<Self, OpenError> {
        with_patience(pause, || match Self::take(database) {
            Err(error @ OpenError::Locked { .. }) => Look::Again(error),
            result => Look::Done(result),
        })
    }
}

/// Two ways to one file must lead to one lock, so links are followed first.
fn lock_path(database: &Path) -> Result<PathBuf, OpenError> {
    let io = |error: std::io::Error| OpenError::io(database, error);
    let folder = folder_of(database);
    create_folder(folder)?;
    let real = match database.canonicalize() {
        Ok(real) => real,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let name = database.file_name().ok_or_else(|| {
                io(std::io::Error::new(std::io::ErrorKind::InvalidInput, "it names no file"))
            })?;
            folder.canonicalize().map_err(io)?.join(name)
        }
        Err(error) => return Err(io(error)),
    };
    Ok(beside(&real, ".lock"))
}

/// The folder that a file is in.
pub(crate) fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// The path of a file whose name is this one's with more behind it.
pub(crate) fn beside(file: &Path, more: &str) -> PathBuf {
    let mut path = OsString::from(file);
    path.push(more);
    PathBuf::from(path)
}

/// What came of a look.
pub(crate) enum Look<T> {
    /// This, whatever comes later.
    Done(Result<T, OpenError>),
    /// It may be otherwise in a moment; if it stays so, this.
    Again(OpenError),
}

pub(crate) fn pause() {
    std::thread::sleep(PAUSE);
}

/// Looks again, a pause after each time, as long as that may change something.
pub(crate) fn with_patience<T>(
    mut pause: impl FnMut(),
    mut look: impl FnMut() -> Look<T>,
) -> Result<T, OpenError> {
    for _ in 0..LOOKS {
        if let Look::Done(result) = look() {
            return result;
        }
        pause();
    }
    match look() {
        Look::Done(result) => result,
        Look::Again(error) => Err(error),
    }
}

pub(crate) fn create_folder(path: &Path) -> Result<(), OpenError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| OpenError::io(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new/data/file.db");
        let first = DatabaseLock::take(&path).unwrap();
        assert!(matches!(DatabaseLock::take(&path), Err(OpenError::Locked { .. })));
        DatabaseLock::take(&path.with_file_name("other.db")).unwrap();
        drop(first);
        DatabaseLock::take(&path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn every_way_to_a_file_leads_to_its_lock() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, file) = (dir.path().join("data"), dir.path().join("data/file.db"));
        let (other, link) = (dir.path().join("other"), dir.path().join("link.db"));
        std::os::unix::fs::symlink(&folder, &other).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let taken = |path: &Path| matches!(DatabaseLock::take(path), Err(OpenError::Locked { .. }));
        for exists in [false, true] {
            let _held = DatabaseLock::take(&file).unwrap();
            assert!(taken(&other.join("file.db")));
            assert!(taken(&folder.join("../data/./file.db")));
            if exists {
                assert!(taken(&link));
            }
            std::fs::write(&file, "").unwrap();
        }
    }

    #[test]
    fn a_lock_that_is_given_back_soon_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = database_path(dir.path());
        let mut held = Some(DatabaseLock::take(&path).unwrap());
        let look = || match DatabaseLock::take(&path) {
            Err(error @ OpenError::Locked { .. }) => Look::Again(error),
            result => Look::Done(result),
        };
        let mut pauses = 0;
        let locked = with_patience(
            || {
                pauses += 1;
                held = held.take().filter(|_| pauses < 3);
            },
            look,
        );
        assert_eq!(pauses, 3);

        let mut pauses = 0;
        let error = with_patience(|| pauses += 1, look).unwrap_err();
        assert!(matches!(error, OpenError::Locked { .. }), "{error}");
        assert_eq!(pauses, LOOKS);
        drop(locked);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("data");
        let _lock = DatabaseLock::take(&database_path(&folder)).unwrap();
        assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_file_in_the_way_is_an_error_with_a_path() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("data");
        std::fs::write(&path, "").unwrap();
        let error = DatabaseLock::take(&database_path(&path)).unwrap_err();
        assert!(matches!(&error, OpenError::Io { path: at, .. } if *at == path), "{error}");
        assert!(!error.hint().is_empty());
    }
}
