//! Browsers that one end user chose to trust.

use axum::Json;
use onlyauth_core::audit::Deed;
use onlyauth_core::ids::DeviceId;

use super::request::{Found, UserRequest};
use crate::api::user_view::OneUser;
use crate::error::{ApiError, ErrorBody};

/// Forget a trusted device.
///
/// It asks again before it lets anybody in, also where it is trusted anew: whoever copied what the browser keeps has nothing
/// of it any more.
#[utoipa::path(
    delete,
    path = "/users/{user_id}/trusted-devices/{device_id}",
    operation_id = "forgetTrustedDevice",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(
        ("user_id" = String, Path, description = "The end user, as findUser names them", example = "USER-01920000-0000-7000-8000-000000000000"),
        ("device_id" = String, Path, description = "One of their trusted devices", example = "DEVC-01920000-0000-7000-8000-000000000000"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "The end user, without the device", body = OneUser),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such end user of this client, or they trust no such device", body = ErrorBody),
        (status = 503, description = "overloaded: nothing was done; outcome_unknown: it may be forgotten. Look before you repeat", body = ErrorBody),
    )
)]
pub async fn forget(request: UserRequest) -> Result<Json<OneUser>, ApiError> {
    let found = request.find().await?;
    let device_id: DeviceId = found.named("device_id")?;
    let audit = found.audit(Deed::DevicesForgotten, &device_id.text()).await?;
    if !found.service.store.trusted_device_revoke(&found.key, device_id, &audit).await? {
        return Err(ApiError::NotFound);
    }
    told(&found, 1);
    found.shown().await
}

/// Forget all trusted devices.
///
/// Each asks again before it lets anybody in. Do it when a device was lost or stolen; whoever removes a factor or resets an
/// end user need not do it as well.
#[utoipa::path(
    delete,
    path = "/users/{user_id}/trusted-devices",
    operation_id = "forgetTrustedDevices",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(
        ("user_id" = String, Path, description = "The end user, as findUser names them", example = "USER-01920000-0000-7000-8000-000000000000"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "The end user, who trusts no device, also where they trusted none", body = OneUser),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such end user of this client", body = ErrorBody),
        (status = 503, description = "overloaded: nothing was done; outcome_unknown: they may be forgotten. Either way, try again", body = ErrorBody),
    )
)]
pub async fn forget_all(request: UserRequest) -> Result<Json<OneUser>, ApiError> {
    let found = request.find().await?;
    let audit = found.audit(Deed::DevicesForgotten, "").await?;
    let forgotten = found.service.store.trusted_device_revoke_all(&found.key, &audit).await?;
    told(&found, forgotten);
    found.shown().await
}

fn told(found: &Found, forgotten: usize) {
    tracing::info!(
        user.id = %found.user_id,
        client.id = %found.key.client_id,
        forgotten,
        "user.devices_forgotten"
    );
}
