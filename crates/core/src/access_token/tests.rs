//! Access tokens against forgeries, with an independent library as the forger.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};

use super::*;
use crate::ids::KeyId;
use crate::keys::testing::ring;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);
const FIVE_MINUTES: Duration = Duration::from_mins(5);
const LOGIN: &[Audience] = &[Audience::Login];

fn grant(mark: u8) -> Grant {
    Grant {
        audience: Audience::Login,
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

/// The header that tokens of this server have, as the independent library writes it.
fn header(key: KeyId) -> Header {
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some("onlyauth-access+jwt".to_owned());
    header.kid = Some(key.to_string());
    header
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
        serde_json::from_str(include_str!("../../../../vectors/access_tokens.json")).unwrap();
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
        match (open(&ring, &case.token, LOGIN, NOW), case.refused) {
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
fn another_implementation_reads_what_is_signed_here_and_the_other_way_round() {
    let (ring, token) = (ring(), token(1));
    let key = ring.at(Purpose::AccessTokenSigning, NOW).unwrap();
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.set_audience(&[Audience::Login.as_str()]);
    let secret = DecodingKey::from_secret(key.material());
    let read = jsonwebtoken::decode::<Claims>(&token, &secret, &validation).unwrap();
    assert_eq!(read.claims.jti, grant(1).action_id);
    assert_eq!(read.header, header(key.id()));
    let theirs = jsonwebtoken::encode(
        &header(key.id()),
        &read.claims,
        &EncodingKey::from_secret(key.material()),
    );
    assert_eq!(theirs.unwrap(), token);
}

#[test]
fn a_token_opens_to_its_grant_and_shows_nothing_personal() {
    let opened = open(&ring(), &token(1), LOGIN, NOW).unwrap();
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
    assert_eq!(open(&ring(), &token, LOGIN, NOW).unwrap().grant, largest);
}

#[test]
fn row_19_a_sealed_claim_pasted_from_another_token_does_not_open() {
    let mut claims = payload(&token(1));
    claims["sealed"] = payload(&token(2))["sealed"].clone();
    let ring = ring();
    let key = ring.at(Purpose::AccessTokenSigning, NOW).unwrap();
    // Signed with the real key: even a signing oracle could not mix personal data.
    let forged = signed_with(&claims, &header(key.id()), key.material());
    assert_eq!(open(&ring, &forged, LOGIN, NOW), Err(TokenError::Seal));
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
    assert!(open(&ring, &text, LOGIN, NOW).is_ok());
    assert_eq!(open(&ring, &text, LOGIN, NOW.plus(FIVE_MINUTES)), Err(TokenError::Key));
}

proptest! {
    #[test]
    fn row_19_one_altered_bit_is_refused(at: prop::sample::Index, bit in 0_u8..7) {
        let mut bytes = token(1).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(bytes) {
            prop_assert!(open(&ring(), &text, LOGIN, NOW).is_err());
        }
    }

    #[test]
    fn arbitrary_text_never_panics(text in "[a-zA-Z0-9_.-]{0,300}") {
        prop_assert!(open(&ring(), &text, LOGIN, NOW).is_err());
    }
}

#[test]
fn row_19_a_token_for_other_pages_does_not_open() {
    for made_for in Audience::ALL {
        let grant = Grant { audience: made_for, ..grant(1) };
        let text = issue(&ring(), &grant, NOW, FIVE_MINUTES, [1; 12]).unwrap();
        for asked_by in Audience::ALL {
            let opened = open(&ring(), &text, &[asked_by], NOW);
            let expected =
                if asked_by == made_for { Ok(grant.clone()) } else { Err(TokenError::Signature) };
            assert_eq!(opened.map(|opened| opened.grant), expected, "{made_for:?} {asked_by:?}");
        }
    }
}
