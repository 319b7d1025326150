//! Every colour of a page, made from the four that can be chosen.
//!
//! Each derived colour begins as the one that looks best and moves towards a chosen one until it keeps its
//! contrast. The chosen ones keep theirs (`contrast.rs`), so there is always an end to that.

use super::Colour;
use super::contrast::{READABLE, VISIBLE};

/// The colours of a theme in one scheme, ours where the app has none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen {
    pub(super) primary: Colour,
    pub(super) background: Colour,
    pub(super) text: Colour,
    pub(super) danger: Colour,
}

/// Every colour of a page in one scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// The main button, and the ring around what has the focus.
    pub primary: Colour,
    /// The main button under the pointer.
    pub primary_over: Colour,
    /// The label of the main button.
    pub on_primary: Colour,
    /// Behind everything.
    pub background: Colour,
    /// What is read.
    pub text: Colour,
    /// What is read second.
    pub muted: Colour,
    /// The border of a field.
    pub field: Colour,
    /// Lines that only divide.
    pub line: Colour,
    /// What is wrong.
    pub danger: Colour,
    /// Behind a text about what is wrong.
    pub danger_soft: Colour,
    /// Behind a text that only informs, and behind a quiet button under the pointer.
    pub calm_soft: Colour,
    /// The mark of success.
    pub good: Colour,
}

impl Palette {
    pub(super) fn derive(chosen: Chosen) -> Self {
        let Chosen { primary, background, text, danger } = chosen;
        let on_primary = label(primary);
        let reads = |over: Colour| text.contrast(over) >= READABLE;
        let muted = towards(text, background, 34, |muted| muted.contrast(background) >= READABLE);
        Self {
            primary,
            primary_over: under_the_pointer(primary, on_primary),
            on_primary,
            background,
            text,
            muted,
            field: towards(text, background, 48, |field| field.contrast(background) >= VISIBLE),
            line: background.mixed(text, 14),
            danger,
            danger_soft: towards(background, danger, 10, |soft| {
                reads(soft)
                    && muted.contrast(soft) >= READABLE
                    && danger.contrast(soft) >= READABLE
                    && primary.contrast(soft) >= READABLE
            }),
            calm_soft: towards(background, primary, 9, |soft| {
                reads(soft)
                    && muted.contrast(soft) >= READABLE
                    && primary.contrast(soft) >= READABLE
            }),
            good: towards(text, Colour::new(0x16, 0xa0, 0x58), 100, |good| {
                good.contrast(background) >= VISIBLE
            }),
        }
    }
}

/// `start` with as much of `aim` as `holds` allows, at most `most` percent; none at all always holds for the
/// colours of an accepted theme.
fn towards(start: Colour, aim: Colour, most: u8, holds: impl Fn(Colour) -> bool) -> Colour {
    let mixes = (1..=most).rev().map(|percent| start.mixed(aim, percent));
    mixes.into_iter().find(|mixed| holds(*mixed)).unwrap_or(start)
}

/// Black or white, whichever is easier to read. One of the two always keeps 4.5:1: the colour that is equally
/// far from both still has 4.58:1 to each.
fn label(background: Colour) -> Colour {
    if background.contrast(Colour::WHITE) >= background.contrast(Colour::BLACK) {
        Colour::WHITE
    } else {
        Colour::BLACK
    }
}

