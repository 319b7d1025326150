//! The key ring: one master key wraps all others; each has an id, one purpose and a span of use.
//!
//! A key is announced before it is used (`not_before`), so that every instance can verify with it before
//! one signs with it, and verifies longer than anything made with it can live (`not_after`).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use aws_lc_rs::{aead, hmac};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::KeyId;
use crate::time::Timestamp;

/// Key material: 256 bits.
pub type Material = [u8; 32];
/// A nonce for sealing, from the caller's randomness.
pub type Nonce = [u8; 12];

/// What a key is for. A key is never used for two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Signs access tokens (HS256).
    AccessTokenSigning,
    /// Seals the personal claim of access tokens.
    AccessTokenSealing,
    /// Derives codes from the seeds of challenges.
    Code,
    /// Fingerprints of submitted attempts, by which a repeated form is recognised.
    Attempt,
    /// Derives success tokens from actions.
    SuccessToken,
    /// Seals personal data in the database.
    Data,
    /// Hashes phones and end users for lookups. Changed only offline, by re-keying.
    Lookup,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 7] = [
        Self::AccessTokenSigning,
        Self::AccessTokenSealing,
        Self::Code,
        Self::Attempt,
        Self::SuccessToken,
        Self::Data,
        Self::Lookup,
    ];

    /// The name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessTokenSigning => "access_token_signing",
            Self::AccessTokenSealing => "access_token_sealing",
            Self::Code => "code",
            Self::Attempt => "attempt",
            Self::SuccessToken => "success_token",
            Self::Data => "data",
            Self::Lookup => "lookup",
        }
    }

    /// Whether the worker makes a new key of this purpose from time to time.
    pub const fn rotates(self) -> bool {
        !matches!(self, Self::Lookup)
    }

    /// Whether old keys stop verifying. What is sealed in the database is still read years later.
    pub const fn expires(self) -> bool {
        !matches!(self, Self::Lookup | Self::Data)
    }
}

/// The text names no purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such key purpose")]
pub struct UnknownPurpose;

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(text: &str) -> Result<Self, UnknownPurpose> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text).ok_or(UnknownPurpose)
    }
}

/// One key of the ring, in clear. Debug shows its id, never its material.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct RingKey {
    #[zeroize(skip)]
    id: KeyId,
    #[zeroize(skip)]
    purpose: Purpose,
    #[zeroize(skip)]
    generation: i64,
    #[zeroize(skip)]
    not_before: Timestamp,
    #[zeroize(skip)]
    not_after: Option<Timestamp>,
    material: Material,
}

impl fmt::Debug for RingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RingKey({}, {}, #{})", self.id, self.purpose.as_str(), self.generation)
    }
}

/// Why key work failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The ring has no key of this purpose that may be used now.
    #[error("the key ring has no usable {} key", .0.as_str())]
    Missing(Purpose),
    /// The master key is not the one that wrapped this key, or the row was altered.
    #[error("a key of the ring does not open with this master key")]
    WrongMasterKey,
    /// Something sealed does not open: wrong key, wrong place, or altered.
    #[error("sealed data does not open")]
    NotOpened,
    /// The cryptographic library refused.
    #[error("the cryptographic library refused an operation")]
    Refused,
}

impl RingKey {
    /// A key from its parts.
    pub fn new(
        id: KeyId,
        purpose: Purpose,
        generation: i64,
        not_before: Timestamp,
        not_after: Option<Timestamp>,
        material: Material,
    ) -> Self {
        Self { id, purpose, generation, not_before, not_after, material }
    }

    /// Its id.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// Its purpose.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Counts the keys of one purpose, from 1.
    pub fn generation(&self) -> i64 {
        self.generation
    }

    /// The first moment at which it may make something new.
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The moment from which nothing made with it is accepted.
    pub fn not_after(&self) -> Option<Timestamp> {
        self.not_after
    }

    pub(crate) fn material(&self) -> &Material {
        &self.material
    }

    /// Wraps the material for the database. The row's identity is bound in, so that a wrapped key can't
    /// be moved to another row or purpose.
    pub fn wrap(&self, master: &Material, nonce: Nonce) -> Result<Vec<u8>, KeyError> {
        let mut out = nonce.to_vec();
        out.extend(encrypt(master, nonce, &self.wrap_context(), &self.material)?);
        Ok(out)
    }

