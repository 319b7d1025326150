//! The floor: the least that a server in this language can do for the same exchange. It reads a form of equal
//! bytes into equal fields, and writes a JSON of equal size; it checks nothing, signs nothing and keeps nothing.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::connection::Connection;
use crate::failure::{Context, Failure, Result};
use crate::place::Place;
use crate::server::free_address;

/// As many connections as the server lets the kernel hold.
const BACKLOG: u32 = 1024;

#[derive(Deserialize)]
#[expect(dead_code, reason = "fields are read, as in the server; there is nothing to do with them")]
struct Form {
    app_id: String,
    client_id: String,
    end_user_phone_number: String,
    end_user_uuid: String,
    redirect_uri: String,
    language: String,
    region: String,
}

#[derive(Serialize)]
struct Answer {
    token: String,
    language: &'static str,
}

/// Serves until it is killed.
pub(crate) fn serve(listen: SocketAddr, token_bytes: usize) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("start the runtime")?.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().context("make a socket")?;
        socket.bind(listen).context("listen")?;
        let listener = socket.listen(BACKLOG).context("listen")?.tap_io(|stream| {
            // As the server does; a connection where it fails is only slower.
            let _ = stream.set_nodelay(true);
        });
        let token: Arc<str> = "x".repeat(token_bytes).into();
        let app = Router::new()
            .route("/server/access-tokens/new", post(answer))
            .route("/readyz", get(|| async { "" }))
            .with_state(token);
        axum::serve(listener, app).await.context("serve")
    })
}

// What axum's own form extractor does; that one comes with a feature that the server does not use.
async fn answer(
    State(token): State<Arc<str>>,
    body: Bytes,
) -> std::result::Result<Json<Answer>, StatusCode> {
    let form = serde_urlencoded::from_bytes::<Form>(&body);
    form.map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(Json(Answer { token: token.to_string(), language: "en" }))
}

/// The floor as a process of its own; ends with this value.
#[derive(Debug)]
pub(crate) struct Floor {
    child: Child,
    /// Where it is; the ids are the server's, so that requests have equal bytes.
    pub(crate) place: Place,
}

impl Floor {
    /// Starts this program once more.
    pub(crate) async fn start(like: &Place, token_bytes: usize) -> Result<Self> {
        let place = Place { address: free_address()?, ..like.clone() };
        let program = std::env::current_exe().context("find this program")?;
        let child = Command::new(program)
            .args(["floor", "--listen", &place.address.to_string()])
            .args(["--token-bytes", &token_bytes.to_string()])
            .stdin(Stdio::null())
            .spawn()
            .context("start the floor")?;
        let floor = Self { child, place };
        let started = Instant::now();
        while Connection::open(floor.place.address).await.is_err() {
            if started.elapsed() > Duration::from_secs(10) {
                return Err(Failure::new("the floor does not start"));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(floor)
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Floor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
