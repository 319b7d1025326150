//! What surrounds every handler: its request is counted and logged, and neither its panic nor its caller's
//! hanging up harms anybody else.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::client_address::ClientAddress;
use crate::panics;
use crate::service::Service;

/// Counts and logs a request by its route, never by its address: addresses hold tokens.
pub async fn observe(State(service): State<Service>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let method = method_label(request.method());
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let trusted = &service.config.server.trusted_proxies;
        let address = ClientAddress::read(*peer, request.headers(), trusted);
        if address.unlisted_proxy && service.unlisted_proxy.hear(peer.ip(), service.clock.now()) {
            tracing::warn!(peer.ip = %peer.ip(), "server.unlisted_proxy");
        }
    }
    let mut response = panics::answer(route, Finishing::new(next.run(request))).await;
    let (took, status) = (started.elapsed(), response.status().as_u16());
    if service.config.is_https() {
        response.headers_mut().insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    service.metrics.request(route, method, status, took);
    tracing::debug!(route, method, status, took_us = took.as_micros(), "request.done");
    response
}

fn method_label(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        _ => "other",
    }
}

/// A handler that finishes what it has begun. Dropped before its end, because its caller hung up, it goes on as a task
/// of its own: between a commit and what follows from it, nobody's connection may count.
struct Finishing<T: 'static>(Option<Pin<Box<dyn Future<Output = T> + Send>>>);

impl<T: 'static> Finishing<T> {
    fn new(handler: impl Future<Output = T> + Send + 'static) -> Self {
        Self(Some(Box::pin(handler)))
    }
}

impl<T: 'static> Future for Finishing<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        // Taken out meanwhile: a handler that panics is not to be polled again.
        let Some(mut handler) = self.0.take() else { return Poll::Pending };
        let polled = handler.as_mut().poll(context);
        if polled.is_pending() {
            self.0 = Some(handler);
        }
        polled
    }
}

impl<T: 'static> Drop for Finishing<T> {
    fn drop(&mut self) {
        let Some(handler) = self.0.take() else { return };
        // Without a runtime the process is ending, and nothing goes on.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                handler.await;
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn a_handler_whose_caller_hangs_up_finishes() {
        let (go_on, wait) = oneshot::channel::<()>();
        let (done, is_done) = oneshot::channel();
        let mut handler = Finishing::new(async move {
            wait.await.unwrap();
            done.send("finished").unwrap();
        });
        let waits = futures_util::poll!(&mut handler).is_pending();
        drop(handler);
        go_on.send(()).unwrap();
        assert!(waits);
        assert_eq!(is_done.await, Ok("finished"));
    }

    #[tokio::test]
    async fn one_that_came_to_its_end_or_panicked_is_not_begun_again() {
        assert_eq!(Finishing::new(async { 7 }).await, 7);
        let panicking = tokio::spawn(Finishing::new(async { panic!("planted") }));
        assert!(panicking.await.unwrap_err().is_panic());
    }
}