    /// Opens a wrapped key.
    ///
    /// # Errors
    /// [`KeyError::WrongMasterKey`] when the master key is another one or the row was altered.
    pub fn unwrap(
        master: &Material,
        id: KeyId,
        purpose: Purpose,
        generation: i64,
        span: (Timestamp, Option<Timestamp>),
        wrapped: &[u8],
    ) -> Result<Self, KeyError> {
        let mut key = Self::new(id, purpose, generation, span.0, span.1, [0; 32]);
        let (nonce, body) = wrapped.split_first_chunk().ok_or(KeyError::WrongMasterKey)?;
        let mut clear = decrypt(master, *nonce, &key.wrap_context(), body)
            .map_err(|_| KeyError::WrongMasterKey)?;
        let material = clear.as_slice().try_into().map_err(|_| KeyError::WrongMasterKey);
        clear.zeroize();
        key.material = material?;
        Ok(key)
    }

    fn wrap_context(&self) -> Vec<u8> {
        format!("onlyauth ring key 1|{}|{}|{}", self.id, self.purpose.as_str(), self.generation)
            .into_bytes()
    }

    /// HMAC-SHA-256 over `parts`, each with its length, so that no two lists of parts look alike.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.material);
        let mut context = hmac::Context::with_key(&key);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut out = [0; 32];
        out.copy_from_slice(context.sign().as_ref());
        out
    }
}

/// All keys that this installation knows.
#[derive(Debug, Clone, Default)]
pub struct KeyRing {
    keys: Vec<RingKey>,
}

/// When keys are replaced.
#[derive(Debug, Clone, Copy)]
pub struct RotationPolicy {
    /// Age at which a key gets a successor.
    pub every: Duration,
    /// How long a new key is only announced: longer than instances take to notice it.
    pub announce: Duration,
    /// How long the old key verifies after the new one is in use: longer than an access token and the
    /// action that it starts can live.
    pub overlap: Duration,
}

/// A key to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Succession {
    /// What for.
    pub purpose: Purpose,
    /// The new key's generation.
    pub generation: i64,
    /// From when the new key is used.
    pub not_before: Timestamp,
    /// From when the older ones are no longer accepted; None where they are kept for reading.
    pub predecessors_not_after: Option<Timestamp>,
}

impl KeyRing {
    /// A ring of these keys.
    pub fn new(keys: Vec<RingKey>) -> Self {
        Self { keys }
    }

    /// Whether there is no key at all: a database that was never served.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The key for making something new at `moment`: the newest that was in use then. Asked with a past
    /// moment it gives the key that was used then, which is how derived values are derived again.
    pub fn at(&self, purpose: Purpose, moment: Timestamp) -> Result<&RingKey, KeyError> {
        self.keys
            .iter()
            .filter(|key| key.purpose == purpose && key.not_before <= moment)
            .max_by_key(|key| key.generation)
            .ok_or(KeyError::Missing(purpose))
    }

    /// The key named `id`, if it still verifies at `now`. A key that is only announced verifies already:
    /// another instance's clock may be ahead.
    pub fn find(&self, purpose: Purpose, id: KeyId, now: Timestamp) -> Option<&RingKey> {
        self.verifying(purpose, now).find(|key| key.id == id)
    }

    /// All keys of a purpose that verify at `now`.
    pub fn verifying(&self, purpose: Purpose, now: Timestamp) -> impl Iterator<Item = &RingKey> {
        self.keys.iter().filter(move |key| {
            key.purpose == purpose && key.not_after.is_none_or(|end| !now.is_expired(end))
        })
    }

    /// The keys that a new installation starts with. They count as in use since the day before: a clock that
    /// is set right, backwards, just after the first start must not leave the server without keys.
    pub fn first_keys(now: Timestamp) -> Vec<Succession> {
        Purpose::ALL
            .into_iter()
            .map(|purpose| Succession {
                purpose,
                generation: 1,
                not_before: now.minus(Duration::from_hours(24)),
                predecessors_not_after: None,
            })
            .collect()
    }

    /// Which keys are due for a successor.
    pub fn successions(&self, now: Timestamp, policy: RotationPolicy) -> Vec<Succession> {
        Purpose::ALL
            .into_iter()
            .filter(|purpose| purpose.rotates())
            .filter_map(|purpose| {
                let newest = self
                    .keys
                    .iter()
                    .filter(|key| key.purpose == purpose)
                    .max_by_key(|key| key.generation)?;
                if !now.is_expired(newest.not_before.plus(policy.every)) {
                    return None;
                }
                let not_before = now.plus(policy.announce);
                Some(Succession {
                    purpose,
                    generation: newest.generation + 1,
                    not_before,
                    predecessors_not_after: purpose
                        .expires()
                        .then(|| not_before.plus(policy.overlap)),
                })
            })
            .collect()
    }

