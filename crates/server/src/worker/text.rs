//! The text of a code message.

use onlyauth_core::app::AppSettings;
use onlyauth_core::challenge::Code;

/// Longest name that is spelled out, so that the whole stays within one segment.
const LONGEST_NAME: usize = 30;

/// App name and code first, since phones show the first line only; the last line binds the code to the site
/// and the widget, which is what autofill inside a frame goes by.
pub(super) fn code_message(app: &AppSettings, code: &Code, widget_host: &str) -> String {
    let name: String = app.display_name().chars().take(LONGEST_NAME).collect();
    let code = code.reveal();
    let first = format!("{code} is your {name} code. Never share it.");
    if app.app_domain.is_empty() {
        return first;
    }
    format!("{first}\n\n@{} #{code} @{widget_host}", app.app_domain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onlyauth_core::challenge::Issued;
    use onlyauth_core::channel::Mode;
    use onlyauth_core::ids::{ChallengeId, KeyId};
    use onlyauth_core::keys::KeyRing;
    use onlyauth_core::phone::PhoneNumber;
    use onlyauth_core::time::Timestamp;

    fn text(domain: &str, name: &str) -> String {
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
        code_message(&app, &code, "auth.example")
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
}
