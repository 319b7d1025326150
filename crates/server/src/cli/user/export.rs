//! `onlyauth user export`: everything that is known of an end user, for themselves.

use super::super::exit::CliError;
use super::super::{Global, Seams, output};
use super::{Place, Whom, trouble, unknown};
use crate::api::user_export::UserExport;

/// Flags of `user export`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whom: Whom,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let place = Place::open(&options.whom.whose, global, seams).await?;
    let policy = global.settings()?.failures.policy();
    let mode = place.world.mode;
    let key = place.key(&options.whom.end_user).ok_or_else(|| unknown(mode))?;
    let export = UserExport::read(&place.store, &key, &place.lens(&policy)).await;
    output::json(&export.map_err(trouble)?.ok_or_else(|| unknown(mode))?)
}
