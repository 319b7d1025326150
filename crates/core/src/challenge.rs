//! Code challenges: how a code comes about, how it is judged, how long it lives.
//!
//! A code is derived, not stored: HMAC under a ring key over the challenge's random seed and id. Neither the
//! code nor a hash of it is in the database, so a stolen database can't be searched for the 10^6 candidates.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::constant_time;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::channel::Mode;
use crate::ids::{ChallengeId, KeyId};
use crate::keys::{KeyError, KeyRing, Purpose, RingKey};
use crate::phone::PhoneNumber;
use crate::sandbox::{SandboxBehaviour, fixed_code, sandbox_behaviour};
use crate::secret::sha256;
use crate::time::Timestamp;

/// 128 random bits, one per challenge.
pub type Seed = [u8; 16];

/// What is known of a challenge's code.
#[derive(Debug, Clone, Copy)]
pub struct Issued<'a> {
    /// The challenge.
    pub challenge_id: ChallengeId,
    /// Its seed.
    pub seed: &'a Seed,
    /// The ring key that derives the code.
    pub key_id: KeyId,
    /// How many digits.
    pub digits: u8,
}

/// The rules for codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePolicy {
    /// Digits of a code, 4 to 10 (NIST SP 800-63B-4 section 3.1.3.2 asks for at least 6).
    pub digits: u8,
    /// How long a code is good; at most 10 minutes by the same section.
    pub lifetime: Duration,
    /// Checks per challenge, counted before the verdict is told (PSD2 RTS article 4: at most 5).
    pub checks: u32,
    /// Messages per action.
    pub sends_per_action: u32,
    /// How long after the first, second, … message the next may go; the last one repeats.
    pub resend_waits: Vec<Duration>,
}

/// A code in clear. Debug is masked; [`Code::reveal`] is for the message that carries it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Code(String);

impl Code {
    /// The code of a challenge: uniform over all texts of `digits` digits, leading zeros kept.
    pub fn derive(key: &RingKey, challenge: ChallengeId, seed: &Seed, digits: u8) -> Self {
        let digits = digits.clamp(1, 10);
        let range = 10_u64.pow(u32::from(digits));
        // Words at or above the largest multiple of the range would favour small codes: draw again.
        let fair = u64::MAX - u64::MAX % range;
        let mut round = 0_u32;
        loop {
            let mac = key.mac(&[
                b"code",
                challenge.uuid().as_bytes(),
                seed,
                &[digits],
                &round.to_be_bytes(),
            ]);
            for word in mac.chunks_exact(8) {
                let word = u64::from_be_bytes(word.try_into().unwrap_or_default());
                if word < fair {
                    return Self(format!("{:0width$}", word % range, width = usize::from(digits)));
                }
            }
            round += 1;
        }
    }

    /// The code that `issued` expects. In sandbox mode one test number's code is fixed; in live mode that
    /// number is a number like any other.
    ///
    /// # Errors
    /// The ring key that the challenge names no longer verifies.
    pub fn expected(
        ring: &KeyRing,
        issued: &Issued<'_>,
        mode: Mode,
        phone: &PhoneNumber,
        now: Timestamp,
    ) -> Result<Self, KeyError> {
        if mode == Mode::Sandbox && sandbox_behaviour(phone) == SandboxBehaviour::FixedCode {
            return Ok(Self(fixed_code(issued.digits)));
        }
        let key = ring.find(Purpose::Code, issued.key_id, now);
        let key = key.ok_or(KeyError::Missing(Purpose::Code))?;
        Ok(Self::derive(key, issued.challenge_id, issued.seed, issued.digits))
    }

