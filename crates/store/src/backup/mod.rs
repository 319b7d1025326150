//! Backups of a database file, and putting one back. A database server has tools of its own for that.
//!
//! A backup is one file, complete in itself. Putting it back turns time back: what was open then may have been used
//! since, so it is ended first, see [`settle`].

mod settle;

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use onlyauth_core::time::Timestamp;

use crate::claim::{DatabaseLock, beside, folder_of};
use crate::engine::files;
use crate::error::{OpenError, StoreError};
use crate::keys::KeyRecord;
use crate::open::Store;

pub(crate) use settle::STATEMENTS;
pub use settle::Settled;

/// What a database file may have beside it.
const LOGS: [&str; 2] = ["-wal", "-journal"];

/// Why there is no backup, or why one was not put back. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file can't be used.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// There is no database to back up.
    #[error("there is no database at {}", .0.display())]
    NoDatabase(PathBuf),
    /// A file of that name would be overwritten.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// A check found damage.
    #[error("{} is damaged: {problem}", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// The first problem.
        problem: String,
    },
    /// The database did not answer.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// Writes what the database holds at one moment into a new file, which has its name only once it is complete, on the
/// disk and checked. A server may go on meanwhile. `draft` is the name until then, in the same folder.
///
/// # Errors
/// [`BackupError::Exists`] where `to` is there: a backup is never overwritten.
pub fn backup(database: &Path, to: &Path, draft: &Path) -> Result<(), BackupError> {
    if !database.exists() {
        return Err(BackupError::NoDatabase(database.to_owned()));
    }
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let written = private_file(draft)
        .map_err(|error| OpenError::io(draft, error).into())
        .and_then(|_| write(database, draft))
        .and_then(|()| publish(draft, to));
    // Also after success, when the file has its other name.
    let removed = fs::remove_file(draft);
    written?;
    removed.map_err(|error| OpenError::io(draft, error).into())
}

fn write(database: &Path, draft: &Path) -> Result<(), BackupError> {
    files::write_copy(database, draft)?;
    sync(draft)?;
    sound(draft)
}

fn sound(file: &Path) -> Result<(), BackupError> {
    match files::first_problem(file)? {
        None => Ok(()),
        Some(problem) => Err(BackupError::Damaged { file: file.to_owned(), problem }),
    }
}

/// Gives the file its name, unless something has that name.
fn publish(draft: &Path, to: &Path) -> Result<(), BackupError> {
    match fs::hard_link(draft, to) {
        Ok(()) => Ok(sync(folder_of(to))?),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(BackupError::Exists(to.to_owned()))
        }
        Err(error) => Err(OpenError::io(to, error).into()),
    }
}

/// A backup that is about to be put back: a copy of it stands beside the database, which is locked.
pub struct Restore {
    // Before the lock, so that its work ends while that is still held.
    store: Store,
    database: PathBuf,
    draft: PathBuf,
    _lock: DatabaseLock,
}

impl Restore {
    /// Copies the backup beside the database, checks it, and brings it to this version's schema. The database itself
    /// is untouched.
    ///
    /// # Errors
    /// A database that a server uses; a backup that can't be read, is damaged, not ours or of a later version.
    pub fn begin(backup: &Path, database: &Path, now: Timestamp) -> Result<Self, BackupError> {
        if !backup.exists() {
            return Err(BackupError::NoDatabase(backup.to_owned()));
        }
        let lock = DatabaseLock::take_patiently(database)?;
        // Behind a link, the file itself is replaced.
        let database = database.canonicalize().unwrap_or_else(|_| database.to_owned());
        let draft = beside(&database, ".restoring");
        let opened = copy_of(backup, &draft).and_then(|()| {
            files::expect_installation(&draft, backup)?;
            sound(&draft)?;
            Ok(Store::open_held(&draft, now)?)
        });
        match opened {
            Ok(store) => Ok(Self { store, database, draft, _lock: lock }),
            Err(error) => {
                discard(&draft);
                Err(error)
            }
        }
    }

    /// The key ring of the backup, for a look whether the master key opens it.
    pub async fn keys(&self) -> Result<Vec<KeyRecord>, BackupError> {
        Ok(self.store.key_list().await?)
    }

    /// Whether there is a database, which [`Restore::put_in_place`] would replace.
    pub fn replaces(&self) -> bool {
        self.database.exists()
    }

    /// Ends what was open when the backup was made, and lets it be the database. One that was there stays, as
    /// `aside`. A crash at any moment leaves one or the other in its place, whole.
    pub async fn put_in_place(self, aside: &Path, now: Timestamp) -> Result<Settled, BackupError> {
        let settled = self.store.settle_restored(now).await?;
        self.store.close().await;
        sync(&self.draft)?;
        if let Some(log) =
            LOGS.map(|log| beside(&self.draft, log)).into_iter().find(|log| log.exists())
        {
            let problem = "its log could not be brought into it".to_owned();
            return Err(BackupError::Damaged { file: log, problem });
        }
        files::replace(&self.database, &self.draft, aside)?;
        sync(folder_of(&self.database))?;
        Ok(settled)
    }
}

/// What was not put in place is not left behind.
impl Drop for Restore {
    fn drop(&mut self) {
        discard(&self.draft);
    }
}

fn discard(draft: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        // What is not there need not be removed; what stays is replaced by the next restore.
        let _ = fs::remove_file(beside(draft, end));
    }
}

/// With its log, where it has one: a file that was copied by hand beside a server that did not end in order.
fn copy_of(backup: &Path, draft: &Path) -> Result<(), BackupError> {
    discard(draft);
    for end in ["", LOGS[0], LOGS[1]] {
        let (from, to) = (beside(backup, end), beside(draft, end));
        if !from.exists() {
            continue;
        }
        let mut file = private_file(&to).map_err(|error| OpenError::io(&to, error))?;
        File::open(&from)
            .and_then(|mut from| io::copy(&mut from, &mut file))
            .map_err(|error| OpenError::io(&from, error))?;
    }
    Ok(())
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn sync(path: &Path) -> Result<(), OpenError> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| OpenError::io(path, error))
}
