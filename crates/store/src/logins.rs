//! Logins: all that a page of the widget, and core's decision about a command, looks at, read at one moment.

use onlyauth_core::action::{Action, Challenge, Login, Way};
use onlyauth_core::channel::Channel;
use onlyauth_core::failures::Failures;
use onlyauth_core::ids::ActionId;
use onlyauth_core::time::Timestamp;

use crate::actions::ActionRecord;
use crate::challenges::{ChallengeRecord, Send, SendChallenge};
use crate::end_users::{self, EndUserKey, EndUserRecord};
use crate::error::StoreError;
use crate::open::Store;
use crate::outbox::DeliveryStatus;
use crate::statement::statements;
use crate::value::{Fields, Row, Value, params};

statements! {
    LOGIN_FIND = "SELECT
        a.client_id, a.action_id, a.app_id, a.mode, a.end_user_hash, a.phone_hash, a.sealed,
        a.language, a.region, a.status, a.proven, a.sends, a.extensions, a.phone_changed,
        a.country, a.created_at, a.expires_at, a.ended_at, a.purpose,
        c.client_id, c.action_id, c.challenge_id, c.step, c.channel, c.seed, c.code_key_id,
        c.digits, c.max_attempts, c.attempts, c.created_at, c.expires_at, c.consumed_at,
        m.step, m.channel, m.status, m.reason, m.created_at,
        u.user_id, u.phone_hash, u.sealed_phone, u.created_at, u.last_passed_at, u.last_channel,
        CASE WHEN u.user_id IS NULL THEN NULL ELSE (SELECT COUNT(*) FROM factors e
            WHERE e.client_id = ?1 AND e.app_id = ?3 AND e.mode = ?4 AND e.end_user_hash = ?5) END,
        CASE WHEN u.user_id IS NULL THEN NULL ELSE (SELECT COUNT(*) FROM backup_codes b
            WHERE b.client_id = ?1 AND b.app_id = ?3 AND b.mode = ?4 AND b.end_user_hash = ?5
              AND b.consumed_at IS NULL) END,
        f.channel, f.failures, f.last_failure_at
        FROM (SELECT 1 AS one) AS login
        LEFT JOIN actions a ON a.client_id = ?1 AND a.action_id = ?2
        LEFT JOIN challenges c ON c.client_id = ?1 AND c.action_id = ?2
        LEFT JOIN outbox m ON m.client_id = ?1 AND m.action_id = ?2
        LEFT JOIN end_users u ON u.client_id = ?1 AND u.app_id = ?3 AND u.mode = ?4
          AND u.end_user_hash = ?5
        LEFT JOIN failure_counters f ON f.client_id = ?1 AND f.app_id = ?3 AND f.mode = ?4
          AND f.end_user_hash = ?5";
}

/// How many columns each table has in [`LOGIN_FIND`], in its order.
const WIDTHS: [usize; 5] = [19, 13, 5, 8, 3];

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
    /// The end user, if they are known.
    pub end_user: Option<EndUserRecord>,
    /// How many factors they have enrolled; nobody asks for those of the many who have none.
    pub factors: u32,
    /// How many backup codes they have left.
    pub backup_codes: u32,
    /// The end user's failures, by channel; none where none were ever counted.
    failures: Vec<(Channel, Failures)>,
}

/// How a message fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// The how-manieth message of its action it is.
    pub step: u32,
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

    /// The login as the commit of this message left it: what a look finds before anybody goes on with it.
    #[must_use]
    pub fn sent(mut self, send: &Send) -> Self {
        let step = send.step();
        self.action = match (self.action, &send.start) {
            (Some(action), _) => Some(ActionRecord { sends: step, ..action }),
            (None, start) => start.as_ref().map(|new| new.started(step)),
        };
        if let SendChallenge::New(new) = &send.challenge {
            self.challenge = Some(new.made(send));
        }
        self.messages.push(DeliveryRecord {
            step,
            channel: send.channel,
            status: DeliveryStatus::Pending,
            reason: None,
            created_at: send.now,
        });
        if self.failures.iter().all(|(channel, _)| *channel != send.channel) {
            self.failures.push((send.channel, Failures::default()));
        }
        self
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

    /// When a channel last failed, of those that no success has cleared since.
    pub fn last_failure(&self) -> Option<Timestamp> {
        let in_a_row = self.failures.iter().filter(|(_, failures)| failures.count > 0);
        in_a_row.filter_map(|(_, failures)| failures.last_at).max()
    }

    /// How the newest message fares.
    pub fn delivery(&self) -> Option<&DeliveryRecord> {
        self.messages.last()
    }
}

impl Store {
    /// A login as it stands, also before its start, when there is an end user and no action.
    ///
    /// One statement, which is one moment: of a few challenges, messages and counters it gives every combination, which is one
    /// row for nearly all logins, and five questions would cost five times as much.
    pub async fn login_find(&self, key: &LoginKey) -> Result<LoginRecord, StoreError> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &key.end_user;
        let params = params![*client_id, key.action_id, *app_id, *mode, end_user_hash];
        let mut login = LoginRecord::default();
        for row in self.look(&LOGIN_FIND, params).await? {
            login.take_in(row)?;
        }
        login.messages.sort_by_key(|message| message.step);
        Ok(login)
    }
}

impl LoginRecord {
    /// What a row tells that others have not told.
    fn take_in(&mut self, row: Row) -> Result<(), StoreError> {
        let mut columns = row.into_iter();
        let [action, challenge, sent, user, counter] = WIDTHS.map(|width| {
            let part: Row = columns.by_ref().take(width).collect();
            // All that is left of a row that is not there is NULL.
            (!part.iter().all(|value| *value == Value::Null)).then_some(part)
        });
        if let Some(action) = action.filter(|_| self.action.is_none()) {
            self.action = Some(ActionRecord::read(action)?);
        }
        if let Some(challenge) = challenge.map(ChallengeRecord::read).transpose()?
            && let Some(status) = self.action.as_ref().map(|action| action.status)
            && self.challenge.as_ref().is_none_or(|newest| challenge.is_newer_than(newest, status))
        {
            self.challenge = Some(challenge);
        }
        if let Some(sent) = sent.map(message).transpose()?
            && self.messages.iter().all(|known| known.step != sent.step)
        {
            self.messages.push(sent);
        }
        if let Some(mut user) = user.filter(|_| self.end_user.is_none()) {
            let codes = user.pop().unwrap_or(Value::Null);
            let factors = user.pop().unwrap_or(Value::Null);
            self.end_user = Some(EndUserRecord::read(user)?);
            self.factors = Fields::of("factors", vec![factors]).number("factor_id")?;
            self.backup_codes = Fields::of("backup_codes", vec![codes]).number("code_hash")?;
        }
        if let Some(counter) = counter.map(end_users::failures).transpose()?
            && self.failures.iter().all(|(channel, _)| *channel != counter.0)
        {
            self.failures.push(counter);
        }
        Ok(())
    }
}

fn message(row: Row) -> Result<DeliveryRecord, StoreError> {
    let mut fields = Fields::of("outbox", row);
    Ok(DeliveryRecord {
        step: fields.number("step")?,
        channel: fields.parsed("channel")?,
        status: DeliveryStatus::read(&mut fields)?,
        reason: fields.optional_text("reason")?,
        created_at: fields.time("created_at")?,
    })
}
