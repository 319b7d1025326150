//! `onlyauth user show`: what is known of an end user.

use onlyauth_core::time::Timestamp;
use onlyauth_store::EndUserKey;

use super::super::exit::CliError;
use super::super::{Global, Seams, output};
use super::{Place, Whom, trouble, unknown};
use crate::api::trusted_device_view::TrustedDevice;
use crate::api::user_view::{FailedChannel, User};

/// Flags of `user show`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whom: Whom,
    /// Print what the API's `getUserById` answers.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let place = Place::open(&options.whom.whose, global, seams).await?;
    let key = place.key(&options.whom.end_user).ok_or_else(|| unknown(place.world.mode))?;
    let user = read(&place, global, &key).await?;
    if options.json { output::json(&user) } else { output::text(&describe(&user)) }
}

/// Reads what is known of an end user.
pub(super) async fn read(
    place: &Place,
    global: &Global,
    key: &EndUserKey,
) -> Result<User, CliError> {
    let policy = global.settings()?.failures.policy();
    let user = User::read(&place.store, key, &place.lens(&policy)).await;
    user.map_err(trouble)?.ok_or_else(|| unknown(place.world.mode))
}

fn describe(user: &User) -> String {
    let at = |seconds: i64| Timestamp::from_millis(seconds * 1000).rfc3339();
    let passed = user.last_passed_at.zip(user.last_channel);
    let mut lines = vec![
        format!("{}, {} mode", user.id, user.mode),
        format!("end user     {}", user.end_user_uuid),
        format!("known since  {}", at(user.created_at)),
        format!(
            "last passed  {}",
            passed.map_or("never".to_owned(), |(time, by)| format!("{} by {by}", at(time)))
        ),
        format!(
            "phone        {}",
            user.masked_phone_number.as_deref().unwrap_or("none passed yet")
        ),
    ];
    for factor in &user.factors {
        let last = factor
            .last_used_at
            .map_or("never used".to_owned(), |time| format!("last used {}", at(time)));
        let name = factor.name.as_ref().map_or_else(String::new, |name| format!(" {name:?}"));
        lines.push(format!("factor       {} ({}){name}, {last}", factor.id, factor.channel));
    }
    if user.backup_codes > 0 {
        lines.push(format!("backup codes {} left", user.backup_codes));
    }
    for device in &user.trusted_devices {
        lines.push(format!("device       {}, {}", device.id, trust(device, at)));
    }
    for failed in &user.failures {
        lines.push(format!(
            "failures     {} by {}{}",
            failed.failures,
            failed.channel,
            lock(failed, at)
        ));
    }
    lines.join("\n")
}

fn trust(device: &TrustedDevice, at: impl Fn(i64) -> String) -> String {
    let until = format!("trusted until {}", at(device.expires_at));
    match device.doubts.as_slice() {
        [] => until,
        doubts => format!("{until}, asks all the same: {}", doubts.join(", ")),
    }
}

fn lock(failed: &FailedChannel, at: impl Fn(i64) -> String) -> String {
    match (failed.locked, failed.locked_until) {
        (true, Some(until)) => format!(", locked until {}", at(until)),
        (true, None) => ", locked until `onlyauth user unlock`".to_owned(),
        _ => String::new(),
    }
}
