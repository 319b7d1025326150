//! An authenticator in software, with a browser that says what a test wants it to say.

use data_encoding::BASE64URL_NOPAD;
use passkey::authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod};
use passkey::client::{Client, DefaultClientData};
use passkey::crypto::aws_lc_rs::AwsLcRsBackend;
use passkey::crypto::{CryptoBackend, SecretKeyT};
use passkey::types::Passkey;
use passkey::types::ctap2::{Aaguid, Ctap2Error};
use passkey::types::webauthn::{CredentialCreationOptions, CredentialRequestOptions};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::page::Page;
use super::{Backend, EndUser, TestServer, Widget};

/// User present, user verified: flags of what an authenticator signs (WebAuthn level 3, section 6.1).
pub(crate) const PRESENT: u8 = 0x01;
pub(crate) const VERIFIED: u8 = 0x04;
/// May be copied to other devices, and is.
pub(crate) const COPIED: u8 = 0x18;

/// An authenticator with room for one passkey.
pub(crate) struct SoftAuthenticator {
    verifies: bool,
    counts: bool,
    passkey: Option<Passkey>,
}

/// Somebody who always touches the key.
struct Somebody {
    verifies: bool,
}

#[async_trait::async_trait]
impl UserValidationMethod for Somebody {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _: UiHint<'a, Passkey>,
        presence: bool,
        verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence, verification: verification && self.verifies })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        self.verifies.then_some(true)
    }
}

impl SoftAuthenticator {
    /// One that verifies its user, such as a phone. It keeps no counter.
    pub(crate) fn platform() -> Self {
        Self { verifies: true, counts: false, passkey: None }
    }

    /// A key that knows no user, and counts.
    pub(crate) fn plain_key() -> Self {
        Self { verifies: false, counts: true, passkey: None }
    }

    fn authenticator(&self) -> Authenticator<Option<Passkey>, Somebody, AwsLcRsBackend> {
        let somebody = Somebody { verifies: self.verifies };
        let known = self.passkey.clone();
        let mut authenticator =
            Authenticator::new(Aaguid::new_empty(), known, somebody, AwsLcRsBackend);
        authenticator.set_make_credentials_with_signature_counter(self.counts);
        authenticator
    }

    /// Answers these options for a creation, as a browser on a page of `origin`.
    pub(crate) async fn create(&mut self, origin: &str, options: &str) -> String {
        let options =
            CredentialCreationOptions { public_key: serde_json::from_str(options).unwrap() };
        let mut client = Client::new(self.authenticator())
            .allows_insecure_localhost(true)
            .user_verification_when_preferred(self.verifies);
        let url = Url::parse(origin).unwrap();
        let made = client.register(&url, options, DefaultClientData).await.unwrap();
        self.passkey.clone_from(client.authenticator().store());
        let answer = json!({
            "id": made.id,
            "rawId": encode(&made.raw_id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(&made.response.client_data_json),
                "attestationObject": encode(&made.response.attestation_object),
                "authenticatorData": encode(&made.response.authenticator_data),
                "publicKeyAlgorithm": -7,
                "transports": ["internal", "hybrid", "carrier-pigeon"],
            },
        });
        answer.to_string()
    }

    /// Makes a key for another system: what that system keeps of it, as an import takes it.
    pub(crate) async fn made_elsewhere(&mut self, rp_id: &str, handle: &[u8]) -> Value {
        let options = json!({
            "rp": { "id": rp_id, "name": "Elsewhere" },
            "user": { "id": encode(handle), "name": "ann", "displayName": "Ann" },
            "challenge": encode(&[7; 32]),
            "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
            "authenticatorSelection": {
                "residentKey": "preferred",
                "requireResidentKey": false,
                "userVerification": "preferred",
            },
        });
        let scheme = if rp_id == "localhost" { "http" } else { "https" };
        let answer = self.create(&format!("{scheme}://{rp_id}"), &options.to_string()).await;
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let data = answer["response"]["authenticatorData"].as_str().unwrap();
        let data = BASE64URL_NOPAD.decode(data.as_bytes()).unwrap();
        // Hash, flags, counter and model; then the id's length, the id, and the key (section 6.5.1).
        let id = usize::from(u16::from_be_bytes([data[53], data[54]]));
        json!({
            "credential_id": encode(&data[55..55 + id]),
            "public_key": encode(&data[55 + id..]),
            "sign_count": u32::from_be_bytes(data[33..37].try_into().unwrap()),
            "rp_id": rp_id,
            "user_handle": encode(handle),
            "name": "Old key",
            "transports": ["internal", "carrier-pigeon"],
            "user_verified": data[32] & VERIFIED != 0,
            "backup_eligible": data[32] & 0x08 != 0,
        })
    }

