//! The words of messages: of a code, by the channel that carries it, and of a notice.

use std::borrow::Cow;

use fluent_bundle::FluentArgs;
use onlyauth_core::app::AppSettings;
use onlyauth_core::challenge::Code;
use onlyauth_core::channel::Channel;
use onlyauth_core::notice::Notice;
use onlyauth_core::sms;

use crate::locale::Locale;

/// Longest name that is spelled out.
const LONGEST_NAME: usize = 30;

/// What a message is made of.
pub(super) struct Words<'a> {
    /// The end user's language.
    pub(super) locale: &'a Locale,
    /// The app's name and site.
    pub(super) app: &'a AppSettings,
    /// The code.
    pub(super) code: &'a Code,
    /// The host that the widget is served from.
    pub(super) widget_host: &'a str,
}

impl Words<'_> {
    /// The message as this channel carries it.
    pub(super) fn of(&self, channel: Channel) -> String {
        match channel {
            Channel::Voice => self.spoken(),
            // Nothing reads codes out of WhatsApp's messages, and nothing there counts segments.
            Channel::Whatsapp => self.written(&self.name(LONGEST_NAME)),
            _ => self.short(),
        }
    }

    /// App name and code first, since phones show the first line only; the last line binds the code to the site
    /// and the widget, which is what autofill inside a frame goes by. Names are cut until the whole is short.
    fn short(&self) -> String {
        let last = match self.app.app_domain.as_str() {
            "" => String::new(),
            domain => format!("\n\n@{domain} #{} @{}", self.code.reveal(), self.widget_host),
        };
        let text = |length: usize| format!("{}{last}", self.written(&self.name(length)));
        (1..=LONGEST_NAME)
            .rev()
            .map(text)
            .find(|text| sms::is_short(text))
            // The addresses alone are too long: the name is what the end user needs most.
            .unwrap_or_else(|| text(LONGEST_NAME))
    }

    fn written(&self, name: &str) -> String {
        self.fill("code-message", self.code.reveal(), name)
    }

    /// Commas between the digits: voices read each by itself and pause, instead of reading a number of six
    /// digits.
    fn spoken(&self) -> String {
        let digits: Vec<String> = self.code.reveal().chars().map(String::from).collect();
        self.fill("voice-message", &digits.join(", "), &self.name(LONGEST_NAME))
    }

    fn fill(&self, text: &str, code: &str, name: &str) -> String {
        let mut arguments = FluentArgs::new();
        // As text: a number would lose the zeros that it begins with.
        arguments.set("code", code);
        arguments.set("app", name);
        self.locale.text(text, &arguments).into_owned()
    }

    fn name(&self, longest: usize) -> String {
        name(self.locale, self.app, longest)
    }
}

/// What a notice says. Names are cut until the whole is short.
pub(super) fn notice(locale: &Locale, app: &AppSettings, notice: Notice) -> String {
    let id = match notice {
        Notice::PasskeyCreated => "notice-passkey-created",
        Notice::AppSetUp => "notice-app-set-up",
        Notice::BackupCodesMade => "notice-backup-codes-made",
        Notice::FactorRemoved => "notice-factor-removed",
        Notice::FactorsReset => "notice-factors-reset",
        Notice::PhoneChanged => "notice-phone-changed",
    };
    let text = |length: usize| {
        let mut arguments = FluentArgs::new();
        arguments.set("app", name(locale, app, length));
        locale.text(id, &arguments).into_owned()
    };
    let short = (1..=LONGEST_NAME).rev().map(text).find(|text| sms::is_short(text));
    short.unwrap_or_else(|| text(LONGEST_NAME))
}

