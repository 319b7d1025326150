use std::path::PathBuf;
use std::time::Duration;

use onlyauth_core::channel::Channel;
use onlyauth_delivery::twilio::Sender;

use super::tests::load;
use super::{Provider, ProviderSettings};

const TWILIO: &str = r#"
[[provider]]
name = "carrier"
kind = "twilio"
channels = ["sms", "whatsapp"]
account_sid = "AC0123456789abcdef0123456789abcdef"
auth_token_file = "/run/secrets/twilio"
from = "+14155552671"
"#;

const WEBHOOK: &str = r#"
[[provider]]
name = "gateway"
kind = "webhook"
channels = ["voice"]
timeout = "3s"
url = "https://gateway.example.com/send?queue=1"
secret_file = "/run/secrets/gateway"
"#;

fn providers(file: &str) -> Vec<Provider> {
    load(file, &[], &[]).unwrap().config.providers
}

fn problems(file: &str) -> Vec<String> {
    load(file, &[], &[]).unwrap_err()
}

#[test]
fn tables_become_providers_with_what_their_kind_needs() {
    let found = providers(&format!("{TWILIO}{WEBHOOK}"));
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].carries, [Channel::Sms, Channel::Whatsapp]);
    assert_eq!(found[0].timeout, Duration::from_secs(10));
    assert_eq!(
        found[0].settings,
        ProviderSettings::Twilio {
            account_sid: "AC0123456789abcdef0123456789abcdef".to_owned(),
            auth_token_file: PathBuf::from("/run/secrets/twilio"),
            sender: Sender::From("+14155552671".to_owned()),
            base_url: None,
        }
    );
    assert_eq!((found[1].name.as_str(), found[1].timeout), ("gateway", Duration::from_secs(3)));
    assert_eq!(found[1].carries, [Channel::Voice]);
    assert_eq!(
        found[1].settings,
        ProviderSettings::Webhook {
            url: "https://gateway.example.com/send?queue=1".parse().unwrap(),
            secret_file: PathBuf::from("/run/secrets/gateway"),
        }
    );
}

#[test]
fn senders_are_numbers_short_codes_names_or_services() {
    let service = "MG0123456789abcdef0123456789abcdef";
    for (line, good) in [
        ("from = \"12345\"".to_owned(), true),
        ("from = \"My Shop\"".to_owned(), true),
        (format!("messaging_service_sid = \"{service}\""), true),
        ("from = \"14155552671\"".to_owned(), false),
        ("from = \"+1 415 555 2671\"".to_owned(), false),
        ("from = \"My other shops\"".to_owned(), false),
        ("messaging_service_sid = \"MG1\"".to_owned(), false),
        (format!("from = \"12345\"\nmessaging_service_sid = \"{service}\""), false),
        (String::new(), false),
    ] {
        let file = TWILIO.replace("from = \"+14155552671\"", &line);
        assert_eq!(load(&file, &[], &[]).is_ok(), good, "{line}");
    }
}

#[test]
fn only_a_number_can_call() {
    let service = "messaging_service_sid = \"MG0123456789abcdef0123456789abcdef\"";
    for (line, key) in [
        ("from = \"+14155552671\"", None),
        ("from = \"12345\"", Some("from")),
        ("from = \"My Shop\"", Some("from")),
        (service, Some("messaging_service_sid")),
        ("", Some("from")),
    ] {
        let file = TWILIO.replace("from = \"+14155552671\"", line).replace("whatsapp", "voice");
        let Some(key) = key else {
            assert_eq!(providers(&file)[0].carries, [Channel::Sms, Channel::Voice]);
            continue;
        };
        let problems = problems(&file);
        assert_eq!(problems.len(), 1, "{line}: {problems:?}");
        let expected = format!("provider[1].{key}: expected from to be a number such as ");
        assert!(problems[0].contains(&expected), "{problems:?}");
        assert!(problems[0].contains("only numbers can call"), "{problems:?}");
    }
}

