//! `onlyauth app`: the apps of a client. What is printed as JSON is the App that the API answers.

use clap::Subcommand;
use onlyauth_core::app::AppSettings;
use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_store::Store;
use serde::Serialize;

use super::client::not_found as client_not_found;
use super::exit::{CliError, Exit};
use super::{Global, Seams, output, store};
use crate::app_store::{self, AppError};
use crate::app_view::AppView;
use crate::tenants::App;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an app.
    Create {
        #[command(flatten)]
        of: Owner,
        /// A setting, such as app_domain=example.com; repeat for more.
        #[arg(long = "set", value_name = "KEY=VALUE", value_parser = setting)]
        set: Vec<(String, String)>,
    },
    /// List the apps of a client, oldest first; as JSON, `{"apps": [App, …]}`.
    List {
        #[command(flatten)]
        of: Owner,
    },
    /// Show an app with all its settings.
    Show {
        #[command(flatten)]
        of: Owner,
        /// The app.
        #[arg(value_name = "APPX-…")]
        app: AppId,
    },
    /// Change settings of an app: a running server notices within 2 seconds.
    Update {
        #[command(flatten)]
        of: Owner,
        /// The app.
        #[arg(value_name = "APPX-…")]
        app: AppId,
        /// A setting, such as sandbox_mode=false; repeat for more.
        #[arg(long = "set", value_name = "KEY=VALUE", value_parser = setting, required = true)]
        set: Vec<(String, String)>,
    },
    /// Delete an app; as JSON, `{"app_id", "deleted"}`.
    Delete {
        #[command(flatten)]
        of: Owner,
        /// The app.
        #[arg(value_name = "APPX-…")]
        app: AppId,
    },
}

/// Whose app, and how to print.
#[derive(Debug, clap::Args)]
pub(super) struct Owner {
    /// The client.
    #[arg(long, value_name = "CLNT-…")]
    client: ClientId,
    /// Print JSON: the App, with the keys that the API answers.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct List {
    apps: Vec<AppView>,
}

#[derive(Serialize)]
struct Deleted {
    app_id: AppId,
    deleted: bool,
}

pub(super) async fn run(command: &Command, global: &Global, seams: &Seams) -> Result<(), CliError> {
    let store = store::open(global, seams)?;
    match command {
        Command::Create { of, set } => {
            print(&create(&store, of.client, set, seams).await?, of.json)
        }
        Command::List { of } => list(&store, of).await,
        Command::Show { of, app } => {
            let found = app_store::find(&store, of.client, *app).await;
            print(&view(&found.map_err(|error| complaint(error, of.client, *app))?), of.json)
        }
        Command::Update { of, app, set } => {
            let now = seams.clock.now();
            let updated = app_store::update(&store, of.client, *app, set, now).await;
            let updated = updated.map_err(|error| complaint(error, of.client, *app))?;
            print(&view(&updated.into_app()), of.json)
        }
        Command::Delete { of, app } => delete(&store, of, *app).await,
    }
}

async fn create(
    store: &Store,
    client_id: ClientId,
    set: &[(String, String)],
    seams: &Seams,
) -> Result<AppView, CliError> {
    let settings = AppSettings::default().apply(set).map_err(wrong_settings)?;
    let now = seams.clock.now();
    let app_id = AppId::new(now, seams.entropy.bytes());
    let created = app_store::create(store, client_id, app_id, settings, now).await;
    Ok(view(&created.map_err(|error| complaint(error, client_id, app_id))?))
}

fn view(app: &App) -> AppView {
    AppView::new(&app.record, &app.settings)
}

async fn list(store: &Store, of: &Owner) -> Result<(), CliError> {
    if store.client_find(of.client).await?.is_none() {
        return Err(client_not_found(of.client));
    }
    let records = store.app_list(of.client).await?;
    let views = records.into_iter().map(|record| {
        let app_id = record.app_id;
        let app = app_store::read(record).map_err(|error| complaint(error, of.client, app_id))?;
        Ok(view(&app))
    });
    let apps = views.collect::<Result<Vec<_>, CliError>>()?;
    if of.json {
        return output::json(&List { apps });
    }
    let rows: Vec<_> = apps
        .into_iter()
        .map(|app| {
            let mode = if app.sandbox_mode { "sandbox" } else { "live" };
            vec![app.id.to_string(), mode.to_owned(), app.app_domain, app.friendly_name]
        })
        .collect();
    output::text(&output::table(&["app id", "mode", "app_domain", "friendly_name"], &rows))
}

async fn delete(store: &Store, of: &Owner, app_id: AppId) -> Result<(), CliError> {
    if !store.app_delete(of.client, app_id).await? {
        return Err(not_found(of.client, app_id));
    }
    if of.json {
        return output::json(&Deleted { app_id, deleted: true });
    }
    output::text(&format!("Deleted {app_id}. A running server notices within 2 seconds."))
}

fn print(app: &AppView, json: bool) -> Result<(), CliError> {
    if json {
        return output::json(app);
    }
    let value = serde_json::to_value(app)
        .map_err(|error| CliError::new(Exit::Failed, format!("can't write the app: {error}")))?;
    let rows: Vec<_> = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| vec![key.clone(), plain(value)])
        .collect();
    output::text(&output::table(&["key", "value"], &rows))
}

/// A value as `--set` takes it.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

fn wrong_settings(problems: Vec<String>) -> CliError {
    CliError::new(Exit::Usage, "the settings are not valid")
        .details(problems)
        .hint("`onlyauth app show` prints every setting; lists are one value, separated by spaces")
}

fn not_found(client_id: ClientId, app_id: AppId) -> CliError {
    CliError::new(Exit::NotFound, format!("client {client_id} has no app {app_id}"))
        .hint("`onlyauth app list --client CLNT-…` shows all")
}

/// What to say of an app that was not read, made or changed.
pub(super) fn complaint(error: AppError, client_id: ClientId, app_id: AppId) -> CliError {
    match error {
        AppError::Settings(problems) => wrong_settings(problems),
        AppError::NoClient => client_not_found(client_id),
        AppError::NoApp => not_found(client_id, app_id),
        AppError::Contended => {
            let message = format!("others keep changing {app_id}; nothing was changed");
            CliError::new(Exit::Failed, message).hint("try again")
        }
        AppError::Unreadable(reason) => {
            CliError::new(Exit::Data, format!("the settings of an app can't be read: {reason}"))
                .hint("was the database written by a newer onlyauth?")
        }
        AppError::Unwritable(reason) => {
            CliError::new(Exit::Failed, format!("can't write the settings: {reason}"))
        }
        AppError::Store(error) => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_split_at_the_first_equals_sign() {
        assert_eq!(
            setting("redirect_uris=https://x/?a=b"),
            Ok(("redirect_uris".to_owned(), "https://x/?a=b".to_owned()))
        );
        assert_eq!(setting("icon="), Ok(("icon".to_owned(), String::new())));
        assert!(setting("icon").is_err());
    }

    #[test]
    fn values_are_printed_as_they_are_set() {
        for (value, text) in [
            (serde_json::json!(["a", "b"]), "a b"),
            (serde_json::json!(true), "true"),
            (serde_json::json!(null), "null"),
            (serde_json::json!("x"), "x"),
        ] {
            assert_eq!(plain(&value), text);
        }
    }
}
