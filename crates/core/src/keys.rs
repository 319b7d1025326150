//! The key ring: one master key wraps all others; each has an id, one purpose and a span of use.
//!
//! A key is announced before it is used (`not_before`), so that every instance can verify with it before
//! one signs with it, and verifies longer than anything made with it can live (`not_after`).

mod cipher;
mod purpose;
mod ring_key;
mod rotation;

pub use purpose::{Purpose, UnknownPurpose};
pub use ring_key::RingKey;
pub use rotation::{RotationPolicy, Succession};

use crate::ids::KeyId;
use crate::time::Timestamp;

/// Key material: 256 bits.
pub type Material = [u8; 32];
/// A nonce for sealing, from the caller's randomness.
pub type Nonce = [u8; 12];

/// What sealing adds: the key's id, the nonce and the tag, in bytes.
const OVERHEAD: usize = 16 + 12 + 16;

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

/// All keys that this installation knows.
#[derive(Debug, Clone, Default)]
pub struct KeyRing {
    keys: Vec<RingKey>,
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
            .filter(|key| key.purpose() == purpose && key.not_before() <= moment)
            .max_by_key(|key| key.generation())
            .ok_or(KeyError::Missing(purpose))
    }

    /// The key named `id`, if it still verifies at `now`. A key that is only announced verifies already:
    /// another instance's clock may be ahead.
    pub fn find(&self, purpose: Purpose, id: KeyId, now: Timestamp) -> Option<&RingKey> {
        self.verifying(purpose, now).find(|key| key.id() == id)
    }

    /// All keys of a purpose that verify at `now`.
    pub fn verifying(&self, purpose: Purpose, now: Timestamp) -> impl Iterator<Item = &RingKey> {
        self.keys.iter().filter(move |key| {
            key.purpose() == purpose && key.not_after().is_none_or(|end| !now.is_expired(end))
        })
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
        let mut out = Vec::with_capacity(OVERHEAD + clear.len());
        out.extend_from_slice(key.id().uuid().as_bytes());
        out.extend_from_slice(&nonce);
        key.cipher()?.seal_onto(&mut out, nonce, context, clear)?;
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
        key.cipher()?.open(*nonce, context, body)
    }

    /// A keyed hash for lookups: without the ring, nobody can try phone numbers against the database.
    pub fn lookup_hash(&self, domain: &str, parts: &[&str]) -> Result<[u8; 32], KeyError> {
        let key = self
            .keys
            .iter()
            .find(|key| key.purpose() == Purpose::Lookup)
            .ok_or(KeyError::Missing(Purpose::Lookup))?;
        let mut all = vec![domain.as_bytes()];
        all.extend(parts.iter().map(|part| part.as_bytes()));
        Ok(key.mac(&all))
    }
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
    use std::time::Duration;

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
        assert_eq!(open([1; 32], key.id(), Purpose::Code, 3, &wrapped), Ok([3; 32]));
        let other = KeyId::new(NOW, [9; 10]);
        let mut altered = wrapped.clone();
        altered[20] ^= 1;
        for (name, result) in [
            ("master key", open([9; 32], key.id(), Purpose::Code, 3, &wrapped)),
            ("id", open([1; 32], other, Purpose::Code, 3, &wrapped)),
            ("purpose", open([1; 32], key.id(), Purpose::Data, 3, &wrapped)),
            ("generation", open([1; 32], key.id(), Purpose::Code, 4, &wrapped)),
            ("altered", open([1; 32], key.id(), Purpose::Code, 3, &altered)),
            ("short", open([1; 32], key.id(), Purpose::Code, 3, &wrapped[..5])),
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
