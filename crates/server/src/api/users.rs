//! End users: what is known of them, and letting them in again. Addresses hold a name of ours, never the customer's.

pub mod devices;
pub mod erase;
pub mod export;
pub mod factors;
pub mod import;
pub mod list;
pub mod request;
pub mod reset;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use onlyauth_core::audit::Deed;
use onlyauth_core::channel::Mode;
use onlyauth_core::ids::AppId;
use onlyauth_core::personal::World;
use onlyauth_core::time::Timestamp;
use onlyauth_store::EndUserKey;
use serde::Deserialize;
use utoipa::ToSchema;

use super::auth::Backend;
use super::user_view::OneUser;
use crate::error::{ApiError, ErrorBody};
use crate::form::{Form, Reader};
use crate::service::Service;
use crate::tenants::App;
use request::UserRequest;

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
    let asked = AppWorld::read(&mut fields);
    let end_user = fields.required("end_user_uuid");
    fields.finish()?;
    let end_user = end_user.ok_or(ApiError::Internal)?;
    let (world, _) = asked.find(&service, &backend, now).await?;
    let ring = service.ring(now).await?;
    let key = EndUserKey {
        client_id: world.client_id,
        app_id: world.app_id,
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
pub async fn show(request: UserRequest) -> Result<Json<OneUser>, ApiError> {
    request.find().await?.shown().await
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
pub async fn unlock(request: UserRequest) -> Result<Json<OneUser>, ApiError> {
    let found = request.find().await?;
    let audit = found.audit(Deed::Unlocked, "").await?;
    found.service.store.failure_reset_all(&found.key, &audit).await?;
    tracing::info!(user.id = %found.user_id, client.id = %found.key.client_id, "user.unlocked");
    found.shown().await
}

/// Whose end user it is.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the form; Reader reads it, to list every problem at once")]
pub struct UnlockUser {
    /// The client that the secret belongs to.
    #[schema(example = "CLNT-01920000-0000-7000-8000-000000000000")]
    client_id: String,
}

/// Which end users are asked for: those of an app, in a mode.
struct AppWorld {
    app_id: Option<String>,
    mode: Option<Mode>,
}

impl AppWorld {
    fn read(fields: &mut Reader) -> Self {
        let app_id = fields.required("app_id");
        let mode = fields.optional("mode").map(|text| text.parse());
        if let Some(Err(_)) = mode {
            fields.problem("'mode' must be sandbox or live.");
        }
        Self { app_id, mode: mode.and_then(Result::ok) }
    }

    /// Where they live: in the client's app, in the mode that is asked for, or that of the app.
    async fn find(
        self,
        service: &Service,
        backend: &Backend,
        now: Timestamp,
    ) -> Result<(World, Arc<App>), ApiError> {
        let app_id = self.app_id.and_then(|text| text.parse::<AppId>().ok());
        let app_id = app_id.ok_or(ApiError::NotFound)?;
        let app = service.tenants.app(backend.client_id, app_id, now).await?;
        let app = app.ok_or(ApiError::NotFound)?;
        let mode = self.mode.unwrap_or_else(|| app.settings.mode());
        Ok((World { client_id: backend.client_id, app_id, mode }, app))
    }
}
