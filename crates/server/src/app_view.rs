//! An app as callers see it: the same shape in every answer of the API and of the command line.

use onlyauth_core::app::AppSettings;
use onlyauth_core::app::theme::Colour;
use onlyauth_core::ids::{AppId, ClientId};
use onlyauth_store::AppRecord;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// An app. All keys are always present. Times are Unix seconds.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = App)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own on the wire")]
pub struct AppView {
    /// The app.
    #[schema(value_type = String, example = "APPX-01920000-0000-7000-8000-000000000001")]
    pub id: AppId,
    /// The client that owns it.
    #[schema(value_type = String, example = "CLNT-01920000-0000-7000-8000-000000000001")]
    pub client_id: ClientId,
    /// What the end user reads.
    pub friendly_name: String,
    /// Address of a picture; may be empty.
    pub icon: String,
    /// The host at which, and below which, the site lives; may be empty.
    pub app_domain: String,
    /// 1 when access tokens are made for it, else 0.
    #[schema(minimum = 0, maximum = 1)]
    pub enabled: u8,
    /// Whether nothing leaves the building.
    pub sandbox_mode: bool,
    /// Codes by text message.
    pub allow_sms_channel: bool,
    /// Codes of an authenticator app.
    pub allow_totp_channel: bool,
    /// Passkeys and security keys.
    pub webauthn_enabled: bool,
    /// Whether WebAuthn may leave the frame for a page of its own; null leaves it to the server.
    #[schema(required)]
    pub webauthn_redirect_allowed: Option<bool>,
    /// The same as `webauthn_enabled`.
    #[schema(required)]
    pub webauth_enabled: Option<bool>,
    /// The channels that these settings allow, separated by commas.
    #[schema(example = "sms,totp,webauthn,backup_code")]
    pub supported_factors: String,
    /// Codes by a call.
    pub allow_voice_channel: bool,
    /// Codes by WhatsApp.
    pub allow_whatsapp_channel: bool,
    /// Approvals on an enrolled device.
    pub push_enabled: bool,
    /// Whether end users get backup codes.
    pub backup_codes_enrollment: bool,
    /// Whether text messages are offered last, and only once the other ways were turned down or failed.
    pub defer_sms_usage: bool,
    /// Whether two channels of different kinds must pass in one login.
    pub mfa_enabled: bool,
    /// Whether a trusted device skips the challenge.
    pub intelligent_2fa: bool,
    /// Exact addresses to which the browser may return; where there are any, no other.
    pub redirect_uris: Vec<String>,
    /// Exact origins that may embed the widget.
    pub origins: Vec<String>,
    /// When an end user's first factor is enrolled: `after_phone` or `on_first_use`.
    pub first_enrollment: &'static str,
    /// Countries whose numbers may log in, ISO 3166-1 alpha-2; empty means all.
    pub allowed_countries: Vec<String>,
    /// Main colour in the light scheme, `#rrggbb`; empty where it is ours, as in the other seven.
    #[schema(value_type = String, example = "#1d4ed8")]
    pub theme_primary: ColourText,
    /// Background in the light scheme.
    #[schema(value_type = String)]
    pub theme_background: ColourText,
    /// Text in the light scheme.
    #[schema(value_type = String)]
    pub theme_text: ColourText,
    /// What is wrong, in the light scheme.
    #[schema(value_type = String)]
    pub theme_danger: ColourText,
    /// Main colour in the dark scheme.
    #[schema(value_type = String)]
    pub theme_dark_primary: ColourText,
    /// Background in the dark scheme.
    #[schema(value_type = String)]
    pub theme_dark_background: ColourText,
    /// Text in the dark scheme.
    #[schema(value_type = String)]
    pub theme_dark_text: ColourText,
    /// What is wrong, in the dark scheme.
    #[schema(value_type = String)]
    pub theme_dark_danger: ColourText,
    /// How round corners are, in CSS pixels; null where it is ours.
    #[schema(required, maximum = 24)]
    pub theme_radius: Option<u8>,
    /// The font: `system`, `grotesque`, `humanist`, `rounded`, `serif` or `mono`.
    pub theme_font: &'static str,
    /// How much room there is: `comfortable` or `compact`.
    pub theme_density: &'static str,
    /// When it was made, in Unix seconds.
    pub created_at: i64,
    /// When its settings last changed, in Unix seconds.
    pub updated_at: i64,
}

/// A colour as the wire has it: empty where an app has none.
#[derive(Debug, Clone)]
pub struct ColourText(Option<Colour>);

impl Serialize for ColourText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(colour) => serializer.collect_str(&colour),
            None => serializer.serialize_str(""),
        }
    }
}

