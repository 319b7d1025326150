//! Access tokens: signed permission to start one action (JWT, RFC 7519, hardened as RFC 8725 asks).
//!
//! Header and algorithm are fixed to the byte: nothing in a presented header chooses how it is checked, save
//! `kid`, which may only name a key of the ring (see [`jws`]). Phone, end user and redirect travel in one sealed claim that is
//! bound to all the others.

mod jws;

use std::fmt;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use crate::action;
use crate::channel::Mode;
use crate::ids::{ActionId, AppId, ClientId};
use crate::keys::{KeyError, KeyRing, Nonce, Purpose};
use crate::time::Timestamp;

/// Longest token that is looked at, in bytes: more than the largest this server makes.
pub const LONGEST: usize = 12 * 1024;

/// For which pages a token is: its `aud` claim, so that a token for one purpose is worth nothing for another (RFC 8725
/// section 3.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The widget, for a login.
    Login,
    /// The page of a one-time link, which gives out a token for [`Self::Factors`] once.
    FactorLink,
    /// The widget, where end users look after their factors. What passes there is no login.
    Factors,
}

impl Audience {
    const ALL: [Self; 3] = [Self::Login, Self::FactorLink, Self::Factors];

    /// What actions are for that begin with such a token.
    pub const fn purpose(self) -> action::Purpose {
        match self {
            Self::Login => action::Purpose::Login,
            Self::FactorLink | Self::Factors => action::Purpose::Factors,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Login => "onlyauth-widget",
            Self::FactorLink => "onlyauth-factor-link",
            Self::Factors => "onlyauth-factors",
        }
    }
}

/// What one access token grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// On these pages.
    pub audience: Audience,
    /// The action that it may start; the token's `jti`.
    pub action_id: ActionId,
    /// For this client.
    pub client_id: ClientId,
    /// In this app.
    pub app_id: AppId,
    /// In the mode that the app had when the token was made.
    pub mode: Mode,
    /// BCP 47, canonical.
    pub language: String,
    /// Which base URL serves the widget.
    pub region: String,
    /// The personal part.
    pub subject: Subject,
}

/// The personal part of a grant: sealed in the token, masked in logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// E.164.
    #[serde(rename = "p")]
    pub phone: String,
    /// The customer's name for the end user.
    #[serde(rename = "u")]
    pub end_user_uuid: String,
    /// Where the browser returns to; may carry personal data in its query.
    #[serde(rename = "r")]
    pub redirect_uri: String,
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject(…)")
    }
}

/// A genuine access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it grants.
    pub grant: Grant,
    /// When it was made, to the second.
    pub issued_at: Timestamp,
    /// The moment from which it starts nothing more. Once started, the action's own end counts.
    pub start_before: Timestamp,
}

/// The text is no access token of this server. Which check failed is for the log, not for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a compact JWT, or far too long.
    #[error("not a compact JWT")]
    Shape,
    /// The header is not the one this server writes.
    #[error("foreign header")]
    Header,
    /// The key id names no key that verifies now.
    #[error("unknown key")]
    Key,
    /// The signature or a fixed claim is wrong.
    #[error("signature or claims do not verify")]
    Signature,
    /// The sealed claim does not belong to this token.
    #[error("the sealed claim does not open")]
    Seal,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    aud: String,
    jti: ActionId,
    iat: i64,
    exp: i64,
    client_id: ClientId,
    app_id: AppId,
    mode: Mode,
    language: String,
    region: String,
    sealed: String,
}

impl Claims {
    /// What the sealed claim is bound to: every other claim.
    fn context(&self) -> String {
        let (jti, client_id, app_id) = (self.jti.text(), self.client_id.text(), self.app_id.text());
        let (iat, exp) = (self.iat.to_string(), self.exp.to_string());
        let parts: [&str; 10] = [
            "access token 1",
            &self.aud,
            &jti,
            &iat,
            &exp,
            &client_id,
            &app_id,
            self.mode.as_str(),
            &self.language,
            &self.region,
        ];
        parts.join("|")
    }
}

/// Signs a token for `grant` that may start its action within `start_within`.
pub fn issue(
    ring: &KeyRing,
    grant: &Grant,
    now: Timestamp,
    start_within: Duration,
    nonce: Nonce,
) -> Result<String, KeyError> {
    let mut claims = Claims {
        aud: grant.audience.as_str().to_owned(),
        jti: grant.action_id,
        iat: now.as_seconds(),
        exp: now.plus(start_within).as_seconds(),
        client_id: grant.client_id,
        app_id: grant.app_id,
        mode: grant.mode,
        language: grant.language.clone(),
        region: grant.region.clone(),
        sealed: String::new(),
    };
    let subject = serde_json::to_vec(&grant.subject).map_err(|_| KeyError::Refused)?;
    let context = claims.context();
    let sealed =
        ring.seal(Purpose::AccessTokenSealing, now, nonce, context.as_bytes(), &subject)?;
    claims.sealed = BASE64URL_NOPAD.encode(&sealed);
    let claims = serde_json::to_vec(&claims).map_err(|_| KeyError::Refused)?;
    Ok(jws::sign(ring.at(Purpose::AccessTokenSigning, now)?, &claims))
}

/// Opens a token presented to pages for `audiences`. Says nothing about expiry: the caller compares
/// [`Opened::start_before`] with its own clock, and only when it would start the action.
pub fn open(
    ring: &KeyRing,
    token: &str,
    audiences: &[Audience],
    now: Timestamp,
) -> Result<Opened, TokenError> {
    if token.len() > LONGEST {
        return Err(TokenError::Shape);
    }
    let claims = jws::verify(ring.verifying(Purpose::AccessTokenSigning, now), token)?;
    let claims: Claims = serde_json::from_slice(&claims).map_err(|_| TokenError::Signature)?;
    let audience = Audience::ALL.into_iter().find(|audience| audience.as_str() == claims.aud);
    let audience = audience.filter(|audience| audiences.contains(audience));
    let audience = audience.ok_or(TokenError::Signature)?;
    let sealed = BASE64URL_NOPAD.decode(claims.sealed.as_bytes()).map_err(|_| TokenError::Seal)?;
    let subject = ring
        .open(Purpose::AccessTokenSealing, now, claims.context().as_bytes(), &sealed)
        .map_err(|_| TokenError::Seal)?;
    let subject = serde_json::from_slice(&subject).map_err(|_| TokenError::Seal)?;
    Ok(Opened {
        issued_at: seconds(claims.iat),
        start_before: seconds(claims.exp),
        grant: Grant {
            audience,
            action_id: claims.jti,
            client_id: claims.client_id,
            app_id: claims.app_id,
            mode: claims.mode,
            language: claims.language,
            region: claims.region,
            subject,
        },
    })
}

fn seconds(value: i64) -> Timestamp {
    Timestamp::from_millis(value.saturating_mul(1000))
}

#[cfg(test)]
mod tests;
