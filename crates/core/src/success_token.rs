//! Success tokens: `TOKN-<uuid>-<random>`, the proof that an action passed, good once and briefly.
//!
//! A pass in an action in which an end user looks after their factors gives the same kind of token, to show that it was theirs; it
//! is derived under another label, so that no backend ever redeems it as a login.
//!
//! The UUID is the action's; the 256 bits behind it are an HMAC under a ring key over action, client, app
//! and mode. So the same action always gives the same token (a lost answer can be repeated), and a guess is
//! refused before it reaches the database. Only the SHA-256 is stored.

use std::fmt;

use aws_lc_rs::constant_time;
use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::action;
use crate::channel::Mode;
use crate::ids::{ActionId, AppId, ClientId};
use crate::keys::{KeyError, KeyRing, Purpose, RingKey};
use crate::secret::sha256;
use crate::time::Timestamp;

const PREFIX: &str = "TOKN-";
const UUID_LENGTH: usize = 36;

/// What a token is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// The action that passed.
    pub action_id: ActionId,
    /// Its client.
    pub client_id: ClientId,
    /// Its app.
    pub app_id: AppId,
    /// Sandbox tokens are worth nothing once the app is live.
    pub mode: Mode,
    /// What the action is for.
    pub purpose: action::Purpose,
}

/// A success token in clear. Debug shows the action, never the token.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SuccessToken {
    #[zeroize(skip)]
    action_id: ActionId,
    proof: [u8; 32],
}

impl SuccessToken {
    /// The token of an action. `started` is when the action was created: it chooses the key, so that the
    /// same action gives the same token also after a rotation.
    pub fn derive(ring: &KeyRing, binding: &Binding, started: Timestamp) -> Result<Self, KeyError> {
        let key = ring.at(Purpose::SuccessToken, started)?;
        Ok(Self { action_id: binding.action_id, proof: proof(key, binding) })
    }

    /// Reads a token's shape; None for anything else. That it is genuine is another question.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(PREFIX)?;
        let (uuid, proof) = rest.split_at_checked(UUID_LENGTH)?;
        let action_id: ActionId = format!("ACTN-{uuid}").parse().ok()?;
        let proof = BASE64URL_NOPAD.decode(proof.strip_prefix('-')?.as_bytes()).ok()?;
        Some(Self { action_id, proof: proof.try_into().ok()? })
    }

    /// Whether this server made the token for a login of just this client, app and mode. It may still be used or
    /// expired: that the store knows.
    pub fn is_genuine(
        &self,
        ring: &KeyRing,
        client_id: ClientId,
        app_id: AppId,
        mode: Mode,
        now: Timestamp,
    ) -> bool {
        let purpose = action::Purpose::Login;
        let binding = Binding { action_id: self.action_id, client_id, app_id, mode, purpose };
        ring.verifying(Purpose::SuccessToken, now).any(|key| {
            constant_time::verify_slices_are_equal(&proof(key, &binding), &self.proof).is_ok()
        })
    }

    /// Whether a text is this very token. Compared in constant time.
    pub fn is(&self, text: &str) -> bool {
        Self::parse(text).is_some_and(|other| {
            self.action_id == other.action_id
                && constant_time::verify_slices_are_equal(&self.proof, &other.proof).is_ok()
        })
    }

    /// The action that passed.
    pub fn action_id(&self) -> ActionId {
        self.action_id
    }

    /// The token in clear, for the browser's way home.
    pub fn reveal(&self) -> String {
        let uuid: Uuid = self.action_id.uuid();
        format!("{PREFIX}{}-{}", uuid.hyphenated(), BASE64URL_NOPAD.encode(&self.proof))
    }

    /// What is stored: SHA-256 of the text.
    pub fn hash(&self) -> [u8; 32] {
        sha256(self.reveal().as_bytes())
    }
}

fn proof(key: &RingKey, binding: &Binding) -> [u8; 32] {
    let label: &[u8] = match binding.purpose {
        action::Purpose::Login => b"success token",
        action::Purpose::Factors => b"factors token",
    };
    key.mac(&[
        label,
        binding.action_id.uuid().as_bytes(),
        binding.client_id.uuid().as_bytes(),
        binding.app_id.uuid().as_bytes(),
        binding.mode.as_str().as_bytes(),
    ])
}

