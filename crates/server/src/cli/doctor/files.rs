//! The data folder and the master key.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use data_encoding::HEXLOWER;

use super::Check;
use crate::config::Config;
use crate::database;
use crate::entropy::Entropy;
use crate::master_key::{self, MasterKey, MasterKeyError};

/// Is the folder there, ours alone, and writable?
pub(super) fn data_folder(config: &Config, entropy: &Entropy) -> Check {
    const NAME: &str = "data folder";
    let folder = &config.data.dir;
    let shown = folder.display();
    let metadata = match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => metadata,
        Ok(_) => {
            let hint = "name a folder with --data or data.dir";
            return Check::fail(NAME, format!("{shown} is not a folder"), hint);
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let hint = "nothing, if this is a new installation: `onlyauth serve` makes it";
            return Check::warn(NAME, format!("{shown} does not exist"), hint);
        }
        Err(error) => {
            let hint = "the user who runs onlyauth must be able to enter it";
            return Check::fail(NAME, format!("can't look at {shown}: {error}"), hint);
        }
    };
    if let Err(error) = try_to_write(folder, entropy) {
        let hint = "give it to the user who runs onlyauth, and free space on its disk";
        return Check::fail(NAME, format!("can't write to {shown}: {error}"), hint);
    }
    let mode = metadata.mode() & 0o777;
    if mode & 0o022 != 0 {
        let message = format!("other users may write to {shown} (mode {mode:04o})");
        return Check::fail(NAME, message, format!("run `chmod 700 {shown}`"));
    }
    if mode & 0o055 != 0 {
        let message = format!("other users may look into {shown} (mode {mode:04o})");
        return Check::warn(NAME, message, format!("run `chmod 700 {shown}`"));
    }
    Check::ok(NAME, format!("{shown} is writable and closed to other users"))
}

fn try_to_write(folder: &Path, entropy: &Entropy) -> std::io::Result<()> {
    let name = format!("doctor-{}.tmp", HEXLOWER.encode(&entropy.bytes::<8>()));
    let path = folder.join(name);
    let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
    let synced = file.sync_all();
    fs::remove_file(&path)?;
    synced
}

/// Is the key there, readable, and closed to others? Gives the key, for looking whether it fits.
pub(super) fn master_key(config: &Config) -> (Check, Option<MasterKey>) {
    const NAME: &str = "master key";
    let path = master_key::path(config);
    let shown = path.display();
    let key = match master_key::load(config) {
        Ok(key) => key,
        Err(MasterKeyError::Missing { configured: false, .. }) if is_new(config) => {
            return (Check::ok(NAME, format!("{shown} will be made at the first start")), None);
        }
        Err(error) => return (Check::failed(NAME, error.into()), None),
    };
    let mode = fs::metadata(&path).map_or(0, |metadata| metadata.mode() & 0o777);
    let check = if mode & 0o044 == 0 {
        Check::ok(NAME, format!("{shown} is readable by its owner only"))
    } else {
        let message = format!("other users may read {shown} (mode {mode:04o})");
        Check::warn(NAME, message, "fine inside a container; else `chmod 600` it")
    };
    (check, Some(key))
}

/// Whether there certainly is no database that a missing key could belong to.
fn is_new(config: &Config) -> bool {
    database::of(config).is_ok_and(|database| database.is_begun().is_ok_and(|begun| !begun))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use onlyauth_store::database_path;

    use super::super::Status;
    use super::*;

    #[test]
    fn the_folders_state_decides() {
        let parent = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        let mut status = |dir: &Path| {
            dir.clone_into(&mut config.data.dir);
            data_folder(&config, &Entropy::seeded(1)).status
        };
        let folder = parent.path().join("data");
        assert_eq!(status(&folder), Status::Warn);
        fs::create_dir(&folder).unwrap();
        for (mode, expected) in [
            (0o700, Status::Ok),
            (0o750, Status::Warn),
            (0o755, Status::Warn),
            (0o770, Status::Fail),
        ] {
            fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(status(&folder), expected, "{mode:o}");
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "nothing is left behind");
        let file = parent.path().join("file");
        fs::write(&file, "").unwrap();
        assert_eq!(status(&file), Status::Fail);
    }

    #[test]
    fn a_key_may_be_missing_only_before_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        folder.path().clone_into(&mut config.data.dir);
        assert_eq!(master_key(&config).0.status, Status::Ok);
        fs::write(database_path(folder.path()), "").unwrap();
        let (check, key) = master_key(&config);
        assert_eq!((check.status, key.is_none()), (Status::Fail, true));
        assert!(check.hint.unwrap().contains("backup"));
    }
}
