mod encryption;
mod faults;
mod groups;
mod outages;
mod plans;
mod routines;
mod schema;
#[path = "../../../../tests/support/postgres.rs"]
mod server;

use std::time::{Duration, Instant};

use tokio::sync::oneshot::Receiver;

use server::{TestDatabase, template};

use super::health::text;
use super::*;
use crate::statement::Statement;
use crate::value::params;

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

static PUT: Statement = Statement {
    name: "PUT",
    sql: "INSERT INTO limits (limit_key, tat) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
};
static LIST: Statement =
    Statement { name: "LIST", sql: "SELECT limit_key FROM limits ORDER BY limit_key" };
/// Breaks a constraint.
static BREAK: Statement =
    Statement { name: "BREAK", sql: "INSERT INTO limits (limit_key, tat) VALUES (?1, NULL)" };

type Answer<T> = Receiver<Result<T, StoreError>>;

/// One writer, so that what waits is one group.
fn options(url: &str) -> PostgresServer {
    PostgresServer { url: url.parse().unwrap(), writers: 1, readers: 1 }
}

fn open(server: &PostgresServer) -> Postgres {
    open_with(server, 1000, None)
}

fn open_with(
    server: &PostgresServer,
    queue_capacity: usize,
    on_batch: Option<BatchObserver>,
) -> Postgres {
    Postgres::open(Options { server, may: May::Migrate, now: NOW, queue_capacity, on_batch })
        .unwrap()
}

/// A database with our schema.
fn migrated() -> TestDatabase {
    TestDatabase::from(template("migrated", |url| drop(open(&options(url)))))
}

fn put(key: &str) -> Step {
    Step { statement: &PUT, params: params![key, 1_i64], required: true }
}

fn broken() -> Step {
    Step::any(&BREAK, params!["broken"])
}

fn submit(database: &Postgres, steps: Vec<Step>) -> Answer<Executed> {
    let (answer, answered) = oneshot::channel();
    database.writes.put(WriteJob { steps, answer }).unwrap();
    answered
}

fn write(database: &Postgres, steps: Vec<Step>) -> Result<Executed, StoreError> {
    submit(database, steps).blocking_recv().unwrap()
}

fn read(database: &Postgres) -> Result<Vec<String>, StoreError> {
    let (answer, answered) = oneshot::channel();
    database.reads.put(ReadJob { queries: vec![Step::any(&LIST, params![])], answer })?;
    let rows = answered.blocking_recv().unwrap_or_else(|_| Err(reader::lost()))?;
    Ok(rows.into_iter().flatten().flatten().map(text).collect())
}

fn keys(database: &Postgres) -> Vec<String> {
    read(database).unwrap()
}

fn reason<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Reason {
    match result.unwrap_err() {
        StoreError::Unavailable { reason, .. } => reason,
        other => panic!("{other}"),
    }
}

/// What one [`put`] comes to.
#[allow(clippy::unnecessary_wraps, reason = "compared with what comes from the writer")]
fn done() -> Result<Executed, StoreError> {
    Ok(Executed::Applied(vec![vec![]]))
}

/// Tries until it is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_mins(1), "never {what}");
        std::thread::yield_now();
    }
}

/// Another session of the same database, in the middle of a transaction of its own.
struct Other {
    client: tokio_postgres::Client,
    runtime: tokio::runtime::Runtime,
}

impl Other {
    fn begin(url: &str, sql: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let client = runtime.block_on(async {
            let (client, connection) =
                tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            client
        });
        let this = Self { client, runtime };
        this.run(&format!("BEGIN; {sql}"));
        this
    }

    /// Keeps this key from being put by others.
    fn holding(url: &str, key: &str) -> Self {
        Self::begin(url, &format!("INSERT INTO limits VALUES ('{key}', 1)"))
    }

    fn run(&self, sql: &str) {
        self.runtime.block_on(self.client.batch_execute(sql)).unwrap();
    }

    fn roll_back(self) {
        self.run("ROLLBACK");
    }
}

/// Waits until one of our sessions in this database waits for what `wait` names.
fn until_waiting(database: &TestDatabase, wait: &str) {
    let sql = format!(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
           AND application_name = 'onlyauth' AND wait_event_type = '{wait}' AND state = 'active'"
    );
    until("waiting", || database.query(&sql) != [["0"]]);
}
