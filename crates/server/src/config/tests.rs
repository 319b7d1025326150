use std::time::Duration;

use super::*;

pub(super) fn load(
    file: &str,
    environment: &[(&str, &str)],
    flags: &[Flag],
) -> Result<Loaded, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onlyauth.toml");
    std::fs::write(&path, file).unwrap();
    let sources = Sources {
        file: Some(path.clone()),
        environment: environment.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
        flags: flags.to_vec(),
    };
    Config::load(&sources).map_err(|error| {
        let path = path.display().to_string();
        error.problems.iter().map(|p| p.to_string().replace(&path, "FILE")).collect()
    })
}

fn flag(value: &str) -> Flag {
    Flag { flag: "--listen", section: "server", key: "listen", value: value.to_owned() }
}

#[test]
fn without_sources_everything_is_default() {
    let loaded = Config::load(&Sources::default()).unwrap();
    assert_eq!(loaded.config, Config::default());
    assert!(loaded.warnings.is_empty() && !loaded.data_dir_is_set);
}

#[test]
fn each_source_lies_over_the_one_before() {
    let file = "[server]\nlisten = \"127.0.0.1:1\"\n[codes]\ndigits = 8\n[data]\ndir = \"/srv\"\n";
    let env = [("ONLYAUTH_SERVER_LISTEN", "127.0.0.1:2"), ("ONLYAUTH_DATA_DIR", "/var")];
    let port = |loaded: &Loaded| loaded.config.server.listen.port();
    assert_eq!(port(&load(file, &[], &[]).unwrap()), 1);
    assert_eq!(port(&load(file, &env, &[]).unwrap()), 2);
    let all = load(file, &env, &[flag("127.0.0.1:3")]).unwrap();
    assert_eq!(port(&all), 3);
    assert_eq!((all.config.codes.digits, all.data_dir_is_set), (8, true));
    assert_eq!(all.config.data.dir, PathBuf::from("/var"));
}

#[test]
fn all_problems_are_told_at_once_with_their_origin() {
    let file = "[server]\nlisten = 8080\n[codes]\ndigits = 12\n[coeds]\ndigits = 6\n";
    let env = [("ONLYAUTH_CODES_LIFETIME", "11m"), ("ONLYAUTH_CODES_DIGTS", "6"), ("HOME", "/")];
    let problems = load(file, &env, &[flag("here")]).unwrap_err();
    assert_eq!(
        problems,
        [
            "FILE:6: unknown section [coeds] with key digits; the nearest is [codes]",
            "ONLYAUTH_CODES_DIGTS: no key has this environment variable; the nearest is ONLYAUTH_CODES_DIGITS",
            "--listen: expected an IP address and port such as \"127.0.0.1:8080\", found \"here\"",
            "FILE:4: codes.digits: expected a whole number from 4 to 10, found 12",
            "ONLYAUTH_CODES_LIFETIME: expected a duration such as \"30s\" (units ms, s, m, h, d) from 30s to 10m, found \"11m\"",
        ]
    );
}

#[test]
fn unknown_names_name_the_nearest_known_one() {
    for (file, expected) in [
        ("[server]\nlisen = \"x\"", "FILE:2: [server] has no key lisen; the nearest is listen"),
        ("[server]\nchecks = 5", "FILE:2: [server] has no key checks; it belongs to [codes]"),
        (
            "lissten = \"x\"",
            "FILE:1: lissten is in no section; the nearest key is listen in [server]",
        ),
        ("[serve]", "FILE:1: unknown section [serve]; the nearest is [server]"),
        ("server = \"x\"", "FILE:1: server is a section: write [server] and its keys below"),
    ] {
        assert_eq!(load(file, &[], &[]).unwrap_err(), [expected], "{file}");
    }
    assert!(load("[server]\n", &[], &[]).is_ok());
}

