//! What a section is, and the macro that declares one: fields, defaults, ranges and reference text in one
//! place, so that none of them can be forgotten or contradict another.

use std::ops::RangeInclusive;

use super::setting::Setting;
use super::source::Values;

/// A key, as the reference describes it.
#[derive(Debug, Clone)]
pub struct Key {
    /// The section's name.
    pub section: &'static str,
    /// The key's name inside the section.
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// What is counted or measured.
    pub unit: &'static str,
    /// Why the default is what it is.
    pub reason: &'static str,
    /// The default in TOML.
    pub default: String,
    /// What a value must be.
    pub accepts: String,
}

impl Key {
    /// `section.key`.
    pub fn path(&self) -> String {
        format!("{}.{}", self.section, self.name)
    }

    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        format!("ONLYAUTH_{}_{}", self.section, self.name).to_ascii_uppercase()
    }
}

/// A section of the configuration.
pub(super) trait Section: Sized + Default {
    /// The name in brackets.
    const NAME: &'static str;
    /// What it is about.
    const ABOUT: &'static str;

    /// Its keys, in the order of the reference.
    fn keys() -> Vec<Key>;

    /// Reads its keys at `place`: its name, or one of several tables of that name. A bad value is reported and
    /// its default taken, so that reading goes on.
    fn read(values: &mut Values, place: &str) -> Self;
}

/// What a key's value must be, in words.
pub(super) fn accepts<T: Setting>(range: Option<&RangeInclusive<T>>) -> String {
    match range {
        None => T::KIND.to_owned(),
        Some(range) => {
            let bare = |bound: &T| bound.toml().trim_matches('"').to_owned();
            format!("{} from {} to {}", T::KIND, bare(range.start()), bare(range.end()))
        }
    }
}

/// Declares a section:
///
/// ```text
/// section! {
///     /// What the section is about.
///     Codes = "codes";
///
///     /// What the key is for.
///     digits: u8 = 6, within 4..=10, unit "digits", why "Why the default is what it is.";
/// }
/// ```
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        $section:ident = $name:literal;
        $(
            $(#[doc = $purpose:literal])+
            $key:ident: $type:ty = $default:expr,
            $(within $range:expr,)?
            unit $unit:literal, why $why:literal;
        )+
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $section {
            $( $(#[doc = $purpose])+ pub $key: $type, )+
        }

        impl Default for $section {
            fn default() -> Self {
                Self { $( $key: $default, )+ }
            }
        }

        impl $crate::config::section::Section for $section {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = concat!($($about),+);

            fn keys() -> Vec<$crate::config::section::Key> {
                let default = Self::default();
                vec![$({
                    let range: Option<std::ops::RangeInclusive<$type>> = section!(@range $($range)?);
                    $crate::config::section::Key {
                        section: $name,
                        name: stringify!($key),
                        purpose: concat!($($purpose),+),
                        unit: $unit,
                        reason: $why,
                        default: $crate::config::setting::Setting::toml(&default.$key),
                        accepts: $crate::config::section::accepts(range.as_ref()),
                    }
                }),+]
            }

            fn read(values: &mut $crate::config::source::Values, place: &str) -> Self {
                Self { $(
                    $key: {
                        let range: Option<std::ops::RangeInclusive<$type>> = section!(@range $($range)?);
                        values.read(place, stringify!($key), $default, range.as_ref())
                    },
                )+ }
            }
        }
    };
    (@range) => { None };
    (@range $range:expr) => { Some($range) };
}

pub(super) use section;
