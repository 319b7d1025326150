//! A server on loopback that keeps what it is sent, and answers, hangs or breaks as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const JSON: &str = "content-type: application/json\r\n";

/// A request that came in whole.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    /// The one header of this name (in lower case), empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut found = self.headers.iter().filter(|(header, _)| header == name);
        let value = found.next().map_or("", |(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} twice");
        value
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub(crate) fn query(&self) -> Vec<(String, String)> {
        pairs(self.target.split_once('?').map_or("", |(_, query)| query))
    }

    /// The fields of a body that is a form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        let lines = self.header("content-type") == "application/x-ndjson";
        pairs(if lines { "" } else { &self.body })
    }
}

fn pairs(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// What is done with a request that has come in whole.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Status, further header lines, body.
    Answer(u16, String, String),
    /// An answer in JSON, after which the connection is closed without that having been announced.
    AnswerAndClose(String),
    /// The connection is kept and nothing is sent.
    Hang,
    /// The connection is reset without an answer.
    Reset,
    /// These bytes are sent and the connection is closed.
    Close(&'static str),
    /// These bytes are sent and the connection is reset.
    CloseHard(&'static str),
    /// These bytes are sent, then nothing any more.
    Stall(&'static str),
    /// A body is sent that does not end before the caller leaves.
    Endless,
}

impl Act {
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::Answer(status, JSON.to_owned(), body.to_owned())
    }

    /// An answer of the API to a refused request.
    pub(crate) fn refusal(status: u16, code: &str) -> Self {
        Self::json(status, &format!(r#"{{"error":"No.","code":"{code}","errors":["No."]}}"#))
    }

    /// The same with another header line.
    pub(crate) fn with(self, line: &str) -> Self {
        match self {
            Self::Answer(status, headers, body) => {
                Self::Answer(status, format!("{headers}{line}\r\n"), body)
            }
            other => panic!("{other:?} has no headers"),
        }
    }
}

#[derive(Default)]
struct Book {
    requests: Vec<Request>,
    acts: VecDeque<Act>,
    connections: usize,
    /// Bytes of endless bodies that the caller's side took.
    poured: usize,
    /// Connections that the other side has closed, of those that wait for it.
    left: usize,
}

/// The stub. It stops with the test.
#[derive(Clone)]
pub(crate) struct Stub {
    pub(crate) base: String,
    book: Arc<Mutex<Book>>,
}

impl Stub {
    /// Does these one after the other, a request each, and the last of them for ever.
    pub(crate) async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stub = Self { base, book: Arc::default() };
        stub.book.lock().unwrap().acts.extend(acts);
        let serving = stub.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                serving.book.lock().unwrap().connections += 1;
                let connection = serving.clone();
                tokio::spawn(async move { connection.serve(stream, reset).await });
            }
        });
        stub
    }

    /// One whose connections somebody else accepts.
    pub(crate) fn behind(base: String, acts: impl IntoIterator<Item = Act>) -> Self {
        let stub = Self { base, book: Arc::default() };
        stub.book.lock().unwrap().acts.extend(acts);
        stub
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.book.lock().unwrap().requests.clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.book.lock().unwrap().connections
    }

    pub(crate) fn count_connection(&self) -> usize {
        let mut book = self.book.lock().unwrap();
        book.connections += 1;
        book.connections
    }

    /// Waits until a caller has closed its connection; as many bytes as an endless body brought it, those in the
    /// system's buffers included.
    pub(crate) async fn when_left(&self) -> usize {
        let left = || {
            let book = self.book.lock().unwrap();
            (book.left > 0).then_some(book.poured)
        };
        super::eventually("a caller that leaves", left).await
    }

    /// Serves a connection to its end.
    pub(crate) async fn serve<S>(&self, mut stream: S, reset: fn(S))
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        while let Some(request) = read_request(&mut stream).await {
            let act = self.note(request);
            let text = match act {
                Act::Answer(status, headers, body) => answer(status, &headers, &body),
                Act::AnswerAndClose(body) => {
                    let text = answer(200, JSON, &body);
                    stream.write_all(text.as_bytes()).await.unwrap();
                    let _ = stream.shutdown().await;
                    wait_for_end(&mut stream).await;
                    self.book.lock().unwrap().left += 1;
                    return;
                }
                Act::Hang => return wait_for_end(&mut stream).await,
                Act::Reset => return reset(stream),
                Act::Close(text) => {
                    stream.write_all(text.as_bytes()).await.unwrap();
                    let _ = stream.shutdown().await;
                    return wait_for_end(&mut stream).await;
                }
                Act::CloseHard(text) => {
                    stream.write_all(text.as_bytes()).await.unwrap();
                    return reset(stream);
                }
                Act::Stall(text) => {
                    stream.write_all(text.as_bytes()).await.unwrap();
                    return wait_for_end(&mut stream).await;
                }
                Act::Endless => return self.pour(&mut stream).await,
            };
            if stream.write_all(text.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    fn note(&self, request: Request) -> Act {
        let mut book = self.book.lock().unwrap();
        book.requests.push(request);
        if book.acts.len() > 1 { book.acts.pop_front() } else { book.acts.front().cloned() }
            .unwrap()
    }

    async fn pour(&self, stream: &mut (impl AsyncWrite + Unpin)) {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
        stream.write_all(head.as_bytes()).await.unwrap();
        let chunk = vec![b' '; 64 * 1024];
        while let Ok(written) = stream.write(&chunk).await {
            self.book.lock().unwrap().poured += written;
        }
        self.book.lock().unwrap().left += 1;
    }
}

fn answer(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} Said\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

/// Closes so that the other side reads 'connection reset'.
pub(crate) fn reset(stream: TcpStream) {
    stream.set_zero_linger().unwrap();
    drop(stream);
}

async fn wait_for_end(stream: &mut (impl AsyncRead + Unpin)) {
    while let Ok(1..) = stream.read(&mut [0; 256]).await {}
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        read_more(stream, &mut bytes).await?;
    };
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let mut line = lines.next().unwrap().split(' ');
    let (method, target) = (line.next().unwrap().to_owned(), line.next().unwrap().to_owned());
    let headers: Vec<_> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    while bytes.len() < head_end + 4 + length {
        read_more(stream, &mut bytes).await?;
    }
    let body = String::from_utf8(bytes[head_end + 4..].to_vec()).unwrap();
    Some(Request { method, target, headers, body })
}

async fn read_more(stream: &mut (impl AsyncRead + Unpin), bytes: &mut Vec<u8>) -> Option<()> {
    match stream.read_buf(bytes).await {
        Ok(1..) => Some(()),
        _ => None,
    }
}
