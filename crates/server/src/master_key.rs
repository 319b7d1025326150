//! The master key: the one secret outside the database, which wraps all keys inside it.
//!
//! It is made once, at the first start, and never again: a new key beside an old database would make everything
//! sealed in it unreadable for ever, so a missing key is an error as soon as a database exists.

mod error;

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use zeroize::{Zeroize, ZeroizeOnDrop};

pub use error::MasterKeyError;

use crate::config::Config;
use crate::entropy::Entropy;

/// The name of the key's file in the data folder.
pub const FILE_NAME: &str = "master.key";

/// What a key file begins with: tells people and secret scanners what they found.
const PREFIX: &str = "onlyauth-master-key-1 ";

/// Longest file that can hold a key, in bytes; more is not even read.
const LONGEST: u64 = 256;

/// The master key: 256 bits. Debug is masked, memory is cleared on drop.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// A key around these bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key itself, for wrapping and unwrapping the ring.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The contents of a key file.
    fn file_text(&self) -> String {
        format!("{PREFIX}{}\n", HEXLOWER.encode(&self.0))
    }

    fn parse(text: &str) -> Option<Self> {
        let hex = text.trim_end().strip_prefix(PREFIX)?;
        let mut bytes = HEXLOWER.decode(hex.as_bytes()).ok()?;
        let key = bytes.as_slice().try_into().ok().map(Self);
        bytes.zeroize();
        key
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// Where the master key is, by the configuration.
pub fn path(config: &Config) -> PathBuf {
    match &config.keys.master_key_file {
        Some(path) => path.clone(),
        None => config.data.dir.join(FILE_NAME),
    }
}

/// Reads the master key, or makes it where a new installation begins.
///
/// `database_exists` says whether the data folder holds a database already. A key in the data folder is made
/// only when it does not; one that the configuration names is never made. The folder must exist.
///
/// # Errors
/// A missing, malformed, exposed, unreadable or unwritable key file.
pub fn load_or_create(
    config: &Config,
    database_exists: bool,
    entropy: &Entropy,
) -> Result<MasterKey, MasterKeyError> {
    match load(config) {
        Err(MasterKeyError::Missing { configured: false, path }) if !database_exists => {
            create(&path, entropy)
        }
        result => result,
    }
}

/// Reads the master key; never makes one.
///
/// # Errors
/// As [`load_or_create`].
pub fn load(config: &Config) -> Result<MasterKey, MasterKeyError> {
    read(&path(config), config.keys.master_key_file.is_some())
}

fn read(path: &Path, configured: bool) -> Result<MasterKey, MasterKeyError> {
    let unreadable = |source| MasterKeyError::Unreadable { path: path.to_owned(), source };
    let file = File::open(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => MasterKeyError::Missing { path: path.to_owned(), configured },
        _ => unreadable(source),
    })?;
    // Asked of the open file, so that nobody can swap it between the check and the reading.
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(unreadable(io::Error::other("it is not a plain file")));
    }
    let mode = metadata.mode() & 0o7777;
    // A secret that a container platform mounts is often readable by all inside, and can't be changed there.
    let forbidden = if configured { 0o022 } else { 0o077 };
    if mode & forbidden != 0 {
        return Err(MasterKeyError::Exposed { path: path.to_owned(), mode });
    }
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    let key = std::str::from_utf8(&bytes).ok().and_then(MasterKey::parse);
    bytes.zeroize();
    key.ok_or_else(|| MasterKeyError::Malformed { path: path.to_owned() })
}

/// Makes a key file that is complete and durable before it has its name, and never replaces one: of two
/// processes that start at once, the second reads the first one's key.
fn create(path: &Path, entropy: &Entropy) -> Result<MasterKey, MasterKeyError> {
    let unwritable = |source| MasterKeyError::Unwritable { path: path.to_owned(), source };
    let key = MasterKey::new(entropy.bytes());
    let suffix = HEXLOWER.encode(&entropy.bytes::<8>());
    let draft = path.with_extension(format!("{suffix}.tmp"));
    let linked = write_private(&draft, &key).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match linked {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.exists() => {
            return read(path, false);
        }
        Err(error) => return Err(unwritable(error)),
    }
    removed.map_err(unwritable)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(unwritable)?;
    Ok(key)
}

