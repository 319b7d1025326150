//! Every language says the same things, by its own rules.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use super::*;

/// What one text is made of.
#[derive(Debug, Default, PartialEq, Eq)]
struct Made {
    variables: BTreeSet<String>,
    /// Of each selector on `$count`, the keys of its variants.
    plurals: Vec<BTreeSet<String>>,
    words: String,
}

impl Made {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push_str(value),
                PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                    self.variable(inline);
                }
                PatternElement::Placeable {
                    expression: Expression::Select { selector, variants },
                } => {
                    self.variable(selector);
                    let keys = variants.iter().map(|variant| match variant.key {
                        VariantKey::Identifier { name } => name.to_owned(),
                        VariantKey::NumberLiteral { value } => panic!("a variant for {value}"),
                    });
                    self.plurals.push(keys.collect());
                    for variant in variants {
                        self.read(&variant.value);
                    }
                }
            }
        }
    }

    fn variable(&mut self, inline: &InlineExpression<&str>) {
        let InlineExpression::VariableReference { id } = inline else {
            panic!("only variables are put into texts: {inline:?}")
        };
        self.variables.insert(id.name.to_owned());
    }
}

fn made(file: &str) -> BTreeMap<String, Made> {
    let resource = parser::parse(file).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut texts = BTreeMap::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let mut text = Made::default();
                text.read(message.value.as_ref().expect("a text"));
                assert!(message.attributes.is_empty(), "{}", message.id.name);
                assert!(texts.insert(message.id.name.to_owned(), text).is_none(), "twice");
            }
            Entry::Comment(_) => {}
            other => panic!("neither a text nor a comment: {other:?}"),
        }
    }
    texts
}

/// The categories of CLDR that whole numbers up to a thousand have in a language, and the last resort.
fn categories(tag: &str) -> BTreeSet<String> {
    let language: LanguageIdentifier = tag.split('-').next().unwrap().parse().unwrap();
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL).unwrap();
    let category = |number: usize| match rules.select(number).unwrap() {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    };
    (0..=1000).map(category).chain(["other"]).map(str::to_owned).collect()
}

#[test]
fn no_language_lacks_a_text_or_a_variable_or_has_one_too_many() {
    for source in &SOURCES {
        for (own, english) in source.texts.iter().zip(SOURCES[0].texts) {
            let (own, english) = (made(own), made(english));
            let variables = |texts: &BTreeMap<String, Made>| -> BTreeMap<String, BTreeSet<String>> {
                texts.iter().map(|(id, text)| (id.clone(), text.variables.clone())).collect()
            };
            assert_eq!(variables(&own), variables(&english), "{}", source.tag);
        }
    }
}

#[test]
fn every_plural_of_a_language_is_there_and_no_other() {
    for source in &SOURCES {
        let needed = categories(source.tag);
        for (id, text) in source.texts.into_iter().flat_map(made) {
            for keys in &text.plurals {
                assert_eq!(keys, &needed, "{}: {id}", source.tag);
            }
            // Where numbers change nothing, there is nothing to select.
            let counts = text.variables.contains("count");
            let expected = usize::from(counts && needed.len() > 1);
            assert_eq!(text.plurals.len(), expected, "{}: {id}", source.tag);
        }
    }
    assert_eq!(categories("ar").len(), 6);
    assert_eq!(categories("ru").len(), 4);
    assert_eq!(categories("ja").len(), 1);
}

#[test]
fn texts_are_plain_and_translated() {
    let english = made(SOURCES[0].texts[0]);
    for source in &SOURCES {
        for (id, text) in source.texts.into_iter().flat_map(made) {
            let words = &text.words;
            assert!(!words.contains(['<', '>', '&', '"', MISSING]), "{} {id}: {words}", source.tag);
            assert!(!words.trim().is_empty(), "{}: {id}", source.tag);
            for unwanted in ["invalid", "oops"] {
                assert!(!words.to_lowercase().contains(unwanted), "{} {id}: {words}", source.tag);
            }
            // Single words such as 'Code' or 'Test' may be the same.
            let same = english.get(&id).is_some_and(|english| english.words == *words);
            assert!(source.tag == "en" || !same || !words.trim().contains(' '), "{id}: {words}");
        }
    }
}

