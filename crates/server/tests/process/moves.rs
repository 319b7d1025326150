//! Whole installations on the move: copied to PostgreSQL with interruptions, backed up under load, put back.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::postgres_server::TestDatabase;
use crate::support::process::{Process, client, command, folder};
use crate::support::{Backend, EndUser, Widget};

const PASSWORD: &str = "correct-horse";

fn onlyauth(data: &Path, args: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onlyauth"));
    command.args(args).arg("--data").arg(data).env_clear().envs(environment.iter().copied());
    command
}

/// Runs a command: exit code, standard output and standard error, none of which may tell the password.
fn run(data: &Path, args: &[&str], environment: &[(&str, &str)]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = onlyauth(data, args, environment).output().unwrap();
    let (out, said) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(!out.contains(PASSWORD) && !said.contains(PASSWORD), "{args:?}: {out} {said}");
    (status.code().unwrap(), out, said)
}

/// Runs a command that must fail in this way.
fn refused(data: &Path, args: &[&str], environment: &[(&str, &str)], code: i32, what: &str) {
    let (exit, out, said) = run(data, args, environment);
    assert_eq!((exit, out.as_str()), (code, ""), "{args:?}: {said}");
    assert!(said.contains(what) && said.contains("\nhint: "), "{args:?}: {said}");
}

fn moved(backend: &Backend, widget: &Widget, base: &str) -> (Backend, Widget) {
    let backend = Backend { base: base.to_owned(), ..backend.clone() };
    (backend, Widget { base: base.to_owned(), ..widget.clone() })
}

fn healthy(data: &Path, environment: &[(&str, &str)]) {
    // Port 1 is nobody's: no server is asked.
    let environment = [environment, &[("ONLYAUTH_SERVER_LISTEN", "127.0.0.1:1")]].concat();
    let (code, report, said) = run(data, &["doctor"], &environment);
    assert_eq!(code, 0, "{report} {said}");
}

/// A login that was begun: its widget, and the code that its end user got.
async fn begun(backend: &Backend, app: &str, user: &EndUser) -> (Widget, String) {
    let widget = backend.widget(app, user).await;
    assert_eq!(widget.send().await.state(), "code_sent");
    let code = backend.code(app, user).await;
    (widget, code)
}

/// Starts the copy and kills it once it has said so many lines; false when it came to its end all the same.
fn interrupted(data: &Path, args: &[&str], lines: usize) -> bool {
    let mut copy =
        onlyauth(data, args, &[]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut said = BufReader::new(copy.stderr.take().unwrap()).lines().map_while(Result::ok);
    assert_eq!(said.by_ref().take(lines).count(), lines);
    copy.kill().unwrap();
    !copy.wait().unwrap().success()
}

#[tokio::test]
async fn a_copy_survives_kills_and_logins_go_on_at_the_new_place() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let mut token = None;
    for number in 0..5 {
        token = backend.pass(&app, &EndUser::number(number)).await.1.success_token();
    }
    let token = token.unwrap();
    let (widget, code) = begun(&backend, &app, &EndUser::ann()).await;

    let target = TestDatabase::empty();
    let address = target.url().replacen("postgres@", &format!("postgres:{PASSWORD}@"), 1);
    let file = data.with_file_name("new-url");
    std::fs::write(&file, &address).unwrap();
    let file = file.to_str().unwrap();
    let args = ["copy", "--to-file", file];
    let there = [("ONLYAUTH_DATABASE_URL_FILE", file)];
    refused(&data, &args, &[], 4, "in use");
    assert_eq!(target.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), [["0"]]);
    assert_eq!(server.stop().0, Some(0));

    refused(&data.with_file_name("typo"), &args, &[], 4, "there is no database");
    let key = data.join("master.key");
    let hidden = data.join("hidden.key");
    std::fs::rename(&key, &hidden).unwrap();
    refused(&data, &args, &[], 4, "master.key is missing");
    std::fs::rename(&hidden, &key).unwrap();

    let mut kills = 0;
    for lines in [1, 2, 5, 9, 13, 17, 24] {
        if !interrupted(&data, &args, lines) {
            break;
        }
        kills += 1;
        refused(&data, &["serve", "--listen", "127.0.0.1:0"], &there, 4, "is not finished");
        refused(&data, &["client", "list"], &there, 4, "is not finished");
    }
    assert!(kills >= 3, "while the first tables are copied there is time to kill it");
    let (exit, report, said) = run(&data, &[&args[..], &["--json"]].concat(), &[]);
    assert_eq!(exit, 0, "{said}");
    let report: Value = serde_json::from_str(&report).unwrap();
    let rows = |table: &str| {
        let tables = report["tables"].as_array().unwrap();
        tables.iter().find(|row| row["table"] == table).unwrap()["rows"].as_u64().unwrap()
    };
    assert_eq!((rows("clients"), rows("actions"), rows("success_tokens")), (2, 6, 5), "{report:#}");
    assert_eq!(report["was_there"], kills < 7);
    assert_eq!(report["master_key"], key.to_str().unwrap());
    let (exit, again, _) = run(&data, &[&args[..], &["--json"]].concat(), &[]);
    let again: Value = serde_json::from_str(&again).unwrap();
    assert_eq!((exit, &again["was_there"], &again["tables"]), (0, &true.into(), &report["tables"]));

    healthy(&data, &there);
    let server = Process::serve(&data, &there);
    let (backend, widget) = moved(&backend, &widget, &server.base());
    assert_eq!(backend.validate(&app, &token).await.status, 200, "passed there, redeemed here");
    assert_eq!(backend.validate(&app, &token).await.status, 404);
    let page = widget.try_code(&code).await;
    let token = page.success_token().unwrap_or_else(|| panic!("{page:?}"));
    assert_eq!(backend.validate(&app, &token).await.status, 200);
    let (code, log) = server.stop();
    assert!(code == Some(0) && !log.contains(PASSWORD));
    refused(&data, &args, &[], 4, "another installation");

    let back = ["copy", "--from-file", file, "--to", "sqlite:back.db"];
    let output = onlyauth(&data, &back, &[]).current_dir(&data).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let path = format!("sqlite:{}", data.join("back.db").display());
    healthy(&data, &[("ONLYAUTH_DATABASE_URL", &path)]);
}

