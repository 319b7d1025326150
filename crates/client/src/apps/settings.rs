//! Settings of an app, as they are sent.

/// Settings of an app. What is None is not sent: a new app then has the default, and an existing one keeps what it has.
///
/// ```
/// use onlyauth_client::AppSettings;
///
/// let settings = AppSettings {
///     friendly_name: Some("My shop".to_owned()),
///     redirect_uris: Some(vec!["https://shop.example/login/return".to_owned()]),
///     ..AppSettings::default()
/// };
/// ```
///
/// `webauth_enabled`, another name of `webauthn_enabled` on the wire, is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppSettings {
    /// What end users know the site by, at most 100 characters.
    pub friendly_name: Option<String>,
    /// Address of a picture, https.
    pub icon: Option<String>,
    /// Host name of the site: the widget may return to it and below it.
    pub app_domain: Option<String>,
    /// Whether access tokens are made for it.
    pub enabled: Option<bool>,
    /// Whether messages land in the sandbox inbox instead of on phones.
    pub sandbox_mode: Option<bool>,
    /// Whether codes may go by text message.
    pub allow_sms_channel: Option<bool>,
    /// Whether codes of an authenticator app are taken.
    pub allow_totp_channel: Option<bool>,
    /// Whether passkeys and security keys are taken.
    pub webauthn_enabled: Option<bool>,
    /// Whether WebAuthn may leave the frame for a window of its own.
    pub webauthn_redirect_allowed: Option<Choice<bool>>,
    /// Whether codes may be read out by a call.
    pub allow_voice_channel: Option<bool>,
    /// Whether codes may go by WhatsApp.
    pub allow_whatsapp_channel: Option<bool>,
    /// Whether approvals on an enrolled device are taken.
    pub push_enabled: Option<bool>,
    /// Whether backup codes are offered.
    pub backup_codes_enrollment: Option<bool>,
    /// Whether text messages are offered last, and only once the other ways were turned down or failed.
    pub defer_sms_usage: Option<bool>,
    /// Whether two different kinds of factor must pass.
    pub mfa_enabled: Option<bool>,
    /// Whether a device that the end user trusts may skip the challenge.
    pub intelligent_2fa: Option<bool>,
    /// Exact addresses that the widget may return to.
    pub redirect_uris: Option<Vec<String>>,
    /// Exact origins that may embed the widget.
    pub origins: Option<Vec<String>>,
    /// `after_phone` or `on_first_use`.
    pub first_enrollment: Option<String>,
    /// Countries (ISO 3166-1 alpha-2) whose numbers are taken; empty: all.
    pub allowed_countries: Option<Vec<String>>,
    /// Main colour in the light scheme, `#rrggbb` or `#rgb`; empty: the widget's own. So are the other seven. Primary, text
    /// and danger must have a contrast of 4.5:1 on the background.
    pub theme_primary: Option<String>,
    /// Background in the light scheme.
    pub theme_background: Option<String>,
    /// Text in the light scheme.
    pub theme_text: Option<String>,
    /// What is wrong, in the light scheme.
    pub theme_danger: Option<String>,
    /// Main colour in the dark scheme.
    pub theme_dark_primary: Option<String>,
    /// Background in the dark scheme.
    pub theme_dark_background: Option<String>,
    /// Text in the dark scheme.
    pub theme_dark_text: Option<String>,
    /// What is wrong, in the dark scheme.
    pub theme_dark_danger: Option<String>,
    /// How round corners are, 0 to 24 CSS pixels.
    pub theme_radius: Option<Choice<u32>>,
    /// `system`, `grotesque`, `humanist`, `rounded`, `serif` or `mono`; no font is ever downloaded.
    pub theme_font: Option<String>,
    /// `comfortable` or `compact`.
    pub theme_density: Option<String>,
}

/// A setting that can be handed back to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice<T> {
    /// As the server has it.
    Unset,
    /// This.
    Value(T),
}

type Field = Option<(&'static str, String)>;

impl AppSettings {
    /// The fields of the form, in the wire's words.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let fields = [
            text("friendly_name", self.friendly_name.as_deref()),
            text("icon", self.icon.as_deref()),
            text("app_domain", self.app_domain.as_deref()),
            switch("enabled", self.enabled),
            switch("sandbox_mode", self.sandbox_mode),
            switch("allow_sms_channel", self.allow_sms_channel),
            switch("allow_totp_channel", self.allow_totp_channel),
            switch("webauthn_enabled", self.webauthn_enabled),
            choice("webauthn_redirect_allowed", self.webauthn_redirect_allowed),
            switch("allow_voice_channel", self.allow_voice_channel),
            switch("allow_whatsapp_channel", self.allow_whatsapp_channel),
            switch("push_enabled", self.push_enabled),
            switch("backup_codes_enrollment", self.backup_codes_enrollment),
            switch("defer_sms_usage", self.defer_sms_usage),
            switch("mfa_enabled", self.mfa_enabled),
            switch("intelligent_2fa", self.intelligent_2fa),
            list("redirect_uris", self.redirect_uris.as_deref()),
            list("origins", self.origins.as_deref()),
            text("first_enrollment", self.first_enrollment.as_deref()),
            list("allowed_countries", self.allowed_countries.as_deref()),
            text("theme_primary", self.theme_primary.as_deref()),
            text("theme_background", self.theme_background.as_deref()),
            text("theme_text", self.theme_text.as_deref()),
            text("theme_danger", self.theme_danger.as_deref()),
            text("theme_dark_primary", self.theme_dark_primary.as_deref()),
            text("theme_dark_background", self.theme_dark_background.as_deref()),
            text("theme_dark_text", self.theme_dark_text.as_deref()),
            text("theme_dark_danger", self.theme_dark_danger.as_deref()),
            choice("theme_radius", self.theme_radius),
            text("theme_font", self.theme_font.as_deref()),
            text("theme_density", self.theme_density.as_deref()),
        ];
        fields.into_iter().flatten().collect()
    }
}

fn text(name: &'static str, value: Option<&str>) -> Field {
    value.map(|value| (name, value.to_owned()))
}

fn switch(name: &'static str, value: Option<bool>) -> Field {
    value.map(|value| (name, if value { "1" } else { "0" }.to_owned()))
}

/// Lists are one value with spaces between the entries.
fn list(name: &'static str, values: Option<&[String]>) -> Field {
    values.map(|values| (name, values.join(" ")))
}

fn choice<T: ToString>(name: &'static str, value: Option<Choice<T>>) -> Field {
    value.map(|value| match value {
        Choice::Unset => (name, String::new()),
        Choice::Value(value) => (name, value.to_string()),
    })
}
