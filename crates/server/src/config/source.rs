//! The sources, laid over each other: file, then environment, then flags.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::nearest::nearest;
use super::problem::{Origin, Problem};
use super::section::{Key, accepts};
use super::setting::Setting;
use super::value::{Raw, entries};

/// What every variable of ours begins with.
const PREFIX: &str = "ONLYAUTH_";

/// Another name of `ONLYAUTH_KEYS_MASTER_KEY_FILE`, since the master key is what containers mount as a file.
pub const MASTER_KEY_FILE: &str = "ONLYAUTH_MASTER_KEY_FILE";
/// Names the configuration file, as `--config` does.
pub const CONFIG_FILE: &str = "ONLYAUTH_CONFIG";
/// Read by the SDKs, so that a backend and the server can share an environment.
pub const SDK_SERVER_URL: &str = "ONLYAUTH_SERVER_URL";

/// Variables with our prefix that set no key of the server.
pub const RESERVED: [&str; 2] = [CONFIG_FILE, SDK_SERVER_URL];

/// A flag that sets a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The flag, with its dashes.
    pub flag: &'static str,
    /// The section that it sets a key of.
    pub section: &'static str,
    /// The key that it sets.
    pub key: &'static str,
    /// The value.
    pub value: String,
}

struct Given {
    raw: Raw,
    origin: Origin,
}

/// The values that the sources gave, and what is wrong with them.
pub(super) struct Values {
    known: Vec<Key>,
    /// Keys of the sections that the file may hold several times.
    repeated: Vec<Key>,
    /// The place of each such table with its head, in the order of the file.
    heads: Vec<(String, Origin)>,
    given: BTreeMap<(String, String), Given>,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
}

