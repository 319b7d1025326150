//! Randomness, as a seam: every secret, id and nonce comes from here, and a test seeds it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::{hmac, rand};

/// A source of random bytes. Clones draw from the same source.
#[derive(Debug, Clone)]
pub struct Entropy(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Seeded(Arc<Seeded>),
}

#[derive(Debug)]
struct Seeded {
    key: hmac::Key,
    drawn: AtomicU64,
}

impl Entropy {
    /// The cryptographic library's generator, seeded by the operating system.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// The same bytes for the same seed, draw by draw. For tests and examples only: a seed can be guessed.
    pub fn seeded(seed: u64) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &seed.to_be_bytes());
        Self(Source::Seeded(Arc::new(Seeded { key, drawn: AtomicU64::new(0) })))
    }

    /// Fills `bytes`.
    ///
    /// Ends the process when the generator fails: a secret made without randomness would be worse than
    /// no server, and no caller could do anything else.
    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0 {
            Source::System => fill_from_system(bytes),
            Source::Seeded(seeded) => seeded.fill(bytes),
        }
    }

    /// `N` random bytes; ends the process as [`Entropy::fill`] does.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

impl Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = self.drawn.fetch_add(1, Ordering::SeqCst);
            let tag = hmac::sign(&self.key, &block.to_be_bytes());
            chunk.copy_from_slice(&tag.as_ref()[..chunk.len()]);
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the seam that the ban points to")]
fn fill_from_system(bytes: &mut [u8]) {
    if rand::fill(bytes).is_err() {
        tracing::error!("the random generator failed: stopping, since nothing can be kept secret");
        std::process::abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let draw = |seed| {
            let entropy = Entropy::seeded(seed);
            (entropy.bytes::<10>(), entropy.bytes::<100>())
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        let (first, second) = draw(1);
        assert_ne!(first, second[..10], "two draws differ");
        assert_ne!(second[..32], second[32..64], "blocks differ");
    }

    #[test]
    fn clones_do_not_repeat_each_other() {
        for entropy in [Entropy::seeded(1), Entropy::system()] {
            assert_ne!(entropy.bytes::<16>(), entropy.clone().bytes::<16>());
        }
    }
}
