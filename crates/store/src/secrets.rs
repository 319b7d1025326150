//! API secrets of clients: only their hashes, and enough to recognise one in a list.

use onlyauth_core::ids::{ClientId, SecretId};
use onlyauth_core::time::Timestamp;

use crate::change_set::ChangeSet;
use crate::clients;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, Value, params};

statements! {
    SECRET_CREATE = "INSERT INTO api_secrets
        (client_id, secret_id, secret_hash, hint, created_at, revoked_at)
        VALUES (?1, ?2, ?3, ?4, ?5, NULL)";
    SECRET_LIST = "SELECT client_id, secret_id, secret_hash, hint, created_at, revoked_at
        FROM api_secrets WHERE client_id = ?1 ORDER BY secret_id";
    SECRET_LIST_LIVE = "SELECT client_id, secret_id, secret_hash, hint, created_at, revoked_at
        FROM api_secrets WHERE client_id = ?1 AND revoked_at IS NULL ORDER BY secret_id";
    SECRET_REVOKE = "UPDATE api_secrets SET revoked_at = ?3
        WHERE client_id = ?1 AND secret_id = ?2 AND revoked_at IS NULL";
}

pub(crate) static CREATE: &Statement = &SECRET_CREATE;
pub(crate) static LIST_LIVE: &Statement = &SECRET_LIST_LIVE;

/// An API secret to be kept; its clear text is already gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSecret {
    /// Names the secret without revealing it.
    pub secret_id: SecretId,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// Its last four characters, for people to recognise it by.
    pub hint: String,
    /// Now.
    pub created_at: Timestamp,
}

/// An API secret as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretRecord {
    /// Whose it is.
    pub client_id: ClientId,
    /// Its name.
    pub secret_id: SecretId,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// Its last four characters.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stopped being accepted; None while it is live.
    pub revoked_at: Option<Timestamp>,
}

impl NewSecret {
    pub(crate) fn params(&self, client_id: ClientId) -> Vec<Value> {
        params![client_id, self.secret_id, &self.hash, &self.hint, self.created_at]
    }
}

impl SecretRecord {
    pub(crate) fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("api_secrets", row);
        Ok(Self {
            client_id: fields.id("client_id")?,
            secret_id: fields.id("secret_id")?,
            hash: fields.array("secret_hash")?,
            hint: fields.text("hint")?,
            created_at: fields.time("created_at")?,
            revoked_at: fields.optional_time("revoked_at")?,
        })
    }
}

struct NotThere;

impl Store {
    /// Adds a secret to a client; false when there is no such client.
    pub async fn secret_create(
        &self,
        client_id: ClientId,
        secret: &NewSecret,
    ) -> Result<bool, StoreError> {
        let set = ChangeSet::new()
            .require(clients::TOUCH, params![client_id], NotThere)
            .step(&SECRET_CREATE, secret.params(client_id));
        Ok(self.apply(set).await?.is_applied())
    }

    /// A client's secrets, revoked ones too, oldest first.
    pub async fn secret_list(&self, client_id: ClientId) -> Result<Vec<SecretRecord>, StoreError> {
        let rows = self.read_rows(&SECRET_LIST, params![client_id]).await?;
        rows.into_iter().map(SecretRecord::read).collect()
    }

    /// Ends a secret; false when the client has no such live secret.
    pub async fn secret_revoke(
        &self,
        client_id: ClientId,
        secret_id: SecretId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let set = ChangeSet::new().require(clients::TOUCH, params![client_id], NotThere).require(
            &SECRET_REVOKE,
            params![client_id, secret_id, now],
            NotThere,
        );
        Ok(self.apply(set).await?.is_applied())
    }
}
