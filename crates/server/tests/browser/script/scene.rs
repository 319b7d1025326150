//! Pages of the shape that the widget's templates have, as far as the script looks at it.

use std::fmt::Write as _;

/// What is on a page. Everything that a test doesn't care about stays as [`Scene::code`] sets it.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    /// `data-…` attributes of main, names without the prefix.
    pub(super) data: Vec<(&'static str, String)>,
    pub(super) heading: &'static str,
    pub(super) status: String,
    pub(super) more: String,
    /// The message that the input is for; None: no input.
    pub(super) challenge: Option<&'static str>,
    /// What is wrong with the code that was typed.
    pub(super) problem: Option<&'static str>,
    pub(super) extra: String,
    pub(super) token: &'static str,
    pub(super) origins: String,
    pub(super) language: &'static str,
}

impl Scene {
    /// A code is on its way.
    pub(super) fn code() -> Self {
        Self {
            data: vec![("state", "code_sent".into()), ("channel", "sms".into())],
            heading: "Enter the code",
            status: "<p>We sent a 6-digit code.</p>".to_owned(),
            more: [resend(0), button("cancel", "Cancel")].concat(),
            challenge: Some("CHLG-1"),
            problem: None,
            extra: String::new(),
            token: "access-token",
            origins: String::new(),
            language: "en",
        }
    }

    /// As [`Scene::code`], after a wrong code.
    pub(super) fn wrong() -> Self {
        let mut scene =
            Self::code().state("wrong_code").with("error", "wrong_code").with("retryable", "");
        scene.problem = Some("That code isn't right.");
        scene
    }

    /// A page without an input.
    pub(super) fn plain(state: &str, heading: &'static str) -> Self {
        Self {
            heading,
            challenge: None,
            more: String::new(),
            status: String::new(),
            ..Self::code()
        }
        .state(state)
    }

    /// The login is confirmed; the link leads to `home`.
    pub(super) fn passed(home: &str) -> Self {
        let mut scene = Self::plain("passed", "Confirmed");
        scene.extra = format!(
            "<p><a class=\"button primary\" id=\"continue\" href=\"{home}\" target=\"_top\" rel=\"noreferrer\" \
             data-token=\"TOKN-1\">Continue</a></p>"
        );
        scene.token = "";
        scene
    }

    pub(super) fn state(self, state: &str) -> Self {
        self.with("state", state)
    }

    /// With this data attribute.
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.data.retain(|(other, _)| *other != name);
        self.data.push((name, value.to_owned()));
        self
    }

    /// Whose pages may hear from it.
    pub(super) fn heard_by(mut self, origins: &str) -> Self {
        origins.clone_into(&mut self.origins);
        self
    }

    pub(super) fn html(&self) -> String {
        let Self { heading, status, more, extra, origins, language, .. } = self;
        let mut data = String::new();
        for (name, value) in &self.data {
            write!(data, " data-{name}=\"{value}\"").unwrap();
        }
        let input = self.input();
        let expiring = button("extend", "I need more time");
        let resume = if self.token.is_empty() {
            String::new()
        } else {
            self.form("resume", "resume", true, "")
        };
        let expiring = if self.data.iter().any(|(name, _)| *name == "ends-in") {
            format!(
                "<section id=expiring hidden><h2>Still there?</h2>\
                 <p>This login ends <span data-wait=60>in 60 seconds</span>.</p>{expiring}</section>"
            )
        } else {
            String::new()
        };
        format!(
            "<!doctype html><html lang={language} dir=ltr><head><meta charset=utf-8>\
             <meta name=viewport content=\"width=device-width, initial-scale=1\">\
             <meta name=onlyauth-origins content=\"{origins}\"><title>{heading} – Stage</title>\
             <link rel=icon href=data:,><link rel=stylesheet href=/assets/v/widget.css>\
             <script type=module src=/assets/v/widget.js></script>\
             <script nomodule src=/assets/v/old-browser.js></script></head><body>\
             <main{data}><h1>{heading}</h1><div id=status>{status}</div>{input}\
             <div id=more class=more>{more}</div>{extra}{expiring}{resume}</main>\
             <div id=offline class=\"notice calm\" role=status hidden><p>You're offline.</p>\
             <button type=button id=offline-again class=secondary>Try again</button></div>\
             <p id=unsupported class=notice hidden>This browser is too old.</p>\
             <div id=live class=sr role=status></div></body></html>"
        )
    }

    fn form(&self, id: &str, step: &str, hidden: bool, content: &str) -> String {
        let token = if self.token == "none" { "" } else { self.token };
        let hidden = if hidden { " hidden" } else { "" };
        format!(
            "<form id={id} method=post action=/client{hidden}><input type=hidden name=token value=\"{token}\">\
             <input type=hidden name=app_id value=APPX-1><input type=hidden name=do value={step}>{content}</form>"
        )
    }

    fn input(&self) -> String {
        let Some(challenge) = self.challenge else { return String::new() };
        let (attributes, problem) = match self.problem {
            Some(problem) => (
                " aria-invalid=true aria-describedby=problem",
                format!("<p class=notice id=problem role=alert>{problem}</p>"),
            ),
            None => ("", String::new()),
        };
        let content = format!(
            "<input type=hidden name=challenge value={challenge}>\
             <input type=hidden name=attempt value=an-attempt><label for=code>Code</label>\
             <input id=code name=code type=text inputmode=numeric autocomplete=one-time-code required dir=ltr \
             data-digits=6{attributes}>{problem}<button class=primary>Continue</button>"
        );
        self.form("check", "check", false, &content)
    }
}

/// A form with one button that does `step`.
pub(super) fn button(step: &str, label: &str) -> String {
    format!(
        "<form method=post action=/client><input type=hidden name=token value=access-token>\
         <input type=hidden name=app_id value=APPX-1><input type=hidden name=do value={step}>\
         <button class=secondary id={step}>{label}</button></form>"
    )
}

/// The button for another code, which is to wait for so many seconds.
pub(super) fn resend(seconds: u32) -> String {
    let mut html = button("send", "Send the code again");
    if seconds > 0 {
        write!(
            html,
            "<p id=wait data-now=\"You can get another code now.\">You can get another code \
             <span data-wait={seconds}>in {seconds} seconds</span>.</p>"
        )
        .unwrap();
    }
    html
}
