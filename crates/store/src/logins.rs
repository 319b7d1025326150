//! Logins: all that a page of the widget, and core's decision about a command, looks at, read at one moment.

use onlyauth_core::action::{Action, Challenge, Login, Way};
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Failures;
use onlyauth_core::ids::ActionId;
use onlyauth_core::time::Timestamp;

use crate::actions::{self, ActionRecord};
use crate::challenges::{self, ChallengeRecord};
use crate::change_set::Step;
use crate::end_users::{self, EndUserKey, EndUserRecord};
use crate::error::StoreError;
use crate::open::Store;
use crate::outbox::DeliveryStatus;
use crate::statement::statements;
use crate::value::{Fields, Row, params};

statements! {
    LOGIN_FIND_FAILURES = "SELECT channel, failures, last_failure_at FROM failure_counters
        WHERE client_id = ?1 AND app_id = ?2 AND mode = ?3 AND end_user_hash = ?4";
    LOGIN_FIND_MESSAGES = "SELECT channel, status, reason, created_at FROM outbox
        WHERE client_id = ?1 AND action_id = ?2 ORDER BY step";
}

/// Which login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginKey {
    /// The action.
    pub action_id: ActionId,
    /// Whose login it is.
    pub end_user: EndUserKey,
}

/// A login as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoginRecord {
    /// The action; None before its start.
    pub action: Option<ActionRecord>,
    /// Its newest challenge.
    pub challenge: Option<ChallengeRecord>,
    /// How its messages fare, in the order in which they were asked for.
    pub messages: Vec<DeliveryRecord>,
    /// The end user, if they ever passed.
    pub end_user: Option<EndUserRecord>,
    /// The end user's failures, by channel; none where none were ever counted.
    failures: Vec<(Channel, Failures)>,
}

/// How a message fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// How it travels.
    pub channel: Channel,
    /// Where it is.
    pub status: DeliveryStatus,
    /// Why it failed, or why nobody knows.
    pub reason: Option<String>,
    /// When it was committed.
    pub created_at: Timestamp,
}

/// What core looks at.
impl From<&ActionRecord> for Action {
    fn from(action: &ActionRecord) -> Self {
        Self {
            status: action.status,
            expires_at: action.expires_at,
            sends: action.sends,
            extensions: action.extensions,
        }
    }
}

/// What core looks at.
impl From<&ChallengeRecord> for Challenge {
    fn from(challenge: &ChallengeRecord) -> Self {
        Self {
            channel: challenge.channel,
            attempts: challenge.attempts,
            max_attempts: challenge.max_attempts,
            expires_at: challenge.expires_at,
            consumed: challenge.consumed_at.is_some(),
        }
    }
}

impl LoginRecord {
    /// What core decides on, where these channels are offered.
    pub fn login(&self, offered: &[Channel]) -> Login {
        Login {
            action: self.action.as_ref().map(Action::from),
            challenge: self.challenge.as_ref().map(Challenge::from),
            ways: offered.iter().map(|channel| self.way(*channel)).collect(),
        }
    }

    /// How a channel fared.
    pub fn way(&self, channel: Channel) -> Way {
        let failures = self.failures.iter().find(|(of, _)| *of == channel);
        let sent = || self.messages.iter().filter(|message| message.channel == channel);
        Way {
            channel,
            failures: failures.map(|(_, failures)| *failures).unwrap_or_default(),
            sends: u32::try_from(sent().count()).unwrap_or(u32::MAX),
            last_sent_at: sent().next_back().map(|message| message.created_at),
        }
    }

    /// How the newest message fares.
    pub fn delivery(&self) -> Option<&DeliveryRecord> {
        self.messages.last()
    }
}

impl Store {
    /// A login as it stands, also before its start, when there is an end user and no action.
    pub async fn login_find(&self, key: &LoginKey) -> Result<LoginRecord, StoreError> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &key.end_user;
        let (client_id, app_id, mode) = (*client_id, *app_id, *mode);
        let action = params![client_id, key.action_id];
        let end_user = params![client_id, app_id, mode, end_user_hash];
        let mut rows = self
            .read(vec![
                Step::any(actions::FIND, action.clone()),
                Step::any(challenges::LIST, action.clone()),
                Step::any(&LOGIN_FIND_MESSAGES, action),
                Step::any(end_users::FIND, end_user.clone()),
                Step::any(&LOGIN_FIND_FAILURES, end_user),
            ])
            .await?;
        let challenges = rows.rows(1).into_iter().map(ChallengeRecord::read);
        let challenges = challenges.collect::<Result<Vec<_>, _>>()?;
        Ok(LoginRecord {
            action: rows.row(0).map(ActionRecord::read).transpose()?,
            challenge: challenges.into_iter().max_by_key(|challenge| challenge.step),
            messages: rows.rows(2).into_iter().map(message).collect::<Result<_, _>>()?,
            end_user: rows.row(3).map(EndUserRecord::read).transpose()?,
            failures: rows.rows(4).into_iter().map(failures).collect::<Result<_, _>>()?,
        })
    }
}

fn message(row: Row) -> Result<DeliveryRecord, StoreError> {
    let mut fields = Fields::of("outbox", row);
    Ok(DeliveryRecord {
        channel: fields.parsed("channel")?,
        status: DeliveryStatus::read(&mut fields)?,
        reason: fields.optional_text("reason")?,
        created_at: fields.time("created_at")?,
    })
}

fn failures(row: Row) -> Result<(Channel, Failures), StoreError> {
    let mut fields = Fields::of("failure_counters", row);
    let channel = fields.parsed("channel")?;
    let count = fields.int("failures")?;
    Ok((channel, Failures { count, last_at: fields.optional_time("last_failure_at")? }))
}