    /// The digits.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Judges what an end user typed.
    pub fn judge(&self, typed: &TypedCode) -> Verdict {
        let Some(typed) = &typed.0 else {
            return Verdict::Malformed;
        };
        if typed.len() != self.0.len() {
            return Verdict::Malformed;
        }
        match constant_time::verify_slices_are_equal(self.0.as_bytes(), typed.as_bytes()) {
            Ok(()) => Verdict::Right,
            Err(_) => Verdict::Wrong,
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// What was typed, without the spaces and hyphens that people and keyboards add, and with the decimal
/// digits of other scripts read as digits. None inside: there is something else in it.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct TypedCode(Option<String>);

impl TypedCode {
    /// Longest input that is looked at, in bytes.
    const LONGEST: usize = 100;

    /// Reads an input field.
    pub fn read(text: &str) -> Self {
        if text.len() > Self::LONGEST {
            return Self(None);
        }
        let kept = text.chars().filter(|c| !is_separator(*c));
        let digits: Option<String> = kept.map(ascii_digit).collect();
        Self(digits.filter(|digits| !digits.is_empty()))
    }

    /// The digits; None when there is something else in it.
    pub fn digits(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// What a fingerprint of the attempt is made of.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_deref().unwrap_or("").as_bytes()
    }
}

impl fmt::Debug for TypedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedCode(…)")
    }
}

pub(crate) fn is_separator(c: char) -> bool {
    // Pasted text brings directional marks and no-break spaces along.
    c.is_whitespace()
        || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
}

fn ascii_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 5] = ['0' as u32, 0x0660, 0x06F0, 0x0966, 0xFF10];
    ZEROS.into_iter().find_map(|zero| char::from_digit((c as u32).wrapping_sub(zero), 10))
}

/// What a check found. Every one of them uses up a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The code.
    Right,
    /// A code of the right shape, but not this one.
    Wrong,
    /// Not of a code's shape: empty, letters, too few or too many digits.
    Malformed,
    /// A code that passed before, or one that is older than it.
    Used,
    /// A code of an authenticator app whose clock is far from ours.
    ClockOff,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 5] =
        [Self::Right, Self::Wrong, Self::Malformed, Self::Used, Self::ClockOff];

    /// The word in the database and in time lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Malformed => "malformed",
            Self::Used => "used",
            Self::ClockOff => "clock_off",
        }
    }
}

/// The random key that a form carries, so that the very same POST is recognised. 128 bits, never stored.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct AttemptKey([u8; 16]);

impl AttemptKey {
    /// A key around random bits from the caller.
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Reads what [`AttemptKey::text`] wrote; None for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// The form of the hidden field.
    pub fn text(&self) -> String {
        data_encoding::BASE64URL_NOPAD.encode(&self.0)
    }

    /// What the store knows an attempt by: equal only for the same form, filled in alike. Without the attempt
    /// key, which is nowhere stored, it can't be tried against candidate codes.
    pub fn fingerprint(
        &self,
        key: &RingKey,
        challenge: ChallengeId,
        typed: &TypedCode,
    ) -> [u8; 32] {
        key.mac(&[b"attempt", challenge.uuid().as_bytes(), &self.0, typed.as_bytes()])
    }

    /// The same of an answer that is no code.
    pub fn fingerprint_of_answer(
        &self,
        key: &RingKey,
        challenge: ChallengeId,
        answer: &str,
    ) -> [u8; 32] {
        key.mac(&[b"answer", challenge.uuid().as_bytes(), &self.0, answer.as_bytes()])
    }

    /// What a form that opens a one-time link is known by.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.0)
    }
}

