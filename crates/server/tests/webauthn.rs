//! The leaf around the WebAuthn library, by itself: what it accepts and what it refuses. What becomes of a login is
//! tested with the widget.

use onlyauth_core::app::AppSettings;
use onlyauth_core::factor::webauthn::Misplaced;
use onlyauth_core::ids::UserId;
use onlyauth_core::time::Timestamp;
use onlyauth_server::config::Config;
use onlyauth_server::webauthn::{
    BadKey, Held, Owner, Passkey, Person, Refused, RelyingParty, Trouble,
};

use onlyauth_core::import::{self, Import};
use serde_json::{Value, json};

use crate::support::passkey::{COPIED, Forgery, PRESENT, SoftAuthenticator, VERIFIED};

const ORIGIN: &str = "https://auth.example.com";

fn relying_party() -> RelyingParty {
    at(ORIGIN).unwrap()
}

fn at(base_url: &str) -> Result<RelyingParty, String> {
    let mut config = Config::default();
    config.server.base_url = base_url.parse().unwrap();
    RelyingParty::of(&config)
}

fn app() -> AppSettings {
    AppSettings { app_domain: "shop.example".into(), sandbox_mode: false, ..AppSettings::default() }
}

fn ann() -> UserId {
    UserId::new(Timestamp::from_millis(1_000), [1; 10])
}

async fn passkey_of(authenticator: &mut SoftAuthenticator) -> Held {
    let party = relying_party();
    let person = Person { user_id: ann(), name: "+1 ••• 0101", site: "Shop" };
    let begun = party.begin_create(person, []).unwrap();
    let answer = authenticator.create(ORIGIN, &begun.options).await;
    let passkey = party.finish_create(&begun.state, &answer, &app()).unwrap();
    let position = passkey.first_position();
    Held { passkey, position }
}

#[tokio::test]
async fn a_passkey_is_made_and_used() {
    for (mut authenticator, verifies) in
        [(SoftAuthenticator::platform(), true), (SoftAuthenticator::plain_key(), false)]
    {
        let party = relying_party();
        let mut held = passkey_of(&mut authenticator).await;
        for _ in 0..2 {
            let begun = party.begin_get([&held.passkey]).unwrap();
            let answer = authenticator.get(ORIGIN, &begun.options).await;
            let owner = Owner { user_id: ann(), passkeys: std::slice::from_ref(&held) };
            let used = party.finish_get(&begun.state, &answer, owner, &app()).unwrap();
            assert_eq!((used.index, used.user_verified), (0, verifies));
            assert_eq!(used.position > held.position, !verifies, "only the key counts");
            held.position = used.position;
        }
    }
}

#[tokio::test]
async fn what_is_kept_reads_the_same_and_tells_a_log_nothing() {
    let held = passkey_of(&mut SoftAuthenticator::platform()).await;
    let kept = held.passkey.to_bytes().unwrap();
    let read = Passkey::from_bytes(&kept).unwrap();
    assert_eq!(read.to_bytes().unwrap(), kept);
    assert_eq!(read.rp_id, "auth.example.com");
    assert_eq!(format!("{read:?}"), "Passkey { rp_id: \"auth.example.com\", .. }");
    assert!(kept.len() < 1_000, "{}", kept.len());
    assert_eq!(Passkey::from_bytes(b"{}").unwrap_err(), Trouble);
}

#[tokio::test]
async fn the_options_ask_for_no_attestation_and_any_kind_of_authenticator() {
    let held = passkey_of(&mut SoftAuthenticator::platform()).await;
    let party = relying_party();
    let person = Person { user_id: ann(), name: "+1 ••• 0101", site: "Shop" };
    let begun = party.begin_create(person, [&held.passkey]).unwrap();
    let options: serde_json::Value = serde_json::from_str(&begun.options).unwrap();
    assert_eq!(options["attestation"], "none");
    assert_eq!(options["rp"], serde_json::json!({ "name": "Shop", "id": "auth.example.com" }));
    assert_eq!(options["authenticatorSelection"]["residentKey"], "preferred");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "preferred");
    assert_eq!(options["timeout"], 300_000);
    let excluded = &options["excludeCredentials"][0];
    assert_eq!(
        excluded["transports"],
        serde_json::json!(["internal", "hybrid"]),
        "as far as known"
    );
    let begun = party.begin_get([&held.passkey]).unwrap();
    let options: serde_json::Value = serde_json::from_str(&begun.options).unwrap();
    assert_eq!(options["userVerification"], "preferred");
    assert_eq!(options["allowCredentials"][0]["id"], excluded["id"]);
    assert!(begun.state.len() < 500, "{}", begun.state.len());
}

