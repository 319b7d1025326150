//! A connection with its prepared statements.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio_postgres::error::Severity;
use tokio_postgres::{AsyncMessage, Client, Connection, Error};

use super::execute::{Answer, run, translate};
use super::fault::describe;
use super::pipeline::{Request, pipelined};
use super::routine::{Plan, Routines};
use super::writer::WriteJob;
use crate::change_set::Step;
use crate::statement::Statement;

/// How long a session keeps its plans: at first as long as it is old, in the end so long.
const PLANS_LAST: Duration = Duration::from_secs(5);
const NEW_PLANS_LAST: Duration = Duration::from_millis(100);

pub(super) struct Session {
    client: Client,
    prepared: HashMap<&'static str, tokio_postgres::Statement>,
    routines: Routines,
    /// Ends when the connection does.
    driver: JoinHandle<()>,
    given_up: bool,
    warned: Arc<AtomicBool>,
    since: Instant,
    planned_at: Instant,
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
    pub(super) fn new<S, T>(client: Client, connection: Connection<S, T>) -> Self
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let warned = Arc::new(AtomicBool::new(false));
        let driver = tokio::spawn(drive(connection, Arc::clone(&warned)));
        let now = Instant::now();
        Self {
            client,
            prepared: HashMap::new(),
            routines: Routines::default(),
            driver,
            given_up: false,
            warned,
            since: now,
            planned_at: now,
        }
    }

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

    /// How to carry out a group whose statements are prepared. Between transactions only.
    pub(super) async fn plan(&mut self, group: &[WriteJob]) -> Plan {
        self.routines.plan(&self.client, &self.prepared, group).await
    }

    /// The functions that plans call.
    pub(super) fn routines(&self) -> &Routines {
        &self.routines
    }

    /// The requests for a plan's calls.
    pub(super) fn calls<'a>(
        &'a self,
        plan: &Plan,
        group: &'a [WriteJob],
    ) -> Vec<Request<'a, Result<Answer, Error>>> {
        self.routines.requests(&self.client, plan, group)
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
