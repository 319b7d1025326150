//! The API for customers' backends: one file per URL noun, one function per verb.

pub mod access_tokens;
pub mod action_view;
pub mod actions;
pub mod app_form;
pub mod app_path;
pub mod apps;
pub mod audit;
pub mod audit_view;
pub mod auth;
pub mod factor_links;
pub mod grant_form;
pub mod health;
pub mod openapi;
pub mod paging;
pub mod receipts;
pub mod success_tokens;
pub mod trusted_device_view;
pub mod user_export;
pub mod user_view;
pub mod users;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::ApiError;
use crate::service::Service;

/// The operations, with their descriptions for `openapi.json`.
pub fn operations() -> OpenApiRouter<Service> {
    OpenApiRouter::new()
        .routes(routes!(access_tokens::create))
        .routes(routes!(factor_links::create))
        .routes(routes!(success_tokens::validate_by_query, success_tokens::validate))
        .routes(routes!(apps::list, apps::create))
        .routes(routes!(apps::show, apps::update, apps::delete))
        .routes(routes!(users::find))
        .routes(routes!(users::list::list))
        .routes(routes!(users::import::import))
        .routes(routes!(users::show, users::erase::erase))
        .routes(routes!(users::unlock))
        .routes(routes!(actions::list))
        .routes(routes!(actions::show))
        .routes(routes!(users::reset::reset))
        .routes(routes!(users::export::export))
        .routes(routes!(users::factors::remove))
        .routes(routes!(users::devices::forget_all))
        .routes(routes!(users::devices::forget))
        .routes(routes!(audit::list))
        .routes(routes!(crate::sandbox::messages::list))
}

/// The API's routes.
pub fn router() -> Router<Service> {
    let (router, _) = operations().split_for_parts();
    router
        // Called by providers, not by customers' backends, and so no operation of openapi.json.
        .route(receipts::PATH, post(receipts::create))
        // The form reader has its own limit, which answers in our words.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(protect))
}

/// No HEAD, and answers that stay with the caller: they hold personal data and tokens.
///
/// GET handlers would answer HEAD too; here a HEAD could consume a success token that nobody sees.
async fn protect(request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::HEAD {
        ApiError::MethodNotAllowed.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
