//! For operators and load balancers: alive, ready, and the numbers.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::Mutex;

use crate::client_address::ClientAddress;
use crate::error::ApiError;
use crate::service::Service;

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

#[derive(Debug, Serialize)]
struct Readiness {
    ready: bool,
    database: &'static str,
    keys: &'static str,
    /// Within the last hour a proxy forwarded requests without being listed in `server.trusted_proxies`.
    unlisted_proxy: bool,
}

/// Whether logins can be served: database and key ring answer.
pub async fn readyz(State(service): State<Service>) -> Response {
    let Health { database, keys } = service.health.look(&service).await;
    let word = |ok: bool| if ok { "ok" } else { "failing" };
    let body = Readiness {
        ready: database && keys,
        database: word(database),
        keys: word(keys),
        unlisted_proxy: service.unlisted_proxy.is_raised(service.clock.now()),
    };
    let status = if body.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(body)).into_response()
}

/// What the last look found. Looking takes a turn of the writer, so that many who ask share one look a second.
#[derive(Debug, Default)]
pub struct LastLook(Mutex<Option<(Instant, Health)>>);

#[derive(Debug, Clone, Copy)]
struct Health {
    database: bool,
    keys: bool,
}

impl LastLook {
    async fn look(&self, service: &Service) -> Health {
        let mut last = self.0.lock().await;
        if let Some((at, health)) = *last
            && at.elapsed() < Duration::from_secs(1)
        {
            return health;
        }
        let database = service.store.ping().await.is_ok();
        let keys = service.ring(service.clock.now()).await.is_ok();
        let health = Health { database, keys };
        *last = Some((Instant::now(), health));
        health
    }
}

/// Prometheus' text format, for addresses listed in `server.metrics_allowed` only: the numbers tell how many
/// people log in where.
pub async fn metrics(
    State(service): State<Service>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let config = &service.config.server;
    let address = ClientAddress::read(peer, &headers, &config.trusted_proxies);
    let allowed = config.metrics_allowed.iter().any(|range| range.contains(address.ip));
    if !allowed || address.unlisted_proxy {
        return ApiError::NotFound.into_response();
    }
    let text = service.metrics.render(service.store.queue_depth());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
