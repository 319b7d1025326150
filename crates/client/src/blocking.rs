//! The same client for programs without async: each call waits on the thread that makes it.
//!
//! ```no_run
//! use onlyauth_client::{ValidateSuccessToken, blocking};
//!
//! # fn main() -> Result<(), onlyauth_client::Error> {
//! let client = blocking::Client::new(
//!     onlyauth_client::Client::builder().secret(std::env::var("ONLYAUTH_SECRET").unwrap_or_default()),
//! )?;
//! let apps = client.get_apps("CLNT-01920000-0000-7000-8000-000000000000")?;
//! println!("{} apps", apps.len());
//! # Ok(())
//! # }
//! ```

mod waiting;

use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use crate::access_tokens::{AccessToken, CreateAccessToken};
use crate::actions::{ActionHistory, ActionPage, ListActions};
use crate::apps::{App, AppSettings};
use crate::audit::{AuditPage, ListAuditEntries};
use crate::call::{Call, CallOptions};
use crate::config::ClientBuilder;
use crate::error::Error;
use crate::factor_links::{CreateFactorLink, FactorLink};
use crate::response::RawResponse;
use crate::sandbox::{SandboxMessage, SandboxMessages};
use crate::success_tokens::{SuccessTokenProof, ValidateSuccessToken};
use crate::users::{FindUser, ImportReport, ImportUsers, ListUsers, User, UserExport, UserPage};

/// Calls one OnlyAuth server and waits. Cheap to clone and usable from many threads at once; all clones share their
/// connections and one thread of their own. A process that forks makes its client afterwards: the thread does not come
/// along. Within async code it works, and keeps that thread from everything else: use [`crate::Client`] there.
#[derive(Debug, Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Background>,
}

