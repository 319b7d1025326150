//! Apps: containers of settings, one for each site.

mod app;
mod settings;

pub use app::App;
pub use settings::{AppSettings, Choice};

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::operation::Operation;
use crate::response::RawResponse;

#[derive(Deserialize)]
struct Apps {
    apps: Vec<App>,
}

/// One app, in an array: clients published first decode one.
#[derive(Deserialize)]
struct OneApp {
    app: Vec<App>,
}

fn one(raw: RawResponse) -> Result<App, Error> {
    let mut answer: OneApp = raw.clone().decode()?;
    let missing = || Error::Undecodable { cause: "no app in it".to_owned(), raw: Box::new(raw) };
    answer.app.pop().ok_or_else(missing)
}

fn with_settings(call: Call, settings: &AppSettings) -> Call {
    settings.fields().into_iter().fold(call, |call, (name, value)| call.form(name, value))
}

impl Client {
    /// Lists the client's apps, oldest first.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400) or `invalid_auth_token` (401), and what any call can end in.
    pub async fn get_apps(&self, client_id: &str) -> Result<Vec<App>, Error> {
        let call = Call::new(Operation::GetApps).query("client_id", client_id);
        let answer: Apps = self.send(call).await?.decode()?;
        Ok(answer.apps)
    }

    /// Makes an app. What `settings` leaves out begins with its default; without `client_id` the secret's client is
    /// meant. Sent again only where no connection came about: a second time would make a second app.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400: `errors` lists every problem) or `invalid_auth_token` (401), and
    /// what any call can end in. After [`Error::may_have_taken_effect`], list the apps before making another.
    pub async fn new_app(
        &self,
        client_id: Option<&str>,
        settings: &AppSettings,
    ) -> Result<App, Error> {
        let mut call = Call::new(Operation::NewApp);
        if let Some(client_id) = client_id {
            call = call.form("client_id", client_id);
        }
        one(self.send(with_settings(call, settings)).await?)
    }

    /// Gets one app.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400), `invalid_auth_token` (401) or `not_found` (404: no such app of
    /// this client), and what any call can end in.
    pub async fn get_app_by_id(&self, app_id: &str, client_id: &str) -> Result<App, Error> {
        let call = Call::new(Operation::GetAppById).path("app_id", app_id);
        one(self.send(call.query("client_id", client_id)).await?)
    }

    /// Changes settings of an app. What `settings` leaves out stays. Sent again only where certainly nothing was done:
    /// a late second time would undo what somebody else changed in between.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400: `errors` lists every problem), `invalid_auth_token` (401) or
    /// `not_found` (404), and what any call can end in.
    pub async fn update_app(
        &self,
        app_id: &str,
        client_id: &str,
        settings: &AppSettings,
    ) -> Result<App, Error> {
        let call = Call::new(Operation::UpdateApp).path("app_id", app_id);
        let call = call.query("client_id", client_id);
        one(self.send(with_settings(call, settings)).await?)
    }

    /// Deletes an app. Its logins under way end, and its success tokens are worth nothing any more. Sent again only
    /// where certainly nothing was done: a second time would say that there is no such app.
    ///
    /// # Errors
    /// [`Error::Api`] with code `invalid_request` (400), `invalid_auth_token` (401) or `not_found` (404), and what any
    /// call can end in.
    pub async fn delete_app(&self, app_id: &str, client_id: &str) -> Result<(), Error> {
        let call = Call::new(Operation::DeleteApp).path("app_id", app_id);
        let raw = self.send(call.query("client_id", client_id)).await?;
        raw.decode::<IgnoredAny>().map(drop)
    }
}