type Mutation = (&'static str, Refused, fn(&mut Forgery));

/// Row 26: each is rightly signed, but for the one whose signature is wrong.
const MUTATIONS: [Mutation; 15] = [
    ("origin", Refused::Misplaced(Misplaced::Origin), |f| f.origin = "https://evil.example".into()),
    ("a port of ours", Refused::Misplaced(Misplaced::Origin), |f| f.origin.push_str(":8443")),
    ("top origin", Refused::Misplaced(Misplaced::TopOrigin), |f| {
        (f.cross_origin, f.top_origin) = (true, Some("https://evil.example".into()));
    }),
    ("top origin of no frame", Refused::Misplaced(Misplaced::TopOrigin), |f| {
        f.top_origin = Some("https://shop.example".into());
    }),
    ("type", Refused::Misplaced(Misplaced::Kind), |f| f.kind = "webauthn.create".into()),
    ("challenge", Refused::Challenge, |f| f.challenge.replace_range(..1, other(&f.challenge))),
    ("no challenge", Refused::Challenge, |f| f.challenge.clear()),
    ("rp id", Refused::RpId, |f| f.rp_id = "evil.example".into()),
    ("user presence", Refused::UserPresence, |f| f.flags &= !PRESENT),
    ("user verification", Refused::UserVerification, |f| f.flags &= !VERIFIED),
    ("counter", Refused::Counter, |f| f.counter = 7),
    ("credential", Refused::Credential, |f| f.credential_id[0] ^= 1),
    ("user handle", Refused::UserHandle, |f| f.user_handle = Some(b"somebody else's".to_vec())),
    ("signature", Refused::Signature, |f| {
        // As if the authenticator had said that it verified its user.
        (f.flags, f.spoilt) = (f.flags & !VERIFIED, true);
    }),
    ("whether it may be copied", Refused::Other, |f| f.flags &= !COPIED),
];

fn other(challenge: &str) -> &'static str {
    if challenge.starts_with('A') { "B" } else { "A" }
}

#[tokio::test]
async fn row_26_no_mutation_of_a_right_answer_is_accepted() {
    let mut authenticator = SoftAuthenticator::platform();
    let mut held = passkey_of(&mut authenticator).await;
    held.position = 7;
    let party = relying_party();
    let begun = party.begin_get([&held.passkey]).unwrap();
    let owner = Owner { user_id: ann(), passkeys: std::slice::from_ref(&held) };
    let judge = |mutate: fn(&mut Forgery)| {
        let mut forgery = authenticator.forge(ORIGIN, &begun.options);
        forgery.counter = 8;
        mutate(&mut forgery);
        party.finish_get(&begun.state, &forgery.answer(), owner, &app())
    };
    assert_eq!(judge(|_| {}).unwrap().position, 8, "what is mutated would pass");
    let framed = judge(|f| {
        (f.cross_origin, f.top_origin) = (true, Some("https://www.shop.example".into()));
    });
    assert!(framed.is_ok(), "in a frame of the app's: {framed:?}");
    for (name, expected, mutate) in MUTATIONS {
        assert_eq!(judge(mutate).unwrap_err(), expected, "{name}");
    }
}

#[tokio::test]
async fn a_plain_key_need_not_verify_and_a_user_handle_of_ones_own_is_right() {
    let mut authenticator = SoftAuthenticator::plain_key();
    let held = passkey_of(&mut authenticator).await;
    let party = relying_party();
    let begun = party.begin_get([&held.passkey]).unwrap();
    let mut forgery = authenticator.forge(ORIGIN, &begun.options);
    forgery.user_handle = Some(ann().uuid().as_bytes().to_vec());
    let owner = Owner { user_id: ann(), passkeys: &[held] };
    assert!(party.finish_get(&begun.state, &forgery.answer(), owner, &app()).is_ok());
}

