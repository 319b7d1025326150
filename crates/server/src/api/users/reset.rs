//! An end user who lost what they log in with, and begins anew from the phone.

use axum::Json;
use onlyauth_core::audit::Deed;
use onlyauth_core::ids::ActionId;
use onlyauth_core::notice::Notice;
use onlyauth_core::reset::ResetReason;
use onlyauth_store::NewReset;
use serde::Deserialize;
use utoipa::ToSchema;

use super::request::UserRequest;
use crate::api::user_view::OneUser;
use crate::error::{ApiError, ErrorBody};

/// Why somebody begins anew.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the form; Reader reads it, to list every problem at once")]
pub struct ResetUser {
    /// The client that the secret belongs to.
    #[schema(example = "CLNT-01920000-0000-7000-8000-000000000000")]
    client_id: String,
    /// Why, in words: 1 to 200 characters, no control characters. Name no person in it.
    #[schema(
        example = "Lost the phone; identity checked at the branch",
        min_length = 1,
        max_length = 200
    )]
    reason: String,
}

/// Reset an end user.
///
/// Removes all that they enrolled (authenticator apps, passkeys, backup codes) and the trust in devices, forgets their failures and locks, and ends
/// their logins that are under way. The phone number that is known stays: it is by a number that they come back, and one that
/// is new is told as `phone_changed`. They are told so at the number that is known, and the reason is written down. Do it once you know who is asking.
#[utoipa::path(
    post,
    path = "/users/{user_id}/reset",
    operation_id = "resetUser",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(
        ("user_id" = String, Path, description = "The end user, as findUser names them", example = "USER-01920000-0000-7000-8000-000000000000"),
    ),
    request_body(content = ResetUser, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The end user, with nothing enrolled", body = OneUser),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such end user of this client", body = ErrorBody),
        (status = 503, description = "overloaded: nothing was done; outcome_unknown: they may be reset. Look before you repeat: what they enrolled since would go as well", body = ErrorBody),
    )
)]
pub async fn reset(mut request: UserRequest) -> Result<Json<OneUser>, ApiError> {
    let reason = request.fields.required("reason");
    let reason = reason.and_then(|text| request.fields.keep(text.parse::<ResetReason>()));
    let found = request.find().await?;
    let reason = reason.ok_or(ApiError::Internal)?;
    let (end_user, now) = (found.key, found.now);
    let under_way_from = ActionId::first_at(found.service.config.tokens.under_way_since(now));
    let record = found.record((Deed::Reset, reason.as_str()), Notice::FactorsReset).await?;
    let reset = NewReset { end_user, under_way_from, record, now };
    if !found.service.store.end_user_reset(&reset).await? {
        return Err(ApiError::NotFound);
    }
    tracing::info!(user.id = %found.user_id, client.id = %end_user.client_id, "user.reset");
    found.shown().await
}
