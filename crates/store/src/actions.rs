//! Actions: logins from their start to their end.

mod history;
mod list;

use onlyauth_core::action::{Purpose, Status};
use onlyauth_core::channel::Mode;
use onlyauth_core::ids::{ActionId, AppId, ClientId};
use onlyauth_core::offer::Offer;
use onlyauth_core::proof::Proven;
use onlyauth_core::time::Timestamp;
use onlyauth_core::trust::Decision;

use crate::change_set::ChangeSet;
use crate::end_users::EndUserKey;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, Value, params};

pub use history::ActionHistory;
pub use list::{ActionPage, ActionQuery, ActionStanding, ActionSummary};

statements! {
    ACTION_CREATE = "INSERT INTO actions
        (client_id, action_id, app_id, mode, end_user_hash, phone_hash, sealed, language, region,
         status, proven, sends, extensions, phone_changed, country, created_at, expires_at, ended_at,
         offered, trust, purpose)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'open', '', ?14, 0, ?10, ?11, ?12, ?13, NULL, ?15,
          ?16, ?17)
        ON CONFLICT DO NOTHING";
    ACTION_FIND = "SELECT client_id, action_id, app_id, mode, end_user_hash, phone_hash, sealed,
        language, region, status, proven, sends, extensions, phone_changed, country, created_at,
        expires_at, ended_at, purpose
        FROM actions WHERE client_id = ?1 AND action_id = ?2";
    ACTION_IS_OPEN = "SELECT action_id FROM actions
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND end_user_hash = ?5
          AND status = 'open' AND expires_at > ?6";
    ACTION_SEND = "UPDATE actions SET sends = sends + 1
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND end_user_hash = ?5
          AND status = 'open' AND expires_at > ?6 AND sends = ?7";
    ACTION_PASS = "UPDATE actions SET status = 'passed', ended_at = ?6, proven = ?8
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND end_user_hash = ?5
          AND status = 'open' AND expires_at > ?6 AND proven = ?7";
    ACTION_PROVE = "UPDATE actions SET proven = ?8
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND end_user_hash = ?5
          AND status = 'open' AND expires_at > ?6 AND proven = ?7";
    ACTION_EXTEND = "UPDATE actions SET extensions = extensions + 1, expires_at = ?5
        WHERE client_id = ?1 AND action_id = ?2 AND status = 'open' AND expires_at > ?3
          AND extensions = ?4";
    ACTION_CANCEL = "UPDATE actions SET status = 'cancelled', ended_at = ?3
        WHERE client_id = ?1 AND action_id = ?2 AND status = 'open' AND expires_at > ?3";
}

pub(crate) static STATEMENT_LISTS: [&[&Statement]; 3] =
    [STATEMENTS, history::STATEMENTS, list::STATEMENTS];

/// Starts an action that is not there yet.
pub(crate) static CREATE: &Statement = &ACTION_CREATE;
/// Touches the row while it is open, and changes nothing.
pub(crate) static IS_OPEN: &Statement = &ACTION_IS_OPEN;
/// Counts a message, for the step that its form was made for only.
pub(crate) static SEND: &Statement = &ACTION_SEND;
/// Ends the action as passed, where nothing was proven in it but what was seen.
pub(crate) static PASS: &Statement = &ACTION_PASS;
/// Notes the first of two proofs, on the same condition: of two at once, the other has to look again.
pub(crate) static PROVE: &Statement = &ACTION_PROVE;

/// An action to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// The `jti` of its access token.
    pub action_id: ActionId,
    /// What it is for.
    pub purpose: Purpose,
    /// Whose login it is.
    pub end_user: EndUserKey,
    /// Keyed hash of the phone number.
    pub phone_hash: [u8; 32],
    /// Phone number, `end_user_uuid` and `redirect_uri`, sealed.
    pub sealed: Vec<u8>,
    /// BCP 47.
    pub language: String,
    /// Which base URL serves the widget.
    pub region: String,
    /// Whether the end user last passed with another phone number.
    pub phone_changed: bool,
    /// Of the phone number, ISO 3166-1; for caps per country.
    pub country: String,
    /// Now.
    pub created_at: Timestamp,
    /// The moment from which it is over.
    pub expires_at: Timestamp,
    /// What it could begin with.
    pub offered: Offer,
    /// What was decided about a trusted device; None where the app wants none.
    pub trust: Option<Decision>,
}

impl NewAction {
    /// As its commit leaves it, with so many messages sent.
    pub(crate) fn started(&self, sends: u32) -> ActionRecord {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = self.end_user;
        ActionRecord {
            client_id,
            action_id: self.action_id,
            app_id,
            mode,
            end_user_hash,
            phone_hash: self.phone_hash,
            sealed: self.sealed.clone(),
            language: self.language.clone(),
            region: self.region.clone(),
            status: Status::Open,
            proven: Proven::default(),
            sends,
            extensions: 0,
            phone_changed: self.phone_changed,
            country: self.country.clone(),
            created_at: self.created_at,
            expires_at: self.expires_at,
            ended_at: None,
            purpose: self.purpose,
        }
    }

