//! `onlyauth action show`: what happened in a login.

use onlyauth_core::ids::{ActionId, ClientId};
use onlyauth_core::time::Timestamp;

use super::super::exit::{CliError, Exit};
use super::super::{Global, Seams, output, store};
use crate::api::action_view::{OneAction, TimeLineEntry};

/// Flags of `action show`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    /// The client.
    #[arg(long, value_name = "CLNT-…")]
    client: ClientId,
    /// The login: `action_id` of what a success token proves, or the `jti` of an access token.
    #[arg(value_name = "ACTN-…")]
    action: ActionId,
    /// Print what the API's `getActionById` answers.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let store = store::open(global, seams)?;
    let history = store.action_history(options.client, options.action).await?;
    let history = history.ok_or_else(|| {
        CliError::new(Exit::NotFound, format!("the client has no login {}", options.action)).hint(
            "a login is there from the end user's first step on, until retention takes it, by default after 30 days",
        )
    })?;
    let one = OneAction::new(history, seams.clock.now());
    if options.json { output::json(&one) } else { output::text(&describe(&one)) }
}

fn describe(one: &OneAction) -> String {
    let action = &one.action;
    let user = action.user_id.map_or("unknown so far".to_owned(), |user| user.to_string());
    let head = [
        format!("{}, {} mode, {}", action.id, action.mode, action.status),
        format!("app          {}", action.app_id),
        format!("end user     {user}"),
        format!("number       of {}{}", action.country, changed(action.phone_changed)),
    ];
    let row = |entry: &TimeLineEntry| {
        vec![
            Timestamp::from_millis(entry.at * 1000).rfc3339(),
            entry.what.to_owned(),
            entry.channel.map(|channel| channel.to_string()).unwrap_or_default(),
            entry.detail.clone(),
        ]
    };
    let rows: Vec<_> = one.time_line.iter().map(row).collect();
    let table = output::table(&["at", "what", "channel", "detail"], &rows);
    format!("{}\n\n{table}", head.join("\n"))
}

const fn changed(phone_changed: bool) -> &'static str {
    if phone_changed { ", another one than the end user last passed with" } else { "" }
}
