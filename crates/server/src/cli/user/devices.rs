//! `onlyauth user forget-devices`: whatever an end user chose to trust asks again.

use serde::Serialize;

use super::super::exit::CliError;
use super::super::{Global, Seams, output};
use super::{Place, Whom, unknown};

/// Flags of `user forget-devices`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whom: Whom,
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
    if place.store.end_user_find(&key).await?.is_none() {
        return Err(unknown(mode));
    }
    let forgotten = place.store.trusted_device_revoke_all(&key, seams.clock.now()).await?;
    if options.json {
        return output::json(&Forgotten { forgotten });
    }
    output::text(&match forgotten {
        0 => format!("This end user trusts no device in {mode} mode."),
        1 => "Forgot 1 device: it asks again.".to_owned(),
        several => format!("Forgot {several} devices: they ask again."),
    })
}
