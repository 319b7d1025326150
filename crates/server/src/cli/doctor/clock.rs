//! Is the machine's clock believable?

use std::time::Duration;

use onlyauth_core::time::Timestamp;

use super::Check;
use crate::config::format_duration;

/// 2024-01-01: before this program existed.
const EARLIEST: Timestamp = Timestamp::from_millis(1_704_067_200_000);
/// 2100-01-01.
const LATEST: Timestamp = Timestamp::from_millis(4_102_444_800_000);
/// Instances and backups may differ by so much without harm.
const TOLERANCE: Duration = Duration::from_mins(1);

/// Compares the clock with the calendar and with `moments`, at which rows were made.
pub(super) fn check(now: Timestamp, moments: &[Timestamp]) -> Check {
    const NAME: &str = "clock";
    const HINT: &str = "set the machine's clock and keep it right with NTP";
    if !(EARLIEST..LATEST).contains(&now) {
        let seconds = now.as_seconds();
        return Check::fail(NAME, format!("it says {seconds} s since 1970, which is absurd"), HINT);
    }
    let newest = moments.iter().max().copied().unwrap_or(EARLIEST);
    if now.plus(TOLERANCE) < newest {
        let behind = Duration::from_secs(now.until(newest).as_secs());
        let message =
            format!("it is {} behind the newest row of the database", format_duration(behind));
        return Check::fail(
            NAME,
            message,
            format!("{HINT}; codes and tokens live too long while it is behind"),
        );
    }
    let compared = if moments.is_empty() { "the calendar" } else { "the database" };
    Check::ok(NAME, format!("it agrees with {compared}"))
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;

    #[test]
    fn a_clock_behind_the_database_or_the_calendar_fails() {
        let at = |seconds: i64| Timestamp::from_millis(1_795_000_000_000 + seconds * 1_000);
        for (now, newest, status) in [
            (at(0), None, Status::Ok),
            (at(0), Some(at(-5)), Status::Ok),
            (at(0), Some(at(60)), Status::Ok),
            (at(0), Some(at(61)), Status::Fail),
            (Timestamp::from_millis(0), None, Status::Fail),
            (Timestamp::from_millis(i64::MAX), None, Status::Fail),
        ] {
            let moments: Vec<_> = newest.into_iter().collect();
            assert_eq!(check(now, &moments).status, status, "{now:?} {newest:?}");
        }
    }
}
