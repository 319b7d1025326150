//! Passkeys and security keys (WebAuthn level 3): what a browser must say about a ceremony, and what the signature
//! counter tells. The signature itself is a library's matter.

use crate::app::AppSettings;

/// The two ceremonies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ceremony {
    /// A credential is made (section 7.1).
    Create,
    /// A credential is used (section 7.2).
    Get,
}

impl Ceremony {
    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Get => "get",
        }
    }

    /// What the browser calls it in `type`.
    const fn kind(self) -> &'static str {
        match self {
            Self::Create => "webauthn.create",
            Self::Get => "webauthn.get",
        }
    }
}

/// What the browser says about where a ceremony took place (section 5.8.1), which the authenticator signs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientData {
    /// Which ceremony.
    #[serde(rename = "type")]
    pub kind: String,
    /// What was to be signed, base64url.
    pub challenge: String,
    /// The origin of the page that asked.
    pub origin: String,
    /// Whether that page was in a frame of another origin.
    pub cross_origin: Option<bool>,
    /// The origin of the page in the address bar, where it is another one and the browser tells.
    pub top_origin: Option<String>,
}

/// What is wrong about where a ceremony took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misplaced {
    /// The answer is of the other ceremony.
    #[error("type")]
    Kind,
    /// The page was none of ours.
    #[error("origin")]
    Origin,
    /// The page was framed by somebody who may not, or the browser contradicts itself.
    #[error("top_origin")]
    TopOrigin,
}

impl ClientData {
    /// Whether the ceremony took place where it may: on a page at one of our own `origins`, by itself or in a frame of
    /// a page that may embed the app's widget.
    ///
    /// A browser that does not tell the top origin of a framed ceremony is trusted to have kept the frame's
    /// `frame-ancestors`, which names the same origins: Firefox and Safari tell none, and refusing them would leave
    /// their users without passkeys in frames.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(
        &self,
        ceremony: Ceremony,
        origins: &[String],
        app: &AppSettings,
    ) -> Result<(), Misplaced> {
        if self.kind != ceremony.kind() {
            return Err(Misplaced::Kind);
        }
        if !origins.contains(&self.origin) {
            return Err(Misplaced::Origin);
        }
        match (self.cross_origin.unwrap_or(false), self.top_origin.as_deref()) {
            (_, None) => Ok(()),
            (true, Some(top)) if app.may_embed(top) => Ok(()),
            _ => Err(Misplaced::TopOrigin),
        }
    }
}

/// What a signature counter tells (section 6.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// The authenticator counts, and is ahead: store this.
    Advanced(u32),
    /// The authenticator does not count.
    None,
    /// It is not ahead of what was stored: two authenticators may have one key, so the answer is refused.
    Regressed,
}

impl Counter {
    /// Compares what is stored with what was signed.
    pub const fn judge(stored: u32, signed: u32) -> Self {
        if stored == 0 && signed == 0 {
            Self::None
        } else if signed > stored {
            Self::Advanced(signed)
        } else {
            Self::Regressed
        }
    }

