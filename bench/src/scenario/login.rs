//! `login`: five requests, at least four durable commits.

use std::rc::Rc;

use crate::bench::{Bench, ratio};
use crate::failure::Result;
use crate::inbox::Inbox;
use crate::options::{CodeSource, Run};
use crate::output;
use crate::work::{self, Codes};

/// Runs it.
pub(crate) async fn run(run: &Run) -> Result<()> {
    let bench = Bench::start(run).await?;
    let codes = codes(&bench);
    let worker =
        |window| work::logins(bench.place.clone(), bench.people.clone(), codes.clone(), window);
    let rounds = bench.take_turns(worker).await?;
    output::say(&format!("login: {:.3} of a fifth of the floor", ratio(&rounds, 5.0)));
    bench.server.stop()
}

/// Where codes come from; the inbox is read from now on.
pub(crate) fn codes(bench: &Bench) -> Codes {
    match bench.run.codes {
        CodeSource::Fixed => Codes::Fixed,
        CodeSource::Inbox => {
            let inbox = Rc::new(Inbox::default());
            let (reader, place) = (inbox.clone(), bench.place.clone());
            tokio::task::spawn_local(async move {
                // Whoever waits for a code would wait for ever, so the run ends here.
                if let Err(error) = reader.read(&place).await {
                    output::complain(&error.to_string());
                    std::process::exit(1);
                }
            });
            Codes::Inbox(inbox)
        }
    }
}
