//! Actions of an app, page by page, newest first.
//!
//! They lie in the order of their ids, which is that of time, and there is no other index: each would be written to in
//! every login. A page therefore looks at a bounded number of the client's actions, and says where the next one goes on.

use onlyauth_core::action::{Purpose, Status};
use onlyauth_core::channel::{Channel, Mode, PassedBy};
use onlyauth_core::ids::{ActionId, AppId, ClientId, UserId};
use onlyauth_core::time::Timestamp;
use onlyauth_core::trust::Decision;

use crate::end_users::EndUserKey;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, params};

statements! {
    ACTION_PAGE_END = "SELECT action_id FROM actions WHERE client_id = ?1 AND action_id < ?2
        ORDER BY action_id DESC LIMIT 1 OFFSET ?3";
    ACTION_PAGE = "SELECT action_id, app_id, mode, status, phone_changed, country, created_at, expires_at,
        ended_at, trust, purpose,
        (SELECT u.user_id FROM end_users u WHERE u.client_id = ?1 AND u.app_id = a.app_id
          AND u.mode = a.mode AND u.end_user_hash = a.end_user_hash)
        FROM actions a
        WHERE a.client_id = ?1 AND a.action_id < ?2 AND a.action_id >= ?3 AND a.app_id = ?4
          AND COALESCE(?5, a.mode) = a.mode AND COALESCE(?6, a.end_user_hash) = a.end_user_hash
          AND COALESCE(?7, CASE WHEN a.status = 'open' AND a.expires_at <= ?8 THEN 'expired'
            ELSE a.status END)
            = CASE WHEN a.status = 'open' AND a.expires_at <= ?8 THEN 'expired' ELSE a.status END
        ORDER BY a.action_id DESC LIMIT ?9";
    // Success tokens would say it in one row, and leave long before their actions.
    ACTION_PAGE_PROVEN = "SELECT action_id, channel, consumed_at FROM challenges
        WHERE client_id = ?1 AND action_id >= ?2 AND action_id <= ?3 AND consumed_at IS NOT NULL
        ORDER BY action_id, challenge_id";
    ACTION_SUMMARY_FIND = "SELECT action_id, app_id, mode, status, phone_changed, country, created_at,
        expires_at, ended_at, trust, purpose,
        (SELECT u.user_id FROM end_users u WHERE u.client_id = ?1 AND u.app_id = a.app_id
          AND u.mode = a.mode AND u.end_user_hash = a.end_user_hash)
        FROM actions a WHERE a.client_id = ?1 AND a.action_id = ?2";
}

/// One action, as lists show it.
pub(super) static FIND: &Statement = &ACTION_SUMMARY_FIND;

/// Sorts after every id.
const AFTER_ALL: &str = "ACTN-~";

/// Which actions to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionQuery {
    /// Of this client.
    pub client_id: ClientId,
    /// In this app.
    pub app_id: AppId,
    /// Only of this end user of the app.
    pub end_user: Option<EndUserKey>,
    /// Only those that are there.
    pub standing: Option<ActionStanding>,
    /// Only those whose ids sort before this one.
    pub before: Option<ActionId>,
    /// How many at most.
    pub limit: u32,
    /// How many actions of the client are looked at, at most.
    pub looks_at: u32,
    /// Now.
    pub now: Timestamp,
}

/// Where an action is at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionStanding {
    /// Started, not over.
    Open,
    /// A second factor was proven.
    Passed,
    /// The end user gave up.
    Cancelled,
    /// Its time is over.
    Expired,
}

impl ActionStanding {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Passed, Self::Cancelled, Self::Expired];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Passed => "passed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// Some actions, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionPage {
    /// Those that were found.
    pub actions: Vec<ActionSummary>,
    /// Where the next page goes on; None at the end.
    pub next: Option<ActionId>,
}

/// An action without what is personal in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionSummary {
    /// Its id.
    pub action_id: ActionId,
    /// In this app.
    pub app_id: AppId,
    /// The mode that the app had.
    pub mode: Mode,
    /// Where it is, apart from time.
    pub status: Status,
    /// Whether the end user last passed with another phone number.
    pub phone_changed: bool,
    /// Of the phone number, ISO 3166-1.
    pub country: String,
    /// When it started.
    pub created_at: Timestamp,
    /// The moment from which it is over.
    pub expires_at: Timestamp,
    /// When it passed or was cancelled.
    pub ended_at: Option<Timestamp>,
    /// What it is for.
    pub purpose: Purpose,
    /// The end user's name of ours, once they are known.
    pub user_id: Option<UserId>,
    /// What passed, in order.
    pub channels: Vec<PassedBy>,
}

