//! A one-time link to the pages on which end users look after their factors.
//!
//! What it holds opens this page and no other. A GET changes nothing, so that previews and scanners of messages don't use it up;
//! the first form of it that is posted gets a token for the widget, and every other form learns that it was used.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use onlyauth_core::access_token::{self, Audience, Grant};
use onlyauth_core::challenge::AttemptKey;
use onlyauth_core::time::Timestamp;
use onlyauth_store::Opening;

use super::screen::{LinkUsed, LinkView};
use crate::error::ApiError;
use crate::form::Form;
use crate::service::Service;
use crate::widget::browser::Browser;
use crate::widget::page::Page;
use crate::widget::place::SchemeWish;
use crate::widget::standing::Login;
use crate::widget::visit::{Denied, Ended, Visit};
use crate::widget::{Asked, Fields, name, region};

/// The address of the page.
pub(in crate::widget) const PATH: &str = "/factors";

const AUDIENCES: [Audience; 1] = [Audience::FactorLink];

/// Shows where the link leads.
pub(in crate::widget) async fn show_link(
    State(service): State<Service>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let Some(asked) = Asked::read(&query) else { return Page::resume(PATH).into_response() };
    let browser = Browser::read(peer, &headers, &service.config.server);
    let (token, app_id) = (asked.token.reveal(), asked.app_id.as_deref());
    let scheme = SchemeWish::read(&query);
    let visit = match visit(&service, (token, app_id), scheme, browser).await {
        Ok(visit) => visit,
        Err(denied) => return Page::from_result(Err(denied), name(token, app_id)),
    };
    if let Some(moved) = region::elsewhere(&visit, PATH, &headers, &query) {
        return moved;
    }
    form(&visit).into_response()
}

/// Opens the link, once.
pub(in crate::widget) async fn open_link(
    State(service): State<Service>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    form: Result<Form, ApiError>,
) -> Response {
    let fields = match form {
        Ok(form) => Fields::read(form),
        Err(error) => return Page::from_result(Err(error.into()), None),
    };
    let scheme = SchemeWish::read(&query.unwrap_or_default());
    let browser = Browser::that_posts(peer, &headers, &service.config.server);
    let page = open(&service, &fields, scheme, browser).await;
    Page::from_result(page, name(&fields.token, Some(&fields.app_id)))
}

async fn open(
    service: &Service,
    fields: &Fields,
    scheme: SchemeWish,
    browser: Browser,
) -> Result<Page, Denied> {
    let app_id = Some(fields.app_id.as_str());
    let link = visit(service, (&fields.token, app_id), scheme, browser.clone()).await?;
    let key = AttemptKey::parse(fields.attempt.as_deref().unwrap_or_default());
    let Some(key) = key.filter(|_| !fields.strange) else { return Ok(form(&link)) };
    let opening = Opening {
        client_id: link.grant().client_id,
        action_id: link.action_id(),
        fingerprint: key.hash(),
        now: link.now,
        expires_at: link.opened.start_before,
    };
    let opened = service.store.factor_link_open(&opening).await;
    let opened_at = opened.map_err(|error| Denied::from(error).during(&link))?;
    let Some(token) = opened_at.map(|at| token(&link, at)).transpose()?.flatten() else {
        return Ok(LinkUsed::page(&link.place));
    };
    if opened_at == Some(link.now) {
        link.log(None, "factor_link.opened");
    }
    let visit = Visit::open(service, &token, app_id, scheme, browser).await?;
    let login = Login::find(&visit).await.map_err(|denied| denied.during(&visit))?;
    Ok(login.page(&visit))
}

/// The widget's token for whoever opened the link at this moment, the same rights each time; None once what it could have
/// started is over.
fn token(link: &Visit, opened_at: Timestamp) -> Result<Option<String>, Denied> {
    let service = &link.service;
    let tokens = &service.config.tokens;
    let longest = tokens.start_within + tokens.action_lifetime;
    if link.now.is_expired(opened_at.plus(longest)) {
        return Ok(None);
    }
    let grant = Grant { audience: Audience::Factors, ..link.grant().clone() };
    let (within, nonce) = (tokens.start_within, service.entropy.bytes());
    Ok(Some(access_token::issue(&link.ring, &grant, opened_at, within, nonce)?))
}

fn form(visit: &Visit) -> Page {
    LinkView::page(&visit.place, AttemptKey::new(visit.service.entropy.bytes()).text())
}

/// A visit by a link that is not over.
async fn visit(
    service: &Service,
    (token, app_id): (&str, Option<&str>),
    scheme: SchemeWish,
    browser: Browser,
) -> Result<Visit, Denied> {
    let visit = Visit::at(service, PATH, (token, app_id, &AUDIENCES), scheme, browser).await?;
    if visit.now.is_expired(visit.opened.start_before) {
        return Err(Denied::Ended(visit.place.clone(), Ended::TokenExpired));
    }
    Ok(visit)
}
