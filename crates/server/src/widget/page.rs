//! A page of the widget: which screen, who may frame it, and the headers of every one of them.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use onlyauth_core::action::{Resend, Standing};
use onlyauth_core::app::AppSettings;
use onlyauth_core::challenge::AttemptKey;
use onlyauth_core::channel::{Channel, Mode};
use onlyauth_core::success_token::SuccessToken;

use super::screen::{Choose, End, Enter, Hidden, Notice, Over, Passed, ResendWords, Resume, Shell};
use super::visit::{Denied, Visit};
use super::words;
use crate::error::ApiError;
use crate::tenants::App;

/// A rendered page.
pub(super) struct Page {
    html: Result<String, askama::Error>,
    status: StatusCode,
    retry_after: Option<u64>,
    policy: String,
}

impl Page {
    fn new(app: Option<&AppSettings>, status: StatusCode, screen: &impl Template) -> Self {
        Self { html: screen.render(), status, retry_after: None, policy: policy(app) }
    }

    fn of(visit: &Visit, screen: &impl Template) -> Self {
        Self::new(Some(&visit.app.settings), StatusCode::OK, screen)
    }

    /// The page, or the page that says why there is none.
    pub(super) fn from_result(result: Result<Self, Denied>) -> Response {
        let page = match result {
            Ok(page) => page,
            Err(Denied::BadToken(code)) => Self::bad_token(code),
            Err(Denied::Ended(app, code)) => Self::ended(&app.settings, code),
            Err(Denied::Fault(error, app)) => Self::fault(&error, app.as_deref()),
        };
        page.into_response()
    }

    /// Where a login stands.
    pub(super) fn standing(
        visit: &Visit,
        standing: Standing,
        hidden: Hidden,
        notice: Option<Notice>,
    ) -> Self {
        let end = |state, heading, text: String| {
            let shell = shell(&visit.app.settings, state);
            Self::of(visit, &End { shell, heading, text, code: "" })
        };
        let name = visit.app.settings.display_name();
        match standing {
            Standing::Choose => Self::choose(visit, hidden),
            Standing::Enter { tries_left, resend, .. } => {
                Self::enter(visit, hidden, tries_left, resend, notice)
            }
            Standing::CodeExpired(resend) => {
                let text = "Codes are good for a few minutes only.";
                Self::over(visit, hidden, ("code_expired", "That code has expired", text), resend)
            }
            Standing::TriesUsedUp(resend) => {
                let text = "That code was tried too often and is of no use any more.";
                Self::over(visit, hidden, ("tries_used_up", "Too many tries", text), resend)
            }
            Standing::Locked(Some(until)) => {
                let wait = words::span(visit.now.until(until));
                let text = format!(
                    "There were too many wrong codes in a row. You can try again in {wait}."
                );
                end("locked", "Codes are locked for now", text)
            }
            Standing::Locked(None) => {
                let text = format!(
                    "There were too many wrong codes in a row. Ask {name} to unlock your account."
                );
                end("locked_until_reset", "Codes are locked", text)
            }
            Standing::Passed => {
                let text =
                    format!("This login is confirmed. Continue at {name}, or start again there.");
                end("already_done", "Already confirmed", text)
            }
            Standing::Cancelled => {
                end("cancelled", "Login cancelled", format!("Start again at {name} if you like."))
            }
            Standing::Expired => {
                end("expired", "This login took too long", format!("Start again at {name}."))
            }
        }
    }

    fn choose(visit: &Visit, hidden: Hidden) -> Self {
        if !visit.app.settings.channels().contains(&Channel::Sms) {
            return Self::no_channel(visit);
        }
        Self::of(
            visit,
            &Choose {
                shell: shell(&visit.app.settings, "choose"),
                hidden,
                masked: visit.phone.masked(),
            },
        )
    }

    fn enter(
        visit: &Visit,
        hidden: Hidden,
        tries_left: u32,
        resend: Resend,
        notice: Option<Notice>,
    ) -> Self {
        let state = match notice {
            None => "code_sent",
            Some(Notice::Wrong) => "wrong_code",
            Some(Notice::Malformed) => "malformed_code",
            Some(Notice::TooSoon) => "resend_wait",
            Some(Notice::DeliveryFailed) => "delivery_failed",
        };
        Self::of(
            visit,
            &Enter {
                shell: shell(&visit.app.settings, state),
                hidden,
                masked: visit.phone.masked(),
                attempt: AttemptKey::new(visit.service.entropy.bytes()).text(),
                digits: visit.service.policy.codes.digits,
                tries_left,
                resend: resend_words(visit, resend),
                notice,
            },
        )
    }

