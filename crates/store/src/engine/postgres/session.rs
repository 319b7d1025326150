//! A connection, with the settings that each must have and all statements prepared.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::error::Severity;
use tokio_postgres::{AsyncMessage, Client, Connection, Error};

use super::address::{PostgresUrl, Protection};
use super::execute::{Answer, run, translate};
use super::fault::{describe, unavailable};
use super::migrate;
use super::pipeline::{Request, pipelined};
use super::tls::Tls;
use crate::change_set::Step;
use crate::error::{Reason, StoreError};
use crate::statement::{self, Statement};

/// For one host to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// For a session to be ready, over all hosts and with everything prepared.
const READY_TIMEOUT: Duration = Duration::from_secs(10);
/// After so much silence the other side is asked whether it is still there.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(10);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(3);
const KEEPALIVE_RETRIES: u32 = 3;
/// How long what was sent may stay unconfirmed by the other machine.
const UNCONFIRMED: Duration = Duration::from_secs(10);

/// How long a session keeps its plans: at first as long as it is old, in the end so long.
const PLANS_LAST: Duration = Duration::from_secs(5);
const NEW_PLANS_LAST: Duration = Duration::from_millis(100);

/// What every session has. `synchronous_commit`: a commit is told only when it is on the disk, whatever the role
/// or the database has set; stricter settings stay. `enable_seqscan`: all statements go by a key, also while a
/// table is so small, or so new to the planner, that reading all of it looks cheaper. The time-outs bound how long a frozen instance, or a lock, holds up others.
const SETTINGS: &str = "SET statement_timeout = '5s';
    SET lock_timeout = '2s';
    SET idle_in_transaction_session_timeout = '10s';
    SET default_transaction_isolation = 'read committed';
    SET enable_seqscan = off;
    SELECT set_config('synchronous_commit', 'on', false)
      WHERE current_setting('synchronous_commit') IN ('off', 'local')";

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Write,
    /// Can't write, whatever it is asked.
    Read,
}

/// Opens sessions.
pub(super) struct Connector {
    config: tokio_postgres::Config,
    tls: Tls,
}

pub(super) struct Session {
    client: Client,
    prepared: HashMap<&'static str, tokio_postgres::Statement>,
    /// Ends when the connection does.
    driver: JoinHandle<()>,
    given_up: bool,
    warned: Arc<AtomicBool>,
    since: Instant,
    planned_at: Instant,
}

impl Connector {
    pub(super) fn new(url: &PostgresUrl) -> Result<Self, rustls::Error> {
        let mut config = url.config().clone();
        config
            .connect_timeout(CONNECT_TIMEOUT)
            .tcp_user_timeout(UNCONFIRMED)
            .keepalives(true)
            .keepalives_idle(KEEPALIVE_IDLE)
            .keepalives_interval(KEEPALIVE_INTERVAL)
            .keepalives_retries(KEEPALIVE_RETRIES);
        if config.get_application_name().is_none() {
            config.application_name("onlyauth");
        }
        let tls = match url.protection() {
            Protection::Unverified => Tls::unverified()?,
            Protection::Verified { roots } => Tls::verified(roots.as_deref())?,
        };
        Ok(Self { config, tls })
    }

    /// A session to a database that may not be ours yet.
    pub(super) async fn visit(&self) -> Result<Session, StoreError> {
        in_time(async {
            let session = self.connect().await?;
            session.plain(SETTINGS).await?;
            Ok(session)
        })
        .await
    }

    /// A session to our database, with everything prepared.
    pub(super) async fn open(&self, role: Role) -> Result<Session, StoreError> {
        let mut session = self.visit().await?;
        if role == Role::Read {
            let read_only = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY";
            session.plain(read_only).await.map_err(|error| unavailable(&error))?;
        }
        // The server may have been swapped meanwhile, so its schema is looked at as at the start.
        migrate::expect_current(&session).await?;
        let all = session.prepare(statement::catalogue());
        let prepared = timeout(READY_TIMEOUT, all).await.map_err(|_| too_slow())?;
        prepared.map_err(|(name, error)| {
            let detail = format_args!("statement {name}: {}", describe(&error)).to_string();
            let StoreError::Unavailable { reason, .. } = unavailable(&error) else {
                return StoreError::Unknown;
            };
            StoreError::unavailable(reason, detail)
        })?;
        Ok(session)
    }

