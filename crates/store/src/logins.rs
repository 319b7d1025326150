//! Logins: all that a page of the widget, and core's decision about a command, looks at, read at one moment.

use onlyauth_core::action::{Action, Challenge, Login};
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Failures;
use onlyauth_core::ids::{ActionId, ClientId};

use crate::actions::{self, ActionRecord};
use crate::challenges::{self, ChallengeRecord};
use crate::change_set::Step;
use crate::error::StoreError;
use crate::open::Store;
use crate::outbox::DeliveryStatus;
use crate::statement::statements;
use crate::value::{Fields, params};

statements! {
    LOGIN_FIND_FAILURES = "SELECT f.failures, f.last_failure_at
        FROM actions a JOIN failure_counters f
          ON f.client_id = ?1 AND f.app_id = a.app_id AND f.mode = a.mode
            AND f.end_user_hash = a.end_user_hash AND f.channel = ?3
        WHERE a.client_id = ?1 AND a.action_id = ?2";
    LOGIN_FIND_DELIVERY = "SELECT status, reason FROM outbox
        WHERE client_id = ?1 AND action_id = ?2 AND channel = ?3
        ORDER BY message_id DESC LIMIT 1";
}

/// Which login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginKey {
    /// The client.
    pub client_id: ClientId,
    /// The action.
    pub action_id: ActionId,
}

/// A login as it stands, seen from one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginRecord {
    /// The action.
    pub action: ActionRecord,
    /// Its newest challenge on the channel.
    pub challenge: Option<ChallengeRecord>,
    /// How its newest message on the channel fares.
    pub delivery: Option<DeliveryRecord>,
    /// The end user's failures on the channel.
    pub failures: Failures,
}

/// How a message fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// Where it is.
    pub status: DeliveryStatus,
    /// Why it failed, or why nobody knows.
    pub reason: Option<String>,
}

impl LoginRecord {
    /// What core decides on.
    pub fn login(&self) -> Login {
        Login {
            action: Some(Action {
                status: self.action.status,
                expires_at: self.action.expires_at,
                sends: self.action.sends,
                last_sent_at: self.action.last_sent_at,
            }),
            challenge: self.challenge.as_ref().map(|challenge| Challenge {
                attempts: challenge.attempts,
                max_attempts: challenge.max_attempts,
                expires_at: challenge.expires_at,
                consumed: challenge.consumed_at.is_some(),
            }),
            failures: self.failures,
        }
    }
}

impl Store {
    /// A login as it stands; None when its action was not started.
    pub async fn login_find(
        &self,
        key: LoginKey,
        channel: Channel,
    ) -> Result<Option<LoginRecord>, StoreError> {
        let LoginKey { client_id, action_id } = key;
        let mut rows = self
            .read(vec![
                Step::any(actions::FIND, params![client_id, action_id]),
                Step::any(challenges::FIND_NEWEST, params![client_id, action_id, channel]),
                Step::any(&LOGIN_FIND_DELIVERY, params![client_id, action_id, channel]),
                Step::any(&LOGIN_FIND_FAILURES, params![client_id, action_id, channel]),
            ])
            .await?;
        let Some(action) = rows.row(0) else {
            return Ok(None);
        };
        let delivery = rows.row(2).map(|row| {
            let mut fields = Fields::of("outbox", row);
            Ok(DeliveryRecord {
                status: DeliveryStatus::read(&mut fields)?,
                reason: fields.optional_text("reason")?,
            })
        });
        let failures = rows.row(3).map(|row| {
            let mut fields = Fields::of("failure_counters", row);
            Ok(Failures {
                count: fields.int("failures")?,
                last_at: fields.optional_time("last_failure_at")?,
            })
        });
        Ok(Some(LoginRecord {
            action: ActionRecord::read(action)?,
            challenge: rows.row(1).map(ChallengeRecord::read).transpose()?,
            delivery: delivery.transpose()?,
            failures: failures.transpose()?.unwrap_or_default(),
        }))
    }
}