    /// Seals `clear` under the current key of `purpose`, bound to `context`: it opens nowhere else.
    pub fn seal(
        &self,
        purpose: Purpose,
        now: Timestamp,
        nonce: Nonce,
        context: &[u8],
        clear: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let key = self.at(purpose, now)?;
        let mut out = key.id.uuid().as_bytes().to_vec();
        out.extend_from_slice(&nonce);
        out.extend(encrypt(&key.material, nonce, context, clear)?);
        Ok(out)
    }

    /// Opens what [`KeyRing::seal`] made.
    pub fn open(
        &self,
        purpose: Purpose,
        now: Timestamp,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let (id, rest) = sealed.split_first_chunk::<16>().ok_or(KeyError::NotOpened)?;
        let (nonce, body) = rest.split_first_chunk::<12>().ok_or(KeyError::NotOpened)?;
        let id = KeyId::from_uuid(uuid::Uuid::from_bytes(*id));
        let key = self.find(purpose, id, now).ok_or(KeyError::NotOpened)?;
        decrypt(&key.material, *nonce, context, body)
    }

    /// A keyed hash for lookups: without the ring, nobody can try phone numbers against the database.
    pub fn lookup_hash(&self, domain: &str, parts: &[&str]) -> Result<[u8; 32], KeyError> {
        let key = self
            .keys
            .iter()
            .find(|key| key.purpose == Purpose::Lookup)
            .ok_or(KeyError::Missing(Purpose::Lookup))?;
        let mut all = vec![domain.as_bytes()];
        all.extend(parts.iter().map(|part| part.as_bytes()));
        Ok(key.mac(&all))
    }
}

// AES-256-GCM-SIV (RFC 8452): random nonces may repeat over the life of a busy key without ruin.
fn cipher(key: &Material) -> Result<aead::LessSafeKey, KeyError> {
    aead::UnboundKey::new(&aead::AES_256_GCM_SIV, key)
        .map(aead::LessSafeKey::new)
        .map_err(|_| KeyError::Refused)
}

fn encrypt(
    key: &Material,
    nonce: Nonce,
    context: &[u8],
    clear: &[u8],
) -> Result<Vec<u8>, KeyError> {
    let mut body = clear.to_vec();
    cipher(key)?
        .seal_in_place_append_tag(
            aead::Nonce::assume_unique_for_key(nonce),
            aead::Aad::from(context),
            &mut body,
        )
        .map_err(|_| KeyError::Refused)?;
    Ok(body)
}

fn decrypt(key: &Material, nonce: Nonce, context: &[u8], body: &[u8]) -> Result<Vec<u8>, KeyError> {
    let mut body = body.to_vec();
    let clear = cipher(key)?
        .open_in_place(
            aead::Nonce::assume_unique_for_key(nonce),
            aead::Aad::from(context),
            &mut body,
        )
        .map_err(|_| KeyError::NotOpened)?
        .len();
    body.truncate(clear);
    Ok(body)
}

