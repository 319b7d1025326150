//! Everything that is known of an end user, for themselves.

use axum::Json;

use super::request::{Found, UserRequest};
use crate::api::user_export::UserExport;
use crate::api::user_view::Lens;
use crate::error::{ApiError, ErrorBody};

/// Export an end user.
///
/// Everything that is known of them, as they may ask for (GDPR Art. 15 and 20): name and number in full, factors without
/// their secrets, trusted devices, failures, what the audit says about them, and the logins and messages that retention still
/// keeps. Treat the answer as what it is: personal
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
pub async fn export(request: UserRequest) -> Result<Json<UserExport>, ApiError> {
    let Found { service, key, user_id, now, .. } = request.find().await?;
    let app = service.tenants.app(key.client_id, key.app_id, now).await?;
    let (ring, policy) = (service.ring(now).await?, &service.policy.failures);
    let app = app.as_ref().map(|app| &app.settings);
    let lens = Lens { ring: &ring, policy, app, now };
    let export = UserExport::read(&service.store, &key, &lens).await?;
    tracing::info!(user.id = %user_id, client.id = %key.client_id, "user.exported");
    export.map(Json).ok_or(ApiError::NotFound)
}
