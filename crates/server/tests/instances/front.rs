//! What stands before the instances, as a proxy does: each request goes to the next of them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

/// The header by which a test says from where a request seems to come.
pub(super) const PEER: &str = "x-test-peer";
/// From where the others come.
const USUAL_PEER: &str = "198.51.100.1";
const LARGEST: usize = 1 << 20;

/// The front, which ends with the test.
pub(super) struct Front {
    pub(super) address: SocketAddr,
    listener: Mutex<Option<TcpListener>>,
}

struct Behind {
    bases: Vec<String>,
    turn: AtomicUsize,
    http: reqwest::Client,
}

impl Front {
    /// Takes a port and answers nothing yet: the instances must know it before they start.
    pub(super) async fn bind() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        Self { address, listener: Mutex::new(Some(listener)) }
    }

    pub(super) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Gives the requests to these, in turn.
    pub(super) fn serve(&self, bases: Vec<String>) {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let behind = Arc::new(Behind { bases, turn: AtomicUsize::new(0), http });
        let listener = self.listener.lock().unwrap().take().expect("it serves once");
        let app = Router::new().fallback(forward).with_state(behind);
        tokio::spawn(async move { axum::serve(listener, app).await });
    }
}

async fn forward(State(behind): State<Arc<Behind>>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap();
    for own in ["host", "connection", "content-length", "transfer-encoding"] {
        parts.headers.remove(own);
    }
    // Behind whatever the caller claims, as proxies do that don't throw it away.
    let peer = parts.headers.remove(PEER);
    let peer = peer.unwrap_or(HeaderValue::from_static(USUAL_PEER));
    parts.headers.append("x-forwarded-for", peer);
    let turn = behind.turn.fetch_add(1, Ordering::Relaxed);
    let url = format!("{}{}", behind.bases[turn % behind.bases.len()], parts.uri);
    let request = behind.http.request(parts.method, url).headers(parts.headers).body(body);
    let Ok(answer) = request.send().await else { return StatusCode::BAD_GATEWAY.into_response() };
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    headers.remove("transfer-encoding");
    headers.remove("connection");
    let Ok(body) = answer.bytes().await else { return StatusCode::BAD_GATEWAY.into_response() };
    (status, headers, Body::from(body)).into_response()
}
