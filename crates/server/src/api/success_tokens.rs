//! Success tokens: proof that an action passed, consumed by asking for it.

use axum::Json;
use axum::extract::{RawQuery, State};
use onlyauth_core::ids::{ActionId, AppId};
use onlyauth_core::personal::{self, World};
use onlyauth_core::proof::amr;
use onlyauth_core::success_token::SuccessToken;
use onlyauth_store::{Redeem, Redemption, SuccessTokenRecord};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::auth::Backend;
use crate::error::{ApiError, ErrorBody};
use crate::form::{Form, Reader};
use crate::service::Service;

/// The fields of validateSuccessToken, in the query of the GET or the body of the POST.
#[derive(Debug, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the form; Reader reads it, to list every problem at once")]
pub struct ValidateSuccessToken {
    /// The app.
    #[param(example = "APPX-01920000-0000-7000-8000-000000000000")]
    app_id: String,
    /// The client that the secret belongs to.
    #[param(example = "CLNT-01920000-0000-7000-8000-000000000000")]
    client_id: String,
    /// The success token that came with the browser.
    #[param(example = "TOKN-01920000-0000-7000-8000-000000000000-…")]
    token: String,
    /// The end user whose login this is. With a token of somebody else the request is refused and the token
    /// stays unused.
    end_user_uuid: Option<String>,
}

/// What a success token proves.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuccessTokenProof {
    /// The token as given.
    pub token: String,
    /// The customer's name for the end user. Compare it with the login you had in mind.
    pub end_user_uuid: String,
    /// The end user's number, E.164.
    pub end_user_phone_number: String,
    /// The login.
    #[schema(value_type = String, example = "ACTN-01920000-0000-7000-8000-000000000000")]
    pub action_id: ActionId,
    /// The app.
    #[schema(value_type = String, example = "APPX-01920000-0000-7000-8000-000000000000")]
    pub app_id: AppId,
    /// The channels that passed, in order; `trusted_device` alone where a trusted device stood in.
    #[schema(example = json!(["sms"]))]
    pub channels: Vec<String>,
    /// The last of them.
    #[schema(example = "sms")]
    pub channel: String,
    /// Authentication method references (RFC 8176), with `mfa` where channels of two kinds passed; empty where a trusted device
    /// stood in.
    #[schema(example = json!(["sms", "otp"]))]
    pub amr: Vec<&'static str>,
    /// When the login passed, Unix seconds.
    pub timestamp: i64,
    /// Whether a known end user passed with another phone than the last time.
    pub phone_changed: bool,
}

/// Validate a success token.
///
/// Consumes the token: exactly one call can ever succeed. Sends the token in the address, where proxies log
/// it; new code uses the POST.
#[utoipa::path(
    get,
    path = "/server/success-tokens",
    operation_id = "validateSuccessToken",
    tag = "Authentication",
    security(("bearer_auth" = [])),
    params(ValidateSuccessToken),
    responses(
        (status = 200, description = "Success token validated successfully", body = SuccessTokenProof),
        (status = 400, description = "Every problem of the input, or another end user's token", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "Unknown, used, expired or another client's", body = ErrorBody),
        (status = 503, description = "overloaded: nothing was done; outcome_unknown: it may have been consumed", body = ErrorBody),
    )
)]
pub async fn validate_by_query(
    State(service): State<Service>,
    backend: Backend,
    RawQuery(query): RawQuery,
) -> Result<Json<SuccessTokenProof>, ApiError> {
    let fields =
        Reader::query(query.as_deref(), &["app_id", "client_id", "token", "end_user_uuid"])?;
    redeem(&service, &backend, fields).await
}

/// Validate a success token without putting it into an address.
///
/// Consumes the token: exactly one call can ever succeed.
#[utoipa::path(
    post,
    path = "/server/success-tokens",
    operation_id = "validateSuccessTokenByForm",
    tag = "Authentication",
    security(("bearer_auth" = [])),
    request_body(content = ValidateSuccessToken, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Success token validated successfully", body = SuccessTokenProof),
        (status = 400, description = "Every problem of the input, or another end user's token", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "Unknown, used, expired or another client's", body = ErrorBody),
        (status = 503, description = "overloaded: nothing was done; outcome_unknown: it may have been consumed", body = ErrorBody),
    )
)]
pub async fn validate(
    State(service): State<Service>,
    backend: Backend,
    form: Form,
) -> Result<Json<SuccessTokenProof>, ApiError> {
    redeem(&service, &backend, Reader::body(form)).await
}

async fn redeem(
    service: &Service,
    backend: &Backend,
    mut fields: Reader,
) -> Result<Json<SuccessTokenProof>, ApiError> {
    backend.read_own(&mut fields)?;
    let app_id = fields.required("app_id");
    let text = fields.required("token");
    let expected = fields.optional("end_user_uuid");
    if expected.as_ref().is_some_and(String::is_empty) {
        // Row 17: a backend that has lost whom it meant must not thereby skip the comparison.
        fields.problem("'end_user_uuid' is empty: name the end user, or leave it out.");
    }
    fields.finish()?;
    let (Some(app_id), Some(text)) = (app_id, text) else { return Err(ApiError::Internal) };

    // Read once, when everything has arrived: a slow body must not stretch a token's life.
    let now = service.clock.now();
    let app_id: AppId = app_id.parse().map_err(|_| ApiError::NotFound)?;
    let app =
        service.tenants.app(backend.client_id, app_id, now).await?.ok_or(ApiError::NotFound)?;
    let world = World { client_id: backend.client_id, app_id, mode: app.settings.mode() };
    let ring = service.ring(now).await?;
    // Whatever this server did not make is refused here, before it costs the database anything.
    let token = SuccessToken::parse(&text)
        .filter(|token| token.is_genuine(&ring, world.client_id, app_id, world.mode, now))
        .ok_or(ApiError::NotFound)?;
    let end_user_hash =
        expected.map(|end_user| world.end_user_hash(&ring, &end_user)).transpose()?;
    let redemption = service
        .store
        .success_token_consume(&Redeem {
            client_id: world.client_id,
            app_id,
            mode: world.mode,
            action_id: token.action_id(),
            token_hash: token.hash(),
            end_user_hash,
            now,
        })
        .await?;
    match redemption {
        Redemption::Consumed(record) => {
            let subject = personal::open_subject(&ring, record.action_id, &record.sealed, now)?;
            tracing::info!(action.id = %record.action_id, app.id = %app_id, "success_token.consumed");
            Ok(Json(proof(text, app_id, subject.end_user_uuid, subject.phone, &record)))
        }
        Redemption::EndUserMismatch => Err(ApiError::EndUserMismatch),
        Redemption::NotFound => Err(ApiError::NotFound),
    }
}

fn proof(
    token: String,
    app_id: AppId,
    end_user_uuid: String,
    end_user_phone_number: String,
    record: &SuccessTokenRecord,
) -> SuccessTokenProof {
    let proven: Vec<_> = record.channels.iter().filter_map(|by| by.channel()).collect();
    SuccessTokenProof {
        token,
        end_user_uuid,
        end_user_phone_number,
        action_id: record.action_id,
        app_id,
        channels: record.channels.iter().map(ToString::to_string).collect(),
        channel: record.channels.last().map(ToString::to_string).unwrap_or_default(),
        amr: amr(&proven),
        timestamp: record.passed_at.as_seconds(),
        phone_changed: record.phone_changed,
    }
}