impl AppView {
    /// The view of a row and the settings that it holds.
    pub fn new(record: &AppRecord, settings: &AppSettings) -> Self {
        let theme = &settings.theme;
        Self {
            id: record.app_id,
            client_id: record.client_id,
            friendly_name: settings.friendly_name.clone(),
            icon: settings.icon.clone(),
            app_domain: settings.app_domain.clone(),
            enabled: u8::from(settings.enabled),
            sandbox_mode: settings.sandbox_mode,
            allow_sms_channel: settings.allow_sms_channel,
            allow_totp_channel: settings.allow_totp_channel,
            webauthn_enabled: settings.webauthn_enabled,
            webauthn_redirect_allowed: settings.webauthn_redirect_allowed,
            webauth_enabled: Some(settings.webauthn_enabled),
            supported_factors: settings.supported_factors(),
            allow_voice_channel: settings.allow_voice_channel,
            allow_whatsapp_channel: settings.allow_whatsapp_channel,
            push_enabled: settings.push_enabled,
            backup_codes_enrollment: settings.backup_codes_enrollment,
            defer_sms_usage: settings.defer_sms_usage,
            mfa_enabled: settings.mfa_enabled,
            intelligent_2fa: settings.intelligent_2fa,
            redirect_uris: settings.redirect_uris.clone(),
            origins: settings.origins.clone(),
            first_enrollment: settings.first_enrollment.as_str(),
            allowed_countries: settings.allowed_countries.clone(),
            theme_primary: ColourText(theme.light.primary),
            theme_background: ColourText(theme.light.background),
            theme_text: ColourText(theme.light.text),
            theme_danger: ColourText(theme.light.danger),
            theme_dark_primary: ColourText(theme.dark.primary),
            theme_dark_background: ColourText(theme.dark.background),
            theme_dark_text: ColourText(theme.dark.text),
            theme_dark_danger: ColourText(theme.dark.danger),
            theme_radius: theme.radius,
            theme_font: theme.font.as_str(),
            theme_density: theme.density.as_str(),
            created_at: record.created_at.as_seconds(),
            updated_at: record.updated_at.as_seconds(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use onlyauth_core::app::FORM_KEYS;
    use onlyauth_core::time::Timestamp;
    use utoipa::PartialSchema;

    use super::*;
    use crate::api::app_form::AppForm;

    fn view(settings: &AppSettings) -> serde_json::Value {
        let (made, changed) = (Timestamp::from_millis(1_500), Timestamp::from_millis(2_999));
        let record = AppRecord {
            client_id: ClientId::new(made, [1; 10]),
            app_id: AppId::new(made, [2; 10]),
            settings: String::new(),
            revision: 1,
            created_at: made,
            updated_at: changed,
        };
        serde_json::to_value(AppView::new(&record, settings)).unwrap()
    }

    #[test]
    fn a_new_app_has_all_keys() {
        let app = view(&AppSettings::default());
        for key in FORM_KEYS.iter().chain(&["id", "client_id", "supported_factors"]) {
            assert!(app.get(*key).is_some(), "{key}");
        }
        assert_eq!(app["enabled"], 1);
        assert_eq!(app["sandbox_mode"], true);
        assert_eq!(app["webauth_enabled"], true);
        assert_eq!((&app["created_at"], &app["updated_at"]), (&1.into(), &2.into()));
    }

    #[test]
    fn null_is_kept() {
        let settings = AppSettings { webauthn_redirect_allowed: None, ..AppSettings::default() };
        assert!(view(&settings)["webauthn_redirect_allowed"].is_null());
    }

    #[test]
    fn what_is_shown_can_be_set_again() {
        let fields = [
            ("theme_primary", "#064"),
            ("theme_background", "#FFF"),
            ("theme_text", "#000000"),
            ("theme_danger", "#700"),
            ("theme_dark_primary", "#9fe"),
            ("theme_dark_background", "#001"),
            ("theme_dark_text", "#fff"),
            ("theme_dark_danger", "#fa9"),
            ("theme_radius", "0"),
            ("theme_font", "mono"),
            ("theme_density", "compact"),
        ];
        let fields = fields.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let settings = AppSettings::default().apply(&fields).unwrap();
        let app = view(&settings);
        assert_eq!(app["theme_primary"], "#006644");
        assert_eq!(app["theme_radius"], 0);
        let shown = fields.map(|(key, _)| {
            let value = app[&key].as_str().map_or_else(|| app[&key].to_string(), str::to_owned);
            (key, value)
        });
        assert_eq!(AppSettings::default().apply(&shown), Ok(settings));
        let ours = view(&AppSettings::default());
        assert_eq!((&ours["theme_text"], &ours["theme_radius"]), (&"".into(), &().into()));
    }

    fn properties(schema: &impl Serialize) -> BTreeSet<String> {
        let schema = serde_json::to_value(schema).unwrap();
        schema["properties"].as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn the_descriptions_name_what_is_read_and_written() {
        let app = view(&AppSettings::default());
        let written: BTreeSet<String> = app.as_object().unwrap().keys().cloned().collect();
        assert_eq!(properties(&AppView::schema()), written);
        let described = serde_json::to_value(AppView::schema()).unwrap();
        assert_eq!(described["required"].as_array().unwrap().len(), written.len());
        let read: BTreeSet<String> =
            FORM_KEYS.iter().chain(&["client_id"]).map(|key| (*key).to_owned()).collect();
        assert_eq!(properties(&AppForm::schema()), read);
    }
}
