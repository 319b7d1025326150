//! Phone numbers: E.164, valid for their country, masked wherever they could be printed.
//!
//! Every spelling of one number becomes one string here, before anything counts, compares or hashes
//! it: otherwise each spelling would be a limiter bucket of its own.

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

/// The most bytes that an input may have: E.164 allows 15 digits, the rest is room for separators.
const MAX_INPUT: usize = 40;

/// A phone number in E.164, valid for its country by the metadata of libphonenumber.
///
/// Debug and Display are masked, so that no log line can hold a number by accident;
/// [`PhoneNumber::as_e164`] is the one way out.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber {
    e164: String,
    country: String,
    calling_code: i32,
}

/// Why a text is no phone number. Each sentence says what to send instead, and none repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// The text is empty.
    #[error("'end_user_phone_number' is empty: give an E.164 number such as +14155552671.")]
    Empty,
    /// The text does not begin with '+'.
    #[error(
        "'end_user_phone_number' must begin with '+' and the country code, such as +14155552671 \
         (in a form body the plus is written %2B)."
    )]
    NoPlus,
    /// Something other than digits and the separators that people write.
    #[error(
        "'end_user_phone_number' may hold only '+', digits, spaces, hyphens, dots and parentheses."
    )]
    ForeignCharacter,
    /// More than E.164 allows.
    #[error("'end_user_phone_number' is too long: E.164 allows 15 digits.")]
    TooLong,
    /// The metadata knows no such number.
    #[error(
        "'end_user_phone_number' is not a valid number of its country: check the country code and \
         the number of digits."
    )]
    Invalid,
    /// A number of a global network (+800, +870, +979 and the like).
    #[error(
        "'end_user_phone_number' belongs to no country: give a number whose calling code is a \
         country's."
    )]
    NoCountry,
}

impl PhoneNumber {
    /// Reads a number in international form and normalises it to E.164.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let digits = international_digits(text)?;
        let util = &*PHONE_NUMBER_UTIL;
        let number = util.parse(&digits, None).map_err(|_| PhoneError::Invalid)?;
        let region = util.get_region_for_number(&number).ok_or(PhoneError::Invalid)?;
        if region == Region::World {
            return Err(PhoneError::NoCountry);
        }
        if !util.is_valid_number_for_region(&number, region) {
            return Err(PhoneError::Invalid);
        }
        Ok(Self {
            e164: util.format(&number, PhoneNumberFormat::E164).into_owned(),
            country: region.to_string(),
            calling_code: number.country_code,
        })
    }

    /// The number in E.164, such as `+14155552671`: for hashing, sealing and sending, never for a log.
    pub fn as_e164(&self) -> &str {
        &self.e164
    }

    /// The country of the number: ISO 3166-1 alpha-2, in capitals.
    pub fn country(&self) -> &str {
        &self.country
    }

    /// The number with all but the calling code and the last two digits hidden, such as
    /// `+1 ••• ••• ••71`. The mask has one width, so that it does not tell how long the number is.
    pub fn masked(&self) -> String {
        let last_two = self.e164.get(self.e164.len().saturating_sub(2)..).unwrap_or("••");
        format!("+{} ••• ••• ••{last_two}", self.calling_code)
    }
}

/// Reduces what people write to '+' and digits, and refuses everything else. Extensions, letters and
/// alternatives ("+1… or +1…") would otherwise reach a parser that makes the best of them.
fn international_digits(text: &str) -> Result<String, PhoneError> {
    let text = text.trim_matches(' ');
    if text.is_empty() {
        return Err(PhoneError::Empty);
    }
    if text.len() > MAX_INPUT {
        return Err(PhoneError::TooLong);
    }
    let rest = text.strip_prefix('+').ok_or(PhoneError::NoPlus)?;
    let mut digits = String::with_capacity(MAX_INPUT);
    digits.push('+');
    for character in rest.chars() {
        match character {
            '0'..='9' => digits.push(character),
            ' ' | '-' | '.' | '(' | ')' => {}
            _ => return Err(PhoneError::ForeignCharacter),
        }
    }
    Ok(digits)
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({})", self.masked())
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Whether `country` is an ISO 3166-1 alpha-2 code (any case) that has phone numbers.
pub fn supported_country(country: &str) -> bool {
    country.len() == 2
        && country
            .parse::<Region>()
            .is_ok_and(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region).is_some())
}