/// Away from the label, which only adds contrast; a colour that is at that end already goes the other way.
fn under_the_pointer(primary: Colour, label: Colour) -> Colour {
    const SEEN: f64 = 1.1;
    let away = if label == Colour::WHITE { Colour::BLACK } else { Colour::WHITE };
    let over = primary.mixed(away, 18);
    if over.contrast(primary) >= SEEN {
        return over;
    }
    towards(primary, label, 18, |over| over.contrast(label) >= READABLE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::theme::{Colours, Scheme, Theme};

    /// What every page relies on.
    fn check(palette: &Palette) -> Result<(), String> {
        let Palette { primary, primary_over, on_primary, background, text, muted, .. } = *palette;
        let Palette { field, danger, danger_soft, calm_soft, good, .. } = *palette;
        for (pair, one, two, least) in [
            ("text on background", text, background, READABLE),
            ("muted on background", muted, background, READABLE),
            ("danger on background", danger, background, READABLE),
            ("primary on background", primary, background, READABLE),
            ("label on primary", on_primary, primary, READABLE),
            ("label on primary under the pointer", on_primary, primary_over, READABLE),
            ("text on danger-soft", text, danger_soft, READABLE),
            ("text on calm-soft", text, calm_soft, READABLE),
            ("muted on danger-soft", muted, danger_soft, READABLE),
            ("muted on calm-soft", muted, calm_soft, READABLE),
            ("danger on danger-soft", danger, danger_soft, READABLE),
            ("primary on calm-soft", primary, calm_soft, READABLE),
            ("primary on danger-soft", primary, danger_soft, READABLE),
            ("field on background", field, background, VISIBLE),
            ("good on background", good, background, VISIBLE),
        ] {
            let ratio = one.contrast(two);
            if ratio < least {
                return Err(format!("{pair}: {one} and {two} have {ratio}"));
            }
        }
        Ok(())
    }

    fn colour() -> impl Strategy<Value = Colour> {
        any::<[u8; 3]>().prop_map(|[red, green, blue]| Colour::new(red, green, blue))
    }

    /// Dark or light, so that few combinations are refused.
    fn end(light: bool) -> impl Strategy<Value = Colour> {
        let channel = if light { 140..=255_u8 } else { 0..=130_u8 };
        prop::array::uniform3(channel).prop_map(|[red, green, blue]| Colour::new(red, green, blue))
    }

    fn chosen() -> impl Strategy<Value = Chosen> {
        any::<bool>().prop_flat_map(|dark| {
            let colours = (end(dark), end(!dark), end(dark), end(dark));
            colours.prop_map(|(primary, background, text, danger)| Chosen {
                primary,
                background,
                text,
                danger,
            })
        })
    }

    fn theme(chosen: Chosen) -> Theme {
        let Chosen { primary, background, text, danger } = chosen;
        let colours = Colours {
            primary: Some(primary),
            background: Some(background),
            text: Some(text),
            danger: Some(danger),
        };
        Theme { light: colours.clone(), dark: colours, ..Theme::default() }
    }

    #[test]
    fn our_own_colours_hold() {
        for scheme in Scheme::ALL {
            assert_eq!(check(&Theme::default().palette(scheme)), Ok(()), "{scheme:?}");
        }
    }

    #[test]
    fn the_least_that_is_accepted_holds() {
        let colour = |text| Colour::parse(text).expect(text);
        // Nothing to spare, or black and white on the one grey that carries both.
        for [primary, background, text, danger] in [
            ["#767676", "#fff", "#767676", "#767676"],
            ["#000", "#757575", "#fff", "#000"],
            ["#fff", "#757575", "#000", "#fff"],
            ["#000", "#fff", "#000", "#000"],
            ["#ff0", "#00f", "#fff", "#0f0"],
        ]
        .map(|colours| colours.map(colour))
        {
            let theme = theme(Chosen { primary, background, text, danger });
            assert_eq!(theme.contrast_problems(), Vec::<String>::new());
            assert_eq!(check(&theme.palette(Scheme::Light)), Ok(()));
        }
    }

    #[test]
    fn a_button_changes_under_the_pointer_even_at_the_ends() {
        for end in [Colour::BLACK, Colour::WHITE] {
            let over = under_the_pointer(end, label(end));
            assert!(over.contrast(end) > 1.2 && over.contrast(label(end)) >= READABLE, "{over}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { max_global_rejects: 50_000, ..ProptestConfig::with_cases(1000) })]

        #[test]
        fn every_accepted_theme_is_readable_all_over(chosen in chosen()) {
            let theme = theme(chosen);
            prop_assume!(theme.contrast_problems().is_empty());
            for scheme in Scheme::ALL {
                prop_assert_eq!(check(&theme.palette(scheme)), Ok(()));
            }
        }

        #[test]
        fn the_label_of_any_button_is_readable(primary in colour()) {
            let label = label(primary);
            prop_assert!(primary.contrast(label) >= READABLE);
            prop_assert!(under_the_pointer(primary, label).contrast(label) >= READABLE);
        }
    }
}
