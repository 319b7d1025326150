//! The real binary's demo as a child process.

use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// A running demo with a data folder of its own.
pub(super) struct Demo {
    child: Child,
    invitation: Value,
    _folder: tempfile::TempDir,
}

impl Demo {
    /// Starts it and waits for its invitation.
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_onlyauth"))
            .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path().join("data"))
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = child.stdout.take().unwrap();
        let mut values = serde_json::Deserializer::from_reader(output).into_iter();
        let invitation = values.next().expect("the demo prints an invitation").unwrap();
        Self { child, invitation, _folder: folder }
    }

    /// A part of the invitation.
    pub(super) fn get(&self, key: &str) -> &str {
        self.invitation[key].as_str().unwrap_or_else(|| panic!("no {key} in the invitation"))
    }

    /// How many messages the sandbox holds.
    pub(super) async fn messages(&self) -> Vec<Value> {
        let url = format!(
            "{}/sandbox/messages?client_id={}&app_id={}&limit=100",
            self.get("server_url"),
            self.get("client_id"),
            self.get("app_id")
        );
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.get(url).bearer_auth(self.get("api_secret"));
        let body = request.send().await.unwrap().text().await.unwrap();
        let answer: Value = serde_json::from_str(&body).unwrap();
        answer["messages"].as_array().unwrap().clone()
    }

    /// SIGTERM; both listeners must end well.
    pub(super) fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Already gone where the test ended it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
