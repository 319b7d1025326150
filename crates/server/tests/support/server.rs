//! The server under test.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use onlyauth_core::ids::ClientId;
use onlyauth_core::ids::SecretId;
use onlyauth_core::secret::ApiSecret;
use onlyauth_core::time::Timestamp;
use onlyauth_delivery::{Route, Routes};
use onlyauth_server::clock::Clock;
use onlyauth_server::config::Config;
use onlyauth_server::entropy::Entropy;
use onlyauth_server::serve::Server;
use onlyauth_server::service::Service;
use onlyauth_store::{NewClient, NewSecret};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::actors::Backend;
use super::outbox::Recorded;

/// 2026-01-01T12:00:00Z.
pub(crate) const START: Timestamp = Timestamp::from_millis(1_767_268_800_000);

/// A running server of this process.
pub(crate) struct TestServer {
    pub(crate) clock: Clock,
    pub(crate) service: Service,
    pub(crate) outbox: Arc<Recorded>,
    pub(crate) address: SocketAddr,
    pub(crate) http: reqwest::Client,
    folder: TempDir,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

/// What a server is started with, beside its configuration.
struct Parts {
    folder: TempDir,
    clock: Clock,
    entropy: Entropy,
    routes: Option<Routes>,
    development: bool,
}

impl Parts {
    fn new(folder: TempDir, now: Timestamp) -> Self {
        let (clock, entropy) = (Clock::manual(now), Entropy::seeded(7));
        Self { folder, clock, entropy, routes: None, development: false }
    }
}

impl TestServer {
    /// With the defaults.
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// With a changed configuration.
    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::on(tempfile::tempdir().unwrap(), START, change).await
    }

    /// With live messages going over these routes instead of the recorded outbox.
    pub(crate) async fn routed(routes: Routes) -> Self {
        Self::routed_with(routes, |_| {}).await
    }

    /// The same with a changed configuration.
    pub(crate) async fn routed_with(routes: Routes, change: impl FnOnce(&mut Config)) -> Self {
        Self::open(tempfile::tempdir().unwrap(), START, change, Some(routes)).await
    }

    /// On an existing data folder.
    pub(crate) async fn on(
        folder: TempDir,
        now: Timestamp,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        Self::open(folder, now, change, None).await
    }

    /// With what helps people who work on the widget.
    pub(crate) async fn for_development() -> Self {
        let parts = Parts { development: true, ..Parts::new(tempfile::tempdir().unwrap(), START) };
        Self::run(parts, |_| {}).await
    }

    /// One of several that share what `change` names: with this clock, randomness of its own, and these routes or
    /// an outbox of its own.
    pub(crate) async fn instance(
        number: u64,
        clock: Clock,
        routes: Option<Routes>,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let entropy = Entropy::seeded(number);
        Self::run(Parts { clock, entropy, routes, ..Parts::new(folder, START) }, change).await
    }

    async fn open(
        folder: TempDir,
        now: Timestamp,
        change: impl FnOnce(&mut Config),
        routes: Option<Routes>,
    ) -> Self {
        Self::run(Parts { routes, ..Parts::new(folder, now) }, change).await
    }

    async fn run(parts: Parts, change: impl FnOnce(&mut Config)) -> Self {
        let Parts { folder, clock, entropy, routes, development } = parts;
        let mut config = Config::default();
        config.data.dir = folder.path().join("data");
        config.server.listen = SocketAddr::from(([127, 0, 0, 1], 0));
        // Every end user of a test comes from one address.
        config.limits.starts_per_ip_per_hour = 1_000_000;
        // The clock of these tests is moved by hand, and this is not told by it.
        config.failures.refusal_delay = Duration::ZERO;
        let listener = TcpListener::bind(config.server.listen).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        config.server.base_url = format!("http://localhost:{port}").parse().unwrap();
        change(&mut config);
        let outbox = Arc::new(Recorded::default());
        let routes = routes.unwrap_or_else(|| Routes::all(&Route::new("recorded", outbox.clone())));
        let server = Server::open_on(listener, config, clock.clone(), entropy, routes);
        let server = server.await.unwrap();
        let server = if development { server.for_development() } else { server };
        let (service, address) = (server.service.clone(), server.address);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        Self { clock, service, outbox, address, http, folder, stop, running }
    }

    /// The backend of a new client.
    pub(crate) async fn client(&self, name: &str) -> Backend {
        let now = self.clock.now();
        let client_id = ClientId::new(now, self.service.entropy.bytes());
        let secret = ApiSecret::generate(client_id, self.service.entropy.bytes());
        let first_secret = NewSecret {
            secret_id: SecretId::new(now, self.service.entropy.bytes()),
            hash: secret.hash(),
            hint: secret.hint(),
            created_at: now,
        };
        let secret_id = first_secret.secret_id;
        let client = NewClient {
            client_id,
            name: name.to_owned(),
            created_at: now,
            first_secret: Some(first_secret),
        };
        self.service.store.client_create(&client).await.unwrap();
        Backend {
            http: self.http.clone(),
            base: self.base(),
            client_id: client_id.to_string(),
            secret: secret.reveal().to_owned(),
            secret_id,
        }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    /// The value of a counter, 0 where it never counted.
    pub(crate) async fn metric(&self, line: &str) -> u64 {
        let text = self.http.get(format!("{}/metrics", self.base())).send().await.unwrap();
        let text = text.text().await.unwrap();
        let value = text.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(' '));
        value.map_or(0, |value| value.parse().unwrap())
    }

    /// Stops gracefully; the data folder stays.
    pub(crate) async fn stop(self) -> TempDir {
        self.stop.send(()).unwrap();
        self.running.await.unwrap();
        self.folder
    }
}

/// Every byte of every file in a folder, but for the index that readers of the database share.
pub(crate) fn bytes_of(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| !path.to_string_lossy().ends_with("-shm")).collect();
    files.sort();
    files.into_iter().flat_map(|path| std::fs::read(path).unwrap()).collect()
}
