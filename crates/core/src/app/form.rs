//! Form fields into settings: every problem is told at once, one sentence each.

use super::AppSettings;
use super::address_fields::{icon, origins, redirect_uris};
use super::contradictions::INTERLOCKED;
use super::domain_field::app_domain;
use super::plain_fields::{
    allowed_countries, boolean, first_enrollment, friendly_name, is_null, optional_boolean, shown,
};
use super::theme::THEME_KEYS;

/// The settings that a form may hold. `webauth_enabled` is another name of `webauthn_enabled`.
pub const FORM_KEYS: [&str; 32] = [
    "friendly_name",
    "icon",
    "app_domain",
    "enabled",
    "sandbox_mode",
    "allow_sms_channel",
    "allow_totp_channel",
    "webauthn_enabled",
    "webauthn_redirect_allowed",
    "webauth_enabled",
    "allow_voice_channel",
    "allow_whatsapp_channel",
    "push_enabled",
    "backup_codes_enrollment",
    "defer_sms_usage",
    "mfa_enabled",
    "intelligent_2fa",
    "redirect_uris",
    "origins",
    "first_enrollment",
    "allowed_countries",
    "theme_primary",
    "theme_background",
    "theme_text",
    "theme_danger",
    "theme_dark_primary",
    "theme_dark_background",
    "theme_dark_text",
    "theme_dark_danger",
    "theme_radius",
    "theme_font",
    "theme_density",
];

/// Keys of an App that are told and never set.
const READ_ONLY: [&str; 5] = ["id", "client_id", "supported_factors", "created_at", "updated_at"];

impl AppSettings {
    /// These settings with the form's fields applied, or every problem, one sentence each. What the
    /// form does not name stays.
    pub fn apply(&self, fields: &[(String, String)]) -> Result<Self, Vec<String>> {
        let mut settings = self.clone();
        let mut problems = Vec::new();
        let (mut interlocked_ok, mut theme_ok) = (true, true);
        for (position, (key, value)) in fields.iter().enumerate() {
            let repeated = fields.iter().take(position).any(|(earlier, _)| earlier == key);
            let outcome = if repeated {
                Err(vec![format!("'{}' is given more than once.", shown(key))])
            } else {
                settings.set(key, value)
            };
            if let Err(found) = outcome {
                problems.extend(found);
                interlocked_ok &= !INTERLOCKED.contains(&key.as_str());
                theme_ok &= !THEME_KEYS.contains(&key.as_str());
            }
        }
        if let Some(problem) = webauthn_names_differ(fields) {
            problems.push(problem);
            interlocked_ok = false;
        }
        if interlocked_ok {
            problems.extend(settings.contradictions());
        }
        if theme_ok {
            problems.extend(settings.theme.contrast_problems());
        }
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), Vec<String>> {
        // The second name may be null on the wire, and then says nothing.
        if key == "webauth_enabled" && is_null(value) {
            return Ok(());
        }
        if let Some(flag) = self.flag(key) {
            *flag = boolean(value)
                .ok_or_else(|| vec![format!("'{key}' must be true, false, 1 or 0.")])?;
            return Ok(());
        }
        if let Some(outcome) = self.theme.set(key, value) {
            return outcome;
        }
        match key {
            "webauthn_redirect_allowed" => {
                self.webauthn_redirect_allowed = optional_boolean(key, value)?;
            }
            "first_enrollment" => self.first_enrollment = first_enrollment(value)?,
            "friendly_name" => self.friendly_name = friendly_name(value)?,
            "icon" => self.icon = icon(value)?,
            "app_domain" => self.app_domain = app_domain(value)?,
            "redirect_uris" => self.redirect_uris = redirect_uris(value)?,
            "origins" => self.origins = origins(value)?,
            "allowed_countries" => self.allowed_countries = allowed_countries(value)?,
            _ if READ_ONLY.contains(&key) => return Err(vec![format!("'{key}' can't be set.")]),
            _ => return Err(vec![format!("'{}' is not a setting.", shown(key))]),
        }
        Ok(())
    }

