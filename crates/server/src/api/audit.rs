//! The audit: what was done to end users' ways in, by whom and when.

use axum::Json;
use axum::extract::{RawQuery, State};
use onlyauth_core::ids::{AuditId, UserId};
use onlyauth_core::time::Timestamp;
use onlyauth_store::{AuditQuery, AuditSince};
use serde::Deserialize;
use utoipa::IntoParams;

use super::audit_view::AuditEntries;
use super::auth::Backend;
use super::paging::Paging;
use crate::config::Config;
use crate::error::{ApiError, ErrorBody};
use crate::form::Reader;
use crate::service::Service;

/// Last moment that can be asked for: the end of the year 9999, in Unix seconds.
pub const LAST: i64 = 253_402_300_799;

/// What to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query; Reader reads it, to list every problem at once")]
pub struct ListAuditEntries {
    /// The client that the secret belongs to.
    client_id: String,
    /// Only what was done to this end user, `USER-…`, who may be erased meanwhile.
    user_id: Option<String>,
    /// Only what was done at this moment or later, in Unix seconds.
    since: Option<i64>,
    /// How many at most, 1 to 100.
    #[param(default = 20, minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List what the audit says, newest first.
///
/// What was done to the ways in of the client's end users, in all apps, page by page: ask again with `next_cursor` until it
/// is null. What a login makes once stands where the login began. Entries leave after the time that retention gives them, by
/// default a year.
#[utoipa::path(
    get,
    path = "/audit",
    operation_id = "listAuditEntries",
    tag = "Audit",
    security(("bearer_auth" = [])),
    params(ListAuditEntries),
    responses(
        (status = 200, description = "The entries; none, where nobody of this client is called so", body = AuditEntries),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
    )
)]
pub async fn list(
    State(service): State<Service>,
    backend: Backend,
    RawQuery(query): RawQuery,
) -> Result<Json<AuditEntries>, ApiError> {
    let known = ["client_id", "user_id", "since", "limit", "cursor"];
    let mut fields = Reader::query(query.as_deref(), &known)?;
    backend.read_own(&mut fields)?;
    let user_id = fields.given("user_id").map(|text| text.parse::<UserId>());
    if let Some(Err(error)) = &user_id {
        fields.problem(format!("'user_id' can't be used: {error}."));
    }
    let at =
        fields.given("since").map(|text| text.parse().ok().filter(|at| (0..=LAST).contains(at)));
    if let Some(None) = at {
        fields.problem("'since' must be a moment in Unix seconds.");
    }
    let Paging { limit, cursor: before } = Paging::read(&mut fields);
    fields.finish()?;
    let query = AuditQuery {
        client_id: backend.client_id,
        user_id: user_id.and_then(Result::ok),
        since: at.flatten().map(|at| since(&service.config, at)),
        before,
        limit,
    };
    Ok(Json(AuditEntries::read(&service.store, &query).await?))
}

/// From a moment in Unix seconds on.
pub fn since(config: &Config, seconds: i64) -> AuditSince {
    let at = Timestamp::from_millis(seconds.saturating_mul(1000));
    AuditSince { at, first: AuditId::first_at(config.tokens.under_way_since(at)) }
}
