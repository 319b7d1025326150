//! `[trust]`: devices that end users choose to trust.

use std::time::Duration;

use super::duration::days;
use super::section::section;

section! {
    /// Devices that end users choose to trust, in apps that have `intelligent_2fa`.
    Trust = "trust";

    /// How long a device is trusted, from when the end user last passed on it and said so. The widget names it.
    days: u32 = 30, within 1..=365,
        unit "days",
        why "Few people are asked more than once a month, and a lost device is of use for no longer than that.";
}

impl Trust {
    /// The same, as a duration.
    pub fn lifetime(&self) -> Duration {
        days(u64::from(self.days))
    }
}