#[tokio::test]
async fn row_26_a_creation_is_judged_as_strictly() {
    let party = relying_party();
    let person = Person { user_id: ann(), name: "+1 ••• 0101", site: "Shop" };
    let begun = party.begin_create(person, []).unwrap();
    let right = SoftAuthenticator::platform().create(ORIGIN, &begun.options).await;
    let judge = |change: fn(&mut serde_json::Value)| {
        let mut answer: serde_json::Value = serde_json::from_str(&right).unwrap();
        let text = answer["response"]["clientDataJSON"].as_str().unwrap();
        let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        let mut place: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        change(&mut place);
        let bytes = place.to_string().into_bytes();
        answer["response"]["clientDataJSON"] = data_encoding::BASE64URL_NOPAD.encode(&bytes).into();
        party.finish_create(&begun.state, &answer.to_string(), &app()).map(|_| ())
    };
    assert_eq!(judge(|_| {}), Ok(()));
    let framed = |place: &mut serde_json::Value| {
        place["crossOrigin"] = true.into();
        place["topOrigin"] = "https://shop.example".into();
    };
    assert_eq!(judge(framed), Ok(()), "in a frame of the app's");
    for (name, expected, change) in [
        (
            "origin",
            Refused::Misplaced(Misplaced::Origin),
            (|place| place["origin"] = "https://evil.example".into()) as fn(&mut serde_json::Value),
        ),
        ("top origin", Refused::Misplaced(Misplaced::TopOrigin), |place| {
            place["crossOrigin"] = true.into();
            place["topOrigin"] = "https://evil.example".into();
        }),
        ("type", Refused::Misplaced(Misplaced::Kind), |place| {
            place["type"] = "webauthn.get".into();
        }),
        ("challenge", Refused::Challenge, |place| place["challenge"] = "AAAA".into()),
        ("no origin", Refused::Malformed, |place| {
            place.as_object_mut().unwrap().remove("origin");
        }),
        ("a list", Refused::Malformed, |place| *place = serde_json::json!([])),
    ] {
        assert_eq!(judge(change), Err(expected), "{name}");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_malformed() {
    let held = passkey_of(&mut SoftAuthenticator::platform()).await;
    let party = relying_party();
    let begun = party.begin_get([&held.passkey]).unwrap();
    let owner = Owner { user_id: ann(), passkeys: &[held] };
    let new = party.begin_create(Person { user_id: ann(), name: "a", site: "b" }, []).unwrap();
    for text in [
        "",
        "null",
        "{}",
        "[]",
        "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
        "{\"id\":\"AA\",\"rawId\":\"AB\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\
         \"AA\",\"authenticatorData\":\"AA\",\"signature\":\"AA\"}}",
        "{\"id\":\"AA\",\"id\":\"AA\"}",
    ] {
        let used = party.finish_get(&begun.state, text, owner, &app());
        assert_eq!(used.unwrap_err(), Refused::Malformed, "{text}");
        let made = party.finish_create(&new.state, text, &app());
        assert_eq!(made.unwrap_err(), Refused::Malformed, "{text}");
    }
}

#[tokio::test]
async fn a_passkey_of_another_rp_id_is_not_asked_for_and_not_accepted() {
    let mut authenticator = SoftAuthenticator::platform();
    let mut held = passkey_of(&mut authenticator).await;
    let party = relying_party();
    let begun = party.begin_get([&held.passkey]).unwrap();
    let answer = authenticator.get(ORIGIN, &begun.options).await;
    held.passkey.rp_id = "elsewhere.example".into();
    assert_eq!(party.begin_get([&held.passkey]).unwrap_err(), Trouble);
    let owner = Owner { user_id: ann(), passkeys: &[held] };
    let judged = party.finish_get(&begun.state, &answer, owner, &app());
    assert_eq!(judged.unwrap_err(), Refused::Credential);
}

#[test]
fn where_browsers_have_no_webauthn_there_is_none() {
    for (base_url, problem) in [
        ("http://127.0.0.1:8080", Some("is an IP address")),
        ("https://192.0.2.1", Some("is an IP address")),
        ("http://auth.example.com", Some("is not https")),
        ("http://localhost:8080", None),
        ("http://login.localhost:8080", None),
        (ORIGIN, None),
    ] {
        let party = at(base_url);
        match problem {
            Some(problem) => assert!(party.unwrap_err().contains(problem), "{base_url}"),
            None => assert!(party.is_ok(), "{base_url}"),
        }
    }
}

/// What another system kept of a key, changed.
fn told(mut credential: Value, changes: &[(&str, Value)]) -> import::Credential {
    for (key, value) in changes {
        credential[*key] = value.clone();
    }
    let line = json!({ "end_user_uuid": "ann", "webauthn_credentials": [credential] });
    Import::parse(&line.to_string(), Some("auth.example.com")).unwrap().credentials.remove(0)
}

#[tokio::test]
async fn a_key_of_another_system_proves_as_far_as_that_system_told() {
    let party = relying_party();
    for mut authenticator in [SoftAuthenticator::platform(), SoftAuthenticator::plain_key()] {
        let credential = authenticator.made_elsewhere("auth.example.com", b"their-name").await;
        let mut used = async |changes: &[(&str, Value)]| {
            let told = told(credential.clone(), changes);
            let position = told.sign_count;
            let held = Held { passkey: Passkey::imported(&told).unwrap(), position };
            let begun = party.begin_get([&held.passkey]).unwrap();
            let answer = authenticator.get(ORIGIN, &begun.options).await;
            // Whatever the authenticator says otherwise, it says whose key it is.
            let mut answer: Value = serde_json::from_str(&answer).unwrap();
            answer["response"]["userHandle"] = "dGhlaXItbmFtZQ".into();
            let owner = Owner { user_id: ann(), passkeys: std::slice::from_ref(&held) };
            party
                .finish_get(&begun.state, &answer.to_string(), owner, &app())
                .map(|used| used.index)
        };
        assert_eq!(used(&[]).await, Ok(0));
        assert_eq!(used(&[("user_handle", Value::Null)]).await, Ok(0), "not known, so any");
        let other = [("user_handle", json!("c29tZWJvZHk"))];
        assert_eq!(used(&other).await, Err(Refused::UserHandle));
        assert_eq!(used(&[("backup_eligible", Value::Null)]).await, Ok(0), "as it says itself");
        let kept = Passkey::imported(&told(credential.clone(), &[])).unwrap();
        let read = Passkey::from_bytes(&kept.to_bytes().unwrap()).unwrap();
        assert_eq!(read.to_bytes(), kept.to_bytes());
    }
    // Whoever verified when it was made has to each time.
    let mut plain = SoftAuthenticator::plain_key();
    let credential = plain.made_elsewhere("auth.example.com", b"their-name").await;
    let verified = told(credential, &[("user_verified", true.into())]);
    let held = Held { passkey: Passkey::imported(&verified).unwrap(), position: 0 };
    let begun = party.begin_get([&held.passkey]).unwrap();
    let answer = plain.get(ORIGIN, &begun.options).await;
    let owner = Owner { user_id: ann(), passkeys: std::slice::from_ref(&held) };
    let refused = party.finish_get(&begun.state, &answer, owner, &app());
    assert!(matches!(refused, Err(Refused::UserVerification)), "{refused:?}");
}

#[tokio::test]
async fn a_key_that_can_prove_nothing_is_told_apart() {
    let mut authenticator = SoftAuthenticator::platform();
    let credential = authenticator.made_elsewhere("auth.example.com", b"their-name").await;
    let good = told(credential, &[]);
    assert!(Passkey::imported(&good).is_ok());
    let with = |change: fn(&mut Vec<u8>)| {
        let mut other = good.clone();
        change(&mut other.public_key);
        Passkey::imported(&other).map(drop)
    };
    // Type 2, algorithm -7: the map begins with a4, a5 or so, then 01 02 03 26.
    assert_eq!(&good.public_key[1..5], [0x01, 0x02, 0x03, 0x26]);
    assert_eq!(with(|key| key[4] = 0x27), Err(BadKey::Algorithm), "EdDSA");
    assert_eq!(with(|key| key[2] = 0x01), Err(BadKey::Malformed), "not a key of that type");
    assert_eq!(with(|key| key.truncate(key.len() - 1)), Err(BadKey::Malformed));
    assert_eq!(with(|key| key.push(0)), Err(BadKey::Malformed));
    assert_eq!(with(|key| *key.last_mut().unwrap() ^= 1), Err(BadKey::Malformed), "off the curve");
    assert_eq!(with(|key| *key = b"nonsense".to_vec()), Err(BadKey::Malformed));
}
