//! The example file and the reference page, written from the sections themselves.

use super::section::Key;
use super::{CONFIG_FILE, Config, MASTER_KEY_FILE, SDK_SERVER_URL, SectionReference};

const WIDTH: usize = 98;

/// `onlyauth.example.toml`: every key, commented out, with its default, purpose, unit, reason and variable.
pub fn example_toml() -> String {
    let mut lines = comment(
        "OnlyAuth: every key with its default. Remove the # before a key to change it. Sources, each over \
         the one before: this file, environment variables, flags. An unknown key is an error.",
    );
    lines.extend(comment("Written by `onlyauth config example`."));
    for SectionReference { name, about, keys } in Config::sections() {
        lines.push(String::new());
        lines.extend(comment(about));
        lines.push(format!("[{name}]"));
        for key in keys {
            lines.push(String::new());
            lines.extend(comment(key.purpose));
            lines.extend(comment(key.reason));
            lines.extend(comment(&format!("Unit: {}. Value: {}.", key.unit, key.accepts)));
            lines.extend(comment(&format!("Environment: {}", key.variable())));
            lines.push(format!("#{} = {}", key.name, key.default));
        }
    }
    for SectionReference { name, about, keys } in Config::repeated_sections() {
        lines.push(String::new());
        lines.extend(comment(about));
        lines.push(format!("#[[{name}]]"));
        for key in keys {
            lines.push(String::new());
            lines.extend(comment(key.purpose));
            lines.extend(comment(key.reason));
            lines.extend(comment(&format!("Unit: {}. Value: {}.", key.unit, key.accepts)));
            lines.push(format!("#{} = {}", key.name, key.default));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// `docs/reference/configuration.md`.
pub fn reference_markdown() -> String {
    let mut parts = vec![
        "# Configuration".to_owned(),
        "Sources, each over the one before: defaults, a TOML file (`--config FILE` or `ONLYAUTH_CONFIG`), \
         environment variables, flags. `onlyauth config check` tells every problem at once, each with where it \
         came from; `onlyauth config example` prints a file with every key."
            .to_owned(),
        "A variable is named `ONLYAUTH_<SECTION>_<KEY>` in capitals. In a variable, a list is written with commas \
         or spaces between its items. A variable that begins with `ONLYAUTH_` and sets no key is an error, except:"
            .to_owned(),
        format!(
            "- `{CONFIG_FILE}`: names the configuration file, as `--config` does\n\
             - `{MASTER_KEY_FILE}`: another name of `ONLYAUTH_KEYS_MASTER_KEY_FILE`\n\
             - `{SDK_SERVER_URL}`: read by the SDKs; the server ignores it"
        ),
        "A secret is never a value of a key or variable, only a file that one names; the database's address can be \
         either, and belongs into a file where it holds a password. Durations are a whole \
         number and a unit: `ms`, `s`, `m`, `h`, `d`. Paths are taken from the folder that the server is started in."
            .to_owned(),
    ];
    for SectionReference { name, about, keys } in Config::sections() {
        parts.push(format!("## [{name}]"));
        parts.push(flat(about));
        parts.extend(keys.iter().flat_map(describe));
    }
    for SectionReference { name, about, keys } in Config::repeated_sections() {
        parts.push(format!("## [[{name}]]"));
        parts.push(flat(about));
        parts.push(
            "In the file only, any number of times; an environment variable could not say which one it \
             means. [Regions](../how-to/serve-several-regions.md) and [providers](providers.md) have examples."
                .to_owned(),
        );
        parts.extend(keys.iter().flat_map(describe_repeated));
    }
    parts.join("\n\n") + "\n"
}

fn describe(key: &Key) -> [String; 3] {
    let Key { purpose, reason, default, unit, accepts, .. } = key;
    [
        format!("### {}", key.path()),
        format!("{} {}", flat(purpose), flat(reason)),
        format!(
            "| default | unit | value | environment |\n|---|---|---|---|\n\
             | `{default}` | {unit} | {accepts} | `{}` |",
            key.variable()
        ),
    ]
}

fn describe_repeated(key: &Key) -> [String; 3] {
    let Key { purpose, reason, default, unit, accepts, .. } = key;
    [
        format!("### {}", key.path()),
        format!("{} {}", flat(purpose), flat(reason)),
        format!("| default | unit | value |\n|---|---|---|\n| `{default}` | {unit} | {accepts} |"),
    ]
}

/// Doc comments come as lines with a space before each.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as comment lines.
fn comment(text: &str) -> Vec<String> {
    let mut lines = vec!["#".to_owned()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() == 1 || line.len() + 1 + word.len() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("# {word}")),
        }
    }
    lines
}
