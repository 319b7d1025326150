//! The master key, for commands that move an installation: the one thing of it that is in no database.

use std::path::PathBuf;

use onlyauth_store::KeyRecord;

use super::exit::{CliError, Exit};
use crate::config::Config;
use crate::{key_ring, master_key};

/// Where the master key is, as told to people who have to keep it.
pub(super) fn place(config: &Config) -> PathBuf {
    let path = master_key::path(config);
    std::path::absolute(&path).unwrap_or(path)
}

/// Refuses keys that the master key does not open: with another one, nothing in their database could be read.
pub(super) fn expect(config: &Config, keys: &[KeyRecord], what: &str) -> Result<(), CliError> {
    let master = master_key::load(config)?;
    if keys.iter().all(|key| key_ring::open(&master, key).is_ok()) {
        return Ok(());
    }
    let shown = place(config);
    let message = format!("the master key {} does not open {what}", shown.display());
    Err(CliError::new(Exit::Data, message).hint(
        "put the master.key that belongs to it there, or name it by keys.master_key_file; nothing was changed",
    ))
}