    fn flag(&mut self, key: &str) -> Option<&mut bool> {
        Some(match key {
            "enabled" => &mut self.enabled,
            "sandbox_mode" => &mut self.sandbox_mode,
            "allow_sms_channel" => &mut self.allow_sms_channel,
            "allow_totp_channel" => &mut self.allow_totp_channel,
            "webauthn_enabled" | "webauth_enabled" => &mut self.webauthn_enabled,
            "allow_voice_channel" => &mut self.allow_voice_channel,
            "allow_whatsapp_channel" => &mut self.allow_whatsapp_channel,
            "push_enabled" => &mut self.push_enabled,
            "backup_codes_enrollment" => &mut self.backup_codes_enrollment,
            "defer_sms_usage" => &mut self.defer_sms_usage,
            "mfa_enabled" => &mut self.mfa_enabled,
            "intelligent_2fa" => &mut self.intelligent_2fa,
            _ => return None,
        })
    }
}

/// `webauth_enabled` comes from published clients as a second name: two values would be a guess.
fn webauthn_names_differ(fields: &[(String, String)]) -> Option<String> {
    let given = |name: &str| {
        fields.iter().find(|(key, _)| key == name).and_then(|(_, value)| boolean(value))
    };
    let (first, second) = (given("webauthn_enabled")?, given("webauth_enabled")?);
    (first != second).then(|| {
        "'webauth_enabled' and 'webauthn_enabled' are one setting and must not differ.".to_owned()
    })
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(in crate::app) fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn applied(pairs: &[(&str, &str)]) -> Result<AppSettings, Vec<String>> {
        AppSettings::default().apply(&fields(pairs))
    }

    fn good_value(key: &str) -> &'static str {
        match key {
            "friendly_name" => "Shop",
            "icon" => "https://example.com/icon.svg",
            "app_domain" => "example.com",
            "redirect_uris" => "https://example.com/a https://example.com/b",
            "origins" => "https://example.com",
            "first_enrollment" => "on_first_use",
            "allowed_countries" => "US de",
            "theme_radius" => "4",
            "theme_font" => "serif",
            "theme_density" => "compact",
            "theme_primary" | "theme_text" | "theme_danger" | "theme_dark_background" => "#700",
            _ if key.starts_with("theme_") => "#fed",
            _ => "TRUE",
        }
    }

    #[test]
    fn the_keys_of_a_form_are_the_settings() {
        for key in FORM_KEYS {
            assert!(applied(&[(key, good_value(key))]).is_ok(), "{key}");
        }
        let stored = serde_json::to_value(AppSettings::default()).unwrap();
        let mut stored: Vec<_> = stored.as_object().unwrap().keys().cloned().collect();
        // A theme is one object in storage.
        stored.retain(|key| key != "theme");
        stored.extend(THEME_KEYS.map(str::to_owned));
        stored.push("webauth_enabled".to_owned());
        stored.sort_unstable();
        let mut keys = FORM_KEYS.to_vec();
        keys.sort_unstable();
        assert_eq!(stored, keys);
    }

    #[test]
    fn booleans_in_every_spelling() {
        for (value, expected) in
            [("true", true), ("False", false), ("TRUE", true), ("1", true), ("0", false)]
        {
            for key in ["enabled", "sandbox_mode", "allow_totp_channel", "intelligent_2fa"] {
                let mut settings = applied(&[(key, value)]).unwrap();
                assert_eq!(settings.flag(key), Some(&mut { expected }), "{key}={value}");
            }
        }
        for value in ["", "yes", "2", "on", "null", " true", "01", "-1"] {
            assert_eq!(
                applied(&[("allow_sms_channel", value)]),
                Err(vec!["'allow_sms_channel' must be true, false, 1 or 0.".to_owned()]),
                "{value:?}"
            );
        }
    }

    #[test]
    fn null_where_it_is_allowed() {
        for (value, expected) in
            [("", None), ("null", None), ("NULL", None), ("0", Some(false)), ("true", Some(true))]
        {
            let settings = applied(&[("webauthn_redirect_allowed", value)]).unwrap();
            assert_eq!(settings.webauthn_redirect_allowed, expected, "{value:?}");
        }
        assert!(applied(&[("webauthn_redirect_allowed", "x")]).is_err());
        assert!(applied(&[("webauth_enabled", "null")]).unwrap().webauthn_enabled);
    }

    #[test]
    fn webauthn_under_both_names() {
        assert!(!applied(&[("webauth_enabled", "false")]).unwrap().webauthn_enabled);
        let both = [("webauthn_enabled", "0"), ("webauth_enabled", "False")];
        assert!(!applied(&both).unwrap().webauthn_enabled);
        let differing = [("webauth_enabled", "1"), ("webauthn_enabled", "0")];
        assert_eq!(
            applied(&differing),
            Err(vec![
                "'webauth_enabled' and 'webauthn_enabled' are one setting and must not differ."
                    .to_owned()
            ])
        );
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let problems = applied(&[
            ("allow_sms_channel", "maybe"),
            ("webauth_enabled", "perhaps"),
            ("colour", "red"),
            ("id", "APPX-1"),
            ("supported_factors", "sms"),
            ("enabled", "1"),
            ("enabled", "1"),
            ("friendly_name", "a\nb"),
            ("icon", "ftp://example.com/"),
            ("app_domain", "10.0.0.1"),
            ("allowed_countries", "US ZZ USA"),
            ("first_enrollment", "never"),
            ("evil\u{1b}[31m", "x"),
        ])
        .unwrap_err();
        assert_eq!(
            problems,
            [
                "'allow_sms_channel' must be true, false, 1 or 0.",
                "'webauth_enabled' must be true, false, 1 or 0.",
                "'colour' is not a setting.",
                "'id' can't be set.",
                "'supported_factors' can't be set.",
                "'enabled' is given more than once.",
                "'friendly_name' must not contain control characters.",
                "'icon' must begin with https:// and a host name.",
                "'app_domain' must be a host name such as example.com, not an IP address.",
                "'allowed_countries': 'ZZ' is not a two-letter country code such as US.",
                "'allowed_countries': 'USA' is not a two-letter country code such as US.",
                "'first_enrollment' must be after_phone or on_first_use.",
                "'evil\\u{1b}[31m' is not a setting.",
            ]
        );
    }

    #[test]
    fn a_failed_form_changes_nothing_and_a_good_one_only_what_it_names() {
        let before = applied(&[("friendly_name", "Shop")]).unwrap();
        let after = before.apply(&fields(&[("sandbox_mode", "false")])).unwrap();
        assert_eq!(after, AppSettings { sandbox_mode: false, ..before.clone() });
        assert!(before.apply(&fields(&[("sandbox_mode", "0"), ("x", "")])).is_err());
        assert!(before.sandbox_mode);
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_stays_accepted(
            pairs in prop::collection::vec(
                (prop::sample::select(FORM_KEYS.to_vec()), "[a-z0-9:/. *@-]{0,30}|#[0-9a-f]{6}"), 0..4,
            ),
        ) {
            let pairs: Vec<_> = pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            match AppSettings::default().apply(&pairs) {
                Ok(settings) => {
                    prop_assert!(settings.contradictions().is_empty());
                    prop_assert!(settings.theme.contrast_problems().is_empty());
                    prop_assert_eq!(settings.apply(&pairs), Ok(settings));
                }
                Err(problems) => {
                    prop_assert!(!problems.is_empty());
                    prop_assert!(problems.iter().all(|problem| problem.ends_with('.')));
                }
            }
        }
    }
}