/// Rings for the tests of core.
#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A ring with one key per purpose, in use since the beginning of time.
    pub(crate) fn ring() -> KeyRing {
        KeyRing::new(
            Purpose::ALL
                .into_iter()
                .enumerate()
                .map(|(index, purpose)| {
                    let mark = u8::try_from(index).unwrap() + 1;
                    let start = Timestamp::from_millis(0);
                    RingKey::new(KeyId::new(start, [mark; 10]), purpose, 1, start, None, [mark; 32])
                })
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::testing::ring;
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000_000);

    fn key(generation: i64, not_before: i64, not_after: Option<i64>) -> RingKey {
        let mark = u8::try_from(generation).unwrap();
        RingKey::new(
            KeyId::new(Timestamp::from_millis(not_before), [mark; 10]),
            Purpose::Code,
            generation,
            Timestamp::from_millis(not_before),
            not_after.map(Timestamp::from_millis),
            [mark; 32],
        )
    }

    #[test]
    fn a_wrapped_key_opens_only_with_its_master_key_and_identity() {
        let key = key(3, 0, None);
        let wrapped = key.wrap(&[1; 32], [2; 12]).unwrap();
        let open = |master: [u8; 32], id, purpose, generation, wrapped: &[u8]| {
            RingKey::unwrap(&master, id, purpose, generation, (NOW, None), wrapped)
                .map(|key| *key.material())
        };
        assert_eq!(open([1; 32], key.id, Purpose::Code, 3, &wrapped), Ok([3; 32]));
        let other = KeyId::new(NOW, [9; 10]);
        let mut altered = wrapped.clone();
        altered[20] ^= 1;
        for (name, result) in [
            ("master key", open([9; 32], key.id, Purpose::Code, 3, &wrapped)),
            ("id", open([1; 32], other, Purpose::Code, 3, &wrapped)),
            ("purpose", open([1; 32], key.id, Purpose::Data, 3, &wrapped)),
            ("generation", open([1; 32], key.id, Purpose::Code, 4, &wrapped)),
            ("altered", open([1; 32], key.id, Purpose::Code, 3, &altered)),
            ("short", open([1; 32], key.id, Purpose::Code, 3, &wrapped[..5])),
        ] {
            assert_eq!(result, Err(KeyError::WrongMasterKey), "{name}");
        }
    }

    #[test]
    fn a_new_key_is_announced_then_used_and_the_old_one_overlaps() {
        let ring = KeyRing::new(vec![key(1, 0, Some(2_000)), key(2, 1_000, None)]);
        let used = |at| ring.at(Purpose::Code, Timestamp::from_millis(at)).unwrap().generation();
        assert_eq!((used(999), used(1_000), used(5_000)), (1, 2, 2));
        let verifies = |at| {
            ring.verifying(Purpose::Code, Timestamp::from_millis(at))
                .map(RingKey::generation)
                .collect::<Vec<_>>()
        };
        assert_eq!(verifies(500), [1, 2], "an announced key already verifies");
        assert_eq!(verifies(1_999), [1, 2]);
        assert_eq!(verifies(2_000), [2], "dead after the overlap");
    }

    #[test]
    fn successions_come_due_by_age_and_never_for_lookup() {
        let policy = RotationPolicy {
            every: Duration::from_secs(100),
            announce: Duration::from_secs(10),
            overlap: Duration::from_secs(20),
        };
        let ring = ring();
        assert_eq!(ring.successions(Timestamp::from_millis(99_999), policy), []);
        let due = ring.successions(Timestamp::from_millis(100_000), policy);
        assert_eq!(due.len(), Purpose::ALL.len() - 1);
        for succession in due {
            assert_ne!(succession.purpose, Purpose::Lookup);
            assert_eq!(succession.generation, 2);
            assert_eq!(succession.not_before, Timestamp::from_millis(110_000));
            let expected =
                (succession.purpose != Purpose::Data).then_some(Timestamp::from_millis(130_000));
            assert_eq!(succession.predecessors_not_after, expected);
        }
    }

    #[test]
    fn a_missing_key_is_an_error_not_a_default() {
        let empty = KeyRing::default();
        assert_eq!(empty.at(Purpose::Code, NOW).unwrap_err(), KeyError::Missing(Purpose::Code));
        assert!(empty.lookup_hash("phone", &["+1"]).is_err());
    }

    #[test]
    fn parts_of_a_keyed_hash_do_not_run_together() {
        let hash = |parts: &[&str]| ring().lookup_hash("end user", parts).unwrap();
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["ab"]), ring().lookup_hash("phone", &["ab"]).unwrap());
    }

    proptest! {
        #[test]
        fn sealed_data_opens_only_in_its_place(clear: Vec<u8>, nonce: [u8; 12], flip in any::<prop::sample::Index>()) {
            let ring = ring();
            let sealed = ring.seal(Purpose::Data, NOW, nonce, b"here", &clear).unwrap();
            prop_assert_eq!(ring.open(Purpose::Data, NOW, b"here", &sealed), Ok(clear));
            prop_assert_eq!(ring.open(Purpose::Data, NOW, b"there", &sealed), Err(KeyError::NotOpened));
            prop_assert_eq!(ring.open(Purpose::Code, NOW, b"here", &sealed), Err(KeyError::NotOpened));
            let mut altered = sealed.clone();
            let at = flip.index(altered.len());
            altered[at] ^= 1;
            prop_assert_eq!(ring.open(Purpose::Data, NOW, b"here", &altered), Err(KeyError::NotOpened));
        }
    }
}
