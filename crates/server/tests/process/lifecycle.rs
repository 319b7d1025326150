//! Starting, stopping, and working beside administrative commands.

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::process::{Process, client, command, folder};
use crate::support::{EndUser, TestServer, eventually};

/// Tries to serve and fails.
fn serve_fails(data: &Path, more: &[&str]) -> (Option<i32>, String) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_onlyauth"))
        .args(["serve", "--data"])
        .arg(data)
        .args(more)
        .env_clear()
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[tokio::test]
async fn sigterm_finishes_what_is_in_flight() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = client(&data, &server.base());
    let body =
        crate::support::form(&[("friendly_name", "Finished"), ("client_id", &backend.client_id)]);
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = format!(
        "POST /apps HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n",
        backend.secret,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // The interim answer says that the handler reads the body: the request is in flight.
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).await.unwrap();
    assert!(interim.starts_with(b"HTTP/1.1 100"));
    server.terminate();
    eventually("the listener to close", || async {
        TcpStream::connect(server.address).await.is_err().then_some(())
    })
    .await;
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Finished"), "{answer}");
    let (exit, log) = server.stop();
    assert_eq!(exit, Some(0));
    assert!(log.contains("server.stopped"), "{log}");
    let apps = command(&data, &["app", "list", "--client", &backend.client_id]);
    assert!(apps.to_string().contains("Finished"), "{apps}");
}

#[tokio::test]
async fn commands_beside_a_running_server_are_noticed_within_two_seconds() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let backend = client(&data, &server.base());
    let app = command(
        &data,
        &["app", "create", "--client", &backend.client_id, "--set", "app_domain=shop.example"],
    );
    let app = app["id"].as_str().unwrap().to_owned();
    let status = || async { backend.create_access_token(&app, &EndUser::ann(), &[]).await.status };
    assert_eq!(status().await, 200);
    let changed = Instant::now();
    command(&data, &["app", "update", &app, "--client", &backend.client_id, "--set", "enabled=0"]);
    eventually("the app to be off", || async { (status().await == 400).then_some(()) }).await;
    assert!(changed.elapsed() < Duration::from_millis(2_500), "{:?}", changed.elapsed());
    let changed = Instant::now();
    let secret = backend.secret_id.to_string();
    command(&data, &["secret", "revoke", "--client", &backend.client_id, &secret]);
    eventually("the secret to be dead", || async { (status().await == 401).then_some(()) }).await;
    assert!(changed.elapsed() < Duration::from_millis(2_500), "{:?}", changed.elapsed());
}

#[tokio::test]
async fn a_second_server_a_taken_port_and_lost_or_wrong_keys_are_one_sentence_and_a_hint() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let server = Process::serve(&data, &[]);
    let port = server.address.to_string();
    let (exit, said) = serve_fails(&data, &["--listen", "127.0.0.1:0"]);
    assert_eq!(exit, Some(4), "{said}");
    assert!(said.contains("hint: "), "{said}");
    let (_other, other) = folder();
    let (exit, said) = serve_fails(&other, &["--listen", &port]);
    assert_eq!(exit, Some(6), "{said}");
    assert!(said.contains("can't listen on") && said.contains("hint: "), "{said}");
    assert_eq!(server.stop().0, Some(0));

    let key = data.join("master.key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let (exit, said) = serve_fails(&data, &["--listen", "127.0.0.1:0"]);
    assert_eq!(exit, Some(4), "{said}");
    assert!(said.contains("hint: ") && !key.exists(), "no new key beside old data: {said}");

    // Another installation's key.
    command(&other, &["client", "create", "--name", "Other"]);
    std::fs::copy(other.join("master.key"), &key).unwrap();
    let (exit, said) = serve_fails(&data, &["--listen", "127.0.0.1:0"]);
    assert_eq!(exit, Some(4), "{said}");
    assert!(said.contains("master key") && said.contains("hint: "), "{said}");
    assert!(!said.contains("panicked"), "{said}");

    // Nothing was lost by the failed starts.
    std::fs::write(&key, kept).unwrap();
    let clients = command(&data, &["client", "list"]);
    assert!(clients.to_string().contains("First"), "{clients}");
    assert_eq!(Process::serve(&data, &[]).stop().0, Some(0));
}

#[tokio::test]
async fn a_foreign_database_is_left_alone() {
    let (_folder, data) = folder();
    std::fs::create_dir(&data).unwrap();
    let path = data.join("onlyauth.db");
    rusqlite::Connection::open(&path).unwrap().execute("CREATE TABLE theirs (x)", []).unwrap();
    let before = std::fs::read(&path).unwrap();
    let (exit, said) = serve_fails(&data, &["--listen", "127.0.0.1:0"]);
    assert_eq!(exit, Some(4), "{said}");
    assert!(said.contains("hint: "), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn row_43_a_locked_database_gives_503_never_a_success_and_recovers_by_itself() {
    let server = TestServer::start().await;
    let (backend, app) = server.shop().await;
    let (_, page) = backend.pass(&app, &EndUser::ann()).await;
    let token = page.success_token().unwrap();
    let widget = backend.widget(&app, &EndUser::number(1)).await;
    widget.send().await;
    let code = backend.code(&app, &EndUser::number(1)).await;
    let form = widget.open().await;

    let blocker = rusqlite::Connection::open(server.data().join("onlyauth.db")).unwrap();
    blocker.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let answer = backend.validate(&app, &token).await;
    assert_eq!((answer.status, answer.code()), (503, "overloaded".to_owned()));
    assert_eq!(answer.retry_after, Some(1));
    let page = widget.check(&form, &code).await;
    assert_eq!((page.status, page.state(), page.success_token()), (503, "fault", None));
    blocker.execute_batch("ROLLBACK").unwrap();

    assert_eq!(backend.validate(&app, &token).await.status, 200, "nothing was consumed");
    assert_eq!(widget.check(&form, &code).await.state(), "passed", "nothing was counted");
}
