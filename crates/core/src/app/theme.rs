//! How an app lets the widget look: a few values, within limits that keep every page readable.
//!
//! Only the values listed here can be set, and each has a closed shape (a colour, a number, a word), so that a
//! theme never carries style rules of its own. What an app leaves open is ours. The other colours of a page
//! follow from the chosen ones ([`Palette`]).

mod address;
mod colour;
mod contrast;
mod palette;
mod tokens;

use serde::{Deserialize, Serialize};

pub use colour::Colour;
pub use palette::Palette;
pub use tokens::{Density, Font};

use super::plain_fields::is_null;

/// Largest `theme_radius`, in CSS pixels: half the height of the lowest button is about as much.
const MAX_RADIUS: u8 = 24;

/// Radius of an app that sets none, in CSS pixels.
const RADIUS: u8 = 10;

/// The form keys of a theme.
pub(super) const THEME_KEYS: [&str; 11] = [
    "theme_primary",
    "theme_background",
    "theme_text",
    "theme_danger",
    "theme_dark_primary",
    "theme_dark_background",
    "theme_dark_text",
    "theme_dark_danger",
    "theme_radius",
    "theme_font",
    "theme_density",
];

/// A theme as an app's settings hold it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Theme {
    /// Colours where the end user's browser asks for light, or asks for nothing.
    pub light: Colours,
    /// Colours where it asks for dark.
    pub dark: Colours,
    /// How round corners are, in CSS pixels, at most 24; unset leaves it to us.
    pub radius: Option<u8>,
    /// Which of the device's own fonts.
    pub font: Font,
    /// How much room there is.
    pub density: Density,
}

/// The colours that an app sets for one scheme; an unset one is ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Colours {
    /// The main button, and what has the focus.
    pub primary: Option<Colour>,
    /// Behind everything.
    pub background: Option<Colour>,
    /// What is read.
    pub text: Option<Colour>,
    /// What is wrong.
    pub danger: Option<Colour>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// The one that browsers ask for unless told otherwise.
    Light,
    /// Asked for by the end user's device, or by the page that embeds the widget.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];
}

impl Theme {
    /// Every colour of a page in one scheme.
    pub fn palette(&self, scheme: Scheme) -> Palette {
        Palette::derive(contrast::effective(self.colours(scheme), scheme))
    }

    /// How round corners are, in CSS pixels.
    pub fn effective_radius(&self) -> u8 {
        self.radius.unwrap_or(RADIUS)
    }

    fn colours(&self, scheme: Scheme) -> &Colours {
        match scheme {
            Scheme::Light => &self.light,
            Scheme::Dark => &self.dark,
        }
    }

    /// Sets what a form field names; `None` where it names nothing of a theme.
    pub(super) fn set(&mut self, key: &str, value: &str) -> Option<Result<(), Vec<String>>> {
        if let Some(colour) = self.colour_mut(key) {
            return Some(read_colour(key, value).map(|read| *colour = read));
        }
        Some(match key {
            "theme_radius" => read_radius(value).map(|radius| self.radius = radius),
            "theme_font" => Font::read(value).map(|font| self.font = font),
            "theme_density" => Density::read(value).map(|density| self.density = density),
            _ => return None,
        })
    }

    fn colour_mut(&mut self, key: &str) -> Option<&mut Option<Colour>> {
        Some(match key {
            "theme_primary" => &mut self.light.primary,
            "theme_background" => &mut self.light.background,
            "theme_text" => &mut self.light.text,
            "theme_danger" => &mut self.light.danger,
            "theme_dark_primary" => &mut self.dark.primary,
            "theme_dark_background" => &mut self.dark.background,
            "theme_dark_text" => &mut self.dark.text,
            "theme_dark_danger" => &mut self.dark.danger,
            _ => return None,
        })
    }
}

