//! `onlyauth serve`: run the server.

use super::Global;
use super::exit::CliError;
use crate::config::Flag;
use crate::{logging, serve};

/// Flags of `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Address and port to listen on [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// The address under which browsers reach the server [default: http://localhost:8080].
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

/// A flag of the section `[server]`, if it was given.
pub(super) fn server_flag(
    flag: &'static str,
    key: &'static str,
    value: Option<&String>,
) -> Option<Flag> {
    value.map(|value| Flag { flag, section: "server", key, value: value.clone() })
}

pub(super) fn run(options: &Options, global: &Global) -> Result<(), CliError> {
    let flags: Vec<Flag> = [
        server_flag("--listen", "listen", options.listen.as_ref()),
        server_flag("--base-url", "base_url", options.base_url.as_ref()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let loaded = global.load(&flags)?;
    let _logging = logging::start(&loaded.config.log);
    for warning in &loaded.warnings {
        tracing::warn!(config.origin = %warning.origin, "{warning}");
    }
    serve::run(loaded.config)
}
