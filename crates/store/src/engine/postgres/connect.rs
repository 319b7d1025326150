//! Connecting, and what every session is set to.

use std::time::Duration;

use tokio::time::timeout;
use tokio_postgres::Error;

use super::address::{PostgresUrl, Protection};
use super::exclusive;
use super::fault::{describe, unavailable};
use super::migrate;
use super::session::Session;
use super::tls::Tls;
use crate::error::{Reason, StoreError};
use crate::statement;

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
        exclusive::share_now(&session).await?;
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
        Ok(Session::new(client, connection))
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
