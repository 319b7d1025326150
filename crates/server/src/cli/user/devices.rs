//! `onlyauth user forget-devices`: whatever an end user chose to trust asks again.

use onlyauth_core::audit::Deed;
use onlyauth_core::ids::DeviceId;
use serde::Serialize;

use super::super::exit::{CliError, Exit};
use super::super::{Global, Seams, output};
use super::{Place, Whom, unknown};
use crate::notice::Change;

/// Flags of `user forget-devices`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whom: Whom,
    /// Only this one, as `onlyauth user show` lists it.
    #[arg(long, value_name = "DEVC-…")]
    device: Option<DeviceId>,
    /// Print `{"forgotten"}`.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Forgotten {
    forgotten: usize,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let place = Place::open(&options.whom.whose, global, seams).await?;
    let mode = place.world.mode;
    let key = place.key(&options.whom.end_user).ok_or_else(|| unknown(mode))?;
    let known = place.store.end_user_find(&key).await?.ok_or_else(|| unknown(mode))?;
    let change = place.change(key, known.user_id);
    let forgotten = forget(&place, &change, options.device).await?;
    if options.json {
        return output::json(&Forgotten { forgotten });
    }
    output::text(&match forgotten {
        0 => format!("This end user trusts no device in {mode} mode."),
        1 => "Forgot 1 device: it asks again.".to_owned(),
        several => format!("Forgot {several} devices: they ask again."),
    })
}

/// In how many devices the trust is taken back.
async fn forget(
    place: &Place,
    change: &Change<'_>,
    only: Option<DeviceId>,
) -> Result<usize, CliError> {
    let Some(device) = only else {
        let audit = change.audit(Deed::DevicesForgotten, "");
        return Ok(place.store.trusted_device_revoke_all(&change.end_user, &audit).await?);
    };
    let audit = change.audit(Deed::DevicesForgotten, &*device.text());
    if place.store.trusted_device_revoke(&change.end_user, device, &audit).await? {
        return Ok(1);
    }
    let message = format!("this end user trusts no device {device} in {} mode", place.world.mode);
    Err(CliError::new(Exit::NotFound, message)
        .hint("`onlyauth user show` lists the devices that an end user trusts"))
}
