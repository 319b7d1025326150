//! A page of the widget: who may frame it, the headers of every one, and the pages of those who have no login.
//!
//! Pages hold access tokens and success tokens, so they are never compressed: how well a secret compresses beside
//! what an attacker can place into the same answer tells the secret (BREACH). They are a few kilobytes.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use onlyauth_core::app::AppSettings;
use onlyauth_core::success_token::SuccessToken;

use super::place::{Masked, Place};
use super::screen::{End, Passed, Resume};
use super::shell::{Facts, LoginName, Shell};
use super::state::State;
use super::visit::{Denied, Ended, Visit};
use super::words::{Said, Words};
use crate::error::ApiError;
use crate::locale::Locale;

/// A rendered page.
pub(super) struct Page {
    html: Result<String, askama::Error>,
    status: StatusCode,
    retry_after: Option<u64>,
    policy: String,
    /// What the browser is to keep.
    cookie: Option<HeaderValue>,
}

impl Page {
    fn new(app: Option<&AppSettings>, status: StatusCode, screen: &impl Template) -> Self {
        let html = screen.render();
        Self { html, status, retry_after: None, policy: policy(app), cookie: None }
    }

    /// A page of an app.
    pub(super) fn of(place: &Place, screen: &impl Template) -> Self {
        Self::new(Some(&place.app.settings), StatusCode::OK, screen)
    }

    /// A page of no app, which nobody may frame.
    pub(super) fn nobodys(screen: &impl Template) -> Self {
        Self::new(None, StatusCode::OK, screen)
    }

    /// The page, or the page that says why there is none.
    /// `login` is what to go on with after trouble.
    pub(super) fn from_result(result: Result<Self, Denied>, login: Option<LoginName>) -> Response {
        let page = match result {
            Ok(page) => page,
            Err(Denied::BadToken(code)) => Self::bad_token(code),
            Err(Denied::Ended(place, why)) => Self::ended(&place, why),
            Err(Denied::Fault(error, place)) => Self::fault(&error, place.as_ref(), login),
        };
        page.into_response()
    }

    /// The way home. A page, not a redirect: `form-action 'self'` would stop a redirect after a form.
    pub(super) fn passed(visit: &Visit, token: &SuccessToken) -> Self {
        let target = visit.redirect.with_token(&token.reveal());
        Self::way_home(&visit.place, target, token.reveal().clone())
    }

    /// The same for any way home.
    pub(super) fn way_home(place: &Place, target: String, token: String) -> Self {
        let (target, token) = (Masked::new(target), Masked::new(token));
        let shell = Shell::of(place, State::Passed, Facts::default()).ended();
        Self::of(place, &Passed { shell, target, token })
    }

    /// The same page with the status of a refusal.
    pub(super) fn refused(mut self) -> Self {
        self.status = StatusCode::BAD_REQUEST;
        self
    }

    /// The same page with the status of a token that is worth nothing any more.
    pub(super) fn unauthorized(mut self) -> Self {
        self.status = StatusCode::UNAUTHORIZED;
        self
    }

    /// The same page with the status of something that is not allowed.
    pub(super) fn forbidden(mut self) -> Self {
        self.status = StatusCode::FORBIDDEN;
        self
    }

    /// The same page with the status of a limit that is over after so many seconds.
    pub(super) fn too_many(mut self, wait: u64) -> Self {
        (self.status, self.retry_after) = (StatusCode::TOO_MANY_REQUESTS, Some(wait));
        self
    }

    /// The same page, with something for the browser to keep; None: nothing.
    pub(super) fn with_cookie(mut self, cookie: Option<HeaderValue>) -> Self {
        self.cookie = cookie;
        self
    }

    /// No token in the address.
    pub(super) fn resume(page: &str) -> Self {
        let words = nobodys();
        let code = for_the_developer(&words, "token_missing");
        let facts = Facts { error: Some("token_missing"), ..Facts::default() };
        let shell =
            Shell { action: page.to_owned(), ..Shell::nobodys(words, State::Resume, facts) };
        let screen = Resume { shell, code };
        Self::new(None, StatusCode::BAD_REQUEST, &screen)
    }

