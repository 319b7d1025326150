//! Everything that is known of an end user, for themselves.

use axum::Json;
use axum::extract::{Path, RawQuery, State};

use super::key_of;
use crate::api::auth::Backend;
use crate::api::user_export::UserExport;
use crate::error::{ApiError, ErrorBody};
use crate::form::Reader;
use crate::service::Service;

/// Export an end user.
///
/// Everything that is known of them, as they may ask for (GDPR Art. 15 and 20): name and number in full, factors without
/// their secrets, failures, and the logins and messages that retention still keeps. Treat the answer as what it is: personal
/// data.
#[utoipa::path(
    get,
    path = "/users/{user_id}/export",
    operation_id = "exportUser",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(
        ("user_id" = String, Path, description = "The end user, as findUser names them", example = "USER-01920000-0000-7000-8000-000000000000"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "All of it", body = UserExport),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such end user of this client", body = ErrorBody),
    )
)]
pub async fn export(
    State(service): State<Service>,
    backend: Backend,
    Path(user_id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<UserExport>, ApiError> {
    let now = service.clock.now();
    let mut fields = Reader::query(query.as_deref(), &["client_id"])?;
    backend.read_own(&mut fields)?;
    fields.finish()?;
    let key = key_of(&service, &backend, &user_id).await?;
    let ring = service.ring(now).await?;
    let policy = &service.policy.failures;
    let export = UserExport::read(&service.store, &ring, policy, &key, now).await?;
    tracing::info!(user.id = %user_id, client.id = %backend.client_id, "user.exported");
    export.map(Json).ok_or(ApiError::NotFound)
}
