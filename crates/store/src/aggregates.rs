//! Aggregates: what remains of logins and messages once their rows leave, counted by the hour for charts.
//!
//! The hour is that in which a login started, or a message was asked for. Nothing here names anybody.

mod count;

use onlyauth_core::channel::{Channel, Mode, PassedBy};
use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_core::statistics::LoginOutcome;
use onlyauth_core::time::Timestamp;

use crate::error::StoreError;
use crate::open::Store;
use crate::outbox::DeliveryStatus;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, params};

pub use count::{Uncounted, UncountedLogins};

pub(crate) static STATEMENT_LISTS: [&[&Statement]; 2] = [STATEMENTS, count::STATEMENTS];

statements! {
    LOGIN_HOUR_LIST = "SELECT hour, app_id, mode, channel, country, outcome, latency, logins,
        wrong_codes FROM login_hours
        WHERE client_id = ?1 AND hour >= ?2 AND hour < ?3
        ORDER BY hour";
    LOGIN_HOUR_LIST_OF_APP = "SELECT hour, app_id, mode, channel, country, outcome, latency, logins,
        wrong_codes FROM login_hours
        WHERE client_id = ?1 AND hour >= ?2 AND hour < ?3 AND app_id = ?4
        ORDER BY hour";
    MESSAGE_HOUR_LIST = "SELECT hour, app_id, mode, channel, country, status, messages
        FROM message_hours
        WHERE client_id = ?1 AND hour >= ?2 AND hour < ?3
        ORDER BY hour";
    MESSAGE_HOUR_LIST_OF_APP = "SELECT hour, app_id, mode, channel, country, status, messages
        FROM message_hours
        WHERE client_id = ?1 AND hour >= ?2 AND hour < ?3 AND app_id = ?4
        ORDER BY hour";
}

/// In the place of a channel, where no code was ever sent.
const NO_CHANNEL: &str = "none";

/// Logins that started in one hour and are alike in all else that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginHour {
    /// The hour's first moment, UTC.
    pub hour: Timestamp,
    /// In this app, which may be gone meanwhile.
    pub app_id: AppId,
    /// The mode that the app had.
    pub mode: Mode,
    /// By which they passed, or the last that was tried; None where no code was ever sent.
    pub channel: Option<PassedBy>,
    /// Of the phone number, ISO 3166-1.
    pub country: String,
    /// What became of them.
    pub outcome: LoginOutcome,
    /// They took at most so many seconds from start to end, and more than half of that where it is not the least
    /// step ([`onlyauth_core::statistics::latency`]); 0 for those whose time ran out.
    pub latency: u32,
    /// How many.
    pub logins: u64,
    /// Codes in them that were judged and were not right, on whichever channel.
    pub wrong_codes: u64,
}

/// Messages that were asked for in one hour and are alike in all else that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageHour {
    /// The hour's first moment, UTC.
    pub hour: Timestamp,
    /// From this app, which may be gone meanwhile.
    pub app_id: AppId,
    /// Sandbox messages stayed in the building.
    pub mode: Mode,
    /// How they travelled.
    pub channel: Channel,
    /// Of the phone number, ISO 3166-1.
    pub country: String,
    /// Where they were when their login was counted: sent, delivered, failed or unknown.
    pub status: DeliveryStatus,
    /// How many.
    pub messages: u64,
}

impl LoginHour {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("login_hours", row);
        Ok(Self {
            hour: fields.time("hour")?,
            app_id: fields.id("app_id")?,
            mode: fields.parsed("mode")?,
            channel: channel(&mut fields)?,
            country: fields.text("country")?,
            outcome: fields.parsed("outcome")?,
            latency: fields.number("latency")?,
            logins: fields.number("logins")?,
            wrong_codes: fields.number("wrong_codes")?,
        })
    }
}

fn channel(fields: &mut Fields) -> Result<Option<PassedBy>, StoreError> {
    let words = Channel::ALL.map(|channel| (channel.as_str(), Some(channel.into())));
    let device = PassedBy::TrustedDevice;
    let others = [(device.as_str(), Some(device)), (NO_CHANNEL, None)];
    fields.choice("channel", &[&words[..], &others].concat())
}

impl MessageHour {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("message_hours", row);
        Ok(Self {
            hour: fields.time("hour")?,
            app_id: fields.id("app_id")?,
            mode: fields.parsed("mode")?,
            channel: fields.parsed("channel")?,
            country: fields.text("country")?,
            status: DeliveryStatus::read(&mut fields)?,
            messages: fields.number("messages")?,
        })
    }
}

impl Store {
    /// The client's logins in the hours that began from `from` on and before `to`, in the order of hours; of one app
    /// where it is given. The last hours lack what is not over or was over just now.
    pub async fn login_hour_list(
        &self,
        client_id: ClientId,
        app_id: Option<AppId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<LoginHour>, StoreError> {
        let statements = [&LOGIN_HOUR_LIST, &LOGIN_HOUR_LIST_OF_APP];
        let rows = self.hours(statements, client_id, app_id, from, to).await?;
        rows.into_iter().map(LoginHour::read).collect()
    }

    /// The same of messages.
    pub async fn message_hour_list(
        &self,
        client_id: ClientId,
        app_id: Option<AppId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<MessageHour>, StoreError> {
        let statements = [&MESSAGE_HOUR_LIST, &MESSAGE_HOUR_LIST_OF_APP];
        let rows = self.hours(statements, client_id, app_id, from, to).await?;
        rows.into_iter().map(MessageHour::read).collect()
    }

    async fn hours(
        &self,
        [of_all, of_app]: [&'static Statement; 2],
        client_id: ClientId,
        app_id: Option<AppId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Row>, StoreError> {
        let mut params = params![client_id, from, to];
        let statement = match app_id {
            Some(app_id) => {
                params.extend(params![app_id]);
                of_app
            }
            None => of_all,
        };
        self.read_rows(statement, params).await
    }
}
