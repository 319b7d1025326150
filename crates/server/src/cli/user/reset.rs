//! `onlyauth user reset`: an end user who lost what they log in with begins anew from the phone.

use onlyauth_core::audit::Deed;
use onlyauth_core::ids::ActionId;
use onlyauth_core::notice::Notice;
use onlyauth_core::reset::ResetReason;
use onlyauth_store::NewReset;

use super::super::exit::CliError;
use super::super::{Global, Seams, output};
use super::{Place, Whom, show, unknown};

/// Flags of `user reset`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whom: Whom,
    /// Why, in words, without naming a person: 1 to 200 characters.
    #[arg(long, value_name = "WORDS")]
    reason: ResetReason,
    /// Print what the API's `resetUser` answers.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let place = Place::open(&options.whom.whose, global, seams).await?;
    let (mode, now) = (place.world.mode, seams.clock.now());
    let end_user = place.key(&options.whom.end_user).ok_or_else(|| unknown(mode))?;
    let under_way_from = ActionId::first_at(global.settings()?.tokens.under_way_since(now));
    let deed = (Deed::Reset, options.reason.as_str());
    let record = place.record(&end_user, deed, Notice::FactorsReset, global).await?;
    let record = record.ok_or_else(|| unknown(mode))?;
    let reset = NewReset { end_user, under_way_from, record, now };
    if !place.store.end_user_reset(&reset).await? {
        return Err(unknown(mode));
    }
    if options.json {
        return output::json(&show::read(&place, global, &end_user).await?);
    }
    output::text("Reset. They come back by a code to their phone, and can then enrol anew.")
}
