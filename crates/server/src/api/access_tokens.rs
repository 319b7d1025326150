//! Access tokens: permission for one widget run. Signing writes nothing and sends nothing.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use onlyauth_core::access_token::{self, Audience};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::Backend;
use super::grant_form;
use crate::error::{ApiError, ErrorBody};
use crate::form::Form;
use crate::service::Service;

/// The fields of createAccessToken.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the form; Reader reads it, to list every problem at once")]
pub struct CreateAccessToken {
    /// The app.
    #[schema(example = "APPX-01920000-0000-7000-8000-000000000000")]
    app_id: String,
    /// The client that the secret belongs to.
    #[schema(example = "CLNT-01920000-0000-7000-8000-000000000000")]
    client_id: String,
    /// The end user's number in E.164.
    #[schema(example = "+14155552671")]
    end_user_phone_number: String,
    /// The end user's name in the customer's system, 1 to 255 bytes.
    #[schema(example = "user-42", min_length = 1, max_length = 255)]
    end_user_uuid: String,
    /// Where the browser returns to with the success token.
    #[schema(example = "https://shop.example/login/return")]
    redirect_uri: String,
    /// BCP 47 tag of the language of the widget and its messages, any case.
    #[schema(example = "en-US")]
    language: String,
    /// The region that serves the widget.
    #[schema(example = "us-1")]
    region: String,
}

/// The answer of createAccessToken.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessToken {
    /// A JWT for the widget's address. It starts one action within five minutes.
    pub token: String,
    /// The language that the end user will see: the nearest to the one asked for that the server has texts in.
    #[schema(required = false, example = "en")]
    pub language: &'static str,
}

/// As JSON, written once into a buffer of the right size: this is the busiest answer of all.
impl IntoResponse for AccessToken {
    fn into_response(self) -> Response {
        let mut json = Vec::with_capacity(self.token.len() + 64);
        match serde_json::to_writer(&mut json, &self) {
            Ok(()) => {
                let kind = HeaderValue::from_static("application/json");
                ([(header::CONTENT_TYPE, kind)], json).into_response()
            }
            // A token is text, which JSON can always hold.
            Err(_) => ApiError::Internal.into_response(),
        }
    }
}

/// Create an access token.
///
/// Checks everything that the login will need and signs a short-lived JWT for the widget's iframe.
#[utoipa::path(
    post,
    path = "/server/access-tokens/new",
    operation_id = "createAccessToken",
    tag = "Authentication",
    security(("bearer_auth" = [])),
    request_body(content = CreateAccessToken, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "JWT token created successfully", body = AccessToken),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 429, description = "Too many at once; see Retry-After", body = ErrorBody),
        (status = 503, description = "Nothing was done; try again", body = ErrorBody),
    )
)]
pub async fn create(
    State(service): State<Service>,
    backend: Backend,
    form: Form,
) -> Result<AccessToken, ApiError> {
    // The clock is read once, when everything has arrived: a slow body must not make the moment old.
    let now = service.clock.now();
    let (grant, locale) = grant_form::read(&service, &backend, form, Audience::Login, now).await?;
    let ring = service.ring(now).await?;
    let start_within = service.config.tokens.start_within;
    let token = access_token::issue(&ring, &grant, now, start_within, service.entropy.bytes())?;
    Ok(AccessToken { token, language: locale.tag() })
}
