//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Measures OnlyAuth: whole logins against a running server, and the floor beside them.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Options {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Ask for access tokens, which writes nothing.
    Create(Run),
    /// Validate success tokens that were made before; each costs one durable commit.
    Validate {
        #[command(flatten)]
        run: Run,
        /// How many tokens to make for each round.
        #[arg(long, default_value_t = 20_000)]
        tokens: usize,
    },
    /// Log in: create, open the widget, send, check, validate.
    Login(Run),
    /// Be the floor; the other commands start it themselves.
    Floor {
        /// Where to listen.
        #[arg(long)]
        listen: SocketAddr,
        /// Length of the token in its answers.
        #[arg(long, default_value_t = 800)]
        token_bytes: usize,
    },
}

/// How to measure.
#[derive(Debug, Clone, Args)]
pub(crate) struct Run {
    /// The binary `onlyauth` that is measured.
    #[arg(long, value_name = "PATH")]
    pub(crate) server: PathBuf,
    /// Where it keeps its data.
    #[arg(long, value_enum, default_value_t = DatabaseKind::Sqlite)]
    pub(crate) database: DatabaseKind,
    /// How often floor and scenario take turns.
    #[arg(long, default_value_t = 3)]
    pub(crate) rounds: u32,
    /// How long each turn is measured.
    #[arg(long, default_value_t = 5.0)]
    pub(crate) seconds: f64,
    /// Connections of the driver, each with one request at a time.
    #[arg(long, default_value_t = 128)]
    pub(crate) connections: u32,
    /// Where codes are read.
    #[arg(long, value_enum, default_value_t = CodeSource::Inbox)]
    pub(crate) codes: CodeSource,
    /// The folder to work in; kept afterwards. Without it a new one is made, and removed.
    #[arg(long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
    /// What the server logs.
    #[arg(long, default_value = "info")]
    pub(crate) log_level: String,
    /// Where to write the result.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DatabaseKind {
    /// The file in the server's data folder.
    Sqlite,
}

/// Where codes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodeSource {
    /// The sandbox's inbox; everybody has a phone of their own.
    Inbox,
    /// Nowhere: all have the test number whose code never changes.
    Fixed,
}
