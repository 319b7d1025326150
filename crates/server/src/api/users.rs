//! End users: what is known of them, and letting them in again. Addresses hold a name of ours, never the customer's.

pub mod erase;
pub mod export;
pub mod factors;
pub mod import;
pub mod list;
pub mod reset;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::channel::Mode;
use onlyauth_core::ids::{AppId, UserId};
use onlyauth_core::limits::Quota;
use onlyauth_core::notice::Notice;
use onlyauth_core::personal::{self, World};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{EndUserKey, Record};
use serde::Deserialize;
use utoipa::ToSchema;

use super::auth::Backend;
use super::user_view::OneUser;
use crate::error::{ApiError, ErrorBody};
use crate::form::{Form, Reader};
use crate::notice::{Change, Told};
use crate::service::Service;

/// Whom to find.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the form; Reader reads it, to list every problem at once")]
pub struct FindUser {
    /// The client that the secret belongs to.
    #[schema(example = "CLNT-01920000-0000-7000-8000-000000000000")]
    client_id: String,
    /// The app.
    #[schema(example = "APPX-01920000-0000-7000-8000-000000000000")]
    app_id: String,
    /// The customer's name for the end user.
    #[schema(example = "user-42")]
    end_user_uuid: String,
    /// `sandbox` or `live`; without it, as the app is.
    #[schema(example = "live")]
    mode: Option<String>,
}

/// Find an end user.
///
/// By the customer's own name for them, which is in the body, since addresses end up in logs.
#[utoipa::path(
    post,
    path = "/users/find",
    operation_id = "findUser",
    tag = "Users",
    security(("bearer_auth" = [])),
    request_body(content = FindUser, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The end user", body = OneUser),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such app of this client, or nobody who ever passed or was imported", body = ErrorBody),
    )
)]
pub async fn find(
    State(service): State<Service>,
    backend: Backend,
    form: Form,
) -> Result<Json<OneUser>, ApiError> {
    let now = service.clock.now();
    let mut fields = Reader::body(form);
    backend.read_own(&mut fields)?;
    let app_id = fields.required("app_id");
    let end_user = fields.required("end_user_uuid");
    let mode = read_mode(&mut fields);
    fields.finish()?;
    let (Some(app_id), Some(end_user)) = (app_id, end_user) else {
        return Err(ApiError::Internal);
    };
    let app_id: AppId = app_id.parse().map_err(|_| ApiError::NotFound)?;
    let world = world_of(&service, &backend, app_id, mode, now).await?;
    let ring = service.ring(now).await?;
    let key = EndUserKey {
        client_id: world.client_id,
        app_id,
        mode: world.mode,
        end_user_hash: world.end_user_hash(&ring, &end_user)?,
    };
    Ok(Json(OneUser::read(&service, &key, now).await?))
}

/// Get one end user.
#[utoipa::path(
    get,
    path = "/users/{user_id}",
    operation_id = "getUserById",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(
        ("user_id" = String, Path, description = "The end user, as findUser names them", example = "USER-01920000-0000-7000-8000-000000000000"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "The end user", body = OneUser),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such end user of this client", body = ErrorBody),
    )
)]
pub async fn show(
    State(service): State<Service>,
    backend: Backend,
    Path(user_id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<OneUser>, ApiError> {
    let now = service.clock.now();
    let mut fields = Reader::query(query.as_deref(), &["client_id"])?;
    backend.read_own(&mut fields)?;
    fields.finish()?;
    let key = key_of(&service, &backend, &user_id).await?;
    Ok(Json(OneUser::read(&service, &key, now).await?))
}

/// Unlock an end user.
///
/// Forgets their failures in a row on every channel, so that those that wait or are off can be used again. Do it once
/// you know who is asking: whoever guesses codes would ask, too.
#[utoipa::path(
    post,
    path = "/users/{user_id}/unlock",
    operation_id = "unlockUser",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(
        ("user_id" = String, Path, description = "The end user, as findUser names them", example = "USER-01920000-0000-7000-8000-000000000000"),
    ),
    request_body(content = UnlockUser, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The end user, without failures", body = OneUser),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such end user of this client", body = ErrorBody),
        (status = 503, description = "overloaded: nothing was done; outcome_unknown: they may be unlocked. Either way, try again", body = ErrorBody),
    )
)]
pub async fn unlock(
    State(service): State<Service>,
    backend: Backend,
    Path(user_id): Path<String>,
    form: Form,
) -> Result<Json<OneUser>, ApiError> {
    let now = service.clock.now();
    let mut fields = Reader::body(form);
    backend.read_own(&mut fields)?;
    fields.finish()?;
    let key = key_of(&service, &backend, &user_id).await?;
    let known = service.store.end_user_find(&key).await?.ok_or(ApiError::NotFound)?;
    let ring = service.ring(now).await?;
    let change = Change {
        ring: &ring,
        entropy: &service.entropy,
        end_user: key,
        user_id: known.user_id,
        actor: Actor::Backend,
        now,
    };
    service.store.failure_reset_all(&key, &change.audit(Deed::Unlocked, "")).await?;
    tracing::info!(user.id = %user_id, client.id = %backend.client_id, "user.unlocked");
    Ok(Json(OneUser::read(&service, &key, now).await?))
}