    /// Not a token of ours.
    pub(super) fn bad_token(code: &'static str) -> Self {
        let words = nobodys();
        let facts = Facts { error: Some(code), ..Facts::default() };
        let screen = End {
            heading: words.say("start-again-title"),
            text: words.say("bad-token-text"),
            code: Some(for_the_developer(&words, code)),
            shell: Shell::nobodys(words, State::BadToken, facts),
            ways: Vec::new(),
            retry: false,
        };
        Self::new(None, StatusCode::UNAUTHORIZED, &screen)
    }

    /// A genuine token that is worth nothing any more.
    pub(super) fn ended(place: &Place, why: Ended) -> Self {
        let state = why.state();
        let text = match why {
            Ended::RedirectRefused => "redirect-refused-text",
            _ => "ended-text",
        };
        let facts = Facts { error: Some(state.as_str()), ..Facts::default() };
        let screen = End {
            shell: Shell::of(place, state, facts).ended(),
            heading: place.words.say("start-again-title"),
            text: place.words.say(text),
            code: Some(for_the_developer(&place.words, state.as_str())),
            ways: Vec::new(),
            retry: false,
        };
        Self::new(Some(&place.app.settings), StatusCode::UNAUTHORIZED, &screen)
    }

    /// The time of somebody who had passed is over.
    pub(super) fn over(place: &Place) -> Self {
        let state = State::Expired;
        let facts = Facts { error: Some(state.as_str()), ..Facts::default() };
        let screen = End {
            shell: Shell::of(place, state, facts).ended(),
            heading: place.words.say("expired-title"),
            text: place.words.say("expired-text"),
            code: None,
            ways: Vec::new(),
            retry: false,
        };
        Self::of(place, &screen)
    }

    /// Trouble on our side.
    pub(super) fn fault(error: &ApiError, place: Option<&Place>, login: Option<LoginName>) -> Self {
        let (code, status) = error.code();
        let facts = Facts { error: Some(code), retryable: true, ..Facts::default() };
        let shell = match place {
            Some(place) => Shell::of(place, State::Fault, facts),
            None => Shell::nobodys(nobodys(), State::Fault, facts).with_login(login),
        };
        let screen = End {
            heading: shell.words.say("fault-title"),
            text: shell.words.say("fault-text"),
            code: Some(for_the_developer(&shell.words, code)),
            retry: shell.login.is_some(),
            shell,
            ways: Vec::new(),
        };
        let mut page = Self::new(place.map(|place| &place.app.settings), status, &screen);
        page.retry_after = error.retry_after();
        page
    }

    #[cfg(test)]
    pub(super) fn html(self) -> String {
        self.html.unwrap_or_default()
    }

    /// With the headers of security.
    pub(super) fn into_response(self) -> Response {
        let html = match self.html {
            Ok(html) => html,
            Err(error) => {
                tracing::error!(error = %error, "widget.template_failed");
                return ApiError::Internal.into_response();
            }
        };
        let mut response = (self.status, Html(html)).into_response();
        set_headers(response.headers_mut(), &self.policy, self.retry_after);
        if let Some(cookie) = self.cookie {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }
}

pub(super) fn set_headers(headers: &mut HeaderMap, policy: &str, retry_after: Option<u64>) {
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Settings are checked to be plain origins; should one not fit into a header, nobody may frame.
    let policy = HeaderValue::from_str(policy)
        .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// Row 24: only the app's own origins may frame its widget; a page that belongs to no known app, nobody.
pub(super) fn policy(app: Option<&AppSettings>) -> String {
    let ancestors = app.map(AppSettings::frame_ancestors).unwrap_or_default().join(" ");
    let ancestors = if ancestors.is_empty() { "'none'" } else { &ancestors };
    let icon = app.and_then(AppSettings::icon_origin).map(|origin| format!(" {origin}"));
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{}; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}",
        icon.unwrap_or_default()
    )
}

/// For a page that belongs to no known app, and so to no known language.
fn nobodys() -> Words {
    Words::new(Locale::english(), Some("OnlyAuth"))
}

/// A line for the developer.
pub(super) fn for_the_developer(words: &Words, code: &str) -> Said {
    words.with_code("for-the-developer", code)
}
