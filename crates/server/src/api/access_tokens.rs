//! Access tokens: permission for one widget run. Signing writes nothing and sends nothing.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use onlyauth_core::access_token::{self, Audience, Grant, Subject};
use onlyauth_core::ids::{ActionId, AppId};
use onlyauth_core::language::Language;
use onlyauth_core::phone::PhoneNumber;
use onlyauth_core::redirect::RedirectUri;
use onlyauth_core::region::Region;
use onlyauth_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

use super::auth::Backend;
use crate::error::{ApiError, ErrorBody};
use crate::form::{Form, Reader};
use crate::locale::Locale;
use crate::service::Service;
use crate::tenants::App;

const LONGEST_END_USER: usize = 255;

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
    let (grant, locale) = read(&service, &backend, form, now).await?;
    let ring = service.ring(now).await?;
    let start_within = service.config.tokens.start_within;
    let token = access_token::issue(&ring, &grant, now, start_within, service.entropy.bytes())?;
    Ok(AccessToken { token, language: locale.tag() })
}

/// Reads the form into a grant, with every problem at once, and finds the texts for its language.
async fn read(
    service: &Service,
    backend: &Backend,
    form: Form,
    now: Timestamp,
) -> Result<(Grant, &'static Locale), ApiError> {
    let mut fields = Reader::body(form);
    backend.read_own(&mut fields)?;
    let most = service.config.server.access_tokens_per_second;
    backend.client.shed(most, now).map_err(|retry_at| {
        ApiError::rate_limited("access tokens per client and second", now, retry_at)
    })?;
    let app = read_app(service, backend, &mut fields).await?;
    let phone = read_phone(&mut fields, app.as_deref());
    let end_user = fields.required("end_user_uuid").filter(|value| {
        let fits = value.len() <= LONGEST_END_USER && !value.contains(char::is_control);
        if !fits {
            fields.problem("'end_user_uuid' must have 1 to 255 bytes and no control characters.");
        }
        fits
    });
    let redirect = read_redirect(&mut fields, app.as_deref());
    let language = fields.required("language").map(|text| Language::parse(&text));
    let language = language.and_then(|result| fields.keep(result));
    let region = read_region(service, &mut fields);
    fields.finish()?;
    let (
        Some(app),
        Some(phone),
        Some(end_user_uuid),
        Some(redirect_uri),
        Some(language),
        Some(region),
    ) = (app, phone, end_user, redirect, language, region)
    else {
        // Each missing value noted its problem above, and finish() refused.
        return Err(ApiError::Internal);
    };
    let locale = Locale::of(&language);
    let grant = Grant {
        audience: Audience::Login,
        action_id: ActionId::new(now, service.entropy.bytes()),
        client_id: backend.client_id,
        app_id: app.record.app_id,
        mode: app.settings.mode(),
        language: language.as_str().to_owned(),
        region: region.as_str().to_owned(),
        subject: Subject { phone: phone.as_e164().to_owned(), end_user_uuid, redirect_uri },
    };
    Ok((grant, locale))
}

/// An unknown app and another client's are one and the same problem.
async fn read_app(
    service: &Service,
    backend: &Backend,
    fields: &mut Reader,
) -> Result<Option<Arc<App>>, ApiError> {
    let Some(text) = fields.required("app_id") else { return Ok(None) };
    let app = match text.parse::<AppId>() {
        Ok(id) => service.tenants.app_of(&backend.client, id).await?,
        Err(_) => None,
    };
    match &app {
        None => fields.problem("'app_id' is not an app of this client."),
        Some(app) if !app.settings.is_enabled() => {
            fields.problem("'app_id' names an app that is switched off: set 'enabled' to 1.");
        }
        Some(_) => {}
    }
    Ok(app)
}

fn read_phone(fields: &mut Reader, app: Option<&App>) -> Option<PhoneNumber> {
    let text = fields.required("end_user_phone_number")?;
    let phone = fields.keep(PhoneNumber::parse(&text))?;
    if app.is_some_and(|app| !app.settings.allows_country(phone.country())) {
        fields.problem(format!(
            "'end_user_phone_number' is of country {}, which 'allowed_countries' of the app leaves out.",
            phone.country()
        ));
    }
    Some(phone)
}

fn read_redirect(fields: &mut Reader, app: Option<&App>) -> Option<String> {
    let text = fields.required("redirect_uri")?;
    let rule = app?.settings.redirect_rule();
    fields.keep(RedirectUri::check(&text, &rule))?;
    Some(text)
}

fn read_region(service: &Service, fields: &mut Reader) -> Option<Region> {
    let text = fields.required("region")?;
    let region = fields.keep(Region::parse(&text))?;
    if service.config.serves(&region) {
        return Some(region);
    }
    let known = service.config.served_regions();
    let names: Vec<String> = known.iter().map(|served| served.name.to_string()).collect();
    fields.problem(format!("'region' must be one of: {}.", names.join(", ")));
    None
}
