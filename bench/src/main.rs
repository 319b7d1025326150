//! `onlyauth-bench`: how fast OnlyAuth is, in ratios to the floor of the machine that it is measured on.
//!
//! The driver starts the server that it is given, lets people log in as backends and browsers do, checks every
//! answer, and measures a bare server in turns with it. See docs/explanation/performance.md.

mod bench;
mod connection;
mod database;
mod failure;
mod fill;
mod floor;
mod inbox;
mod login;
mod machine;
mod measured;
mod options;
mod output;
mod page;
mod people;
mod place;
#[path = "../../crates/store/tests/support/postgres.rs"]
mod postgres;
mod process;
mod report;
mod request;
mod result;
mod scenario;
mod scrape;
mod server;
mod watch;
mod window;
mod work;

use std::process::ExitCode;

use clap::Parser;
use tokio::task::LocalSet;

use failure::{Context, Result};
use options::{Command, Options};

fn main() -> ExitCode {
    match run(Options::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    if let Command::Floor { listen, token_bytes } = command {
        return floor::serve(listen, token_bytes);
    }
    if let Command::Report { page, results } = command {
        return report::run(&page, &results);
    }
    // One thread: the driver must not take more of the machine than it needs.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.context("start the runtime")?;
    LocalSet::new().block_on(&runtime, async {
        match command {
            Command::Create(run) => scenario::create::run(&run).await,
            Command::Validate { run, tokens } => scenario::validate::run(&run, tokens).await,
            Command::Login(run) => scenario::login::run(&run).await,
            Command::Rate { run, rate } => scenario::rate::run(&run, rate).await,
            Command::Attack { run, flood } => scenario::attack::run(&run, flood).await,
            Command::Steady { run, rate, logins } => {
                scenario::steady::run(&run, rate, logins).await
            }
            Command::Start { run, actions } => scenario::start::run(&run, actions).await,
            Command::Floor { .. } | Command::Report { .. } => Ok(()),
        }
    })
}