#[test]
fn all_problems_of_all_tables_are_told_at_once() {
    let file = "[[provider]]\nnam = \"a\"\nkind = \"smtp\"\n[[provider]]\nname = \"B\"\n\
                kind = \"webhook\"\nchannels = [\"sms\", \"totp\"]\nurl = \"gateway\"\nfrom = \"x\"\n";
    assert_eq!(
        problems(file),
        [
            "FILE:2: [[provider]] has no key nam; the nearest is name",
            "FILE:3: provider[1].kind: expected \"webhook\" or \"twilio\", found \"smtp\"",
            "FILE:7: provider[2].channels: expected a list in which each is \"sms\", \"voice\" or \"whatsapp\", found [\"sms\", \"totp\"]",
            "FILE:8: provider[2].url: expected an http or https URL such as \"https://gateway.example.com/send\", found \"gateway\"",
            "FILE:1: provider[1].name: expected 1 to 32 lower-case letters, digits, hyphens and underscores, found none",
            "FILE:1: provider[1].channels: expected at least one channel, found none",
            "FILE:5: provider[2].name: expected 1 to 32 lower-case letters, digits, hyphens and underscores, found \"B\"",
            "FILE:9: provider[2].from: webhook has no such key",
            "FILE:4: provider[2].secret_file: expected a value, found none",
        ]
    );
}

#[test]
fn what_is_empty_is_missing() {
    for (key, file) in [
        ("url", WEBHOOK.replace("https://gateway.example.com/send?queue=1", "")),
        ("secret_file", WEBHOOK.replace("/run/secrets/gateway", "")),
        ("channels", WEBHOOK.replace("\"voice\"", "")),
        ("kind", WEBHOOK.replace("\"webhook\"", "\"\"")),
        ("auth_token_file", TWILIO.replace("/run/secrets/twilio", "")),
        ("account_sid", TWILIO.replace("AC0123456789abcdef", "../")),
    ] {
        let problems = problems(&file);
        assert_eq!(problems.len(), 1, "{key}: {problems:?}");
        assert!(problems[0].contains(&format!(": provider[1].{key}: ")), "{problems:?}");
    }
}

#[test]
fn misspelt_and_misplaced_tables_are_told() {
    for (file, expected) in [
        (
            "[[provder]]\nname = \"a\"",
            "FILE:1: unknown section [[provder]]; the nearest is [[provider]]",
        ),
        (
            "[provider]\nname = \"a\"\nkind = \"x\"",
            "FILE:3: write [[provider]]: there may be several",
        ),
        ("provider = 1", "FILE:1: write [[provider]]: there may be several"),
        ("[[server]]\nlisten = \"x\"", "FILE:1: write [server]: there is only one"),
        (
            "[server]\naccount_sid = \"x\"",
            "FILE:2: [server] has no key account_sid; it belongs to [[provider]]",
        ),
    ] {
        assert_eq!(problems(file), [expected], "{file}");
    }
    let env = [("ONLYAUTH_PROVIDER_URL", "https://gateway.example.com")];
    assert_eq!(
        load("", &env, &[]).unwrap_err(),
        ["ONLYAUTH_PROVIDER_URL: [[provider]] is set in the file only, since there may be several"]
    );
}

#[test]
fn a_channel_has_one_default() {
    let gateway = |channels: &str, rest: &str| {
        WEBHOOK.replace("channels = [\"voice\"]", &format!("channels = {channels}\n{rest}"))
    };
    let sms = gateway("[\"sms\", \"voice\"]", "");
    let problems = problems(&format!("{TWILIO}{sms}"));
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems.iter().all(|problem| problem.contains("default_for sms")), "{problems:?}");

    let chosen = gateway("[\"sms\", \"voice\"]", "default_for = [\"sms\"]");
    let found = providers(&format!("{TWILIO}{chosen}"));
    assert_eq!(found[0].carries, [Channel::Whatsapp]);
    assert_eq!(found[1].carries, [Channel::Sms, Channel::Voice]);

    let both = TWILIO.replace("from =", "default_for = [\"sms\"]\nfrom =") + &chosen;
    let problems = self::problems(&both);
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems.iter().all(|p| p.contains("expected one default for sms")), "{problems:?}");

    let foreign = gateway("[\"voice\"]", "default_for = [\"sms\"]");
    let problems = self::problems(&foreign);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("sms is not one of its channels"), "{problems:?}");

    let twins = self::problems(&format!("{WEBHOOK}{}", gateway("[\"sms\"]", "")));
    assert!(twins[0].contains("found \"gateway\" again"), "{twins:?}");
}

#[test]
fn codes_that_cross_a_network_in_clear_are_warned_of() {
    let file = WEBHOOK.replace("https://", "http://");
    let loaded = load(&file, &[], &[]).unwrap();
    assert_eq!(loaded.warnings.len(), 1);
    assert!(loaded.warnings[0].to_string().contains("provider[1].url: "), "{:?}", loaded.warnings);
}
