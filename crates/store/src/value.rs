//! What goes into a statement and what comes out: four kinds of values, and rows read column by column.

use std::fmt;
use std::str::FromStr;
use std::vec::IntoIter;

use onlyauth_core::channel::{Channel, Mode, PassedBy};
use onlyauth_core::factor::webauthn::Ceremony;
use onlyauth_core::ids::{
    ActionId, AppId, AuditId, ChallengeId, ClientId, DeviceId, FactorId, KeyId, MessageId,
    SecretId, UserId,
};
use onlyauth_core::proof::Proven;
use onlyauth_core::time::Timestamp;
use onlyauth_core::trust::Country;

use crate::error::StoreError;

/// A parameter or a column. Debug shows kinds and lengths only: texts and blobs hold personal data.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Int(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "text({})", text.len()),
            Self::Blob(bytes) => write!(f, "blob({})", bytes.len()),
        }
    }
}

/// Parameters in the order of `?1`, `?2`, ….
macro_rules! params {
    ($($value:expr),* $(,)?) => { vec![$($crate::value::Value::from($value)),*] };
}
pub(crate) use params;

macro_rules! from {
    ($($type:ty => |$value:ident| $make:expr),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self { $make }
        }
    )*};
}

from! {
    i64 => |number| Self::Int(number),
    u32 => |number| Self::Int(i64::from(number)),
    u8 => |number| Self::Int(i64::from(number)),
    bool => |flag| Self::Int(i64::from(flag)),
    Timestamp => |moment| Self::Int(moment.as_millis()),
    &str => |text| Self::Text(text.to_owned()),
    &String => |text| Self::Text(text.clone()),
    &[u8] => |bytes| Self::Blob(bytes.to_vec()),
    &Vec<u8> => |bytes| Self::Blob(bytes.clone()),
    &[u8; 16] => |bytes| Self::Blob(bytes.to_vec()),
    &[u8; 32] => |bytes| Self::Blob(bytes.to_vec()),
    Ceremony => |ceremony| Self::Text(ceremony.as_str().to_owned()),
    Channel => |channel| Self::Text(channel.as_str().to_owned()),
    PassedBy => |by| Self::Text(by.as_str().to_owned()),
    &Proven => |proven| Self::Text(proven.to_string()),
    Mode => |mode| Self::Text(mode.as_str().to_owned()),
    ClientId => |id| Self::Text((*id.text()).to_owned()),
    AppId => |id| Self::Text((*id.text()).to_owned()),
    ActionId => |id| Self::Text((*id.text()).to_owned()),
    ChallengeId => |id| Self::Text((*id.text()).to_owned()),
    MessageId => |id| Self::Text((*id.text()).to_owned()),
    SecretId => |id| Self::Text((*id.text()).to_owned()),
    Country => |country| Self::Text(country.as_str().to_owned()),
    DeviceId => |id| Self::Text((*id.text()).to_owned()),
    FactorId => |id| Self::Text((*id.text()).to_owned()),
    AuditId => |id| Self::Text((*id.text()).to_owned()),
    UserId => |id| Self::Text((*id.text()).to_owned()),
    KeyId => |id| Self::Text((*id.text()).to_owned()),
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// One row of an answer.
pub(crate) type Row = Vec<Value>;

/// Reads a row's columns from left to right; what does not fit its column is
/// [`StoreError::Corrupt`], with the ids read so far as the key.
pub(crate) struct Fields {
    table: &'static str,
    key: String,
    rest: IntoIter<Value>,
}

impl Fields {
    pub(crate) fn of(table: &'static str, row: Row) -> Self {
        Self { table, key: String::new(), rest: row.into_iter() }
    }

    fn corrupt(&self, column: &'static str) -> StoreError {
        StoreError::Corrupt { table: self.table, column, key: self.key.clone() }
    }

    pub(crate) fn optional_int(&mut self, column: &'static str) -> Result<Option<i64>, StoreError> {
        match self.rest.next() {
            Some(Value::Int(number)) => Ok(Some(number)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.corrupt(column)),
        }
    }

    pub(crate) fn int(&mut self, column: &'static str) -> Result<i64, StoreError> {
        self.optional_int(column)?.ok_or_else(|| self.corrupt(column))
    }

    /// A whole number of a narrower type.
    pub(crate) fn number<T: TryFrom<i64>>(
        &mut self,
        column: &'static str,
    ) -> Result<T, StoreError> {
        T::try_from(self.int(column)?).map_err(|_| self.corrupt(column))
    }

    pub(crate) fn flag(&mut self, column: &'static str) -> Result<bool, StoreError> {
        match self.int(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.corrupt(column)),
        }
    }

    pub(crate) fn time(&mut self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.int(column).map(Timestamp::from_millis)
    }

    pub(crate) fn optional_time(
        &mut self,
        column: &'static str,
    ) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.optional_int(column)?.map(Timestamp::from_millis))
    }

    pub(crate) fn optional_text(
        &mut self,
        column: &'static str,
    ) -> Result<Option<String>, StoreError> {
        match self.rest.next() {
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.corrupt(column)),
        }
    }

    pub(crate) fn text(&mut self, column: &'static str) -> Result<String, StoreError> {
        self.optional_text(column)?.ok_or_else(|| self.corrupt(column))
    }

    pub(crate) fn parsed<T: FromStr>(&mut self, column: &'static str) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|_| self.corrupt(column))
    }

    /// A list of words with commas between them; empty when there are none.
    pub(crate) fn list<T: FromStr>(&mut self, column: &'static str) -> Result<Vec<T>, StoreError> {
        let text = self.text(column)?;
        let words = text.split(',').filter(|word| !word.is_empty());
        words.map(|word| word.parse().map_err(|_| self.corrupt(column))).collect()
    }

    /// One of a closed set of words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        column: &'static str,
        words: &[(&str, T)],
    ) -> Result<T, StoreError> {
        let text = self.text(column)?;
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|(_, meaning)| *meaning).ok_or_else(|| self.corrupt(column))
    }

    /// An identifier; it also names the row in errors about later columns.
    pub(crate) fn id<T: FromStr>(&mut self, column: &'static str) -> Result<T, StoreError> {
        let text = self.text(column)?;
        let parsed = text.parse().map_err(|_| self.corrupt(column))?;
        if !self.key.is_empty() {
            self.key.push(' ');
        }
        self.key.push_str(&text);
        Ok(parsed)
    }

    pub(crate) fn bytes(&mut self, column: &'static str) -> Result<Vec<u8>, StoreError> {
        self.optional_bytes(column)?.ok_or_else(|| self.corrupt(column))
    }

    pub(crate) fn optional_bytes(
        &mut self,
        column: &'static str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match self.rest.next() {
            Some(Value::Blob(bytes)) => Ok(Some(bytes)),
            Some(Value::Null) => Ok(None),
            _ => Err(self.corrupt(column)),
        }
    }

    /// As [`Fields::array`], or NULL.
    pub(crate) fn optional_array<const N: usize>(
        &mut self,
        column: &'static str,
    ) -> Result<Option<[u8; N]>, StoreError> {
        let bytes = self.optional_bytes(column)?;
        bytes.map(|bytes| bytes.try_into().map_err(|_| self.corrupt(column))).transpose()
    }

    /// As [`Fields::parsed`], or NULL.
    pub(crate) fn optional_parsed<T: FromStr>(
        &mut self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let text = self.optional_text(column)?;
        text.map(|text| text.parse().map_err(|_| self.corrupt(column))).transpose()
    }

    /// A blob of exactly `N` bytes.
    pub(crate) fn array<const N: usize>(
        &mut self,
        column: &'static str,
    ) -> Result<[u8; N], StoreError> {
        self.bytes(column)?.try_into().map_err(|_| self.corrupt(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_does_not_fit_names_its_place() {
        let client = "CLNT-01920000-0000-7000-8000-000000000001";
        let row = vec![Value::from(client), Value::Int(7)];
        let mut fields = Fields::of("clients", row);
        fields.id::<ClientId>("client_id").unwrap();
        let expected =
            StoreError::Corrupt { table: "clients", column: "name", key: client.to_owned() };
        assert_eq!(fields.text("name"), Err(expected));
    }

    #[test]
    fn what_we_never_write_is_corrupt() {
        let read = |value: Value| Fields::of("t", vec![value]);
        assert!(read(Value::Int(2)).flag("c").is_err());
        assert!(read(Value::Int(-1)).number::<u32>("c").is_err());
        assert!(read(Value::Null).int("c").is_err());
        assert!(read(Value::from("pigeon")).parsed::<Channel>("c").is_err());
        assert!(read(Value::Blob(vec![0; 31])).array::<32>("c").is_err());
        assert!(Fields::of("t", vec![]).optional_text("c").is_err());
        assert_eq!(read(Value::Null).optional_time("c"), Ok(None));
    }

    #[test]
    fn debug_shows_no_content() {
        let values = params!["+15550100", &[7_u8; 16], 5_i64, None::<i64>];
        assert_eq!(format!("{values:?}"), "[text(9), blob(16), 5, null]");
    }
}
