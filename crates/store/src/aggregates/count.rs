//! Counting: logins that are over are read in the order of their ids, page by page, and what a page comes to is
//! added to its hours in one commit.
//!
//! That commit also moves the mark up to which the client's actions are counted, and is refused where the mark is not
//! where the page began: so two instances, or one that crashed and starts again, count nothing twice.

use std::collections::BTreeMap;

use onlyauth_core::action::Status;
use onlyauth_core::channel::PassedBy;
use onlyauth_core::ids::{ActionId, ClientId};
use onlyauth_core::proof::Proven;
use onlyauth_core::retention::Cutoffs;
use onlyauth_core::statistics::{LoginOutcome, hour_of, latency, outcome, over_at};
use onlyauth_core::time::Timestamp;
use onlyauth_core::trust::Decision;

use super::NO_CHANNEL;
use crate::actions;
use crate::change_set::{ChangeSet, Step};
use crate::error::StoreError;
use crate::open::Store;
use crate::retention::behind;
use crate::statement::statements;
use crate::value::{Fields, Row, params};

statements! {
    COUNTED_FIND = "SELECT up_to FROM counted_actions WHERE client_id = ?1";
    COUNTED_MOVE = "INSERT INTO counted_actions (client_id, up_to, counted_at) VALUES (?1, ?3, ?4)
        ON CONFLICT (client_id) DO UPDATE SET up_to = ?3, counted_at = ?4
        WHERE counted_actions.up_to = ?2";
    UNCOUNTED_LIST = "SELECT action_id, app_id, mode, country, status, proven, created_at, expires_at,
        ended_at, trust
        FROM actions WHERE client_id = ?1 AND action_id > ?2 AND action_id < ?3
        ORDER BY action_id LIMIT ?4";
    UNCOUNTED_CHALLENGES = "SELECT action_id, channel, step, attempts, consumed_at FROM challenges
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3";
    UNCOUNTED_MESSAGES = "SELECT action_id, channel, status, created_at FROM outbox
        WHERE client_id = ?1 AND action_id > ?2 AND action_id <= ?3";
    LOGIN_HOUR_ADD = "INSERT INTO login_hours
        (client_id, hour, app_id, mode, channel, country, outcome, latency, logins, wrong_codes)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (client_id, hour, app_id, mode, channel, country, outcome, latency)
        DO UPDATE SET logins = login_hours.logins + ?9,
          wrong_codes = login_hours.wrong_codes + ?10";
    MESSAGE_HOUR_ADD = "INSERT INTO message_hours
        (client_id, hour, app_id, mode, channel, country, status, messages)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (client_id, hour, app_id, mode, channel, country, status)
        DO UPDATE SET messages = message_hours.messages + ?8";
}

/// What there is to count of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uncounted {
    /// These logins.
    Logins(UncountedLogins),
    /// None yet; when the oldest that waits started.
    Waiting(Option<Timestamp>),
}

/// A page of logins, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncountedLogins {
    client_id: ClientId,
    /// The mark, where it was seen; None before anything was counted.
    after: Option<ActionId>,
    last: ActionId,
    logins: BTreeMap<LoginKey, Sum>,
    messages: BTreeMap<MessageKey, i64>,
}

/// The key of a row of `login_hours`, in its order and without the client.
type LoginKey = (Timestamp, String, String, String, String, LoginOutcome, u32);
/// The same of `message_hours`.
type MessageKey = (Timestamp, String, String, String, String, &'static str);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sum {
    logins: i64,
    wrong_codes: i64,
}

/// An action that is over.
struct Over {
    app: String,
    mode: String,
    country: String,
    started: Timestamp,
    outcome: LoginOutcome,
    latency: u32,
    /// By which it passed, or the last that was tried, with what decides between several.
    channel: Option<((bool, i64), String)>,
    wrong_codes: i64,
}

/// No challenge decides against what the action itself says.
const PASSED_BY: (bool, i64) = (true, i64::MAX);

struct Moved;

impl Store {
    /// The next at most `max` logins to be counted. Reads only, and does the sums here: the writer has logins to
    /// commit.
    pub async fn login_uncounted_find(
        &self,
        client_id: ClientId,
        cutoffs: &Cutoffs,
        max: u32,
    ) -> Result<Uncounted, StoreError> {
        let after = self.counted_up_to(client_id).await?;
        let page = params![client_id, behind(after), cutoffs.started_before, max];
        let mut over = BTreeMap::new();
        for row in self.read_rows(&UNCOUNTED_LIST, page).await? {
            let (action_id, started, action) = read_action(row, cutoffs.settled_by)?;
            match action {
                Some(action) => over.insert(action_id, action),
                // Those behind it wait for it, so that one mark tells what is counted.
                None if over.is_empty() => return Ok(Uncounted::Waiting(Some(started))),
                None => break,
            };
        }
        let Some((&last, _)) = over.last_key_value() else { return Ok(Uncounted::Waiting(None)) };
        let span = params![client_id, behind(after), last];
        let queries = [&UNCOUNTED_CHALLENGES, &UNCOUNTED_MESSAGES];
        let queries = queries.map(|statement| Step::any(statement, span.clone()));
        let mut rows = self.read(queries.into()).await?;
        for row in rows.rows(0) {
            add_challenge(&mut over, row)?;
        }
        let mut messages = BTreeMap::new();
        for row in rows.rows(1) {
            if let Some(key) = message_key(&over, row)? {
                *messages.entry(key).or_default() += 1;
            }
        }
        let logins = logins(over);
        Ok(Uncounted::Logins(UncountedLogins { client_id, after, last, logins, messages }))
    }

