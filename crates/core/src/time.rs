//! A moment in time, handed in by the caller: core never reads a clock.

use std::time::Duration;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// As RFC 3339 section 5.6 writes it, in UTC, to the second: `2026-01-01T12:00:00Z`. Moments outside the years
    /// 0 to 9999, which it can't write, become the nearest that it can.
    pub fn rfc3339(self) -> String {
        let seconds = self.as_seconds().clamp(YEAR_0, YEAR_9999_END);
        let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, day) = civil(days);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    /// This moment and `duration` more; stays at the largest moment instead of wrapping.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
    }

    /// This moment less `duration`; stays at the smallest moment instead of wrapping.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(millis(duration)))
    }

    /// How long until `later`; zero when it is not later.
    pub fn until(self, later: Self) -> Duration {
        Duration::from_millis(u64::try_from(later.0.saturating_sub(self.0)).unwrap_or(0))
    }

    /// Whether something that ends at `expires_at` is over now. The last moment itself is already too
    /// late (`<=`), everywhere and for every kind of expiry, so that two checks never disagree.
    pub fn is_expired(self, expires_at: Self) -> bool {
        expires_at <= self
    }
}

const DAY: i64 = 86_400;
/// 0000-01-01T00:00:00Z in Unix seconds.
const YEAR_0: i64 = -62_167_219_200;
/// 9999-12-31T23:59:59Z in Unix seconds.
const YEAR_9999_END: i64 = 253_402_300_799;

/// Year, month and day of the Gregorian calendar, so many days after 1970-01-01. Years are counted from March,
/// so that the leap day is a year's last.
fn civil(days: i64) -> (i64, i64, i64) {
    const DAYS_IN_400_YEARS: i64 = 146_097;
    /// From 0000-03-01 to 1970-01-01.
    const DAYS_BEFORE: i64 = 719_468;
    let days = days + DAYS_BEFORE;
    let (era, day) = (days.div_euclid(DAYS_IN_400_YEARS), days.rem_euclid(DAYS_IN_400_YEARS));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let march_month = (5 * day + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, day - (153 * march_month + 2) / 5 + 1)
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_rfc_3339_says() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_767_268_800, "2026-01-01T12:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (YEAR_0, "0000-01-01T00:00:00Z"),
            (YEAR_0 - 1, "0000-01-01T00:00:00Z"),
            (YEAR_9999_END, "9999-12-31T23:59:59Z"),
            (i64::MAX / 1000, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Timestamp::from_millis(seconds * 1000).rfc3339(), expected);
        }
    }

    #[test]
    fn the_moment_of_expiry_is_already_too_late() {
        let end = Timestamp::from_millis(1_000);
        for (now, expired) in [(999, false), (1_000, true), (1_001, true)] {
            assert_eq!(Timestamp::from_millis(now).is_expired(end), expired, "{now}");
        }
    }

    #[test]
    fn arithmetic_saturates() {
        let last = Timestamp::from_millis(i64::MAX);
        assert_eq!(last.plus(Duration::from_secs(1)), last);
        assert_eq!(last.until(Timestamp::from_millis(0)), Duration::ZERO);
        assert_eq!(Timestamp::from_millis(-1).as_seconds(), -1);
    }
}