impl ActionSummary {
    /// Where it is at `now`.
    pub fn standing(&self, now: Timestamp) -> ActionStanding {
        match self.status {
            Status::Passed => ActionStanding::Passed,
            Status::Cancelled => ActionStanding::Cancelled,
            Status::Open if now.is_expired(self.expires_at) => ActionStanding::Expired,
            Status::Open => ActionStanding::Open,
        }
    }

    pub(super) fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("actions", row);
        let mut action = Self {
            action_id: fields.id("action_id")?,
            app_id: fields.parsed("app_id")?,
            mode: fields.parsed("mode")?,
            status: super::status(&mut fields)?,
            phone_changed: fields.flag("phone_changed")?,
            country: fields.text("country")?,
            created_at: fields.time("created_at")?,
            expires_at: fields.time("expires_at")?,
            ended_at: fields.optional_time("ended_at")?,
            purpose: Purpose::Login,
            user_id: None,
            channels: Vec::new(),
        };
        // Where a device stood in, no challenge tells.
        if fields.optional_parsed("trust")? == Some(Decision::Trusted) {
            action.channels.push(PassedBy::TrustedDevice);
        }
        action.purpose = super::purpose(&mut fields)?;
        action.user_id = fields.optional_parsed("user_id")?;
        Ok(action)
    }
}

/// When, in which action, and by which channel somebody proved.
fn proven(row: Row) -> Result<(Timestamp, ActionId, Channel), StoreError> {
    let mut fields = Fields::of("challenges", row);
    let (action_id, channel) = (fields.id("action_id")?, fields.parsed("channel")?);
    Ok((fields.time("consumed_at")?, action_id, channel))
}

impl Store {
    /// A page of an app's actions, newest first.
    pub async fn action_list(&self, query: &ActionQuery) -> Result<ActionPage, StoreError> {
        let client_id = query.client_id;
        let before = query.before.map_or(AFTER_ALL.to_owned(), |id| id.to_string());
        let end = params![client_id, &before, query.looks_at.saturating_sub(1)];
        let end = self.read_rows(&ACTION_PAGE_END, end).await?.into_iter().next();
        let end: Option<ActionId> =
            end.map(|row| Fields::of("actions", row).id("action_id")).transpose()?;
        let from = end.map(|id| id.to_string()).unwrap_or_default();
        let whose = query.end_user.as_ref();
        let page = params![
            client_id,
            &before,
            &from,
            query.app_id,
            whose.map(|key| key.mode),
            whose.map(|key| &key.end_user_hash),
            query.standing.map(ActionStanding::as_str),
            query.now,
            query.limit,
        ];
        let rows = self.read_rows(&ACTION_PAGE, page).await?;
        let mut actions: Vec<_> =
            rows.into_iter().map(ActionSummary::read).collect::<Result<_, _>>()?;
        self.add_channels(client_id, &mut actions).await?;
        let full = u32::try_from(actions.len()).is_ok_and(|found| found >= query.limit);
        // Of a full page more may be left among those that were looked at.
        let next = if full { actions.last().map(|last| last.action_id) } else { end };
        Ok(ActionPage { actions, next })
    }

    /// By what the actions of a page passed.
    async fn add_channels(
        &self,
        client_id: ClientId,
        actions: &mut [ActionSummary],
    ) -> Result<(), StoreError> {
        let (Some(newest), Some(oldest)) = (actions.first(), actions.last()) else { return Ok(()) };
        let range = params![client_id, oldest.action_id, newest.action_id];
        let rows = self.read_rows(&ACTION_PAGE_PROVEN, range).await?;
        let mut proven: Vec<_> = rows.into_iter().map(proven).collect::<Result<_, _>>()?;
        proven.sort_by_key(|(consumed_at, ..)| *consumed_at);
        for (_, action_id, channel) in proven {
            if let Some(action) = actions.iter_mut().find(|one| one.action_id == action_id) {
                action.channels.push(channel.into());
            }
        }
        Ok(())
    }
}
