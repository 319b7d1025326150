//! What every page of one run of the widget has around it: whose it is, in which language and colours.

use std::fmt;
use std::sync::Arc;

use onlyauth_core::channel::Mode;

use super::state::State;
use super::ticks::Ticked;
use super::words::Words;
use crate::form;
use crate::tenants::App;

/// Whose page it is, and how its forms name the login.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The app.
    pub(super) app: Arc<App>,
    /// In the language of the access token.
    pub(super) words: Words,
    /// The colours that the page around asks for.
    pub(super) scheme: SchemeWish,
    /// The access token.
    pub(super) token: Masked,
    /// Where its forms are posted to.
    pub(super) action: String,
    /// The boxes that are ticked.
    pub(super) ticked: Ticked,
    /// A sample of a state that only a script or a page around can bring about; None in real life.
    pub(super) sample: Option<State>,
}

impl Place {
    /// Whether nothing leaves the building.
    pub(super) fn is_sandbox(&self) -> bool {
        self.app.settings.mode() == Mode::Sandbox
    }
}

/// A text that no log may hold: an access token, a success token, an address with one in it.
#[derive(Clone)]
pub(super) struct Masked(String);

impl Masked {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// For the page that it belongs on, and nothing else.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Light or dark: as the device says, or as the page around asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SchemeWish {
    /// `prefers-color-scheme` decides.
    #[default]
    Device,
    /// Light on any device.
    Light,
    /// Dark on any device.
    Dark,
}

impl SchemeWish {
    /// From `theme` in a query. Anything else than the two words is no wish.
    pub(super) fn read(query: &str) -> Self {
        let fields = form::known(query, &["theme"]).unwrap_or_default();
        match fields.first().map(|(_, value)| value.as_str()) {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Device,
        }
    }

    /// For `data-theme`; None leaves it to the device.
    pub(super) const fn forced(self) -> Option<&'static str> {
        match self {
            Self::Device => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The colour schemes that the page has, for the time before its style sheet is there.
    pub(super) const fn schemes(self) -> &'static str {
        match self.forced() {
            Some(scheme) => scheme,
            None => "light dark",
        }
    }

    /// Where forms are posted to: the wish must outlast a page.
    pub(super) fn action(self, path: &str) -> String {
        match self.forced() {
            None => path.to_owned(),
            Some(scheme) => format!("{path}?theme={scheme}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_masked_is_not_printed() {
        assert_eq!(format!("{:?}", Some(Masked::new("hush"))), "Some(…)");
    }

    #[test]
    fn only_the_two_words_are_a_wish() {
        for (query, scheme) in [
            ("theme=dark", SchemeWish::Dark),
            ("token=x&theme=light&app_id=y", SchemeWish::Light),
            ("theme=DARK", SchemeWish::Device),
            ("theme=%22%3E", SchemeWish::Device),
            ("", SchemeWish::Device),
        ] {
            assert_eq!(SchemeWish::read(query), scheme, "{query}");
        }
    }
}
