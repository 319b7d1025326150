//! How a text travels as SMS: in which alphabet, and as how many segments, each of which costs.

/// Characters of the GSM 7-bit default alphabet (3GPP TS 23.038 section 6.2.1), each one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Characters of its extension table (section 6.2.1.1): an escape and one more septet.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// The alphabet of a message. One character outside GSM 7-bit makes the whole message UCS-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// 160 septets in one segment, or 153 in each of several.
    Gsm7,
    /// 70 UTF-16 units in one segment, or 67 in each of several.
    Ucs2,
}

impl Alphabet {
    /// The alphabet that the text needs. National shift tables are not counted on: few networks have them.
    pub fn of(text: &str) -> Self {
        if text.chars().all(|char| septets(char).is_some()) { Self::Gsm7 } else { Self::Ucs2 }
    }

    /// What fits into a message of one segment.
    fn alone(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// What fits into each segment of several: 6 bytes go to the header that puts them together.
    fn together(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    fn width(self, char: char) -> usize {
        match self {
            Self::Gsm7 => septets(char).unwrap_or(1),
            Self::Ucs2 => char.len_utf16(),
        }
    }
}

/// None: the character isn't in the GSM 7-bit alphabet.
fn septets(char: char) -> Option<usize> {
    // Nearly all of a text is among these, and looking for each in the list costs more than all else about a message.
    if matches!(char, ' '..='Z' | 'a'..='z') || BASIC.contains(char) {
        Some(1)
    } else if EXTENDED.contains(char) {
        Some(2)
    } else {
        None
    }
}

/// How many segments the text takes; at least one. A character never straddles two segments: neither an escape
/// and what it escapes, nor the halves of a surrogate pair.
pub fn segments(text: &str) -> usize {
    let alphabet = Alphabet::of(text);
    let width: usize = text.chars().map(|char| alphabet.width(char)).sum();
    if width <= alphabet.alone() {
        return 1;
    }
    let (mut full, mut used) = (0, 0);
    for char in text.chars() {
        let width = alphabet.width(char);
        if used + width > alphabet.together() {
            full += 1;
            used = 0;
        }
        used += width;
    }
    full + 1
}

/// Whether the text is short enough for a code message: one segment of GSM 7-bit, or two of UCS-2.
pub fn is_short(text: &str) -> bool {
    let most = match Alphabet::of(text) {
        Alphabet::Gsm7 => 1,
        Alphabet::Ucs2 => 2,
    };
    segments(text) <= most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_foreign_character_makes_it_ucs_2() {
        for text in ["", "Your code", "è é ñ ü Ç ß à ¿", "[€]", "\n\r"] {
            assert_eq!(Alphabet::of(text), Alphabet::Gsm7, "{text}");
        }
        for text in ["ç", "ó", "ê", "ş", "Код", "コード", "’", "`", "\t", "–", "🔑", "\u{2068}"]
        {
            assert_eq!(Alphabet::of(text), Alphabet::Ucs2, "{text}");
        }
    }

    #[test]
    fn the_alphabet_has_its_127_characters_and_the_extension_its_10() {
        // The 128th is the escape.
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENDED.chars().count(), 10);
        for char in (' '..='Z').chain('a'..='z') {
            assert!(BASIC.contains(char), "{char}");
        }
    }

    #[test]
    fn segments_end_where_the_standard_says() {
        for (unit, count, expected) in [
            ("a", 0, 1),
            ("a", 160, 1),
            ("a", 161, 2),
            ("a", 306, 2),
            ("a", 307, 3),
            ("€", 80, 1),
            ("€", 81, 2),
            // 76 in a segment: the last septet of 153 stays empty.
            ("€", 152, 2),
            ("€", 153, 3),
            ("я", 70, 1),
            ("я", 71, 2),
            ("я", 134, 2),
            ("я", 135, 3),
            ("🔑", 35, 1),
            ("🔑", 36, 2),
            ("🔑", 66, 2),
            ("🔑", 67, 3),
        ] {
            assert_eq!(segments(&unit.repeat(count)), expected, "{count} times {unit}");
        }
    }

    #[test]
    fn short_is_one_segment_or_two_of_ucs_2() {
        for (unit, most) in [("a", 160), ("я", 134)] {
            assert!(is_short(&unit.repeat(most)), "{unit}");
            assert!(!is_short(&unit.repeat(most + 1)), "{unit}");
        }
    }

    proptest! {
        #[test]
        fn a_longer_text_never_takes_fewer_segments(text in "\\PC{0,400}", more in "\\PC{0,9}") {
            let longer = format!("{text}{more}");
            prop_assert!(segments(&text) <= segments(&longer));
        }
    }
}
