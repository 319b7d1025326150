//! Backup codes: ten codes for the day on which a device is lost, each good once.
//!
//! Fifty bits each, so that guessing is hopeless long before the count of failures ends it. Only keyed hashes are stored.

use std::fmt;

use aws_lc_rs::constant_time;
use data_encoding::BASE32_NOPAD;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::ActionId;
use crate::keys::{KeyError, KeyRing, Purpose};
use crate::personal::Hash;
use crate::time::Timestamp;

/// Codes of a set.
pub const COUNT: u8 = 10;

/// Characters of a code.
pub const LENGTH: u8 = 10;

/// With so many left or fewer, the end user is told, and offered new ones.
pub const FEW: u32 = 3;

/// Characters that are printed together.
const GROUP: usize = 5;

/// Longest input that is looked at, in bytes.
const LONGEST: usize = 100;

/// A backup code, as it is hashed: ten characters of base32.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct BackupCode(String);

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupVerdict {
    /// The code with this hash, which was not used yet.
    Right(Hash),
    /// No code of the set.
    Wrong,
    /// Not ten characters of base32.
    Malformed,
    /// A code that passed before.
    Used,
}

/// A code of a set, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its keyed hash.
    pub hash: Hash,
    /// Whether it passed.
    pub used: bool,
}

impl BackupCode {
    /// Reads what was typed: any case, with the spaces and hyphens that people add, and with the digits that are no part of
    /// base32 read as the letters that they look like.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        let kept = text.chars().filter(|c| !crate::challenge::is_separator(*c));
        let code: String = kept
            .map(|c| match c.to_ascii_uppercase() {
                '0' => 'O',
                '1' => 'I',
                '8' => 'B',
                other => other,
            })
            .collect();
        let is_code = code.len() == usize::from(LENGTH)
            && code.bytes().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte));
        is_code.then_some(Self(code))
    }

    /// For hashing.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// In groups, as it is shown once.
    pub fn print(&self) -> String {
        let (head, tail) = self.0.split_at(GROUP.min(self.0.len()));
        format!("{head}-{tail}")
    }
}

impl fmt::Debug for BackupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackupCode(…)")
    }
}

/// The codes that an action hands out: the same each time, so that a form whose answer was lost can be sent again. `started`
/// is when the action was created: it chooses the key.
///
/// # Errors
/// The ring has no key for it.
pub fn derive(
    ring: &KeyRing,
    action_id: ActionId,
    started: Timestamp,
) -> Result<Vec<BackupCode>, KeyError> {
    let key = ring.at(Purpose::Enrolment, started)?;
    let code = |number: u8| {
        let mac = key.mac(&[b"backup code", action_id.uuid().as_bytes(), &[number]]);
        let mut text = BASE32_NOPAD.encode(&mac);
        // Five bits a character: the first ones of the HMAC, each as likely as any other.
        text.truncate(usize::from(LENGTH));
        BackupCode(text)
    };
    Ok((0..COUNT).map(code).collect())
}

/// Judges a code of this hash; None: what was typed is no code. Every stored one is compared, so that the time taken tells
/// nothing.
pub fn judge(typed: Option<&Hash>, set: &[Stored]) -> BackupVerdict {
    let Some(typed) = typed else { return BackupVerdict::Malformed };
    let mut verdict = BackupVerdict::Wrong;
    for code in set {
        if constant_time::verify_slices_are_equal(&code.hash, typed).is_ok() {
            verdict = if code.used { BackupVerdict::Used } else { BackupVerdict::Right(code.hash) };
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::testing::ring;
    use std::collections::BTreeSet;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn set(mark: u8) -> Vec<BackupCode> {
        derive(&ring(), ActionId::new(NOW, [mark; 10]), NOW).unwrap()
    }

    #[test]
    fn an_action_hands_out_ten_codes_of_its_own() {
        assert_eq!(set(1), set(1));
        let all: BTreeSet<String> =
            [1, 2].into_iter().flat_map(set).map(|code| code.reveal().to_owned()).collect();
        assert_eq!(all.len(), 20);
        for code in &all {
            assert_eq!(BackupCode::read(code).unwrap().reveal(), code);
        }
    }

    #[test]
    fn what_is_printed_is_read_and_so_is_what_people_make_of_it() {
        let code = BackupCode("ABOI234567".to_owned());
        assert_eq!(code.print(), "ABOI2-34567");
        for typed in ["ABOI2-34567", "aboi234567", " ab oi2–34567\n", "A801234567"] {
            let read = BackupCode::read(typed);
            let expected = if typed.starts_with("A8") { "ABOI234567" } else { code.reveal() };
            assert_eq!(read.as_ref().map(BackupCode::reveal), Some(expected), "{typed}");
        }
        let long = "A".repeat(101);
        for typed in ["", "ABOI23456", "ABOI2345677", "ABOI23456!", "ABOI23456é", long.as_str()] {
            assert_eq!(BackupCode::read(typed), None, "{typed}");
        }
        assert_eq!(format!("{code:?}"), "BackupCode(…)");
    }

    #[test]
    fn row_30_a_code_is_right_once() {
        let set = [Stored { hash: [1; 32], used: false }, Stored { hash: [2; 32], used: true }];
        for (typed, expected) in [
            (Some([1; 32]), BackupVerdict::Right([1; 32])),
            (Some([2; 32]), BackupVerdict::Used),
            (Some([3; 32]), BackupVerdict::Wrong),
            (None, BackupVerdict::Malformed),
        ] {
            assert_eq!(judge(typed.as_ref(), &set), expected);
        }
        assert_eq!(judge(Some(&[1; 32]), &[]), BackupVerdict::Wrong);
    }
}
