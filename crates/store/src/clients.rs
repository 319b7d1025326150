//! Clients: customer accounts, and the snapshot by which a request is authenticated.

use onlyauth_core::ids::ClientId;
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Step};
use crate::error::StoreError;
use crate::open::Store;
use crate::secrets::{self, NewSecret, SecretRecord};
use crate::statement::{Statement, statements};
use crate::value::{Fields, Row, params};

statements! {
    CLIENT_CREATE = "INSERT INTO clients (client_id, name, version, created_at)
        VALUES (?1, ?2, 1, ?3) ON CONFLICT DO NOTHING";
    CLIENT_FIND = "SELECT client_id, name, version, created_at FROM clients WHERE client_id = ?1";
    CLIENT_LIST = "SELECT client_id, name, version, created_at FROM clients ORDER BY client_id";
    CLIENT_TOUCH = "UPDATE clients SET version = version + 1 WHERE client_id = ?1";
}

/// The step that every change to what a client owns begins with: caches see that they are old, and a
/// client that does not exist gets nothing.
pub(crate) static TOUCH: &Statement = &CLIENT_TOUCH;

/// A client to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClient {
    /// Its id.
    pub client_id: ClientId,
    /// For people; not unique.
    pub name: String,
    /// Now.
    pub created_at: Timestamp,
    /// An API secret made with it, or neither is.
    pub first_secret: Option<NewSecret>,
}

/// A client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientRecord {
    /// Its id.
    pub client_id: ClientId,
    /// For people; not unique.
    pub name: String,
    /// Grows with every change to the client's secrets or apps; what was cached under another version is old.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A client and the secrets that authenticate it, as they were at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSnapshot {
    /// The client.
    pub client: ClientRecord,
    /// Its secrets that are not revoked, oldest first.
    pub live_secrets: Vec<SecretRecord>,
}

impl ClientRecord {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("clients", row);
        Ok(Self {
            client_id: fields.id("client_id")?,
            name: fields.text("name")?,
            version: fields.int("version")?,
            created_at: fields.time("created_at")?,
        })
    }
}

struct Exists;

impl Store {
    /// Makes a client; false when the id exists already.
    pub async fn client_create(&self, client: &NewClient) -> Result<bool, StoreError> {
        let mut set = ChangeSet::new().require(
            &CLIENT_CREATE,
            params![client.client_id, &client.name, client.created_at],
            Exists,
        );
        if let Some(secret) = &client.first_secret {
            set = set.step(secrets::CREATE, secret.params(client.client_id));
        }
        Ok(self.apply(set).await?.is_applied())
    }

    /// One client.
    pub async fn client_find(
        &self,
        client_id: ClientId,
    ) -> Result<Option<ClientRecord>, StoreError> {
        let row = self.read_row(&CLIENT_FIND, params![client_id]).await?;
        row.map(ClientRecord::read).transpose()
    }

    /// All clients, oldest first.
    pub async fn client_list(&self) -> Result<Vec<ClientRecord>, StoreError> {
        let rows = self.read_rows(&CLIENT_LIST, params![]).await?;
        rows.into_iter().map(ClientRecord::read).collect()
    }

    /// One client with its live secrets, both read at the same moment.
    pub async fn client_snapshot(
        &self,
        client_id: ClientId,
    ) -> Result<Option<ClientSnapshot>, StoreError> {
        let mut rows = self
            .read(vec![
                Step::any(&CLIENT_FIND, params![client_id]),
                Step::any(secrets::LIST_LIVE, params![client_id]),
            ])
            .await?;
        let Some(client) = rows.row(0) else {
            return Ok(None);
        };
        let secrets = rows.rows(1).into_iter().map(SecretRecord::read);
        Ok(Some(ClientSnapshot {
            client: ClientRecord::read(client)?,
            live_secrets: secrets.collect::<Result<_, _>>()?,
        }))
    }
}
