//! `start`: from the start of the process to its first "ready", on a database that holds many logins.

use crate::bench::Bench;
use crate::failure::Result;
use crate::fill::fill;
use crate::login::{FIXED_PHONE, Visitor, prepare};
use crate::measured::median;
use crate::options::Run;
use crate::output;
use crate::result::{Figure, Target, conclude};
use crate::server::Server;

/// Runs it, with so many actions.
pub(crate) async fn run(run: &Run, actions: u64) -> Result<()> {
    let mut bench = Bench::start(run).await?;
    let mut visitor = Visitor::arrive(&bench.place).await?;
    let one = prepare(&mut visitor, bench.people.next()).await?;
    visitor.validate(&one.name, FIXED_PHONE, &one.token).await?;
    drop(visitor);
    bench.server.stop()?;
    fill(&bench.database, &bench.recipe.data(), actions).await?;
    let size = bench.database.size(&bench.recipe.data()).await?;
    output::say(&format!("filled with {actions} actions, {} MiB", size / 1_048_576));
    let mut took = Vec::new();
    for _ in 0..run.rounds.max(1) {
        let server = Server::start(&bench.recipe).await?;
        let seconds = server.ready_after.as_secs_f64();
        output::say(&format!("ready after {seconds:.3} s"));
        took.push(seconds);
        server.stop()?;
    }
    bench.server = Server::start(&bench.recipe).await?;
    let figure = Figure {
        name: format!("start to ready with {actions} actions"),
        value: median(&took),
        unit: "s".to_owned(),
        target: Target::AtMost(run.database.choose(0.5, 1.0)),
    };
    conclude(&bench, "start", vec![figure], Vec::new(), Vec::new())?;
    bench.server.stop()
}