#[test]
fn addresses_are_checked_and_a_password_is_not_repeated() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    refused(&data, &["copy"], &[], 2, "where to copy to");
    refused(&data, &["copy", "--to", "sqlite:"], &[], 2, "both what to copy");
    let broken = format!("postgres://auth:{PASSWORD}@localhost");
    refused(&data, &["copy", "--to", &broken], &[], 2, "--to: expected");
    let nowhere = format!("postgres://auth:{PASSWORD}@127.0.0.1:1/o");
    refused(&data, &["copy", "--to", &nowhere], &[], 4, "can read the password in --to");
}

fn names(path: &Path) -> Vec<String> {
    let mut entries: Vec<_> = std::fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    entries.sort();
    entries
}

fn clients(database: &Path) -> u32 {
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.query_row("SELECT count(*) FROM clients", [], |row| row.get(0)).unwrap()
}

fn backup(data: &Path, name: &str) -> PathBuf {
    let file = data.with_file_name(name);
    let written = command(data, &["backup", file.to_str().unwrap()]);
    assert_eq!(written["master_key"], data.join("master.key").to_str().unwrap());
    file
}

#[tokio::test]
async fn a_backup_is_taken_while_logins_go_on_and_put_back_without_what_was_open() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = client(&data, &server.base());
    let app = backend.sandbox_app().await;
    let (widget, code) = begun(&backend, &app, &EndUser::ann()).await;
    let token = backend.pass(&app, &EndUser::number(1)).await.1.success_token().unwrap();
    let logins = {
        let (backend, app) = (backend.clone(), app.clone());
        tokio::spawn(async move {
            for number in 2..12 {
                backend.pass(&app, &EndUser::number(number)).await;
            }
        })
    };
    let mut files = Vec::new();
    while !logins.is_finished() || files.is_empty() {
        let (data, name) = (data.clone(), format!("backup-{}", files.len()));
        files.push(tokio::task::spawn_blocking(move || backup(&data, &name)).await.unwrap());
    }
    logins.await.unwrap();
    let file = files[0].to_str().unwrap();
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    refused(&data, &["backup", file], &[], 4, "exists already");
    refused(&data, &["restore", file], &[], 4, "a database at");
    refused(&data, &["restore", file, "--replace"], &[], 4, "in use");
    command(&data, &["client", "create", "--name", "Later"]);
    // What was open in the backup is used meanwhile; then the server leaves a log behind.
    assert!(widget.try_code(&code).await.success_token().is_some());
    assert_eq!(backend.validate(&app, &token).await.status, 200);
    server.kill();
    let log = data.join("onlyauth.db-wal");
    assert!(std::fs::metadata(&log).unwrap().len() > 0);

    let key = data.join("master.key");
    let good = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    refused(&data, &["restore", file, "--replace"], &[], 4, "master.key is missing");
    let other = String::from_utf8(good.clone()).unwrap();
    let other = if other.ends_with("0\n") { other.replace("0\n", "1\n") } else { flipped(&other) };
    std::fs::write(&key, other).unwrap();
    std::fs::set_permissions(&key, PermissionsExt::from_mode(0o600)).unwrap();
    refused(&data, &["restore", file, "--replace"], &[], 4, "does not open");
    std::fs::write(&key, good).unwrap();
    assert!(log.exists() && clients(&data.join("onlyauth.db")) == 3, "nothing was changed");

    let restored = command(&data, &["restore", file, "--replace"]);
    assert!(restored["cancelled_logins"].as_u64().unwrap() >= 1, "{restored:#}");
    assert!(restored["ended_success_tokens"].as_u64().unwrap() >= 1, "{restored:#}");
    let kept = PathBuf::from(restored["kept_as"].as_str().unwrap());
    assert_eq!((clients(&kept), clients(&data.join("onlyauth.db"))), (3, 2));
    assert!(!names(&data).iter().any(|name| name.contains("restoring")), "{:?}", names(&data));
    healthy(&data, &[]);
    let server = Process::serve(&data, &[]);
    let (backend, widget) = moved(&backend, &widget, &server.base());
    assert_eq!(backend.validate(&app, &token).await.status, 404, "redeemed before");
    assert_eq!(widget.try_code(&code).await.success_token(), None, "used before");
    backend.pass(&app, &EndUser::ann()).await;
    assert_eq!(server.stop().0, Some(0));
}

