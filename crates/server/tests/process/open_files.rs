//! The system's limit on open files.

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::process::{Process, command, folder};

/// Opens connections that say nothing.
async fn idle(server: &Process, count: usize) -> Vec<TcpStream> {
    let mut open = Vec::new();
    for _ in 0..count {
        open.push(TcpStream::connect(server.address).await.unwrap());
    }
    open
}

/// An honest request, and how long it took.
async fn healthz(server: &Process) -> (String, Duration) {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    stream.write_all(request).await.unwrap();
    let mut answer = String::new();
    let reading = stream.read_to_string(&mut answer);
    tokio::time::timeout(Duration::from_secs(30), reading).await.expect("an answer").unwrap();
    (answer, begun.elapsed())
}

fn events(log: &str, name: &str) -> Vec<Value> {
    let events = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    events.filter(|event| event["message"] == name).collect()
}

#[tokio::test]
async fn row_42_idle_connections_do_not_use_up_the_files_that_all_else_needs() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let environment = [("ONLYAUTH_SERVER_HEADER_TIMEOUT", "3s")];
    let server = Process::serve_limited(&data, "-n 256", &environment);
    // More than there are files, and no more than are accepted and queued.
    let open = idle(&server, 300).await;
    // Those in front of it have their three seconds; then it is its turn.
    let (answer, _) = healthz(&server).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(open);
    // The database and its keys could be opened all the while.
    let beside = command(&data, &["client", "list"]);
    assert_eq!(beside["clients"].as_array().unwrap().len(), 1);
    let (exit, log) = server.stop();
    assert_eq!(exit, Some(0));
    assert!(!log.contains("accept_failed"), "{log}");
    let lowered = events(&log, "server.max_connections_lowered");
    assert_eq!(lowered.len(), 1, "{log}");
    assert_eq!((&lowered[0]["configured"], &lowered[0]["allowed"]), (&10_000.into(), &186.into()));
    assert_eq!(events(&log, "server.listening")[0]["max_connections"], 186);
}

#[tokio::test]
async fn row_42_the_soft_limit_is_raised() {
    let (_folder, data) = folder();
    command(&data, &["client", "create", "--name", "First"]);
    let environment = [("ONLYAUTH_SERVER_MAX_CONNECTIONS", "600")];
    let server = Process::serve_limited(&data, "-Sn 128", &environment);
    let open = idle(&server, 500).await;
    let (answer, took) = healthz(&server).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop(open);
    let (exit, log) = server.stop();
    assert_eq!(exit, Some(0));
    assert!(!log.contains("accept_failed"), "{log}");
    assert!(events(&log, "server.max_connections_lowered").is_empty(), "{log}");
}
