//! The shop: password first, then the widget, then the check of what the browser brought back.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use onlyauth_core::time::Timestamp;
use serde_json::Value;
use url::Url;

use super::backend::{Backend, BackendError};
use super::choices::Choices;
use super::pages::{self, Confirm, Leave, LogIn, Phone, Text, Trouble, Welcome, Widget};
use super::sessions::{LIFETIME, Session, Sessions, Stage};
use super::setup::Account;
use super::users::{self, User};
use super::{factors, lost};
use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::form;
use crate::service::Service;

/// Cookies don't keep ports apart, so the name keeps away from whatever else runs on this host.
const COOKIE: &str = "demo_shop_session";

/// Name and password, and room for mistakes.
const LONGEST_FORM: usize = 4 * 1024;

/// The shop's parts; clones share them.
#[derive(Clone)]
pub(super) struct Shop(Arc<Parts>);

struct Parts {
    backend: Backend,
    sessions: Sessions,
    clock: Clock,
    entropy: Entropy,
    /// The base URL of the widget's region.
    base_url: Url,
    /// The shop's own origin.
    shop_url: String,
    policy: HeaderValue,
}

impl Shop {
    /// A shop at `shop_url` that reaches the API at `api`.
    pub(super) fn new(
        service: &Service,
        account: Account,
        api: SocketAddr,
        shop_url: &str,
    ) -> Self {
        let regions = service.config.served_regions();
        let origins: Vec<_> = regions.iter().map(|served| served.base_url.origin()).collect();
        let (region, base_url) = regions.first().map_or_else(
            || (String::new(), service.config.server.base_url.url().clone()),
            |served| (served.name.to_string(), served.base_url.url().clone()),
        );
        Self(Arc::new(Parts {
            backend: Backend::new(api, account, region),
            sessions: Sessions::default(),
            clock: service.clock.clone(),
            entropy: service.entropy.clone(),
            base_url,
            shop_url: shop_url.to_owned(),
            policy: pages::policy(&origins),
        }))
    }

    fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    pub(super) fn backend(&self) -> &Backend {
        &self.0.backend
    }

    /// A page of the shop, as the server is told of it.
    pub(super) fn address_of(&self, path: &str) -> String {
        format!("{}{path}", self.0.shop_url)
    }

    /// Forgets a session.
    pub(super) fn end(&self, id: &str) {
        self.0.sessions.end(id);
    }

    pub(super) fn session(&self, headers: &HeaderMap) -> Option<Session> {
        self.0.sessions.find(cookie(headers)?, self.now())
    }

    /// Begins a session under a new id: one that was known before the login must not be logged in by it.
    pub(super) fn begin(
        &self,
        user: &'static User,
        choices: Choices,
        stage: Stage,
    ) -> Result<HeaderValue, Trouble> {
        let random = self.0.entropy.bytes();
        let id = self.0.sessions.begin(user, choices, stage, self.now(), random);
        let age = LIFETIME.as_secs();
        HeaderValue::from_str(&format!(
            "{COOKIE}={id}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax"
        ))
        .map_err(|_| Trouble::Server)
    }

    /// Begins the second factor of a user whose password was right.
    pub(super) async fn ask(
        &self,
        user: &'static User,
        choices: Choices,
    ) -> Result<Response, Trouble> {
        let redirect_uri = self.address_of("/return");
        let token = self.0.backend.create_access_token(user, choices, &redirect_uri).await;
        let cookie = self.begin(user, choices, Stage::Pending(token.map_err(trouble)?))?;
        Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/confirm")).into_response())
    }

    /// The widget for one login.
    fn widget(&self, token: &str, choices: Choices) -> Widget {
        let at = |path: &str| {
            let mut url = self.0.base_url.clone();
            url.set_path(path);
            url
        };
        let (app_id, mut address) = (self.0.backend.app_id(), at("/client"));
        address.query_pairs_mut().append_pair("token", token).append_pair("app_id", &app_id);
        if choices.theme() != "system" {
            address.query_pairs_mut().append_pair("theme", choices.theme());
        }
        let script = at("/v1/embed.js").into();
        Widget { script, token: token.to_owned(), app_id, address: address.into() }
    }
}

/// The shop's addresses.
pub(super) fn router(shop: Shop) -> Router {
    let policy = shop.0.policy.clone();
    Router::new()
        .route("/", get(front))
        .route("/login", post(log_in))
        .route("/confirm", get(confirm))
        .route("/choose", post(choose))
        .route("/factors", get(factors::leave))
        .route("/leave", get(leave))
        .route("/lost", get(lost::show).post(lost::reset))
        .route("/phone", get(phone))
        .route("/return", get(come_back))
        .route("/welcome", get(welcome))
        .route("/shop.css", get(pages::style))
        .route("/shop.js", get(pages::script))
        .route("/shop.svg", get(pages::icon))
        .fallback(|| async { Trouble::NotFound })
        .layer(middleware::map_response(move |response: Response| {
            let policy = policy.clone();
            async move { pages::secure(response, policy) }
        }))
        .with_state(shop)
}

async fn front(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let wanted = value(query.as_bytes(), "user");
    let user = wanted.as_deref().and_then(users::find).unwrap_or(&users::ALL[0]);
    LogIn::new(user.login.to_owned(), false, Choices::read(query.as_bytes())).into_response()
}

