//! Bringing end users along from another system: one JSON object a line, each a whole or nothing.

mod credential;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::{Map, Value};

use crate::factor::totp::TotpSecret;
use crate::phone::PhoneNumber;

pub use credential::Credential;

/// Longest line that is looked at, in bytes.
pub const LONGEST: usize = 16 * 1024;

/// What a line may have.
const KEYS: [&str; 4] =
    ["end_user_uuid", "end_user_phone_number", "totp_secret", "webauthn_credentials"];

/// Credentials that a line may have at most.
const MOST_CREDENTIALS: usize = 20;

/// An end user as another system knew them. Debug is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Import {
    /// The customer's name for them.
    pub end_user_uuid: String,
    /// A number that the other system has verified.
    pub phone: Option<PhoneNumber>,
    /// The secret of an authenticator app.
    pub totp: Option<TotpSecret>,
    /// Passkeys and security keys.
    pub credentials: Vec<Credential>,
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Import(…)")
    }
}

impl Import {
    /// Reads a line. Credentials must belong to `rp_id`; None where the installation can have none.
    ///
    /// # Errors
    /// Every problem of it, a sentence each. None repeats what stands there: it is personal or secret.
    pub fn parse(line: &str, rp_id: Option<&str>) -> Result<Self, Vec<String>> {
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
        let credentials = credentials(&mut object, rp_id, &mut problems);
        // In an order of their own: that of a map depends on how the JSON library was built.
        let mut further: Vec<&String> = object.keys().collect();
        further.sort_unstable();
        problems.extend(further.into_iter().map(|key| unknown(key)));
        let nothing = phone.is_none() && totp.is_none() && credentials.is_empty();
        if nothing && problems.is_empty() {
            let (first, last) = (KEYS[1..3].join("', '"), KEYS[3]);
            problems.push(format!("There is nothing to import: give '{first}' or '{last}'."));
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
                Ok(Self { end_user_uuid, phone, totp, credentials })
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

/// The credentials of the object, which are taken out. Each problem names its credential, counted from 1.
fn credentials(
    object: &mut Map<String, Value>,
    rp_id: Option<&str>,
    problems: &mut Vec<String>,
) -> Vec<Credential> {
    let key = KEYS[3];
    let values = match object.remove(key) {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(values)) if values.len() <= MOST_CREDENTIALS => values,
        Some(_) => {
            problems.push(format!("'{key}' must be a list of at most {MOST_CREDENTIALS} objects."));
            return Vec::new();
        }
    };
    let Some(rp_id) = rp_id.filter(|_| !values.is_empty()) else {
        if !values.is_empty() {
            problems.push(format!("'{key}' can't be used: this installation has no RP ID."));
        }
        return Vec::new();
    };
    let mut read = Vec::with_capacity(values.len());
    for (number, value) in (1..).zip(values) {
        let mut wrong = Vec::new();
        read.extend(Credential::read(value, rp_id, &mut wrong));
        problems.extend(wrong.iter().map(|problem| of_credential(number, problem)));
    }
    read
}

/// A problem of a credential, as one of its line.
pub fn of_credential(number: usize, problem: &str) -> String {
    format!("Credential {number}: {problem}")
}

fn unknown(key: &str) -> String {
    format!("'{}' is not known; a line may have {}.", shown(key), KEYS.join(", "))
}

/// A name that somebody chose may be anything, and long.
fn shown(key: &str) -> String {
    key.chars().filter(|char| !char.is_control()).take(40).collect()
}
