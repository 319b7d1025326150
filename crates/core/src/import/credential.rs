//! A passkey or security key that another system kept: what it has to tell of one, and what is wrong with it.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use crate::factor::name::FactorName;
use crate::time::Timestamp;

/// Longest credential id, in bytes (WebAuthn level 3, section 7.1 step 25).
const LONGEST_ID: usize = 1023;
/// Longest user handle, in bytes (section 5.4.3).
const LONGEST_HANDLE: usize = 64;
/// Longest key, in bytes: more than any that can be used has.
const LONGEST_KEY: usize = 1024;

/// A credential as another system knew it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// By what its authenticator knows it.
    pub credential_id: Vec<u8>,
    /// The public key, as COSE has it (RFC 9052 section 7).
    pub public_key: Vec<u8>,
    /// The signature counter that was last seen; 0 for authenticators that don't count.
    pub sign_count: u32,
    /// What it belongs to.
    pub rp_id: String,
    /// The name of the end user that it was made with, which the authenticator may tell.
    pub user_handle: Option<Vec<u8>>,
    /// What the end user calls it, if anything.
    pub name: Option<FactorName>,
    /// How browsers reached it.
    pub transports: Vec<String>,
    /// Whether it verified its user when it was made, and so has to each time.
    pub user_verified: bool,
    /// Whether it may be copied to other devices, where that is known.
    pub backup_eligible: Option<bool>,
    /// When it was made, where that is known.
    pub created_at: Option<Timestamp>,
}

impl Credential {
    /// Reads one, which must belong to `rp_id`; what is wrong goes to `problems`.
    pub(super) fn read(value: Value, rp_id: &str, problems: &mut Vec<String>) -> Option<Self> {
        let Value::Object(object) = value else {
            problems.push("it must be an object.".to_owned());
            return None;
        };
        let mut fields = Fields { object, problems };
        let credential_id = fields.required_bytes("credential_id", LONGEST_ID);
        let public_key = fields.required_bytes("public_key", LONGEST_KEY);
        let sign_count = fields.number("sign_count").unwrap_or_default();
        let belongs_to = fields.rp_id(rp_id);
        let user_handle = fields.bytes("user_handle", LONGEST_HANDLE);
        let name = fields.name();
        let transports = fields.transports();
        let user_verified = fields.flag("user_verified").unwrap_or_default();
        let backup_eligible = fields.flag("backup_eligible");
        let created_at = fields.number("created_at");
        fields.finish();
        Some(Self {
            credential_id: credential_id?,
            public_key: public_key?,
            sign_count,
            rp_id: belongs_to?,
            user_handle,
            name,
            transports,
            user_verified,
            backup_eligible,
            created_at: created_at.map(|seconds| Timestamp::from_millis(i64::from(seconds) * 1000)),
        })
    }
}

/// The fields of a credential, taken out one by one.
struct Fields<'a> {
    object: Map<String, Value>,
    problems: &'a mut Vec<String>,
}

impl Fields<'_> {
    fn problem(&mut self, sentence: String) {
        self.problems.push(sentence);
    }

    /// Null is as good as missing.
    fn take(&mut self, key: &str) -> Option<Value> {
        self.object.remove(key).filter(|value| !value.is_null())
    }

    fn bytes(&mut self, key: &str, longest: usize) -> Option<Vec<u8>> {
        let value = self.take(key)?;
        let text = value.as_str().map(|text| text.trim_end_matches('='));
        let bytes = text.and_then(|text| BASE64URL_NOPAD.decode(text.as_bytes()).ok());
        let bytes = bytes.filter(|bytes| (1..=longest).contains(&bytes.len()));
        if bytes.is_none() {
            self.problem(format!("'{key}' must be 1 to {longest} bytes in base64url."));
        }
        bytes
    }

    fn required_bytes(&mut self, key: &str, longest: usize) -> Option<Vec<u8>> {
        if self.object.get(key).is_none_or(Value::is_null) {
            self.problem(format!("'{key}' is required."));
        }
        self.bytes(key, longest)
    }

    fn number(&mut self, key: &str) -> Option<u32> {
        let value = self.take(key)?;
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.problem(format!("'{key}' must be a whole number from 0 to {}.", u32::MAX));
        }
        number
    }

    fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.take(key)?;
        if !value.is_boolean() {
            self.problem(format!("'{key}' must be true or false."));
        }
        value.as_bool()
    }

    /// Browsers let nobody use it anywhere else, so it would be no factor.
    fn rp_id(&mut self, ours: &str) -> Option<String> {
        match self.take("rp_id") {
            None => self.problem("'rp_id' is required.".to_owned()),
            Some(Value::String(text)) if text == ours => return Some(text),
            Some(_) => self.problem(format!("it belongs to another RP ID than {ours}.")),
        }
        None
    }

    fn name(&mut self) -> Option<FactorName> {
        let typed = match self.take("name")? {
            Value::String(text) if text.is_empty() => return None,
            Value::String(text) => FactorName::parse(&text).map_err(|error| error.to_string()),
            _ => Err("a name is a text".to_owned()),
        };
        match typed {
            Ok(name) => Some(name),
            Err(why) => {
                self.problem(format!("'name' can't be one: {why}."));
                None
            }
        }
    }

    fn transports(&mut self) -> Vec<String> {
        let Some(value) = self.take("transports") else { return Vec::new() };
        let texts = value.as_array().and_then(|values| {
            values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
        });
        texts.unwrap_or_else(|| {
            self.problem("'transports' must be a list of texts.".to_owned());
            Vec::new()
        })
    }

    fn finish(mut self) {
        let mut further: Vec<String> =
            std::mem::take(&mut self.object).into_iter().map(|(key, _)| key).collect();
        // In an order of their own: that of a map depends on how the JSON library was built.
        further.sort_unstable();
        for key in further {
            self.problem(format!("'{}' is not known.", super::shown(&key)));
        }
    }
}