/// Ends without waiting: a runtime that is dropped inside of another one would panic.
#[derive(Debug)]
struct Background(Option<Runtime>);

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// Makes a client of what was set up.
    ///
    /// # Errors
    /// [`Error::Configuration`], which says what to change.
    pub fn new(builder: ClientBuilder) -> Result<Self, Error> {
        let client = builder.build()?;
        let mut runtime = Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).thread_name("onlyauth-client").enable_all().build();
        let runtime = runtime.map_err(|error| {
            Error::Configuration(format!("can't start the client's thread: {error}"))
        })?;
        Ok(Self { client, runtime: Arc::new(Background(Some(runtime))) })
    }

    /// The same client over the same connections, with this different for every call.
    #[must_use]
    pub fn with(&self, options: &CallOptions) -> Self {
        Self { client: self.client.with(options), runtime: self.runtime.clone() }
    }

    /// As [`Client::send`](crate::Client::send).
    pub fn send(&self, call: Call) -> Result<RawResponse, Error> {
        self.wait(self.client.send(call))
    }

    /// As [`Client::create_access_token`](crate::Client::create_access_token).
    pub fn create_access_token(&self, request: &CreateAccessToken) -> Result<AccessToken, Error> {
        self.wait(self.client.create_access_token(request))
    }

    /// As [`Client::create_factor_link`](crate::Client::create_factor_link).
    pub fn create_factor_link(&self, request: &CreateFactorLink) -> Result<FactorLink, Error> {
        self.wait(self.client.create_factor_link(request))
    }

    /// As [`Client::validate_success_token`](crate::Client::validate_success_token).
    pub fn validate_success_token(
        &self,
        request: &ValidateSuccessToken,
    ) -> Result<SuccessTokenProof, Error> {
        self.wait(self.client.validate_success_token(request))
    }

    /// As [`Client::validate_success_token_by_query`](crate::Client::validate_success_token_by_query).
    pub fn validate_success_token_by_query(
        &self,
        request: &ValidateSuccessToken,
    ) -> Result<SuccessTokenProof, Error> {
        self.wait(self.client.validate_success_token_by_query(request))
    }

    /// As [`Client::get_apps`](crate::Client::get_apps).
    pub fn get_apps(&self, client_id: &str) -> Result<Vec<App>, Error> {
        self.wait(self.client.get_apps(client_id))
    }

    /// As [`Client::new_app`](crate::Client::new_app).
    pub fn new_app(&self, client_id: Option<&str>, settings: &AppSettings) -> Result<App, Error> {
        self.wait(self.client.new_app(client_id, settings))
    }

    /// As [`Client::get_app_by_id`](crate::Client::get_app_by_id).
    pub fn get_app_by_id(&self, app_id: &str, client_id: &str) -> Result<App, Error> {
        self.wait(self.client.get_app_by_id(app_id, client_id))
    }

    /// As [`Client::update_app`](crate::Client::update_app).
    pub fn update_app(
        &self,
        app_id: &str,
        client_id: &str,
        settings: &AppSettings,
    ) -> Result<App, Error> {
        self.wait(self.client.update_app(app_id, client_id, settings))
    }

    /// As [`Client::delete_app`](crate::Client::delete_app).
    pub fn delete_app(&self, app_id: &str, client_id: &str) -> Result<(), Error> {
        self.wait(self.client.delete_app(app_id, client_id))
    }

    /// As [`Client::get_sandbox_messages`](crate::Client::get_sandbox_messages).
    pub fn get_sandbox_messages(
        &self,
        request: &SandboxMessages,
    ) -> Result<Vec<SandboxMessage>, Error> {
        self.wait(self.client.get_sandbox_messages(request))
    }

    /// As [`Client::find_user`](crate::Client::find_user).
    pub fn find_user(&self, request: &FindUser) -> Result<User, Error> {
        self.wait(self.client.find_user(request))
    }

    /// As [`Client::get_user_by_id`](crate::Client::get_user_by_id).
    pub fn get_user_by_id(&self, user_id: &str, client_id: &str) -> Result<User, Error> {
        self.wait(self.client.get_user_by_id(user_id, client_id))
    }

    /// As [`Client::unlock_user`](crate::Client::unlock_user).
    pub fn unlock_user(&self, user_id: &str, client_id: &str) -> Result<User, Error> {
        self.wait(self.client.unlock_user(user_id, client_id))
    }

    /// As [`Client::list_actions`](crate::Client::list_actions).
    pub fn list_actions(&self, request: &ListActions) -> Result<ActionPage, Error> {
        self.wait(self.client.list_actions(request))
    }

    /// As [`Client::get_action_by_id`](crate::Client::get_action_by_id).
    pub fn get_action_by_id(
        &self,
        action_id: &str,
        client_id: &str,
    ) -> Result<ActionHistory, Error> {
        self.wait(self.client.get_action_by_id(action_id, client_id))
    }

    /// As [`Client::list_users`](crate::Client::list_users).
    pub fn list_users(&self, request: &ListUsers) -> Result<UserPage, Error> {
        self.wait(self.client.list_users(request))
    }

    /// As [`Client::import_users`](crate::Client::import_users).
    pub fn import_users(&self, request: &ImportUsers) -> Result<ImportReport, Error> {
        self.wait(self.client.import_users(request))
    }

    /// As [`Client::remove_factor`](crate::Client::remove_factor).
    pub fn remove_factor(
        &self,
        user_id: &str,
        factor_id: &str,
        client_id: &str,
    ) -> Result<User, Error> {
        self.wait(self.client.remove_factor(user_id, factor_id, client_id))
    }

    /// As [`Client::forget_trusted_device`](crate::Client::forget_trusted_device).
    pub fn forget_trusted_device(
        &self,
        user_id: &str,
        device_id: &str,
        client_id: &str,
    ) -> Result<User, Error> {
        self.wait(self.client.forget_trusted_device(user_id, device_id, client_id))
    }

    /// As [`Client::forget_trusted_devices`](crate::Client::forget_trusted_devices).
    pub fn forget_trusted_devices(&self, user_id: &str, client_id: &str) -> Result<User, Error> {
        self.wait(self.client.forget_trusted_devices(user_id, client_id))
    }

    /// As [`Client::list_audit_entries`](crate::Client::list_audit_entries).
    pub fn list_audit_entries(&self, request: &ListAuditEntries) -> Result<AuditPage, Error> {
        self.wait(self.client.list_audit_entries(request))
    }

    /// As [`Client::reset_user`](crate::Client::reset_user).
    pub fn reset_user(&self, user_id: &str, client_id: &str, reason: &str) -> Result<User, Error> {
        self.wait(self.client.reset_user(user_id, client_id, reason))
    }

    /// As [`Client::erase_user`](crate::Client::erase_user).
    pub fn erase_user(&self, user_id: &str, client_id: &str) -> Result<(), Error> {
        self.wait(self.client.erase_user(user_id, client_id))
    }

    /// As [`Client::export_user`](crate::Client::export_user).
    pub fn export_user(&self, user_id: &str, client_id: &str) -> Result<UserExport, Error> {
        self.wait(self.client.export_user(user_id, client_id))
    }

    fn wait<T>(&self, call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let Some(runtime) = &self.runtime.0 else {
            return Err(Error::Call("the client is being dropped".to_owned()));
        };
        let _runs_there = runtime.enter();
        waiting::wait(call)
    }
}