impl fmt::Debug for AttemptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AttemptKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::testing::ring;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn key() -> RingKey {
        ring().at(Purpose::Code, NOW).unwrap().clone()
    }

    fn code(mark: u8, digits: u8) -> Code {
        Code::derive(&key(), ChallengeId::new(NOW, [mark; 10]), &[mark; 16], digits)
    }

    #[test]
    fn vectors() {
        #[derive(serde::Deserialize)]
        struct Case {
            key: String,
            challenge: ChallengeId,
            seed: String,
            digits: u8,
            code: String,
        }
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../../vectors/codes.json")).unwrap();
        assert!(cases.len() >= 10);
        for case in cases {
            let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap();
            let material = hex(&case.key).try_into().unwrap();
            let key = RingKey::new(KeyId::new(NOW, [0; 10]), Purpose::Code, 1, NOW, None, material);
            let seed = hex(&case.seed).try_into().unwrap();
            let code = Code::derive(&key, case.challenge, &seed, case.digits);
            assert_eq!(code.reveal(), case.code, "{}", case.challenge);
        }
    }

    #[test]
    fn judging() {
        let code = Code("012345".to_owned());
        for (typed, verdict) in [
            ("012345", Verdict::Right),
            (" 012 345\n", Verdict::Right),
            ("012-345", Verdict::Right),
            ("\u{200e}012\u{a0}345", Verdict::Right),
            ("٠١٢٣٤٥", Verdict::Right),
            ("０１２３４５", Verdict::Right),
            ("०१२३४५", Verdict::Right),
            ("12345", Verdict::Malformed),
            ("0123456", Verdict::Malformed),
            ("012346", Verdict::Wrong),
            ("", Verdict::Malformed),
            (" - ", Verdict::Malformed),
            ("null", Verdict::Malformed),
            ("01234a", Verdict::Malformed),
            ("012345\0", Verdict::Malformed),
            (&"0".repeat(1000), Verdict::Malformed),
        ] {
            assert_eq!(code.judge(&TypedCode::read(typed)), verdict, "{typed:?}");
        }
    }

    #[test]
    fn codes_are_spread_evenly() {
        let mut first_digits = [0_u32; 10];
        for mark in 0..=255_u8 {
            for other in 0..20_u8 {
                let code = Code::derive(&key(), ChallengeId::new(NOW, [mark; 10]), &[other; 16], 6);
                first_digits[usize::from(code.reveal().as_bytes()[0] - b'0')] += 1;
            }
        }
        // 5,120 draws: 512 each, standard deviation 21; six of them.
        assert!(first_digits.iter().all(|n| (386..638).contains(n)), "{first_digits:?}");
    }

    #[test]
    fn row_10_a_code_is_bound_to_its_challenge_seed_and_key() {
        let challenge = |mark| ChallengeId::new(NOW, [mark; 10]);
        let reference = Code::derive(&key(), challenge(1), &[1; 16], 10);
        assert_ne!(Code::derive(&key(), challenge(2), &[1; 16], 10), reference);
        assert_ne!(Code::derive(&key(), challenge(1), &[2; 16], 10), reference);
        let other = ring().at(Purpose::Attempt, NOW).unwrap().clone();
        assert_ne!(Code::derive(&other, challenge(1), &[1; 16], 10), reference);
    }

    #[test]
    fn the_fixed_code_is_for_the_test_number_in_sandbox_mode_only() {
        let ring = ring();
        let issued = Issued {
            challenge_id: ChallengeId::new(NOW, [1; 10]),
            seed: &[1; 16],
            key_id: key().id(),
            digits: 6,
        };
        let expected = |mode, phone| {
            let phone = PhoneNumber::parse(phone).unwrap();
            Code::expected(&ring, &issued, mode, &phone, NOW).unwrap()
        };
        assert_eq!(expected(Mode::Sandbox, "+12025550142").reveal(), "424242");
        let derived = code(1, 6);
        assert_ne!(derived.reveal(), "424242");
        assert_eq!(expected(Mode::Live, "+12025550142"), derived);
        assert_eq!(expected(Mode::Sandbox, "+12025550141"), derived);
    }

    #[test]
    fn nothing_prints_a_code() {
        assert_eq!(
            format!("{:?} {:?}", code(1, 6), TypedCode::read("123456")),
            "Code(…) TypedCode(…)"
        );
    }

    proptest! {
        #[test]
        fn a_code_has_its_digits_and_judges_itself_right(mark: u8, digits in 4_u8..=10) {
            let code = code(mark, digits);
            prop_assert_eq!(code.reveal().len(), usize::from(digits));
            prop_assert_eq!(code.judge(&TypedCode::read(code.reveal())), Verdict::Right);
        }

        #[test]
        fn only_the_same_form_filled_in_alike_has_the_same_fingerprint(a: [u8; 16], b: [u8; 16], x in "[0-9]{6}", y in "[0-9]{6}") {
            let challenge = ChallengeId::new(NOW, [1; 10]);
            let print = |form: [u8; 16], typed: &str| {
                let form = AttemptKey::parse(&AttemptKey::new(form).text()).unwrap();
                form.fingerprint(&key(), challenge, &TypedCode::read(typed))
            };
            prop_assert_eq!(print(a, &x), print(a, &format!("{} {}", &x[..3], &x[3..])));
            prop_assert_eq!(print(a, &x) == print(b, &y), a == b && x == y);
        }
    }
}
