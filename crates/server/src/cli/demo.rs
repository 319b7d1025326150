//! `onlyauth demo`: a server with everything that a first login needs.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::exit::CliError;
use super::serve::server_flag;
use super::{Global, output};
use crate::config::Database;
use crate::demo::{self, Invitation};
use crate::logging;

/// The demo's own folder: it never writes into an installation that somebody else uses.
const DATA_DIR: &str = "./demo-data";

/// Flags of `demo`.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Address and port to listen on [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Address and port of the shop [default: the port after that of --listen].
    #[arg(long, value_name = "ADDR")]
    shop_listen: Option<SocketAddr>,
    /// Print `{"url", "user_name", "password", "server_url", "client_id", "app_id", "api_secret"}` once both
    /// answer, instead of text.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options, global: &Global) -> Result<(), CliError> {
    let flags: Vec<_> =
        server_flag("--listen", "listen", options.listen.as_ref()).into_iter().collect();
    let mut loaded = global.load(&flags)?;
    if !loaded.data_dir_is_set {
        loaded.config.data.dir = PathBuf::from(DATA_DIR);
    }
    // Its database is in that folder, whichever one the installation uses.
    loaded.config.database = Database::default();
    let _logging = logging::start(&loaded.config.log);
    let json = options.json;
    demo::run(loaded.config, options.shop_listen, |invitation| {
        if json { output::json(invitation) } else { output::text(&text(invitation)) }
    })
}

fn text(invitation: &Invitation) -> String {
    let Invitation { url, user_name, password, server_url, client_id, app_id, api_secret } =
        invitation;
    format!(
        "Open      {url}\n\
         and log in as {user_name} with the password {password}; both are filled in already.\n\
         \n\
         The API behind the shop, to try it yourself:\n\
         server      {server_url}\n\
         client id   {client_id}\n\
         app id      {app_id}\n\
         API secret  {api_secret}\n\
         \n\
         Ctrl-C stops the demo."
    )
}
