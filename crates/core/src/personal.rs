//! Personal data at rest: sealed where it must be read again, a keyed hash where it is only compared.
//!
//! A stolen database without the master key tells neither who logged in nor with which number, and the hashes of
//! two clients for one phone are unrelated.

use std::fmt::Display;

use data_encoding::HEXLOWER;
use zeroize::Zeroizing;

use crate::access_token::Subject;
use crate::channel::Mode;
use crate::factor::backup_code::BackupCode;
use crate::factor::name::FactorName;
use crate::ids::{ActionId, AppId, ChallengeId, ClientId, FactorId};
use crate::keys::{KeyError, KeyRing, Nonce, Purpose};
use crate::phone::PhoneNumber;
use crate::time::Timestamp;

/// A keyed hash for comparing.
pub type Hash = [u8; 32];

/// Where an end user lives: sandbox and live are two worlds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct World {
    /// The client.
    pub client_id: ClientId,
    /// The app.
    pub app_id: AppId,
    /// Sandbox or live.
    pub mode: Mode,
}

impl World {
    /// The end user's key in the database.
    pub fn end_user_hash(&self, ring: &KeyRing, end_user_uuid: &str) -> Result<Hash, KeyError> {
        let (client, app) = (self.client_id.to_string(), self.app_id.to_string());
        ring.lookup_hash("end user", &[&client, &app, self.mode.as_str(), end_user_uuid])
    }
}

/// A phone's key inside one client.
pub fn phone_hash(ring: &KeyRing, client: ClientId, phone: &PhoneNumber) -> Result<Hash, KeyError> {
    ring.lookup_hash("phone", &[&client.to_string(), phone.as_e164()])
}

/// A phone's key for the limits that count over all clients.
pub fn phone_hash_over_all(ring: &KeyRing, phone: &PhoneNumber) -> Result<Hash, KeyError> {
    ring.lookup_hash("phone over all clients", &[phone.as_e164()])
}

/// Seals the personal part of a row; `place` is the row's id, and it opens in no other row.
pub fn seal_subject(
    ring: &KeyRing,
    place: impl Display,
    subject: &Subject,
    now: Timestamp,
    nonce: Nonce,
) -> Result<Vec<u8>, KeyError> {
    let clear = serde_json::to_vec(subject).map_err(|_| KeyError::Refused)?;
    ring.seal(Purpose::Data, now, nonce, format!("subject|{place}").as_bytes(), &clear)
}

/// Opens what [`seal_subject`] made for the same row.
pub fn open_subject(
    ring: &KeyRing,
    place: impl Display,
    sealed: &[u8],
    now: Timestamp,
) -> Result<Subject, KeyError> {
    let clear = ring.open(Purpose::Data, now, format!("subject|{place}").as_bytes(), sealed)?;
    serde_json::from_slice(&clear).map_err(|_| KeyError::NotOpened)
}

/// Seals the phone of the end user whose key in the database is `end_user`.
pub fn seal_phone(
    ring: &KeyRing,
    end_user: &Hash,
    phone: &PhoneNumber,
    now: Timestamp,
    nonce: Nonce,
) -> Result<Vec<u8>, KeyError> {
    let context = [b"phone|", &end_user[..]].concat();
    ring.seal(Purpose::Data, now, nonce, &context, phone.as_e164().as_bytes())
}

/// Opens what [`seal_phone`] made for the same end user.
pub fn open_phone(
    ring: &KeyRing,
    end_user: &Hash,
    sealed: &[u8],
    now: Timestamp,
) -> Result<PhoneNumber, KeyError> {
    let context = [b"phone|", &end_user[..]].concat();
    let clear = ring.open(Purpose::Data, now, &context, sealed)?;
    let text = std::str::from_utf8(&clear).map_err(|_| KeyError::NotOpened)?;
    PhoneNumber::parse(text).map_err(|_| KeyError::NotOpened)
}

/// Seals the customer's name for the end user whose key in the database is `end_user`: once, when they become known, since
/// keys for data are kept for reading.
pub fn seal_uuid(
    ring: &KeyRing,
    end_user: &Hash,
    end_user_uuid: &str,
    now: Timestamp,
    nonce: Nonce,
) -> Result<Vec<u8>, KeyError> {
    let context = [b"end user|", &end_user[..]].concat();
    ring.seal(Purpose::Data, now, nonce, &context, end_user_uuid.as_bytes())
}

