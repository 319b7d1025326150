//! Apps: a client's containers of settings.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use onlyauth_core::app::AppSettings;
use onlyauth_core::ids::AppId;
use onlyauth_store::{AppRecord, AppUpdate};
use serde::Serialize;
use utoipa::ToSchema;

use super::app_form::AppForm;
use super::auth::Backend;
use crate::app_view::AppView;
use crate::error::{ApiError, ErrorBody};
use crate::form::{Form, Reader};
use crate::service::Service;
use crate::tenants::App;

/// Other writers may come between reading an app and writing it; so often is it read again.
const MOST_TRIES: usize = 5;

/// Every app of the client.
#[derive(Debug, Serialize, ToSchema)]
pub struct Apps {
    /// The apps, oldest first.
    pub apps: Vec<AppView>,
}

/// One app, in an array: published clients decode one.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneApp {
    /// An array of one.
    #[schema(min_items = 1, max_items = 1)]
    pub app: Vec<AppView>,
}

/// The answer of deleteApp.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeletedApp {
    /// Empty: it is gone.
    pub app: NoApp,
}

/// An object without keys.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoApp {}

impl OneApp {
    fn new(app: &App) -> Json<Self> {
        Json(Self { app: vec![AppView::new(&app.record, &app.settings)] })
    }
}

/// List the client's apps.
#[utoipa::path(
    get,
    path = "/apps",
    operation_id = "getApps",
    tag = "Apps",
    security(("bearer_auth" = [])),
    params(("client_id" = String, Query, description = "The client that the secret belongs to")),
    responses(
        (status = 200, description = "List of apps", body = Apps),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
    )
)]
pub async fn list(
    State(service): State<Service>,
    backend: Backend,
    RawQuery(query): RawQuery,
) -> Result<Json<Apps>, ApiError> {
    read_client_id(&backend, query.as_deref())?;
    let records = service.store.app_list(backend.client_id).await?;
    let apps = records
        .into_iter()
        .map(|record| App::read(record).map(|app| AppView::new(&app.record, &app.settings)))
        .collect::<Result<_, _>>()?;
    Ok(Json(Apps { apps }))
}

/// Create an app.
///
/// Any setting may be given; the others begin with their defaults.
#[utoipa::path(
    post,
    path = "/apps",
    operation_id = "newApp",
    tag = "Apps",
    security(("bearer_auth" = [])),
    request_body(content = AppForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "App created successfully", body = OneApp),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
    )
)]
pub async fn create(
    State(service): State<Service>,
    backend: Backend,
    form: Form,
) -> Result<Json<OneApp>, ApiError> {
    let mut fields = Reader::body(form);
    // Published clients leave it out: then the secret's client is meant.
    backend.require_own(fields.optional("client_id").as_deref())?;
    let settings = apply(&AppSettings::default(), fields)?;
    let record = AppRecord {
        client_id: backend.client_id,
        app_id: AppId::new(backend.now, service.entropy.bytes()),
        settings: to_json(&settings)?,
        revision: 1,
        created_at: backend.now,
        updated_at: backend.now,
    };
    if !service.store.app_create(&record).await? {
        // The client was removed since its secret was read.
        return Err(ApiError::InvalidAuthToken);
    }
    service.tenants.changed(backend.client_id);
    tracing::info!(app.id = %record.app_id, client.id = %record.client_id, "app.created");
    Ok(OneApp::new(&App { record, settings }))
}

