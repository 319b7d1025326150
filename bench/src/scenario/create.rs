//! `create`: createAccessToken and nothing else.

use crate::bench::Bench;
use crate::failure::Result;
use crate::options::Run;
use crate::result::{Figure, Target, conclude, over, ratio};
use crate::work;

/// Runs it.
pub(crate) async fn run(run: &Run) -> Result<()> {
    let bench = Bench::start(run).await?;
    let worker = |window| work::create(bench.place.clone(), bench.people.clone(), window);
    let rounds = bench.take_turns("create", worker).await?;
    let figure = Figure {
        name: "create, of the floor".to_owned(),
        value: over(&rounds, |round| ratio(round, 1.0)),
        unit: String::new(),
        target: Target::AtLeast(0.85),
    };
    conclude(&bench, "create", vec![figure], rounds, Vec::new())?;
    bench.server.stop()
}
