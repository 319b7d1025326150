//! Codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds, which is what all apps expect.
//!
//! A step is accepted once. The last one is kept beside the secret, and a code is right only of a later one, so that a code
//! that somebody saw being typed is worth nothing (RFC 6238 section 5.2).

use std::fmt;

use aws_lc_rs::{constant_time, hmac};
use data_encoding::{BASE32_NOPAD, Encoding, Specification};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::challenge::TypedCode;
use crate::time::Timestamp;

/// Digits of a code.
pub const DIGITS: u8 = 6;

/// Length of a step, in seconds.
pub const STEP_SECONDS: i64 = 30;

/// How far a clock may be off without anybody noticing, in steps to either side (RFC 6238 section 5.2 recommends one for the
/// network).
const DRIFT: i64 = 1;

/// How far off a clock may be and still be recognised as such, in steps: ten minutes. Nothing passes there; the end user is
/// told what is wrong. A guess hits one of these by chance in four of 100,000.
const FAR: i64 = 20;

/// Least and greatest length of a secret, in bytes: RFC 4226 section 4 asks for 128 bits; other systems have given out more
/// than the 160 that it recommends.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=64;

/// The number of a step of 30 seconds, since 1970.
pub type Step = i64;

/// What an authenticator app and we share.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct TotpSecret(Vec<u8>);

/// The text or bytes are no secret of an authenticator app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TotpSecretError {
    /// It has other characters than base32's.
    #[error("expected base32 (A to Z, 2 to 7)")]
    NotBase32,
    /// It is too short to be safe, or longer than any app takes.
    #[error("expected 16 to 64 bytes, found {0}")]
    Length(usize),
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotpVerdict {
    /// The code of this step, which is later than any that was accepted.
    Right(Step),
    /// Another code.
    Wrong,
    /// Not six digits.
    Malformed,
    /// The code of a step that was accepted, or is older than one that was.
    Used,
    /// The code of this step, which is minutes away: the app's clock is off.
    ClockOff(Step),
}

impl TotpSecret {
    /// A secret of these bytes.
    ///
    /// # Errors
    /// Fewer than 16 or more than 64 bytes.
    pub fn new(bytes: Vec<u8>) -> Result<Self, TotpSecretError> {
        let secret = Self(bytes);
        let length = secret.0.len();
        if LENGTHS.contains(&length) { Ok(secret) } else { Err(TotpSecretError::Length(length)) }
    }

    /// Reads what systems export and people copy: base32 in any case, with or without padding, spaces and hyphens.
    ///
    /// # Errors
    /// Other characters, or too short or too long.
    pub fn from_base32(text: &str) -> Result<Self, TotpSecretError> {
        let bytes = lenient().decode(text.as_bytes()).map_err(|_| TotpSecretError::NotBase32)?;
        Self::new(bytes)
    }

    /// In base32 without padding, as apps take it.
    pub fn reveal_base32(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The bytes, for sealing.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }

