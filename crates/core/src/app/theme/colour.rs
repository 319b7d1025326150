//! A colour, and how much two of them differ for the eye.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An opaque colour in sRGB, written `#rrggbb` in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour {
    channels: [u8; 3],
}

impl Colour {
    /// Pure black.
    pub const BLACK: Self = Self::new(0, 0, 0);
    /// Pure white.
    pub const WHITE: Self = Self::new(255, 255, 255);

    /// From its channels.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { channels: [red, green, blue] }
    }

    /// Reads `#rrggbb`, or `#rgb` with each digit standing for two, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .strip_prefix('#')?
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
            .collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Self::new(r * 17, g * 17, b * 17)),
            [r, r2, g, g2, b, b2] => Some(Self::new(r * 16 + r2, g * 16 + g2, b * 16 + b2)),
            _ => None,
        }
    }

    /// This colour with `percent` (0 to 100) of another mixed in, channel by channel.
    pub(super) fn mixed(self, other: Self, percent: u8) -> Self {
        let part = u32::from(percent.min(100));
        let mut channels = self.channels;
        for (channel, added) in channels.iter_mut().zip(other.channels) {
            let sum = u32::from(*channel) * (100 - part) + u32::from(added) * part;
            // At most 255: a mean of two of them.
            *channel = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        Self { channels }
    }

    /// Relative luminance, 0 for black to 1 for white (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.channels.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio of two colours, 1 to 21, whichever is the lighter one (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.channels;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl TryFrom<String> for Colour {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a colour")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect(text)
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        for (one, two, ratio) in [
            ("#000", "#fff", 21.0),
            ("#fff", "#fff", 1.0),
            ("#767676", "#fff", 4.5422),
            ("#777777", "#fff", 4.4781),
            ("#ff0000", "#fff", 3.9985),
            ("#0000ff", "#fff", 8.5925),
            ("#00ff00", "#000", 15.304),
            ("#949494", "#fff", 3.0335),
            ("#0a0a0a", "#000", 1.0607),
        ] {
            let (one, two) = (colour(one), colour(two));
            assert!((one.contrast(two) - ratio).abs() < 0.0005, "{one}: {}", one.contrast(two));
            assert_eq!(one.contrast(two).to_bits(), two.contrast(one).to_bits());
        }
    }

    #[test]
    fn mixing_ends_where_it_should() {
        let (one, two) = (colour("#123456"), colour("#fedcba"));
        assert_eq!(one.mixed(two, 0), one);
        assert_eq!(one.mixed(two, 100), two);
        assert_eq!(Colour::BLACK.mixed(Colour::WHITE, 50), colour("#808080"));
    }

    #[test]
    fn one_of_black_and_white_is_always_readable() {
        // Contrast depends on luminance alone, and greys come in nearly every luminance.
        for channel in 0..=u8::MAX {
            let grey = Colour::new(channel, channel, channel);
            let best = grey.contrast(Colour::BLACK).max(grey.contrast(Colour::WHITE));
            assert!(best >= 4.5, "{grey}: {best}");
        }
    }
}
