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
    /// Log in at half of the greatest rate, each login at its moment whatever became of the others.
    Rate {
        #[command(flatten)]
        run: Run,
        /// Logins per second, instead of half of what is measured.
        #[arg(long)]
        rate: Option<f64>,
    },
    /// Log in at a held rate, alone and then beside a flood of guesses and half-open connections.
    Attack {
        #[command(flatten)]
        run: Run,
        #[command(flatten)]
        flood: Flood,
    },
    /// Log in for long, and watch memory and database.
    Steady {
        #[command(flatten)]
        run: Run,
        /// Logins per second; without it as many as there can be.
        #[arg(long)]
        rate: Option<f64>,
        /// How many logins.
        #[arg(long, default_value_t = 1_000_000)]
        logins: u64,
    },
    /// Start on an existing database, from the start of the process to its first "ready".
    Start {
        #[command(flatten)]
        run: Run,
        /// How many actions are there, each as a whole login leaves it.
        #[arg(long, default_value_t = 1_000_000)]
        actions: u64,
    },
    /// Write the tables and charts of results into the page about performance.
    Report {
        /// The page; its charts are in the folder beside it that has its name.
        #[arg(long, default_value = "docs/explanation/performance.md")]
        page: PathBuf,
        /// What `--json` wrote, in the order of the tables.
        #[arg(required = true)]
        results: Vec<PathBuf>,
    },
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
    /// A setting of the server, such as ONLYAUTH_DATA_READER_THREADS=4; repeat for more.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) env: Vec<String>,
    /// What the server logs.
    #[arg(long, default_value = "info")]
    pub(crate) log_level: String,
    /// Where to write the result.
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

/// What honest people meet.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Flood {
    /// Honest logins per second, held in both turns.
    #[arg(long, default_value_t = 200.0)]
    pub(crate) rate: f64,
    /// Guessers, each of whom sends its next guess as soon as the last one is refused.
    #[arg(long, default_value_t = 16)]
    pub(crate) guessers: u32,
    /// Connections that begin a request and never finish it.
    #[arg(long, default_value_t = 500)]
    pub(crate) half_open: u32,
}

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DatabaseKind {
    /// The file in the server's data folder.
    Sqlite,
    /// A server of Debian's package, started for this run with the settings that it comes with.
    Postgres,
}

impl DatabaseKind {
    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// One value for each database.
    pub(crate) const fn choose(self, sqlite: f64, postgres: f64) -> f64 {
        match self {
            Self::Sqlite => sqlite,
            Self::Postgres => postgres,
        }
    }
}

/// Where codes come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodeSource {
    /// The sandbox's inbox; everybody has a phone of their own.
    Inbox,
    /// Nowhere: all have the test number whose code never changes.
    Fixed,
}
