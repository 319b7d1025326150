//! The style sheet of a theme: variables, then the rules that use them.

use std::fmt::Write;

use onlyauth_core::app::Theme;
use onlyauth_core::app::theme::{Density, Palette, Scheme};

/// Rules without a colour or a size of their own.
const RULES: &str = include_str!("../../assets/widget.css");

/// All of it. The browser's wish decides between light and dark, unless the page has a `data-theme`.
pub(super) fn write(theme: &Theme) -> String {
    let (light, dark) = (colours(theme, Scheme::Light), colours(theme, Scheme::Dark));
    let (radius, font, room) = (theme.effective_radius(), theme.font.stack(), room(theme.density));
    format!(
        ":root{{color-scheme:light dark;--radius:{radius}px;--font:{font};{room}{light}}}\n\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
         :root[data-theme=light]{{color-scheme:light}}\n\
         :root[data-theme=dark]{{color-scheme:dark;{dark}}}\n\
         {RULES}"
    )
}

fn colours(theme: &Theme, scheme: Scheme) -> String {
    let Palette {
        primary,
        primary_over,
        on_primary,
        background,
        text,
        muted,
        field,
        line,
        danger,
        danger_soft,
        calm_soft,
        good,
    } = theme.palette(scheme);
    let mut written = String::new();
    for (name, colour) in [
        ("primary", primary),
        ("primary-over", primary_over),
        ("on-primary", on_primary),
        ("background", background),
        ("text", text),
        ("muted", muted),
        ("field", field),
        ("line", line),
        ("danger", danger),
        ("danger-soft", danger_soft),
        ("calm-soft", calm_soft),
        ("good", good),
    ] {
        // A String takes whatever is written to it.
        let _ = write!(written, "--{name}:{colour};");
    }
    written
}

/// Padding of the page, gap between its parts, height of what is pressed: at least 44 px (WCAG 2.2, 2.5.5).
fn room(density: Density) -> &'static str {
    match density {
        Density::Comfortable => "--page:1.5rem;--gap:1.25rem;--control:3rem;",
        Density::Compact => "--page:1rem;--gap:.875rem;--control:2.75rem;",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names_after<'a>(css: &'a str, before: &str) -> BTreeSet<&'a str> {
        css.split(before)
            .skip(1)
            .map(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
                &rest[..end.unwrap_or(rest.len())]
            })
            .collect()
    }

    fn themed() -> Theme {
        Theme::from_segment("p006644-P7fe0b0-r4-fserif-c").unwrap()
    }

    #[test]
    fn every_variable_is_set_and_used() {
        for theme in [Theme::default(), themed()] {
            let css = write(&theme);
            let used = names_after(&css, "var(--");
            let set: BTreeSet<_> = names_after(&css, "--")
                .into_iter()
                .filter(|name| css.contains(&format!("--{name}:")))
                .collect();
            assert_eq!(used, set);
        }
    }

    #[test]
    fn both_schemes_set_the_same_variables() {
        let theme = themed();
        let (light, dark) = (colours(&theme, Scheme::Light), colours(&theme, Scheme::Dark));
        assert_eq!(names_after(&light, "--"), names_after(&dark, "--"));
        let css = write(&theme);
        assert_eq!(css.matches(&dark).count(), 2, "where it is wished for, and where it is forced");
        assert_eq!(css.matches(&light).count(), 1);
        assert!(light.contains("--primary:#006644;") && dark.contains("--primary:#7fe0b0;"));
        assert!(css.contains("--radius:4px;") && css.contains("--font:Charter,"));
    }

    #[test]
    fn rules_have_no_colour_of_their_own() {
        for rest in RULES.split('#').skip(1) {
            let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
            assert!(digits < 3, "#{}", &rest[..digits]);
        }
        assert!(!RULES.contains("hsl(") && !RULES.contains("url(") && !RULES.contains("@import"));
        assert!(!RULES.contains("animation") && !RULES.contains("transition"), "reduced motion");
        for side in ["-left", "-right", "left:", "right:"] {
            assert!(!RULES.contains(side), "{side} is wrong where text runs from right to left");
        }
    }
}
