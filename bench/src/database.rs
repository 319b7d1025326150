//! The database under the server: SQLite's file, or a PostgreSQL server of this run's own.

use std::path::Path;
use std::time::Duration;

use tokio_postgres::{Client, NoTls};

use crate::failure::{Context, Result};
use crate::options::DatabaseKind;
use crate::postgres::PostgresServer;
use crate::process;
use crate::server::size_of;

/// The database that an address without a name leads to.
const NAME: &str = "postgres";

/// Where the server keeps its data.
pub(crate) enum Database {
    /// In its data folder.
    Sqlite,
    /// In Debian's PostgreSQL, with the settings that it comes with: every commit is flushed to disk.
    Postgres {
        /// Ends with this value.
        server: PostgresServer,
        /// For questions about it.
        client: Box<Client>,
    },
}

impl Database {
    /// Starts what is needed.
    pub(crate) async fn start(kind: DatabaseKind) -> Result<Self> {
        if kind == DatabaseKind::Sqlite {
            return Ok(Self::Sqlite);
        }
        let server = PostgresServer::start(&[]);
        let connected = tokio_postgres::connect(&server.url(NAME), NoTls).await;
        let (client, connection) = connected.context("connect to PostgreSQL")?;
        tokio::task::spawn_local(connection);
        Ok(Self::Postgres { server, client: Box::new(client) })
    }

    /// As `database.url` takes it.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite => "sqlite:".to_owned(),
            Self::Postgres { server, .. } => server.url(NAME),
        }
    }

    /// CPU time of its own processes.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let Self::Postgres { server, .. } = self else { return Ok(Duration::ZERO) };
        let path = server.folder().join("data/postmaster.pid");
        let text = std::fs::read_to_string(path).context("read postmaster.pid")?;
        let pid = text.lines().next().and_then(|line| line.trim().parse().ok());
        process::cpu_of_family(pid.context("read postmaster.pid")?)
    }

    /// How often it has flushed its log.
    pub(crate) async fn wal_flushes(&self) -> Result<Option<u64>> {
        let Self::Postgres { client, .. } = self else { return Ok(None) };
        let row = client.query_one("SELECT wal_sync FROM pg_stat_wal", &[]).await;
        let count: i64 = row.context("ask PostgreSQL")?.get(0);
        Ok(u64::try_from(count).ok())
    }

    /// Its size in bytes, with its log where that is beside it.
    pub(crate) async fn size(&self, data: &Path) -> Result<u64> {
        let Self::Postgres { client, .. } = self else { return Ok(size_of(data)) };
        let row = client.query_one("SELECT pg_database_size(current_database())", &[]).await;
        let size: i64 = row.context("ask PostgreSQL")?.get(0);
        Ok(u64::try_from(size).unwrap_or(0))
    }
}
