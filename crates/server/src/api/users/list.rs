//! The end users of an app, page by page.

use axum::Json;
use axum::extract::{RawQuery, State};
use onlyauth_core::ids::UserId;
use onlyauth_core::personal::World;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::AppWorld;
use crate::api::auth::Backend;
use crate::api::paging::{self, Paging};
use crate::api::user_view::{Lens, User};
use crate::error::{ApiError, ErrorBody};
use crate::form::Reader;
use crate::service::Service;

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
        let next_cursor = paging::next(&users, limit, |user| user.id);
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
    let asked = AppWorld::read(&mut fields);
    let Paging { limit, cursor } = Paging::read(&mut fields);
    fields.finish()?;
    let (World { client_id, app_id, mode }, app) = asked.find(&service, &backend, now).await?;
    let page = service.store.end_user_list(client_id, app_id, mode, cursor, limit).await?;
    let (ring, policy) = (service.ring(now).await?, &service.policy.failures);
    let lens = Lens { ring: &ring, policy, app: Some(&app.settings), now };
    let users = page.into_iter().map(|user| User::of(user, &lens));
    let users = users.collect::<Result<Vec<_>, _>>()?;
    Ok(Json(Users::page(users, limit)))
}
