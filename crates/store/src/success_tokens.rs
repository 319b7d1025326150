//! Success tokens, as hashes: proof that an action passed, good for one redemption.

use onlyauth_core::channel::{Mode, PassedBy};
use onlyauth_core::ids::{ActionId, AppId, ClientId};
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome};
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, params};

statements! {
    SUCCESS_TOKEN_CREATE = "INSERT INTO success_tokens
        (client_id, action_id, app_id, token_hash, mode, end_user_hash, sealed, channels,
         phone_changed, passed_at, expires_at, consumed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, NULL)";
    SUCCESS_TOKEN_CONSUME = "UPDATE success_tokens SET consumed_at = ?6
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND token_hash = ?5
          AND consumed_at IS NULL AND expires_at > ?6
        RETURNING action_id, mode, end_user_hash, sealed, channels, phone_changed, passed_at,
          expires_at";
    SUCCESS_TOKEN_CONSUME_FOR = "UPDATE success_tokens SET consumed_at = ?6
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND token_hash = ?5
          AND consumed_at IS NULL AND expires_at > ?6 AND end_user_hash = ?7
        RETURNING action_id, mode, end_user_hash, sealed, channels, phone_changed, passed_at,
          expires_at";
    SUCCESS_TOKEN_IS_LIVE = "SELECT action_id FROM success_tokens
        WHERE client_id = ?1 AND action_id = ?2 AND app_id = ?3 AND mode = ?4 AND token_hash = ?5
          AND consumed_at IS NULL AND expires_at > ?6";
    SUCCESS_TOKEN_FIND_LIVE_OF_ACTION = "SELECT action_id FROM success_tokens
        WHERE client_id = ?1 AND action_id = ?2 AND consumed_at IS NULL AND expires_at > ?3";
}

/// Stores a token.
pub(crate) static CREATE: &Statement = &SUCCESS_TOKEN_CREATE;
/// The token of an action, while it can be redeemed.
pub(crate) static FIND_LIVE_OF_ACTION: &Statement = &SUCCESS_TOKEN_FIND_LIVE_OF_ACTION;

/// A token that a backend hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redeem {
    /// The backend's client.
    pub client_id: ClientId,
    /// The action that the token speaks of: where it is stored, so that tokens of one moment lie together.
    pub action_id: ActionId,
    /// Its app.
    pub app_id: AppId,
    /// The app's mode now: a sandbox token is worth nothing once the app is live.
    pub mode: Mode,
    /// SHA-256 of the token.
    pub token_hash: [u8; 32],
    /// Keyed hash of the end user that the backend has in mind, if it says so.
    pub end_user_hash: Option<[u8; 32]>,
    /// Now.
    pub now: Timestamp,
}

/// What became of a redemption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redemption {
    /// Redeemed, now and by this call.
    Consumed(SuccessTokenRecord),
    /// The token is live but proves another end user; nothing was consumed.
    EndUserMismatch,
    /// No such token, or used, or over.
    NotFound,
}

/// What a success token proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessTokenRecord {
    /// Of this action.
    pub action_id: ActionId,
    /// The mode that the action had.
    pub mode: Mode,
    /// Keyed hash of `end_user_uuid`.
    pub end_user_hash: [u8; 32],
    /// The action's sealed part: phone number, `end_user_uuid`.
    pub sealed: Vec<u8>,
    /// What passed, in order.
    pub channels: Vec<PassedBy>,
    /// Whether the end user had last passed with another phone number.
    pub phone_changed: bool,
    /// When the action passed.
    pub passed_at: Timestamp,
    /// The moment from which the token would have been over.
    pub expires_at: Timestamp,
}

impl SuccessTokenRecord {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("success_tokens", row);
        Ok(Self {
            action_id: fields.id("action_id")?,
            mode: fields.parsed("mode")?,
            end_user_hash: fields.array("end_user_hash")?,
            sealed: fields.bytes("sealed")?,
            channels: fields.list("channels")?,
            phone_changed: fields.flag("phone_changed")?,
            passed_at: fields.time("passed_at")?,
            expires_at: fields.time("expires_at")?,
        })
    }
}

struct NotConsumed;

impl Store {
    /// Redeems a token: of all calls with it, at most one is told [`Redemption::Consumed`]
    /// (security.md rows 13, 14, 17).
    pub async fn success_token_consume(&self, redeem: &Redeem) -> Result<Redemption, StoreError> {
        let mut params = params![
            redeem.client_id,
            redeem.action_id,
            redeem.app_id,
            redeem.mode,
            &redeem.token_hash,
            redeem.now
        ];
        let live = params.clone();
        let statement = match &redeem.end_user_hash {
            Some(end_user_hash) => {
                params.extend(params![end_user_hash]);
                &SUCCESS_TOKEN_CONSUME_FOR
            }
            None => &SUCCESS_TOKEN_CONSUME,
        };
        match self.apply(ChangeSet::new().require(statement, params, NotConsumed)).await? {
            Outcome::Applied(mut rows) => match rows.row(0) {
                Some(row) => Ok(Redemption::Consumed(SuccessTokenRecord::read(row)?)),
                // A required step returned one row.
                None => Err(StoreError::Unknown),
            },
            Outcome::Refused(NotConsumed) if redeem.end_user_hash.is_none() => {
                Ok(Redemption::NotFound)
            }
            Outcome::Refused(NotConsumed) => {
                Ok(match self.read_row(&SUCCESS_TOKEN_IS_LIVE, live).await? {
                    Some(_) => Redemption::EndUserMismatch,
                    None => Redemption::NotFound,
                })
            }
        }
    }
}
