//! `onlyauth openapi`: the API's OpenAPI document, written by the server's own types.

use super::exit::{CliError, Exit};
use super::output;
use crate::api::openapi;

/// Flags of `openapi`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Accepted like everywhere; the document is JSON anyway.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> Result<(), CliError> {
    let Options { json: _ } = options;
    let document = openapi::document()
        .map_err(|error| CliError::new(Exit::Failed, format!("can't write JSON: {error}")))?;
    output::text(&document)
}
