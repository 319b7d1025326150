//! An end user who leaves, with everything personal.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use onlyauth_core::audit::{Actor, Deed};
use onlyauth_core::ids::ActionId;
use serde::Serialize;
use utoipa::ToSchema;

use super::key_of;
use crate::api::auth::Backend;
use crate::error::{ApiError, ErrorBody};
use crate::form::Reader;
use crate::notice::Change;
use crate::service::Service;

/// Nobody any more.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErasedUser {
    /// Always empty.
    pub user: NoUser,
}

/// No end user.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoUser {}

/// Erase an end user.
///
/// All personal data leaves: name, phone, factors, failures, messages, and what is personal about their logins, of which only
/// counts remain. Logins under way end, and success tokens are worth nothing any more. Whoever logs in by this name
/// afterwards is somebody new. The limits of a number, which nobody can read, stay until their hour is over.
#[utoipa::path(
    delete,
    path = "/users/{user_id}",
    operation_id = "eraseUser",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(
        ("user_id" = String, Path, description = "The end user, as findUser names them", example = "USER-01920000-0000-7000-8000-000000000000"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "The end user is erased", body = ErasedUser),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such end user of this client", body = ErrorBody),
        (status = 503, description = "overloaded or outcome_unknown: some may be left. Try again until it is 200 or 404", body = ErrorBody),
    )
)]
pub async fn erase(
    State(service): State<Service>,
    backend: Backend,
    Path(user_id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<ErasedUser>, ApiError> {
    let now = service.clock.now();
    let mut fields = Reader::query(query.as_deref(), &["client_id"])?;
    backend.read_own(&mut fields)?;
    fields.finish()?;
    let key = key_of(&service, &backend, &user_id).await?;
    let under_way_from = ActionId::first_at(service.config.tokens.under_way_since(now));
    let user = user_id.parse().map_err(|_| ApiError::NotFound)?;
    let ring = service.ring(now).await?;
    let change = Change {
        ring: &ring,
        entropy: &service.entropy,
        end_user: key,
        user_id: user,
        actor: Actor::Backend,
        now,
    };
    let audit = change.audit(Deed::Erased, "");
    if !service.store.end_user_erase(&key, under_way_from, &audit).await? {
        return Err(ApiError::NotFound);
    }
    tracing::info!(user.id = %user_id, client.id = %backend.client_id, "user.erased");
    Ok(Json(ErasedUser { user: NoUser {} }))
}
