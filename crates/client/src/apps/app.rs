//! An app, as the server describes it.

use serde::Deserialize;
use serde::de::{self, Deserializer, Unexpected, Visitor};

use crate::further::Further;

/// An app. Times are Unix seconds. Keys that a server does not send have their type's empty value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own on the wire")]
pub struct App {
    /// The app.
    pub id: String,
    /// The client that owns it.
    pub client_id: String,
    /// What the end user reads.
    #[serde(default)]
    pub friendly_name: String,
    /// Address of a picture; may be empty.
    #[serde(default)]
    pub icon: String,
    /// The host at which, and below which, the site lives; may be empty.
    #[serde(default)]
    pub app_domain: String,
    /// Whether access tokens are made for it. 1 or 0 on the wire.
    #[serde(default, deserialize_with = "switch")]
    pub enabled: bool,
    /// Whether nothing leaves the building.
    #[serde(default)]
    pub sandbox_mode: bool,
    /// Codes by text message.
    #[serde(default)]
    pub allow_sms_channel: bool,
    /// Codes of an authenticator app.
    #[serde(default)]
    pub allow_totp_channel: bool,
    /// Passkeys and security keys.
    #[serde(default)]
    pub webauthn_enabled: bool,
    /// Whether WebAuthn may leave the frame for a page of its own; None leaves it to the server.
    #[serde(default)]
    pub webauthn_redirect_allowed: Option<bool>,
    /// The same as `webauthn_enabled`.
    #[serde(default)]
    pub webauth_enabled: Option<bool>,
    /// The channels that these settings allow, separated by commas.
    #[serde(default)]
    pub supported_factors: String,
    /// Codes by a call.
    #[serde(default)]
    pub allow_voice_channel: bool,
    /// Codes by WhatsApp.
    #[serde(default)]
    pub allow_whatsapp_channel: bool,
    /// Approvals on an enrolled device.
    #[serde(default)]
    pub push_enabled: bool,
    /// Whether end users get backup codes.
    #[serde(default)]
    pub backup_codes_enrollment: bool,
    /// Whether text messages are offered last, and only once the other ways were turned down or failed.
    #[serde(default)]
    pub defer_sms_usage: bool,
    /// Whether two channels of different kinds must pass in one action.
    #[serde(default)]
    pub mfa_enabled: bool,
    /// Whether a trusted device skips the challenge.
    #[serde(default)]
    pub intelligent_2fa: bool,
    /// Exact addresses to which the browser may return; where there are any, no other.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// Exact origins that may embed the widget.
    #[serde(default)]
    pub origins: Vec<String>,
    /// When an end user's first factor is enrolled: `after_phone` or `on_first_use`.
    #[serde(default)]
    pub first_enrollment: String,
    /// Countries whose numbers may log in, ISO 3166-1 alpha-2; empty means all.
    #[serde(default)]
    pub allowed_countries: Vec<String>,
    /// Main colour in the light scheme, `#rrggbb`; empty where it is the widget's own, as in the other seven.
    #[serde(default)]
    pub theme_primary: String,
    /// Background in the light scheme.
    #[serde(default)]
    pub theme_background: String,
    /// Text in the light scheme.
    #[serde(default)]
    pub theme_text: String,
    /// What is wrong, in the light scheme.
    #[serde(default)]
    pub theme_danger: String,
    /// Main colour in the dark scheme.
    #[serde(default)]
    pub theme_dark_primary: String,
    /// Background in the dark scheme.
    #[serde(default)]
    pub theme_dark_background: String,
    /// Text in the dark scheme.
    #[serde(default)]
    pub theme_dark_text: String,
    /// What is wrong, in the dark scheme.
    #[serde(default)]
    pub theme_dark_danger: String,
    /// How round corners are, in CSS pixels; None where it is the widget's own.
    #[serde(default)]
    pub theme_radius: Option<u32>,
    /// The font: `system`, `grotesque`, `humanist`, `rounded`, `serif` or `mono`.
    #[serde(default)]
    pub theme_font: String,
    /// How much room there is: `comfortable` or `compact`.
    #[serde(default)]
    pub theme_density: String,
    /// When it was made, in Unix seconds.
    #[serde(default)]
    pub created_at: i64,
    /// When its settings last changed, in Unix seconds.
    #[serde(default)]
    pub updated_at: i64,
    /// What a newer server says besides.
    #[serde(flatten)]
    pub further: Further,
}

/// 1 or 0; `true` and `false` are understood, too.
fn switch<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    struct Switch;

    impl Visitor<'_> for Switch {
        type Value = bool;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("1, 0, true or false")
        }

        fn visit_bool<E: de::Error>(self, value: bool) -> Result<bool, E> {
            Ok(value)
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<bool, E> {
            match value {
                0 => Ok(false),
                1 => Ok(true),
                other => Err(E::invalid_value(Unexpected::Unsigned(other), &self)),
            }
        }
    }

    deserializer.deserialize_any(Switch)
}