/// Opens what [`seal_uuid`] made for the same end user.
pub fn open_uuid(
    ring: &KeyRing,
    end_user: &Hash,
    sealed: &[u8],
    now: Timestamp,
) -> Result<String, KeyError> {
    let context = [b"end user|", &end_user[..]].concat();
    let clear = ring.open(Purpose::Data, now, &context, sealed)?;
    String::from_utf8(clear).map_err(|_| KeyError::NotOpened)
}

/// Seals what is secret about a factor; it opens as this factor of this end user only.
pub fn seal_factor(
    ring: &KeyRing,
    end_user: &Hash,
    factor: FactorId,
    clear: &[u8],
    now: Timestamp,
    nonce: Nonce,
) -> Result<Vec<u8>, KeyError> {
    ring.seal(Purpose::Data, now, nonce, &factor_context(end_user, factor), clear)
}

/// Opens what [`seal_factor`] made for the same factor.
pub fn open_factor(
    ring: &KeyRing,
    end_user: &Hash,
    factor: FactorId,
    sealed: &[u8],
    now: Timestamp,
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let clear = ring.open(Purpose::Data, now, &factor_context(end_user, factor), sealed)?;
    Ok(Zeroizing::new(clear))
}

/// Seals what the end user calls a factor; it opens as the name of this factor of this end user only.
pub fn seal_factor_name(
    ring: &KeyRing,
    end_user: &Hash,
    factor: FactorId,
    name: &FactorName,
    now: Timestamp,
    nonce: Nonce,
) -> Result<Vec<u8>, KeyError> {
    let context = factor_name_context(end_user, factor);
    ring.seal(Purpose::Data, now, nonce, &context, name.as_str().as_bytes())
}

/// Opens what [`seal_factor_name`] made for the same factor.
pub fn open_factor_name(
    ring: &KeyRing,
    end_user: &Hash,
    factor: FactorId,
    sealed: &[u8],
    now: Timestamp,
) -> Result<FactorName, KeyError> {
    let clear = ring.open(Purpose::Data, now, &factor_name_context(end_user, factor), sealed)?;
    let text = std::str::from_utf8(&clear).map_err(|_| KeyError::NotOpened)?;
    FactorName::parse(text).map_err(|_| KeyError::NotOpened)
}

/// The key by which the same secret or credential is recognised among an end user's.
pub fn factor_hash(ring: &KeyRing, end_user: &Hash, clear: &[u8]) -> Result<Hash, KeyError> {
    let (end_user, clear) = (HEXLOWER.encode(end_user), Zeroizing::new(HEXLOWER.encode(clear)));
    ring.lookup_hash("factor", &[&end_user, &clear])
}

/// What is stored of a backup code: without the ring, nobody can try codes against the database.
pub fn backup_code_hash(
    ring: &KeyRing,
    end_user: &Hash,
    code: &BackupCode,
) -> Result<Hash, KeyError> {
    ring.lookup_hash("backup code", &[&HEXLOWER.encode(end_user), code.reveal()])
}

fn factor_context(end_user: &Hash, factor: FactorId) -> Vec<u8> {
    [b"factor|", &end_user[..], factor.to_string().as_bytes()].concat()
}

fn factor_name_context(end_user: &Hash, factor: FactorId) -> Vec<u8> {
    [b"factor name|", &end_user[..], factor.to_string().as_bytes()].concat()
}

/// Seals the state of a ceremony, in the row of this action and id.
pub fn seal_ceremony(
    ring: &KeyRing,
    action_id: ActionId,
    ceremony_id: ChallengeId,
    clear: &[u8],
    now: Timestamp,
    nonce: Nonce,
) -> Result<Vec<u8>, KeyError> {
    let context = format!("ceremony|{action_id}|{ceremony_id}");
    ring.seal(Purpose::Data, now, nonce, context.as_bytes(), clear)
}

