//! The screens, each a template with the data that it shows.

use askama::Template;
use onlyauth_core::challenge::Verdict;

use super::assets;
use super::words::{Said, Words};

/// What every screen has around it.
#[derive(Debug, Clone)]
pub(super) struct Shell {
    /// Its language, and what the end user knows the site by.
    pub(super) words: Words,
    /// Empty: no icon.
    pub(super) icon: String,
    /// Said above everything in sandbox mode, so that nobody takes it for the real thing.
    pub(super) sandbox: bool,
    /// The name of the state: for tests and for people who style or report it.
    pub(super) state: &'static str,
    style: String,
    script: String,
}

impl Shell {
    pub(super) fn new(words: Words, icon: String, sandbox: bool, state: &'static str) -> Self {
        let (style, script) = (assets::address("widget.css"), assets::address("widget.js"));
        Self { words, icon, sandbox, state, style, script }
    }
}

/// The hidden fields of every form.
#[derive(Debug, Clone)]
pub(super) struct Hidden {
    pub(super) token: String,
    pub(super) app_id: String,
    /// The step that the form is for.
    pub(super) sends: u32,
    /// The challenge that the form is for; empty before there is one.
    pub(super) challenge: String,
}

/// When another code may be asked for.
#[derive(Debug, Clone)]
pub(super) enum ResendWords {
    Now,
    /// Says after how long.
    At(Said),
    /// Says what to do instead.
    UsedUp(Said),
}

/// What is said about the last thing that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notice {
    Wrong,
    Malformed,
    TooSoon,
    DeliveryFailed,
}

impl Notice {
    pub(super) fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Malformed => Self::Malformed,
            Verdict::Wrong | Verdict::Right => Self::Wrong,
        }
    }

    /// Whether it is about what stands in the input.
    pub(super) fn is_about_input(self) -> bool {
        matches!(self, Self::Wrong | Self::Malformed)
    }
}

/// Nothing sent yet.
#[derive(Debug, Template)]
#[template(path = "widget/choose.html")]
pub(super) struct Choose {
    pub(super) shell: Shell,
    pub(super) hidden: Hidden,
    pub(super) masked: String,
}

/// A code may be typed.
#[derive(Debug, Template)]
#[template(path = "widget/enter.html")]
pub(super) struct Enter {
    pub(super) shell: Shell,
    pub(super) hidden: Hidden,
    pub(super) masked: String,
    pub(super) attempt: String,
    pub(super) digits: u8,
    pub(super) tries_left: u32,
    pub(super) resend: ResendWords,
    pub(super) notice: Option<Notice>,
}

impl Enter {
    fn heading(&self) -> Said {
        let id = match self.notice {
            Some(Notice::DeliveryFailed) => "undelivered-title",
            _ => "enter-title",
        };
        self.shell.words.say(id)
    }

    /// What is wrong with what stands in the input, and what to do.
    fn problem(&self) -> Said {
        let id = match self.notice {
            Some(Notice::Malformed) => "code-malformed",
            _ => "code-wrong",
        };
        self.shell.words.with_digits(id, self.digits, &self.masked)
    }

    fn input_is_wrong(&self) -> bool {
        self.notice.is_some_and(Notice::is_about_input)
    }
}

/// The newest code is of no use any more, but another may be had.
#[derive(Debug, Template)]
#[template(path = "widget/over.html")]
pub(super) struct Over {
    pub(super) shell: Shell,
    pub(super) hidden: Hidden,
    pub(super) heading: Said,
    pub(super) text: Said,
    pub(super) resend: ResendWords,
}

/// Nothing to do here but to read, and perhaps to go back to the site.
#[derive(Debug, Template)]
#[template(path = "widget/end.html")]
pub(super) struct End {
    pub(super) shell: Shell,
    pub(super) heading: Said,
    pub(super) text: Said,
    /// A line for the developer.
    pub(super) code: Option<Said>,
}

/// No token in the address: a script may find it in the browser's history.
#[derive(Debug, Template)]
#[template(path = "widget/resume.html")]
pub(super) struct Resume {
    pub(super) shell: Shell,
    /// A line for the developer.
    pub(super) code: Said,
}

/// Proven.
#[derive(Debug, Template)]
#[template(path = "widget/passed.html")]
pub(super) struct Passed {
    pub(super) shell: Shell,
    /// The way home, with the success token.
    pub(super) target: String,
}
