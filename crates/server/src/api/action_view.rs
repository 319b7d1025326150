//! A login as backends and operators see it: nothing that is personal, no code, no token.

use onlyauth_core::channel::{Channel, Mode, PassedBy};
use onlyauth_core::ids::{ActionId, AppId, UserId};
use onlyauth_core::time::Timestamp;
use onlyauth_core::time_line;
use onlyauth_store::{ActionHistory, ActionPage, ActionSummary};
use serde::Serialize;
use utoipa::ToSchema;

/// A login, from the end user's first step to its end. Times are Unix seconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Action {
    /// Its id: the `jti` of its access token, and `action_id` of what its success token proves.
    #[schema(value_type = String, example = "ACTN-01920000-0000-7000-8000-000000000000")]
    pub id: ActionId,
    /// The app.
    #[schema(value_type = String, example = "APPX-01920000-0000-7000-8000-000000000000")]
    pub app_id: AppId,
    /// `sandbox` or `live`, as the app was.
    #[schema(value_type = String, example = "live")]
    pub mode: Mode,
    /// `login`, or `factors` where the end user looked after their factors, which logs nobody in.
    #[schema(value_type = String, example = "login")]
    pub purpose: &'static str,
    /// The end user; null until they passed for the first time.
    #[schema(value_type = Option<String>, example = "USER-01920000-0000-7000-8000-000000000000")]
    pub user_id: Option<UserId>,
    /// `open`, `passed`, `cancelled` (the end user gave up) or `expired` (its time was over).
    #[schema(example = "passed")]
    pub status: &'static str,
    /// The channels that passed, in order; empty before; `trusted_device` alone where a trusted device stood in.
    #[schema(value_type = Vec<String>, example = json!(["sms"]))]
    pub channels: Vec<PassedBy>,
    /// The country of the phone number, ISO 3166-1.
    #[schema(example = "US")]
    pub country: String,
    /// Whether the end user last passed with another number.
    pub phone_changed: bool,
    /// When it began.
    pub created_at: i64,
    /// The moment from which it is over.
    pub expires_at: i64,
    /// When it passed or was cancelled; null before, and where its time ran out.
    pub ended_at: Option<i64>,
}

/// Something that happened in a login.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimeLineEntry {
    /// When, in Unix seconds.
    pub at: i64,
    /// What, one of a closed set of words.
    #[schema(example = "judged")]
    pub what: &'static str,
    /// By which channel; null where it is about none.
    #[schema(value_type = Option<String>, example = "sms")]
    pub channel: Option<Channel>,
    /// Why, or how it was found, in a word; null where there is nothing to say.
    #[schema(example = "wrong")]
    pub why: Option<String>,
    /// The same for people, in English.
    #[schema(example = "It was not right.")]
    pub detail: String,
}

/// Some logins, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Actions {
    /// The logins.
    pub actions: Vec<Action>,
    /// What to ask for the next page with; null at the end. A page may hold fewer logins than `limit`, or none, and
    /// still have one after it.
    #[schema(value_type = Option<String>, example = "ACTN-01920000-0000-7000-8000-000000000000")]
    pub next_cursor: Option<ActionId>,
}

/// One login and what happened in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneAction {
    /// The login.
    pub action: Action,
    /// What was offered, sent and judged, and why, in order.
    pub time_line: Vec<TimeLineEntry>,
}

impl Action {
    fn new(action: ActionSummary, now: Timestamp) -> Self {
        Self {
            status: action.standing(now).as_str(),
            id: action.action_id,
            app_id: action.app_id,
            mode: action.mode,
            purpose: action.purpose.as_str(),
            user_id: action.user_id,
            channels: action.channels,
            country: action.country,
            phone_changed: action.phone_changed,
            created_at: action.created_at.as_seconds(),
            expires_at: action.expires_at.as_seconds(),
            ended_at: action.ended_at.map(Timestamp::as_seconds),
        }
    }
}

impl Actions {
    /// A page as it stands at `now`.
    pub fn new(page: ActionPage, now: Timestamp) -> Self {
        let ActionPage { actions, next } = page;
        let actions = actions.into_iter().map(|action| Action::new(action, now)).collect();
        Self { actions, next_cursor: next }
    }
}

impl OneAction {
    /// A login as it stands at `now`.
    pub fn new(history: ActionHistory, now: Timestamp) -> Self {
        let ActionHistory { action, facts } = history;
        let time_line = facts.time_line(now).into_iter().map(TimeLineEntry::from).collect();
        Self { action: Action::new(action, now), time_line }
    }
}

impl From<time_line::Entry> for TimeLineEntry {
    fn from(entry: time_line::Entry) -> Self {
        Self {
            at: entry.at.as_seconds(),
            what: entry.what.as_str(),
            channel: entry.channel,
            detail: entry.sentence(),
            why: entry.why,
        }
    }
}
