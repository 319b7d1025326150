//! The app that an address names.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use onlyauth_core::ids::AppId;

use crate::error::ApiError;
use crate::service::Service;

/// The `{app_id}` of an address; None where no app can be called so. That is told as absence, and only once
/// everything that is told before absence was.
#[derive(Debug, Clone, Copy)]
pub struct AppPath(pub Option<AppId>);

impl FromRequestParts<Service> for AppPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let named = Path::<String>::from_request_parts(parts, service).await;
        Ok(Self(named.ok().and_then(|Path(text)| text.parse().ok())))
    }
}
