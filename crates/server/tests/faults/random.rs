//! Choices that a seed repeats.

use onlyauth_server::entropy::Entropy;

/// SplitMix64: a handful of lines, and good enough to choose moments by.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// Choices of a run: another each time, unless `ONLYAUTH_FAULTS_SEED` names one.
    pub(crate) fn of_this_run() -> Self {
        let named = std::env::var("ONLYAUTH_FAULTS_SEED").ok();
        let named = named.map(|seed| seed.parse().expect("ONLYAUTH_FAULTS_SEED is a number"));
        Self(named.unwrap_or_else(|| u64::from(u32::from_le_bytes(Entropy::system().bytes()))))
    }

    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// What [`Random::seeded`] makes the same choices from.
    pub(crate) fn seed(&self) -> u64 {
        self.0
    }

    /// Others, which belong to `number` alone.
    pub(crate) fn of(&self, number: u32) -> Self {
        let mut other = Self(self.0 ^ (u64::from(number) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        other.next();
        other
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not, `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, cases: u64) -> bool {
        self.below(100) < cases
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next().to_le_bytes()[0])
    }

    pub(crate) fn one_of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let index = usize::try_from(self.below(choices.len() as u64)).unwrap();
        &choices[index]
    }
}
