//! `onlyauth user remove-factor`: what an end user enrolled and has lost.

use onlyauth_core::audit::Deed;
use onlyauth_core::ids::FactorId;
use onlyauth_core::notice::Notice;
use onlyauth_store::EndUserKey;
use serde::Serialize;

use super::super::exit::{CliError, Exit};
use super::super::{Global, Seams, output};
use super::{Place, Whom};

/// Flags of `user remove-factor`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whom: Whom,
    /// The factor, as `onlyauth user show` lists it.
    #[arg(long, value_name = "FCTR-…")]
    factor: FactorId,
    /// Print `{"removed"}`.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Removed {
    removed: FactorId,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let place = Place::open(&options.whom.whose, global, seams).await?;
    let removed = match place.key(&options.whom.end_user) {
        Some(key) => remove(&place, &key, options.factor, global).await?,
        None => false,
    };
    if !removed {
        let message =
            format!("this end user has no factor {} in {} mode", options.factor, place.world.mode);
        return Err(CliError::new(Exit::NotFound, message)
            .hint("`onlyauth user show` lists what an end user has enrolled"));
    }
    if options.json {
        return output::json(&Removed { removed: options.factor });
    }
    output::text(&format!(
        "Removed {}. What is left to them is how they log in now.",
        options.factor
    ))
}

async fn remove(
    place: &Place,
    key: &EndUserKey,
    factor: FactorId,
    global: &Global,
) -> Result<bool, CliError> {
    let deed = (Deed::FactorRemoved, &*factor.to_string());
    let Some(record) = place.record(key, deed, Notice::FactorRemoved, global).await? else {
        return Ok(false);
    };
    Ok(place.store.factor_delete(key, factor, &record).await?)
}
