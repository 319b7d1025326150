//! `onlyauth restore`: puts a backup in the database's place.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use onlyauth_core::time::Timestamp;
use onlyauth_store::{Restore, Settled};
use serde::Serialize;

use super::exit::{CliError, Exit};
use super::{Global, Seams, backup, key_check, output};

/// Flags of `restore`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The backup.
    file: PathBuf,
    /// Replace the database that is there, which is kept under another name.
    #[arg(long)]
    replace: bool,
    /// Print `{"database", "kept_as", "cancelled_logins", "ended_success_tokens", "forgotten_devices", "messages_given_up", "master_key"}`.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Restored {
    database: PathBuf,
    /// None where there was none.
    kept_as: Option<PathBuf>,
    cancelled_logins: u64,
    ended_success_tokens: u64,
    forgotten_devices: u64,
    messages_given_up: u64,
    master_key: PathBuf,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let config = global.settings()?;
    let now = seams.clock.now();
    let path = backup::file_of(&config, "pg_restore, or what belongs to your pg_basebackup")?;
    let there = || {
        let message = format!("there is a database at {} already", path.display());
        let hint = "--replace puts the backup in its place and keeps it under another name";
        Err(CliError::new(Exit::Data, message).hint(hint))
    };
    if path.exists() && !options.replace {
        return there();
    }
    // Before anything is touched: a missing key is found here.
    key_check::expect(&config, &[], "this backup")?;
    let restore = Restore::begin(&options.file, &path, now)?;
    key_check::expect(&config, &restore.keys().await?, "the keys of this backup")?;
    // Asked again under the lock.
    let replaces = restore.replaces();
    if replaces && !options.replace {
        return there();
    }
    let aside = aside(&path, now);
    let settled = restore.put_in_place(&aside, now).await?;
    let Settled { actions, success_tokens, devices, messages } = settled;
    let restored = Restored {
        database: path,
        kept_as: replaces.then_some(aside),
        cancelled_logins: actions,
        ended_success_tokens: success_tokens,
        forgotten_devices: devices,
        messages_given_up: messages,
        master_key: key_check::place(&config),
    };
    if options.json {
        output::json(&restored)
    } else {
        output::text(&text(&restored, &options.file))
    }
}

/// A name that tells when, for what is kept.
fn aside(path: &Path, now: Timestamp) -> PathBuf {
    let when: String = now.rfc3339().chars().filter(char::is_ascii_alphanumeric).collect();
    let mut name = OsString::from(path);
    name.push(format!(".replaced-{when}"));
    PathBuf::from(name)
}

fn text(restored: &Restored, file: &Path) -> String {
    let Restored { database, kept_as, master_key, .. } = restored;
    let mut lines = vec![
        format!("Restored {} to {}.", file.display(), database.display()),
        format!(
            "What was open then is ended: {} logins cancelled, {} success tokens over, {} messages not sent, {} trusted \
             devices forgotten.",
            restored.cancelled_logins,
            restored.ended_success_tokens,
            restored.messages_given_up,
            restored.forgotten_devices
        ),
        "API secrets revoked and apps changed since the backup are as they were: look through them."
            .to_owned(),
        format!("The master key {} opens it.", master_key.display()),
    ];
    if let Some(kept) = kept_as {
        lines.push(format!("The database that was there is kept as {}.", kept.display()));
    }
    lines.join("\n")
}
