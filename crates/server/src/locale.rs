//! The languages that end users are spoken to in, and their texts (Project Fluent), compiled into the binary.
//!
//! Isolation marks are off: they cost a text message its alphabet. Pages isolate names and numbers by markup.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use onlyauth_core::language::Language;

/// What stands in place of a text that is missing. No text of ours has it; a test looks for it on every page.
pub const MISSING: char = '\u{fffd}';

/// Where the texts of one language come from.
#[derive(Clone, Copy)]
struct Source {
    tag: &'static str,
    /// Tags that are this language too, beside `tag` and what falls back to it.
    also: &'static [&'static str],
    direction: &'static str,
    texts: [&'static str; 2],
}

macro_rules! sources {
    ($($tag:literal $direction:ident $(also $also:literal)*;)*) => {
        [$(Source {
            tag: $tag,
            also: &[$($also),*],
            direction: stringify!($direction),
            texts: [
                include_str!(concat!("../locales/", $tag, "/widget.ftl")),
                include_str!(concat!("../locales/", $tag, "/message.ftl")),
            ],
        }),*]
    };
}

/// English comes first: it is what is left when nothing else fits.
const SOURCES: [Source; 18] = sources! {
    "en" ltr;
    "ar" rtl;
    "de" ltr;
    "es" ltr;
    "fr" ltr;
    "he" rtl also "iw";
    "hi" ltr;
    "id" ltr also "in";
    "it" ltr;
    "ja" ltr;
    "ko" ltr;
    "nl" ltr;
    "pl" ltr;
    "pt-BR" ltr also "pt";
    "ru" ltr;
    "tr" ltr;
    "uk" ltr;
    "zh-Hans" ltr also "zh";
};

static LOCALES: LazyLock<[Locale; SOURCES.len()]> = LazyLock::new(|| SOURCES.map(Locale::load));

/// A language with all its texts.
pub struct Locale {
    tag: &'static str,
    also: &'static [&'static str],
    direction: &'static str,
    texts: FluentBundle<FluentResource>,
}

impl Locale {
    /// English, in which everything can be said.
    pub fn english() -> &'static Self {
        &LOCALES[0]
    }

    /// Every language there is.
    pub fn all() -> &'static [Self] {
        LOCALES.as_slice()
    }

    /// The best for a language: the first of its fallbacks that there are texts in.
    pub fn of(language: &Language) -> &'static Self {
        let known = |tag: &str| {
            LOCALES.iter().find(|locale| locale.tag == tag || locale.also.contains(&tag))
        };
        language.fallbacks().find_map(known).unwrap_or_else(Self::english)
    }

    /// The best for a tag as it stands in a token or in the database; English for what is no tag.
    pub fn named(tag: &str) -> &'static Self {
        Language::parse(tag).map_or_else(|_| Self::english(), |language| Self::of(&language))
    }

    /// Its BCP 47 tag, for `lang`.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// Other tags that it is chosen by.
    pub fn also(&self) -> &'static [&'static str] {
        self.also
    }

    /// `ltr` or `rtl`, for `dir`.
    pub fn direction(&self) -> &'static str {
        self.direction
    }

    /// A text. What is put into it is put in as it stands, without isolation marks.
    /// One that nothing is put into is not copied.
    pub fn text(&self, id: &str, arguments: &FluentArgs<'_>) -> Cow<'_, str> {
        let pattern = self.texts.get_message(id).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            tracing::error!(text = id, language = self.tag, "locale.text_missing");
            return format!("{MISSING}{id}").into();
        };
        let mut errors = Vec::new();
        let text = self.texts.format_pattern(pattern, Some(arguments), &mut errors);
        if !errors.is_empty() {
            tracing::error!(text = id, language = self.tag, errors = ?errors, "locale.text_broken");
            return format!("{MISSING}{text}").into();
        }
        text
    }

    fn load(source: Source) -> Self {
        let language = source.tag.parse().unwrap_or_default();
        let mut texts = FluentBundle::new_concurrent(vec![language]);
        texts.set_use_isolating(false);
        for text in source.texts {
            // What could be read of a broken file is used; a test refuses broken files.
            let resource = FluentResource::try_new(text.to_owned());
            texts.add_resource_overriding(resource.unwrap_or_else(|(readable, _)| readable));
        }
        Self { tag: source.tag, also: source.also, direction: source.direction, texts }
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.tag)
    }
}
