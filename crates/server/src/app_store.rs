//! Apps as they are stored: settings in, settings out, and changing them while others do the same. For the API
//! and the command line.

use onlyauth_core::app::AppSettings;
use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{AppRecord, AppUpdate, Store, StoreError};

use crate::error::ApiError;
use crate::tenants::App;

/// Other writers may come between reading an app and writing it; so often is it read again.
const MOST_TRIES: usize = 5;

/// Why an app was not read, made or changed. Nothing was changed, unless the store does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AppError {
    /// Every problem of the settings that were given.
    Settings(Vec<String>),
    /// There is no such client.
    NoClient,
    /// The client has no such app.
    NoApp,
    /// Others kept changing the app.
    Contended,
    /// The stored settings are none that this version understands; the text says why.
    Unreadable(String),
    /// Settings that can't be written as JSON.
    Unwritable(String),
    /// The database.
    Store(StoreError),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Settings(problems) => Self::InvalidRequest(problems),
            // The client was removed since its secret was read.
            AppError::NoClient => Self::InvalidAuthToken,
            AppError::NoApp => Self::NotFound,
            AppError::Contended => Self::Overloaded,
            AppError::Unreadable(reason) => {
                tracing::error!(reason, "app.settings_unreadable");
                Self::Internal
            }
            AppError::Unwritable(reason) => {
                tracing::error!(reason, "app.settings_unwritable");
                Self::Internal
            }
            AppError::Store(error) => error.into(),
        }
    }
}

/// What became of an update.
#[derive(Debug, Clone)]
pub enum Updated {
    /// It was written, and the client's version with it.
    Changed(App),
    /// The app has these settings already; nothing was written.
    Same(App),
}

impl Updated {
    /// The app as it is now.
    pub fn into_app(self) -> App {
        match self {
            Self::Changed(app) | Self::Same(app) => app,
        }
    }
}

/// Reads the settings of a row.
///
/// # Errors
/// [`AppError::Unreadable`].
pub fn read(record: AppRecord) -> Result<App, AppError> {
    match serde_json::from_str(&record.settings) {
        Ok(settings) => Ok(App { record, settings }),
        Err(error) => Err(AppError::Unreadable(format!("{}: {error}", record.app_id))),
    }
}

/// Finds an app of a client.
///
/// # Errors
/// [`AppError::NoApp`], or it can't be read.
pub async fn find(store: &Store, client_id: ClientId, app_id: AppId) -> Result<App, AppError> {
    read(store.app_find(client_id, app_id).await?.ok_or(AppError::NoApp)?)
}

