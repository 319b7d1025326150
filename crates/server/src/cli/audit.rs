//! `onlyauth audit`: what was done to end users' ways in, by whom and when.

use clap::Subcommand;
use onlyauth_core::ids::{AuditId, ClientId, UserId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::AuditQuery;

use super::exit::CliError;
use super::{Global, Seams, client, output, store};
use crate::api::audit::{LAST, since};
use crate::api::audit_view::{AuditEntries, AuditEntry};
use crate::api::paging::{DEFAULT_LIMIT, MOST};

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List what the audit says, newest first.
    List(List),
}

/// Flags of `audit list`.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// The client.
    #[arg(long, value_name = "CLNT-…")]
    client: ClientId,
    /// Only what was done to this end user, as `onlyauth user show` names them; they may be erased meanwhile.
    #[arg(long, value_name = "USER-…")]
    user: Option<UserId>,
    /// Only what was done at this moment or later, such as `date -d yesterday +%s` prints it.
    #[arg(long, value_name = "UNIX SECONDS", value_parser = clap::value_parser!(i64).range(0..=LAST))]
    since: Option<i64>,
    /// How many at most, 1 to 100.
    #[arg(long, value_name = "N", default_value_t = DEFAULT_LIMIT, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    limit: u32,
    /// Where the list before this one ended.
    #[arg(long, value_name = "AUDT-…")]
    cursor: Option<AuditId>,
    /// Print what the API's `listAuditEntries` answers.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(command: &Command, global: &Global, seams: &Seams) -> Result<(), CliError> {
    match command {
        Command::List(options) => list(options, global, seams).await,
    }
}

async fn list(options: &List, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let store = store::open(global, seams)?;
    let client_id = options.client;
    if store.client_find(client_id).await?.is_none() {
        return Err(client::not_found(client_id));
    }
    let config = global.settings()?;
    let query = AuditQuery {
        client_id,
        user_id: options.user,
        since: options.since.map(|at| since(&config, at)),
        before: options.cursor,
        limit: options.limit,
    };
    let page = AuditEntries::read(&store, &query).await?;
    if options.json { output::json(&page) } else { output::text(&describe(&page)) }
}

fn describe(page: &AuditEntries) -> String {
    if page.entries.is_empty() {
        return "Nothing.".to_owned();
    }
    let row = |entry: &AuditEntry| {
        vec![
            Timestamp::from_millis(entry.created_at * 1000).rfc3339(),
            entry.deed.to_owned(),
            entry.actor.to_owned(),
            entry.user_id.to_string(),
            entry.app_id.to_string(),
            entry.mode.to_string(),
            entry.detail.clone().unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = page.entries.iter().map(row).collect();
    let headings = ["when", "what", "by", "user id", "app id", "mode", "detail"];
    let table = output::table(&headings, &rows);
    match page.next_cursor {
        Some(next) => format!("{table}\n\nThere may be more: --cursor {next}"),
        None => table,
    }
}
