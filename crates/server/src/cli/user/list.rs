//! `onlyauth user list`: the end users of an app, page by page.

use onlyauth_core::ids::UserId;
use onlyauth_core::time::Timestamp;
use onlyauth_store::EndUserOverview;

use super::super::exit::CliError;
use super::super::{Global, Seams, output};
use super::{Place, Whose, trouble};
use crate::api::user_view::User;
use crate::api::users::list::Users;

/// Flags of `user list`.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    whose: Whose,
    /// How many at most.
    #[arg(long, value_name = "NUMBER", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
    /// Only those behind this one: the last of the page before.
    #[arg(long, value_name = "USER-…")]
    cursor: Option<UserId>,
    /// Print what the API's `listUsers` answers.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(options: &Options, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let place = Place::open(&options.whose, global, seams).await?;
    let policy = global.settings()?.failures.policy();
    let world = place.world;
    let page = place.store.end_user_list(
        world.client_id,
        world.app_id,
        world.mode,
        options.cursor,
        options.limit,
    );
    let page = page.await?;
    let view = |user: EndUserOverview| User::of(user, &place.lens(&policy));
    let users: Result<Vec<_>, _> = page.into_iter().map(view).collect();
    let page = Users::page(users.map_err(|error| trouble(error.into()))?, options.limit);
    if options.json {
        return output::json(&page);
    }
    output::text(&describe(&page))
}

fn describe(page: &Users) -> String {
    if page.users.is_empty() {
        return "Nobody.".to_owned();
    }
    let row = |user: &User| {
        let last = user.last_passed_at.map(|at| Timestamp::from_millis(at * 1000).rfc3339());
        let locked = user.failures.iter().filter(|failed| failed.locked).count();
        vec![
            user.id.to_string(),
            user.end_user_uuid.clone(),
            user.masked_phone_number.clone().unwrap_or_default(),
            last.unwrap_or_else(|| "never".to_owned()),
            user.factors.len().to_string(),
            locked.to_string(),
        ]
    };
    let headings = ["id", "end user", "phone", "last passed", "factors", "locks"];
    let rows: Vec<_> = page.users.iter().map(row).collect();
    let table = output::table(&headings, &rows);
    match page.next_cursor {
        Some(cursor) => format!("{table}\n\nThere may be more: --cursor {cursor}"),
        None => table,
    }
}
