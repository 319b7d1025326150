//! The configuration: defaults, then a TOML file, then the environment (`ONLYAUTH_<SECTION>_<KEY>`), then
//! flags. One file per section; everything that is wrong is told at once, with where it came from.
//!
//! Secrets (the master key, those of providers) are never values: a key names the file that holds one, since
//! environments and command lines are readable by others. The database's address is the exception, because it is
//! where people look for a password; it has a key for a file too, and no message repeats it.

mod base_url;
mod cidr;
mod codes;
mod country_header;
mod data;
mod database;
mod duration;
mod endpoint;
mod failures;
mod keys;
mod limits;
mod log;
mod nearest;
mod problem;
mod provider;
mod reference;
mod region;
mod retention;
mod section;
mod server;
mod setting;
mod source;
mod tokens;
mod trust;
mod value;
mod webauthn;

use std::ffi::OsString;
use std::path::PathBuf;

pub use base_url::BaseUrl;
pub use cidr::Cidr;
pub use codes::Codes;
pub use country_header::CountryHeader;
pub use data::Data;
pub use database::{Database, DatabaseUrl};
pub use duration::{format as format_duration, parse as parse_duration};
pub use endpoint::Endpoint;
pub use failures::Failures;
pub use keys::Keys;
pub use limits::Limits;
pub use log::{Format, Level, Log};
pub use nearest::nearest;
pub use problem::{ConfigError, Origin, Problem};
pub use provider::{Kind, Provider, ProviderSettings, ProviderTable};
pub use reference::{example_toml, reference_markdown};
pub use region::{RegionTable, ServedRegion};
pub use retention::Retention;
pub use section::Key;
pub use server::Server;
pub use source::{CONFIG_FILE, Flag, MASTER_KEY_FILE, RESERVED, SDK_SERVER_URL};
pub use tokens::Tokens;
pub use trust::Trust;
pub use webauthn::WebAuthn;

use section::Section;
use source::Values;

/// A section, as the reference describes it.
#[derive(Debug, Clone)]
pub struct SectionReference {
    /// The name in brackets.
    pub name: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// Its keys.
    pub keys: Vec<Key>,
}

macro_rules! config {
    ($($field:ident: $section:ty),+ $(,)?) => {
        /// Everything that can be set, one field per section.
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct Config {
            $(
                #[doc = concat!("The section `[", stringify!($field), "]`.")]
                pub $field: $section,
            )+
            /// Where the widget is served, one for each table `[[region]]`; see [`Config::served_regions`].
            pub regions: Vec<ServedRegion>,
            /// What carries live messages, one for each table `[[provider]]`.
            pub providers: Vec<Provider>,
        }

        impl Config {
            /// All sections, in the order of the reference.
            pub fn sections() -> Vec<SectionReference> {
                vec![$(SectionReference {
                    name: <$section>::NAME,
                    about: <$section>::ABOUT,
                    keys: <$section>::keys(),
                }),+]
            }

            fn read(values: &mut Values) -> Self {
                Self {
                    $($field: <$section>::read(values, <$section>::NAME),)+
                    regions: region::read_all(values),
                    providers: provider::read_all(values),
                }
            }
        }
    };
}

config! {
    server: Server,
    data: Data,
    database: Database,
    keys: Keys,
    log: Log,
    tokens: Tokens,
    codes: Codes,
    failures: Failures,
    limits: Limits,
    retention: Retention,
    trust: Trust,
    webauthn: WebAuthn,
}

/// Where values come from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file that `--config` names.
    pub file: Option<PathBuf>,
    /// The environment; the caller reads it.
    pub environment: Vec<(OsString, OsString)>,
    /// What the command line sets.
    pub flags: Vec<Flag>,
}

/// A valid configuration.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The configuration.
    pub config: Config,
    /// What is allowed but deserves a second look.
    pub warnings: Vec<Problem>,
    /// Whether some source names the data folder.
    pub data_dir_is_set: bool,
}

impl Config {
    /// The sections that the file may hold several times, as `[[name]]`.
    pub fn repeated_sections() -> Vec<SectionReference> {
        vec![repeated::<RegionTable>(), repeated::<ProviderTable>()]
    }

    /// Reads all sources.
    ///
    /// # Errors
    /// Everything that is wrong, at once: unreadable or broken file, unknown and misspelt keys and variables,
    /// values of the wrong kind or out of range, keys that contradict each other.
    pub fn load(sources: &Sources) -> Result<Loaded, ConfigError> {
        let keys = |sections: Vec<SectionReference>| {
            sections.into_iter().flat_map(|section| section.keys).collect()
        };
        let mut values = Values::new(keys(Self::sections()), keys(Self::repeated_sections()));
        let environment = readable(&sources.environment, &mut values);
        let named =
            environment.iter().find(|(name, value)| name == CONFIG_FILE && !value.is_empty());
        let file = sources.file.clone().or_else(|| named.map(|(_, path)| PathBuf::from(path)));
        if let Some(path) = file {
            let origin = match sources.file {
                Some(_) => Origin::Flag { flag: "--config" },
                None => Origin::Environment { variable: CONFIG_FILE.to_owned() },
            };
            match std::fs::read_to_string(&path) {
                Ok(text) => values.add_file(&path.display().to_string(), &text),
                Err(error) => {
                    values.refuse(origin, format!("can't read {}: {error}", path.display()));
                }
            }
        }
        values.add_environment(&environment);
        values.add_flags(&sources.flags);
        Self::finish(values)
    }

    fn finish(mut values: Values) -> Result<Loaded, ConfigError> {
        let config = Self::read(&mut values);
        config.server.check(&mut values);
        config.database.check(&mut values);
        config.codes.check(&mut values);
        config.failures.check(&mut values);
        config.limits.check(&mut values);
        WebAuthn::check(&config, &mut values);
        if !values.problems.is_empty() {
            return Err(ConfigError { problems: values.problems });
        }
        let data_dir_is_set = values.origin(Data::NAME, "dir") != Origin::Default;
        Ok(Loaded { config, warnings: values.warnings, data_dir_is_set })
    }
}

fn repeated<S: Section>() -> SectionReference {
    SectionReference { name: S::NAME, about: S::ABOUT, keys: S::keys() }
}

/// The variables that are text. One of ours that is not is refused; of all others we know nothing.
fn readable(environment: &[(OsString, OsString)], values: &mut Values) -> Vec<(String, String)> {
    let mut readable = Vec::new();
    for (name, value) in environment {
        let Some(name) = name.to_str().filter(|name| name.starts_with("ONLYAUTH_")) else {
            continue;
        };
        match value.to_str() {
            Some(value) => readable.push((name.to_owned(), value.to_owned())),
            None => values.refuse(
                Origin::Environment { variable: name.to_owned() },
                "expected UTF-8 text, found other bytes".to_owned(),
            ),
        }
    }
    readable
}

#[cfg(test)]
mod provider_tests;
#[cfg(test)]
mod tests;
