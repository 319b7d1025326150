//! One key of the ring, and how the master key wraps it.

use std::fmt;

use aws_lc_rs::hmac;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::cipher::{decrypt, encrypt};
use super::{KeyError, Material, Nonce, Purpose};
use crate::ids::KeyId;
use crate::time::Timestamp;

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
