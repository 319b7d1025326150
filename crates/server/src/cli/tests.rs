use clap::CommandFactory;

use super::*;

#[test]
fn the_definitions_are_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_of_the_reference_parses() {
    let client = "CLNT-01920000-0000-7000-8000-000000000001";
    let app = "APPX-01920000-0000-7000-8000-000000000001";
    let secret = "SCRT-01920000-0000-7000-8000-000000000001";
    for line in [
        "serve",
        "serve --config f.toml --data d --listen 127.0.0.1:1 --base-url http://localhost:1",
        "demo",
        "demo --data d --listen 127.0.0.1:1",
        "--data d client list",
        "client create --name Shop --json",
        "client list --json --config f.toml",
        &format!("secret create --client {client} --json"),
        &format!("secret list --client {client} --data d"),
        &format!("secret revoke --client {client} {secret}"),
        &format!("app create --client {client} --set a=b --set c=d --json"),
        &format!("app list --client {client}"),
        &format!("app show --client {client} {app}"),
        &format!("app update --client {client} {app} --set a=b"),
        &format!("app delete --client {client} {app} --json"),
        &format!("action list --client {client} --app {app} --status passed --limit 5 --json"),
        &format!("action show --client {client} ACTN-01920000-0000-7000-8000-000000000001"),
        &format!(
            "user factor-link --client {client} --app {app} --end-user ann --phone +1 --redirect-uri u --json"
        ),
        &format!("audit list --client {client} --since 0 --limit 5 --json"),
        &format!("audit list --client {client} --user USER-01920000-0000-7000-8000-000000000001"),
        "openapi",
        "openapi --json",
        "config example",
        "config check --json",
        "doctor --json",
        "backup b.db --json --data d",
        "restore b.db --replace --json",
        "copy --from sqlite: --to postgres://localhost/o --json",
        "copy --from-file a --to-file b",
        "copy --to sqlite:/srv/o.db",
    ] {
        let words = std::iter::once("onlyauth").chain(line.split_whitespace());
        if let Err(error) = Cli::try_parse_from(words) {
            panic!("{line}: {error}");
        }
    }
}

#[test]
fn a_wrong_id_is_refused_before_anything_is_opened() {
    for line in [
        "secret list --client APPX-01920000-0000-7000-8000-000000000001",
        "secret list --client clnt-1",
        "secret list",
        "app update --client CLNT-01920000-0000-7000-8000-000000000001 APPX-1",
        "client create",
        "client create --name  ",
        "",
    ] {
        let words = std::iter::once("onlyauth").chain(line.split_whitespace());
        assert!(Cli::try_parse_from(words).is_err(), "{line:?}");
    }
}