    /// With so many messages sent.
    pub(crate) fn params(&self, sends: u32) -> Vec<Value> {
        let EndUserKey { client_id, app_id, mode, end_user_hash } = &self.end_user;
        params![
            *client_id,
            self.action_id,
            *app_id,
            *mode,
            end_user_hash,
            &self.phone_hash,
            &self.sealed,
            &self.language,
            &self.region,
            self.phone_changed,
            &self.country,
            self.created_at,
            self.expires_at,
            sends,
            &self.offered.to_string(),
            self.trust.as_ref().map(Decision::to_string).as_ref(),
            self.purpose.as_str(),
        ]
    }
}

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRecord {
    /// Whose it is.
    pub client_id: ClientId,
    /// Its id.
    pub action_id: ActionId,
    /// In this app.
    pub app_id: AppId,
    /// The mode that the app had.
    pub mode: Mode,
    /// Keyed hash of `end_user_uuid`.
    pub end_user_hash: [u8; 32],
    /// Keyed hash of the phone number.
    pub phone_hash: [u8; 32],
    /// Phone number, `end_user_uuid` and `redirect_uri`, sealed.
    pub sealed: Vec<u8>,
    /// BCP 47.
    pub language: String,
    /// Which base URL serves the widget.
    pub region: String,
    /// Where it is.
    pub status: Status,
    /// What passed in it, in order.
    pub proven: Proven,
    /// Messages so far.
    pub sends: u32,
    /// How often more time was given.
    pub extensions: u32,
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
}

impl ActionRecord {
    pub(crate) fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("actions", row);
        Ok(Self {
            client_id: fields.id("client_id")?,
            action_id: fields.id("action_id")?,
            app_id: fields.parsed("app_id")?,
            mode: fields.parsed("mode")?,
            end_user_hash: fields.array("end_user_hash")?,
            phone_hash: fields.array("phone_hash")?,
            sealed: fields.bytes("sealed")?,
            language: fields.text("language")?,
            region: fields.text("region")?,
            status: status(&mut fields)?,
            proven: fields.parsed("proven")?,
            sends: fields.number("sends")?,
            extensions: fields.number("extensions")?,
            phone_changed: fields.flag("phone_changed")?,
            country: fields.text("country")?,
            created_at: fields.time("created_at")?,
            expires_at: fields.time("expires_at")?,
            ended_at: fields.optional_time("ended_at")?,
            purpose: purpose(&mut fields)?,
        })
    }

    /// Whose login it is.
    pub fn end_user(&self) -> EndUserKey {
        EndUserKey {
            client_id: self.client_id,
            app_id: self.app_id,
            mode: self.mode,
            end_user_hash: self.end_user_hash,
        }
    }
}

pub(crate) fn status(fields: &mut Fields) -> Result<Status, StoreError> {
    fields.choice(
        "status",
        &[("open", Status::Open), ("passed", Status::Passed), ("cancelled", Status::Cancelled)],
    )
}

pub(crate) fn purpose(fields: &mut Fields) -> Result<Purpose, StoreError> {
    fields.choice("purpose", &Purpose::ALL.map(|purpose| (purpose.as_str(), purpose)))
}

struct Refused;

impl Store {
    /// Starts an action; false when it was started before, and nothing changed.
    pub async fn action_create(&self, action: &NewAction) -> Result<bool, StoreError> {
        let set = ChangeSet::new().require(&ACTION_CREATE, action.params(0), Refused);
        Ok(self.apply(set).await?.is_applied())
    }

    /// One action.
    pub async fn action_find(
        &self,
        client_id: ClientId,
        action_id: ActionId,
    ) -> Result<Option<ActionRecord>, StoreError> {
        let row = self.read_row(&ACTION_FIND, params![client_id, action_id]).await?;
        row.map(ActionRecord::read).transpose()
    }

    /// Moves an open action's end, once per extension that was seen; false when it is not open or was extended
    /// meanwhile, and nothing changed.
    pub async fn action_extend(
        &self,
        client_id: ClientId,
        action_id: ActionId,
        seen_extensions: u32,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let params = params![client_id, action_id, now, seen_extensions, expires_at];
        let set = ChangeSet::new().require(&ACTION_EXTEND, params, Refused);
        Ok(self.apply(set).await?.is_applied())
    }

    /// Ends an open action without success; false when it is not open.
    pub async fn action_cancel(
        &self,
        client_id: ClientId,
        action_id: ActionId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let set =
            ChangeSet::new().require(&ACTION_CANCEL, params![client_id, action_id, now], Refused);
        Ok(self.apply(set).await?.is_applied())
    }
}
