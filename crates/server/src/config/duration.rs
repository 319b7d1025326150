//! Durations as people write them: a whole number and a unit, `250ms`, `30s`, `5m`, `1h`, `30d`.

use std::time::Duration;

const UNITS: [(&str, u64); 5] =
    [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// So many milliseconds.
pub(super) const fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// So many seconds.
pub(super) const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// So many minutes.
pub(super) const fn minutes(count: u64) -> Duration {
    Duration::from_secs(60 * count)
}

/// So many days of 24 hours.
pub(super) const fn days(count: u64) -> Duration {
    Duration::from_secs(86_400 * count)
}

/// Reads a duration; a bare number is refused, since nobody can tell its unit.
pub fn parse(text: &str) -> Option<Duration> {
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(end);
    let (_, scale) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
    let total = count.parse::<u64>().ok()?.checked_mul(scale)?;
    // What the arithmetic on moments can take.
    i64::try_from(total).ok().map(|_| Duration::from_millis(total))
}

/// Writes a duration in the largest unit that divides it: what [`parse`] reads.
pub fn format(duration: Duration) -> String {
    let total = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let (unit, scale) = UNITS
        .into_iter()
        .rev()
        .find(|(_, scale)| total != 0 && total.is_multiple_of(*scale))
        .unwrap_or(("s", 1_000));
    format!("{}{unit}", total / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, expected) in [
            ("250ms", Some(millis(250))),
            ("30s", Some(seconds(30))),
            ("5m", Some(minutes(5))),
            ("1h", Some(minutes(60))),
            ("30d", Some(days(30))),
            ("0s", Some(Duration::ZERO)),
            ("30", None),
            ("", None),
            ("s", None),
            ("-5s", None),
            ("1.5s", None),
            ("5 m", None),
            ("5M", None),
            ("5m30s", None),
            ("99999999999999999999s", None),
            ("9999999999999999d", None),
        ] {
            assert_eq!(parse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_largest_unit_that_fits_is_written() {
        for text in ["250ms", "30s", "90s", "5m", "300ms", "36h", "30d", "0s"] {
            assert_eq!(format(parse(text).unwrap()), text);
        }
        assert_eq!(format(seconds(120)), "2m");
    }
}
