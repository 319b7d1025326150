//! `[keys]`: the master key and the rotation of the ring that it wraps.

use std::path::PathBuf;
use std::time::Duration;

use super::duration::days;
use super::section::section;

section! {
    /// The master key and the rotation of the ring that it wraps.
    Keys = "keys";

    /// The file that holds the master key; it must exist. ONLYAUTH_MASTER_KEY_FILE is another name of the
    /// variable. When nothing is given, the key is master.key in the data folder, made at the first start.
    master_key_file: Option<PathBuf> = None,
        unit "path",
        why "A key beside the database is simple; a key kept elsewhere survives the theft of the folder.";

    /// Age at which a key of the ring gets a successor.
    rotate_every: Duration = days(30), within days(1)..=days(365),
        unit "duration",
        why "Bounds what one key has signed and sealed; the overlap hides the change from everybody.";
}