/// Loads the metadata. The first lookup takes some 12 ms otherwise, in somebody's login.
pub fn warm_up() {
    // A number that must parse: it touches the tables and compiles the patterns of +1.
    let _ = PhoneNumber::parse("+12025550100");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn row_6_every_spelling_is_one_number() {
        for (text, e164, country) in [
            ("+14155552671", "+14155552671", "US"),
            ("+1 (415) 555-2671", "+14155552671", "US"),
            (" +1.415.555.2671 ", "+14155552671", "US"),
            ("+1-4-1-5-5-5-5-2-6-7-1", "+14155552671", "US"),
            ("+44 20 7946 0958", "+442079460958", "GB"),
            ("+44 (0)20 7946 0958", "+442079460958", "GB"),
            ("+4402079460958", "+442079460958", "GB"),
            ("+49 (0) 151 23456789", "+4915123456789", "DE"),
            ("+39 06 6982", "+39066982", "VA"),
            ("+39 02 1234567", "+39021234567", "IT"),
            ("+7 701 234 5678", "+77012345678", "KZ"),
            ("+7 912 345-67-89", "+79123456789", "RU"),
            ("+52 55 1234 5678", "+525512345678", "MX"),
            ("+1 876 555 2671", "+18765552671", "JM"),
        ] {
            let number = PhoneNumber::parse(text).expect(text);
            assert_eq!((number.as_e164(), number.country()), (e164, country), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        use PhoneError::{Empty, ForeignCharacter, Invalid, NoCountry, NoPlus, TooLong};
        for (text, error) in [
            ("", Empty),
            ("   ", Empty),
            ("+", Invalid),
            ("12", NoPlus),
            ("+12", Invalid),
            ("14155552671", NoPlus),
            ("0014155552671", NoPlus),
            (" 14155552671", NoPlus),
            ("tel:+14155552671", NoPlus),
            ("++14155552671", ForeignCharacter),
            ("+1415555267x", ForeignCharacter),
            ("+14155552671 ext. 5", ForeignCharacter),
            ("+14155552671;ext=5", ForeignCharacter),
            ("+14155552671#", ForeignCharacter),
            ("+1415555\u{0}2671", ForeignCharacter),
            ("+1415555\n2671", ForeignCharacter),
            ("+1415555\t2671", ForeignCharacter),
            ("+1415555\u{a0}2671", ForeignCharacter),
            ("+\u{ff11}4155552671", ForeignCharacter),
            ("\u{ff0b}14155552671", NoPlus),
            ("+1 415 555 26711", Invalid),
            ("+1 415 555", Invalid),
            ("+1 000 000 0000", Invalid),
            ("+999 123 456 789", Invalid),
            // Mexico's old mobile prefix would be a second spelling of +525512345678.
            ("+52 1 55 1234 5678", Invalid),
            ("+800 1234 5678", NoCountry),
            ("+979 123 456 789", NoCountry),
            ("+1415555267114155552671141555526711415555", TooLong),
            ("+1          4155552671                    ()", TooLong),
        ] {
            assert_eq!(PhoneNumber::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn row_23_nothing_prints_a_number() {
        let number = PhoneNumber::parse("+442079460958").unwrap();
        assert_eq!(number.masked(), "+44 ••• ••• ••58");
        for printed in [number.to_string(), format!("{number:?}"), format!("{:#?}", Some(&number))]
        {
            assert!(printed.contains("+44 ••• ••• ••58"), "{printed}");
            assert!(!printed.contains("2079460"), "{printed}");
        }
    }

    #[test]
    fn countries() {
        for known in ["US", "us", "De", "GG", "JM"] {
            assert!(supported_country(known), "{known}");
        }
        for unknown in ["", "U", "ZZ", "001", "USA", "EU", "Ü", "12", "U "] {
            assert!(!supported_country(unknown), "{unknown}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_a_panic(text in "\\PC{0,60}") {
            let _ = PhoneNumber::parse(&text);
        }

        #[test]
        fn any_digits_are_judged_without_a_panic(text in "\\+[0-9 ().-]{0,20}") {
            let _ = PhoneNumber::parse(&text);
        }

        #[test]
        fn row_6_normalising_is_stable(
            calling in prop::sample::select(vec![
                "1", "7", "27", "33", "34", "39", "44", "46", "49", "52", "54", "55", "61", "65",
                "81", "86", "90", "91", "225", "351", "354", "378", "380", "420", "590", "971",
            ]),
            rest in "[0-9]{6,12}",
        ) {
            if let Ok(number) = PhoneNumber::parse(&format!("+{calling}{rest}")) {
                let again = PhoneNumber::parse(number.as_e164());
                prop_assert_eq!(again.as_ref(), Ok(&number));
                let mut spelled = String::from("+");
                for digit in number.as_e164().chars().skip(1) {
                    spelled.push(digit);
                    spelled.push('-');
                }
                prop_assert_eq!(PhoneNumber::parse(&spelled), Ok(number));
            }
        }
    }
}
