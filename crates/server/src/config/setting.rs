//! The types that a key can have: how each is read and how it is written.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::base_url::BaseUrl;
use super::cidr::Cidr;
use super::duration;
use super::endpoint::Endpoint;
use super::value::Raw;

/// What was expected instead of the value, as the rest of a sentence that begins "expected".
pub(super) type Expectation = String;

/// The type of a key.
pub(super) trait Setting: Sized + PartialOrd {
    /// What the reference says a value is.
    const KIND: &'static str;
    /// Whether messages must not repeat a value.
    const MAY_BE_SECRET: bool = false;

    /// Reads a value.
    fn read(raw: &Raw) -> Result<Self, Expectation>;

    /// The value in TOML.
    fn toml(&self) -> String;
}

fn kind<T: Setting>() -> Expectation {
    T::KIND.to_owned()
}

macro_rules! whole_number {
    ($($type:ty),+) => {$(
        impl Setting for $type {
            const KIND: &'static str = "a whole number";

            fn read(raw: &Raw) -> Result<Self, Expectation> {
                let number = match raw {
                    Raw::Number(number) => Self::try_from(*number).ok(),
                    Raw::Word(text) => text.parse().ok(),
                    Raw::Quoted(_) | Raw::List(_) | Raw::Other(_) => None,
                };
                number.ok_or_else(kind::<Self>)
            }

            fn toml(&self) -> String {
                self.to_string()
            }
        }
    )+};
}

whole_number!(u8, u32, usize);

impl Setting for Duration {
    const KIND: &'static str = "a duration such as \"30s\" (units ms, s, m, h, d)";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        raw.text().and_then(duration::parse).ok_or_else(kind::<Self>)
    }

    fn toml(&self) -> String {
        quoted(&duration::format(*self))
    }
}

impl Setting for SocketAddr {
    const KIND: &'static str = "an IP address and port such as \"127.0.0.1:8080\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        raw.text().and_then(|text| text.parse().ok()).ok_or_else(kind::<Self>)
    }

    fn toml(&self) -> String {
        quoted(&self.to_string())
    }
}

impl Setting for BaseUrl {
    const KIND: &'static str = "an http or https origin such as \"https://auth.example.com\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        let text = raw.text().ok_or_else(kind::<Self>)?;
        text.parse().map_err(|error: super::base_url::NotABaseUrl| error.to_string())
    }

    fn toml(&self) -> String {
        quoted(&self.origin())
    }
}

impl Setting for Cidr {
    const KIND: &'static str = "an address or address range such as \"10.0.0.0/8\"";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        let text = raw.text().ok_or_else(kind::<Self>)?;
        text.parse().map_err(|error: super::cidr::CidrError| error.to_string())
    }

    fn toml(&self) -> String {
        quoted(&self.to_string())
    }
}

impl Setting for PathBuf {
    const KIND: &'static str = "a path";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        let text = raw.text().filter(|text| !text.is_empty() && !text.contains('\0'));
        text.map(Self::from).ok_or_else(kind::<Self>)
    }

    fn toml(&self) -> String {
        quoted(&self.display().to_string())
    }
}

/// Empty text is no path.
impl Setting for Option<PathBuf> {
    const KIND: &'static str = "a path, or nothing";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        let text = raw.text().filter(|text| !text.contains('\0')).ok_or_else(kind::<Self>)?;
        Ok((!text.is_empty()).then(|| PathBuf::from(text)))
    }

    fn toml(&self) -> String {
        quoted(&self.as_deref().unwrap_or(Path::new("")).display().to_string())
    }
}

impl Setting for String {
    const KIND: &'static str = "a text";

    fn read(raw: &Raw) -> Result<Self, Expectation> {
        raw.text().map(str::to_owned).ok_or_else(kind::<Self>)
    }

    fn toml(&self) -> String {
        quoted(self)
    }
}

/// An address, where empty text is none.
macro_rules! optional_address {
    ($($address:ty => $kind:literal),+ $(,)?) => {$(
        impl Setting for Option<$address> {
            const KIND: &'static str = $kind;

            fn read(raw: &Raw) -> Result<Self, Expectation> {
                match raw.text().ok_or_else(kind::<Self>)? {
                    "" => Ok(None),
                    text => text.parse().map(Some).map_err(|_| kind::<Self>()),
                }
            }

            fn toml(&self) -> String {
                quoted(&self.as_ref().map(ToString::to_string).unwrap_or_default())
            }
        }
    )+};
}

optional_address!(
    BaseUrl => "an http or https origin such as \"https://api.example.com\"",
    Endpoint => "an http or https URL such as \"https://gateway.example.com/send\"",
);

macro_rules! list_of {
    ($($item:ty => $kind:literal),+ $(,)?) => {$(
        impl Setting for Vec<$item> {
            const KIND: &'static str = $kind;

            fn read(raw: &Raw) -> Result<Self, Expectation> {
                let items = raw.items().ok_or_else(kind::<Self>)?;
                items.iter().map(<$item>::read).collect::<Result<_, _>>()
                    .map_err(|expected| format!("a list in which each is {expected}"))
            }

            fn toml(&self) -> String {
                format!("[{}]", self.iter().map(Setting::toml).collect::<Vec<_>>().join(", "))
            }
        }
    )+};
}

list_of!(
    Duration => "a list of durations such as [\"30s\", \"5m\"]",
    Cidr => "a list of addresses or address ranges such as [\"10.0.0.0/8\"]",
    onlyauth_core::channel::Channel => "a list of channels such as [\"sms\", \"whatsapp\"]",
);

/// A text as a TOML string.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Raw {
        Raw::Word(text.to_owned())
    }

    #[test]
    fn a_number_of_the_file_is_not_quoted_but_one_of_the_environment_is() {
        assert_eq!(u8::read(&Raw::Number(6)), Ok(6));
        assert_eq!(u8::read(&word("6")), Ok(6));
        assert!(u8::read(&Raw::Quoted("6".to_owned())).is_err());
        assert!(u8::read(&Raw::Number(256)).is_err());
        assert!(u32::read(&Raw::Number(-1)).is_err());
        assert!(u32::read(&word("")).is_err());
    }

    #[test]
    fn lists_come_from_both() {
        let expected = vec![duration::seconds(30), duration::minutes(5)];
        let quoted = |text: &str| Raw::Quoted(text.to_owned());
        assert_eq!(
            Vec::<Duration>::read(&Raw::List(vec![quoted("30s"), quoted("5m")])),
            Ok(expected.clone())
        );
        assert_eq!(Vec::<Duration>::read(&word("30s,5m")), Ok(expected));
        assert!(Vec::<Duration>::read(&Raw::List(vec![Raw::Number(30)])).is_err());
        assert!(Vec::<Duration>::read(&quoted("30s")).is_err());
    }

    #[test]
    fn an_unset_path_is_empty_text() {
        assert_eq!(Option::<PathBuf>::read(&word("")), Ok(None));
        assert_eq!(None::<PathBuf>.toml(), "\"\"");
        assert!(PathBuf::read(&word("")).is_err());
    }

    #[test]
    fn strings_are_written_so_that_toml_reads_them_back() {
        for text in ["plain", "with \"quotes\"", "back\\slash", "line\nbreak"] {
            let document = format!("key = {}", quoted(text));
            let table: toml::Table = document.parse().unwrap();
            assert_eq!(table["key"].as_str(), Some(text));
        }
    }
}
