//! The settings of an app as a form takes them: for the description only, core reads them.

use serde::Deserialize;
use utoipa::ToSchema;

/// Settings to begin with or to change. Booleans are true, false, 1 or 0 in any case; lists are one value with
/// spaces in between.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[expect(dead_code, reason = "describes the form; AppSettings::apply reads it")]
pub struct AppForm {
    /// The client that the secret belongs to.
    client_id: Option<String>,
    /// What end users know the site by, at most 100 characters.
    friendly_name: Option<String>,
    /// Address of a picture, https.
    icon: Option<String>,
    /// Host name of the site: the widget may return to it and below it.
    #[schema(example = "shop.example")]
    app_domain: Option<String>,
    /// 0 switches the app off.
    enabled: Option<u8>,
    /// Whether messages land in the sandbox inbox instead of on phones.
    sandbox_mode: Option<bool>,
    /// Whether codes may go by text message.
    allow_sms_channel: Option<bool>,
    /// Whether codes may be read out by a call.
    allow_voice_channel: Option<bool>,
    /// Whether codes may go by WhatsApp.
    allow_whatsapp_channel: Option<bool>,
    /// Whether codes of an authenticator app are taken.
    allow_totp_channel: Option<bool>,
    /// Whether passkeys and security keys are taken.
    webauthn_enabled: Option<bool>,
    /// Another name of `webauthn_enabled`.
    webauth_enabled: Option<bool>,
    /// Whether WebAuthn may leave the frame for a window of its own; empty or null: unset.
    webauthn_redirect_allowed: Option<bool>,
    /// Whether approvals on an enrolled device are taken.
    push_enabled: Option<bool>,
    /// Whether backup codes are offered.
    backup_codes_enrollment: Option<bool>,
    /// Whether text messages are offered last, and only once the other ways were turned down or failed.
    defer_sms_usage: Option<bool>,
    /// Whether two different kinds of factor must pass in one login: two of phone, `totp` and `webauthn` must be allowed then.
    mfa_enabled: Option<bool>,
    /// Whether a device that the end user trusts may skip the challenge.
    intelligent_2fa: Option<bool>,
    /// Exact addresses that the widget may return to.
    #[schema(example = "https://shop.example/login/return https://shop.example/app/return")]
    redirect_uris: Option<String>,
    /// Exact origins that may embed the widget.
    #[schema(example = "https://shop.example")]
    origins: Option<String>,
    /// How somebody begins who has nothing yet: `after_phone` with a code, `on_first_use` with a passkey or authenticator app
    /// that they set up on the spot.
    first_enrollment: Option<String>,
    /// Countries (ISO 3166-1 alpha-2) whose numbers are taken; empty: all.
    #[schema(example = "US CA")]
    allowed_countries: Option<String>,
    /// Main colour in the light scheme, `#rrggbb` or `#rgb`; empty: ours. So are the other seven. Primary, text and
    /// danger must have a contrast of 4.5:1 on the background.
    #[schema(example = "#1d4ed8")]
    theme_primary: Option<String>,
    /// Background in the light scheme.
    theme_background: Option<String>,
    /// Text in the light scheme.
    theme_text: Option<String>,
    /// What is wrong, in the light scheme.
    theme_danger: Option<String>,
    /// Main colour in the dark scheme.
    theme_dark_primary: Option<String>,
    /// Background in the dark scheme.
    theme_dark_background: Option<String>,
    /// Text in the dark scheme.
    theme_dark_text: Option<String>,
    /// What is wrong, in the dark scheme.
    theme_dark_danger: Option<String>,
    /// How round corners are, 0 to 24 CSS pixels; empty: ours.
    #[schema(maximum = 24)]
    theme_radius: Option<u8>,
    /// `system`, `grotesque`, `humanist`, `rounded`, `serif` or `mono`; no font is ever downloaded.
    theme_font: Option<String>,
    /// `comfortable` or `compact`.
    theme_density: Option<String>,
}