async fn log_in(State(shop): State<Shop>, request: Request) -> Result<Response, Trouble> {
    let body = read(request).await?;
    let user_name = value(&body, "user_name").unwrap_or_default();
    let password = value(&body, "password").unwrap_or_default();
    let choices = Choices::read(&body);
    match users::log_in(&user_name, &password) {
        Some(user) => shop.ask(user, choices).await,
        None => {
            Ok((StatusCode::UNAUTHORIZED, LogIn::new(user_name, true, choices)).into_response())
        }
    }
}

/// Begins the second factor anew, in another way: the language and the phone are in the access token.
async fn choose(State(shop): State<Shop>, request: Request) -> Result<Response, Trouble> {
    let session = shop.session(request.headers()).ok_or(Trouble::NoSession)?;
    let choices = Choices::read(&read(request).await?);
    if let Stage::LoggedIn(_) = session.stage {
        return Ok(Redirect::to("/welcome").into_response());
    }
    let answer = shop.ask(session.user, choices).await?;
    shop.0.sessions.end(&session.id);
    Ok(answer)
}

/// The page with the widget; a reload finds the same login again.
async fn confirm(State(shop): State<Shop>, headers: HeaderMap) -> Result<Response, Trouble> {
    let session = shop.session(&headers).ok_or(Trouble::NoSession)?;
    Ok(match &session.stage {
        Stage::Pending(token) => {
            let Session { user, choices, .. } = session;
            Confirm { user, choices, widget: shop.widget(token, choices) }.into_response()
        }
        Stage::LoggedIn(_) => Redirect::to("/welcome").into_response(),
    })
}

/// Where the element leads on to the widget's own page. Not the page with the phone, which then stays behind.
async fn leave(State(shop): State<Shop>, headers: HeaderMap) -> Result<Response, Trouble> {
    let session = shop.session(&headers).ok_or(Trouble::NoSession)?;
    Ok(match &session.stage {
        Stage::Pending(token) => {
            let choices = session.choices;
            Leave { choices, widget: shop.widget(token, choices) }.into_response()
        }
        Stage::LoggedIn(_) => Redirect::to("/welcome").into_response(),
    })
}

async fn phone(State(shop): State<Shop>, headers: HeaderMap) -> Result<Response, Trouble> {
    let session = shop.session(&headers).ok_or(Trouble::NoSession)?;
    let number = session.choices.phone_of(session.user);
    let messages = shop.0.backend.messages(number).await.map_err(trouble)?;
    let now = shop.now();
    let texts = messages.iter().map(|message| Text::new(message, now)).collect();
    Ok(Phone { number, choices: session.choices, texts }.into_response())
}

/// The `redirect_uri`. The token counts only for the login that this browser's session has in mind, so that
/// nobody gets a victim to finish a login of the attacker's (or the reverse).
async fn come_back(
    State(shop): State<Shop>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Trouble> {
    let session = shop.session(&headers).ok_or(Trouble::NoSession)?;
    let token = value(query.unwrap_or_default().as_bytes(), "token").ok_or(Trouble::NoToken)?;
    let proof = shop.0.backend.validate_success_token(&token, session.user).await;
    let proof = proof.map_err(trouble)?;
    // The server compared already; a shop that trusts nobody compares again.
    if proof.get("end_user_uuid").and_then(Value::as_str) != Some(session.user.uuid) {
        return Err(Trouble::OtherUser);
    }
    let proof = serde_json::to_string_pretty(&proof).map_err(|_| Trouble::Server)?;
    shop.0.sessions.end(&session.id);
    let cookie = shop.begin(session.user, session.choices, Stage::LoggedIn(proof))?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/welcome")).into_response())
}

async fn welcome(State(shop): State<Shop>, headers: HeaderMap) -> Result<Response, Trouble> {
    let session = shop.session(&headers).ok_or(Trouble::NoSession)?;
    Ok(match session.stage {
        Stage::LoggedIn(proof) => {
            Welcome { user: session.user, choices: session.choices, proof }.into_response()
        }
        Stage::Pending(_) => Redirect::to("/confirm").into_response(),
    })
}

pub(super) fn trouble(error: BackendError) -> Trouble {
    match error {
        BackendError::Refused { code } if code == "end_user_mismatch" => Trouble::OtherUser,
        BackendError::Refused { code } if code == "not_found" => Trouble::TokenRefused,
        error => {
            tracing::warn!(error = %error, "demo.call_failed");
            Trouble::Server
        }
    }
}

pub(super) async fn read(request: Request) -> Result<axum::body::Bytes, Trouble> {
    let body = axum::body::to_bytes(request.into_body(), LONGEST_FORM).await;
    body.map_err(|_| Trouble::BadForm)
}

/// The one value of a field; a doubled field has none.
pub(super) fn value(form: &[u8], name: &str) -> Option<String> {
    let fields = form::parse(form).ok()?;
    let mut values = fields.into_iter().filter(|(field, _)| field == name).map(|(_, value)| value);
    values.next().filter(|_| values.next().is_none())
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE).then_some(value)
    });
    pairs.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!(cookie(&headers), None);
        let value = HeaderValue::from_static("a=1; demo_shop_session=abc; b=2");
        headers.insert(header::COOKIE, value);
        assert_eq!(cookie(&headers), Some("abc"));
    }

    #[test]
    fn a_doubled_field_has_no_value() {
        assert_eq!(value(b"token=a", "token").as_deref(), Some("a"));
        assert_eq!(value(b"token=a&token=b", "token"), None);
        assert_eq!(value(b"x=a", "token"), None);
    }
}
