//! A value as a source gave it, before anybody knows what it should be.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value from the file, the environment or a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raw {
    /// Text from the environment or a flag: it may stand for a number or a list as well.
    Word(String),
    /// A string of the file.
    Quoted(String),
    /// A number of the file.
    Number(i64),
    /// A list of the file.
    List(Vec<Raw>),
    /// Something else of the file, which no key takes: a date, a table.
    Other(&'static str),
}

impl Raw {
    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Word(text) | Self::Quoted(text) => Some(text),
            Self::Number(_) | Self::List(_) | Self::Other(_) => None,
        }
    }

    /// The parts of a list. A word is a list separated by commas or spaces; an empty one is empty.
    pub(super) fn items(&self) -> Option<Vec<Raw>> {
        match self {
            Self::List(items) => Some(items.clone()),
            Self::Word(text) => Some(
                text.split(|c: char| c == ',' || c.is_whitespace())
                    .filter(|part| !part.is_empty())
                    .map(|part| Self::Word(part.to_owned()))
                    .collect(),
            ),
            Self::Quoted(_) | Self::Number(_) | Self::Other(_) => None,
        }
    }

    pub(super) fn from_toml(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Quoted(text.clone().into_owned()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Self::Other("a number that is too large"), Self::Number),
            DeValue::Array(items) => {
                Self::List(items.iter().map(|item| Self::from_toml(item.get_ref())).collect())
            }
            DeValue::Float(_) => Self::Other("a number with a fraction"),
            DeValue::Boolean(_) => Self::Other("true or false"),
            DeValue::Datetime(_) => Self::Other("a date"),
            DeValue::Table(_) => Self::Other("a table"),
        }
    }
}

impl fmt::Display for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(text) | Self::Quoted(text) => write!(f, "{text:?}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(f, "{separator}{item}")?;
                }
                f.write_str("]")
            }
            Self::Other(what) => f.write_str(what),
        }
    }
}

/// One entry of the file.
pub(super) struct Entry {
    pub(super) section: String,
    /// Which of several tables of that name, counted from 1; None where it is written as one.
    pub(super) table: Option<usize>,
    /// None when the section's name holds something that is no table, and for the head of one of several.
    pub(super) key: Option<String>,
    pub(super) value: Raw,
    /// Counted from 1.
    pub(super) line: usize,
}

/// A place where the file is no TOML.
pub(super) struct SyntaxError {
    /// Counted from 1.
    pub(super) line: usize,
    pub(super) message: String,
}

/// Reads a file's text. What can be read is given even where something else can't, so that one run tells
/// all problems.
pub(super) fn entries(text: &str) -> (Vec<Entry>, Vec<SyntaxError>) {
    let line = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    let (table, errors) = DeTable::parse_recoverable(text);
    let errors = errors
        .into_iter()
        .map(|error| SyntaxError {
            line: line(error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        })
        .collect();
    let mut entries = Vec::new();
    for (section, value) in table.get_ref() {
        let name = section.get_ref().clone().into_owned();
        let entry = |table, key, value, at| Entry {
            section: name.clone(),
            table,
            key,
            value,
            line: line(at),
        };
        match value.get_ref() {
            DeValue::Table(keys) => {
                entries.extend(keys.iter().map(|(key, value)| {
                    let word = key.get_ref().clone().into_owned();
                    entry(None, Some(word), Raw::from_toml(value.get_ref()), key.span().start)
                }));
                if keys.is_empty() {
                    // An empty section can still be a misspelt one.
                    entries.push(entry(None, None, Raw::Other("a table"), section.span().start));
                }
            }
            DeValue::Array(items) if is_tables(items.iter().map(Spanned::get_ref)) => {
                for (index, item) in items.iter().enumerate() {
                    let DeValue::Table(keys) = item.get_ref() else { continue };
                    let table = Some(index + 1);
                    entries.push(entry(table, None, Raw::Other("a table"), item.span().start));
                    entries.extend(keys.iter().map(|(key, value)| {
                        let word = key.get_ref().clone().into_owned();
                        entry(table, Some(word), Raw::from_toml(value.get_ref()), key.span().start)
                    }));
                }
            }
            other => {
                entries.push(entry(None, None, Raw::from_toml(other), section.span().start));
            }
        }
    }
    (entries, errors)
}

fn is_tables<'a, 'b: 'a>(items: impl Iterator<Item = &'a DeValue<'b>>) -> bool {
    let mut kinds = items.map(|item| matches!(item, DeValue::Table(_))).peekable();
    kinds.peek().is_some() && kinds.all(|is_table| is_table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_know_their_line() {
        let (entries, errors) = entries("[server]\nlisten = \"x\"\n\n[codes]\ndigits = 0x10\n");
        assert!(errors.is_empty());
        let found: Vec<_> = entries.iter().map(|e| (e.key.as_deref(), e.line)).collect();
        assert_eq!(found, [(Some("digits"), 5), (Some("listen"), 2)]);
        assert_eq!(entries[0].value, Raw::Number(16));
    }

    #[test]
    fn tables_of_one_name_are_told_apart() {
        let (entries, _) = entries("x = 1\n[[provider]]\nname = \"a\"\n\n[[provider]]\n");
        let found: Vec<_> = entries
            .iter()
            .map(|e| (e.section.as_str(), e.table, e.key.as_deref(), e.line))
            .collect();
        assert_eq!(
            found,
            [
                ("provider", Some(1), None, 2),
                ("provider", Some(1), Some("name"), 3),
                ("provider", Some(2), None, 5),
                ("x", None, None, 1)
            ]
        );
    }

    #[test]
    fn broken_lines_do_not_hide_the_others() {
        let (entries, errors) = entries("[server]\nlisten = \nbase_url = \"http://x\"\n");
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].line, 2);
        assert!(entries.iter().any(|entry| entry.key.as_deref() == Some("base_url")));
    }

    #[test]
    fn words_are_lists_too() {
        let words = |text: &str| Raw::Word(text.to_owned()).items().unwrap();
        assert_eq!(words("30s, 60s 120s").len(), 3);
        assert!(words(" ").is_empty());
        assert_eq!(Raw::Quoted("30s".to_owned()).items(), None);
    }
}