fn name(locale: &Locale, app: &AppSettings, longest: usize) -> String {
    let unnamed = || locale.text("unnamed-app", &FluentArgs::new());
    let name = app.display_name().map_or_else(unnamed, Cow::Borrowed);
    name.chars().take(longest).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use onlyauth_core::challenge::Issued;
    use onlyauth_core::channel::Mode;
    use onlyauth_core::ids::{ChallengeId, KeyId};
    use onlyauth_core::keys::KeyRing;
    use onlyauth_core::phone::PhoneNumber;
    use onlyauth_core::sms::Alphabet;
    use onlyauth_core::time::Timestamp;

    fn text(domain: &str, name: &str) -> String {
        text_in(Locale::english(), domain, name)
    }

    fn text_in(locale: &Locale, domain: &str, name: &str) -> String {
        text_by(Channel::Sms, locale, domain, name)
    }

    fn text_by(channel: Channel, locale: &Locale, domain: &str, name: &str) -> String {
        let now = Timestamp::from_millis(0);
        let issued = Issued {
            challenge_id: ChallengeId::new(now, [0; 10]),
            seed: &[0; 16],
            key_id: KeyId::new(now, [0; 10]),
            digits: 6,
        };
        let phone = PhoneNumber::parse("+12025550142").unwrap();
        let code =
            Code::expected(&KeyRing::default(), &issued, Mode::Sandbox, &phone, now).unwrap();
        let app = AppSettings {
            app_domain: domain.to_owned(),
            friendly_name: name.to_owned(),
            ..AppSettings::default()
        };
        Words { locale, app: &app, code: &code, widget_host: "auth.example" }.of(channel)
    }

    #[test]
    fn the_last_line_binds_the_code_to_site_and_widget() {
        let text = text("shop.example", "Shop");
        assert_eq!(
            text,
            "424242 is your Shop code. Never share it.\n\n@shop.example #424242 @auth.example"
        );
    }

    #[test]
    fn without_a_domain_there_is_no_last_line_and_long_names_are_cut() {
        let text = text("", &"Long ".repeat(20));
        assert_eq!(text.lines().count(), 1);
        assert!(text.len() < 100, "{text}");
    }

    #[test]
    fn each_language_takes_one_segment_of_gsm_7_bit_or_at_most_two_of_ucs_2() {
        let domain = "login.a-rather-long-name.example";
        for locale in Locale::all() {
            let text = text_in(locale, domain, "Nordwind Versicherung Direkt");
            let gsm = ["en", "de", "es", "fr", "id", "it", "nl"].contains(&locale.tag());
            let expected = if gsm { (Alphabet::Gsm7, 1) } else { (Alphabet::Ucs2, 2) };
            assert_eq!((Alphabet::of(&text), sms::segments(&text)), expected, "{text}");
            assert!(!text.contains(crate::locale::MISSING), "{text}");
            assert!(!text.contains(['\u{2068}', '\u{2069}']), "no isolation marks: {text}");
            let mut lines = text.lines();
            let first = lines.next().unwrap();
            assert!(first.contains("424242") && first.contains("Nordwind"), "{text}");
            assert!(first.find("424242") < first.find("Nordwind"), "the code first: {text}");
            assert_eq!(lines.next(), Some(""));
            assert_eq!(lines.next(), Some(&*format!("@{domain} #424242 @auth.example")));
            assert_eq!(lines.next(), None);
        }
    }

    #[test]
    fn a_notice_takes_one_segment_of_gsm_7_bit_or_at_most_two_of_ucs_2_in_each_language() {
        let app = AppSettings {
            friendly_name: "Nordwind Versicherung Direkt".to_owned(),
            ..AppSettings::default()
        };
        for locale in Locale::all() {
            for told in Notice::ALL {
                let text = notice(locale, &app, told);
                let gsm = ["en", "de", "es", "fr", "id", "it", "nl"].contains(&locale.tag());
                let most = if gsm { (Alphabet::Gsm7, 1) } else { (Alphabet::Ucs2, 2) };
                let found = (Alphabet::of(&text), sms::segments(&text));
                assert!(
                    found.0 == most.0 && found.1 <= most.1,
                    "{} {found:?}: {text}",
                    locale.tag()
                );
                assert!(text.matches("Nordwind").count() >= 1, "{text}");
                assert!(!text.contains(crate::locale::MISSING), "{text}");
                assert!(!text.contains(['\u{2068}', '\u{2069}']), "no isolation marks: {text}");
            }
        }
    }

    #[test]
    fn names_are_cut_until_the_text_is_short() {
        // In Arabic two segments leave room for these addresses only when the name is cut.
        let domain = "login.of-a-site-with-a-really-long-name.example";
        let text = text_in(Locale::named("ar"), domain, &"متجر ".repeat(6));
        assert!(sms::is_short(&text), "{text}");
        assert!(text.starts_with("424242 هو رمزك في متجر"), "{text}");
        assert!(!text.contains(&"متجر ".repeat(5)), "{text}");
        // The letters of a name may cost the alphabet, but then two segments are the most.
        let text = text_in(Locale::english(), domain, "Čajovna U Dobré čajové konvice");
        assert_eq!((Alphabet::of(&text), sms::segments(&text)), (Alphabet::Ucs2, 2), "{text}");
    }

    #[test]
    fn a_domain_that_is_too_long_by_itself_keeps_its_line() {
        let domain = format!("{}.example", "a".repeat(63));
        let domain = format!("{domain}.{domain}");
        let text = text_in(Locale::named("ru"), &domain, "Shop");
        assert!(text.contains("Shop") && text.ends_with(" #424242 @auth.example"), "{text}");
    }

    #[test]
    fn a_few_languages() {
        for (language, expected) in [
            ("de", "424242 ist Ihr Code für Shop. Geben Sie ihn niemals weiter."),
            ("pt", "424242 é seu código Shop. Nunca o compartilhe."),
            ("ar", "424242 هو رمزك في Shop. لا تشاركه مع أحد أبدًا."),
            ("zh-CN", "424242 是您的 Shop 验证码，请勿告诉任何人。"),
            ("tlh", "424242 is your Shop code. Never share it."),
        ] {
            assert_eq!(text_in(Locale::named(language), "", "Shop"), expected);
        }
    }

    #[test]
    fn whatsapp_has_no_last_line_and_cuts_no_name_for_its_segments() {
        let name = "متجر ".repeat(6);
        let text = text_by(Channel::Whatsapp, Locale::named("ar"), "shop.example", &name);
        assert!(text.contains(name.trim_end()), "{text}");
        assert_eq!(text.lines().count(), 1, "{text}");
    }

    #[test]
    fn a_call_speaks_the_digits_apart_and_twice_in_each_language_and_has_a_voice_for_it() {
        for locale in Locale::all() {
            let text = text_by(Channel::Voice, locale, "shop.example", "Nordwind");
            assert_eq!(text.matches("4, 2, 4, 2, 4, 2").count(), 2, "{}: {text}", locale.tag());
            assert!(!text.contains("424242") && !text.contains("shop.example"), "{text}");
            assert!(text.contains("Nordwind") && !text.contains(crate::locale::MISSING), "{text}");
            let voice = onlyauth_delivery::twilio::voice(locale.tag());
            assert!(voice.is_some(), "nobody speaks {}", locale.tag());
        }
    }

    #[test]
    fn a_call_in_english() {
        assert_eq!(
            text_by(Channel::Voice, Locale::english(), "shop.example", "B&B"),
            "Your B&B code is 4, 2, 4, 2, 4, 2. Once more: 4, 2, 4, 2, 4, 2. Goodbye."
        );
    }
}
