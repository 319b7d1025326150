//! API secrets: the bearer keys of a client's backend.
//!
//! A secret reads `onlyauth_sk_` and 84 letters and digits: the client's UUID, 256 random bits and a
//! checksum, in lower-case base32. The prefix and the checksum let a scanner find leaked secrets without
//! false alarms; the client's UUID lets the server look a secret up inside one tenant. The random bits
//! alone make it a secret, and only its SHA-256 is stored.

use std::fmt;

use aws_lc_rs::{constant_time, digest};
use data_encoding::{Encoding, Specification};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::ClientId;

/// What every API secret begins with.
pub const PREFIX: &str = "onlyauth_sk_";

const CLIENT: usize = 16;
const RANDOM: usize = 32;
const CHECKSUM: usize = 4;

/// SHA-256 of a secret: the only form that is stored.
pub type SecretHash = [u8; 32];

/// An API secret in clear. Debug and Display are masked; [`ApiSecret::reveal`] is the one way out.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ApiSecret {
    text: String,
    #[zeroize(skip)]
    client_id: ClientId,
}

/// The text is no API secret; which part is wrong is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an API secret")]
pub struct NotASecret;

impl ApiSecret {
    /// A new secret of `client_id` around 256 bits from the caller.
    pub fn generate(client_id: ClientId, random: [u8; RANDOM]) -> Self {
        let mut body = Vec::with_capacity(CLIENT + RANDOM + CHECKSUM);
        body.extend_from_slice(client_id.uuid().as_bytes());
        body.extend_from_slice(&random);
        body.extend_from_slice(&checksum(&body));
        let text = format!("{PREFIX}{}", base32().encode(&body));
        body.zeroize();
        Self { text, client_id }
    }

    /// Reads a secret and checks its checksum: typing errors and scans never reach the database.
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let encoded = text.strip_prefix(PREFIX).ok_or(NotASecret)?;
        let body = base32().decode(encoded.as_bytes()).map_err(|_| NotASecret)?;
        if body.len() != CLIENT + RANDOM + CHECKSUM {
            return Err(NotASecret);
        }
        let (content, sum) = body.split_at(CLIENT + RANDOM);
        if checksum(content) != sum {
            return Err(NotASecret);
        }
        let client = Uuid::from_slice(&content[..CLIENT]).map_err(|_| NotASecret)?;
        Ok(Self { text: text.to_owned(), client_id: ClientId::from_uuid(client) })
    }

    /// The secret in clear: for showing it once to its owner.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// The client that the secret claims to be of. Trust it only once the hash matched.
    pub fn client_id(&self) -> ClientId {
        self.client_id
    }

    /// What is stored. The secret has 256 random bits, so a fast hash is enough.
    pub fn hash(&self) -> SecretHash {
        sha256(self.text.as_bytes())
    }

    /// The last four characters, by which people tell their secrets apart. They are checksum, not key.
    pub fn hint(&self) -> String {
        self.text[self.text.len() - 4..].to_owned()
    }
}

impl fmt::Debug for ApiSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ApiSecret(…{})", self.hint())
    }
}

/// Whether two hashes are equal, in a time that tells nothing about where they differ.
pub fn hashes_match(a: &SecretHash, b: &SecretHash) -> bool {
    constant_time::verify_slices_are_equal(a, b).is_ok()
}

/// SHA-256 (FIPS 180-4).
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

fn checksum(content: &[u8]) -> [u8; CHECKSUM] {
    let sum = sha256(&[PREFIX.as_bytes(), content].concat());
    [sum[0], sum[1], sum[2], sum[3]]
}

fn base32() -> &'static Encoding {
    static BASE32: std::sync::LazyLock<Encoding> = std::sync::LazyLock::new(|| {
        let mut spec = Specification::new();
        spec.symbols.push_str("abcdefghijklmnopqrstuvwxyz234567");
        spec.encoding().expect("the RFC 4648 alphabet is a valid specification")
    });
    &BASE32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;
    use proptest::prelude::*;

    fn client() -> ClientId {
        ClientId::new(Timestamp::from_millis(1_700_000_000_000), [7; 10])
    }

    #[test]
    fn a_secret_has_one_recognisable_shape() {
        let secret = ApiSecret::generate(client(), [9; 32]);
        let body = secret.reveal().strip_prefix(PREFIX).unwrap();
        assert_eq!(body.len(), 84);
        assert!(body.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b)));
        assert_eq!(secret.client_id(), client());
        assert!(!format!("{secret:?}").contains(&body[..20]));
    }

    #[test]
    fn different_random_bits_give_different_hashes() {
        let (a, b) =
            (ApiSecret::generate(client(), [1; 32]), ApiSecret::generate(client(), [2; 32]));
        assert!(hashes_match(&a.hash(), &a.hash()));
        assert!(!hashes_match(&a.hash(), &b.hash()));
    }

    proptest! {
        #[test]
        fn parse_undoes_generate(random: [u8; 32]) {
            let secret = ApiSecret::generate(client(), random);
            let parsed = ApiSecret::parse(secret.reveal()).unwrap();
            prop_assert_eq!(parsed.hash(), secret.hash());
            prop_assert_eq!(parsed.client_id(), client());
        }

        #[test]
        fn one_changed_character_is_no_secret(random: [u8; 32], at in 0_usize..96, to in "[a-z2-7_]") {
            let secret = ApiSecret::generate(client(), random);
            let mut text = secret.reveal().to_owned();
            prop_assume!(text[at..=at] != *to);
            text.replace_range(at..=at, &to);
            prop_assert_eq!(ApiSecret::parse(&text).unwrap_err(), NotASecret);
        }

        #[test]
        fn arbitrary_text_never_panics(text in ".{0,200}") {
            let _ = ApiSecret::parse(&text);
        }
    }
}
