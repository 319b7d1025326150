//! `[codes]`: the codes that are sent, and how often.

use std::time::Duration;

use onlyauth_core::challenge::CodePolicy;

use super::duration::{format, minutes, seconds};
use super::section::{Section, section};
use super::source::Values;

section! {
    /// The codes that are sent, and how often.
    Codes = "codes";

    /// Digits of a code.
    digits: u8 = 6, within 4..=10,
        unit "digits",
        why "NIST SP 800-63B-4 asks for at least 6; more are harder to type and win nothing against 5 checks.";

    /// How long a code is good. Sending it again does not make it live longer.
    lifetime: Duration = minutes(5), within seconds(30)..=minutes(10),
        unit "duration",
        why "NIST SP 800-63B-4 allows at most 10 minutes.";

    /// How often one code may be checked, counted before the verdict is told.
    checks: u32 = 5, within 1..=10,
        unit "checks",
        why "PSD2 RTS article 4 allows at most 5 failures in a row.";

    /// How many messages one action may send.
    sends_per_action: u32 = 5, within 1..=20,
        unit "messages",
        why "Who has not received one of five has another problem, and each costs money.";

    /// How long after the first, second, … message the next may be asked for; the last wait repeats.
    resend_waits: Vec<Duration> = vec![seconds(30), seconds(60), seconds(120), seconds(300)],
        unit "durations",
        why "The first message usually arrives within 30 s; impatience must not become cost.";
}

impl Codes {
    /// The rules that core takes.
    pub fn policy(&self) -> CodePolicy {
        CodePolicy {
            digits: self.digits,
            lifetime: self.lifetime,
            checks: self.checks,
            sends_per_action: self.sends_per_action,
            resend_waits: self.resend_waits.clone(),
        }
    }

    pub(super) fn check(&self, values: &mut Values) {
        if self.digits < 6 {
            let message = format!(
                "{} digits are fewer than the 6 that NIST SP 800-63B-4 asks for",
                self.digits
            );
            values.warn_key(Self::NAME, "digits", message);
        }
        if self.checks > 5 {
            let message = "PSD2 RTS article 4 allows at most 5 failures in a row";
            values.warn_key(Self::NAME, "checks", message.to_owned());
        }
        self.check_waits(values);
    }

    fn check_waits(&self, values: &mut Values) {
        let longest = minutes(60);
        if self.resend_waits.is_empty() {
            let message = "expected at least one wait, found none";
            values.refuse_key(Self::NAME, "resend_waits", message.to_owned());
        }
        for wait in &self.resend_waits {
            if !(seconds(1)..=longest).contains(wait) {
                let message = format!("expected waits from 1s to 1h, found {:?}", format(*wait));
                values.refuse_key(Self::NAME, "resend_waits", message);
            }
        }
        if !self.resend_waits.is_sorted() {
            let message = "expected waits that never get shorter";
            values.refuse_key(Self::NAME, "resend_waits", message.to_owned());
        }
    }
}