impl fmt::Debug for SuccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SuccessToken({}…)", self.action_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::KeyId;
    use crate::keys::testing::ring;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn binding() -> Binding {
        Binding {
            action_id: ActionId::new(NOW, [1; 10]),
            client_id: ClientId::new(NOW, [2; 10]),
            app_id: AppId::new(NOW, [3; 10]),
            mode: Mode::Live,
            purpose: action::Purpose::Login,
        }
    }

    fn token() -> SuccessToken {
        SuccessToken::derive(&ring(), &binding(), NOW).unwrap()
    }

    #[test]
    fn vectors() {
        #[derive(serde::Deserialize)]
        struct Case {
            key: String,
            action_id: ActionId,
            client_id: ClientId,
            app_id: AppId,
            mode: Mode,
            token: String,
            sha256: String,
        }
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../../vectors/success_tokens.json")).unwrap();
        assert!(cases.len() >= 4);
        for Case { key, action_id, client_id, app_id, mode, token, sha256 } in cases {
            let hex = data_encoding::HEXLOWER;
            let material = hex.decode(key.as_bytes()).unwrap().try_into().unwrap();
            let key = RingKey::new(
                KeyId::new(NOW, [0; 10]),
                Purpose::SuccessToken,
                1,
                Timestamp::from_millis(0),
                None,
                material,
            );
            let ring = KeyRing::new(vec![key]);
            let purpose = action::Purpose::Login;
            let binding = Binding { action_id, client_id, app_id, mode, purpose };
            let made = SuccessToken::derive(&ring, &binding, NOW).unwrap();
            assert_eq!(made.reveal(), token);
            assert_eq!(hex.encode(&made.hash()), sha256);
        }
    }

    #[test]
    fn genuine_only_for_its_own_client_app_and_mode() {
        let (token, own) = (token(), binding());
        let genuine = |client, app, mode| token.is_genuine(&ring(), client, app, mode, NOW);
        assert!(genuine(own.client_id, own.app_id, own.mode));
        assert!(!genuine(ClientId::new(NOW, [9; 10]), own.app_id, own.mode));
        assert!(!genuine(own.client_id, AppId::new(NOW, [9; 10]), own.mode));
        assert!(!genuine(own.client_id, own.app_id, Mode::Sandbox));
    }

    #[test]
    fn only_the_exact_shape_parses() {
        let text = token().reveal();
        assert_eq!(SuccessToken::parse(&text), Some(token()));
        for bad in [
            String::new(),
            "TOKN-".into(),
            text[..text.len() - 1].into(),
            format!("{text}A"),
            format!("{text}="),
            format!(" {text}"),
            text.to_lowercase(),
            text.replace("TOKN", "ACTN"),
            "TOKN-ä".repeat(20),
        ] {
            assert_eq!(SuccessToken::parse(&bad), None, "{bad:?}");
        }
        assert!(!format!("{:?}", token()).contains(&text[45..]));
    }

    proptest! {
        #[test]
        fn another_proof_is_never_genuine(proof: [u8; 32]) {
            let forged = SuccessToken { action_id: binding().action_id, proof };
            prop_assume!(forged != token());
            let own = binding();
            prop_assert!(!forged.is_genuine(&ring(), own.client_id, own.app_id, own.mode, NOW));
        }

        #[test]
        fn arbitrary_text_never_panics(text in "(TOKN-)?.{0,120}") {
            let _ = SuccessToken::parse(&text);
        }
    }

    #[test]
    fn the_token_of_an_action_that_is_no_login_is_never_one_of_a_login() {
        let own = binding();
        let factors = Binding { purpose: action::Purpose::Factors, ..own };
        let token = SuccessToken::derive(&ring(), &factors, NOW).unwrap();
        assert!(!token.is_genuine(&ring(), own.client_id, own.app_id, own.mode, NOW));
        assert!(!self::token().is(&token.reveal()));
        assert!(self::token().is_genuine(&ring(), own.client_id, own.app_id, own.mode, NOW));
    }

    #[test]
    fn a_token_is_only_itself() {
        let own = token();
        let other = Binding { action_id: ActionId::new(NOW, [9; 10]), ..binding() };
        let other = SuccessToken::derive(&ring(), &other, NOW).unwrap();
        assert!(own.is(&own.reveal()));
        let altered = own.reveal().replace(&own.reveal()[50..], "");
        for text in ["", "TOKN-", &other.reveal(), &altered] {
            assert!(!own.is(text), "{text}");
        }
    }
}
