//! What every request about one end user begins with: who asks, about whom, and what they say besides.

use std::collections::HashMap;
use std::str::FromStr;

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::Method;
use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::ids::UserId;
use onlyauth_core::keys::KeyRing;
use onlyauth_core::limits::Quota;
use onlyauth_core::notice::Notice;
use onlyauth_core::personal;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{AuditEntry, EndUserKey, Record};

use crate::api::auth::Backend;
use crate::api::user_view::OneUser;
use crate::error::ApiError;
use crate::form::{Form, Reader};
use crate::notice::{Change, Told};
use crate::service::Service;

/// A backend asks about the end user that the address names: by the form in a POST's body, else by the query.
#[derive(Debug)]
pub struct UserRequest {
    /// What is said besides `client_id`, which is the backend's own.
    pub fields: Reader,
    /// Now.
    pub now: Timestamp,
    service: Service,
    backend: Backend,
    names: HashMap<String, String>,
}

impl FromRequest<Service> for UserRequest {
    type Rejection = ApiError;

    async fn from_request(request: Request, service: &Service) -> Result<Self, ApiError> {
        let now = service.clock.now();
        let (mut parts, body) = request.into_parts();
        let backend = Backend::from_request_parts(&mut parts, service).await?;
        // What is no text names nobody, which is told as absence, and only once everything that is told before absence was.
        let names = Path::from_request_parts(&mut parts, service).await;
        let names = names.map(|Path(names)| names).unwrap_or_default();
        let mut fields = if parts.method == Method::POST {
            let request = Request::from_parts(parts, body);
            Reader::body(Form::from_request(request, service).await?)
        } else {
            Reader::query(parts.uri.query(), &["client_id"])?
        };
        backend.read_own(&mut fields)?;
        Ok(Self { fields, now, service: service.clone(), backend, names })
    }
}

impl UserRequest {
    /// Finds the end user.
    ///
    /// # Errors
    /// Every problem of the input; no such end user of this client.
    pub async fn find(self) -> Result<Found, ApiError> {
        let Self { fields, now, service, backend, names } = self;
        fields.finish()?;
        let user_id: UserId = named(&names, "user_id")?;
        let key = service.store.end_user_find_by_id(backend.client_id, user_id).await?;
        let key = key.ok_or(ApiError::NotFound)?;
        Ok(Found { service, key, user_id, now, names })
    }
}

/// An end user of the client whose backend asks.
#[derive(Debug)]
pub struct Found {
    /// The server's parts.
    pub service: Service,
    /// Who.
    pub key: EndUserKey,
    /// A name of ours.
    pub user_id: UserId,
    /// Now.
    pub now: Timestamp,
    names: HashMap<String, String>,
}

impl Found {
    /// What the address names besides.
    ///
    /// # Errors
    /// Nothing can be called so.
    pub fn named<Id: FromStr>(&self, name: &str) -> Result<Id, ApiError> {
        named(&self.names, name)
    }

    /// The end user as they are.
    ///
    /// # Errors
    /// They are gone meanwhile; trouble with database or keys.
    pub async fn shown(&self) -> Result<Json<OneUser>, ApiError> {
        Ok(Json(OneUser::read(&self.service, &self.key, self.now).await?))
    }

    /// What a backend does to them, to be written down with it.
    ///
    /// # Errors
    /// Trouble with the keys.
    pub async fn audit(&self, deed: Deed, detail: &str) -> Result<AuditEntry, ApiError> {
        let ring = self.service.ring(self.now).await?;
        Ok(self.change(&ring).audit(deed, detail))
    }

    /// What a backend does to their ways in, to be written down and told to them with it.
    ///
    /// # Errors
    /// They are gone meanwhile; trouble with database or keys.
    pub async fn record(
        &self,
        (deed, detail): (Deed, &str),
        notice: Notice,
    ) -> Result<Record, ApiError> {
        let Self { service, key, now, .. } = self;
        let known = service.store.end_user_overview_find(key).await?.ok_or(ApiError::NotFound)?;
        let app = service.tenants.app(key.client_id, key.app_id, *now).await?;
        let ring = service.ring(*now).await?;
        let change = self.change(&ring);
        let audit = change.audit(deed, detail);
        // Of an app that is gone nobody hears anything any more.
        let Some(app) = app else { return Ok(Record { audit, notice: None }) };
        let hash = &key.end_user_hash;
        let told = Told {
            known: &known.record,
            app: &app.settings,
            carried: &|channel| service.routes.of(channel).is_some(),
            quota: Quota::hourly(service.config.limits.notices_per_client_and_phone_per_hour),
            action: None,
            // That of no login: which one they read is not known here.
            language: "en",
            end_user_uuid: &personal::open_uuid(&ring, hash, &known.sealed_uuid, *now)?,
        };
        Ok(change.record(audit, notice, &told)?)
    }

    fn change<'a>(&'a self, ring: &'a KeyRing) -> Change<'a> {
        let (entropy, end_user, user_id) = (&self.service.entropy, self.key, self.user_id);
        Change { ring, entropy, end_user, user_id, actor: Actor::Backend, now: self.now }
    }
}

fn named<Id: FromStr>(names: &HashMap<String, String>, name: &str) -> Result<Id, ApiError> {
    names.get(name).and_then(|text| text.parse().ok()).ok_or(ApiError::NotFound)
}
