//! Settings that hold a switch, a choice, a name or a list of countries, and what all lists share.

use super::FirstEnrollment;
use crate::phone::supported_country;

/// The most characters of a `friendly_name`.
const MAX_NAME: usize = 100;

/// The most entries of `allowed_countries`: there are fewer countries. Each bad entry is told, so their
/// number bounds the answer.
const MAX_COUNTRIES: usize = 250;

pub(super) fn boolean(value: &str) -> Option<bool> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

pub(super) fn is_null(value: &str) -> bool {
    value.is_empty() || value.eq_ignore_ascii_case("null")
}

pub(super) fn optional_boolean(key: &str, value: &str) -> Result<Option<bool>, Vec<String>> {
    if is_null(value) {
        return Ok(None);
    }
    boolean(value)
        .map(Some)
        .ok_or_else(|| vec![format!("'{key}' must be true, false, 1, 0 or null.")])
}

pub(super) fn first_enrollment(value: &str) -> Result<FirstEnrollment, Vec<String>> {
    [FirstEnrollment::AfterPhone, FirstEnrollment::OnFirstUse]
        .into_iter()
        .find(|choice| choice.as_str().eq_ignore_ascii_case(value))
        .ok_or_else(|| vec!["'first_enrollment' must be after_phone or on_first_use.".to_owned()])
}

/// A name goes into text messages, whose last line browsers parse: it must not break lines.
pub(super) fn friendly_name(value: &str) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    if value.chars().count() > MAX_NAME {
        problems.push(format!("'friendly_name' must have at most {MAX_NAME} characters."));
    }
    if value.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        problems.push("'friendly_name' must not contain control characters.".to_owned());
    }
    if problems.is_empty() { Ok(value.to_owned()) } else { Err(problems) }
}

pub(super) fn allowed_countries(value: &str) -> Result<Vec<String>, Vec<String>> {
    if value.split(' ').filter(|entry| !entry.is_empty()).count() > MAX_COUNTRIES {
        return Err(vec![format!(
            "'allowed_countries' must have at most {MAX_COUNTRIES} entries."
        )]);
    }
    collect(value, |entry| {
        if supported_country(entry) {
            return Ok(entry.to_ascii_uppercase());
        }
        let entry = shown(entry);
        Err(format!("'allowed_countries': '{entry}' is not a two-letter country code such as US."))
    })
}

/// A list field: entries separated by spaces, each read by `read`, repeated ones once.
pub(super) fn collect(
    value: &str,
    read: impl Fn(&str) -> Result<String, String>,
) -> Result<Vec<String>, Vec<String>> {
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    for entry in value.split(' ').filter(|entry| !entry.is_empty()) {
        match read(entry) {
            Ok(entry) if entries.contains(&entry) => {}
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(entries) } else { Err(problems) }
}

/// Input inside a sentence: short, and without characters that could play with a terminal.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut shown = String::new();
    for character in text.chars().take(LONGEST) {
        match character {
            '\'' | '"' | '\\' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(friendly_name(""), Ok(String::new()));
        let longest = "é".repeat(100);
        assert_eq!(friendly_name(&longest), Ok(longest.clone()));
        assert_eq!(
            friendly_name(&format!("{longest}\u{2028}")),
            Err(vec![
                "'friendly_name' must have at most 100 characters.".to_owned(),
                "'friendly_name' must not contain control characters.".to_owned(),
            ])
        );
    }

    #[test]
    fn countries_are_told_apart_once() {
        assert_eq!(allowed_countries(" us  DE Us "), Ok(vec!["US".into(), "DE".into()]));
        assert_eq!(allowed_countries(""), Ok(vec![]));
        assert!(allowed_countries("US\tDE").is_err());
    }

    #[test]
    fn input_is_shown_short_and_harmless() {
        assert_eq!(shown("it's \\ \"fine\""), "it's \\ \"fine\"");
        assert_eq!(shown("a\u{1b}[0m\u{202e}b\n"), "a\\u{1b}[0m\\u{202e}b\\n");
        assert_eq!(shown(&"x".repeat(81)), format!("{}…", "x".repeat(80)));
    }
}
