//! Which colours of a theme can't be read on each other.

use super::palette::Chosen;
use super::{Colour, Colours, Scheme, Theme};

/// The least contrast of what is read (WCAG 2.2, 1.4.3).
pub(super) const READABLE: f64 = 4.5;

/// The least contrast of what only needs to be seen: borders of fields, the ring of the focus (WCAG 2.2, 1.4.11).
pub(super) const VISIBLE: f64 = 3.0;

/// What an app chose, and ours where it chose nothing.
pub(super) fn effective(colours: &Colours, scheme: Scheme) -> Chosen {
    let ours = ours(scheme);
    Chosen {
        primary: colours.primary.unwrap_or(ours.primary),
        background: colours.background.unwrap_or(ours.background),
        text: colours.text.unwrap_or(ours.text),
        danger: colours.danger.unwrap_or(ours.danger),
    }
}

fn ours(scheme: Scheme) -> Chosen {
    match scheme {
        Scheme::Light => Chosen {
            primary: Colour::new(0x1d, 0x4e, 0xd8),
            background: Colour::WHITE,
            text: Colour::new(0x17, 0x1b, 0x26),
            danger: Colour::new(0xb3, 0x26, 0x1e),
        },
        Scheme::Dark => Chosen {
            primary: Colour::new(0x8a, 0xb4, 0xff),
            background: Colour::new(0x14, 0x16, 0x1c),
            text: Colour::new(0xec, 0xee, 0xf3),
            danger: Colour::new(0xff, 0xb4, 0xab),
        },
    }
}

impl Theme {
    /// The pairs of colours that nobody should have to read, one sentence each. A colour that the app leaves to
    /// us counts too: it is what end users would see beside the chosen one.
    pub(in crate::app) fn contrast_problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for scheme in Scheme::ALL {
            let prefix = match scheme {
                Scheme::Light => "theme_",
                Scheme::Dark => "theme_dark_",
            };
            let chosen = effective(self.colours(scheme), scheme);
            let background = chosen.background;
            for (name, colour) in
                [("text", chosen.text), ("primary", chosen.primary), ("danger", chosen.danger)]
            {
                let ratio = colour.contrast(background);
                if ratio < READABLE {
                    problems.push(format!(
                        "'{prefix}{name}' ({colour}) on '{prefix}background' ({background}) has a \
                         contrast of {}:1; at least {READABLE}:1 is needed.",
                        rounded_down(ratio)
                    ));
                }
            }
        }
        problems
    }
}

/// Two decimals, never more than there is: 4.499 must not be told as 4.5, which would do.
fn rounded_down(ratio: f64) -> String {
    format!("{:.2}", (ratio * 100.0).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use crate::app::AppSettings;
    use crate::app::form::tests::fields;

    type Pair = (&'static str, &'static str);

    #[test]
    fn unreadable_pairs_are_told_with_their_ratio() {
        let cases: [(&[Pair], &[&str]); 8] = [
            (&[("theme_text", "#767676")], &[]),
            (
                &[("theme_text", "#777")],
                &[
                    "'theme_text' (#777777) on 'theme_background' (#ffffff) has a contrast of 4.47:1; \
                   at least 4.5:1 is needed.",
                ],
            ),
            (
                &[("theme_primary", "#ff0000")],
                &["'theme_primary' (#ff0000) on 'theme_background' (#ffffff) has a contrast of \
                   3.99:1; at least 4.5:1 is needed."],
            ),
            // Ours beside what the app chose.
            (
                &[("theme_background", "#000"), ("theme_text", "#fff")],
                &[
                    "'theme_primary' (#1d4ed8) on 'theme_background' (#000000) has a contrast of \
                     3.13:1; at least 4.5:1 is needed.",
                    "'theme_danger' (#b3261e) on 'theme_background' (#000000) has a contrast of \
                     3.21:1; at least 4.5:1 is needed.",
                ],
            ),
            (
                &[("theme_dark_danger", "#b3261e")],
                &["'theme_dark_danger' (#b3261e) on 'theme_dark_background' (#14161c) has a \
                   contrast of 2.76:1; at least 4.5:1 is needed."],
            ),
            // The misread colour could have been readable, but other contradictions are told beside it.
            (
                &[("theme_text", "#777"), ("theme_background", "black"), ("colour", "x")],
                &["'theme_background' must be a colour", "'colour' is not a setting."],
            ),
            (
                &[("theme_text", "#fff"), ("allow_sms_channel", "0")],
                &[
                    "'first_enrollment' can't be after_phone",
                    "'theme_text' (#ffffff) on 'theme_background' (#ffffff) has a contrast of 1.00:1;",
                ],
            ),
            (
                &[("theme_text", "#fff"), ("allow_sms_channel", "x")],
                &["'allow_sms_channel' must be", "'theme_text' (#ffffff)"],
            ),
        ];
        for (pairs, expected) in cases {
            let problems = AppSettings::default().apply(&fields(pairs)).err().unwrap_or_default();
            assert_eq!(problems.len(), expected.len(), "{pairs:?}: {problems:?}");
            for (problem, start) in problems.iter().zip(expected) {
                assert!(problem.starts_with(start), "{problem}");
            }
        }
    }

    #[test]
    fn a_ratio_just_under_the_limit_is_not_told_as_the_limit() {
        assert_eq!(super::rounded_down(4.499_999), "4.49");
        assert_eq!(super::rounded_down(1.0), "1.00");
    }
}
