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
use super::visit::{Denied, Place, Visit};
use super::words::{Said, Words};
use crate::error::ApiError;
use crate::locale::Locale;

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
            Err(Denied::Ended(place, code)) => Self::ended(&place, code),
            Err(Denied::Fault(error, place)) => Self::fault(&error, place.as_ref()),
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
        let words = &visit.words;
        let end = |state, title, text: Said| {
            let shell = shell(&visit.place(), state);
            Self::of(visit, &End { shell, heading: words.say(title), text, code: None })
        };
        match standing {
            Standing::Choose => Self::choose(visit, hidden),
            Standing::Enter { tries_left, resend, .. } => {
                Self::enter(visit, hidden, tries_left, resend, notice)
            }
            Standing::CodeExpired(resend) => {
                let texts = ("code_expired", "code-expired-title", "code-expired-text");
                Self::over(visit, hidden, texts, resend)
            }
            Standing::TriesUsedUp(resend) => {
                let texts = ("tries_used_up", "tries-used-up-title", "tries-used-up-text");
                Self::over(visit, hidden, texts, resend)
            }
            Standing::Locked(Some(until)) => {
                let text = words.with_wait("locked-text", visit.now.until(until));
                end("locked", "locked-title", text)
            }
            Standing::Locked(None) => {
                let text = words.say("locked-until-reset-text");
                end("locked_until_reset", "locked-until-reset-title", text)
            }
            Standing::Passed => {
                end("already_done", "already-done-title", words.say("already-done-text"))
            }
            Standing::Cancelled => end("cancelled", "cancelled-title", words.say("cancelled-text")),
            Standing::Expired => end("expired", "expired-title", words.say("expired-text")),
        }
    }

    fn choose(visit: &Visit, hidden: Hidden) -> Self {
        if !visit.app.settings.channels().contains(&Channel::Sms) {
            return Self::no_channel(visit);
        }
        Self::of(
            visit,
            &Choose {
                shell: shell(&visit.place(), "choose"),
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
                shell: shell(&visit.place(), state),
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
        (state, title, text): (&'static str, &'static str, &'static str),
        resend: Resend,
    ) -> Self {
        Self::of(
            visit,
            &Over {
                shell: shell(&visit.place(), state),
                hidden,
                heading: visit.words.say(title),
                text: visit.words.say(text),
                resend: resend_words(visit, resend),
            },
        )
    }

    /// The way home. A page, not a redirect: `form-action 'self'` would stop a redirect after a form.
    pub(super) fn passed(visit: &Visit, token: &SuccessToken) -> Self {
        let target = visit.redirect.with_token(&token.reveal());
        Self::of(visit, &Passed { shell: shell(&visit.place(), "passed"), target })
    }

    /// Every channel of the app that this server can use is switched off.
    pub(super) fn no_channel(visit: &Visit) -> Self {
        let screen = End {
            shell: shell(&visit.place(), "no_channel"),
            heading: visit.words.say("no-channel-title"),
            text: visit.words.say("no-channel-text"),
            code: Some(for_the_developer(&visit.words, "no_channel")),
        };
        Self::of(visit, &screen)
    }

    /// A limit was met.
    pub(super) fn limited(visit: &Visit, limited: &ApiError) -> Self {
        let seconds = limited.retry_after().unwrap_or(1);
        let wait = std::time::Duration::from_secs(seconds);
        let screen = End {
            shell: shell(&visit.place(), "limited"),
            heading: visit.words.say("limited-title"),
            text: visit.words.with_wait("limited-text", wait),
            code: Some(for_the_developer(&visit.words, "rate_limited")),
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
        let words = nobodys();
        let code = for_the_developer(&words, "token_missing");
        let screen = Resume { shell: Shell::new(words, String::new(), false, "resume"), code };
        Self::new(None, StatusCode::BAD_REQUEST, &screen)
    }

    fn bad_token(code: &'static str) -> Self {
        let words = nobodys();
        let screen = End {
            heading: words.say("start-again-title"),
            text: words.say("bad-token-text"),
            code: Some(for_the_developer(&words, code)),
            shell: Shell::new(words, String::new(), false, "bad_token"),
        };
        Self::new(None, StatusCode::UNAUTHORIZED, &screen)
    }

    fn ended(place: &Place, code: &'static str) -> Self {
        let screen = End {
            shell: shell(place, code),
            heading: place.words.say("start-again-title"),
            text: place.words.say("ended-text"),
            code: Some(for_the_developer(&place.words, code)),
        };
        Self::new(Some(&place.app.settings), StatusCode::UNAUTHORIZED, &screen)
    }

    fn fault(error: &ApiError, place: Option<&Place>) -> Self {
        let (code, status) = error.code();
        let shell = place.map_or_else(
            || Shell::new(nobodys(), String::new(), false, "fault"),
            |place| shell(place, "fault"),
        );
        let screen = End {
            heading: shell.words.say("fault-title"),
            text: shell.words.say("fault-text"),
            code: Some(for_the_developer(&shell.words, code)),
            shell,
        };
        let mut page = Self::new(place.map(|place| &place.app.settings), status, &screen);
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

fn shell(place: &Place, state: &'static str) -> Shell {
    let app = &place.app.settings;
    let sandbox = app.mode() == Mode::Sandbox;
    Shell::new(place.words.clone(), app.icon.clone(), sandbox, state)
}

/// For a page that belongs to no known app, and so to no known language.
fn nobodys() -> Words {
    Words::new(Locale::english(), Some("OnlyAuth"))
}

fn for_the_developer(words: &Words, code: &str) -> Said {
    words.with_code("for-the-developer", code)
}

fn resend_words(visit: &Visit, resend: Resend) -> ResendWords {
    match resend {
        Resend::Now => ResendWords::Now,
        Resend::At(moment) => {
            ResendWords::At(visit.words.with_wait("resend-wait", visit.now.until(moment)))
        }
        Resend::UsedUp => ResendWords::UsedUp(visit.words.say("resend-used-up")),
    }
}