/// Whose end user it is.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the form; Reader reads it, to list every problem at once")]
pub struct UnlockUser {
    /// The client that the secret belongs to.
    #[schema(example = "CLNT-01920000-0000-7000-8000-000000000000")]
    client_id: String,
}

/// The mode that is asked for, where one is.
fn read_mode(fields: &mut Reader) -> Option<Mode> {
    let mode = fields.optional("mode")?.parse().ok();
    if mode.is_none() {
        fields.problem("'mode' must be sandbox or live.");
    }
    mode
}

/// Where the end users of the client's app live: in the mode that is asked for, or that of the app.
async fn world_of(
    service: &Service,
    backend: &Backend,
    app_id: AppId,
    mode: Option<Mode>,
    now: Timestamp,
) -> Result<World, ApiError> {
    let app = service.tenants.app(backend.client_id, app_id, now).await?;
    let app = app.ok_or(ApiError::NotFound)?;
    let mode = mode.unwrap_or_else(|| app.settings.mode());
    Ok(World { client_id: backend.client_id, app_id, mode })
}

/// What a backend does to a known end user's ways in, to be written down and told to them with it.
async fn record_of(
    service: &Service,
    key: &EndUserKey,
    (deed, detail): (Deed, &str),
    notice: Notice,
    now: Timestamp,
) -> Result<Record, ApiError> {
    let known = service.store.end_user_overview_find(key).await?.ok_or(ApiError::NotFound)?;
    let app = service.tenants.app(key.client_id, key.app_id, now).await?;
    let ring = service.ring(now).await?;
    let hash = &key.end_user_hash;
    let end_user_uuid = personal::open_uuid(&ring, hash, &known.sealed_uuid, now)?;
    let change = Change {
        ring: &ring,
        entropy: &service.entropy,
        end_user: *key,
        user_id: known.record.user_id,
        actor: Actor::Backend,
        now,
    };
    let audit = change.audit(deed, detail);
    // Of an app that is gone nobody hears anything any more.
    let Some(app) = app else { return Ok(Record { audit, notice: None }) };
    let told = Told {
        known: &known.record,
        app: &app.settings,
        carried: &|channel| service.routes.of(channel).is_some(),
        quota: Quota::hourly(service.config.limits.notices_per_client_and_phone_per_hour),
        action: None,
        // That of no login: which one they read is not known here.
        language: "en",
        end_user_uuid: &end_user_uuid,
    };
    Ok(change.record(audit, notice, &told)?)
}

async fn key_of(
    service: &Service,
    backend: &Backend,
    user_id: &str,
) -> Result<EndUserKey, ApiError> {
    let user_id: UserId = user_id.parse().map_err(|_| ApiError::NotFound)?;
    let key = service.store.end_user_find_by_id(backend.client_id, user_id).await?;
    key.ok_or(ApiError::NotFound)
}