fn write_private(path: &Path, key: &MasterKey) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let mut text = key.file_text();
    let written = file.write_all(text.as_bytes());
    text.zeroize();
    written.and_then(|()| file.sync_all())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    struct Folder {
        folder: tempfile::TempDir,
        config: Config,
    }

    impl Folder {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let mut config = Config::default();
            config.data.dir = folder.path().to_owned();
            Self { folder, config }
        }

        fn file(&self) -> PathBuf {
            self.folder.path().join(FILE_NAME)
        }

        fn put(&self, text: impl AsRef<[u8]>, mode: u32) {
            fs::write(self.file(), text).unwrap();
            fs::set_permissions(self.file(), fs::Permissions::from_mode(mode)).unwrap();
        }

        fn open(&self, database_exists: bool) -> Result<MasterKey, MasterKeyError> {
            load_or_create(&self.config, database_exists, &Entropy::system())
        }
    }

    #[test]
    fn the_first_start_makes_a_private_key_and_later_ones_read_it() {
        let folder = Folder::new();
        let key = folder.open(false).unwrap();
        assert_eq!(fs::metadata(folder.file()).unwrap().mode() & 0o7777, 0o600);
        assert_eq!(fs::read_dir(folder.folder.path()).unwrap().count(), 1, "no draft is left");
        assert!(folder.open(false).unwrap() == key);
        assert!(folder.open(true).unwrap() == key);
        assert!(load(&folder.config).unwrap() == key);
    }

    #[test]
    fn two_folders_have_different_keys() {
        assert!(Folder::new().open(false).unwrap() != Folder::new().open(false).unwrap());
    }

    #[test]
    fn no_key_is_made_for_a_database_that_exists() {
        let folder = Folder::new();
        let error = folder.open(true).unwrap_err();
        assert!(matches!(error, MasterKeyError::Missing { configured: false, .. }), "{error}");
        assert!(error.hint().contains("backup"));
        assert!(!folder.file().exists());
    }

    #[test]
    fn a_configured_key_is_never_made() {
        let mut folder = Folder::new();
        let elsewhere = folder.folder.path().join("elsewhere.key");
        folder.config.keys.master_key_file = Some(elsewhere.clone());
        let error = folder.open(false).unwrap_err();
        assert!(matches!(error, MasterKeyError::Missing { configured: true, .. }), "{error}");
        assert!(!elsewhere.exists() && !folder.file().exists());
    }

    #[test]
    fn a_mounted_key_may_be_readable_but_not_writable_by_others() {
        let mut folder = Folder::new();
        folder.config.keys.master_key_file = Some(folder.file());
        for (mode, allowed) in [(0o400, true), (0o444, true), (0o440, true), (0o622, false)] {
            folder.put(MasterKey::new([7; 32]).file_text(), mode);
            assert_eq!(folder.open(true).is_ok(), allowed, "{mode:o}");
            fs::remove_file(folder.file()).unwrap();
        }
    }

    #[test]
    fn only_a_key_file_is_a_key_file() {
        let good = MasterKey::new([7; 32]).file_text();
        for text in [
            "",
            "\n",
            "secret",
            PREFIX,
            &good[..good.len() - 2],
            &good.replace("07", "zz"),
            &good.to_uppercase(),
            &format!("{}07\n", good.trim_end()),
            &format!("{good}{good}"),
            &good.replace("key-1", "key-2"),
            &"0".repeat(100_000),
        ] {
            let folder = Folder::new();
            folder.put(text, 0o600);
            let error = folder.open(false).unwrap_err();
            assert!(matches!(error, MasterKeyError::Malformed { .. }), "{text:?}: {error}");
        }
        let folder = Folder::new();
        folder.put([0xff, 0xfe], 0o600);
        assert!(matches!(folder.open(false), Err(MasterKeyError::Malformed { .. })));
        folder.put(good.trim_end(), 0o400);
        assert!(folder.open(true).unwrap() == MasterKey::new([7; 32]));
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        for mode in [0o644, 0o640, 0o604, 0o620, 0o601] {
            let folder = Folder::new();
            folder.put(MasterKey::new([7; 32]).file_text(), mode);
            let error = folder.open(true).unwrap_err();
            assert!(matches!(error, MasterKeyError::Exposed { .. }), "{mode:o}: {error}");
            assert!(error.hint().contains("chmod 600"));
        }
    }

    #[test]
    fn a_folder_in_its_place_is_unreadable() {
        let folder = Folder::new();
        fs::create_dir(folder.file()).unwrap();
        assert!(matches!(folder.open(false), Err(MasterKeyError::Unreadable { .. })));
    }

    #[test]
    fn a_missing_folder_is_unwritable() {
        let mut folder = Folder::new();
        folder.config.data.dir = folder.folder.path().join("nowhere");
        assert!(matches!(folder.open(false), Err(MasterKeyError::Unwritable { .. })));
    }

    #[test]
    fn of_two_first_starts_at_once_both_get_the_same_key() {
        let folder = Folder::new();
        let keys: Vec<_> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8).map(|_| scope.spawn(|| folder.open(false))).collect();
            starts.into_iter().map(|start| start.join().unwrap().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn nothing_prints_the_key() {
        assert_eq!(format!("{:?}", MasterKey::new([7; 32])), "MasterKey(…)");
    }
}