impl Values {
    pub(super) fn new(known: Vec<Key>, repeated: Vec<Key>) -> Self {
        Self {
            known,
            repeated,
            heads: Vec::new(),
            given: BTreeMap::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Lays the file over the defaults.
    pub(super) fn add_file(&mut self, file: &str, text: &str) {
        let (entries, errors) = entries(text);
        let origin = |line| Origin::File { file: file.to_owned(), line };
        for error in errors {
            self.refuse(origin(error.line), format!("this is no TOML: {}", error.message));
        }
        for entry in entries {
            let origin = origin(entry.line);
            match (entry.table, entry.key) {
                (Some(table), key) => {
                    self.add_table(&entry.section, table, key, entry.value, origin);
                }
                (None, _) if self.is_repeated(&entry.section) => {
                    let message = format!("write [[{}]]: there may be several", entry.section);
                    // Once for the table, not once for each of its keys.
                    if self.problems.iter().all(|problem| problem.message != message) {
                        self.refuse(origin, message);
                    }
                }
                (None, Some(key)) if self.knows(&entry.section, &key) => {
                    self.given.insert((entry.section, key), Given { raw: entry.value, origin });
                }
                (None, Some(key)) => {
                    let message = self.unknown_key(&entry.section, &key);
                    self.refuse(origin, message);
                }
                (None, None) => {
                    let empty = matches!(entry.value, Raw::Other("a table"));
                    if let Some(message) = self.misplaced(&entry.section, empty) {
                        self.refuse(origin, message);
                    }
                }
            }
        }
    }

    /// Takes the head (without a key) or one key of a table that is written as one of several.
    fn add_table(
        &mut self,
        section: &str,
        table: usize,
        key: Option<String>,
        raw: Raw,
        origin: Origin,
    ) {
        let place = format!("{section}[{table}]");
        match key {
            None if self.is_repeated(section) => self.heads.push((place, origin)),
            None if self.sections().any(|known| known == section) => {
                self.refuse(origin, format!("write [{section}]: there is only one"));
            }
            None => {
                let near = nearest(section, self.sections()).unwrap_or_default();
                let near = self.bracketed(near);
                self.refuse(
                    origin,
                    format!("unknown section [[{section}]]; the nearest is {near}"),
                );
            }
            Some(key) if self.knows(section, &key) && self.is_repeated(section) => {
                self.given.insert((place, key), Given { raw, origin });
            }
            Some(key) if self.is_repeated(section) => {
                let message = self.unknown_key(section, &key);
                self.refuse(origin, message);
            }
            // The head has been refused.
            Some(_) => {}
        }
    }

    /// Lays the environment over the file. Variables without our prefix are none of our business; one with it
    /// that sets nothing is a slip that would otherwise leave a default in force unnoticed.
    pub(super) fn add_environment(&mut self, variables: &[(String, String)]) {
        let mut ours: Vec<_> =
            variables.iter().filter(|(name, _)| name.starts_with(PREFIX)).collect();
        ours.sort();
        for (variable, value) in ours {
            let name = match variable.as_str() {
                MASTER_KEY_FILE => "ONLYAUTH_KEYS_MASTER_KEY_FILE",
                name if RESERVED.contains(&name) => continue,
                name => name,
            };
            let origin = Origin::Environment { variable: variable.clone() };
            let raw = Raw::Word(value.clone());
            let Some(key) = self.known.iter().find(|key| key.variable() == name) else {
                let message = self.unknown_variable(name);
                self.refuse(origin, message);
                continue;
            };
            let place = (key.section.to_owned(), key.name.to_owned());
            if let Some(Given { raw: other, origin: Origin::Environment { variable: first } }) =
                self.given.get(&place)
                && *other != raw
            {
                let message = format!("it says something else than {first}: set one of them");
                self.refuse(origin, message);
                continue;
            }
            self.given.insert(place, Given { raw, origin });
        }
    }

    /// Lays the flags over the environment.
    pub(super) fn add_flags(&mut self, flags: &[Flag]) {
        for Flag { flag, section, key, value } in flags {
            let given = Given { raw: Raw::Word(value.clone()), origin: Origin::Flag { flag } };
            self.given.insert(((*section).to_owned(), (*key).to_owned()), given);
        }
    }

    /// The value of a key: what the last source gave, else `default`.
    pub(super) fn read<T: Setting>(
        &mut self,
        section: &str,
        key: &str,
        default: T,
        range: Option<&RangeInclusive<T>>,
    ) -> T {
        let Some(given) = self.given.get(&(section.to_owned(), key.to_owned())) else {
            return default;
        };
        let expected = match T::read(&given.raw) {
            Ok(value) if range.is_none_or(|range| range.contains(&value)) => return value,
            Ok(_) => accepts(range),
            // A list or a URL can say more precisely what is wrong with it.
            Err(expected) if expected == T::KIND => accepts(range),
            Err(expected) => expected,
        };
        let message = if T::MAY_BE_SECRET {
            format!("expected {expected}")
        } else {
            format!("expected {expected}, found {}", given.raw)
        };
        self.refuse_key(section, key, message);
        default
    }

    /// The places of the tables of a section that may be there several times.
    pub(super) fn tables(&self, section: &str) -> Vec<String> {
        let of_section = |place: &str| place.strip_prefix(section)?.strip_prefix('[').map(|_| ());
        let places = self.heads.iter().map(|(place, _)| place);
        places.filter(|place| of_section(place).is_some()).cloned().collect()
    }

    /// Whether some source gave this key, well or badly.
    pub(super) fn is_given(&self, section: &str, key: &str) -> bool {
        self.given.contains_key(&(section.to_owned(), key.to_owned()))
    }

    /// Whether this key's value has been reported as wrong.
    pub(super) fn is_refused(&self, section: &str, key: &str) -> bool {
        let path = format!("{section}.{key}");
        self.problems.iter().any(|problem| problem.key.as_deref() == Some(&path))
    }

    /// Where the value of a key came from; where it is missing from one of several tables, that table's head.
    pub(super) fn origin(&self, section: &str, key: &str) -> Origin {
        if let Some(given) = self.given.get(&(section.to_owned(), key.to_owned())) {
            return given.origin.clone();
        }
        let head = self.heads.iter().find(|(place, _)| place == section);
        head.map_or(Origin::Default, |(_, origin)| origin.clone())
    }

    /// Reports that the value of a known key is wrong.
    pub(super) fn refuse_key(&mut self, section: &str, key: &str, message: String) {
        let problem = self.about(section, key, message);
        self.problems.push(problem);
    }

    /// Reports that the value of a known key is allowed but deserves a second look.
    pub(super) fn warn_key(&mut self, section: &str, key: &str, message: String) {
        let warning = self.about(section, key, message);
        self.warnings.push(warning);
    }

    /// Reports a problem that concerns no known key.
    pub(super) fn refuse(&mut self, origin: Origin, message: String) {
        self.problems.push(Problem { origin, key: None, message });
    }

    fn about(&self, section: &str, key: &str, message: String) -> Problem {
        Problem {
            origin: self.origin(section, key),
            key: Some(format!("{section}.{key}")),
            message,
        }
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.known.iter().chain(&self.repeated)
    }

    fn knows(&self, section: &str, key: &str) -> bool {
        self.keys().any(|known| known.section == section && known.name == key)
    }

    fn sections(&self) -> impl Iterator<Item = &'static str> {
        self.keys().map(|key| key.section)
    }

    fn is_repeated(&self, section: &str) -> bool {
        self.repeated.iter().any(|key| key.section == section)
    }

    /// A section's name as the file writes it.
    fn bracketed(&self, section: &str) -> String {
        if self.is_repeated(section) { format!("[[{section}]]") } else { format!("[{section}]") }
    }

    fn unknown_key(&self, section: &str, key: &str) -> String {
        if !self.sections().any(|known| known == section) {
            let near = self.bracketed(nearest(section, self.sections()).unwrap_or_default());
            return format!("unknown section [{section}] with key {key}; the nearest is {near}");
        }
        let own = self.bracketed(section);
        if let Some(home) = self.keys().find(|known| known.name == key) {
            let home = self.bracketed(home.section);
            return format!("{own} has no key {key}; it belongs to {home}");
        }
        let siblings = self.keys().filter(|known| known.section == section);
        let near = nearest(key, siblings.map(|known| known.name)).unwrap_or_default();
        format!("{own} has no key {key}; the nearest is {near}")
    }

    /// About a name at the top level that holds no keys: a key outside its section, or an empty section.
    fn misplaced(&self, name: &str, empty_section: bool) -> Option<String> {
        let is_section = self.sections().any(|known| known == name);
        if is_section {
            let message = format!("{name} is a section: write [{name}] and its keys below");
            return (!empty_section).then_some(message);
        }
        if empty_section {
            let near = self.bracketed(nearest(name, self.sections()).unwrap_or_default());
            return Some(format!("unknown section [{name}]; the nearest is {near}"));
        }
        let near = nearest(name, self.keys().map(|key| key.name)).unwrap_or_default();
        let home = self.keys().find(|key| key.name == near).map_or("", |key| key.section);
        let home = self.bracketed(home);
        Some(format!("{name} is in no section; the nearest key is {near} in {home}"))
    }

    fn unknown_variable(&self, name: &str) -> String {
        let repeated = self.repeated.iter().find(|key| key.variable() == name);
        if let Some(key) = repeated {
            let section = self.bracketed(key.section);
            return format!("{section} is set in the file only, since there may be several");
        }
        let mut known: Vec<String> = self.known.iter().map(Key::variable).collect();
        known.extend(RESERVED.iter().chain([&MASTER_KEY_FILE]).map(|name| (*name).to_owned()));
        let near = nearest(name, known.iter().map(String::as_str)).unwrap_or_default();
        format!("no key has this environment variable; the nearest is {near}")
    }
}