    fn over(
        visit: &Visit,
        hidden: Hidden,
        (state, heading, text): (&'static str, &'static str, &'static str),
        resend: Resend,
    ) -> Self {
        Self::of(
            visit,
            &Over {
                shell: shell(&visit.app.settings, state),
                hidden,
                heading,
                text,
                resend: resend_words(visit, resend),
            },
        )
    }

    /// The way home. A page, not a redirect: `form-action 'self'` would stop a redirect after a form.
    pub(super) fn passed(visit: &Visit, token: &SuccessToken) -> Self {
        let target = visit.redirect.with_token(&token.reveal());
        Self::of(visit, &Passed { shell: shell(&visit.app.settings, "passed"), target })
    }

    /// Every channel of the app that this server can use is switched off.
    pub(super) fn no_channel(visit: &Visit) -> Self {
        let name = visit.app.settings.display_name();
        let screen = End {
            shell: shell(&visit.app.settings, "no_channel"),
            heading: "No way to confirm",
            text: format!("{name} allows no way of confirming that works here. Ask them for help."),
            code: "no_channel",
        };
        Self::of(visit, &screen)
    }

    /// A limit was met.
    pub(super) fn limited(visit: &Visit, limited: &ApiError) -> Self {
        let seconds = limited.retry_after().unwrap_or(1);
        let wait = words::span(std::time::Duration::from_secs(seconds));
        let screen = End {
            shell: shell(&visit.app.settings, "limited"),
            heading: "Too many codes",
            text: format!("Too many codes were asked for. You can try again in {wait}."),
            code: "rate_limited",
        };
        let mut page = Self::new(Some(&visit.app.settings), StatusCode::TOO_MANY_REQUESTS, &screen);
        page.retry_after = Some(seconds);
        page
    }

    /// The same page with the status of a refusal.
    pub(super) fn refused(mut self) -> Self {
        self.status = StatusCode::BAD_REQUEST;
        self
    }

    /// No token in the address.
    pub(super) fn resume() -> Self {
        Self::new(None, StatusCode::BAD_REQUEST, &Resume { shell: nobodys("resume") })
    }

    fn bad_token(code: &'static str) -> Self {
        let screen = End {
            shell: nobodys("bad_token"),
            heading: "Start again",
            text: "This login can't be continued. Go back to the site and log in again.".to_owned(),
            code,
        };
        Self::new(None, StatusCode::UNAUTHORIZED, &screen)
    }

    fn ended(app: &AppSettings, code: &'static str) -> Self {
        let screen = End {
            shell: shell(app, code),
            heading: "Start again",
            text: format!("This login can't be continued. Start again at {}.", app.display_name()),
            code,
        };
        Self::new(Some(app), StatusCode::UNAUTHORIZED, &screen)
    }

    fn fault(error: &ApiError, app: Option<&App>) -> Self {
        let app = app.map(|app| &app.settings);
        let (code, status) = error.code();
        let screen = End {
            shell: app.map_or_else(|| nobodys("fault"), |app| shell(app, "fault")),
            heading: "That didn't work",
            text: "Something is wrong on our side. Try again in a moment.".to_owned(),
            code,
        };
        let mut page = Self::new(app, status, &screen);
        page.retry_after = error.retry_after();
        page
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
        response
    }
}

fn set_headers(headers: &mut HeaderMap, policy: &str, retry_after: Option<u64>) {
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
fn policy(app: Option<&AppSettings>) -> String {
    let ancestors = app.map(AppSettings::frame_ancestors).unwrap_or_default().join(" ");
    let ancestors = if ancestors.is_empty() { "'none'" } else { &ancestors };
    let icon = app.and_then(AppSettings::icon_origin).map(|origin| format!(" {origin}"));
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{}; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}",
        icon.unwrap_or_default()
    )
}

fn shell(app: &AppSettings, state: &'static str) -> Shell {
    let sandbox = app.mode() == Mode::Sandbox;
    Shell::new(app.display_name().to_owned(), app.icon.clone(), sandbox, state)
}

/// Around a page that belongs to no known app.
fn nobodys(state: &'static str) -> Shell {
    Shell::new("OnlyAuth".to_owned(), String::new(), false, state)
}

fn resend_words(visit: &Visit, resend: Resend) -> ResendWords {
    match resend {
        Resend::Now => ResendWords::Now,
        Resend::At(moment) => ResendWords::In(words::span(visit.now.until(moment))),
        Resend::UsedUp => ResendWords::UsedUp,
    }
}
