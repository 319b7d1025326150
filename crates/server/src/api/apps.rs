//! Apps: a client's containers of settings.

use axum::Json;
use axum::extract::{RawQuery, State};
use onlyauth_core::app::AppSettings;
use onlyauth_core::ids::AppId;
use serde::Serialize;
use utoipa::ToSchema;

use super::app_form::AppForm;
use super::app_path::AppPath;
use super::auth::Backend;
use crate::app_store::{self, Updated};
use crate::app_view::AppView;
use crate::error::{ApiError, ErrorBody};
use crate::form::{Form, Reader};
use crate::service::Service;
use crate::tenants::App;

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
        .map(|record| app_store::read(record).map(|app| AppView::new(&app.record, &app.settings)))
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
    let now = service.clock.now();
    let mut fields = Reader::body(form);
    // Published clients leave it out: then the secret's client is meant.
    backend.require_own(fields.optional("client_id").as_deref())?;
    let given = fields.rest();
    let settings = fields.finish_with(AppSettings::default().apply(&given))?;
    let id = AppId::new(now, service.entropy.bytes());
    let app = app_store::create(&service.store, backend.client_id, id, settings, now).await?;
    service.tenants.changed(backend.client_id);
    tracing::info!(app.id = %id, client.id = %backend.client_id, "app.created");
    Ok(OneApp::new(&app))
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
pub async fn show(
    State(service): State<Service>,
    backend: Backend,
    AppPath(app_id): AppPath,
    RawQuery(query): RawQuery,
) -> Result<Json<OneApp>, ApiError> {
    read_client_id(&backend, query.as_deref())?;
    let id = app_id.ok_or(ApiError::NotFound)?;
    let app = app_store::find(&service.store, backend.client_id, id).await?;
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
    AppPath(app_id): AppPath,
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
    let (client_id, now) = (backend.client_id, service.clock.now());
    if fields.has_problems() {
        // All problems at once: the form's, and those that its settings would have.
        let settings = match app_id {
            Some(id) => app_store::find(&service.store, client_id, id).await.ok(),
            None => None,
        };
        let settings = settings.map(|app| app.settings).unwrap_or_default();
        return fields.finish_with(settings.apply(&given).map(drop)).and(Err(ApiError::Internal));
    }
    let Some(id) = app_id else {
        // Bad input is told before absence, whether or not there is such an app.
        AppSettings::default().apply(&given).map_err(ApiError::InvalidRequest)?;
        return Err(ApiError::NotFound);
    };
    let updated = app_store::update(&service.store, client_id, id, &given, now).await?;
    if let Updated::Changed(_) = updated {
        service.tenants.changed(client_id);
        tracing::info!(app.id = %id, client.id = %client_id, "app.updated");
    }
    Ok(OneApp::new(&updated.into_app()))
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
    AppPath(app_id): AppPath,
    RawQuery(query): RawQuery,
) -> Result<Json<DeletedApp>, ApiError> {
    read_client_id(&backend, query.as_deref())?;
    let id = app_id.ok_or(ApiError::NotFound)?;
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