    /// What is to be stored; None where the answer is refused.
    pub const fn position(self) -> Option<u32> {
        match self {
            Self::Advanced(position) => Some(position),
            Self::None => Some(0),
            Self::Regressed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://auth.example.com";

    fn app() -> AppSettings {
        AppSettings {
            app_domain: "shop.example".into(),
            sandbox_mode: false,
            ..AppSettings::default()
        }
    }

    fn data(kind: &str, origin: &str, framed: Option<bool>, top: Option<&str>) -> ClientData {
        ClientData {
            kind: kind.into(),
            challenge: String::new(),
            origin: origin.into(),
            cross_origin: framed,
            top_origin: top.map(str::to_owned),
        }
    }

    #[test]
    fn row_26_a_ceremony_is_ours_and_framed_by_the_apps_pages_only() {
        let get = |origin, framed, top| {
            data("webauthn.get", origin, framed, top).check(
                Ceremony::Get,
                &[OURS.to_owned()],
                &app(),
            )
        };
        for (origin, framed, top, expected) in [
            (OURS, None, None, Ok(())),
            (OURS, Some(false), None, Ok(())),
            (OURS, Some(true), Some("https://shop.example"), Ok(())),
            (OURS, Some(true), Some("https://www.shop.example"), Ok(())),
            // Firefox and Safari don't tell.
            (OURS, Some(true), None, Ok(())),
            (OURS, Some(true), Some("https://evil.example"), Err(Misplaced::TopOrigin)),
            (
                OURS,
                Some(true),
                Some("https://shop.example.evil.example"),
                Err(Misplaced::TopOrigin),
            ),
            (OURS, Some(true), Some("http://shop.example"), Err(Misplaced::TopOrigin)),
            (OURS, Some(true), Some("null"), Err(Misplaced::TopOrigin)),
            (OURS, Some(true), Some(""), Err(Misplaced::TopOrigin)),
            // No browser says so: a top origin is told of frames only.
            (OURS, Some(false), Some("https://shop.example"), Err(Misplaced::TopOrigin)),
            (OURS, None, Some("https://shop.example"), Err(Misplaced::TopOrigin)),
            ("https://shop.example", None, None, Err(Misplaced::Origin)),
            ("https://auth.example.com:8443", None, None, Err(Misplaced::Origin)),
            ("http://auth.example.com", None, None, Err(Misplaced::Origin)),
            ("https://auth.example.com/", None, None, Err(Misplaced::Origin)),
            ("https://x.auth.example.com", None, None, Err(Misplaced::Origin)),
            ("", None, None, Err(Misplaced::Origin)),
        ] {
            assert_eq!(get(origin, framed, top), expected, "{origin} {framed:?} {top:?}");
        }
    }

    #[test]
    fn row_26_one_ceremonys_answer_is_none_to_the_other() {
        for (kind, ceremony, fits) in [
            ("webauthn.get", Ceremony::Get, true),
            ("webauthn.create", Ceremony::Create, true),
            ("webauthn.create", Ceremony::Get, false),
            ("webauthn.get", Ceremony::Create, false),
            ("payment.get", Ceremony::Get, false),
            ("", Ceremony::Get, false),
        ] {
            let checked = data(kind, OURS, None, None).check(ceremony, &[OURS.to_owned()], &app());
            assert_eq!(checked.is_ok(), fits, "{kind:?} {ceremony:?}");
        }
    }

    #[test]
    fn row_26_a_counter_only_goes_up() {
        for (stored, signed, expected) in [
            (0, 0, Counter::None),
            (0, 1, Counter::Advanced(1)),
            (1, 2, Counter::Advanced(2)),
            (1, u32::MAX, Counter::Advanced(u32::MAX)),
            (1, 1, Counter::Regressed),
            (2, 1, Counter::Regressed),
            // One that counted does not stop.
            (5, 0, Counter::Regressed),
            (u32::MAX, 0, Counter::Regressed),
        ] {
            assert_eq!(Counter::judge(stored, signed), expected, "{stored} {signed}");
        }
    }

    #[test]
    fn what_the_browser_says_twice_is_not_read() {
        let read = |text: &str| serde_json::from_str::<ClientData>(text);
        let full = r#"{"type":"webauthn.get","challenge":"x","origin":"https://auth.example.com",
            "crossOrigin":true,"topOrigin":"https://shop.example","other_keys_can_be_added_here":1}"#;
        assert_eq!(read(full).unwrap().top_origin.as_deref(), Some("https://shop.example"));
        let end = full.len() - 1;
        for twice in ["origin", "topOrigin", "type", "challenge"] {
            let text = format!("{},\"{twice}\":\"https://b.example\"}}", &full[..end]);
            assert!(read(&text).is_err(), "{text}");
        }
        for missing in ["origin", "type", "challenge"] {
            assert!(read(&full.replace(missing, "other")).is_err(), "{missing}");
        }
    }
}
