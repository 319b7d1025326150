//! `onlyauth action list`: which logins there were.

use onlyauth_core::ids::{ActionId, AppId, ClientId, UserId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{ActionQuery, ActionStanding, EndUserKey, Store};

use super::super::exit::{CliError, Exit};
use super::super::{Global, Seams, app, output, store};
use crate::api::action_view::{Action, Actions};
use crate::api::actions::LOOKS_AT;
use crate::api::paging::{DEFAULT_LIMIT, MOST};
use crate::app_store;

/// Flags of `action list`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    /// The client.
    #[arg(long, value_name = "CLNT-…")]
    client: ClientId,
    /// Its app.
    #[arg(long, value_name = "APPX-…")]
    app: AppId,
    /// Only logins of this end user, as `onlyauth user show` names them.
    #[arg(long, value_name = "USER-…")]
    user: Option<UserId>,
    /// Only those that are there.
    #[arg(long, value_name = "open|passed|cancelled|expired", value_parser = standing)]
    status: Option<ActionStanding>,
    /// How many at most, 1 to 100.
    #[arg(long, value_name = "N", default_value_t = DEFAULT_LIMIT, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
    limit: u32,
    /// Where the list before this one ended.
    #[arg(long, value_name = "ACTN-…")]
    cursor: Option<ActionId>,
    /// Print what the API's `listActions` answers.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let store = store::open(global, seams)?;
    app_store::find(&store, options.client, options.app)
        .await
        .map_err(|error| app::complaint(error, options.client, options.app))?;
    let end_user = match options.user {
        Some(user) => Some(end_user(&store, options, user).await?),
        None => None,
    };
    let now = seams.clock.now();
    let query = ActionQuery {
        client_id: options.client,
        app_id: options.app,
        end_user,
        standing: options.status,
        before: options.cursor,
        limit: options.limit,
        looks_at: LOOKS_AT,
        now,
    };
    let page = Actions::new(store.action_list(&query).await?, now);
    if options.json { output::json(&page) } else { output::text(&describe(&page)) }
}

async fn end_user(store: &Store, options: &Options, user: UserId) -> Result<EndUserKey, CliError> {
    let key = store.end_user_find_by_id(options.client, user).await?;
    key.filter(|key| key.app_id == options.app).ok_or_else(|| {
        CliError::new(Exit::NotFound, format!("the app has no end user {user}"))
            .hint("`onlyauth user show` tells the id of an end user")
    })
}

fn describe(page: &Actions) -> String {
    let row = |action: &Action| {
        let channels: Vec<_> = action.channels.iter().map(|channel| channel.as_str()).collect();
        vec![
            action.id.to_string(),
            Timestamp::from_millis(action.created_at * 1000).rfc3339(),
            action.mode.to_string(),
            action.status.to_owned(),
            channels.join(","),
            action.user_id.map(|user| user.to_string()).unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = page.actions.iter().map(row).collect();
    let headings = ["action id", "began", "mode", "status", "by", "user id"];
    let table = output::table(&headings, &rows);
    match page.next_cursor {
        Some(next) => format!("{table}\n\nThere may be more: --cursor {next}"),
        None => table,
    }
}

fn standing(text: &str) -> Result<ActionStanding, String> {
    let known = ActionStanding::ALL.into_iter().find(|standing| standing.as_str() == text);
    known.ok_or_else(|| "expected open, passed, cancelled or expired".to_owned())
}
