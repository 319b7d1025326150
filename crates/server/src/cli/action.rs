//! `onlyauth action`: logins, for whoever is asked why one did not pass.

mod list;
mod show;

use clap::Subcommand;

use super::exit::CliError;
use super::{Global, Seams};

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List logins of an app, newest first.
    List(list::Options),
    /// Show what was offered, sent and judged in a login, and why.
    Show(show::Options),
}

pub(super) async fn run(command: &Command, global: &Global, seams: &Seams) -> Result<(), CliError> {
    match command {
        Command::List(options) => list::run(options, global, seams).await,
        Command::Show(options) => show::run(options, global, seams).await,
    }
}
