//! What one end user enrolled.

use axum::Json;
use onlyauth_core::audit::Deed;
use onlyauth_core::ids::FactorId;
use onlyauth_core::notice::Notice;

use super::request::UserRequest;
use crate::api::user_view::OneUser;
use crate::error::{ApiError, ErrorBody};

/// Remove a factor.
///
/// What an end user lost, such as an app or a key on a device that was stolen. What is left to them is how they log in from
/// then on. They are told so at the number that is known.
#[utoipa::path(
    delete,
    path = "/users/{user_id}/factors/{factor_id}",
    operation_id = "removeFactor",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(
        ("user_id" = String, Path, description = "The end user, as findUser names them", example = "USER-01920000-0000-7000-8000-000000000000"),
        ("factor_id" = String, Path, description = "One of their factors", example = "FCTR-01920000-0000-7000-8000-000000000000"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "The end user, without the factor", body = OneUser),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such end user of this client, or no such factor of theirs", body = ErrorBody),
        (status = 503, description = "overloaded: nothing was done; outcome_unknown: it may be removed. Look before you repeat", body = ErrorBody),
    )
)]
pub async fn remove(request: UserRequest) -> Result<Json<OneUser>, ApiError> {
    let found = request.find().await?;
    let factor_id: FactorId = found.named("factor_id")?;
    let deed = (Deed::FactorRemoved, &*factor_id.to_string());
    let record = found.record(deed, Notice::FactorRemoved).await?;
    if !found.service.store.factor_delete(&found.key, factor_id, &record).await? {
        return Err(ApiError::NotFound);
    }
    tracing::info!(
        user.id = %found.user_id,
        factor.id = %factor_id,
        client.id = %found.key.client_id,
        "user.factor_removed"
    );
    found.shown().await
}
