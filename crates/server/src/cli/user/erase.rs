//! `onlyauth user erase`: an end user leaves, with everything personal.

use onlyauth_core::audit::Deed;
use onlyauth_core::ids::ActionId;
use serde::Serialize;

use super::super::exit::CliError;
use super::super::{Global, Seams, output};
use super::{Place, Whom, unknown};

/// Flags of `user erase`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whom: Whom,
    /// Print `{"erased": true}`.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Erased {
    erased: bool,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let place = Place::open(&options.whom.whose, global, seams).await?;
    let (mode, now) = (place.world.mode, seams.clock.now());
    let key = place.key(&options.whom.end_user).ok_or_else(|| unknown(mode))?;
    let under_way_from = ActionId::first_at(global.settings()?.tokens.under_way_since(now));
    let known = place.store.end_user_find(&key).await?.ok_or_else(|| unknown(mode))?;
    let audit = place.change(key, known.user_id).audit(Deed::Erased, "");
    if !place.store.end_user_erase(&key, under_way_from, &audit).await? {
        return Err(unknown(mode));
    }
    if options.json {
        return output::json(&Erased { erased: true });
    }
    output::text("Erased. Backups that were made before still hold them.")
}