#[test]
fn values_out_of_range_are_refused() {
    for (section, key, value) in [
        ("server", "max_connections", "0"),
        ("server", "base_url", "\"https://auth.example.com/path\""),
        ("server", "trusted_proxies", "[\"10.0.0.1/8\"]"),
        ("server", "header_timeout", "\"0s\""),
        ("server", "header_timeout", "30"),
        ("data", "dir", "\"\""),
        ("data", "reader_threads", "2.5"),
        ("database", "writer_connections", "0"),
        ("keys", "rotate_every", "\"1h\""),
        ("log", "format", "\"xml\""),
        ("log", "level", "\"loud\""),
        ("tokens", "success_token_lifetime", "\"0s\""),
        ("tokens", "success_token_lifetime", "\"601s\""),
        ("codes", "digits", "3"),
        ("codes", "digits", "\"6\""),
        ("codes", "lifetime", "\"10m1s\""),
        ("codes", "resend_waits", "[]"),
        ("codes", "resend_waits", "[\"0s\"]"),
        ("codes", "resend_waits", "[\"60s\", \"30s\"]"),
        ("failures", "disable_after", "101"),
        ("failures", "disable_after", "9"),
        ("limits", "sends_per_phone_per_hour", "0"),
    ] {
        let problems = load(&format!("[{section}]\n{key} = {value}\n"), &[], &[]).unwrap_err();
        assert_eq!(problems.len(), 1, "{key} = {value}: {problems:?}");
        let start = format!("FILE:2: {section}.{key}: expected ");
        assert!(problems[0].starts_with(&start), "{}", problems[0]);
    }
}

#[test]
fn a_second_look_is_asked_for_but_not_refused() {
    for (section, key, value, word) in [
        ("server", "base_url", "\"http://auth.example.com\"", "not https"),
        ("server", "base_url", "\"https://192.0.2.1\"", "RP ID"),
        ("server", "trusted_proxies", "[\"0.0.0.0/0\"]", "everybody"),
        ("database", "url", "\"postgres://db.example.com/o?sslmode=require\"", "verify-full"),
        ("codes", "digits", "4", "NIST"),
        ("codes", "checks", "6", "PSD2"),
        ("limits", "sends_per_phone_per_hour", "5", "one client alone"),
    ] {
        let loaded = load(&format!("[{section}]\n{key} = {value}\n"), &[], &[]).unwrap();
        assert_eq!(loaded.warnings.len(), 1, "{key} = {value}: {:?}", loaded.warnings);
        assert!(loaded.warnings[0].message.contains(word), "{}", loaded.warnings[0]);
    }
}

#[test]
fn the_environment_takes_lists_and_reserved_names() {
    let env = [
        ("ONLYAUTH_CODES_RESEND_WAITS", "10s, 20s"),
        ("ONLYAUTH_SERVER_TRUSTED_PROXIES", "10.0.0.0/8 ::1"),
        ("ONLYAUTH_SERVER_URL", "http://localhost:8080"),
        ("ONLYAUTH_MASTER_KEY_FILE", "/run/secrets/key"),
    ];
    let config = load("", &env, &[]).unwrap().config;
    assert_eq!(config.codes.resend_waits, [10, 20].map(Duration::from_secs));
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert_eq!(config.keys.master_key_file, Some(PathBuf::from("/run/secrets/key")));
}

#[test]
fn two_names_of_one_variable_must_agree() {
    let both = |a, b| {
        load("", &[("ONLYAUTH_MASTER_KEY_FILE", a), ("ONLYAUTH_KEYS_MASTER_KEY_FILE", b)], &[])
    };
    assert!(both("/a", "/a").is_ok());
    assert_eq!(
        both("/a", "/b").unwrap_err(),
        [
            "ONLYAUTH_MASTER_KEY_FILE: it says something else than ONLYAUTH_KEYS_MASTER_KEY_FILE: set one of them"
        ]
    );
}

#[test]
fn a_file_that_is_not_there_does_not_hide_other_problems() {
    let sources = Sources {
        file: None,
        environment: vec![
            ("ONLYAUTH_CONFIG".into(), "/nowhere/onlyauth.toml".into()),
            ("ONLYAUTH_CODES_DIGITS".into(), "x".into()),
        ],
        flags: Vec::new(),
    };
    let error = Config::load(&sources).unwrap_err();
    let problems: Vec<_> = error.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].starts_with("ONLYAUTH_CONFIG: can't read /nowhere/onlyauth.toml: "));
}

