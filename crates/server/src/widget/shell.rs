//! What every screen has around it.

use onlyauth_core::action::WARNING;
use onlyauth_core::app::Theme;
use onlyauth_core::channel::Channel;
use onlyauth_core::success_token::SuccessToken;
use onlyauth_core::time::Timestamp;

use super::assets;
use super::place::{Masked, Place, SchemeWish};
use super::state::State;
use super::ticks::{self, Ticked};
use super::visit;
use super::words::{Said, Words};

/// What every screen has around it.
#[derive(Debug, Clone)]
pub(super) struct Shell {
    /// Its language, and what the end user knows the site by.
    pub(super) words: Words,
    /// What it shows.
    pub(super) state: State,
    /// What the script goes by.
    pub(super) facts: Facts,
    /// How many messages had been sent when the page was made: the step that its buttons are for.
    pub(super) sends: u32,
    /// Which of two steps this is; None where one is all.
    pub(super) step: Option<Step>,
    /// How forms name the login; None where there is none to go on with.
    pub(super) login: Option<LoginName>,
    /// Empty: no icon.
    pub(super) icon: String,
    /// Said in sandbox mode, so that nobody takes it for the real thing.
    pub(super) sandbox: bool,
    pub(super) scheme: SchemeWish,
    /// Where forms are posted to.
    pub(super) action: String,
    /// The boxes that are ticked.
    pub(super) ticked: Ticked,
    /// Who may hear what happens here: the sources that may frame the page.
    pub(super) origins: String,
    pub(super) assets: Assets,
}

/// The addresses of style and scripts.
#[derive(Debug, Clone)]
pub(super) struct Assets {
    pub(super) style: String,
    pub(super) script: String,
    pub(super) old_browser: String,
}

/// The login as forms name it.
#[derive(Debug, Clone)]
pub(super) struct LoginName {
    pub(super) token: Masked,
    pub(super) app_id: String,
    /// Shows who gave the first of two proofs.
    pub(super) first: Option<Masked>,
    /// Shows who passed, where end users look after their factors.
    pub(super) proof: Option<Masked>,
}

/// Of two proofs, the one that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    First,
    Second,
}

/// How far a login is that takes two proofs.
#[derive(Debug, Clone, Default)]
pub(super) struct Steps {
    /// Where it is; None where one proof is all.
    pub(super) at: Option<Step>,
    /// For the browser in which the first one passed.
    pub(super) first: Option<Masked>,
}

/// What the script goes by: attributes of `main`.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// The channel in use.
    pub(super) channel: Option<Channel>,
    /// Seconds until the login's end.
    pub(super) ends_in: Option<u64>,
    /// Seconds until the page says something else by itself.
    pub(super) refresh_in: Option<u64>,
    /// Whether the message's way is still open.
    pub(super) poll: bool,
    /// The error that the page tells.
    pub(super) error: Option<&'static str>,
    /// Whether trying again can help against it.
    pub(super) retryable: bool,
    /// The end of a lock.
    pub(super) until: Option<Timestamp>,
}

impl Facts {
    /// Whether the end user has to be warned of the login's end.
    pub(super) fn is_ending(&self) -> bool {
        self.ends_in.is_some_and(|seconds| seconds <= WARNING.as_secs())
    }
}

impl Shell {
    /// Around a page of a login.
    pub(super) fn of(place: &Place, state: State, facts: Facts) -> Self {
        let app = &place.app.settings;
        let name = LoginName {
            token: place.token.clone(),
            app_id: place.app.record.app_id.to_string(),
            first: None,
            proof: None,
        };
        Self {
            login: Some(name),
            icon: app.icon.clone(),
            sandbox: place.is_sandbox(),
            scheme: place.scheme,
            action: place.action.clone(),
            ticked: place.ticked,
            origins: app.frame_ancestors().join(" "),
            ..Self::bare(place.words.clone(), &app.theme, place.sample.unwrap_or(state), facts)
        }
    }

    /// Around a page that belongs to no known app.
    pub(super) fn nobodys(words: Words, state: State, facts: Facts) -> Self {
        Self::bare(words, &Theme::default(), state, facts)
    }

    /// The same with a login to go on with, as a form or an address named it.
    pub(super) fn with_login(self, login: Option<LoginName>) -> Self {
        Self { login, ..self }
    }

    /// The same for a step.
    pub(super) fn at(self, sends: u32) -> Self {
        Self { sends, ..self }
    }

    /// The same in one of two steps.
    pub(super) fn in_steps(self, steps: &Steps) -> Self {
        let login = self.login.map(|name| LoginName { first: steps.first.clone(), ..name });
        Self { step: steps.at, login, ..self }
    }

    /// The same for whoever passed, to look after their factors.
    pub(super) fn proven(self, token: &SuccessToken) -> Self {
        let proof = Some(Masked::new(token.reveal()));
        Self { login: self.login.map(|name| LoginName { proof, ..name }), ..self }
    }

    /// The same without a login to go on with.
    pub(super) fn ended(self) -> Self {
        Self { login: None, ..self }
    }

    fn bare(words: Words, theme: &Theme, state: State, facts: Facts) -> Self {
        let assets = Assets {
            style: assets::stylesheet(theme),
            script: assets::script_address(),
            old_browser: assets::old_browser_address(),
        };
        Self {
            words,
            state,
            facts,
            sends: 0,
            step: None,
            login: None,
            icon: String::new(),
            sandbox: false,
            scheme: SchemeWish::Device,
            action: visit::PAGE.to_owned(),
            ticked: Ticked::default(),
            origins: String::new(),
            assets,
        }
    }

    /// The word of the box that is ticked for the next time.
    pub(super) fn ticked_next(&self) -> Option<&'static str> {
        self.ticked.next.map(ticks::word)
    }

    /// That this is one of two steps.
    pub(super) fn which_step(&self) -> Option<Said> {
        let id = match self.step? {
            Step::First => "step-first",
            Step::Second => "step-second",
        };
        Some(self.words.say(id))
    }

    /// The warning of the end.
    pub(super) fn expiring(&self) -> Said {
        self.words.with_wait("expiring-text", self.facts.ends_in.unwrap_or_default())
    }

    /// The expiry warning is there from the start; the script shows it in time. Without one it is shown to
    /// whoever opens the page in the last minute.
    pub(super) fn warns(&self) -> bool {
        self.facts.is_ending()
    }
}
