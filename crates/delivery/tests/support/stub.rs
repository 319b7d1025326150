//! A server on loopback that keeps what it is sent, and answers, hangs or breaks off as it is told.
//! The server's tests use it, too.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a request was.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    /// The one header of this name (in lower case).
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut found = self.headers.iter().filter(|(header, _)| header == name);
        let value = found.next().map_or("", |(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} twice");
        value
    }
}

/// What is done with a request that has come in whole.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Status, further header lines, body.
    Answer(u16, String, String),
    /// Nothing, for as long as the caller waits.
    Hang,
    /// The connection is closed without an answer.
    Reset,
    /// A status line and half of the body that it promises; then nothing.
    HalfAnswer(u16),
}

impl Act {
    pub(crate) fn status(status: u16) -> Self {
        Self::Answer(status, String::new(), String::new())
    }

    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::Answer(status, "content-type: application/json\r\n".to_owned(), body.to_owned())
    }

    pub(crate) fn retry_after(status: u16, seconds: &str) -> Self {
        Self::Answer(status, format!("retry-after: {seconds}\r\n"), String::new())
    }
}

type Usual = dyn Fn(&Request) -> Act + Send + Sync;

#[derive(Default)]
struct Book {
    requests: Vec<Request>,
    acts: VecDeque<Act>,
}

/// The stub. It stops with the test.
pub(crate) struct Stub {
    pub(crate) base: String,
    book: Arc<Mutex<Book>>,
}

impl Stub {
    /// One that does as `usual` says, unless something else is queued by [`Stub::then`].
    pub(crate) async fn start(usual: impl Fn(&Request) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let book = Arc::new(Mutex::new(Book::default()));
        let (shared, usual): (_, Arc<Usual>) = (book.clone(), Arc::new(usual));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone(), usual.clone()));
            }
        });
        Self { base, book }
    }

    /// Does this with the next request that has no act yet.
    pub(crate) fn then(&self, act: Act) {
        self.book.lock().unwrap().acts.push_back(act);
    }

    /// Everything that came in whole.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.book.lock().unwrap().requests.clone()
    }
}

async fn serve(mut stream: TcpStream, book: Arc<Mutex<Book>>, usual: Arc<Usual>) {
    let Some(request) = read(&mut stream).await else { return };
    let act = {
        let mut book = book.lock().unwrap();
        book.requests.push(request.clone());
        book.acts.pop_front().unwrap_or_else(|| usual(&request))
    };
    match act {
        Act::Answer(status, headers, body) => {
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
        Act::Reset => {}
        Act::HalfAnswer(status) => {
            let half = format!("HTTP/1.1 {status} X\r\ncontent-length: 100\r\n\r\n{{\"sid\":");
            let _ = stream.write_all(half.as_bytes()).await;
            hold(&mut stream).await;
        }
        Act::Hang => hold(&mut stream).await,
    }
}

/// Until the caller hangs up.
async fn hold(stream: &mut TcpStream) {
    while let Ok(1..) = stream.read(&mut [0; 64]).await {}
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let request = parse(head, body);
            if body.len() >= request.header("content-length").parse().unwrap_or(0) {
                return Some(request);
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}

fn parse(head: &str, body: &str) -> Request {
    let (line, rest) = head.split_once("\r\n").unwrap_or((head, ""));
    let headers = rest.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    Request { line: line.to_owned(), headers: headers.collect(), body: body.to_owned() }
}
