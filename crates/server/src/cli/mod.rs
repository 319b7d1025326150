//! The command line. One file per subcommand; each says what it prints and how it fails.

mod action;
mod app;
mod audit;
mod backup;
mod client;
mod config;
mod copy;
mod demo;
mod doctor;
mod exit;
mod key_check;
mod openapi;
mod output;
mod restore;
mod secret;
mod serve;
mod store;
mod user;

use std::ffi::OsString;
use std::future::Future;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use exit::{CliError, Exit};

use crate::clock::Clock;
use crate::config::{Config, ConfigError, Flag, Loaded, Sources};
use crate::entropy::Entropy;

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong command line or setting, 3 wrong configuration, 4 data folder, \
master key or database can't be used, 5 not found, 6 the address to listen on can't be had, 7 it is not \
known whether the change was made.";

/// A self-hosted second factor for any login page.
#[derive(Debug, Parser)]
#[command(name = "onlyauth", version, after_help = EXIT_CODES, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Default, clap::Args)]
struct Global {
    /// The configuration file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder [default: ./data].
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    #[arg(skip)]
    environment: Vec<(OsString, OsString)>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server.
    Serve(serve::Options),
    /// Run a server with a client, a sandbox app and a small shop, to try a login with.
    Demo(demo::Options),
    /// Clients: customer accounts.
    #[command(subcommand)]
    Client(client::Command),
    /// API secrets of a client.
    #[command(subcommand)]
    Secret(secret::Command),
    /// Apps of a client.
    #[command(subcommand)]
    App(app::Command),
    /// Logins: which there were, and what happened in each.
    #[command(subcommand)]
    Action(action::Command),
    /// End users who are locked out.
    #[command(subcommand)]
    User(user::Command),
    /// What was done to end users' ways in, by whom and when.
    #[command(subcommand)]
    Audit(audit::Command),
    /// Print the API's OpenAPI document, which is JSON.
    Openapi(openapi::Options),
    /// The configuration.
    #[command(subcommand)]
    Config(config::Command),
    /// Check the installation and say what to do.
    Doctor(doctor::Options),
    /// Write a backup of the database, while the server goes on.
    ///
    /// For SQLite; PostgreSQL has pg_dump and pg_basebackup. The master key is not in it: keep a copy of that
    /// file as well, in another place.
    Backup(backup::Options),
    /// Put a backup in the database's place. The server must be stopped.
    ///
    /// The master key that the backup was made with must be in its place. Logins that were open in the backup are
    /// cancelled, and nothing of theirs can be used.
    Restore(restore::Options),
    /// Move the whole installation to another database: from SQLite to PostgreSQL, or back.
    ///
    /// Every server must be stopped. Interrupted at any moment, it can be repeated. The master key is not copied.
    Copy(copy::Options),
}

impl Global {
    /// Reads the configuration with these flags over it.
    fn load(&self, flags: &[Flag]) -> Result<Loaded, ConfigError> {
        let data = self.data.iter().map(|value| Flag {
            flag: "--data",
            section: "data",
            key: "dir",
            value: value.clone(),
        });
        Config::load(&Sources {
            file: self.config.clone(),
            environment: self.environment.clone(),
            flags: data.chain(flags.iter().cloned()).collect(),
        })
    }

    /// The configuration for an administrative command.
    fn settings(&self) -> Result<Config, CliError> {
        Ok(self.load(&[])?.config)
    }
}

/// The two seams, as the process has them.
struct Seams {
    clock: Clock,
    entropy: Entropy,
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let mut cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            return exit.into();
        }
    };
    cli.global.environment = std::env::vars_os().collect();
    let seams = Seams { clock: Clock::system(), entropy: Entropy::system() };
    match run(&cli, &seams) {
        Ok(()) => Exit::Done.into(),
        Err(error) => {
            output::complain(&error.to_string());
            error.exit.into()
        }
    }
}

fn run(cli: &Cli, seams: &Seams) -> Result<(), CliError> {
    let global = &cli.global;
    match &cli.command {
        Command::Serve(options) => serve::run(options, global),
        Command::Demo(options) => demo::run(options, global),
        Command::Client(command) => block_on(client::run(command, global, seams)),
        Command::Secret(command) => block_on(secret::run(command, global, seams)),
        Command::App(command) => block_on(app::run(command, global, seams)),
        Command::Action(command) => block_on(action::run(command, global, seams)),
        Command::User(command) => block_on(user::run(command, global, seams)),
        Command::Audit(command) => block_on(audit::run(command, global, seams)),
        Command::Openapi(options) => openapi::run(options),
        Command::Config(command) => config::run(command, global),
        Command::Doctor(options) => block_on(doctor::run(options, global, seams)),
        Command::Backup(options) => backup::run(options, global, seams),
        Command::Restore(options) => block_on(restore::run(options, global, seams)),
        Command::Copy(options) => block_on(copy::run(options, global, seams)),
    }
}

/// Administrative commands wait for the store on one thread; its own threads do the work.
fn block_on(command: impl Future<Output = Result<(), CliError>>) -> Result<(), CliError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::new(Exit::Failed, format!("can't start the runtime: {error}")))?
        .block_on(command)
}

#[cfg(test)]
mod tests;