/// Opens what [`seal_ceremony`] made for the same row.
pub fn open_ceremony(
    ring: &KeyRing,
    action_id: ActionId,
    ceremony_id: ChallengeId,
    sealed: &[u8],
    now: Timestamp,
) -> Result<Vec<u8>, KeyError> {
    let context = format!("ceremony|{action_id}|{ceremony_id}");
    ring.open(Purpose::Data, now, context.as_bytes(), sealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::testing::ring;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn world() -> World {
        World {
            client_id: ClientId::new(NOW, [1; 10]),
            app_id: AppId::new(NOW, [2; 10]),
            mode: Mode::Live,
        }
    }

    #[test]
    fn row_45_an_end_user_is_another_one_in_another_mode_app_or_client() {
        let hash = |world: World| world.end_user_hash(&ring(), "ann").unwrap();
        let own = hash(world());
        assert_eq!(own, hash(world()));
        for other in [
            World { mode: Mode::Sandbox, ..world() },
            World { app_id: AppId::new(NOW, [9; 10]), ..world() },
            World { client_id: ClientId::new(NOW, [9; 10]), ..world() },
        ] {
            assert_ne!(own, hash(other), "{other:?}");
        }
    }

    #[test]
    fn a_phone_is_unrelated_between_clients() {
        let phone = PhoneNumber::parse("+12025550142").unwrap();
        let [a, b] =
            [1, 2].map(|mark| phone_hash(&ring(), ClientId::new(NOW, [mark; 10]), &phone).unwrap());
        assert_ne!(a, b);
        assert_ne!(a, phone_hash_over_all(&ring(), &phone).unwrap());
    }

    #[test]
    fn a_phone_opens_for_its_end_user_only() {
        let phone = PhoneNumber::parse("+12025550142").unwrap();
        let sealed = seal_phone(&ring(), &[1; 32], &phone, NOW, [0; 12]).unwrap();
        assert_eq!(open_phone(&ring(), &[1; 32], &sealed, NOW), Ok(phone));
        assert_eq!(open_phone(&ring(), &[2; 32], &sealed, NOW), Err(KeyError::NotOpened));
    }

    #[test]
    fn a_name_opens_for_its_end_user_only() {
        let sealed = seal_uuid(&ring(), &[1; 32], "ann@shop.example", NOW, [0; 12]).unwrap();
        assert_eq!(open_uuid(&ring(), &[1; 32], &sealed, NOW).as_deref(), Ok("ann@shop.example"));
        assert_eq!(open_uuid(&ring(), &[2; 32], &sealed, NOW), Err(KeyError::NotOpened));
        assert_eq!(open_phone(&ring(), &[1; 32], &sealed, NOW), Err(KeyError::NotOpened));
    }

    #[test]
    fn a_factor_opens_as_itself_and_of_its_end_user_only() {
        let [own, other] = [1, 2].map(|mark| FactorId::new(NOW, [mark; 10]));
        let sealed = seal_factor(&ring(), &[1; 32], own, b"secret", NOW, [0; 12]).unwrap();
        let open = |end_user, factor| open_factor(&ring(), &end_user, factor, &sealed, NOW);
        assert_eq!(open([1; 32], own).unwrap().as_slice(), b"secret");
        assert!(open([2; 32], own).is_err());
        assert!(open([1; 32], other).is_err());
    }

    #[test]
    fn a_subject_opens_in_its_own_row_only() {
        let subject = Subject {
            phone: "+12025550142".into(),
            end_user_uuid: "ann".into(),
            redirect_uri: "https://shop.example/".into(),
        };
        let [own, other] = [1, 2].map(|mark| ActionId::new(NOW, [mark; 10]));
        let sealed = seal_subject(&ring(), own, &subject, NOW, [0; 12]).unwrap();
        assert_eq!(open_subject(&ring(), own, &sealed, NOW), Ok(subject));
        assert_eq!(open_subject(&ring(), other, &sealed, NOW), Err(KeyError::NotOpened));
    }

    #[test]
    fn a_ceremony_opens_in_its_own_row_only() {
        let ids = |mark| (ActionId::new(NOW, [mark; 10]), ChallengeId::new(NOW, [mark; 10]));
        let ((action, ceremony), (other_action, other_ceremony)) = (ids(1), ids(2));
        let sealed = seal_ceremony(&ring(), action, ceremony, b"state", NOW, [0; 12]).unwrap();
        let open = |action, ceremony| open_ceremony(&ring(), action, ceremony, &sealed, NOW);
        assert_eq!(open(action, ceremony), Ok(b"state".to_vec()));
        assert_eq!(open(other_action, ceremony), Err(KeyError::NotOpened));
        assert_eq!(open(action, other_ceremony), Err(KeyError::NotOpened));
    }
}
