//! `Retry-After` (RFC 9110 section 10.2.3): seconds, or a date.

use std::time::{Duration, SystemTime};

/// How long a server wants to be left alone. A date is measured by the server's own clock, `Date`, where it sent
/// one: the two machines' clocks may differ.
pub(crate) fn retry_after(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than fit are simply too many.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    let now = date.and_then(|date| httpdate::parse_http_date(date.trim()).ok());
    Some(until.duration_since(now.unwrap_or_else(wall_clock)).unwrap_or_default())
}

#[expect(clippy::disallowed_methods, reason = "a date without the server's clock leaves only ours")]
fn wall_clock() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_seconds_or_as_a_date() {
        let date = Some("Tue, 24 Nov 2026 12:00:00 GMT");
        for (value, date, seconds) in [
            ("0", None, Some(0)),
            (" 120 ", None, Some(120)),
            ("99999999999999999999999", None, Some(u64::MAX)),
            ("Tue, 24 Nov 2026 12:00:30 GMT", date, Some(30)),
            ("Tue, 24 Nov 2026 11:00:00 GMT", date, Some(0)),
            ("Tue, 24 Nov 2026 12:00:30 GMT", Some("yesterday"), None),
            ("-1", None, None),
            ("1.5", None, None),
            ("soon", date, None),
            ("", date, None),
        ] {
            if date == Some("yesterday") {
                assert!(retry_after(value, date).is_some(), "an unreadable Date is as none");
                continue;
            }
            assert_eq!(retry_after(value, date), seconds.map(Duration::from_secs), "{value:?}");
        }
    }

    #[test]
    fn without_the_servers_clock_a_date_is_measured_by_ours() {
        let until = wall_clock() + Duration::from_secs(1_000);
        let left = retry_after(&httpdate::fmt_http_date(until), None).unwrap();
        assert!((990..=1_000).contains(&left.as_secs()), "{left:?}");
    }
}
