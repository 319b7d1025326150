//! Apps: the settings of one site, and what follows from them.
//!
//! Settings arrive as form fields ([`AppSettings::apply`]), are stored as one JSON value, and every
//! question that other parts ask (which channels, who may embed, which countries) is answered here.

mod address_fields;
mod contradictions;
mod domain_field;
mod embedding;
mod form;
mod plain_fields;
pub mod theme;

use serde::{Deserialize, Serialize};

pub use form::FORM_KEYS;
pub use theme::Theme;

use crate::channel::{Channel, Mode};
use crate::redirect::RedirectRule;
use crate::web_address::WebAddress;

/// When an end user's first factor is enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstEnrollment {
    /// Other factors can be enrolled once a phone channel has passed.
    AfterPhone,
    /// Whoever has neither a factor nor a phone that ever passed may enrol one in place of a proof.
    OnFirstUse,
}

impl FirstEnrollment {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AfterPhone => "after_phone",
            Self::OnFirstUse => "on_first_use",
        }
    }
}

/// All settings of an app. A key that a stored value lacks, because it is older than the setting, has
/// its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own on the wire")]
pub struct AppSettings {
    /// What the end user reads; at most 100 characters, may be empty.
    pub friendly_name: String,
    /// Address of a picture; may be empty.
    pub icon: String,
    /// The host at which, and below which, the site lives: lower case, punycode; may be empty.
    pub app_domain: String,
    /// Whether access tokens are made for it. An integer, 1 or 0, on the wire.
    pub enabled: bool,
    /// Whether nothing leaves the building.
    pub sandbox_mode: bool,
    /// Codes by text message.
    pub allow_sms_channel: bool,
    /// Codes of an authenticator app.
    pub allow_totp_channel: bool,
    /// Passkeys and security keys.
    pub webauthn_enabled: bool,
    /// Whether WebAuthn may leave the frame for a page of its own; unset leaves it to the server.
    pub webauthn_redirect_allowed: Option<bool>,
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
    /// Whether two channels of different kinds must pass in one action.
    pub mfa_enabled: bool,
    /// Whether a trusted device skips the challenge.
    pub intelligent_2fa: bool,
    /// Exact addresses to which the browser may return; where there are any, no other.
    pub redirect_uris: Vec<String>,
    /// Exact origins that may embed the widget.
    pub origins: Vec<String>,
    /// When the first factor is enrolled.
    pub first_enrollment: FirstEnrollment,
    /// Countries whose numbers may log in, ISO 3166-1 alpha-2 in capitals; empty means all.
    pub allowed_countries: Vec<String>,
    /// How the widget looks.
    pub theme: Theme,
}

impl Default for AppSettings {
    /// A new app's settings.
    fn default() -> Self {
        Self {
            friendly_name: String::new(),
            icon: String::new(),
            app_domain: String::new(),
            enabled: true,
            sandbox_mode: true,
            allow_sms_channel: true,
            allow_totp_channel: true,
            webauthn_enabled: true,
            webauthn_redirect_allowed: Some(true),
            allow_voice_channel: false,
            allow_whatsapp_channel: false,
            push_enabled: false,
            backup_codes_enrollment: true,
            defer_sms_usage: false,
            mfa_enabled: false,
            intelligent_2fa: false,
            redirect_uris: Vec::new(),
            origins: Vec::new(),
            first_enrollment: FirstEnrollment::AfterPhone,
            allowed_countries: Vec::new(),
            theme: Theme::default(),
        }
    }
}

impl AppSettings {
    /// Whether access tokens are made for the app.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }

    /// The world in which its end users, actions and counters live.
    pub fn mode(&self) -> Mode {
        if self.sandbox_mode { Mode::Sandbox } else { Mode::Live }
    }

    /// Whether the app allows a channel.
    pub fn allows_channel(&self, channel: Channel) -> bool {
        match channel {
            Channel::Sms => self.allow_sms_channel,
            Channel::Voice => self.allow_voice_channel,
            Channel::Whatsapp => self.allow_whatsapp_channel,
            Channel::Totp => self.allow_totp_channel,
            Channel::Webauthn => self.webauthn_enabled,
            Channel::Push => self.push_enabled,
            Channel::BackupCode => self.backup_codes_enrollment,
        }
    }

    /// The channels that the app allows, in the order of [`Channel::ALL`].
    pub fn channels(&self) -> Vec<Channel> {
        Channel::ALL.into_iter().filter(|channel| self.allows_channel(*channel)).collect()
    }

    /// The allowed channels as the wire has them: names separated by commas.
    pub fn supported_factors(&self) -> String {
        self.channels().into_iter().map(Channel::as_str).collect::<Vec<_>>().join(",")
    }

