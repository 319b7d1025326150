//! The real binary as a child process.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::actors::Backend;

/// `onlyauth serve` on a port of its own.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: std::net::SocketAddr,
    log: Arc<Mutex<String>>,
    reader: Option<std::thread::JoinHandle<()>>,
}

/// Runs a command to its end, which must be good, and reads its JSON.
pub(crate) fn command(data: &Path, args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_onlyauth"))
        .args(args)
        .arg("--json")
        .arg("--data")
        .arg(data)
        .env_clear()
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A backend of a new client, made beside whatever runs.
pub(crate) fn client(data: &Path, base: &str) -> Backend {
    let made = command(data, &["client", "create", "--name", "Shop"]);
    let client_id = made["client_id"].as_str().unwrap().to_owned();
    Backend {
        http: reqwest::Client::builder().no_proxy().build().unwrap(),
        base: base.to_owned(),
        client_id: client_id.clone(),
        secret: made["api_secret"].as_str().unwrap().to_owned(),
        secret_id:
            command(data, &["secret", "list", "--client", &client_id])["secrets"][0]["secret_id"]
                .as_str()
                .unwrap()
                .parse()
                .unwrap(),
    }
}

impl Process {
    /// Starts and waits until it listens.
    pub(crate) fn serve(data: &Path, environment: &[(&str, &str)]) -> Self {
        Self::start(Command::new(env!("CARGO_BIN_EXE_onlyauth")), data, environment)
    }

    /// The same in a shell that has run `ulimit` with these arguments.
    pub(crate) fn serve_limited(data: &Path, ulimit: &str, environment: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("/bin/sh");
        let script = format!("ulimit {ulimit} && exec \"$0\" \"$@\"");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_onlyauth")]);
        Self::start(shell, data, environment)
    }

    fn start(mut command: Command, data: &Path, environment: &[(&str, &str)]) -> Self {
        let mut child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env_clear()
            .envs(environment.iter().copied())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        let address = loop {
            let mut line = String::new();
            assert_ne!(lines.read_line(&mut line).unwrap(), 0, "ended early: {first}");
            first.push_str(&line);
            if let Ok(entry) = serde_json::from_str::<Value>(&line)
                && entry["message"] == "server.listening"
            {
                break entry["address"].as_str().unwrap().parse().unwrap();
            }
        };
        let log = Arc::new(Mutex::new(first));
        let reader = {
            let log = log.clone();
            std::thread::spawn(move || {
                for line in lines.lines().map_while(Result::ok) {
                    let mut log = log.lock().unwrap();
                    log.push_str(&line);
                    log.push('\n');
                }
            })
        };
        Self { child, address, log, reader: Some(reader) }
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Resident memory, in KiB.
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// kill -9.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends SIGTERM without waiting.
    pub(crate) fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// SIGTERM, and the whole log and exit code once it has ended.
    pub(crate) fn stop(mut self) -> (Option<i32>, String) {
        self.terminate();
        let code = self.child.wait().unwrap().code();
        self.reader.take().unwrap().join().unwrap();
        let log = self.log.lock().unwrap().clone();
        (code, log)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Already gone where the test ended it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A data folder of its own.
pub(crate) fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    (folder, data)
}
