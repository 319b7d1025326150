//! Access tokens: signed permission to start one action (JWT, RFC 7519, hardened as RFC 8725 asks).
//!
//! Header and algorithm are fixed to the byte: nothing in a presented header chooses how it is checked, save
//! `kid`, which may only name a key of the ring. Phone, end user and redirect travel in one sealed claim that is
//! bound to all the others.

use std::fmt;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::channel::Mode;
use crate::ids::{ActionId, AppId, ClientId, KeyId};
use crate::keys::{KeyError, KeyRing, Nonce, Purpose};
use crate::time::Timestamp;

const TYPE: &str = "onlyauth-access+jwt";
const AUDIENCE: &str = "onlyauth-widget";
/// Longest token that is looked at, in bytes: more than the largest this server makes.
pub const LONGEST: usize = 12 * 1024;

/// What one access token grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
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
        format!(
            "access token 1|{}|{}|{}|{}|{}|{}|{}|{}|{}",
            self.aud,
            self.jti,
            self.iat,
            self.exp,
            self.client_id,
            self.app_id,
            self.mode,
            self.language,
            self.region
        )
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
        aud: AUDIENCE.to_owned(),
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
    let key = ring.at(Purpose::AccessTokenSigning, now)?;
    jsonwebtoken::encode(&header(key.id()), &claims, &EncodingKey::from_secret(key.material()))
        .map_err(|_| KeyError::Refused)
}

