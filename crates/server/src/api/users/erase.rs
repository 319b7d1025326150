//! An end user who leaves, with everything personal.

use axum::Json;
use onlyauth_core::audit::Deed;
use onlyauth_core::ids::ActionId;
use serde::Serialize;
use utoipa::ToSchema;

use super::request::UserRequest;
use crate::error::{ApiError, ErrorBody};

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
pub async fn erase(request: UserRequest) -> Result<Json<ErasedUser>, ApiError> {
    let found = request.find().await?;
    let tokens = &found.service.config.tokens;
    let under_way_from = ActionId::first_at(tokens.under_way_since(found.now));
    let audit = found.audit(Deed::Erased, "").await?;
    if !found.service.store.end_user_erase(&found.key, under_way_from, &audit).await? {
        return Err(ApiError::NotFound);
    }
    tracing::info!(user.id = %found.user_id, client.id = %found.key.client_id, "user.erased");
    Ok(Json(ErasedUser { user: NoUser {} }))
}