    /// The code of a step (RFC 4226 section 5.3).
    pub fn code(&self, step: Step) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let mac = hmac::sign(&key, &step.to_be_bytes());
        let mac = mac.as_ref();
        let offset = usize::from(mac.last().copied().unwrap_or_default() & 0x0f);
        let word = mac.get(offset..offset + 4).and_then(|word| word.try_into().ok());
        let number = u32::from_be_bytes(word.unwrap_or_default()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    /// Judges what was typed at `now`, where `accepted` is the last step that passed. Every step that is looked at is
    /// computed and compared, so that the time taken tells nothing.
    pub fn judge(&self, typed: &TypedCode, accepted: Step, now: Timestamp) -> TotpVerdict {
        let Some(typed) = typed.digits().filter(|digits| digits.len() == usize::from(DIGITS))
        else {
            return TotpVerdict::Malformed;
        };
        let current = step_at(now);
        let mut verdict = TotpVerdict::Wrong;
        for step in current - FAR..=current + FAR {
            let fits = constant_time::verify_slices_are_equal(
                self.code(step).as_bytes(),
                typed.as_bytes(),
            )
            .is_ok();
            let near = (step - current).abs() <= DRIFT;
            verdict = match (fits, near, step > accepted, verdict) {
                (true, true, true, _) => TotpVerdict::Right(step),
                (true, true, false, TotpVerdict::Wrong | TotpVerdict::ClockOff(_)) => {
                    TotpVerdict::Used
                }
                (true, false, true, TotpVerdict::Wrong) => TotpVerdict::ClockOff(step),
                _ => verdict,
            };
        }
        verdict
    }
}

/// Judges a code against all authenticator apps of an end user, each with the last step of it that passed: right by any is
/// right. Which of them a right or far code is of, by its place.
pub fn judge_any(
    apps: &[(TotpSecret, Step)],
    typed: &TypedCode,
    now: Timestamp,
) -> (TotpVerdict, Option<usize>) {
    let mut found = (TotpVerdict::Wrong, None);
    for (place, (secret, accepted)) in apps.iter().enumerate() {
        let verdict = secret.judge(typed, *accepted, now);
        if weight(verdict) > weight(found.0) {
            let names = matches!(verdict, TotpVerdict::Right(_) | TotpVerdict::ClockOff(_));
            found = (verdict, names.then_some(place));
        }
    }
    found
}

/// What one app says outweighs what the others say: that a code was used is surer than that it is of a far moment.
const fn weight(verdict: TotpVerdict) -> u8 {
    match verdict {
        TotpVerdict::Wrong => 0,
        TotpVerdict::Malformed => 1,
        TotpVerdict::ClockOff(_) => 2,
        TotpVerdict::Used => 3,
        TotpVerdict::Right(_) => 4,
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

/// The step of a moment (RFC 6238 section 4.2).
pub fn step_at(moment: Timestamp) -> Step {
    moment.as_millis().div_euclid(1000 * STEP_SECONDS)
}

fn lenient() -> Encoding {
    let mut specification = Specification::new();
    specification.symbols.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    specification.translate.from.push_str("abcdefghijklmnopqrstuvwxyz");
    specification.translate.to.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    specification.ignore.push_str(" -=");
    specification.check_trailing_bits = false;
    // The specification is written here, above.
    specification.encoding().unwrap_or(BASE32_NOPAD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The secret of the tables of RFC 4226 and RFC 6238.
    fn rfc() -> TotpSecret {
        TotpSecret::new(b"12345678901234567890".to_vec()).unwrap()
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    fn judge(code: &str, accepted: Step, now: i64) -> TotpVerdict {
        rfc().judge(&TypedCode::read(code), accepted, at(now))
    }

    #[test]
    fn rfc_4226_appendix_d() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (counter, code) in (0..).zip(codes) {
            assert_eq!(rfc().code(counter), code, "{counter}");
        }
    }

    /// Appendix B has eight digits; ours are the last six of them.
    #[test]
    fn rfc_6238_appendix_b() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(rfc().code(step_at(at(seconds))), code, "{seconds}");
            assert_eq!(judge(code, 0, seconds), TotpVerdict::Right(seconds / 30));
        }
    }

    #[test]
    fn row_12_a_step_of_drift_and_no_more() {
        let now = 3_000_000;
        let current = step_at(at(now));
        for (off, expected) in [
            (-21, TotpVerdict::Wrong),
            (-20, TotpVerdict::ClockOff(current - 20)),
            (-2, TotpVerdict::ClockOff(current - 2)),
            (-1, TotpVerdict::Right(current - 1)),
            (0, TotpVerdict::Right(current)),
            (1, TotpVerdict::Right(current + 1)),
            (2, TotpVerdict::ClockOff(current + 2)),
            (20, TotpVerdict::ClockOff(current + 20)),
            (21, TotpVerdict::Wrong),
        ] {
            assert_eq!(judge(&rfc().code(current + off), 0, now), expected, "{off}");
        }
    }

    #[test]
    fn row_11_an_accepted_step_and_all_before_it_are_used() {
        let now = 3_000_000;
        let current = step_at(at(now));
        for (off, accepted, expected) in [
            (0, current, TotpVerdict::Used),
            (-1, current, TotpVerdict::Used),
            (1, current, TotpVerdict::Right(current + 1)),
            (1, current + 1, TotpVerdict::Used),
            // Older than what passed, and far: not even that it was a code once is told.
            (-5, current, TotpVerdict::Wrong),
            // A step that was burnt while it was in the future.
            (5, current + 5, TotpVerdict::Wrong),
        ] {
            assert_eq!(judge(&rfc().code(current + off), accepted, now), expected, "{off}");
        }
    }

    #[test]
    fn who_has_several_apps_is_right_by_any() {
        let now = 3_000_000;
        let current = step_at(at(now));
        let second = TotpSecret::new(vec![7; 20]).unwrap();
        let apps = |first, other| [(rfc(), first), (second.clone(), other)];
        let of = |code: String, apps: &[(TotpSecret, Step)]| {
            judge_any(apps, &TypedCode::read(&code), at(now))
        };
        let fresh = apps(0, 0);
        assert_eq!(of(rfc().code(current), &fresh), (TotpVerdict::Right(current), Some(0)));
        assert_eq!(of(second.code(current), &fresh), (TotpVerdict::Right(current), Some(1)));
        let far = TotpVerdict::ClockOff(current + 5);
        assert_eq!(of(second.code(current + 5), &fresh), (far, Some(1)));
        assert_eq!(of("12345".to_owned(), &fresh), (TotpVerdict::Malformed, None));
        assert_eq!(of("000000".to_owned(), &fresh), (TotpVerdict::Wrong, None));
        assert_eq!(of(second.code(current), &apps(0, current)), (TotpVerdict::Used, None));
        assert_eq!(of(rfc().code(current), &[]), (TotpVerdict::Wrong, None));
    }

    #[test]
    fn shapes() {
        for (typed, verdict) in [
            ("", TotpVerdict::Malformed),
            ("28708", TotpVerdict::Malformed),
            ("2870820", TotpVerdict::Malformed),
            ("28708x", TotpVerdict::Malformed),
            ("287 082", TotpVerdict::Right(1)),
            ("٢٨٧٠٨٢", TotpVerdict::Right(1)),
            ("287083", TotpVerdict::Wrong),
        ] {
            assert_eq!(judge(typed, 0, 59), verdict, "{typed}");
        }
    }

    #[test]
    fn secrets_are_read_as_other_systems_write_them() {
        let secret = TotpSecret::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert_eq!(secret, rfc());
        assert_eq!(rfc().reveal_base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        for text in
            ["gezd gnbv gy3t qojq gezd gnbv gy3t qojq", "GEZDGNBV-GY3TQOJQ-GEZDGNBV-GY3TQOJQ===="]
        {
            assert_eq!(TotpSecret::from_base32(text), Ok(rfc()), "{text}");
        }
        for (text, error) in [
            ("", TotpSecretError::Length(0)),
            ("GEZDGNBVGY3TQOJQ", TotpSecretError::Length(10)),
            ("GEZDGNBVGY3TQOJ0GEZDGNBVGY3TQOJ1", TotpSecretError::NotBase32),
            ("nonsense!", TotpSecretError::NotBase32),
        ] {
            assert_eq!(TotpSecret::from_base32(text), Err(error), "{text}");
        }
        assert_eq!(format!("{:?}", rfc()), "TotpSecret(…)");
    }

    proptest! {
        #[test]
        fn a_secret_outlives_its_text(bytes in prop::collection::vec(any::<u8>(), 16..=64)) {
            let secret = TotpSecret::new(bytes).unwrap();
            prop_assert_eq!(TotpSecret::from_base32(&secret.reveal_base32()), Ok(secret));
        }

        #[test]
        fn what_was_accepted_is_never_right_again(now in 0_i64..4_000_000_000, later in 0_i64..100) {
            let TotpVerdict::Right(step) = judge(&rfc().code(step_at(at(now))), -1, now) else {
                return Err(TestCaseError::fail("a code is right in its step"));
            };
            let again = judge(&rfc().code(step), step, now + later);
            prop_assert!(!matches!(again, TotpVerdict::Right(_)), "{:?}", again);
        }
    }
}
