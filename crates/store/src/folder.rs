//! The data folder, and the lock that says who serves from it.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::OpenError;

const LOCK_FILE: &str = "onlyauth.lock";
const DATABASE_FILE: &str = "onlyauth.db";

/// Between two looks at what another process is about to finish.
const PAUSE: Duration = Duration::from_millis(20);
/// Looks again before it counts as staying: 2 s, many times what making a schema takes.
const LOOKS: u32 = 100;

/// Where the database of a data folder is, whether or not it exists.
pub fn database_path(folder: &Path) -> PathBuf {
    folder.join(DATABASE_FILE)
}

/// A data folder that a server serves from; where the database is in it, this process alone may serve from and
/// migrate it while the value lives.
///
/// The lock is advisory and belongs to the open file: it ends with the process, also when killed, so there
/// is never a stale one to clean up.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: Option<File>,
}

impl DataFolder {
    /// Makes the folder if it is missing (only its owner may look inside) and locks it.
    ///
    /// [`OpenError::Locked`] when another process, or another part of this one, holds the lock;
    /// [`OpenError::Io`] when the folder can't be made or written.
    pub fn lock(path: &Path) -> Result<Self, OpenError> {
        create(path)?;
        let lock_path = path.join(LOCK_FILE);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_path)
            .map_err(|error| OpenError::io(&lock_path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Locked { folder: path.to_owned() }),
            Err(TryLockError::Error(error)) => Err(OpenError::io(lock_path, error)),
        }
    }

    /// As [`DataFolder::lock`], but gives a short command, which holds the lock only while it makes or migrates
    /// the database, up to 2 s to be done with it. Blocks meanwhile.
    pub fn lock_patiently(path: &Path) -> Result<Self, OpenError> {
        with_patience(pause, || match Self::lock(path) {
            Err(error @ OpenError::Locked { .. }) => Look::Again(error),
            result => Look::Done(result),
        })
    }

    /// Makes the folder if it is missing, and takes no lock: the database is elsewhere.
    pub fn share(path: &Path) -> Result<Self, OpenError> {
        create(path)?;
        Ok(Self { path: path.to_owned(), _lock: None })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }
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

fn create(path: &Path) -> Result<(), OpenError> {
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
        let path = dir.path().join("new/data");
        let first = DataFolder::lock(&path).unwrap();
        assert!(matches!(DataFolder::lock(&path), Err(OpenError::Locked { .. })));
        drop(first);
        DataFolder::lock(&path).unwrap();
    }

    #[test]
    fn a_lock_that_is_given_back_soon_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let mut held = Some(DataFolder::lock(dir.path()).unwrap());
        let look = |path: &Path| match DataFolder::lock(path) {
            Err(error @ OpenError::Locked { .. }) => Look::Again(error),
            result => Look::Done(result),
        };
        let mut pauses = 0;
        let locked = with_patience(
            || {
                pauses += 1;
                held = held.take().filter(|_| pauses < 3);
            },
            || look(dir.path()),
        );
        assert!(locked.is_ok());
        assert_eq!(pauses, 3);

        let mut pauses = 0;
        let error = with_patience(|| pauses += 1, || look(dir.path())).unwrap_err();
        assert!(matches!(error, OpenError::Locked { .. }), "{error}");
        assert_eq!(pauses, LOOKS);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("data");
        let _folder = DataFolder::lock(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_file_in_the_way_is_an_error_with_a_path() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("data");
        std::fs::write(&path, "").unwrap();
        let error = DataFolder::lock(&path).unwrap_err();
        assert!(matches!(&error, OpenError::Io { path: at, .. } if *at == path), "{error}");
        assert!(!error.hint().is_empty());
    }
}
