//! `onlyauth user remove-factor`: what an end user enrolled and has lost.

use onlyauth_core::ids::FactorId;
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
        Some(key) => place.store.factor_delete(&key, options.factor).await?,
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