    /// Answers these options for a use.
    pub(crate) async fn get(&mut self, origin: &str, options: &str) -> String {
        let options =
            CredentialRequestOptions { public_key: serde_json::from_str(options).unwrap() };
        let mut client = Client::new(self.authenticator())
            .allows_insecure_localhost(true)
            .user_verification_when_preferred(self.verifies);
        let url = Url::parse(origin).unwrap();
        let used = client.authenticate(&url, options, DefaultClientData).await.unwrap();
        self.passkey.clone_from(client.authenticator().store());
        let answer = json!({
            "id": used.id,
            "rawId": encode(&used.raw_id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(&used.response.client_data_json),
                "authenticatorData": encode(&used.response.authenticator_data),
                "signature": encode(&used.response.signature),
                "userHandle": used.response.user_handle.as_ref().map(|handle| encode(handle)),
            },
        });
        answer.to_string()
    }

    /// A right use of the passkey, to be made wrong.
    pub(crate) fn forge(&self, origin: &str, options: &str) -> Forgery {
        let options: Value = serde_json::from_str(options).unwrap();
        let passkey = self.passkey.clone().unwrap();
        Forgery {
            kind: "webauthn.get".into(),
            challenge: options["challenge"].as_str().unwrap().into(),
            origin: origin.into(),
            cross_origin: false,
            top_origin: None,
            rp_id: options["rpId"].as_str().unwrap().into(),
            flags: COPIED | PRESENT | if self.verifies { VERIFIED } else { 0 },
            counter: passkey.counter.map_or(0, |counter| counter + 1),
            credential_id: passkey.credential_id.to_vec(),
            user_handle: None,
            spoilt: false,
            passkey,
        }
    }
}

/// What a hostile browser and authenticator may say. Whatever is changed is signed all the same.
pub(crate) struct Forgery {
    pub(crate) kind: String,
    pub(crate) challenge: String,
    pub(crate) origin: String,
    pub(crate) cross_origin: bool,
    pub(crate) top_origin: Option<String>,
    pub(crate) rp_id: String,
    pub(crate) flags: u8,
    pub(crate) counter: u32,
    pub(crate) credential_id: Vec<u8>,
    pub(crate) user_handle: Option<Vec<u8>>,
    /// One bit of the signed data is turned afterwards.
    pub(crate) spoilt: bool,
    passkey: Passkey,
}

impl Forgery {
    pub(crate) fn answer(&self) -> String {
        let mut client_data = json!({
            "type": self.kind,
            "challenge": self.challenge,
            "origin": self.origin,
            "crossOrigin": self.cross_origin,
        });
        if let Some(top) = &self.top_origin {
            client_data["topOrigin"] = top.as_str().into();
        }
        let client_data = client_data.to_string();
        let mut data = Sha256::digest(&self.rp_id).to_vec();
        data.push(self.flags);
        data.extend(self.counter.to_be_bytes());
        let signed = [data.as_slice(), &Sha256::digest(&client_data)].concat();
        let mut key =
            <AwsLcRsBackend as CryptoBackend>::SecretKey::from_cose_key(&self.passkey.key)
                .unwrap_or_else(|_| panic!("the passkey has no key"));
        let signature = key.sign(&signed);
        if self.spoilt {
            data[32] ^= VERIFIED;
        }
        let id = encode(&self.credential_id);
        let answer = json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(client_data.as_bytes()),
                "authenticatorData": encode(&data),
                "signature": encode(&signature),
                "userHandle": self.user_handle.as_ref().map(|handle| encode(handle)),
            },
        });
        answer.to_string()
    }
}

fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

impl TestServer {
    /// The origin of the widget, as a browser has it.
    pub(crate) fn origin(&self) -> String {
        self.service.config.server.base_url.origin()
    }

    /// A login with a code, in which the end user then makes a passkey.
    pub(crate) async fn enrol(
        &self,
        backend: &Backend,
        app: &str,
        user: &EndUser,
        authenticator: &mut SoftAuthenticator,
    ) -> (Widget, Page) {
        let (widget, page) = backend.pass_and_ask(app, user).await;
        let answer = authenticator.create(&self.origin(), &page.options().unwrap()).await;
        let page = widget.keep(&page, &answer).await;
        assert_eq!(page.state(), "passkey_created", "{page:?}");
        (widget, page)
    }
}

impl Backend {
    /// Passes with a code, with the wish for a passkey.
    pub(crate) async fn pass_and_ask(&self, app: &str, user: &EndUser) -> (Widget, Page) {
        let widget = self.widget(app, user).await;
        let page = widget.send().await;
        assert_eq!(page.state(), "code_sent", "{page:?}");
        let code = self.code(app, user).await;
        let page = widget.check_and(&page, &code, &[("next", "passkey")]).await;
        assert_eq!(page.state(), "passkey_create", "{page:?}");
        (widget, page)
    }
}

impl Widget {
    /// Asks for a passkey, as the page that is open now would.
    pub(crate) async fn ask_for_passkey(&self) -> Page {
        self.ask_by("webauthn").await
    }

    /// Fills in the form of `page` with what a browser answered.
    pub(crate) async fn answer(&self, page: &Page, answer: &str) -> Page {
        let field = |name| page.field(name).unwrap_or_default();
        let (ceremony, attempt) = (field("ceremony"), field("attempt"));
        let fields =
            [("do", "passkey"), ("ceremony", ceremony), ("attempt", attempt), ("answer", answer)];
        self.post(&fields).await
    }

    /// The same for a passkey that was made.
    pub(crate) async fn keep(&self, page: &Page, answer: &str) -> Page {
        let field = |name| page.field(name).unwrap_or_default();
        let (ceremony, attempt, proof) = (field("ceremony"), field("attempt"), field("proof"));
        let fields = [
            ("do", "keep"),
            ("ceremony", ceremony),
            ("attempt", attempt),
            ("proof", proof),
            ("answer", answer),
        ];
        self.post(&fields).await
    }

    /// The same for one that is made in place of a proof.
    pub(crate) async fn prove(&self, page: &Page, answer: &str) -> Page {
        let field = |name| page.field(name).unwrap_or_default();
        let (ceremony, attempt, first) = (field("ceremony"), field("attempt"), field("first"));
        let fields = [
            ("do", "prove"),
            ("ceremony", ceremony),
            ("attempt", attempt),
            ("first", first),
            ("answer", answer),
        ];
        self.post(&fields).await
    }

    /// Goes on after a pass, by a button of `page`.
    pub(crate) async fn after(&self, page: &Page, step: &str) -> Page {
        self.post(&[("do", step), ("proof", page.field("proof").unwrap_or_default())]).await
    }

    /// Wants nothing (more) of what `page` offers.
    pub(crate) async fn leave(&self, page: &Page) -> Page {
        self.after(page, "leave").await
    }

    /// As [`Widget::check`], with further fields.
    pub(crate) async fn check_and(&self, page: &Page, code: &str, more: &[(&str, &str)]) -> Page {
        let attempt = page.field("attempt").unwrap_or_default();
        let challenge = page.field("challenge").unwrap_or_default();
        let fields =
            [("do", "check"), ("challenge", challenge), ("attempt", attempt), ("code", code)];
        self.post(&[&fields, more].concat()).await
    }
}
