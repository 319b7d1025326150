//! One question to a running server, over a plain socket.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde::Deserialize;

const TIMEOUT: Duration = Duration::from_secs(2);
/// Longest answer that is read, in bytes.
const LONGEST: u64 = 65_536;

#[derive(Deserialize)]
struct Readiness {
    unlisted_proxy: bool,
}

/// What the server at `address` says about proxies; an error when none of ours answers there.
pub(super) fn unlisted_proxy(address: SocketAddr) -> io::Result<bool> {
    let answer = ask(address)?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str::<Readiness>(body)
        .map(|readiness| readiness.unlisted_proxy)
        .map_err(|_| io::Error::other("what answers there is no onlyauth"))
}

/// HTTP/1.0: the answer ends with the connection and has no chunks.
fn ask(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    stream.write_all(format!("GET /readyz HTTP/1.0\r\nHost: {address}\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.take(LONGEST).read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn answered(answer: &'static str) -> io::Result<bool> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let read = stream.read(&mut request).unwrap();
            assert!(request[..read].starts_with(b"GET /readyz HTTP/1.0\r\n"));
            stream.write_all(answer.as_bytes()).unwrap();
        });
        let result = unlisted_proxy(address);
        server.join().unwrap();
        result
    }

    #[test]
    fn the_servers_word_is_believed_and_nobody_elses() {
        let yes =
            "HTTP/1.0 503 Service Unavailable\r\n\r\n{\"ready\":false,\"unlisted_proxy\":true}";
        assert!(answered(yes).unwrap());
        assert!(!answered("HTTP/1.0 200 OK\r\n\r\n{\"unlisted_proxy\":false}").unwrap());
        for other in ["", "HTTP/1.0 200 OK\r\n\r\nhello", "HTTP/1.0 404 Not Found\r\n\r\n{}"] {
            assert!(answered(other).is_err(), "{other:?}");
        }
    }
}
