//! The end users of an app, page by page.

use axum::Json;
use axum::extract::{RawQuery, State};
use onlyauth_core::ids::{AppId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{read_mode, world_of};
use crate::api::auth::Backend;
use crate::api::user_view::User;
use crate::error::{ApiError, ErrorBody};
use crate::form::Reader;
use crate::service::Service;

/// End users on a page, where nobody says how many.
const DEFAULT_LIMIT: u32 = 20;
/// End users on a page at most.
const MOST: u32 = 100;

/// Whom to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query; Reader reads it, to list every problem at once")]
pub struct ListUsers {
    /// The client that the secret belongs to.
    client_id: String,
    /// The app.
    app_id: String,
    /// `sandbox` or `live`; without it, as the app is.
    mode: Option<String>,
    /// How many at most, 1 to 100.
    #[param(default = 20, minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Some end users of an app.
#[derive(Debug, Serialize, ToSchema)]
pub struct Users {
    /// The end users.
    pub users: Vec<User>,
    /// Asks for the page behind this one; null on the last.
    #[schema(value_type = Option<String>, example = "USER-01920000-0000-7000-8000-000000000000")]
    pub next_cursor: Option<UserId>,
}

impl Users {
    /// A page; where it is full, there may be one behind it.
    pub fn page(users: Vec<User>, limit: u32) -> Self {
        let full = u32::try_from(users.len()).is_ok_and(|found| found >= limit);
        let next_cursor = users.last().map(|user| user.id).filter(|_| full);
        Self { users, next_cursor }
    }
}

/// List the end users of an app.
///
/// In the order in which they became known, page by page: ask again with `next_cursor` until it is null. Who becomes known
/// meanwhile comes on a later page.
#[utoipa::path(
    get,
    path = "/users",
    operation_id = "listUsers",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(ListUsers),
    responses(
        (status = 200, description = "The end users", body = Users),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such app of this client", body = ErrorBody),
    )
)]
pub async fn list(
    State(service): State<Service>,
    backend: Backend,
    RawQuery(query): RawQuery,
) -> Result<Json<Users>, ApiError> {
    let now = service.clock.now();
    let known = ["client_id", "app_id", "mode", "limit", "cursor"];
    let mut fields = Reader::query(query.as_deref(), &known)?;
    backend.read_own(&mut fields)?;
    let app_id = fields.required("app_id");
    let mode = read_mode(&mut fields);
    let limit = read_limit(&mut fields);
    let cursor = fields.optional("cursor").filter(|text| !text.is_empty());
    let cursor = cursor.map(|text| text.parse::<UserId>());
    if let Some(Err(_)) = cursor {
        fields.problem("'cursor' must be the next_cursor of a page.");
    }
    fields.finish()?;
    let app_id: AppId = app_id.and_then(|text| text.parse().ok()).ok_or(ApiError::NotFound)?;
    let world = world_of(&service, &backend, app_id, mode, now).await?;
    let after = cursor.and_then(Result::ok);
    let page = service.store.end_user_list(world.client_id, app_id, world.mode, after, limit);
    let page = page.await?;
    let ring = service.ring(now).await?;
    let users = page.into_iter().map(|user| User::of(user, &ring, &service.policy.failures, now));
    let users = users.collect::<Result<Vec<_>, _>>()?;
    Ok(Json(Users::page(users, limit)))
}

fn read_limit(fields: &mut Reader) -> u32 {
    let Some(text) = fields.optional("limit") else { return DEFAULT_LIMIT };
    let limit = text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
    limit.unwrap_or_else(|| {
        fields.problem(format!("'limit' must be a number from 1 to {MOST}."));
        DEFAULT_LIMIT
    })
}