/// A key file with another key in it.
fn flipped(text: &str) -> String {
    format!("{}0\n", &text.trim_end()[..text.trim_end().len() - 1])
}

#[test]
fn a_damaged_database_is_replaced_and_its_log_is_not_applied_to_its_successor() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let file = backup(&data, "backup");
    for _ in 0..5 {
        command(&data, &["client", "create", "--name", "Later"]);
    }
    server.kill();
    let database = data.join("onlyauth.db");
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[..100].fill(b'x');
    std::fs::write(&database, bytes).unwrap();
    let log = std::fs::read(data.join("onlyauth.db-wal")).unwrap();
    let restored = command(&data, &["restore", file.to_str().unwrap(), "--replace"]);
    let kept = restored["kept_as"].as_str().unwrap();
    assert_eq!(std::fs::read(format!("{kept}-wal")).unwrap(), log, "nothing is lost");
    assert_eq!(clients(&database), 1);
    healthy(&data, &[]);
}

#[test]
fn what_is_no_sound_backup_changes_nothing() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let good = std::fs::read(backup(&data, "backup")).unwrap();
    let before = names(&data);
    let file = data.with_file_name("bad");
    let mut torn = good.clone();
    torn[8_192..40_000].fill(b'x');
    for (bytes, what) in [
        (&b"minutes of the meeting"[..], "not a database of onlyauth"),
        (b"", "nothing in it"),
        (&torn, "damaged"),
        (&good[..good.len() / 2], "damaged"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let args = ["restore", file.to_str().unwrap(), "--replace"];
        let (exit, _, said) = run(&data, &args, &[]);
        assert!(exit == 4 && (said.contains(what) || said.contains("malformed")), "{what}: {said}");
        assert_eq!(names(&data), before);
    }
    assert_eq!(clients(&data.join("onlyauth.db")), 1);
}

#[test]
fn a_server_database_has_tools_of_its_own() {
    let (_folder, data) = folder();
    let there = [("ONLYAUTH_DATABASE_URL", "postgres://127.0.0.1:1/o")];
    refused(&data, &["backup", "b"], &there, 1, "pg_dump");
    refused(&data, &["restore", "b"], &there, 1, "pg_restore");
}

#[tokio::test]
async fn two_folders_that_name_one_file_serve_one_after_the_other() {
    let (_folder, data) = folder();
    let other = data.with_file_name("other");
    let file = data.with_file_name("shared.db");
    let address = format!("sqlite:{}", file.display());
    let there = [("ONLYAUTH_DATABASE_URL", address.as_str())];
    let server = Process::serve(&data, &there);
    assert!(file.exists() && !data.join("onlyauth.db").exists());
    refused(&other, &["serve", "--listen", "127.0.0.1:0"], &there, 4, "in use");
    assert_eq!(server.stop().0, Some(0));
}
