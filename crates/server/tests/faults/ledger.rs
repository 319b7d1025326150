//! What clients meant to do and what they were told, on the disk before anything follows from it.
//!
//! An intent is synced before its request leaves, and a result before its client acts on it. What is not in the
//! ledger was not told to anybody; what is, must be true after every fault.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;

use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

/// What a client asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ask {
    /// A message with a code; so many were sent before.
    Send { action: String, sends: u32 },
    /// The code in the form with this attempt key. Whether it is right, the client knows.
    Check { action: String, challenge: String, form: String, right: bool },
    /// A success token, named by its hash.
    Redeem { action: String, token: String },
    /// What a provider says about a message, signed by the right key or by another one.
    Receipt { message: String, genuine: bool, delivered: bool },
}

/// What the client is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// It was done.
    Ok(Told),
    /// It was not, for this reason.
    Refused(String),
    /// Nobody can say: the answer said so, or never came.
    Unknown,
    /// Nothing that this server may say.
    Odd(String),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Told {
    /// The message is in the outbox.
    Queued,
    /// The code was right; the hash of the success token that came.
    Passed(String),
    /// The code was wrong, which was counted.
    Wrong,
    /// All checks of the challenge are used.
    TriesUsedUp,
    /// The success token was good.
    Redeemed,
    /// The receipt counts.
    Noted,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Entry {
    Intent(u64, Ask),
    Result(u64, Answer),
}

type Job = (Entry, oneshot::Sender<()>);

/// A ledger that is being written. Clones write into the same.
#[derive(Clone)]
pub(crate) struct Ledger {
    path: PathBuf,
    writer: mpsc::Sender<Job>,
    next: Arc<AtomicU64>,
}

impl Ledger {
    /// A new one.
    pub(crate) fn create(path: &Path) -> Self {
        let file = OpenOptions::new().create_new(true).append(true).open(path).unwrap();
        let (writer, jobs) = mpsc::channel();
        std::thread::spawn(move || write(file, &jobs));
        Self { path: path.to_owned(), writer, next: Arc::default() }
    }

    /// Notes what is about to be asked; what its answer is noted under.
    pub(crate) async fn intend(&self, ask: Ask) -> u64 {
        let id = self.next.fetch_add(1, Ordering::SeqCst);
        self.note(Entry::Intent(id, ask)).await;
        id
    }

    /// Notes what was answered.
    pub(crate) async fn conclude(&self, id: u64, answer: Answer) {
        self.note(Entry::Result(id, answer)).await;
    }

    /// All that was noted.
    pub(crate) fn read(&self) -> Vec<Entry> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The same as it stands there.
    pub(crate) fn text(&self) -> String {
        std::fs::read_to_string(&self.path).unwrap()
    }

    async fn note(&self, entry: Entry) {
        let (done, synced) = oneshot::channel();
        self.writer.send((entry, done)).unwrap();
        synced.await.expect("the ledger's disk works");
    }
}

/// Writes what waits, syncs it, and only then lets its clients go on.
fn write(mut file: File, jobs: &mpsc::Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut lines = String::new();
        let mut waiting = Vec::new();
        for (entry, done) in std::iter::once(first).chain(jobs.try_iter()) {
            lines.push_str(&serde_json::to_string(&entry).unwrap());
            lines.push('\n');
            waiting.push(done);
        }
        file.write_all(lines.as_bytes()).unwrap();
        file.sync_data().unwrap();
        for done in waiting {
            // A client that was given up waits no more.
            let _ = done.send(());
        }
    }
}
