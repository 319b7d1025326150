//! The widget of a region lives at that region's base URL. Opened at another one of ours, it moves there.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::page::{policy, set_headers};
use super::visit::Visit;
use crate::form;

/// In the query of whoever was sent to the right base URL.
const SENT: &str = "moved";

/// The way to the right base URL, if the browser asked for the widget at another one.
///
/// Row 40: a `Host` header only chooses among configured addresses. One that is none of them, whoever made it up,
/// changes nothing. A proxy may write one and the same name into every request; so whoever was sent here is served
/// here, instead of being sent in circles.
pub(super) fn elsewhere(
    visit: &Visit,
    page: &str,
    headers: &HeaderMap,
    query: &str,
) -> Option<Response> {
    let config = &visit.service.config;
    let right = config.base_url_of(&visit.grant().region);
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let was_sent = form::known(query, &[SENT]).is_ok_and(|fields| !fields.is_empty());
    if was_sent || right.is_host(host) || !config.base_urls().any(|base_url| base_url.is_host(host))
    {
        return None;
    }
    let mut target = right.url().clone();
    target.set_path(page);
    target.set_query(Some(&format!("{query}&{SENT}=1")));
    let mut response = StatusCode::FOUND.into_response();
    let location = HeaderValue::from_str(target.as_str()).ok()?;
    response.headers_mut().insert(header::LOCATION, location);
    set_headers(response.headers_mut(), &policy(Some(&visit.place.app.settings)), None);
    Some(response)
}
