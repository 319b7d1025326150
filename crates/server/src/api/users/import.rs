//! End users from another system, a JSON object a line.

use axum::Json;
use axum::extract::{RawQuery, Request, State};
use onlyauth_core::audit::Actor;
use serde::Deserialize;
use utoipa::IntoParams;

use super::AppWorld;
use crate::api::auth::Backend;
use crate::error::{ApiError, ErrorBody};
use crate::form::{self, Reader};
use crate::import::{ImportError, Importer, Report};
use crate::service::Service;
use crate::webauthn::RelyingParty;

/// Longest body, in bytes.
const LONGEST: usize = 1024 * 1024;
/// Most lines of a body.
const MOST_LINES: usize = 1000;
/// What the body is.
const KIND: &str = "application/x-ndjson";

/// Where they are brought to.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query; Reader reads it, to list every problem at once")]
pub struct ImportUsers {
    /// The client that the secret belongs to.
    client_id: String,
    /// The app.
    app_id: String,
    /// `sandbox` or `live`; without it, as the app is.
    mode: Option<String>,
}

/// Import end users.
///
/// One JSON object a line: `end_user_uuid`, and `end_user_phone_number` (E.164), `totp_secret` (base32), `webauthn_credentials`, or several of them. At most 1,000
/// lines and 1 MiB: send more in several requests. Each line is imported as a whole or refused with its reasons; what is there
/// already stays as it is, so that the same lines can be sent again. Each end user to whom a line brings something gets an entry
/// in the audit.
#[utoipa::path(
    post,
    path = "/users/import",
    operation_id = "importUsers",
    tag = "Users",
    security(("bearer_auth" = [])),
    params(ImportUsers),
    request_body(
        content = String,
        content_type = "application/x-ndjson",
        description = "One JSON object a line",
        example = "{\"end_user_uuid\":\"user-42\",\"end_user_phone_number\":\"+14155552671\"}\n",
    ),
    responses(
        (status = 200, description = "What the lines came to, also where lines were refused", body = Report),
        (status = 400, description = "Every problem of the input; nothing was imported", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such app of this client", body = ErrorBody),
        (status = 413, description = "More than 1 MiB; nothing was imported", body = ErrorBody),
        (status = 415, description = "The body is no NDJSON; nothing was imported", body = ErrorBody),
        (status = 503, description = "overloaded or outcome_unknown: some lines may be imported. Send the same again", body = ErrorBody),
    )
)]
pub async fn import(
    State(service): State<Service>,
    backend: Backend,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Json<Report>, ApiError> {
    let now = service.clock.now();
    let mut fields = Reader::query(query.as_deref(), &["client_id", "app_id", "mode"])?;
    backend.read_own(&mut fields)?;
    let asked = AppWorld::read(&mut fields);
    let body = read_lines(request, &service, &mut fields).await?;
    fields.finish()?;
    let (world, _) = asked.find(&service, &backend, now).await?;
    let ring = service.ring(now).await?;
    let importer = Importer {
        store: &service.store,
        ring: &ring,
        entropy: &service.entropy,
        world,
        actor: Actor::Backend,
        rp_id: service.relying_party.as_ref().map(RelyingParty::rp_id),
        now,
        only_checks: false,
    };
    let lines = body.lines().map(|line| Ok(line.to_owned()));
    let report = importer.run(lines).await.map_err(stopped)?;
    tracing::info!(
        app.id = %world.app_id,
        client.id = %backend.client_id,
        created = report.created,
        updated = report.updated,
        unchanged = report.unchanged,
        refused = report.refused.len(),
        "users.imported"
    );
    Ok(Json(report))
}

async fn read_lines(
    request: Request,
    service: &Service,
    fields: &mut Reader,
) -> Result<String, ApiError> {
    let (parts, body) = request.into_parts();
    if !form::is_of_kind(&parts.headers, KIND) {
        return Err(ApiError::UnsupportedMediaType { expected: KIND });
    }
    let body = form::read_body_up_to(body, service, LONGEST).await?;
    let Ok(body) = String::from_utf8(body.into()) else {
        return Err(ApiError::invalid("The body is not UTF-8."));
    };
    match body.lines().filter(|line| !line.trim().is_empty()).count() {
        0 => fields.problem("There is nothing to import: send one JSON object a line."),
        lines if lines > MOST_LINES => fields.problem(format!(
            "The body has {lines} lines: send at most {MOST_LINES} in one request, and the rest in further ones."
        )),
        _ => {}
    }
    Ok(body)
}

fn stopped(error: ImportError) -> ApiError {
    match error {
        ImportError::Store(error) => error.into(),
        ImportError::Key(error) => error.into(),
        // They are in memory, and what was just read can be written.
        ImportError::Lines(_) | ImportError::Passkey(_) => ApiError::Internal,
    }
}
