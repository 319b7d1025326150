//! `login`: five requests, at least four durable commits.

use crate::bench::Bench;
use crate::failure::Result;
use crate::options::Run;
use crate::result::{Figure, Round, Target, conclude, over, ratio};
use crate::work;

/// Runs it.
pub(crate) async fn run(run: &Run) -> Result<()> {
    let bench = Bench::start(run).await?;
    let codes = bench.codes();
    let worker =
        |window| work::logins(bench.place.clone(), bench.people.clone(), codes.clone(), window);
    let rounds = bench.take_turns("login", worker).await?;
    let per_second = |round: &Round| round.turns.first().map_or(0.0, |(_, turn)| turn.per_second);
    let figures = vec![
        Figure {
            name: "login, of a fifth of the floor".to_owned(),
            value: over(&rounds, |round| ratio(round, 5.0)),
            unit: String::new(),
            target: Target::AtLeast(run.database.choose(0.5, 0.2)),
        },
        Figure {
            name: "logins per second".to_owned(),
            value: over(&rounds, per_second),
            unit: "/s".to_owned(),
            target: Target::None,
        },
    ];
    conclude(&bench, "login", figures, rounds, Vec::new())?;
    bench.server.stop()
}
