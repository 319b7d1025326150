//! The pages on which end users look after their factors.

use askama::Template;
use onlyauth_core::channel::Channel;
use onlyauth_core::ids::DeviceId;
use onlyauth_core::success_token::SuccessToken;
use onlyauth_store::{DeviceRecord, FactorRecord};

use super::change::title;
use crate::widget::page::Page;
use crate::widget::place::{Masked, Place};
use crate::widget::screen::End;
use crate::widget::shell::{Facts, Shell};
use crate::widget::state::State;
use crate::widget::words::{Said, Words};

/// One line of a list, which leads to a page of its own.
#[derive(Debug, Clone)]
pub(in crate::widget) struct Entry {
    pub(in crate::widget) id: String,
    pub(in crate::widget) title: Said,
    /// The same for the window, whose title takes no markup.
    pub(in crate::widget) plain: String,
    pub(in crate::widget) hints: Vec<Said>,
}

impl Entry {
    /// Something enrolled, by the name that its end user gave it or, without one, by its kind.
    pub(in crate::widget) fn factor(
        words: &Words,
        factor: &FactorRecord,
        name: Option<&str>,
    ) -> Self {
        let kind = words.say(title(factor.channel));
        let plain = name.map_or_else(|| kind.to_string(), str::to_owned);
        let (title, kind) = match name {
            Some(name) => (Words::isolated(name), Some(kind)),
            None => (kind, None),
        };
        let added = words.with_date("factor-added", factor.created_at);
        let used = factor.last_used_at.map(|used| words.with_date("factor-used", used));
        let hints = kind.into_iter().chain([added]).chain(used).collect();
        Self { id: factor.factor_id.to_string(), title, plain, hints }
    }

    /// A device that its end user trusts; `here` is the one that they use now.
    pub(in crate::widget) fn device(
        words: &Words,
        device: &DeviceRecord,
        here: Option<DeviceId>,
    ) -> Self {
        let is_here = here == Some(device.device_id);
        let title = words.say(if is_here { "device-here" } else { "device-other" });
        let since = words.with_date("device-trusted", device.device.trusted_at);
        let used = device.last_used_at.map(|used| words.with_date("factor-used", used));
        let hints = [since].into_iter().chain(used).collect();
        let plain = title.to_string();
        Self { id: device.device_id.to_string(), title, plain, hints }
    }
}

/// All that an end user has.
pub(in crate::widget) struct FactorsView<'a> {
    pub(in crate::widget) place: &'a Place,
    pub(in crate::widget) facts: Facts,
    pub(in crate::widget) token: &'a SuccessToken,
    /// The number that codes go to, masked; None where none do.
    pub(in crate::widget) phone: Option<String>,
    pub(in crate::widget) factors: Vec<Entry>,
    /// Backup codes that are left.
    pub(in crate::widget) codes: u32,
    pub(in crate::widget) devices: Vec<Entry>,
    /// What may be added.
    pub(in crate::widget) adds: Vec<Channel>,
    pub(in crate::widget) may_change: bool,
    /// What is said about what was just done.
    pub(in crate::widget) said: Option<&'static str>,
    /// The address that 'Done' leads to.
    pub(in crate::widget) home: &'a str,
}

#[derive(Debug, Template)]
#[template(path = "widget/factors.html")]
struct Factors {
    shell: Shell,
    phone: Option<Said>,
    entries: Vec<Entry>,
    codes: u32,
    devices: Vec<Entry>,
    adds: Vec<Channel>,
    may_change: bool,
    said: Option<Said>,
    home: Masked,
}

impl Factors {
    fn codes_label(&self) -> Said {
        self.shell.words.say(if self.codes == 0 { "backup-codes-get" } else { "backup-codes-new" })
    }
}

impl FactorsView<'_> {
    pub(in crate::widget) fn page(self) -> Page {
        let words = &self.place.words;
        let screen = Factors {
            shell: Shell::of(self.place, State::Factors, self.facts).proven(self.token),
            phone: self.phone.map(|masked| words.with_phone("factors-phone", &masked)),
            entries: self.factors,
            codes: self.codes,
            devices: self.devices,
            adds: self.adds,
            may_change: self.may_change,
            said: self.said.map(|said| words.say(said)),
            home: Masked::new(self.home),
        };
        Page::of(self.place, &screen)
    }
}

/// How one thing of a list goes.
#[derive(Debug)]
pub(in crate::widget) struct Removal {
    /// What the form asks for.
    pub(in crate::widget) step: &'static str,
    /// The field that names the thing.
    pub(in crate::widget) field: &'static str,
    /// What comes of it, or why it can't be.
    pub(in crate::widget) text: Said,
    /// None: it can't be.
    pub(in crate::widget) label: Option<Said>,
}

/// One factor or device.
pub(in crate::widget) struct OneView<'a> {
    pub(in crate::widget) place: &'a Place,
    pub(in crate::widget) state: State,
    pub(in crate::widget) facts: Facts,
    pub(in crate::widget) token: &'a SuccessToken,
    pub(in crate::widget) entry: Entry,
    /// What stands in the input for its name; None where it has none.
    pub(in crate::widget) name: Option<String>,
    /// None: whoever passed may change nothing.
    pub(in crate::widget) removal: Option<Removal>,
}

#[derive(Debug, Template)]
#[template(path = "widget/factor.html")]
struct One {
    shell: Shell,
    entry: Entry,
    name: Option<Masked>,
    wrong: bool,
    removal: Option<Removal>,
}

impl OneView<'_> {
    pub(in crate::widget) fn page(self) -> Page {
        let wrong = self.state == State::FactorNameWrong;
        let error = wrong.then_some(self.state.as_str());
        let facts = Facts { error, retryable: wrong, ..self.facts };
        let screen = One {
            shell: Shell::of(self.place, self.state, facts).proven(self.token),
            entry: self.entry,
            name: self.name.filter(|_| self.removal.is_some()).map(Masked::new),
            wrong,
            removal: self.removal,
        };
        Page::of(self.place, &screen)
    }
}

/// Where a link leads, before it is opened.
#[derive(Debug, Template)]
#[template(path = "widget/factor_link.html")]
pub(in crate::widget) struct LinkView {
    shell: Shell,
    attempt: String,
}

impl LinkView {
    /// With the key of a form that may open it.
    pub(in crate::widget) fn page(place: &Place, attempt: String) -> Page {
        let shell = Shell::of(place, State::FactorLink, Facts::default());
        Page::of(place, &Self { shell, attempt })
    }
}

/// A link that somebody opened before.
pub(in crate::widget) struct LinkUsed;

impl LinkUsed {
    pub(in crate::widget) fn page(place: &Place) -> Page {
        let state = State::FactorLinkUsed;
        let facts = Facts { error: Some(state.as_str()), ..Facts::default() };
        let screen = End {
            shell: Shell::of(place, state, facts).ended(),
            heading: place.words.say("factor-link-used-title"),
            text: place.words.say("factor-link-used-text"),
            code: None,
            ways: Vec::new(),
            retry: false,
        };
        Page::of(place, &screen).unauthorized()
    }
}
