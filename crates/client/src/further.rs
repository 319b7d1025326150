//! Keys of an answer that this version does not know.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

/// Keys that a newer server sent and this version has no field for.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Further(Map<String, Value>);

impl Further {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Every key with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Names only: what a value holds can't be known here.
impl fmt::Debug for Further {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
