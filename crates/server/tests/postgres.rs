//! The server on PostgreSQL: chosen by the configuration, and serving again by itself after an outage. What the
//! database must do is tested in the store; what several instances must do, with them.

use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::postgres_server::{PostgresServer, TestDatabase};
use crate::support::process::Process;
use crate::support::{EndUser, TestServer, eventually};

const PASSWORD: &str = "correct-horse";

fn with_password(url: &str) -> String {
    url.replacen("postgres@", &format!("postgres:{PASSWORD}@"), 1)
}

#[tokio::test]
async fn a_login_passes_and_is_redeemed_once() {
    let database = TestDatabase::empty();
    let url = database.url();
    let server = TestServer::with(|config| config.database.url = url.parse().unwrap()).await;
    assert!(!server.data().join("onlyauth.db").exists());
    let (backend, app) = server.shop().await;
    let (_, page) = backend.pass(&app, &EndUser::ann()).await;
    let token = page.success_token().unwrap();
    assert_eq!(backend.validate(&app, &token).await.status, 200);
    assert_eq!(backend.validate(&app, &token).await.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn row_43_while_the_database_is_away_requests_are_refused_and_later_served() {
    let mut database = PostgresServer::start(&[]);
    let url = database.url("postgres");
    let server = TestServer::with(|config| config.database.url = url.parse().unwrap()).await;
    let (backend, app) = server.shop().await;
    let (_, page) = backend.pass(&app, &EndUser::ann()).await;
    let token = page.success_token().unwrap();
    let ready = || async {
        let answer = server.http.get(format!("{}/readyz", server.base())).send().await.unwrap();
        answer.status() == 200
    };
    assert!(ready().await);

    database.stop();
    for _ in 0..3 {
        let answer = backend.validate(&app, &token).await;
        assert_eq!((answer.status, answer.code().as_str()), (503, "overloaded"), "{answer:?}");
        assert_eq!(answer.retry_after, Some(1));
    }
    eventually("the server to be unready", || async { (!ready().await).then_some(()) }).await;
    let alive = server.http.get(format!("{}/healthz", server.base())).send().await.unwrap();
    assert_eq!(alive.status(), 200);

    database.start_again();
    eventually("the server to be ready", || async { ready().await.then_some(()) }).await;
    assert_eq!(backend.validate(&app, &token).await.status, 200);
    backend.pass(&app, &EndUser::number(1)).await;
    server.stop().await;
}

/// Runs the program where the address of the database is in a file.
fn onlyauth(folder: &std::path::Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_onlyauth"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("ONLYAUTH_DATABASE_URL_FILE", folder.join("url"))
        // Port 1 is nobody's: no server is asked.
        .env("ONLYAUTH_SERVER_LISTEN", "127.0.0.1:1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn commands_work_beside_a_server_and_nothing_tells_the_password() {
    let database = TestDatabase::empty();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("url"), with_password(&database.url())).unwrap();
    let run = |args: &[&str]| onlyauth(folder.path(), args);

    let (code, _, complaint) = run(&["client", "list"]);
    assert_eq!(code, Some(4));
    assert!(complaint.contains("is empty") && complaint.contains("database.url"), "{complaint}");
    let (code, out, complaint) = run(&["client", "create", "--name", "Shop", "--json"]);
    assert_eq!(code, Some(0), "{complaint}");
    assert!(out.contains("CLNT-"), "{out}");
    assert!(!folder.path().join("data/onlyauth.db").exists());

    let file = folder.path().join("url").display().to_string();
    let environment = [
        ("ONLYAUTH_DATABASE_URL_FILE", file.as_str()),
        ("ONLYAUTH_LOG_LEVEL", "trace"),
        ("ONLYAUTH_LOG_FORMAT", "json"),
    ];
    let server = Process::serve(&folder.path().join("data"), &environment);
    let (code, _, complaint) = run(&["client", "create", "--name", "Another"]);
    assert_eq!(code, Some(0), "{complaint}");
    let (code, report, _) = run(&["doctor", "--json"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    let failed = |check: &&Value| check["status"] == "fail";
    let failures: Vec<_> = report["checks"].as_array().unwrap().iter().filter(failed).collect();
    assert_eq!((code, failures.len()), (Some(0), 0), "{report:#}");
    let whole = |check: &Value| check["name"] == "database" && check["status"] == "ok";
    assert!(report["checks"].as_array().unwrap().iter().any(whole), "{report:#}");

    let (code, log) = server.stop();
    assert_eq!(code, Some(0));
    assert!(!log.contains(PASSWORD), "{log}");
    for args in [&["config", "check"][..], &["doctor"], &["client", "list"]] {
        let (_, out, complaint) = run(args);
        assert!(!out.contains(PASSWORD) && !complaint.contains(PASSWORD), "{args:?}");
    }
}

#[test]
fn an_instance_without_the_installations_master_key_does_not_start() {
    let database = TestDatabase::empty();
    let [first, second] = [(); 2].map(|()| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("url"), with_password(&database.url())).unwrap();
        folder
    });
    assert_eq!(onlyauth(first.path(), &["client", "create", "--name", "Shop"]).0, Some(0));
    let (code, _, complaint) = onlyauth(second.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, Some(4));
    assert!(complaint.contains("master key") && complaint.contains("is missing"), "{complaint}");
    assert!(!second.path().join("data/master.key").exists());
}

#[test]
fn a_database_that_is_not_there_is_one_sentence_and_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("postgres://auth:{PASSWORD}@127.0.0.1:1/onlyauth");
    std::fs::write(folder.path().join("url"), url).unwrap();
    let started = std::time::Instant::now();
    let (code, _, complaint) = onlyauth(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, Some(4), "{complaint}");
    assert!(complaint.contains("can't use postgres://127.0.0.1/onlyauth"), "{complaint}");
    assert!(complaint.contains("\nhint: ") && !complaint.contains(PASSWORD), "{complaint}");
    assert!(started.elapsed() < Duration::from_secs(15));
}
