//! `create`: createAccessToken and nothing else.

use crate::bench::{Bench, ratio};
use crate::failure::Result;
use crate::options::Run;
use crate::{output, work};

/// Runs it.
pub(crate) async fn run(run: &Run) -> Result<()> {
    let bench = Bench::start(run).await?;
    let worker = |window| work::create(bench.place.clone(), bench.people.clone(), window);
    let rounds = bench.take_turns(worker).await?;
    output::say(&format!("create: {:.3} of the floor", ratio(&rounds, 1.0)));
    bench.server.stop()
}
