//! The widget: server-rendered pages with plain forms, one file per step.
//!
//! One address, `/client`. A GET renders where the login stands and changes nothing; a POST carries the access
//! token in its body, does one thing, and answers with the page that follows.

mod assets;
mod browser;
mod catalogue;
mod check;
mod embed;
mod enrol;
mod fields;
mod limits;
mod locks;
mod manage;
mod page;
mod passkey;
mod place;
mod prove;
mod region;
mod screen;
mod send;
mod shell;
mod standing;
mod state;
mod style_sheet;
mod ticks;
mod told;
mod trust;
mod two;
mod view;
mod visit;
mod words;

pub(crate) use embed::router as embed_router;
pub use locks::ActionLocks;

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use onlyauth_core::action::{Command, Outcome};
use onlyauth_core::channel::Channel;

use crate::client_address::ClientAddress;
use crate::error::ApiError;
use crate::form::{self, Form};
use crate::service::Service;
use browser::Browser;
use fields::{Fields, Step};
use page::Page;
use place::{Masked, SchemeWish};
use shell::LoginName;
use standing::Login;
use ticks::Ticked;
use visit::{Denied, Visit};

/// The widget's routes.
pub fn router() -> Router<Service> {
    Router::new()
        .route(visit::PAGE, get(open).post(act))
        .route(manage::LINK, get(manage::show_link).post(manage::open_link))
        .route(passkey::WINDOW, get(passkey::window))
        .merge(assets::router())
}

/// The catalogue of states, for development only.
pub fn catalogue() -> Router<Service> {
    catalogue::router()
}

/// Shows where the login stands. Reloads, prefetches and link previews come here: nothing is sent, counted
/// or written.
async fn open(
    State(service): State<Service>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let Some(asked) = Asked::read(&query) else {
        return Page::resume(visit::PAGE).into_response();
    };
    let browser = Browser::read(peer, &headers, &service.config.server);
    let (token, app_id) = (asked.token.reveal(), asked.app_id.as_deref());
    let scheme = SchemeWish::read(&query);
    let visit = match Visit::open(&service, token, app_id, scheme, browser).await {
        Ok(visit) => visit,
        Err(denied) => return Page::from_result(Err(denied), name(token, app_id)),
    };
    if let Some(moved) = region::elsewhere(&visit, visit::PAGE, &headers, &query) {
        return moved;
    }
    let login = Login::find(&visit).await.map_err(|denied| denied.during(&visit));
    Page::from_result(login.map(|login| login.page(&visit)), None)
}

/// What an address asks for.
struct Asked {
    token: Masked,
    app_id: Option<String>,
}

impl Asked {
    /// None where there is no token.
    fn read(query: &str) -> Option<Self> {
        let fields = form::known(query, &["token", "app_id"]).unwrap_or_default();
        let value = |name: &str| {
            let values = fields.iter().filter(|(field, _)| field == name);
            let mut values = values.map(|(_, value)| value.clone());
            // Two tokens in one address are no token: which one counts must not be a matter of taste.
            values.next().filter(|_| values.next().is_none())
        };
        Some(Self { token: Masked::new(value("token")?), app_id: value("app_id") })
    }
}

/// Does what a form of the widget asks.
async fn act(
    State(service): State<Service>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    form: Result<Form, ApiError>,
) -> Response {
    let address = ClientAddress::read(peer, &headers, &service.config.server.trusted_proxies);
    let fields = match form {
        Ok(form) => Fields::read(form),
        Err(error) => return Page::from_result(Err(error.into()), None),
    };
    let scheme = SchemeWish::read(&query.unwrap_or_default());
    let page = async {
        let app_id = Some(fields.app_id.as_str());
        let browser = Browser::that_posts(peer, &headers, &service.config.server);
        let visit = Visit::open(&service, &fields.token, app_id, scheme, browser).await?;
        let visit = visit.showing(fields.first.as_deref()).ticking(Ticked::of(&fields));
        // Its state is as large as that of the largest step, and would be copied several times on its way through the router.
        let page = Box::pin(step(&visit, &fields, &address)).await;
        page.map_err(|denied| denied.during(&visit))
    };
    let first = fields.first.as_deref().map(Masked::new);
    let name = name(&fields.token, Some(&fields.app_id)).map(|name| LoginName { first, ..name });
    Page::from_result(page.await, name)
}

/// The login as a request named it: after trouble that is all that is known of it.
fn name(token: &str, app_id: Option<&str>) -> Option<LoginName> {
    let app_id = app_id?.to_owned();
    Some(LoginName { token: Masked::new(token), app_id, first: None, proof: None })
}

async fn step(visit: &Visit, fields: &Fields, address: &ClientAddress) -> Result<Page, Denied> {
    // What may be a guess is counted as one, whatever its shape.
    if fields.strange && !matches!(fields.step, Step::Check | Step::Passkey) {
        visit.service.metrics.widget_refusal("strange_form");
        return Ok(Login::find(visit).await?.page(visit).refused());
    }
    match fields.step {
        Step::Resume => resume(visit, fields).await,
        Step::Send => send::send(visit, fields, address).await,
        Step::Check => check::check(visit, fields, address).await,
        Step::Passkey => passkey::judge(visit, fields).await,
        Step::Keep => passkey::keep(visit, fields).await,
        Step::SetUpTotp => enrol::set_up(visit, fields).await,
        Step::ConfirmTotp => enrol::confirm(visit, fields).await,
        Step::BackupCodes => enrol::hand_out(visit, fields).await,
        Step::Leave => enrol::leave(visit, fields).await,
        Step::SetUpPasskey => passkey::set_up(visit, fields).await,
        Step::Factor(command) => manage::factor(visit, fields, command).await,
        Step::Device(command) => manage::device(visit, fields, command).await,
        Step::Trust => trust::stand_in(visit, address).await,
        Step::SetUpProof(wanted) => enrol::set_up_proof(visit, wanted, address).await,
        Step::Prove(Channel::Totp) => enrol::prove_by_totp(visit, fields).await,
        Step::Prove(_) => passkey::prove(visit, fields).await,
        Step::Choose { all } => Ok(Login::find(visit).await?.choose(visit, all)),
        Step::Extend => extend(visit, fields).await,
        Step::Cancel => cancel(visit).await,
    }
}

async fn resume(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    match manage::resumed(visit, fields, &login).await? {
        Some(page) => Ok(page),
        None => Ok(login.page(visit)),
    }
}

async fn cancel(visit: &Visit) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    if login.decide(Command::Cancel, visit) == Outcome::Cancel {
        visit
            .service
            .store
            .action_cancel(visit.grant().client_id, visit.action_id(), visit.now)
            .await?;
        visit.log(None, "login.cancelled");
    }
    Ok(Login::find(visit).await?.page(visit))
}

async fn extend(visit: &Visit, fields: &Fields) -> Result<Page, Denied> {
    let login = Login::find(visit).await?;
    if let Some(page) = manage::extended(visit, fields, &login).await? {
        return Ok(page);
    }
    let Outcome::Extend(expires_at) = login.decide(Command::Extend, visit) else {
        return Ok(login.page(visit));
    };
    let seen = login.record.action.as_ref().map_or(0, |action| action.extensions);
    let (client_id, action_id) = (visit.grant().client_id, visit.action_id());
    // False: another tab did the same, or the login ended; the page tells which.
    let store = &visit.service.store;
    if store.action_extend(client_id, action_id, seen, visit.now, expires_at).await? {
        visit.log(None, "login.extended");
    }
    Ok(Login::find(visit).await?.page(visit))
}
