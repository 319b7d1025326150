//! The shop's pages and what surrounds them.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use onlyauth_core::time::Timestamp;

use super::backend::Message;
use super::choices::Choices;
use super::users::{ALL, PASSWORD, User};

/// The login page, filled in.
#[derive(Template)]
#[template(path = "demo/login.html")]
pub(super) struct LogIn {
    user_name: String,
    password: &'static str,
    wrong: bool,
    choices: Choices,
    users: &'static [User],
}

impl LogIn {
    /// With this name in the form; `wrong` says that name and password did not belong together.
    pub(super) fn new(user_name: String, wrong: bool, choices: Choices) -> Self {
        Self { user_name, password: PASSWORD, wrong, choices, users: &ALL }
    }
}

/// The widget, and the sandbox phone beside it.
#[derive(Template)]
#[template(path = "demo/confirm.html")]
pub(super) struct Confirm {
    pub(super) user: &'static User,
    pub(super) choices: Choices,
    pub(super) widget: Widget,
}

/// The way to the widget's own page.
#[derive(Template)]
#[template(path = "demo/leave.html")]
pub(super) struct Leave {
    pub(super) choices: Choices,
    pub(super) widget: Widget,
}

/// What a page needs to embed the widget.
pub(super) struct Widget {
    /// The address of the script that defines the element.
    pub(super) script: String,
    pub(super) token: String,
    pub(super) app_id: String,
    /// The address of the widget itself.
    pub(super) address: String,
}

/// The screen of the sandbox phone: a page in a frame that reloads itself.
#[derive(Template)]
#[template(path = "demo/phone.html")]
pub(super) struct Phone {
    pub(super) number: &'static str,
    pub(super) choices: Choices,
    /// Newest first.
    pub(super) texts: Vec<Text>,
}

/// A message on the phone.
pub(super) struct Text {
    /// None: a text message, as nearly all are.
    kind: Option<&'static str>,
    lines: Vec<String>,
    age: String,
}

impl Text {
    pub(super) fn new(message: &Message, now: Timestamp) -> Self {
        let lines = message.body.lines().map(str::to_owned).collect();
        let minutes = now.as_seconds().saturating_sub(message.created_at) / 60;
        let age = match minutes {
            ..=0 => "now".to_owned(),
            1..=59 => format!("{minutes} min ago"),
            _ => format!("{} h ago", minutes / 60),
        };
        let kind = match message.channel.as_str() {
            "voice" => Some("Phone call"),
            "whatsapp" => Some("WhatsApp"),
            _ => None,
        };
        Self { kind, lines, age }
    }
}

/// Logged in.
#[derive(Template)]
#[template(path = "demo/welcome.html")]
pub(super) struct Welcome {
    pub(super) user: &'static User,
    pub(super) choices: Choices,
    /// What the server said about the success token.
    pub(super) proof: String,
}

#[derive(Template)]
#[template(path = "demo/trouble.html")]
struct TroublePage {
    heading: &'static str,
    text: &'static str,
}

/// Why a page can't be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No such page.
    NotFound,
    /// Too long or no form.
    BadForm,
    /// No password was given in this browser, or too long ago.
    NoSession,
    /// The browser came back without a success token.
    NoToken,
    /// The success token is of another end user.
    OtherUser,
    /// Unknown, used or expired success token.
    TokenRefused,
    /// The API did not do its part.
    Server,
}

impl Trouble {
    fn words(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::NotFound => {
                (StatusCode::NOT_FOUND, "Nothing here", "There is no such page in this shop.")
            }
            Self::BadForm => (
                StatusCode::BAD_REQUEST,
                "That form could not be read",
                "Go back to the login page and fill it in again.",
            ),
            Self::NoSession => (
                StatusCode::UNAUTHORIZED,
                "Your login has ended",
                "It took too long, or it began in another browser. Log in again.",
            ),
            Self::NoToken => (
                StatusCode::BAD_REQUEST,
                "The login was not finished",
                "The browser came back without a success token. Log in again.",
            ),
            Self::OtherUser => (
                StatusCode::FORBIDDEN,
                "That confirmation is somebody else's",
                "The success token is of another account than the one whose password was given, so the \
                 shop refuses it. It was not used up.",
            ),
            Self::TokenRefused => (
                StatusCode::FORBIDDEN,
                "That confirmation is not valid",
                "The success token is unknown, was used already, or is too old. Log in again.",
            ),
            Self::Server => (
                StatusCode::BAD_GATEWAY,
                "Logins don't work right now",
                "The server behind this shop did not answer as expected. Try again in a moment.",
            ),
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let (status, heading, text) = self.words();
        (status, page(&TroublePage { heading, text })).into_response()
    }
}

macro_rules! respond_with_template {
    ($($page:ty),+) => {$(
        impl IntoResponse for $page {
            fn into_response(self) -> Response {
                page(&self)
            }
        }
    )+};
}

respond_with_template!(LogIn, Confirm, Leave, Phone, Welcome);

pub(super) fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(error = %error, "demo.template_failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What the shop's pages may load: their own, the element's script, and in frames the phone and the widget.
pub(super) fn policy(widget_origins: &[String]) -> HeaderValue {
    let origins = widget_origins.join(" ");
    HeaderValue::from_str(&format!(
        "default-src 'none'; script-src 'self' {origins}; style-src 'self'; img-src 'self' data:; \
         form-action 'self'; base-uri 'none'; frame-src 'self' {origins}; frame-ancestors 'self'"
    ))
    .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"))
}

/// Puts the headers of security on every response.
pub(super) fn secure(mut response: Response, policy: HeaderValue) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub(super) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../../assets/demo.css"))
}

pub(super) async fn script() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")],
        include_str!("../../assets/demo.js"),
    )
}

pub(super) async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml")], include_str!("../../assets/demo.svg"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_escaped() {
        let html = LogIn::new("\"><script>".to_owned(), true, Choices::default()).render().unwrap();
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn ages_are_told_in_words() {
        for (seconds, words) in [(-5, "now"), (59, "now"), (60, "1 min ago"), (7_200, "2 h ago")] {
            let message = Message {
                channel: "sms".to_owned(),
                body: String::new(),
                created_at: 10_000 - seconds,
            };
            assert_eq!(Text::new(&message, Timestamp::from_millis(10_000_000)).age, words);
        }
    }
}