#[test]
fn broken_toml_names_its_line() {
    let problems = load("[server]\n\nlisten = \n[codes]\ndigits = 99\n", &[], &[]).unwrap_err();
    assert!(problems[0].starts_with("FILE:3: this is no TOML: "), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("codes.digits")), "{problems:?}");
}

#[test]
fn the_example_sets_every_default() {
    let example = example_toml();
    assert_eq!(load(&example, &[], &[]).unwrap().config, Config::default());
    let (single, repeated) = example.split_once("\n#[[region]]").unwrap();
    let mut active = String::new();
    let mut keys = 0;
    for line in single.lines() {
        let key = line.strip_prefix('#').filter(|rest| !rest.is_empty() && !rest.starts_with(' '));
        keys += usize::from(key.is_some());
        active.push_str(key.unwrap_or(line));
        active.push('\n');
    }
    let known: usize = Config::sections().iter().map(|section| section.keys.len()).sum();
    assert_eq!(keys, known);
    let templates: Vec<&str> = repeated
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once(" = "))
        .map(|(key, _)| key)
        .filter(|key| !key.starts_with(' '))
        .collect();
    let sections = Config::repeated_sections();
    let keys = sections.iter().flat_map(|section| &section.keys);
    let known: Vec<&str> = keys.map(|key| key.name).collect();
    assert_eq!(templates, known);
    assert_eq!(load(&active, &[], &[]).unwrap().config, Config::default());
}

#[test]
fn the_reference_describes_every_key() {
    let reference = reference_markdown();
    for key in Config::sections().into_iter().flat_map(|section| section.keys) {
        assert!(reference.contains(&format!("### {}\n", key.path())), "{}", key.path());
        assert!(reference.contains(&format!("`{}`", key.variable())), "{}", key.path());
    }
    for key in Config::repeated_sections().into_iter().flat_map(|section| section.keys) {
        assert!(reference.contains(&format!("### {}\n", key.path())), "{}", key.path());
        assert!(!reference.contains(&key.variable()), "{}", key.path());
    }
}

#[test]
fn no_two_keys_share_a_variable() {
    let keys = Config::sections().into_iter().flat_map(|section| section.keys);
    let mut variables: Vec<String> = keys.map(|key| key.variable()).collect();
    let all = variables.len();
    variables.extend(RESERVED.map(str::to_owned));
    variables.push(MASTER_KEY_FILE.to_owned());
    variables.sort();
    variables.dedup();
    assert_eq!(variables.len(), all + 3);
}

#[test]
fn what_is_wrong_with_the_databases_address_is_said_without_it() {
    for url in
        ["mysql://a:hush@db/o", "postgres://a:hush@db", "postgres://a:hush@db/o?sslmode=hush"]
    {
        for problems in [
            load(&format!("[database]\nurl = \"{url}\"\n"), &[], &[]).unwrap_err(),
            load("", &[("ONLYAUTH_DATABASE_URL", url)], &[]).unwrap_err(),
        ] {
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].contains("expected \"sqlite:\""), "{problems:?}");
            assert!(!problems[0].contains("hush"), "{problems:?}");
        }
    }
}

#[test]
fn the_databases_address_is_named_once_and_never_shown() {
    let url = "postgres://a:hush@db/o";
    let both = [("ONLYAUTH_DATABASE_URL", url), ("ONLYAUTH_DATABASE_URL_FILE", "/run/url")];
    let problems = load("", &both, &[]).unwrap_err();
    assert!(problems[0].contains("set one of them") && !problems[0].contains("hush"));
    let config = load("", &both[..1], &[]).unwrap().config;
    assert!(config.database.is_postgres() && !format!("{config:?}").contains("hush"));
    assert!(load("", &both[1..], &[]).unwrap().config.database.is_postgres());
    assert!(!Config::default().database.is_postgres());
}