/// Makes an app.
///
/// # Errors
/// [`AppError::NoClient`], or it can't be written.
pub async fn create(
    store: &Store,
    client_id: ClientId,
    app_id: AppId,
    settings: AppSettings,
    now: Timestamp,
) -> Result<App, AppError> {
    let text = to_json(&settings)?;
    let record = AppRecord {
        client_id,
        app_id,
        settings: text,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    if !store.app_create(&record).await? {
        return Err(AppError::NoClient);
    }
    Ok(App { record, settings })
}

/// Changes the settings that are `given`, and no others. Wrong settings are told before absence, so that what
/// is wrong with them does not depend on which apps exist.
///
/// # Errors
/// [`AppError::Settings`], [`AppError::NoApp`], [`AppError::Contended`], or the app can't be read or written.
pub async fn update(
    store: &Store,
    client_id: ClientId,
    app_id: AppId,
    given: &[(String, String)],
    now: Timestamp,
) -> Result<Updated, AppError> {
    for _ in 0..MOST_TRIES {
        let App { record, settings } = match find(store, client_id, app_id).await {
            Err(AppError::NoApp) => {
                AppSettings::default().apply(given).map_err(AppError::Settings)?;
                return Err(AppError::NoApp);
            }
            app => app?,
        };
        let wanted = settings.apply(given).map_err(AppError::Settings)?;
        if wanted == settings {
            return Ok(Updated::Same(App { record, settings }));
        }
        let text = to_json(&wanted)?;
        match store.app_update(client_id, app_id, &text, record.revision, now).await? {
            AppUpdate::Updated(record) => {
                return Ok(Updated::Changed(App { record, settings: wanted }));
            }
            AppUpdate::Gone => return Err(AppError::NoApp),
            AppUpdate::Conflict => {}
        }
    }
    Err(AppError::Contended)
}

fn to_json(settings: &AppSettings) -> Result<String, AppError> {
    serde_json::to_string(settings).map_err(|error| AppError::Unwritable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use onlyauth_store::{Database, OpenOptions, database_path};

    use super::*;
    use crate::entropy::Entropy;
    use crate::new_client::NewAccount;

    const NOW: Timestamp = Timestamp::from_millis(1_767_268_800_000);

    async fn app() -> (tempfile::TempDir, Store, App) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(database_path(folder.path()));
        let store = Store::open(OpenOptions::admin(database, NOW)).unwrap();
        let entropy = Entropy::seeded(1);
        let account = NewAccount::make("Shop", NOW, &entropy);
        store.client_create(&account.record).await.unwrap();
        let id = AppId::new(NOW, entropy.bytes());
        let client_id = account.record.client_id;
        let app = create(&store, client_id, id, AppSettings::default(), NOW).await.unwrap();
        (folder, store, app)
    }

    fn given(key: &str, value: &str) -> Vec<(String, String)> {
        vec![(key.to_owned(), value.to_owned())]
    }

    #[tokio::test]
    async fn an_update_writes_only_what_is_new() {
        let (_folder, store, App { record, .. }) = app().await;
        let update = async |given| {
            update(&store, record.client_id, record.app_id, given, NOW).await.unwrap()
        };
        let named = given("friendly_name", "Shop");
        let Updated::Changed(app) = update(&named).await else { panic!("it was new") };
        assert_eq!((app.settings.friendly_name.as_str(), app.record.revision), ("Shop", 2));
        let Updated::Same(app) = update(&named).await else { panic!("it was the same") };
        assert_eq!(app.record.revision, 2);
    }

    #[tokio::test]
    async fn wrong_settings_are_told_before_absence() {
        let (_folder, store, App { record, .. }) = app().await;
        let nowhere = AppId::new(NOW, [9; 10]);
        for app_id in [record.app_id, nowhere] {
            let wrong = given("sandbox_mode", "maybe");
            let error = update(&store, record.client_id, app_id, &wrong, NOW).await.unwrap_err();
            assert!(matches!(error, AppError::Settings(_)), "{error:?}");
        }
        let right = given("friendly_name", "Shop");
        let error = update(&store, record.client_id, nowhere, &right, NOW).await.unwrap_err();
        assert_eq!(error, AppError::NoApp);
        let nobody = ClientId::new(NOW, [9; 10]);
        let error = create(&store, nobody, nowhere, AppSettings::default(), NOW).await.unwrap_err();
        assert_eq!(error, AppError::NoClient);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn parallel_updates_of_other_settings_are_all_kept() {
        let (_folder, store, App { record, .. }) = app().await;
        let tasks =
            [("friendly_name", "Shop"), ("app_domain", "shop.example")].map(|(key, value)| {
                let (store, given) = (store.clone(), given(key, value));
                let (client_id, app_id) = (record.client_id, record.app_id);
                tokio::spawn(async move { update(&store, client_id, app_id, &given, NOW).await })
            });
        for task in tasks {
            assert!(matches!(task.await.unwrap(), Ok(Updated::Changed(_))));
        }
        let app = find(&store, record.client_id, record.app_id).await.unwrap();
        assert_eq!(app.settings.friendly_name, "Shop");
        assert_eq!(app.settings.app_domain, "shop.example");
    }
}