#[test]
fn nothing_is_said_that_no_page_says() {
    let pages = [
        include_str!("../widget/page.rs"),
        include_str!("../widget/screen.rs"),
        include_str!("../widget/shell.rs"),
        include_str!("../widget/view.rs"),
        include_str!("../widget/words.rs"),
        include_str!("../worker/text.rs"),
        include_str!("../../templates/widget/choose.html"),
        include_str!("../../templates/widget/end.html"),
        include_str!("../../templates/widget/enter.html"),
        include_str!("../../templates/widget/forms.html"),
        include_str!("../../templates/widget/layout.html"),
        include_str!("../../templates/widget/over.html"),
        include_str!("../../templates/widget/passed.html"),
        include_str!("../../templates/widget/resume.html"),
        include_str!("../../templates/widget/totp.html"),
        include_str!("../../templates/widget/passkey.html"),
        include_str!("../../templates/widget/backup_code.html"),
        include_str!("../../templates/widget/backup_codes.html"),
        include_str!("../../templates/widget/backup_codes_few.html"),
        include_str!("../../templates/widget/enrolled.html"),
        include_str!("../../templates/widget/set_up.html"),
        include_str!("../../templates/widget/totp_setup.html"),
        include_str!("../../templates/widget/trusted_device.html"),
        include_str!("../../templates/widget/passkey_window.html"),
        include_str!("../../templates/widget/factor.html"),
        include_str!("../../templates/widget/factor_link.html"),
        include_str!("../../templates/widget/factors.html"),
        include_str!("../widget/manage.rs"),
        include_str!("../widget/manage/change.rs"),
        include_str!("../widget/manage/screen.rs"),
        include_str!("../widget/enrol/screen.rs"),
        include_str!("../widget/passkey/screen.rs"),
        include_str!("../widget/embed.rs"),
    ];
    for id in SOURCES[0].texts.into_iter().flat_map(|file| made(file).into_keys()) {
        let quoted = format!("\"{id}\"");
        assert!(pages.iter().any(|page| page.contains(&quoted)), "{id} is not used");
    }
}

#[test]
fn the_nearest_language_is_chosen() {
    for (asked, used) in [
        ("pt-BR", "pt-BR"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("en-GB", "en"),
        ("de-CH-1901", "de"),
        ("es-419", "es"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-SG", "zh-Hans"),
        ("zh-Hant-TW", "zh-Hans"),
        ("ar-EG", "ar"),
        ("iw-IL", "he"),
        ("in", "id"),
        ("tlh", "en"),
        ("und", "en"),
        ("pt_br", "pt-BR"),
        ("no language at all", "en"),
        ("", "en"),
    ] {
        assert_eq!(Locale::named(asked).tag(), used, "{asked}");
    }
}

#[test]
fn each_language_is_found_by_its_tag_which_is_canonical() {
    for (locale, source) in Locale::all().iter().zip(&SOURCES) {
        assert_eq!(Language::parse(source.tag).unwrap().as_str(), source.tag);
        for tag in [source.tag].iter().chain(source.also) {
            assert_eq!(Locale::named(tag).tag(), source.tag);
        }
        let rtl = ["ar", "he"].contains(&source.tag);
        assert_eq!(locale.direction(), if rtl { "rtl" } else { "ltr" }, "{}", source.tag);
    }
    assert_eq!(Locale::english().tag(), "en");
}

#[test]
fn what_is_missing_is_marked() {
    let none = FluentArgs::new();
    assert_eq!(Locale::english().text("no-such-text", &none), format!("{MISSING}no-such-text"));
    assert!(Locale::english().text("choose-text-sms", &none).starts_with(MISSING), "no number");
}
