//! Three servers of this process that share what instances share: database, master key and base URL.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use onlyauth_delivery::Routes;
use onlyauth_server::clock::Clock;
use onlyauth_server::config::Config;
use tempfile::TempDir;

use super::front::Front;
use crate::postgres_server::TestDatabase;
use crate::support::server::START;
pub(super) use crate::support::shifted;
use crate::support::{Backend, TestServer};

pub(super) const INSTANCES: usize = 3;

/// The instances, and the front that stands before them.
pub(super) struct Cluster {
    pub(super) instances: Vec<TestServer>,
    pub(super) front: Front,
    /// One that all instances read, or one for each.
    clocks: Vec<Clock>,
    _key: TempDir,
    /// Where the database is the tests' shared one; goes last.
    pub(super) database: Option<TestDatabase>,
}

/// What instances are started with.
#[derive(Default)]
pub(super) struct Start {
    /// Of an empty database; None for one of the tests' shared server.
    pub(super) url: Option<String>,
    /// How far each instance's clock is ahead of the first moment; None for one clock.
    pub(super) skew: Option<[i64; INSTANCES]>,
}

impl Cluster {
    /// With the defaults.
    pub(super) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// With a changed configuration.
    pub(super) async fn with(change: impl Fn(&mut Config)) -> Self {
        Self::of(Start::default(), || None, change).await
    }

    /// With live messages going over these routes.
    pub(super) async fn routed(routes: impl Fn() -> Routes) -> Self {
        Self::of(Start::default(), || Some(routes()), |_| {}).await
    }

    /// With what is given; `routes` carry live messages, or an outbox of each instance's own does.
    pub(super) async fn of(
        start: Start,
        routes: impl Fn() -> Option<Routes>,
        change: impl Fn(&mut Config),
    ) -> Self {
        let database = start.url.is_none().then(TestDatabase::empty);
        let url = start.url.or_else(|| Some(database.as_ref()?.url())).unwrap();
        let key = tempfile::tempdir().unwrap();
        let key_file = master_key(key.path(), "master.key", 7);
        let clocks = match start.skew {
            None => vec![Clock::manual(START)],
            Some(skew) => skew.map(|seconds| Clock::manual(shifted(START, seconds))).to_vec(),
        };
        let front = Front::bind().await;
        let mut instances = Vec::new();
        for number in 0..INSTANCES {
            let clock = clocks[number % clocks.len()].clone();
            let configure = |config: &mut Config| {
                config.database.url = url.parse().unwrap();
                config.keys.master_key_file = Some(key_file.clone());
                config.server.base_url =
                    format!("http://localhost:{}", front.address.port()).parse().unwrap();
                config.server.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
                change(config);
            };
            let seed = 7 + u64::try_from(number).unwrap();
            instances.push(TestServer::instance(seed, clock, routes(), configure).await);
        }
        front.serve(instances.iter().map(TestServer::base).collect());
        Self { instances, front, clocks, _key: key, database }
    }

    /// The backend of a new client, whose requests go to the instances in turn.
    pub(super) async fn client(&self, name: &str) -> Backend {
        self.instances[0].client(name).await.moved(&self.front.base())
    }

    /// A client with a sandbox app.
    pub(super) async fn shop(&self) -> (Backend, String) {
        let backend = self.client("Shop").await;
        let app = backend.sandbox_app().await;
        (backend, app)
    }

    /// The addresses of the instances.
    pub(super) fn bases(&self) -> Vec<String> {
        self.instances.iter().map(TestServer::base).collect()
    }

    /// Every instance's clock goes on.
    pub(super) fn advance(&self, by: Duration) {
        for clock in &self.clocks {
            clock.advance(by);
        }
    }

    /// What a counter comes to over all instances.
    pub(super) async fn metric(&self, line: &str) -> u64 {
        let mut sum = 0;
        for instance in &self.instances {
            sum += instance.metric(line).await;
        }
        sum
    }
}
/// A file with a master key of this byte.
pub(super) fn master_key(folder: &Path, name: &str, byte: u8) -> PathBuf {
    let file = folder.join(name);
    let hex = data_encoding::HEXLOWER.encode(&[byte; 32]);
    std::fs::write(&file, format!("onlyauth-master-key-1 {hex}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    file
}
