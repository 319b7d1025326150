//! `[failures]`: what happens after failures in a row, across actions.

use std::time::Duration;

use onlyauth_core::failures::FailurePolicy;

use super::duration::{millis, minutes, seconds};
use super::section::{Section, section};
use super::source::Values;

section! {
    /// What happens after failures in a row of one end user on one channel, across actions. Only a success
    /// resets the count.
    Failures = "failures";

    /// After so many failures in a row the channel cools down.
    cooldown_after: u32 = 10, within 1..=100,
        unit "failures",
        why "Two codes' worth of typing errors; a guesser has had a chance of 1 in 100,000.";

    /// How long the first cool-down lasts; each further one is twice as long.
    cooldown: Duration = minutes(15), within seconds(1)..=minutes(1440),
        unit "duration",
        why "Slows guessing, and ends by itself for a person.";

    /// After so many failures in a row the channel is off until `onlyauth user unlock`.
    disable_after: u32 = 50, within 1..=100,
        unit "failures",
        why "NIST SP 800-63B-4 allows at most 100 failures in a row.";

    /// How long the answer to a check that did not pass is held back, after it was counted.
    refusal_delay: Duration = millis(500), within Duration::ZERO..=seconds(5),
        unit "duration",
        why "Nobody notices half a second after a typing error; a flood of guesses becomes two a second and connection.";
}

impl Failures {
    /// The rules that core takes.
    pub fn policy(&self) -> FailurePolicy {
        FailurePolicy {
            cooldown_after: self.cooldown_after,
            cooldown: self.cooldown,
            disable_after: self.disable_after,
        }
    }

    pub(super) fn check(&self, values: &mut Values) {
        if self.disable_after < self.cooldown_after {
            let message = format!(
                "expected at least failures.cooldown_after ({}), found {}",
                self.cooldown_after, self.disable_after
            );
            values.refuse_key(Self::NAME, "disable_after", message);
        }
    }
}
