//! Three processes of the real binary on one database.

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::cluster::{INSTANCES, master_key};
use crate::postgres_server::TestDatabase;
use crate::support::Backend;
use crate::support::process::Process;

/// What they share, and a data folder, which stays empty.
pub(super) struct Processes {
    pub(super) database: TestDatabase,
    pub(super) folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Processes {
    /// An empty database, and a master key.
    pub(super) fn new() -> Self {
        Self::with(&[])
    }

    /// The same with further settings.
    pub(super) fn with(settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::empty();
        let folder = tempfile::tempdir().unwrap();
        let key = master_key(folder.path(), "master.key", 7);
        let url = database.url();
        let shared = [
            ("ONLYAUTH_DATABASE_URL", url.as_str()),
            ("ONLYAUTH_MASTER_KEY_FILE", key.to_str().unwrap()),
            ("ONLYAUTH_DATA_DIR", folder.path().to_str().unwrap()),
            // Every end user of a test comes from one address.
            ("ONLYAUTH_LIMITS_STARTS_PER_IP_PER_HOUR", "1000000"),
        ];
        let all = shared.iter().chain(settings);
        let environment = all.map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Self { database, folder, environment }
    }

    fn environment(&self) -> Vec<(&str, &str)> {
        self.environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// One of them, once it listens.
    pub(super) fn serve(&self) -> Process {
        Process::serve(self.folder.path(), &self.environment())
    }

    /// All of them, started at once.
    pub(super) fn serve_all(&self) -> Vec<Process> {
        std::thread::scope(|scope| {
            let starting: Vec<_> = (0..INSTANCES).map(|_| scope.spawn(|| self.serve())).collect();
            starting.into_iter().map(|thread| thread.join().unwrap()).collect()
        })
    }

    /// Runs a command to its end.
    pub(super) fn run(&self, args: &[&str], more: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_onlyauth"))
            .args(args)
            .env_clear()
            .envs(self.environment())
            .envs(more.iter().copied())
            .output()
            .unwrap()
    }

    /// Runs a command, which must be good, and reads its JSON.
    pub(super) fn command(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat(), &[]);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The backend of a new client.
    pub(super) fn client(&self, base: &str) -> Backend {
        let made = self.command(&["client", "create", "--name", "Shop"]);
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        let secrets = self.command(&["secret", "list", "--client", &text("client_id")]);
        Backend {
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            base: base.to_owned(),
            client_id: text("client_id"),
            secret: text("api_secret"),
            secret_id: secrets["secrets"][0]["secret_id"].as_str().unwrap().parse().unwrap(),
        }
    }

    /// What SQL says, in its first row and column.
    pub(super) fn ask(&self, sql: &str) -> String {
        self.database.query(sql)[0][0].clone()
    }
}
