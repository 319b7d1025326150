//! One key of the ring, and how the master key wraps it.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::hmac;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::cipher::Cipher;
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
    /// The material made ready for each of its uses: doing that costs more than the use. The library wipes its own copies.
    #[zeroize(skip)]
    hmac: hmac::Key,
    #[zeroize(skip)]
    cipher: Option<Arc<Cipher>>,
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
        let hmac = hmac::Key::new(hmac::HMAC_SHA256, &material);
        let cipher = Cipher::new(&material).ok().map(Arc::new);
        Self { id, purpose, generation, not_before, not_after, material, hmac, cipher }
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

    #[cfg(test)]
    pub(crate) fn material(&self) -> &Material {
        &self.material
    }

    /// Seals and opens with it.
    pub(super) fn cipher(&self) -> Result<&Cipher, KeyError> {
        self.cipher.as_deref().ok_or(KeyError::Refused)
    }

    /// Wraps the material for the database. The row's identity is bound in, so that a wrapped key can't
    /// be moved to another row or purpose.
    pub fn wrap(&self, master: &Material, nonce: Nonce) -> Result<Vec<u8>, KeyError> {
        let mut out = nonce.to_vec();
        Cipher::new(master)?.seal_onto(&mut out, nonce, &self.wrap_context(), &self.material)?;
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
        let (nonce, body) = wrapped.split_first_chunk().ok_or(KeyError::WrongMasterKey)?;
        let mut clear = Cipher::new(master)?
            .open(*nonce, &wrap_context(id, purpose, generation), body)
            .map_err(|_| KeyError::WrongMasterKey)?;
        let material = clear.as_slice().try_into().map_err(|_| KeyError::WrongMasterKey);
        clear.zeroize();
        let mut material: Material = material?;
        let key = Self::new(id, purpose, generation, span.0, span.1, material);
        material.zeroize();
        Ok(key)
    }

    fn wrap_context(&self) -> Vec<u8> {
        wrap_context(self.id, self.purpose, self.generation)
    }

    /// HMAC-SHA-256 over `parts`, each with its length, so that no two lists of parts look alike.
    pub(crate) fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.hmac);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        bytes(&context.sign())
    }

    /// HS256 over `message` (RFC 7518 section 3.2).
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 32] {
        bytes(&hmac::sign(&self.hmac, message))
    }

    /// Whether `signature` is [`RingKey::sign`]'s, in a time that tells nothing about where it differs.
    pub(crate) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        hmac::verify(&self.hmac, message, signature).is_ok()
    }
}

fn wrap_context(id: KeyId, purpose: Purpose, generation: i64) -> Vec<u8> {
    format!("onlyauth ring key 1|{id}|{}|{generation}", purpose.as_str()).into_bytes()
}

fn bytes(tag: &hmac::Tag) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(tag.as_ref());
    out
}
