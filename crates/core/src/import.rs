//! Bringing end users along from another system: one JSON object a line, each a whole or nothing.

use std::fmt;

use serde_json::{Map, Value};

use crate::factor::totp::TotpSecret;
use crate::phone::PhoneNumber;

/// Longest line that is looked at, in bytes.
pub const LONGEST: usize = 16 * 1024;

/// What a line may have.
const KEYS: [&str; 3] = ["end_user_uuid", "end_user_phone_number", "totp_secret"];

/// An end user as another system knew them. Debug is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Import {
    /// The customer's name for them.
    pub end_user_uuid: String,
    /// A number that the other system has verified.
    pub phone: Option<PhoneNumber>,
    /// The secret of an authenticator app.
    pub totp: Option<TotpSecret>,
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Import(…)")
    }
}

impl Import {
    /// Reads a line.
    ///
    /// # Errors
    /// Every problem of it, a sentence each. None repeats what stands there: it is personal or secret.
    pub fn parse(line: &str) -> Result<Self, Vec<String>> {
        if line.len() > LONGEST {
            return Err(vec![format!("The line is longer than {LONGEST} bytes.")]);
        }
        let Ok(Value::Object(mut object)) = serde_json::from_str(line) else {
            return Err(vec![
                "The line is no JSON object: write one object a line, such as \
                 {\"end_user_uuid\": \"user-42\", \"totp_secret\": \"…\"}."
                    .to_owned(),
            ]);
        };
        let mut problems = Vec::new();
        let end_user_uuid = text(&mut object, KEYS[0], &mut problems);
        let phone = text(&mut object, KEYS[1], &mut problems);
        let totp = text(&mut object, KEYS[2], &mut problems);
        // In an order of their own: that of a map depends on how the JSON library was built.
        let mut further: Vec<&String> = object.keys().collect();
        further.sort_unstable();
        problems.extend(further.into_iter().map(|key| unknown(key)));
        if phone.is_none() && totp.is_none() && problems.is_empty() {
            let missing =
                "There is nothing to import: give 'end_user_phone_number' or 'totp_secret'.";
            problems.push(missing.to_owned());
        }
        let phone = phone.map(|phone| PhoneNumber::parse(&phone));
        let totp = totp.map(|totp| TotpSecret::from_base32(&totp));
        if let Some(Err(error)) = &phone {
            problems.push(error.to_string());
        }
        if let Some(Err(error)) = &totp {
            problems.push(format!("'totp_secret' can't be used: {error}."));
        }
        match end_user_uuid {
            None => problems.push("'end_user_uuid' is required.".to_owned()),
            Some(ref uuid)
                if uuid.is_empty() || uuid.len() > 255 || uuid.contains(char::is_control) =>
            {
                let sentence =
                    "'end_user_uuid' must have 1 to 255 bytes and no control characters.";
                problems.push(sentence.to_owned());
            }
            Some(_) => {}
        }
        match (end_user_uuid, phone.transpose(), totp.transpose()) {
            (Some(end_user_uuid), Ok(phone), Ok(totp)) if problems.is_empty() => {
                Ok(Self { end_user_uuid, phone, totp })
            }
            _ => Err(problems),
        }
    }
}

/// A text of the object, which is taken out. Null is as good as missing: exports write it for what somebody doesn't have.
fn text(object: &mut Map<String, Value>, key: &str, problems: &mut Vec<String>) -> Option<String> {
    match object.remove(key) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(_) => {
            problems.push(format!("'{key}' must be a text."));
            None
        }
    }
}

fn unknown(key: &str) -> String {
    // A name that somebody chose may be anything, and long.
    let key: String = key.chars().filter(|char| !char.is_control()).take(40).collect();
    match key.as_str() {
        "webauthn_credential" | "webauthn_credentials" => {
            format!("'{key}' can't be imported by this version.")
        }
        _ => format!("'{key}' is not known; a line may have {}.", KEYS.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn whole_lines() {
        let line = format!(
            r#"{{"end_user_uuid": "ann", "end_user_phone_number": "+1 202 555 0142", "totp_secret": "{SECRET}"}}"#
        );
        let ann = Import::parse(&line).unwrap();
        assert_eq!(ann.end_user_uuid, "ann");
        assert_eq!(ann.phone.as_ref().unwrap().as_e164(), "+12025550142");
        assert_eq!(ann.totp, Some(TotpSecret::from_base32(SECRET).unwrap()));
        assert_eq!(format!("{ann:?}"), "Import(…)");
        let bob =
            r#"{"end_user_uuid":"bob","end_user_phone_number":"+12025550143","totp_secret":null}"#;
        assert_eq!(Import::parse(bob).unwrap().totp, None);
    }

    #[test]
    fn every_problem_of_a_line_is_told_and_nothing_that_stands_in_it() {
        for (line, expected) in [
            ("", vec!["The line is no JSON object"]),
            ("[1]", vec!["The line is no JSON object"]),
            ("{}", vec!["There is nothing to import", "'end_user_uuid' is required."]),
            (
                r#"{"totp_secret":"hush!","end_user_phone_number":"12"}"#,
                vec![
                    "'end_user_phone_number' must begin with '+'",
                    "'totp_secret' can't be used: expected base32",
                    "'end_user_uuid' is required.",
                ],
            ),
            (r#"{"end_user_uuid":"ann"}"#, vec!["There is nothing to import"]),
            (
                r#"{"end_user_uuid":7,"totp_secret":"GEZDGNBVGY3TQOJQ"}"#,
                vec![
                    "'end_user_uuid' must be a text.",
                    "'totp_secret' can't be used: expected 16 to 64 bytes, found 10.",
                    "'end_user_uuid' is required.",
                ],
            ),
            (
                r#"{"end_user_uuid":"","phone":"+12025550142","webauthn_credentials":[]}"#,
                vec![
                    "'phone' is not known; a line may have end_user_uuid, end_user_phone_number,",
                    "'webauthn_credentials' can't be imported by this version.",
                    "'end_user_uuid' must have 1 to 255 bytes",
                ],
            ),
        ] {
            let problems = Import::parse(line).unwrap_err();
            assert_eq!(problems.len(), expected.len(), "{line}: {problems:?}");
            for (problem, start) in problems.iter().zip(expected) {
                assert!(problem.starts_with(start), "{line}: {problem}");
                assert!(!problem.contains("hush"), "{problem}");
            }
        }
        let long = format!(r#"{{"end_user_uuid": "{}"}}"#, "x".repeat(LONGEST));
        assert!(Import::parse(&long).unwrap_err()[0].starts_with("The line is longer"));
    }
}