fn read_colour(key: &str, value: &str) -> Result<Option<Colour>, Vec<String>> {
    if value.is_empty() {
        return Ok(None);
    }
    Colour::parse(value)
        .map(Some)
        .ok_or_else(|| vec![format!("'{key}' must be a colour such as #1d4ed8, or empty.")])
}

fn read_radius(value: &str) -> Result<Option<u8>, Vec<String>> {
    if is_null(value) {
        return Ok(None);
    }
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let radius = value.parse().ok().filter(|radius| digits && *radius <= MAX_RADIUS);
    radius.map(Some).ok_or_else(|| {
        vec![format!("'theme_radius' must be a whole number from 0 to {MAX_RADIUS}, or empty.")]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::AppSettings;

    fn applied(pairs: &[(&str, &str)]) -> Result<Theme, Vec<String>> {
        let fields: Vec<_> =
            pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        AppSettings::default().apply(&fields).map(|settings| settings.theme)
    }

    #[test]
    fn values_in_every_spelling() {
        let theme = applied(&[
            ("theme_primary", "#0A5"),
            ("theme_dark_primary", "#7FE0B0"),
            ("theme_radius", "0"),
            ("theme_font", "Serif"),
            ("theme_density", "COMPACT"),
        ]);
        // #0a5 is too pale on white, and that is all that is wrong with it.
        assert_eq!(theme.unwrap_err().len(), 1);
        let theme = applied(&[
            ("theme_primary", "#064"),
            ("theme_dark_primary", "#7FE0B0"),
            ("theme_radius", "0"),
            ("theme_font", "Serif"),
            ("theme_density", "COMPACT"),
        ])
        .unwrap();
        assert_eq!(theme.light.primary.unwrap().to_string(), "#006644");
        assert_eq!(theme.dark.primary.unwrap().to_string(), "#7fe0b0");
        assert_eq!(theme.effective_radius(), 0);
        assert_eq!((theme.font, theme.density), (Font::Serif, Density::Compact));
        let unset = [("theme_primary", ""), ("theme_radius", ""), ("theme_dark_text", "")];
        assert_eq!(applied(&unset), Ok(Theme::default()));
        assert_eq!(applied(&[("theme_radius", "null")]), Ok(Theme::default()));
        assert_eq!(Theme::default().effective_radius(), 10);
    }

    #[test]
    fn nothing_but_the_listed_values_gets_in() {
        let cases: [(&str, &[&str]); 4] = [
            (
                "theme_primary",
                &[
                    "red",
                    "1d4ed8",
                    "#1d4ed",
                    "#1d4ed8ff",
                    "#12",
                    "#ggg",
                    "#1d4ed8;",
                    " #fff",
                    "null",
                    "#é1",
                    "url(x)",
                    "var(--x)",
                    "#+12",
                    "#１２３",
                ],
            ),
            ("theme_radius", &["-1", "25", "256", "1.5", "+4", "10px", " 1", "０"]),
            ("theme_font", &["", "Comic Sans", "system-ui", "serif;", "url(x)"]),
            ("theme_density", &["", "cosy", "0"]),
        ];
        for (key, values) in cases {
            for value in values {
                let problems = applied(&[(key, value)]).expect_err(value);
                let start = format!("'{key}' must be ");
                assert!(
                    matches!(&problems[..], [one] if one.starts_with(&start)),
                    "{key}={value}: {problems:?}"
                );
            }
        }
    }

    #[test]
    fn a_stored_theme_survives_and_gains_later_keys() {
        let theme = applied(&[("theme_text", "#000"), ("theme_font", "mono")]).unwrap();
        let stored = serde_json::to_string(&theme).unwrap();
        assert_eq!(serde_json::from_str::<Theme>(&stored).unwrap(), theme);
        assert_eq!(serde_json::from_str::<Theme>("{}").unwrap(), Theme::default());
        let one = r##"{"dark": {"text": "#eeeeee"}}"##;
        assert_eq!(
            serde_json::from_str::<Theme>(one).unwrap().dark.text,
            Some(Colour::new(0xee, 0xee, 0xee))
        );
    }
}