    async fn connect(&self) -> Result<Session, Error> {
        let (client, connection) = self.config.connect(self.tls.clone()).await?;
        let warned = Arc::new(AtomicBool::new(false));
        let driver = tokio::spawn(drive(connection, Arc::clone(&warned)));
        let now = Instant::now();
        Ok(Session {
            client,
            prepared: HashMap::new(),
            driver,
            given_up: false,
            warned,
            since: now,
            planned_at: now,
        })
    }
}

async fn in_time(
    work: impl Future<Output = Result<Session, Error>>,
) -> Result<Session, StoreError> {
    let ready = timeout(READY_TIMEOUT, work).await.map_err(|_| too_slow())?;
    ready.map_err(|error| unavailable(&error))
}

fn too_slow() -> StoreError {
    StoreError::unavailable(Reason::Unreachable, "the server took too long to answer")
}

/// Moves what is sent and received, until the connection ends.
async fn drive<S, T>(mut connection: Connection<S, T>, warned: Arc<AtomicBool>)
where
    S: AsyncRead + AsyncWrite + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        match poll_fn(|context| connection.poll_message(context)).await {
            Some(Ok(AsyncMessage::Notice(notice))) => {
                if notice.parsed_severity() == Some(Severity::Warning) {
                    warned.store(true, Ordering::SeqCst);
                }
                tracing::debug!(code = notice.code().code(), "{}", notice.message());
            }
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                tracing::warn!(error = describe(&error), "database.connection_lost");
                return;
            }
            None => return,
        }
    }
}

impl Session {
    /// Resolves when the connection has ended. Can be asked again only after a new one was made.
    pub(super) async fn ended(&mut self) {
        // A driver that panicked has ended too.
        let _ = (&mut self.driver).await;
    }

    pub(super) fn is_over(&self) -> bool {
        self.given_up || self.client.is_closed() || self.driver.is_finished()
    }

    /// Ends the connection, also when it is stuck; the server then undoes what was not committed.
    pub(super) fn end(&mut self) {
        self.given_up = true;
        self.driver.abort();
    }

    /// Whether the server has warned since the last time this was asked.
    pub(super) fn take_warning(&self) -> bool {
        self.warned.swap(false, Ordering::SeqCst)
    }

    /// Prepares those statements that are not yet, in one round trip; the first that can't be, with its error.
    pub(super) async fn prepare(
        &mut self,
        statements: impl Iterator<Item = &'static Statement>,
    ) -> Result<(), (&'static str, Error)> {
        let mut new: Vec<&Statement> = Vec::new();
        for statement in statements {
            let known = self.prepared.contains_key(statement.name)
                || new.iter().any(|other| other.name == statement.name);
            if !known {
                new.push(statement);
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        let texts: Vec<String> = new.iter().map(|statement| translate(statement.sql)).collect();
        let client = &self.client;
        let requests = texts.iter().map(|text| -> Request<_> { Box::pin(client.prepare(text)) });
        let answers = pipelined(requests.collect()).await;
        for (statement, answer) in new.into_iter().zip(answers) {
            let prepared = answer.map_err(|error| (statement.name, error))?;
            self.prepared.insert(statement.name, prepared);
        }
        Ok(())
    }

    /// A step whose statement is prepared.
    pub(super) fn step<'a>(&'a self, step: &'a Step) -> Request<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let made;
            let statement = if let Some(prepared) = self.prepared.get(step.statement.name) {
                prepared
            } else {
                made = self.client.prepare(&translate(step.statement.sql)).await?;
                &made
            };
            run(&self.client, statement, &step.params).await
        })
    }

    /// A statement, or several, without parameters or answer.
    pub(super) fn plain<'a>(&'a self, sql: &'a str) -> Request<'a, Result<Answer, Error>> {
        Box::pin(async move { self.client.batch_execute(sql).await.map(|()| Answer::default()) })
    }

    /// What to run before anything else now, in one message with it or before it; usually nothing.
    ///
    /// The server plans a prepared statement once, for the size that its tables have then. On a small table every
    /// index looks as good as any other, and the plan would stay until the server happens to count the rows.
    pub(super) fn upkeep(&mut self) -> Option<&'static str> {
        let age = self.planned_at.duration_since(self.since);
        if self.planned_at.elapsed() < age.clamp(NEW_PLANS_LAST, PLANS_LAST) {
            return None;
        }
        self.planned_at = Instant::now();
        Some("DISCARD PLANS")
    }

    /// The rows of a query that is asked once.
    pub(super) async fn query(&self, step: &Step) -> Result<Vec<crate::value::Row>, Error> {
        Ok(self.step(step).await?.rows)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.end();
    }
}
