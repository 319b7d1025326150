//! Links to the page where end users look after their factors. Making one writes nothing and sends nothing.

use axum::Json;
use axum::extract::State;
use onlyauth_core::access_token::{self, Audience, Grant};
use onlyauth_core::keys::{KeyError, KeyRing, Nonce};
use onlyauth_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::auth::Backend;
use super::grant_form;
use crate::config::Config;
use crate::error::{ApiError, ErrorBody};
use crate::form::Form;
use crate::service::Service;

/// Where the page is.
const PATH: &str = "/factors";

/// The fields of createFactorLink.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the form; Reader reads it, to list every problem at once")]
pub struct CreateFactorLink {
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
    /// Where 'Done' leads back to. What may be one is the same as for a login.
    #[schema(example = "https://shop.example/account")]
    redirect_uri: String,
    /// BCP 47 tag of the language of the page and its messages, any case.
    #[schema(example = "en-US")]
    language: String,
    /// The region that serves the page.
    #[schema(example = "us-1")]
    region: String,
}

/// The answer of createFactorLink. No Debug: who has the address can open it.
#[derive(Serialize, ToSchema)]
pub struct FactorLink {
    /// The page's address, with a token in it. Send the end user's browser there: it opens once.
    #[schema(
        example = "https://auth.example/factors?token=JWT&app_id=APPX-01920000-0000-7000-8000-000000000000"
    )]
    pub url: String,
    /// From this moment on it opens nothing, Unix seconds.
    #[schema(example = 1_795_500_900)]
    pub expires_at: i64,
}

impl FactorLink {
    /// Signs a link for `grant`, whose audience is [`Audience::FactorLink`], at the configured base URL of its region.
    ///
    /// # Errors
    /// A ring without keys.
    pub fn issue(
        ring: &KeyRing,
        grant: &Grant,
        config: &Config,
        now: Timestamp,
        nonce: Nonce,
    ) -> Result<Self, KeyError> {
        let lifetime = config.tokens.factor_link_lifetime;
        let token = access_token::issue(ring, grant, now, lifetime, nonce)?;
        let mut url = config.base_url_of(&grant.region).url().clone();
        url.set_path(PATH);
        let app_id = grant.app_id.text();
        url.query_pairs_mut().append_pair("token", &token).append_pair("app_id", &app_id);
        Ok(Self { url: url.into(), expires_at: now.plus(lifetime).as_seconds() })
    }
}

/// Create a link to the page where an end user looks after their factors.
///
/// For a page of yours about the account, to somebody who is logged in there. The link proves nothing: the page asks for a factor first,
/// and opens once. After that the end user sees, adds, names and removes factors and trusted devices. What passes there is no login:
/// nothing comes of it that validateSuccessToken would take. Making a link writes and sends nothing.
#[utoipa::path(
    post,
    path = "/server/factor-links",
    operation_id = "createFactorLink",
    tag = "Authentication",
    security(("bearer_auth" = [])),
    request_body(content = CreateFactorLink, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The link", body = FactorLink),
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
) -> Result<Json<FactorLink>, ApiError> {
    let now = service.clock.now();
    let (grant, _) = grant_form::read(&service, &backend, form, Audience::FactorLink, now).await?;
    let ring = service.ring(now).await?;
    let nonce = service.entropy.bytes();
    Ok(Json(FactorLink::issue(&ring, &grant, &service.config, now, nonce)?))
}