    /// Whether numbers of `country` (ISO 3166-1 alpha-2, any case) may log in.
    pub fn allows_country(&self, country: &str) -> bool {
        self.allowed_countries.is_empty()
            || self.allowed_countries.iter().any(|allowed| allowed.eq_ignore_ascii_case(country))
    }

    /// What the end user reads as the name of the site: its friendly name, else its domain.
    pub fn display_name(&self) -> Option<&str> {
        [self.friendly_name.as_str(), self.app_domain.as_str()]
            .into_iter()
            .find(|name| !name.trim().is_empty())
    }

    /// What decides about the app's `redirect_uri`.
    pub fn redirect_rule(&self) -> RedirectRule<'_> {
        RedirectRule {
            app_domain: &self.app_domain,
            redirect_uris: &self.redirect_uris,
            mode: self.mode(),
        }
    }

    /// Who may embed the widget, as source expressions for `frame-ancestors`. Empty means nobody:
    /// the policy then says `'none'`.
    pub fn frame_ancestors(&self) -> Vec<String> {
        if !self.origins.is_empty() {
            return self.origins.clone();
        }
        let mut sources = Vec::new();
        if !self.app_domain.is_empty() {
            sources.push(format!("https://{}", self.app_domain));
            sources.push(format!("https://*.{}", self.app_domain));
        }
        if self.sandbox_mode {
            sources.push("http://localhost:*".to_owned());
            sources.push("http://127.0.0.1:*".to_owned());
        }
        sources
    }

    /// The origin of the icon, for `img-src`; none where there is no icon.
    pub fn icon_origin(&self) -> Option<String> {
        WebAddress::parse(&self.icon).ok().map(|address| address.origin())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_app() -> AppSettings {
        AppSettings::default()
    }

    #[test]
    fn a_new_app() {
        let app = new_app();
        assert!(app.is_enabled());
        assert_eq!(app.mode(), Mode::Sandbox);
        assert_eq!(app.supported_factors(), "sms,totp,webauthn,backup_code");
        assert_eq!(app.webauthn_redirect_allowed, Some(true));
        assert_eq!(app.display_name(), None);
        assert!(app.allows_country("US") && app.allows_country("VA"));
        assert_eq!(app.apply(&[]), Ok(app.clone()));
    }

    #[test]
    fn settings_survive_storage_and_gain_later_keys() {
        let app = AppSettings {
            friendly_name: "Shop".into(),
            webauthn_redirect_allowed: None,
            first_enrollment: FirstEnrollment::OnFirstUse,
            redirect_uris: vec!["https://example.com/".into()],
            ..new_app()
        };
        let stored = serde_json::to_string(&app).unwrap();
        assert_eq!(serde_json::from_str::<AppSettings>(&stored).unwrap(), app);
        let older: AppSettings = serde_json::from_str(r#"{"friendly_name": "Old"}"#).unwrap();
        assert_eq!(older, AppSettings { friendly_name: "Old".into(), ..new_app() });
    }

    #[test]
    fn row_24_only_the_apps_own_origins_may_embed() {
        let sandbox = AppSettings { app_domain: "example.com".into(), ..new_app() };
        assert_eq!(
            sandbox.frame_ancestors(),
            [
                "https://example.com",
                "https://*.example.com",
                "http://localhost:*",
                "http://127.0.0.1:*"
            ]
        );
        let live = AppSettings { sandbox_mode: false, ..sandbox.clone() };
        assert_eq!(live.frame_ancestors(), ["https://example.com", "https://*.example.com"]);
        let listed = AppSettings { origins: vec!["https://a.example".into()], ..sandbox };
        assert_eq!(listed.frame_ancestors(), ["https://a.example"]);
        let nobody = AppSettings { sandbox_mode: false, ..new_app() };
        assert!(nobody.frame_ancestors().is_empty());
        assert_eq!(new_app().frame_ancestors(), ["http://localhost:*", "http://127.0.0.1:*"]);
    }

    #[test]
    fn names_icons_and_countries() {
        let mut app = AppSettings { app_domain: "example.com".into(), ..new_app() };
        assert_eq!(app.display_name(), Some("example.com"));
        app.friendly_name = "Shop".into();
        assert_eq!(app.display_name(), Some("Shop"));
        assert_eq!(app.icon_origin(), None);
        app.icon = "https://cdn.example.com:8443/icon.svg?v=1".into();
        assert_eq!(app.icon_origin().as_deref(), Some("https://cdn.example.com:8443"));
        app.allowed_countries = vec!["DE".into(), "US".into()];
        assert!(app.allows_country("US") && app.allows_country("de") && !app.allows_country("FR"));
    }
}
