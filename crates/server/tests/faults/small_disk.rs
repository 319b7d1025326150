//! A disk of a few MiB that can be filled: a tmpfs.
//!
//! Mounting is root's. Who is not root runs the test once more in namespaces of its own, where the mount comes
//! first, and then nobody is root any more: PostgreSQL would refuse. Where the system allows neither, the test
//! fails and says so; a full disk that was never tried must not look like one that was survived.

use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Names the mounted disk to the test that runs inside.
const MOUNTED: &str = "ONLYAUTH_FAULTS_DISK";
/// `$1` is the disk, `$2` its size, `$3` and `$4` user and group; the rest is the command.
const INSIDE: &str = r#"
disk=$1 size=$2 user=$3 group=$4
shift 4
mount -t tmpfs -o "size=$size,mode=1777" tmpfs "$disk"
exec unshare --user --map-user="$user" --map-group="$group" "$@"
"#;

/// The disk. It goes with this value, so whoever uses it must be gone before.
pub(crate) struct SmallDisk {
    path: PathBuf,
    folder: Option<TempDir>,
}

impl SmallDisk {
    /// A disk of so many MiB for the test of this name; None when that test was run elsewhere, to a good end.
    pub(crate) fn of(test: &str, mib: u32) -> Option<Self> {
        if let Ok(path) = std::env::var(MOUNTED) {
            return Some(Self { path: path.into(), folder: None });
        }
        let folder = tempfile::tempdir().unwrap();
        // Others may pass: PostgreSQL's user, for one.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let me = std::fs::metadata("/proc/self").unwrap();
        if me.uid() != 0 {
            run_inside(test, folder.path(), mib, (me.uid(), me.gid()));
            return None;
        }
        let size = format!("size={mib}m,mode=1777");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path());
        let output = mount.output().expect("mount is there");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "no small disk can be had, although this is root: {said}");
        Some(Self { path: folder.path().to_owned(), folder: Some(folder) })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes all space but at most `left` bytes.
    pub(crate) fn fill(&self, left: u64) {
        let mut ballast = std::fs::File::create(self.ballast()).unwrap();
        for chunk in [1 << 16, 1 << 12, 1] {
            while ballast.write_all(&vec![0; chunk]).is_ok() {}
        }
        let length = ballast.metadata().unwrap().len();
        ballast.set_len(length.saturating_sub(left)).unwrap();
    }

    /// Gives it back.
    pub(crate) fn free(&self) {
        std::fs::remove_file(self.ballast()).unwrap();
    }

    fn ballast(&self) -> PathBuf {
        self.path.join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if self.folder.is_some() {
            // Lazily: a failed test may have left somebody on it.
            let _ = Command::new("umount").arg("--lazy").arg(&self.path).status();
        }
    }
}

fn run_inside(test: &str, disk: &Path, mib: u32, (user, group): (u32, u32)) {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-ec", INSIDE, "sh"]);
    command.arg(disk).arg(format!("{mib}m")).arg(user.to_string()).arg(group.to_string());
    command.arg(std::env::current_exe().unwrap()).args(["--exact", test, "--nocapture"]);
    let status = command.env(MOUNTED, disk).status();
    assert!(
        status.as_ref().is_ok_and(std::process::ExitStatus::success),
        "the test failed on a small disk of its own, or none could be had ({status:?}): run it as root, or \
         allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, \
         kernel.apparmor_restrict_unprivileged_userns=0)"
    );
}
