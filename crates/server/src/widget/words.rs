//! Spans of time in words.

use std::time::Duration;

/// `25 seconds`, `15 minutes`, `2 hours`: rounded up, so that who waits so long has waited long enough.
pub(super) fn span(duration: Duration) -> String {
    let seconds = duration.as_millis().div_ceil(1000).max(1);
    let (count, unit) = match seconds {
        ..=119 => (seconds, "second"),
        120..7200 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_rounded_up() {
        for (millis, words) in [
            (0, "1 second"),
            (1_000, "1 second"),
            (1_001, "2 seconds"),
            (119_000, "119 seconds"),
            (120_000, "2 minutes"),
            (899_001, "15 minutes"),
            (7_200_000, "2 hours"),
            (7_200_001, "3 hours"),
        ] {
            assert_eq!(span(Duration::from_millis(millis)), words);
        }
    }
}
