//! The values of a theme that are words.

use serde::{Deserialize, Serialize};

/// Fonts that devices have already: none is ever downloaded, which would cost requests and tell others
/// who logs in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Font {
    /// The device's own.
    #[default]
    System,
    /// Plain and even, in the manner of Helvetica.
    Grotesque,
    /// With the shapes of handwriting left in.
    Humanist,
    /// With round ends, where the device has such a font.
    Rounded,
    /// With serifs.
    Serif,
    /// All letters of one width.
    Mono,
}

impl Font {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::System, Self::Grotesque, Self::Humanist, Self::Rounded, Self::Serif, Self::Mono];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Grotesque => "grotesque",
            Self::Humanist => "humanist",
            Self::Rounded => "rounded",
            Self::Serif => "serif",
            Self::Mono => "mono",
        }
    }

    /// What stands for it in a style sheet, as a `font-family`.
    pub const fn stack(self) -> &'static str {
        match self {
            Self::System => r#"system-ui,-apple-system,"Segoe UI",Roboto,sans-serif"#,
            Self::Grotesque => r#""Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif"#,
            Self::Humanist => r#"Seravek,Optima,Candara,Calibri,"Noto Sans",sans-serif"#,
            Self::Rounded => {
                r#"ui-rounded,"SF Pro Rounded","Arial Rounded MT",Nunito,Calibri,sans-serif"#
            }
            Self::Serif => r#"Charter,"Iowan Old Style",Cambria,Georgia,"Noto Serif",serif"#,
            Self::Mono => r#"ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace"#,
        }
    }

    pub(super) fn read(value: &str) -> Result<Self, Vec<String>> {
        choice("theme_font", Self::ALL.map(|font| (font.as_str(), font)), value)
    }
}

/// How much room there is around things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// Room to breathe.
    #[default]
    Comfortable,
    /// Less room, with everything still large enough to hit.
    Compact,
}

impl Density {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    pub(super) fn read(value: &str) -> Result<Self, Vec<String>> {
        choice("theme_density", Self::ALL.map(|density| (density.as_str(), density)), value)
    }
}

fn choice<T, const N: usize>(
    key: &str,
    choices: [(&'static str, T); N],
    value: &str,
) -> Result<T, Vec<String>> {
    let names = choices.each_ref().map(|(name, _)| *name).join(", ");
    choices
        .into_iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(value))
        .map(|(_, choice)| choice)
        .ok_or_else(|| vec![format!("'{key}' must be one of {names}.")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_wire_are_those_of_storage() {
        for font in Font::ALL {
            assert_eq!(serde_json::to_value(font).unwrap(), font.as_str());
            assert_eq!(Font::read(font.as_str()), Ok(font));
        }
        for density in Density::ALL {
            assert_eq!(serde_json::to_value(density).unwrap(), density.as_str());
            assert_eq!(Density::read(density.as_str()), Ok(density));
        }
        assert_eq!(
            Font::read("papyrus"),
            Err(vec![
                "'theme_font' must be one of system, grotesque, humanist, rounded, serif, mono."
                    .to_owned()
            ])
        );
    }

    #[test]
    fn stacks_can_only_be_lists_of_families() {
        for font in Font::ALL {
            let stack = font.stack();
            assert!(
                stack.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -,\"".contains(&byte)),
                "{stack}"
            );
            assert!(stack.ends_with("serif") || stack.ends_with("monospace"), "{stack}");
        }
    }
}