/// Opens a presented token. Says nothing about expiry: the caller compares
/// [`Opened::start_before`] with its own clock, and only when it would start the action.
pub fn open(ring: &KeyRing, token: &str, now: Timestamp) -> Result<Opened, TokenError> {
    if token.len() > LONGEST {
        return Err(TokenError::Shape);
    }
    let key_id = presented_key(token)?;
    let key = ring.find(Purpose::AccessTokenSigning, key_id, now).ok_or(TokenError::Key)?;
    let claims = jsonwebtoken::decode::<Claims>(
        token,
        &DecodingKey::from_secret(key.material()),
        &validation(),
    )
    .map_err(|_| TokenError::Signature)?
    .claims;
    let sealed = BASE64URL_NOPAD.decode(claims.sealed.as_bytes()).map_err(|_| TokenError::Seal)?;
    let subject = ring
        .open(Purpose::AccessTokenSealing, now, claims.context().as_bytes(), &sealed)
        .map_err(|_| TokenError::Seal)?;
    let subject = serde_json::from_slice(&subject).map_err(|_| TokenError::Seal)?;
    Ok(Opened {
        issued_at: seconds(claims.iat),
        start_before: seconds(claims.exp),
        grant: Grant {
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

fn header(key: KeyId) -> Header {
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(key.to_string());
    header
}

/// The key that the header names, if the header is to the byte the one that we write: that leaves no
/// room for `none`, other algorithms, `jku`, `jwk`, `crit` or a second `alg`.
fn presented_key(token: &str) -> Result<KeyId, TokenError> {
    let (presented, rest) = token.split_once('.').ok_or(TokenError::Shape)?;
    if rest.split('.').count() != 2 {
        return Err(TokenError::Shape);
    }
    let bytes = BASE64URL_NOPAD.decode(presented.as_bytes()).map_err(|_| TokenError::Shape)?;
    let parsed: Header = serde_json::from_slice(&bytes).map_err(|_| TokenError::Header)?;
    let key: KeyId = parsed.kid.and_then(|kid| kid.parse().ok()).ok_or(TokenError::Header)?;
    let ours = serde_json::to_vec(&header(key)).map_err(|_| TokenError::Header)?;
    if ours == bytes { Ok(key) } else { Err(TokenError::Header) }
}

fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    // The library's own expiry check reads the wall clock and adds leeway.
    validation.validate_exp = false;
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["aud"]);
    validation
}

fn seconds(value: i64) -> Timestamp {
    Timestamp::from_millis(value.saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::testing::ring;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);
    const FIVE_MINUTES: Duration = Duration::from_mins(5);

    fn grant(mark: u8) -> Grant {
        Grant {
            action_id: ActionId::new(NOW, [mark; 10]),
            client_id: ClientId::new(NOW, [2; 10]),
            app_id: AppId::new(NOW, [3; 10]),
            mode: Mode::Sandbox,
            language: "en-US".into(),
            region: "us-1".into(),
            subject: Subject {
                phone: "+12025550142".into(),
                end_user_uuid: "ann@shop.example".into(),
                redirect_uri: "https://shop.example/login".into(),
            },
        }
    }

    fn token(mark: u8) -> String {
        issue(&ring(), &grant(mark), NOW, FIVE_MINUTES, [mark; 12]).unwrap()
    }

    fn signed_with(claims: &serde_json::Value, header: &Header, key: &[u8]) -> String {
        jsonwebtoken::encode(header, claims, &EncodingKey::from_secret(key)).unwrap()
    }

    fn payload(token: &str) -> serde_json::Value {
        let part = token.split('.').nth(1).unwrap();
        serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn vectors() {
        #[derive(Deserialize)]
        struct Case {
            name: String,
            signing_key_id: KeyId,
            signing_key: String,
            sealing_key_id: KeyId,
            sealing_key: String,
            token: String,
            action_id: Option<ActionId>,
            phone: Option<String>,
            refused: Option<String>,
        }
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../../vectors/access_tokens.json")).unwrap();
        assert!(cases.iter().any(|case| case.refused.is_none()) && cases.len() >= 30);
        for case in cases {
            let key = |id, purpose, hex: &str| {
                let material = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap();
                let start = Timestamp::from_millis(0);
                let material = material.try_into().unwrap();
                crate::keys::RingKey::new(id, purpose, 1, start, None, material)
            };
            let ring = KeyRing::new(vec![
                key(case.signing_key_id, Purpose::AccessTokenSigning, &case.signing_key),
                key(case.sealing_key_id, Purpose::AccessTokenSealing, &case.sealing_key),
            ]);
            match (open(&ring, &case.token, NOW), case.refused) {
                (Ok(opened), None) => {
                    assert_eq!(Some(opened.grant.action_id), case.action_id, "{}", case.name);
                    assert_eq!(Some(opened.grant.subject.phone), case.phone, "{}", case.name);
                }
                (Err(error), Some(expected)) => {
                    assert_eq!(format!("{error:?}"), expected, "{}", case.name);
                }
                (result, expected) => panic!("{}: {result:?}, not {expected:?}", case.name),
            }
        }
    }

    #[test]
    fn a_token_opens_to_its_grant_and_shows_nothing_personal() {
        let opened = open(&ring(), &token(1), NOW).unwrap();
        assert_eq!(opened.grant, grant(1));
        assert_eq!(opened.start_before, NOW.plus(FIVE_MINUTES));
        let readable = payload(&token(1)).to_string();
        for personal in ["2025550142", "ann@", "shop.example"] {
            assert!(!readable.contains(personal), "{readable}");
        }
        assert!(!format!("{:?}", grant(1)).contains("2025550142"));
    }

    #[test]
    fn the_largest_grant_fits() {
        let quotes = |count: usize| "\"".repeat(count);
        let mut largest = grant(1);
        largest.language = "x".repeat(100);
        largest.region = "x".repeat(14);
        largest.subject.end_user_uuid = quotes(255);
        largest.subject.redirect_uri = quotes(crate::web_address::MAX_LENGTH);
        let token = issue(&ring(), &largest, NOW, FIVE_MINUTES, [1; 12]).unwrap();
        assert!(token.len() < LONGEST, "{}", token.len());
        assert_eq!(open(&ring(), &token, NOW).unwrap().grant, largest);
    }

    #[test]
    fn row_19_a_sealed_claim_pasted_from_another_token_does_not_open() {
        let mut claims = payload(&token(1));
        claims["sealed"] = payload(&token(2))["sealed"].clone();
        let ring = ring();
        let key = ring.at(Purpose::AccessTokenSigning, NOW).unwrap();
        // Signed with the real key: even a signing oracle could not mix personal data.
        let forged = signed_with(&claims, &header(key.id()), key.material());
        assert_eq!(open(&ring, &forged, NOW), Err(TokenError::Seal));
    }

    #[test]
    fn row_20_a_key_past_its_overlap_opens_nothing() {
        let old = ring();
        let text = token(1);
        let ended: Vec<_> = Purpose::ALL
            .into_iter()
            .map(|purpose| {
                let key = old.at(purpose, NOW).unwrap();
                let end = Some(NOW.plus(FIVE_MINUTES));
                let material = *key.material();
                crate::keys::RingKey::new(key.id(), purpose, 1, key.not_before(), end, material)
            })
            .collect();
        let ring = KeyRing::new(ended);
        assert!(open(&ring, &text, NOW).is_ok());
        assert_eq!(open(&ring, &text, NOW.plus(FIVE_MINUTES)), Err(TokenError::Key));
    }

    proptest! {
        #[test]
        fn row_19_one_altered_bit_is_refused(at: prop::sample::Index, bit in 0_u8..7) {
            let mut bytes = token(1).into_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            if let Ok(text) = String::from_utf8(bytes) {
                prop_assert!(open(&ring(), &text, NOW).is_err());
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in "[a-zA-Z0-9_.-]{0,300}") {
            prop_assert!(open(&ring(), &text, NOW).is_err());
        }
    }
}
