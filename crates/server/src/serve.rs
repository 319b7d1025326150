//! Running the server: what is opened in which order, and how it stops.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::get;
use onlyauth_core::time::Timestamp;
use onlyauth_delivery::Routes;
use onlyauth_store::{Access, BatchReport, Claim, Database, OpenOptions, Store};
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};

use crate::api::health::LastLook;
use crate::cli::{CliError, Exit};
use crate::clock::Clock;
use crate::config::Config;
use crate::entropy::Entropy;
use crate::error::ApiError;
use crate::key_ring::{Keys, RingError};
use crate::metrics::Metrics;
use crate::observe::observe;
use crate::proxy_alarm::ProxyAlarm;
use crate::service::{Parts, Service, login_policy};
use crate::tenants::Tenants;
use crate::webauthn::RelyingParty;
use crate::widget::ActionLocks;
use crate::worker::{Bell, Ring, Worker};
use crate::{api, database, http, master_key, open_files, panics, providers, widget};

/// Serves until the process is told to stop.
///
/// # Errors
/// Whatever keeps the server from starting, as one sentence with a hint.
pub fn run(config: Config) -> Result<(), CliError> {
    runtime()?.block_on(async {
        let stop = stop_signal()?;
        let routes = providers::routes(&config.providers)?;
        let server = Server::open(config, Clock::system(), Entropy::system(), routes).await?;
        tracing::info!(
            address = %server.address,
            base_url = %server.service.config.server.base_url,
            max_connections = server.max_connections,
            "server.listening"
        );
        server.run(stop).await;
        tracing::info!("server.stopped");
        Ok(())
    })
}

/// The runtime of everything that serves, in a process whose panics are logged from now on.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, CliError> {
    panics::report_by_place();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::new(Exit::Failed, format!("can't start the runtime: {error}")))
}

/// What passkeys belong to, said once: an installation that changes it loses them.
fn relying_party(config: &Config) -> Option<RelyingParty> {
    match RelyingParty::of(config) {
        Ok(party) => {
            tracing::info!(rp_id = party.rp_id(), "webauthn.ready");
            Some(party)
        }
        Err(reason) => {
            tracing::warn!(reason, "webauthn.unavailable");
            None
        }
    }
}

/// Resolves on SIGTERM or Ctrl-C.
pub(crate) fn stop_signal() -> Result<impl Future<Output = ()> + Send, CliError> {
    let listen = |kind| {
        signal(kind).map_err(|error| {
            CliError::new(Exit::Failed, format!("can't listen for signals: {error}"))
        })
    };
    let (mut terminate, mut interrupt) =
        (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("server.stopping");
    })
}

/// A server that listens but does not answer yet.
pub struct Server {
    /// Its parts.
    pub service: Service,
    /// Where it listens.
    pub address: SocketAddr,
    /// How many connections it takes at once: as configured, or what the system's limit on open files allows.
    pub max_connections: usize,
    listener: TcpListener,
    rings: mpsc::Receiver<Ring>,
    development: bool,
}

impl Server {
    /// Opens key, database and listener; nothing is served before all three fit together.
    ///
    /// # Errors
    /// One sentence and a hint: a locked, foreign, newer or unreachable database, a missing or wrong master key, a
    /// taken port.
    pub async fn open(
        config: Config,
        clock: Clock,
        entropy: Entropy,
        routes: Routes,
    ) -> Result<Self, CliError> {
        let listener = listen(config.server.listen)?;
        Self::open_on(listener, config, clock, entropy, routes).await
    }

    /// The same on a listener that the caller has: whoever lets the system choose a port knows it before
    /// the configuration needs it.
    ///
    /// # Errors
    /// As [`Server::open`].
    pub async fn open_on(
        listener: TcpListener,
        config: Config,
        clock: Clock,
        entropy: Entropy,
        routes: Routes,
    ) -> Result<Self, CliError> {
        let now = clock.now();
        onlyauth_core::phone::warm_up();
        let address = listener.local_addr().map_err(|error| {
            CliError::new(Exit::Listen, format!("can't tell the address that was bound: {error}"))
        })?;
        let max_connections = max_connections(&config);
        let database = database::of(&config)?;
        let claim = database.claim(&config.data.dir)?;
        let database_exists = database.is_begun()?;
        let master = master_key::load_or_create(&config, database_exists, &entropy)?;
        let metrics = Metrics::new();
        let store = open_store(claim, database, &config, &metrics, now)?;
        let keys = Keys::open(store.clone(), master, &entropy, now)
            .await
            .map_err(|error| ring_error(&error))?;
        let (bell, rings) = Bell::new();
        let service = Service::new(Parts {
            policy: login_policy(&config),
            tenants: Tenants::new(store.clone()),
            relying_party: relying_party(&config),
            config,
            clock,
            entropy,
            store,
            keys,
            routes,
            metrics,
            bell,
            action_locks: ActionLocks::default(),
            health: LastLook::default(),
            unlisted_proxy: ProxyAlarm::default(),
        });
        Ok(Self { service, address, max_connections, listener, rings, development: false })
    }

