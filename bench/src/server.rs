//! The server that is measured: a process of its own, on a database of its own, with settings under which
//! nothing of the load is refused.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::connection::Connection;
use crate::failure::{Context, Failure, Result};
use crate::place::{DOMAIN, Place};
use crate::request::Request;

/// For a process to be ready or to end.
const PATIENCE: Duration = Duration::from_mins(2);

/// How to start a server.
#[derive(Debug, Clone)]
pub(crate) struct Recipe {
    /// The binary `onlyauth`.
    pub(crate) program: PathBuf,
    /// Its folder: configuration, data, log.
    pub(crate) folder: PathBuf,
    /// `sqlite:` or `postgres://…`.
    pub(crate) database_url: String,
    /// What is logged.
    pub(crate) log_level: String,
    /// More of its settings, `NAME=VALUE`.
    pub(crate) environment: Vec<String>,
}

/// A running server; ends with this value.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Who may ask it, and where.
    pub(crate) place: Place,
    /// From starting the process to its first "ready".
    pub(crate) ready_after: Duration,
}

impl Server {
    /// Makes client and app where there are none, and serves.
    pub(crate) async fn start(recipe: &Recipe) -> Result<Self> {
        let address = free_address()?;
        recipe.write_config(address)?;
        let place = recipe.place(address)?;
        let log = recipe.folder.join("server.log");
        let log = std::fs::File::options().create(true).append(true).open(log);
        let started = Instant::now();
        let mut child = recipe
            .command(&["serve"])
            .stdout(Stdio::null())
            .stderr(log.context("make the server's log")?)
            .spawn()
            .context("start the server")?;
        let ready_after = match ready(&mut child, &place, started).await {
            Ok(took) => took,
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(Failure::new(format!("{error}; its log: {}", recipe.log_end())));
            }
        };
        Ok(Self { child, place, ready_after })
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Stops it in order, so that its database is left as an operator's would be.
    pub(crate) fn stop(mut self) -> Result<()> {
        let pid = self.pid().to_string();
        let status = Command::new("kill").arg(pid).status().context("run kill")?;
        if !status.success() {
            return Err(Failure::new("the server ended by itself"));
        }
        let begun = Instant::now();
        while self.child.try_wait().context("wait for the server")?.is_none() {
            if begun.elapsed() > PATIENCE {
                return Err(Failure::new("the server does not end"));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing to do where it has been stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Recipe {
    /// The file or folder that holds the database, where it is SQLite's.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn config(&self) -> PathBuf {
        self.folder.join("onlyauth.toml")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--config").arg(self.config()).args(arguments);
        command.env_clear().stdin(Stdio::null());
        command.envs(self.environment.iter().filter_map(|setting| setting.split_once('=')));
        command
    }

    /// What a busy installation would configure. The limit of starts per address stays: everybody has an
    /// address of their own.
    fn write_config(&self, address: SocketAddr) -> Result<()> {
        let port = address.port();
        let text = format!(
            "[server]\nlisten = \"{address}\"\nbase_url = \"http://localhost:{port}\"\n\
             trusted_proxies = [\"127.0.0.0/8\"]\naccess_tokens_per_second = 1000000\n\
             [data]\ndir = \"{}\"\n[database]\nurl = \"{}\"\n\
             [tokens]\nsuccess_token_lifetime = \"10m\"\n\
             [log]\nformat = \"json\"\nlevel = \"{}\"\n",
            self.data().display(),
            self.database_url,
            self.log_level,
        );
        std::fs::write(self.config(), text).context("write the configuration")
    }

    /// The client and app of an earlier start, or new ones.
    fn place(&self, address: SocketAddr) -> Result<Place> {
        let host = format!("localhost:{}", address.port());
        let kept = self.folder.join("client.json");
        let [client_id, secret, app_id] = if let Ok(text) = std::fs::read(&kept) {
            serde_json::from_slice(&text).context("read client.json")?
        } else {
            let made = self.make_client()?;
            let text = serde_json::to_vec(&made).context("write client.json")?;
            std::fs::write(&kept, text).context("write client.json")?;
            made
        };
        Ok(Place { address, host, client_id, secret, app_id })
    }

    fn make_client(&self) -> Result<[String; 3]> {
        let client = self.answer(&["client", "create", "--name", "Load", "--json"])?;
        let client_id = text_of(&client, "client_id")?;
        let secret = self.answer(&["secret", "create", "--client", &client_id, "--json"])?;
        let domain = format!("app_domain={DOMAIN}");
        let app =
            self.answer(&["app", "create", "--client", &client_id, "--json", "--set", &domain])?;
        Ok([client_id, text_of(&secret, "api_secret")?, text_of(&app, "id")?])
    }

    fn answer(&self, arguments: &[&str]) -> Result<serde_json::Value> {
        let output = self.command(arguments).output().context("run onlyauth; see --server")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(Failure::new(format!("onlyauth {} failed: {said}", arguments.join(" "))));
        }
        serde_json::from_slice(&output.stdout).context("read what onlyauth printed")
    }

    fn log_end(&self) -> String {
        let text = std::fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
        let mut lines: Vec<&str> = text.lines().rev().take(5).collect();
        lines.reverse();
        lines.join("\n")
    }
}

/// Waits for the first answer of /readyz that says so.
async fn ready(child: &mut Child, place: &Place, started: Instant) -> Result<Duration> {
    let mut request = Request::default();
    loop {
        if let Some(status) = child.try_wait().context("look at the server")? {
            return Err(Failure::new(format!("the server did not start: {status}")));
        }
        if started.elapsed() > PATIENCE {
            return Err(Failure::new("the server does not become ready"));
        }
        if let Ok(mut connection) = Connection::open(place.address).await
            && let Ok(answer) = connection.exchange(request.backend_get(place, "/readyz")).await
            && answer.status == 200
        {
            return Ok(started.elapsed());
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// An address of this machine that nobody listens on.
pub(crate) fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").context("find a free port")?;
    listener.local_addr().context("find a free port")
}

/// Bytes of a folder's files.
pub(crate) fn size_of(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|data| data.len())
        .sum()
}

fn text_of(value: &serde_json::Value, field: &str) -> Result<String> {
    value[field].as_str().map(str::to_owned).context("read what onlyauth printed")
}
