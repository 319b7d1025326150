//! An installation with the real binary: its folder and settings, its process, and where clients find it.

use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::PATIENCE;
use crate::gateway::{Gateway, SECRET};

/// Limits that loads of many logins from one address would meet. Those of one action and one code stay.
const SETTINGS: [(&str, &str); 9] = [
    ("ONLYAUTH_LIMITS_STARTS_PER_IP_PER_HOUR", "1000000"),
    ("ONLYAUTH_LIMITS_SENDS_PER_APP_PER_HOUR", "1000000"),
    ("ONLYAUTH_LIMITS_SENDS_PER_APP_AND_COUNTRY_PER_HOUR", "1000000"),
    ("ONLYAUTH_LIMITS_SENDS_PER_CLIENT_AND_PHONE_PER_HOUR", "1000"),
    ("ONLYAUTH_LIMITS_SENDS_PER_PHONE_PER_HOUR", "1000"),
    ("ONLYAUTH_SERVER_ACCESS_TOKENS_PER_SECOND", "1000000"),
    ("ONLYAUTH_CODES_RESEND_WAITS", "1s"),
    // A guesser that is slowed down is less of a load.
    ("ONLYAUTH_FAILURES_REFUSAL_DELAY", "0s"),
    // An outage takes longer than a redirect; what is late must not look like what is lost.
    ("ONLYAUTH_TOKENS_SUCCESS_TOKEN_LIFETIME", "10m"),
];

/// Where clients find the server: nowhere while it is down.
pub(crate) type Address = Arc<Mutex<Option<String>>>;

/// An installation.
pub(crate) struct Installation {
    pub(crate) data: PathBuf,
    pub(crate) address: Address,
    folder: TempDir,
    database: Option<String>,
    running: Option<Child>,
    starts: u32,
    /// How long the last start took.
    pub(crate) started_in: Duration,
}

impl Installation {
    /// One without a client, whose messages go to `gateway`. `database` is an address of PostgreSQL, or None for
    /// SQLite.
    pub(crate) fn new(gateway: &Gateway, database: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, SECRET).unwrap();
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).unwrap();
        let provider = format!(
            "[[provider]]\nname = \"gateway\"\nkind = \"webhook\"\nchannels = [\"sms\"]\ntimeout = \"1s\"\n\
             url = \"{}\"\nsecret_file = \"{}\"\n",
            gateway.url(),
            secret.display()
        );
        std::fs::write(folder.path().join("onlyauth.toml"), provider).unwrap();
        let data = folder.path().join("data");
        let (address, started_in) = (Address::default(), Duration::ZERO);
        Self { data, address, folder, database, running: None, starts: 0, started_in }
    }

    /// The same with its data at another place.
    pub(crate) fn with_data(mut self, data: PathBuf) -> Self {
        self.data = data;
        self
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command to its end, whatever that is.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.program().args(arguments).arg("--data").arg(&self.data).output().unwrap()
    }

    /// A new client: its id and secret.
    pub(crate) fn client(&self) -> (String, String) {
        let output = self.run(&["client", "create", "--name", "Shop", "--json"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let made: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        (text("client_id"), text("api_secret"))
    }

    /// Begins to start, and waits for nothing.
    pub(crate) fn launch(&mut self) {
        assert!(self.running.is_none(), "it runs");
        self.starts += 1;
        let log = File::create(self.log_path()).unwrap();
        let mut serve = self.program();
        serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&self.data);
        self.running = Some(serve.stdout(Stdio::null()).stderr(log).spawn().unwrap());
    }

    /// Starts, and waits until clients can be served.
    pub(crate) async fn start(&mut self) {
        let begun = Instant::now();
        self.launch();
        let address = loop {
            if let Some(address) = listening(&self.log()) {
                break address;
            }
            let ended = self.running.as_mut().unwrap().try_wait().unwrap();
            assert!(ended.is_none() && begun.elapsed() < PATIENCE, "{ended:?}: {}", self.log());
            tokio::time::sleep(Duration::from_millis(2)).await;
        };
        self.started_in = begun.elapsed();
        *self.address.lock().unwrap() = Some(format!("http://{address}"));
    }

    /// kill -9.
    pub(crate) fn kill(&mut self) {
        let mut running = self.running.take().expect("it runs");
        running.kill().unwrap();
        running.wait().unwrap();
        *self.address.lock().unwrap() = None;
        self.expect_no_panic();
    }

    /// The running server's process id.
    pub(crate) fn pid(&self) -> u32 {
        self.running.as_ref().expect("it runs").id()
    }

    /// What the server has logged since it was last started.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap()
    }

    pub(crate) fn expect_no_panic(&self) {
        let log = self.log();
        let panic = log.lines().find(|line| line.contains("panic"));
        assert_eq!(panic, None, "whatever happens, it must not panic");
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join(format!("log-{}", self.starts))
    }

    fn program(&self) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_onlyauth"));
        program.env_clear().envs(SETTINGS);
        program.env("ONLYAUTH_CONFIG", self.folder.path().join("onlyauth.toml"));
        if let Some(database) = &self.database {
            program.env("ONLYAUTH_DATABASE_URL", database);
        }
        program
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.kill();
            let _ = running.wait();
        }
    }
}

fn listening(log: &str) -> Option<String> {
    let line = log.lines().find(|line| line.contains("server.listening"))?;
    let entry: Value = serde_json::from_str(line).ok()?;
    Some(entry["address"].as_str()?.to_owned())
}