    /// Up to where a client's actions are counted.
    pub(crate) async fn counted_up_to(
        &self,
        client_id: ClientId,
    ) -> Result<Option<ActionId>, StoreError> {
        let row = self.read_row(&COUNTED_FIND, params![client_id]).await?;
        row.map(|row| Fields::of("counted_actions", row).id("up_to")).transpose()
    }

    /// Adds a page to its hours, once; false when it was counted meanwhile, and nothing changed.
    pub async fn login_count(
        &self,
        page: &UncountedLogins,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let client_id = page.client_id;
        let mark = params![client_id, behind(page.after), page.last, now];
        let mut set = ChangeSet::new().require(&COUNTED_MOVE, mark, Moved);
        for ((hour, app, mode, channel, country, outcome, latency), sum) in &page.logins {
            let mut params = params![client_id, *hour, app, mode, channel, country];
            params.extend(params![outcome.as_str(), *latency, sum.logins, sum.wrong_codes]);
            set = set.step(&LOGIN_HOUR_ADD, params);
        }
        for ((hour, app, mode, channel, country, status), messages) in &page.messages {
            let mut params = params![client_id, *hour, app, mode, channel, country];
            params.extend(params![*status, *messages]);
            set = set.step(&MESSAGE_HOUR_ADD, params);
        }
        Ok(self.apply(set).await?.is_applied())
    }
}

impl UncountedLogins {
    /// How many logins.
    pub fn len(&self) -> usize {
        let logins: i64 = self.logins.values().map(|sum| sum.logins).sum();
        usize::try_from(logins).unwrap_or_default()
    }

    /// Never: there is no page without a login.
    pub fn is_empty(&self) -> bool {
        self.logins.is_empty()
    }
}

/// An action's id and start, and the rest of it if it was over by `settled_by`.
fn read_action(
    row: Row,
    settled_by: Timestamp,
) -> Result<(ActionId, Timestamp, Option<Over>), StoreError> {
    let mut fields = Fields::of("actions", row);
    let action_id = fields.id("action_id")?;
    let (app, mode, country) =
        (fields.text("app_id")?, fields.text("mode")?, fields.text("country")?);
    let status = actions::status(&mut fields)?;
    let proven: Proven = fields.parsed("proven")?;
    let started = fields.time("created_at")?;
    let ended = over_at(fields.time("expires_at")?, fields.optional_time("ended_at")?);
    if ended > settled_by {
        return Ok((action_id, started, None));
    }
    let latency = if status == Status::Open { 0 } else { latency(started.until(ended)) };
    let outcome = outcome(status);
    // What it passed by counts, and that is the last of two; where a device stood in, nothing else would tell.
    let stood_in = fields.optional_parsed("trust")? == Some(Decision::Trusted);
    let device = || ((false, 0), PassedBy::TrustedDevice.as_str().to_owned());
    let by = proven.last().filter(|_| status == Status::Passed);
    let by = by.map(|by| (PASSED_BY, by.to_string()));
    let (channel, wrong_codes) = (by.or_else(|| stood_in.then(device)), 0);
    let over = Over { app, mode, country, started, outcome, latency, channel, wrong_codes };
    Ok((action_id, started, Some(over)))
}

/// The channel of the challenge that was used, or else of the newest, is the login's.
fn add_challenge(over: &mut BTreeMap<ActionId, Over>, row: Row) -> Result<(), StoreError> {
    let mut fields = Fields::of("challenges", row);
    let Some(action) = over.get_mut(&fields.id("action_id")?) else { return Ok(()) };
    let (channel, step) = (fields.text("channel")?, fields.int("step")?);
    let attempts = fields.int("attempts")?;
    let used = fields.optional_time("consumed_at")?.is_some();
    action.wrong_codes += attempts - i64::from(used);
    let rank = (used, step);
    if action.channel.as_ref().is_none_or(|(best, _)| *best < rank) {
        action.channel = Some((rank, channel));
    }
    Ok(())
}

/// Where a message is counted; None for one whose action left meanwhile.
fn message_key(
    over: &BTreeMap<ActionId, Over>,
    row: Row,
) -> Result<Option<MessageKey>, StoreError> {
    let mut fields = Fields::of("outbox", row);
    let Some(action) = over.get(&fields.id("action_id")?) else { return Ok(None) };
    let channel = fields.text("channel")?;
    // What is on its way so long after its login was over has an end that nobody knows.
    let statuses = [("pending", "unknown"), ("sending", "unknown")];
    let ends = ["sent", "delivered", "failed", "unknown"].map(|status| (status, status));
    let status = fields.choice("status", &[&statuses[..], &ends].concat())?;
    let hour = hour_of(fields.time("created_at")?);
    let Over { app, mode, country, .. } = action;
    Ok(Some((hour, app.clone(), mode.clone(), channel, country.clone(), status)))
}

fn logins(over: BTreeMap<ActionId, Over>) -> BTreeMap<LoginKey, Sum> {
    let mut logins: BTreeMap<LoginKey, Sum> = BTreeMap::new();
    for action in over.into_values() {
        let Over { app, mode, country, started, outcome, latency, channel, wrong_codes } = action;
        let channel = channel.map_or_else(|| NO_CHANNEL.to_owned(), |(_, channel)| channel);
        let key = (hour_of(started), app, mode, channel, country, outcome, latency);
        let sum = logins.entry(key).or_default();
        sum.logins += 1;
        sum.wrong_codes += wrong_codes;
    }
    logins
}