    /// The same with what helps people who work on the widget: the catalogue of its states.
    #[must_use]
    pub fn for_development(self) -> Self {
        Self { development: true, ..self }
    }

    /// Serves until `stop` resolves; then answers what is in flight, finishes what is being sent, and closes
    /// the database.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let server = &self.service.config.server;
        let limits = http::Limits {
            header_timeout: server.header_timeout,
            idle_timeout: server.idle_timeout,
            max_connections: self.max_connections,
            shutdown_grace: server.shutdown_grace,
        };
        let (stop_worker, stopped) = watch::channel(false);
        let worker = Worker::new(self.service.clone(), self.rings);
        let worker = tokio::spawn(worker.run(stopped));
        http::serve(self.listener, router(&self.service, self.development), limits, stop).await;
        // Receivers are gone only if the worker ended by itself; then there is nothing to wait for.
        let _ = stop_worker.send(true);
        if worker.await.is_err() {
            tracing::error!("worker.failed");
        }
        self.service.store.close().await;
    }
}

/// Connections that the kernel may hold for us: with fewer, a burst costs honest clients a second's wait until
/// their machine asks again.
const BACKLOG: u32 = 1024;

pub(crate) fn listen(address: SocketAddr) -> Result<TcpListener, CliError> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() };
    let bound = socket.and_then(|socket| {
        // A restart must not wait until the last connections of the old process are forgotten.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    });
    bound.map_err(|error| {
        let hint = if error.kind() == std::io::ErrorKind::AddrInUse {
            "stop the other process, or choose another address with --listen"
        } else {
            "choose an address of this machine with --listen, such as 127.0.0.1:8080"
        };
        CliError::new(Exit::Listen, format!("can't listen on {address}: {error}")).hint(hint)
    })
}

/// What a connection costs beyond the limit is somebody else's request, so there is no such connection.
fn max_connections(config: &Config) -> usize {
    let limit = open_files::raise();
    let (configured, allowed) =
        (config.server.max_connections, open_files::connections(config, limit));
    if allowed < configured {
        tracing::warn!(configured, allowed, open_files = limit, "server.max_connections_lowered");
    }
    allowed
}

fn open_store(
    claim: Claim,
    database: Database,
    config: &Config,
    metrics: &Metrics,
    now: Timestamp,
) -> Result<Store, CliError> {
    let observer = metrics.clone();
    Ok(Store::open(OpenOptions {
        database,
        access: Access::Serve(claim),
        now,
        reader_threads: config.data.reader_threads,
        queue_capacity: config.data.writer_queue,
        on_batch: Some(Arc::new(move |report: BatchReport| {
            observer.batch(report.size, report.commit);
        })),
    })?)
}

pub(crate) fn ring_error(error: &RingError) -> CliError {
    let hint = match error {
        RingError::Store(_) => "look at the database with `onlyauth doctor`",
        RingError::Key(_) => {
            "put back the master.key that belongs to this database; without it nothing in it can be read"
        }
    };
    CliError::new(Exit::Data, error.to_string()).hint(hint)
}

/// Everything that the server answers.
fn router(service: &Service, development: bool) -> Router {
    let catalogue = if development { widget::catalogue() } else { Router::new() };
    Router::new()
        .merge(api::router())
        .merge(widget::router())
        .merge(catalogue)
        .merge(widget::embed_router(&service.config))
        .route("/healthz", get(api::health::healthz))
        .route("/readyz", get(api::health::readyz))
        .route("/metrics", get(api::health::metrics))
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(middleware::from_fn_with_state(service.clone(), observe))
        .with_state(service.clone())
}
