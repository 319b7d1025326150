//! What a visitor of the demo can switch: language, theme, how the widget is embedded, how the phone behaves.

use onlyauth_core::sandbox::{FAILING_NUMBER, LATE_NUMBER};

use super::shop::value;
use super::users::User;

/// One thing that can be switched; the first option is what it begins with.
pub(super) struct Switch {
    /// The form's field.
    pub(super) name: &'static str,
    /// What people read.
    pub(super) label: &'static str,
    options: &'static [(&'static str, &'static str)],
}

/// In the language's own words, since whoever looks for it reads it.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", "English"),
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt-BR", "Português (Brasil)"),
    ("ru", "Русский"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("zh-Hans", "简体中文"),
];

const LANGUAGE: usize = 0;
const THEME: usize = 1;
const MODE: usize = 2;
const PHONE: usize = 3;

static SWITCHES: [Switch; 4] = [
    Switch { name: "language", label: "Language", options: LANGUAGES },
    Switch {
        name: "theme",
        label: "Theme",
        options: &[("system", "System"), ("light", "Light"), ("dark", "Dark")],
    },
    Switch {
        name: "mode",
        label: "Widget",
        options: &[("inline", "In the page"), ("modal", "In a dialog"), ("redirect", "Own page")],
    },
    Switch {
        name: "phone",
        label: "Message",
        options: &[("arrives", "Arrives"), ("late", "20 s late"), ("fails", "Fails")],
    },
];

/// What is chosen: for each switch the place of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Choices([usize; SWITCHES.len()]);

/// An option as a form shows it.
pub(super) struct Choice {
    pub(super) value: &'static str,
    pub(super) label: &'static str,
    pub(super) chosen: bool,
}

impl Choices {
    /// From a form or a query; what it does not say, or says strangely, stays as it begins.
    pub(super) fn read(form: &[u8]) -> Self {
        let mut choices = Self::default();
        for (chosen, switch) in choices.0.iter_mut().zip(&SWITCHES) {
            let value = value(form, switch.name);
            let place =
                switch.options.iter().position(|(option, _)| Some(*option) == value.as_deref());
            *chosen = place.unwrap_or_default();
        }
        choices
    }

    fn get(&self, switch: usize) -> &'static str {
        SWITCHES[switch].options[self.0[switch]].0
    }

    /// BCP 47.
    pub(super) fn language(&self) -> &'static str {
        self.get(LANGUAGE)
    }

    /// `system`, `light` or `dark`.
    pub(super) fn theme(&self) -> &'static str {
        self.get(THEME)
    }

    /// `inline`, `modal` or `redirect`.
    pub(super) fn mode(&self) -> &'static str {
        self.get(MODE)
    }

    /// The number that the shop has of a user: the sandbox tells by it what becomes of messages.
    pub(super) fn phone_of(&self, user: &User) -> &'static str {
        match self.get(PHONE) {
            "late" => LATE_NUMBER,
            "fails" => FAILING_NUMBER,
            _ => user.phone,
        }
    }

    /// What to expect of the phone, where that is not the usual.
    pub(super) fn phone_note(&self) -> Option<&'static str> {
        match self.get(PHONE) {
            "late" => Some("Messages to this number arrive 20 seconds late."),
            "fails" => Some("Messages to this number can't be delivered."),
            _ => None,
        }
    }

    /// Names and values, for links and hidden fields.
    pub(super) fn fields(&self) -> Vec<(&'static str, &'static str)> {
        let switches = SWITCHES.iter().enumerate();
        switches.map(|(place, switch)| (switch.name, self.get(place))).collect()
    }

    /// The login page of a user, with the same choices.
    pub(super) fn login_page(&self, user: &User) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("user", user.login).extend_pairs(self.fields());
        format!("/?{}", query.finish())
    }

    /// Every switch with its options.
    pub(super) fn switches(&self) -> Vec<(&'static Switch, Vec<Choice>)> {
        let switches = SWITCHES.iter().zip(self.0);
        let switches =
            switches.map(|(switch, chosen)| {
                let options = switch.options.iter().enumerate();
                let choice = |(place, (value, label)): (usize, &(&'static str, &'static str))| {
                    Choice { value, label, chosen: place == chosen }
                };
                (switch, options.map(choice).collect())
            });
        switches.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::users::ALL;
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn every_language_can_be_chosen() {
        let offered: Vec<_> = LANGUAGES.iter().map(|(tag, _)| *tag).collect();
        let known: Vec<_> = Locale::all().iter().map(Locale::tag).collect();
        assert_eq!(offered, known);
    }

    #[test]
    fn what_is_not_offered_is_not_chosen() {
        let chosen = Choices::read(b"language=pt-BR&theme=dark&mode=modal&phone=late");
        assert_eq!((chosen.language(), chosen.theme(), chosen.mode()), ("pt-BR", "dark", "modal"));
        assert_eq!(chosen.phone_of(&ALL[0]), LATE_NUMBER);
        let query = chosen.login_page(&ALL[0]);
        assert_eq!(Choices::read(query.trim_start_matches("/?").as_bytes()), chosen);
        for strange in ["", "language=xx&theme=\"&mode=modal&mode=inline&phone=+49301234567"] {
            let chosen = Choices::read(strange.as_bytes());
            assert_eq!(chosen, Choices::default(), "{strange}");
            assert_eq!(chosen.phone_of(&ALL[0]), ALL[0].phone);
        }
    }
}
