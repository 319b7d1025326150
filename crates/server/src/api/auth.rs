//! Who calls: the API secret in `Authorization`.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use onlyauth_core::ids::ClientId;
use onlyauth_core::secret::ApiSecret;

use std::sync::Arc;

use crate::error::ApiError;
use crate::form::Reader;
use crate::service::Service;
use crate::tenants::Client;

/// A customer's backend that proved itself by a live API secret.
#[derive(Debug, Clone)]
pub struct Backend {
    /// Its client.
    pub client_id: ClientId,
    /// The client as read for this request.
    pub client: Arc<Client>,
}

impl FromRequestParts<Service> for Backend {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, ApiError> {
        let now = service.clock.now();
        let presented =
            parts.headers.get(header::AUTHORIZATION).ok_or(ApiError::InvalidAuthToken)?;
        let presented = presented.to_str().map_err(|_| ApiError::InvalidAuthToken)?;
        let secret =
            ApiSecret::parse(without_scheme(presented)).map_err(|_| ApiError::InvalidAuthToken)?;
        let client_id = secret.client_id();
        let client = service.tenants.client(client_id, now).await?;
        match client {
            Some(client) if client.has_secret(&secret.hash()) => Ok(Self { client_id, client }),
            _ => Err(ApiError::InvalidAuthToken),
        }
    }
}

impl Backend {
    /// Checks a `client_id` that the request names against the secret's. One that is not the secret's is the
    /// same 401 as a wrong secret, before any other problem is told.
    pub fn require_own(&self, named: Option<&str>) -> Result<(), ApiError> {
        match named {
            Some(named) if !named.trim().is_empty() && *named != *self.client_id.text() => {
                Err(ApiError::InvalidAuthToken)
            }
            _ => Ok(()),
        }
    }

    /// Reads the required `client_id` of a request.
    pub fn read_own(&self, fields: &mut Reader) -> Result<(), ApiError> {
        let named = fields.required("client_id");
        self.require_own(named.as_deref())
    }
}

/// The scheme is case-insensitive (RFC 9110 section 11.1), and one published client leaves it out.
fn without_scheme(value: &str) -> &str {
    let value = value.trim();
    match value.split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim_start(),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_may_be_in_any_case_or_missing() {
        for value in ["Bearer x", "bearer x", "BEARER  x", "x", " x "] {
            assert_eq!(without_scheme(value), "x", "{value:?}");
        }
        assert_eq!(without_scheme("Basic x"), "Basic x");
    }
}
