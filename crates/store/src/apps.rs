//! Apps: containers of settings. The store keeps the settings as the text that core wrote.

use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_core::time::Timestamp;

use crate::change_set::{ChangeSet, Outcome};
use crate::clients;
use crate::error::StoreError;
use crate::open::Store;
use crate::statement::statements;
use crate::value::{Fields, Row, params};

statements! {
    APP_CREATE = "INSERT INTO apps
        (client_id, app_id, settings, revision, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
    APP_FIND = "SELECT client_id, app_id, settings, revision, created_at, updated_at
        FROM apps WHERE client_id = ?1 AND app_id = ?2";
    APP_LIST = "SELECT client_id, app_id, settings, revision, created_at, updated_at
        FROM apps WHERE client_id = ?1 ORDER BY app_id";
    APP_UPDATE = "UPDATE apps SET settings = ?3, revision = revision + 1, updated_at = ?5
        WHERE client_id = ?1 AND app_id = ?2 AND revision = ?4
        RETURNING client_id, app_id, settings, revision, created_at, updated_at";
    APP_DELETE = "DELETE FROM apps WHERE client_id = ?1 AND app_id = ?2";
}

/// An app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppRecord {
    /// Whose it is.
    pub client_id: ClientId,
    /// Its id.
    pub app_id: AppId,
    /// JSON of core's app settings.
    pub settings: String,
    /// Grows by one with every update; an update names the one that it has seen.
    pub revision: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its settings last changed.
    pub updated_at: Timestamp,
}

/// What became of an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppUpdate {
    /// Done; the app as it is now.
    Updated(AppRecord),
    /// The client has no such app.
    Gone,
    /// Somebody else updated it since: read again.
    Conflict,
}

impl AppRecord {
    fn read(row: Row) -> Result<Self, StoreError> {
        let mut fields = Fields::of("apps", row);
        Ok(Self {
            client_id: fields.id("client_id")?,
            app_id: fields.id("app_id")?,
            settings: fields.text("settings")?,
            revision: fields.int("revision")?,
            created_at: fields.time("created_at")?,
            updated_at: fields.time("updated_at")?,
        })
    }
}

struct NotThere;

impl Store {
    /// Makes an app; false when there is no such client, or the app exists.
    pub async fn app_create(&self, app: &AppRecord) -> Result<bool, StoreError> {
        let set =
            ChangeSet::new().require(clients::TOUCH, params![app.client_id], NotThere).require(
                &APP_CREATE,
                params![
                    app.client_id,
                    app.app_id,
                    &app.settings,
                    app.revision,
                    app.created_at,
                    app.updated_at,
                ],
                NotThere,
            );
        Ok(self.apply(set).await?.is_applied())
    }

    /// One app of a client.
    pub async fn app_find(
        &self,
        client_id: ClientId,
        app_id: AppId,
    ) -> Result<Option<AppRecord>, StoreError> {
        let row = self.read_row(&APP_FIND, params![client_id, app_id]).await?;
        row.map(AppRecord::read).transpose()
    }

    /// A client's apps, oldest first.
    pub async fn app_list(&self, client_id: ClientId) -> Result<Vec<AppRecord>, StoreError> {
        let rows = self.read_rows(&APP_LIST, params![client_id]).await?;
        rows.into_iter().map(AppRecord::read).collect()
    }

    /// Replaces the settings that were read at `seen_revision`.
    pub async fn app_update(
        &self,
        client_id: ClientId,
        app_id: AppId,
        settings: &str,
        seen_revision: i64,
        now: Timestamp,
    ) -> Result<AppUpdate, StoreError> {
        let set = ChangeSet::new().require(clients::TOUCH, params![client_id], NotThere).require(
            &APP_UPDATE,
            params![client_id, app_id, settings, seen_revision, now],
            NotThere,
        );
        match self.apply(set).await? {
            Outcome::Applied(mut rows) => match rows.row(1) {
                Some(row) => Ok(AppUpdate::Updated(AppRecord::read(row)?)),
                None => Ok(AppUpdate::Gone),
            },
            Outcome::Refused(NotThere) => Ok(match self.app_find(client_id, app_id).await? {
                Some(_) => AppUpdate::Conflict,
                None => AppUpdate::Gone,
            }),
        }
    }

    /// Deletes an app; false when the client has no such app.
    pub async fn app_delete(&self, client_id: ClientId, app_id: AppId) -> Result<bool, StoreError> {
        let set = ChangeSet::new().require(clients::TOUCH, params![client_id], NotThere).require(
            &APP_DELETE,
            params![client_id, app_id],
            NotThere,
        );
        Ok(self.apply(set).await?.is_applied())
    }
}
