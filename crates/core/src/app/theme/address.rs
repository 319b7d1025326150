//! A theme as one segment of an address.
//!
//! The style sheet of an app is one file that anybody may fetch and keep for ever, so all that it depends on
//! stands in its address: `p006644-P7fe0b0-r4-fserif-c`. A letter names the value (capitals: dark), nothing
//! that is ours anyway is written, and each theme has exactly one spelling.

use super::contrast::effective;
use super::{Colour, Density, Font, MAX_RADIUS, RADIUS, Scheme, Theme};

/// No theme is longer.
const LONGEST: usize = 96;

impl Theme {
    /// This theme as a segment of an address, in unreserved characters; empty when it looks as ours.
    pub fn to_segment(&self) -> String {
        let mut parts = Vec::new();
        for (scheme, letters) in [(Scheme::Light, "pbtd"), (Scheme::Dark, "PBTD")] {
            let (theirs, ours) = (chosen(self, scheme), chosen(&Self::default(), scheme));
            for (letter, (colour, own)) in letters.chars().zip(theirs.into_iter().zip(ours)) {
                if colour != own {
                    parts.push(colour.to_string().replace('#', &letter.to_string()));
                }
            }
        }
        if self.effective_radius() != RADIUS {
            parts.push(format!("r{}", self.effective_radius()));
        }
        if self.font != Font::default() {
            parts.push(format!("f{}", self.font.as_str()));
        }
        if self.density == Density::Compact {
            parts.push("c".to_owned());
        }
        parts.join("-")
    }

    /// Reads what [`Theme::to_segment`] writes; nothing for any other text, so that a style sheet has one
    /// address only and nothing but listed values can come out. Contrast is not judged again: a theme that
    /// was accepted once must still be served when our own colours beside it have changed.
    pub fn from_segment(text: &str) -> Option<Self> {
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let mut theme = Self::default();
        for part in text.split('-') {
            theme.read_part(part)?;
        }
        (theme.to_segment() == text).then_some(theme)
    }

    fn read_part(&mut self, part: &str) -> Option<()> {
        let letter = part.chars().next()?;
        let value = part.get(letter.len_utf8()..)?;
        let colour = match letter {
            'p' => &mut self.light.primary,
            'b' => &mut self.light.background,
            't' => &mut self.light.text,
            'd' => &mut self.light.danger,
            'P' => &mut self.dark.primary,
            'B' => &mut self.dark.background,
            'T' => &mut self.dark.text,
            'D' => &mut self.dark.danger,
            'r' => {
                self.radius = Some(value.parse().ok().filter(|radius| *radius <= MAX_RADIUS)?);
                return Some(());
            }
            'f' => {
                self.font = Font::read(value).ok()?;
                return Some(());
            }
            'c' => {
                self.density = Density::Compact;
                return Some(());
            }
            _ => return None,
        };
        *colour = Some(Colour::parse(&format!("#{value}"))?);
        Some(())
    }
}

fn chosen(theme: &Theme, scheme: Scheme) -> [Colour; 4] {
    let chosen = effective(theme.colours(scheme), scheme);
    [chosen.primary, chosen.background, chosen.text, chosen.danger]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::theme::Colours;

    #[test]
    fn what_is_ours_is_not_written() {
        assert_eq!(Theme::default().to_segment(), "");
        let mut theme = Theme { radius: Some(RADIUS), ..Theme::default() };
        theme.light.background = Some(Colour::WHITE);
        assert_eq!(theme.to_segment(), "");
        theme.light.primary = Colour::parse("#064");
        theme.dark.primary = Colour::parse("#7fe0b0");
        theme.radius = Some(4);
        theme.font = Font::Serif;
        theme.density = Density::Compact;
        assert_eq!(theme.to_segment(), "p006644-P7fe0b0-r4-fserif-c");
    }

    #[test]
    fn other_spellings_are_nothing() {
        for text in [
            "",
            "-",
            "p",
            "p064",
            "p00664",
            "p00664G",
            "pABCDEF",
            "p006644-",
            "-p006644",
            "p006644--c",
            "c-p006644",
            "p006644-p006644",
            "p006644-p006645",
            "x006644",
            "r10",
            "r04",
            "r+4",
            "r25",
            "r",
            "fsystem",
            "fSerif",
            "fserif;",
            "f",
            "cc",
            "c1",
            "bffffff",
            "é",
            "p#06644",
            "p006644}*{x:y",
            &"c-".repeat(100),
        ] {
            assert_eq!(Theme::from_segment(text), None, "{text}");
        }
    }

    fn colours() -> impl Strategy<Value = Colours> {
        let one = || {
            prop::option::of(
                any::<[u8; 3]>().prop_map(|[red, green, blue]| Colour::new(red, green, blue)),
            )
        };
        (one(), one(), one(), one()).prop_map(|(primary, background, text, danger)| Colours {
            primary,
            background,
            text,
            danger,
        })
    }

    proptest! {
        #[test]
        fn a_theme_survives_its_address(
            light in colours(),
            dark in colours(),
            radius in prop::option::of(0..=MAX_RADIUS),
            font in prop::sample::select(Font::ALL.to_vec()),
            density in prop::sample::select(Density::ALL.to_vec()),
        ) {
            let theme = Theme { light, dark, radius, font, density };
            let segment = theme.to_segment();
            prop_assert!(segment.len() <= LONGEST);
            prop_assert!(segment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
            if segment.is_empty() {
                return Ok(());
            }
            let read = Theme::from_segment(&segment).expect("our own spelling");
            for scheme in Scheme::ALL {
                prop_assert_eq!(read.palette(scheme), theme.palette(scheme));
            }
            prop_assert_eq!(read.effective_radius(), theme.effective_radius());
            prop_assert_eq!((read.font, read.density), (theme.font, theme.density));
        }

        #[test]
        fn no_text_is_read_as_more_than_a_theme(text in "[-pPbBtTdDrfc0-9a-g]{0,40}|.{0,20}") {
            if let Some(theme) = Theme::from_segment(&text) {
                prop_assert_eq!(theme.to_segment(), text);
            }
        }
    }
}
