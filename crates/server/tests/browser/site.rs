//! A customer's site, or a foreign one: an origin of its own that notes what it is asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Html;
use axum::routing::get;
use onlyauth_server::http::{self, Limits};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A request that came to the site.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) uri: String,
    pub(super) headers: HeaderMap,
}

/// A running site. Ends with the value.
pub(super) struct Site {
    pub(super) origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    _stop: oneshot::Sender<()>,
}

impl Site {
    pub(super) async fn start() -> Self {
        Self::with(Router::new()).await
    }

    /// With further pages.
    pub(super) async fn with(pages: Router) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let app = Router::new().route("/page", get(page)).fallback(note).with_state(seen.clone());
        let (origin, stop) = serve(app.merge(pages)).await;
        Self { origin, seen, _stop: stop }
    }

    /// The address of a page that frames `widget`.
    pub(super) fn framing(&self, widget: &str) -> String {
        format!("{}/page?{}", self.origin, crate::support::form(&[("src", widget)]))
    }

    /// What the site was asked, but for its own framing page.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

/// Serves until the sender is dropped, at an origin of its own.
pub(super) async fn serve(app: Router) -> (String, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let limits = Limits {
        header_timeout: Duration::from_secs(10),
        idle_timeout: Duration::from_secs(30),
        max_connections: 100,
        shutdown_grace: Duration::ZERO,
    };
    let (stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(http::serve(listener, app, limits, async {
        let _ = stopped.await;
    }));
    (origin, stop)
}

async fn page(RawQuery(query): RawQuery) -> Html<String> {
    let query = query.unwrap_or_default();
    let mut fields = url::form_urlencoded::parse(query.as_bytes());
    let src = fields.find(|(name, _)| name == "src").unwrap().1.replace('&', "&amp;");
    Html(format!(
        "<!doctype html><title>Site</title><link rel=icon href=data:,><iframe src=\"{src}\"></iframe>"
    ))
}

async fn note(State(seen): State<Arc<Mutex<Vec<Seen>>>>, request: Request) -> Html<&'static str> {
    let (uri, headers) = (request.uri().to_string(), request.headers().clone());
    assert!(!headers.contains_key(header::AUTHORIZATION));
    seen.lock().unwrap().push(Seen { uri, headers });
    Html(
        "<!doctype html><title>Back</title><link rel=icon href=data:,><main id=back>Back at the site</main>",
    )
}
