//! An HTTP/1.1 connection that costs the machine as little as possible: the driver shares it with the server,
//! and what the driver burns is missing in the result.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::failure::{Context, Failure, Result};

/// Room for a page of the widget with its head; grows where that is not enough.
const ROOM: usize = 32 * 1024;
/// More headers than any answer of the server has.
const MOST_HEADERS: usize = 32;

/// A connection that is kept open and reused; one request at a time.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer, valid until the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer<'a> {
    /// The status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: &'a [u8],
}

impl Answer<'_> {
    /// The body as text, for messages about what went wrong.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.body).chars().take(600).collect()
    }

    /// The failure that an answer of the wrong kind is.
    pub(crate) fn unexpected(&self, to: &str) -> Failure {
        Failure::new(format!("unexpected answer to {to}: {} {}", self.status, self.text()))
    }
}

/// The head of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    status: u16,
    length: usize,
    body: usize,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("connect to the server")?;
        stream.set_nodelay(true).context("set up a connection")?;
        Ok(Self { stream, buffer: vec![0; ROOM] })
    }

    /// Sends a whole request and waits for its whole answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await.context("send a request")?;
        let mut filled = 0;
        let mut head = None;
        loop {
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
            let read = self.stream.read(&mut self.buffer[filled..]).await;
            let read = read.context("read an answer")?;
            if read == 0 {
                return Err(Failure::new("the server closed a connection before it answered"));
            }
            filled += read;
            if head.is_none() {
                head = parse(&self.buffer[..filled])?;
            }
            let Some(Head { status, length, body }) = head else { continue };
            if filled < length + body {
                continue;
            }
            if filled > length + body {
                return Err(Failure::new("an answer is longer than it says"));
            }
            return Ok(Answer { status, body: &self.buffer[length..filled] });
        }
    }
}

/// Reads the head of an answer; nothing while it is incomplete.
fn parse(bytes: &[u8]) -> Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let status = response.parse(bytes).context("read the head of an answer")?;
    let httparse::Status::Complete(length) = status else { return Ok(None) };
    let header = response
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .context("find the length of an answer")?;
    let body = std::str::from_utf8(header.value).ok().and_then(|text| text.parse().ok());
    let body = body.context("read the length of an answer")?;
    Ok(Some(Head { status: response.code.unwrap_or(0), length, body }))
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let text = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx: y\r\n\r\nhello";
        for end in 0..49 {
            let whole = end >= 44;
            assert_eq!(parse(&text[..end]).unwrap().is_some(), whole, "{end}");
        }
        assert_eq!(parse(text).unwrap(), Some(Head { status: 200, length: 44, body: 5 }));
        assert!(parse(b"HTTP/1.1 200 OK\r\n\r\n").is_err(), "an answer without a length");
        assert!(parse(b"SSH-2.0\r\n\r\n").is_err());
    }

    #[tokio::test]
    async fn answers_in_pieces_and_larger_than_the_room_are_read_whole() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4];
            for body in [vec![b'a'; 3 * ROOM], b"short".to_vec()] {
                stream.read_exact(&mut request).await.unwrap();
                let head = format!("HTTP/1.1 201 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                let (first, second) = head.split_at(20);
                for piece in [first.as_bytes(), second.as_bytes(), &body] {
                    stream.write_all(piece).await.unwrap();
                    stream.flush().await.unwrap();
                    tokio::task::yield_now().await;
                }
            }
        });
        let mut connection = Connection::open(address).await.unwrap();
        let answer = connection.exchange(b"ping").await.unwrap();
        assert_eq!((answer.status, answer.body.len()), (201, 3 * ROOM));
        assert_eq!(connection.exchange(b"ping").await.unwrap().body, b"short");
        server.await.unwrap();
        assert!(connection.exchange(b"ping").await.is_err(), "nobody is there any more");
    }
}
