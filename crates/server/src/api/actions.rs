//! Logins: which there were, and what happened in each.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use onlyauth_core::ids::{ActionId, AppId, UserId};
use onlyauth_store::{ActionQuery, ActionStanding, EndUserKey};
use serde::Deserialize;
use utoipa::IntoParams;

use super::action_view::{Actions, OneAction};
use super::auth::Backend;
use super::paging::Paging;
use crate::error::{ApiError, ErrorBody};
use crate::form::Reader;
use crate::service::Service;

/// Logins of a client that are looked at for a page, at most: however rare what is asked for is, a page costs
/// milliseconds.
pub const LOOKS_AT: u32 = 2000;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query; Reader reads it, to list every problem at once")]
pub struct ListActions {
    /// The client that the secret belongs to.
    client_id: String,
    /// The app.
    app_id: String,
    /// Only logins of this end user, `USER-…`.
    user_id: Option<String>,
    /// Only those that are `open`, `passed`, `cancelled` or `expired`.
    status: Option<String>,
    /// How many at most, 1 to 100.
    #[param(default = 20, minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List logins of an app, newest first.
///
/// Page by page: ask again with `next_cursor` until it is null. A page may hold fewer logins than `limit`, or none, and
/// still have one after it. Logins leave after the time that retention gives them, by default 30 days.
#[utoipa::path(
    get,
    path = "/actions",
    operation_id = "listActions",
    tag = "Actions",
    security(("bearer_auth" = [])),
    params(ListActions),
    responses(
        (status = 200, description = "The logins", body = Actions),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such app of this client, or no such end user of the app", body = ErrorBody),
    )
)]
pub async fn list(
    State(service): State<Service>,
    backend: Backend,
    RawQuery(query): RawQuery,
) -> Result<Json<Actions>, ApiError> {
    let now = service.clock.now();
    let known = ["client_id", "app_id", "user_id", "status", "limit", "cursor"];
    let mut fields = Reader::query(query.as_deref(), &known)?;
    backend.read_own(&mut fields)?;
    let app_id = fields.required("app_id");
    let user_id = fields.given("user_id");
    let standing = read_standing(&mut fields);
    let Paging { limit, cursor } = Paging::read(&mut fields);
    fields.finish()?;
    let app_id: AppId = app_id.and_then(|text| text.parse().ok()).ok_or(ApiError::NotFound)?;
    let app = service.tenants.app(backend.client_id, app_id, now).await?;
    app.ok_or(ApiError::NotFound)?;
    let end_user = match user_id {
        Some(user_id) => Some(end_user(&service, &backend, app_id, &user_id).await?),
        None => None,
    };
    let query = ActionQuery {
        client_id: backend.client_id,
        app_id,
        end_user,
        standing,
        before: cursor,
        limit,
        looks_at: LOOKS_AT,
        now,
    };
    Ok(Json(Actions::new(service.store.action_list(&query).await?, now)))
}

/// Get one login with its time line.
///
/// What was offered, sent and judged, and why. Logins leave after the time that retention gives them, by default 30 days,
/// and are not found from then on.
#[utoipa::path(
    get,
    path = "/actions/{action_id}",
    operation_id = "getActionById",
    tag = "Actions",
    security(("bearer_auth" = [])),
    params(
        ("action_id" = String, Path, description = "The login: the `jti` of its access token, or `action_id` of what its success token proves", example = "ACTN-01920000-0000-7000-8000-000000000000"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "The login", body = OneAction),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such login of this client, or not any more", body = ErrorBody),
    )
)]
pub async fn show(
    State(service): State<Service>,
    backend: Backend,
    Path(action_id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<OneAction>, ApiError> {
    let now = service.clock.now();
    let mut fields = Reader::query(query.as_deref(), &["client_id"])?;
    backend.read_own(&mut fields)?;
    fields.finish()?;
    let action_id: ActionId = action_id.parse().map_err(|_| ApiError::NotFound)?;
    let history = service.store.action_history(backend.client_id, action_id).await?;
    let history = history.ok_or(ApiError::NotFound)?;
    Ok(Json(OneAction::new(history, now)))
}

/// An end user of this app; one of another app is none.
async fn end_user(
    service: &Service,
    backend: &Backend,
    app_id: AppId,
    user_id: &str,
) -> Result<EndUserKey, ApiError> {
    let user_id: UserId = user_id.parse().map_err(|_| ApiError::NotFound)?;
    let key = service.store.end_user_find_by_id(backend.client_id, user_id).await?;
    key.filter(|key| key.app_id == app_id).ok_or(ApiError::NotFound)
}

fn read_standing(fields: &mut Reader) -> Option<ActionStanding> {
    let text = fields.given("status")?;
    let standing = ActionStanding::ALL.into_iter().find(|standing| standing.as_str() == text);
    if standing.is_none() {
        fields.problem("'status' must be open, passed, cancelled or expired.");
    }
    standing
}
