//! Sandbox mode's fixed test numbers, whose behaviour is in their last digits.
//!
//! All of them lie in 555-0100 to 555-0199, the range that the North American plan keeps for fiction
//! (ATIS-0300115), so that no real phone can ever be among them. They are ordinary numbers to every
//! rule (validity, limits, countries), and mean something only while the app is in sandbox mode: in
//! live mode a fixed code would be a back door, so the caller asks here for sandbox actions only.

use std::time::Duration;

use crate::phone::PhoneNumber;

/// A number whose code is always [`FIXED_CODE`].
pub const FIXED_CODE_NUMBER: &str = "+12025550142";

/// A number to which every delivery fails: the widget shows that and offers another way.
pub const FAILING_NUMBER: &str = "+12025550143";

/// A number at which nothing ever arrives: the message counts as sent, the inbox stays empty.
pub const SILENT_NUMBER: &str = "+12025550144";

/// A number whose messages take [`LATE`] to arrive.
pub const LATE_NUMBER: &str = "+12025550145";

/// How late messages to [`LATE_NUMBER`] are: long enough to wonder, and short of the wait before another code may
/// be asked for.
pub const LATE: Duration = Duration::from_secs(20);

/// The code of [`FIXED_CODE_NUMBER`]. Where codes have another length, see [`fixed_code`].
pub const FIXED_CODE: &str = "424242";

/// What a phone number does in sandbox mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SandboxBehaviour {
    /// Gets a derived code in the inbox, as every number that is not listed here.
    Ordinary,
    /// Gets [`FIXED_CODE`] in the inbox.
    FixedCode,
    /// Its messages fail.
    DeliveryFails,
    /// Its messages are sent and never arrive.
    NeverArrives,
    /// Its messages arrive [`LATE`] after they were asked for.
    ArrivesLate,
}

/// What `number` does in sandbox mode. Never ask for a live action.
pub fn sandbox_behaviour(number: &PhoneNumber) -> SandboxBehaviour {
    match number.as_e164() {
        FIXED_CODE_NUMBER => SandboxBehaviour::FixedCode,
        FAILING_NUMBER => SandboxBehaviour::DeliveryFails,
        SILENT_NUMBER => SandboxBehaviour::NeverArrives,
        LATE_NUMBER => SandboxBehaviour::ArrivesLate,
        _ => SandboxBehaviour::Ordinary,
    }
}

/// The fixed code in `digits` digits: 42 again and again, `424242` where codes have the usual six.
pub fn fixed_code(digits: u8) -> String {
    "42".chars().cycle().take(usize::from(digits)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_valid_and_behave() {
        for (text, behaviour) in [
            ("+1 202 555 0142", SandboxBehaviour::FixedCode),
            ("+1 202 555 0143", SandboxBehaviour::DeliveryFails),
            ("+1 202 555 0144", SandboxBehaviour::NeverArrives),
            ("+1 202 555 0145", SandboxBehaviour::ArrivesLate),
            ("+1 202 555 0141", SandboxBehaviour::Ordinary),
            ("+1 212 555 0142", SandboxBehaviour::Ordinary),
            ("+44 20 7946 0142", SandboxBehaviour::Ordinary),
        ] {
            let number = PhoneNumber::parse(text).unwrap();
            assert_eq!(sandbox_behaviour(&number), behaviour, "{text}");
        }
    }

    #[test]
    fn the_fixed_code_has_every_length() {
        assert_eq!(fixed_code(6), FIXED_CODE);
        assert_eq!(fixed_code(4), "4242");
        assert_eq!(fixed_code(7), "4242424");
        assert_eq!(fixed_code(10).len(), 10);
    }
}
