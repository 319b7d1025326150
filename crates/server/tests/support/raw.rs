//! HTTP by hand: for what no client library sends, and for many requests at little cost.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes on a new connection, ends it, and reads what comes back.
pub(crate) async fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may close before it has read everything; what it said until then is the answer.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(super::PATIENCE, reading).await.expect("an answer or an end");
    answer
}

/// Sends a head, waits for the interim answer (the handler asks for the body), and then sends the body.
pub(crate) async fn after_continue(
    address: SocketAddr,
    head: &str,
    body: impl FnOnce() -> String,
) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; "HTTP/1.1 100 Continue\r\n\r\n".len()];
    stream.read_exact(&mut answer).await.unwrap();
    stream.write_all(body().as_bytes()).await.unwrap();
    stream.read_to_end(&mut answer).await.unwrap();
    answer
}

/// The statuses of all answers in a stream of them.
pub(crate) fn statuses(answers: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(answers);
    text.match_indices("HTTP/1.1 ")
        .filter_map(|(at, _)| text.get(at + 9..at + 12)?.parse().ok())
        .collect()
}

/// Sends requests one behind the other on one connection and counts the answers by status.
pub(crate) async fn pipeline(address: SocketAddr, requests: &[String]) -> Vec<u16> {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut reader, mut writer) = stream.into_split();
    let mut all = requests.concat();
    all.push_str("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    // The writing half stays open until the last answer: a client that hangs up is owed none.
    let writing =
        tokio::spawn(async move { writer.write_all(all.as_bytes()).await.map(|()| writer) });
    let mut answers = Vec::new();
    reader.read_to_end(&mut answers).await.unwrap();
    drop(writing.await.unwrap().unwrap());
    let mut statuses = statuses(&answers);
    assert_eq!(statuses.pop(), Some(200), "the last one is the health check's");
    statuses
}
