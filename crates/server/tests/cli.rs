//! The command line as scripts see it: what is printed where, and with which exit code.

#![allow(clippy::unwrap_used, reason = "a test ends where an answer is not what it must be")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use onlyauth_core::factor::totp::{TotpSecret, step_at};
use onlyauth_server::clock::Clock;
use serde_json::Value;

use crate::support::passkey::SoftAuthenticator;
use crate::support::process::{self, Process};
use crate::support::{EndUser, actors};

struct Installation(tempfile::TempDir);

impl Installation {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn data(&self) -> std::path::PathBuf {
        self.0.path().join("data")
    }

    fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, &[])
    }

    fn run_with(&self, args: &[&str], environment: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_onlyauth"))
            .args(args)
            .current_dir(self.folder())
            .env_clear()
            .envs(environment.iter().copied())
            .output()
            .unwrap()
    }

    /// Runs a command that must succeed and print JSON, and nothing on standard error.
    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        assert_eq!(stderr(&output), "", "{args:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Runs a command that must fail: one sentence and a hint on standard error, nothing on standard output.
    fn fails(&self, args: &[&str], code: i32) -> String {
        let output = self.run(args);
        let complaint = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {complaint}");
        assert_eq!(output.stdout, b"", "{args:?}");
        assert!(complaint.starts_with("error: "), "{args:?}: {complaint}");
        assert!(complaint.contains("\nhint: "), "{args:?}: {complaint}");
        complaint
    }

    fn client(&self) -> String {
        text(&self.json(&["client", "create", "--name", "Shop"])["client_id"])
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn text_of(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[test]
fn the_first_client_begins_an_installation() {
    let here = Installation::new();
    let created = here.json(&["client", "create", "--name", " Shop "]);
    assert!(text(&created["client_id"]).starts_with("CLNT-"));
    assert!(text(&created["api_secret"]).starts_with("onlyauth_sk_"));
    assert_eq!(created.as_object().unwrap().len(), 2);
    assert!(here.data().join("master.key").exists() && here.data().join("onlyauth.db").exists());
    let list = here.json(&["client", "list"]);
    assert_eq!(list["clients"][0]["client_id"], created["client_id"]);
    assert_eq!(list["clients"][0]["name"], "Shop");
}

#[test]
fn commands_that_begin_an_installation_at_once_all_succeed() {
    let here = Installation::new();
    let commands: Vec<_> = (0..6)
        .map(|_| {
            Command::new(env!("CARGO_BIN_EXE_onlyauth"))
                .args(["client", "create", "--name", "Shop", "--json"])
                .current_dir(here.folder())
                .env_clear()
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for command in commands {
        let output = command.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert_eq!(here.json(&["client", "list"])["clients"].as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn an_end_user_who_is_off_until_reset_is_unlocked() {
    let (_folder, data) = process::folder();
    process::command(&data, &["client", "create", "--name", "First"]);
    let environment =
        [("ONLYAUTH_FAILURES_COOLDOWN_AFTER", "3"), ("ONLYAUTH_FAILURES_DISABLE_AFTER", "3")];
    let server = Process::serve(&data, &environment);
    let backend = process::client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let user = EndUser::new("planted-end-user", "+12025550101");
    let unlock = ["user", "unlock", "--client", &backend.client_id, "--app", &app, "--end-user"];
    let run = |name: &str, more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_onlyauth"))
            .args(unlock)
            .arg(name)
            .args(more)
            .arg("--data")
            .arg(&data)
            .env_clear()
            .output()
            .unwrap()
    };
    let refused = |name: &str, more: &[&str]| {
        let output = run(name, more);
        let complaint = stderr(&output);
        assert_eq!(output.status.code(), Some(5), "{complaint}");
        assert!(complaint.contains("\nhint: ") && !complaint.contains(name), "{complaint}");
    };
    refused(&user.uuid, &[]);

    let widget = backend.widget(&app, &user).await;
    widget.send().await;
    let code = backend.code(&app, &user).await;
    for _ in 0..3 {
        widget.try_code(&actors::wrong(&code)).await;
    }
    let off = widget.try_code(&code).await;
    assert_eq!(off.success_token(), None, "{}", off.state());
    refused("somebody else", &[]);
    refused(&user.uuid, &["--mode", "live"]);

    let output = run(&user.uuid, &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let unlocked: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = serde_json::json!({ "app_id": app, "mode": "sandbox", "channels": ["sms"] });
    assert_eq!(unlocked, expected);
    let page = widget.try_code(&code).await;
    assert!(page.success_token().is_some(), "{}", page.state());
}

#[tokio::test]
async fn end_users_are_brought_along_beside_a_running_server() {
    let (folder, data) = process::folder();
    process::command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = process::client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let secret = TotpSecret::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
    let whole = serde_json::json!({
        "end_user_uuid": "planted-end-user",
        "end_user_phone_number": "+12025550142",
        "totp_secret": secret.reveal_base32(),
    });
    let file = folder.path().join("users.ndjson");
    std::fs::write(&file, format!("{whole}\n\n{{\"end_user_uuid\":\"planted-other\"}}\nno json\n"))
        .unwrap();
    let import = |more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_onlyauth"))
            .args(["user", "import", "--client", &backend.client_id, "--app", &app])
            .arg(&file)
            .args(more)
            .arg("--data")
            .arg(&data)
            .env_clear()
            .output()
            .unwrap()
    };
    let checked = import(&["--dry-run"]);
    assert_eq!(text_of(&checked), "1 lines can be imported, 2 can't.\n");
    for (created, unchanged) in [(1, 0), (0, 1)] {
        let output = import(&["--json"]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (&report["created"], &report["unchanged"]),
            (&created.into(), &unchanged.into())
        );
        let lines: Vec<_> =
            report["refused"].as_array().unwrap().iter().map(|one| &one["line"]).collect();
        assert_eq!(lines, [3, 4]);
    }
    let output = import(&[]);
    assert!(stderr(&output).contains("line 3: There is nothing to import"), "{}", stderr(&output));
    for planted in ["planted", "+12025550142", &secret.reveal_base32()] {
        assert!(!stderr(&output).contains(planted) && !text_of(&output).contains(planted));
    }

    let user = EndUser::new("planted-end-user", "+12025550142");
    let widget = backend.widget(&app, &user).await;
    let page = widget.open().await;
    assert_eq!(page.state(), "totp");
    backend.change(&app, &[("intelligent_2fa", "true")]).await;
    let code = secret.code(step_at(Clock::system().now()));
    let value = |name| page.field(name).unwrap();
    let form = [("do", "check"), ("challenge", value("challenge")), ("attempt", value("attempt"))];
    let passed = widget.post(&[&form[..], &[("code", &code), ("trust", "device")]].concat()).await;
    assert_eq!((passed.state(), passed.cookie.is_some()), ("passed", true));

    let about = |command: &str, more: &[&str]| {
        let who = ["--client", &backend.client_id, "--app", &app, "--end-user"];
        let mut program = Command::new(env!("CARGO_BIN_EXE_onlyauth"));
        let program = program.args(["user", command]).args(who).args(more).arg("--data").arg(&data);
        program.env_clear().output().unwrap()
    };
    let shown = about("show", &["planted-end-user", "--json"]);
    let known: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(
        (&known["last_channel"], &known["failures"]),
        (&"totp".into(), &serde_json::json!([]))
    );
    let factor = text(&known["factors"][0]["id"]);
    let told = text_of(&about("show", &["planted-end-user"]));
    assert!(
        told.contains(&factor) && told.contains("by totp") && !told.contains("+12025550142"),
        "{told}"
    );
    let other = "FCTR-01920000-0000-7000-8000-000000000001";
    for (who, which) in [("planted-end-user", other), ("nobody", factor.as_str())] {
        let refused = about("remove-factor", &[who, "--factor", which]);
        assert_eq!(refused.status.code(), Some(5), "{}", stderr(&refused));
        assert!(stderr(&refused).contains("\nhint: ") && !stderr(&refused).contains("planted"));
    }
    assert_eq!(about("show", &["nobody"]).status.code(), Some(5));
    assert_eq!(about("forget-devices", &["nobody"]).status.code(), Some(5));
    let device = text(&known["trusted_devices"][0]["id"]);
    assert!(told.contains(&device), "{told}");
    let other = "DEVC-01920000-0000-7000-8000-000000000009";
    let refused = about("forget-devices", &["planted-end-user", "--device", other]);
    assert_eq!(refused.status.code(), Some(5), "{}", stderr(&refused));
    let forgotten = about("forget-devices", &["planted-end-user"]);
    assert_eq!(text_of(&forgotten), "Forgot 1 device: it asks again.\n");
    let forgotten = about("forget-devices", &["planted-end-user", "--json"]);
    let forgotten: Value = serde_json::from_slice(&forgotten.stdout).unwrap();
    assert_eq!(forgotten, serde_json::json!({ "forgotten": 0 }));
    let removed = about("remove-factor", &["planted-end-user", "--factor", &factor]);
    assert_eq!(
        text_of(&removed),
        format!("Removed {factor}. What is left to them is how they log in now.\n")
    );
    let widget = backend.widget(&app, &user).await;
    assert_eq!(widget.open().await.state(), "choose");

    let list = |more: &[&str]| {
        let listing = ["user", "list", "--client", &backend.client_id, "--app", &app];
        let mut program = Command::new(env!("CARGO_BIN_EXE_onlyauth"));
        let program = program.args(listing).args(more).arg("--data").arg(&data);
        program.env_clear().output().unwrap()
    };
    let listed: Value = serde_json::from_slice(&list(&["--json"]).stdout).unwrap();
    assert_eq!(listed["users"][0]["end_user_uuid"], "planted-end-user");
    assert!(text_of(&list(&["--limit", "1"])).contains("There may be more: --cursor USER-"));
    assert_eq!(text_of(&list(&["--mode", "live"])), "Nobody.\n");
    let reset = about("reset", &["planted-end-user", "--reason", "lost phone"]);
    assert!(text_of(&reset).starts_with("Reset."), "{}", stderr(&reset));
    let export = about("export", &["planted-end-user"]);
    let export: Value = serde_json::from_slice(&export.stdout).unwrap();
    assert_eq!(export["end_user_phone_number"], "+12025550142");
    assert_eq!(export["actions"][0]["status"], "passed");
    let erased = about("erase", &["planted-end-user"]);
    assert!(text_of(&erased).starts_with("Erased."), "{}", stderr(&erased));
    for command in ["erase", "export", "show"] {
        let nobody = about(command, &["planted-end-user"]);
        assert_eq!(nobody.status.code(), Some(5), "{}", stderr(&nobody));
    }
    let audit = |more: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_onlyauth"));
        let program = program.args(["audit", "list"]).args(more).arg("--data").arg(&data);
        program.env_clear().output().unwrap()
    };
    let of_client = ["--client", backend.client_id.as_str()];
    let user = text(&known["id"]);
    let listed = audit(&[&of_client[..], &["--user", &user, "--json"]].concat());
    let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let deeds: Vec<_> =
        listed["entries"].as_array().unwrap().iter().map(|entry| text(&entry["deed"])).collect();
    assert_eq!(deeds[..4], ["erased", "reset", "factor_removed", "devices_forgotten"], "{listed}");
    let told = text_of(&audit(&[&of_client[..], &["--limit", "1"]].concat()));
    assert!(told.contains("erased") && told.contains("operator") && told.contains(&user), "{told}");
    assert!(told.contains("There may be more: --cursor AUDT-"), "{told}");
    let later = audit(&[&of_client[..], &["--since", "253402300799"]].concat());
    assert_eq!(text_of(&later), "Nothing.\n");
    let nobody = audit(&["--client", "CLNT-01920000-0000-7000-8000-000000000009"]);
    assert_eq!(nobody.status.code(), Some(5), "{}", stderr(&nobody));
    let refused = about("reset", &["nobody", "--reason", "two\nlines"]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    drop(folder);
}

#[tokio::test]
async fn logins_are_listed_and_told_beside_a_running_server() {
    let (folder, data) = process::folder();
    process::command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = process::client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let user = EndUser::new("planted-end-user", "+12025550142");
    backend.pass(&app, &user).await;
    let action = |command: &str, more: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_onlyauth"));
        let client = ["action", command, "--client", &backend.client_id];
        program.args(client).args(more).arg("--data").arg(&data).env_clear().output().unwrap()
    };
    let listed = action("list", &["--app", &app, "--limit", "1", "--json"]);
    let page: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let (id, user_id) = (text(&page["actions"][0]["id"]), text(&page["actions"][0]["user_id"]));
    assert_eq!(
        (text(&page["actions"][0]["status"]), text(&page["next_cursor"])),
        ("passed".into(), id.clone())
    );
    let told = text_of(&action("list", &["--app", &app, "--limit", "1", "--user", &user_id]));
    assert!(told.contains(&user_id) && told.ends_with(&format!("--cursor {id}\n")), "{told}");
    let rest = text_of(&action("list", &["--app", &app, "--cursor", &id]));
    assert_eq!(rest.lines().count(), 1, "{rest}");

    let told = text_of(&action("show", &[&id]));
    for part in [&id, &user_id, "sandbox mode, passed", "judged", "It was right."] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("planted") && !told.contains("2025550142"), "{told}");
    let shown: Value = serde_json::from_slice(&action("show", &[&id, "--json"]).stdout).unwrap();
    assert_eq!(shown["time_line"][0]["what"], "started");

    let nothing = "ACTN-01920000-0000-7000-8000-000000000001";
    let nobody = "USER-01920000-0000-7000-8000-000000000001";
    for refused in [action("show", &[nothing]), action("list", &["--app", &app, "--user", nobody])]
    {
        assert_eq!(refused.status.code(), Some(5), "{}", stderr(&refused));
        assert!(stderr(&refused).contains("\nhint: "), "{}", stderr(&refused));
    }
    drop(folder);
}

#[tokio::test]
async fn passkeys_of_another_system_are_brought_along_and_used() {
    let (folder, data) = process::folder();
    process::command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = process::client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let mut authenticator = SoftAuthenticator::platform();
    let credential = authenticator.made_elsewhere("localhost", b"their-name-of-ann").await;
    let changed = |key: &str, value: Value| {
        let mut other = credential.clone();
        other[key] = value;
        other
    };
    let line = |user: &str, credentials: &[Value]| {
        serde_json::json!({ "end_user_uuid": user, "webauthn_credentials": credentials })
            .to_string()
    };
    let lines = [
        line("ann", std::slice::from_ref(&credential)),
        // All or nothing: the right one does not come along without the other.
        line("bob", &[credential.clone(), changed("rp_id", "elsewhere.example".into())]),
        line("cat", &[changed("public_key", "AAAA".into())]),
        line(
            "dan",
            &[changed(
                "public_key",
                "pAEBAycgBiFYIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into(),
            )],
        ),
    ];
    let file = folder.path().join("users.ndjson");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let import = || {
        let output = Command::new(env!("CARGO_BIN_EXE_onlyauth"))
            .args(["user", "import", "--client", &backend.client_id, "--app", &app, "--json"])
            .arg(&file)
            .arg("--data")
            .arg(&data)
            .env_clear()
            .output()
            .unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    for (created, unchanged) in [(1, 0), (0, 1)] {
        let report = import();
        let told = (&report["created"], &report["updated"], &report["unchanged"]);
        assert_eq!(told, (&created.into(), &0.into(), &unchanged.into()), "{report}");
        let refused = report["refused"].as_array().unwrap().iter();
        let refused: Vec<_> = refused.map(|one| (&one["line"], &one["problems"][0])).collect();
        let problems = [
            "Credential 2: it belongs to another RP ID than localhost.",
            "Credential 1: 'public_key' is no COSE key, or not one whose parts fit together.",
            "Credential 1: its algorithm can't be verified; ES256, ES384 and RS256 with 2048 bits can.",
        ]
        .map(Value::from);
        let expected: Vec<_> = [2, 3, 4].map(Value::from).into_iter().zip(problems).collect();
        let expected: Vec<_> = expected.iter().map(|(line, problem)| (line, problem)).collect();
        assert_eq!(refused, expected);
    }

    let (origin, ann) = ("http://localhost:8080", EndUser::new("ann", "+12025550142"));
    for _ in 0..2 {
        let widget = backend.widget(&app, &ann).await;
        let page = widget.ask_for_passkey().await;
        assert_eq!(page.state(), "passkey", "{page:?}");
        let answer = authenticator.get(origin, &page.options().unwrap()).await;
        let page = widget.answer(&page, &answer).await;
        assert_eq!(page.state(), "passed", "{page:?}");
        let proof = backend.validate(&app, &page.success_token().unwrap()).await.json();
        assert_eq!(proof["channel"], "webauthn");
    }
    let bob = backend.widget(&app, &EndUser::new("bob", "+12025550143")).await;
    assert_eq!(bob.open().await.state(), "choose");
    drop(folder);
}

#[test]
fn nobody_is_brought_along_to_where_nothing_is() {
    let here = Installation::new();
    let client = here.client();
    let app = text(&here.json(&["app", "create", "--client", &client])["id"]);
    let nowhere = "APPX-01920000-0000-7000-8000-000000000001";
    let import = |app: &str, file: &str, code: i32| {
        here.fails(&["user", "import", "--client", &client, "--app", app, file], code)
    };
    std::fs::write(here.folder().join("users"), "{}\n").unwrap();
    assert!(import(&app, "users", 4).contains("onlyauth serve"), "no server has made the keys yet");
    import(nowhere, "users", 5);
    import(&app, "nothing-there", 1);
}

#[tokio::test]
async fn an_operator_gets_a_link_for_an_end_user_and_every_problem_at_once() {
    let (_folder, data) = process::folder();
    process::command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = process::client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let run = |phone: &str, redirect_uri: &str, more: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_onlyauth"))
            .args(["user", "factor-link", "--client", &backend.client_id, "--app", &app])
            .args(["--end-user", "planted-end-user", "--phone", phone])
            .args(["--redirect-uri", redirect_uri])
            .args(more)
            .arg("--data")
            .arg(&data)
            .env_clear()
            .env("ONLYAUTH_SERVER_BASE_URL", "https://auth.example")
            .output()
            .unwrap()
    };
    let (phone, account) = ("+12025550101", "https://shop.example/account");
    let link = text_of(&run(phone, account, &[]));
    assert!(link.starts_with("https://auth.example/factors?token=eyJ"), "{link}");
    assert!(link.ends_with(&format!("&app_id={app}\n")) && !link.contains("planted"), "{link}");
    let answer: Value =
        serde_json::from_slice(&run(phone, account, &["--json", "--language", "de"]).stdout)
            .unwrap();
    assert!(answer["url"].as_str().unwrap().starts_with("https://auth.example/factors?"));
    assert!(answer["expires_at"].is_i64());

    let output = run("12", "https://evil.example/", &["--region", "moon"]);
    let complaint = stderr(&output);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{complaint}");
    for field in ["'end_user_phone_number'", "'redirect_uri'", "'region'", "\nhint: "] {
        assert!(complaint.contains(field), "{complaint}");
    }
    assert!(!complaint.contains("planted"), "{complaint}");
}

#[test]
fn nobody_gets_a_link_where_nothing_is() {
    let here = Installation::new();
    let client = here.client();
    let app = text(&here.json(&["app", "create", "--client", &client])["id"]);
    let link = |app: &str, code: i32| {
        let whom =
            ["--end-user", "ann", "--phone", "+12025550101", "--redirect-uri", "http://localhost/"];
        let of = ["user", "factor-link", "--client", client.as_str(), "--app", app];
        here.fails(&[&of[..], &whom].concat(), code)
    };
    assert!(link(&app, 4).contains("onlyauth serve"), "no server has made the keys yet");
    link("APPX-01920000-0000-7000-8000-000000000001", 5);
}

#[test]
fn nobody_is_unlocked_where_nothing_is() {
    let here = Installation::new();
    let client = here.client();
    let app = text(&here.json(&["app", "create", "--client", &client])["id"]);
    let nowhere = "APPX-01920000-0000-7000-8000-000000000001";
    let unlock = |app: &str, client: &str, code: i32| {
        here.fails(&["user", "unlock", "--client", client, "--app", app, "--end-user", "ann"], code)
    };
    // No server has made the keys yet that name end users.
    unlock(&app, &client, 5);
    unlock(nowhere, &client, 5);
    unlock(&app, "CLNT-01920000-0000-7000-8000-000000000001", 5);
    std::fs::remove_file(here.data().join("master.key")).unwrap();
    unlock(&app, &client, 4);
}

#[test]
fn secrets_are_shown_once_and_revoked_once() {
    let here = Installation::new();
    let client = here.client();
    let created = here.json(&["secret", "create", "--client", &client]);
    let (id, secret) = (text(&created["secret_id"]), text(&created["api_secret"]));
    let list = here.json(&["secret", "list", "--client", &client]);
    assert_eq!(list["secrets"].as_array().unwrap().len(), 2);
    assert!(!list.to_string().contains(&secret));
    assert_eq!(list["secrets"][1]["hint"], secret[secret.len() - 4..]);
    assert!(list["secrets"][1]["revoked_at"].is_null());

    let revoked = here.json(&["secret", "revoke", "--client", &client, &id]);
    let list = here.json(&["secret", "list", "--client", &client]);
    assert_eq!(list["secrets"][1]["revoked_at"], revoked["revoked_at"]);
    here.fails(&["secret", "revoke", "--client", &client, &id], 5);
}

#[test]
fn an_app_lives_from_create_to_delete() {
    let here = Installation::new();
    let client = here.client();
    let owner = ["--client", client.as_str()];
    let run =
        |command: &str, rest: &[&str]| here.json(&[&["app", command], &owner[..], rest].concat());

    let app = run("create", &["--set", "friendly_name=Shop", "--set", "app_domain=example.com"]);
    let id = text(&app["id"]);
    assert_eq!((&app["friendly_name"], &app["enabled"]), (&"Shop".into(), &1.into()));
    assert_eq!(run("show", &[&id]), app);
    assert_eq!(run("list", &[])["apps"], Value::Array(vec![app.clone()]));

    let updated = run("update", &[&id, "--set", "sandbox_mode=false"]);
    assert_eq!(
        (&updated["sandbox_mode"], &updated["friendly_name"]),
        (&false.into(), &"Shop".into())
    );
    assert_eq!(run("show", &[&id])["sandbox_mode"], false);

    assert_eq!(run("delete", &[&id])["deleted"], true);
    here.fails(&["app", "show", "--client", &client, &id], 5);
    here.fails(&["app", "delete", "--client", &client, &id], 5);
}

#[test]
fn wrong_settings_are_told_all_at_once_and_change_nothing() {
    let here = Installation::new();
    let client = here.client();
    let wrong = ["--set", "sandbox_mode=maybe", "--set", "colour=red"];
    let complaint =
        here.fails(&[&["app", "create", "--client", client.as_str()], &wrong[..]].concat(), 2);
    assert!(complaint.contains("'sandbox_mode'") && complaint.contains("'colour'"), "{complaint}");
    assert_eq!(here.json(&["app", "list", "--client", &client])["apps"], Value::Array(vec![]));
}

#[test]
fn what_does_not_exist_is_not_made_by_asking_for_it() {
    let here = Installation::new();
    let complaint = here.fails(&["client", "list", "--data", "typo"], 4);
    assert!(complaint.contains("typo"), "{complaint}");
    assert!(!here.folder().join("typo").exists());

    here.client();
    let nobody = "CLNT-01920000-0000-7000-8000-000000000001";
    for args in [
        &["secret", "list", "--client", nobody][..],
        &["secret", "create", "--client", nobody],
        &["app", "list", "--client", nobody],
        &["app", "create", "--client", nobody],
    ] {
        here.fails(args, 5);
    }
}

#[test]
fn a_file_that_is_no_database_of_ours_is_left_alone() {
    let here = Installation::new();
    std::fs::create_dir(here.data()).unwrap();
    let file = here.data().join("onlyauth.db");
    std::fs::write(&file, "a diary").unwrap();
    here.fails(&["client", "list"], 4);
    here.fails(&["client", "create", "--name", "Shop"], 4);
    assert_eq!(std::fs::read(&file).unwrap(), b"a diary");
}

#[test]
fn a_wrong_configuration_stops_every_command() {
    let here = Installation::new();
    std::fs::write(here.folder().join("o.toml"), "[codes]\ndigits = 3\n[coeds]\nx = 1\n").unwrap();
    for args in [
        &["client", "list", "--config", "o.toml"][..],
        &["client", "create", "--name", "x", "--config", "o.toml"],
        &["config", "check", "--config", "o.toml"],
        &["serve", "--config", "o.toml"],
        &["demo", "--config", "o.toml"],
    ] {
        let complaint = here.fails(args, 3);
        assert!(complaint.contains("o.toml:2: codes.digits: expected"), "{complaint}");
        assert!(complaint.contains("the nearest is [codes]"), "{complaint}");
    }
    assert!(!here.data().exists());
}

#[test]
fn config_check_speaks_json_too() {
    let here = Installation::new();
    let good = here.json(&["config", "check"]);
    assert_eq!((&good["ok"], &good["problems"]), (&true.into(), &Value::Array(vec![])));
    let bad = here.run_with(&["config", "check", "--json"], &[("ONLYAUTH_CODES_DIGITS", "x")]);
    assert_eq!(bad.status.code(), Some(3));
    let answer: Value = serde_json::from_slice(&bad.stdout).unwrap();
    assert_eq!(answer["problems"][0]["origin"], "ONLYAUTH_CODES_DIGITS");
    assert_eq!(answer["problems"][0]["key"], "codes.digits");
}

#[test]
fn a_wrong_command_line_is_exit_code_2() {
    let here = Installation::new();
    for args in
        [&[][..], &["frobnicate"], &["client", "create"], &["secret", "list", "--client", "x"]]
    {
        let output = here.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(output.stdout, b"", "{args:?}");
    }
    assert_eq!(here.run(&["--version"]).status.code(), Some(0));
    assert_eq!(here.run(&["app", "--help"]).status.code(), Some(0));
}

#[test]
fn the_doctor_finds_a_healthy_installation_healthy() {
    let here = Installation::new();
    here.client();
    // Port 1 is nobody's: no server is asked.
    let environment =
        [("ONLYAUTH_SERVER_LISTEN", "127.0.0.1:1"), ("ONLYAUTH_SERVER_MAX_CONNECTIONS", "10")];
    let output = here.run_with(&["doctor", "--json"], &environment);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{report:#}");
    assert_eq!(report["ok"], true);
    for check in report["checks"].as_array().unwrap() {
        let expected = if check["name"] == "proxy" { "skip" } else { "ok" };
        assert_eq!(check["status"], expected, "{check}");
    }
}

#[test]
fn the_doctor_names_what_is_wrong() {
    let here = Installation::new();
    here.client();
    std::fs::remove_file(here.data().join("master.key")).unwrap();
    let output = here.run(&["doctor"]);
    let report = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(report.contains("FAIL  master key"), "{report}");
    assert!(report.contains("backup"), "{report}");
}