/// Get one app.
#[utoipa::path(
    get,
    path = "/apps/{app_id}",
    operation_id = "getAppById",
    tag = "Apps",
    security(("bearer_auth" = [])),
    params(
        ("app_id" = String, Path, description = "The app"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "The app", body = OneApp),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such app of this client", body = ErrorBody),
    )
)]
pub async fn find(
    State(service): State<Service>,
    backend: Backend,
    Path(app_id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<OneApp>, ApiError> {
    read_client_id(&backend, query.as_deref())?;
    let app = read(&service, &backend, &app_id).await?;
    Ok(OneApp::new(&app))
}

/// Change settings of an app.
///
/// Settings that are not given stay. An empty body changes nothing.
#[utoipa::path(
    post,
    path = "/apps/{app_id}",
    operation_id = "updateApp",
    tag = "Apps",
    security(("bearer_auth" = [])),
    params(
        ("app_id" = String, Path, description = "The app"),
        ("client_id" = Option<String>, Query, description = "The client that the secret belongs to; here or in the body"),
    ),
    request_body(content = AppForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "App updated successfully", body = OneApp),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such app of this client", body = ErrorBody),
        (status = 503, description = "Nothing was done; try again", body = ErrorBody),
    )
)]
pub async fn update(
    State(service): State<Service>,
    backend: Backend,
    Path(app_id): Path<String>,
    RawQuery(query): RawQuery,
    form: Form,
) -> Result<Json<OneApp>, ApiError> {
    let mut in_query = Reader::query(query.as_deref(), &["client_id"])?;
    let mut fields = Reader::body(form);
    let named = [in_query.optional("client_id"), fields.optional("client_id")];
    for name in &named {
        backend.require_own(name.as_deref())?;
    }
    if named.iter().flatten().all(|name| name.trim().is_empty()) {
        fields.problem("'client_id' is required.");
    }
    in_query.finish()?;
    let given = fields.rest();
    fields.finish()?;
    let app_id: Option<AppId> = app_id.parse().ok();
    for _ in 0..MOST_TRIES {
        let app = match app_id {
            Some(id) => service.store.app_find(backend.client_id, id).await?,
            None => None,
        };
        let Some(record) = app else {
            // Bad input is told before absence, whether or not the app exists.
            AppSettings::default().apply(&given).map_err(ApiError::InvalidRequest)?;
            return Err(ApiError::NotFound);
        };
        let app = App::read(record)?;
        let settings = app.settings.apply(&given).map_err(ApiError::InvalidRequest)?;
        if settings == app.settings {
            return Ok(OneApp::new(&app));
        }
        let (id, seen) = (app.record.app_id, app.record.revision);
        let json = to_json(&settings)?;
        match service.store.app_update(backend.client_id, id, &json, seen, backend.now).await? {
            AppUpdate::Updated(record) => {
                service.tenants.changed(backend.client_id);
                tracing::info!(app.id = %id, client.id = %backend.client_id, "app.updated");
                return Ok(OneApp::new(&App { record, settings }));
            }
            AppUpdate::Gone => return Err(ApiError::NotFound),
            AppUpdate::Conflict => {}
        }
    }
    Err(ApiError::Overloaded)
}

/// Delete an app.
///
/// Its logins under way end, and its success tokens are worth nothing any more.
#[utoipa::path(
    delete,
    path = "/apps/{app_id}",
    operation_id = "deleteApp",
    tag = "Apps",
    security(("bearer_auth" = [])),
    params(
        ("app_id" = String, Path, description = "The app"),
        ("client_id" = String, Query, description = "The client that the secret belongs to"),
    ),
    responses(
        (status = 200, description = "App deleted successfully", body = DeletedApp),
        (status = 400, description = "Every problem of the input", body = ErrorBody),
        (status = 401, description = "No live secret, or another client's id", body = ErrorBody),
        (status = 404, description = "No such app of this client", body = ErrorBody),
    )
)]
pub async fn delete(
    State(service): State<Service>,
    backend: Backend,
    Path(app_id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<DeletedApp>, ApiError> {
    read_client_id(&backend, query.as_deref())?;
    let id: AppId = app_id.parse().map_err(|_| ApiError::NotFound)?;
    if !service.store.app_delete(backend.client_id, id).await? {
        return Err(ApiError::NotFound);
    }
    service.tenants.changed(backend.client_id);
    tracing::info!(app.id = %id, client.id = %backend.client_id, "app.deleted");
    Ok(Json(DeletedApp { app: NoApp {} }))
}

fn read_client_id(backend: &Backend, query: Option<&str>) -> Result<(), ApiError> {
    let mut fields = Reader::query(query, &["client_id"])?;
    backend.read_own(&mut fields)?;
    fields.finish()
}

async fn read(service: &Service, backend: &Backend, app_id: &str) -> Result<App, ApiError> {
    let id: AppId = app_id.parse().map_err(|_| ApiError::NotFound)?;
    let record = service.store.app_find(backend.client_id, id).await?.ok_or(ApiError::NotFound)?;
    App::read(record)
}

/// Applies what is left of the form, with the form's own problems and the settings' in one list.
fn apply(settings: &AppSettings, mut fields: Reader) -> Result<AppSettings, ApiError> {
    let given = fields.rest();
    let result = settings.apply(&given);
    if let Err(problems) = &result {
        for problem in problems {
            fields.problem(problem);
        }
    }
    fields.finish()?;
    result.map_err(ApiError::InvalidRequest)
}

fn to_json(settings: &AppSettings) -> Result<String, ApiError> {
    serde_json::to_string(settings).map_err(|error| {
        tracing::error!(error = %error, "app.settings_unwritable");
        ApiError::Internal
    })
}
