//! `validate`: validateSuccessToken, of tokens that are made before the clock runs.

use std::cell::RefCell;
use std::rc::Rc;

use tokio::task::JoinSet;

use crate::bench::Bench;
use crate::failure::{Context, Failure, Result};
use crate::login::{Visitor, Waiting, prepare};
use crate::options::Run;
use crate::result::{Figure, Round, Target, conclude, over, ratio};
use crate::work;

/// Runs it with so many tokens in each round.
pub(crate) async fn run(run: &Run, tokens: usize) -> Result<()> {
    let bench = Bench::start(run).await?;
    let mut rounds = Vec::new();
    for _ in 0..run.rounds {
        let waiting = Rc::new(RefCell::new(make(&bench, tokens).await?));
        let floor = Some(bench.measure_floor().await?);
        let worker = |window| work::validate(bench.place.clone(), waiting.clone(), window);
        let turns = vec![("validate".to_owned(), bench.measure_server(worker).await?)];
        if waiting.borrow().is_empty() {
            return Err(Failure::new("the tokens did not last for a turn: raise --tokens"));
        }
        rounds.push(Round { floor, turns });
    }
    let figure = Figure {
        name: "validate, of the floor".to_owned(),
        value: over(&rounds, |round| ratio(round, 1.0)),
        unit: String::new(),
        target: Target::AtLeast(run.database.choose(0.55, 0.25)),
    };
    conclude(&bench, "validate", vec![figure], rounds, Vec::new())?;
    bench.server.stop()
}

/// Logs people in as far as their success tokens.
async fn make(bench: &Bench, count: usize) -> Result<Vec<Waiting>> {
    let left = Rc::new(std::cell::Cell::new(count));
    let mut running = JoinSet::new();
    for _ in 0..bench.run.connections {
        let (place, people, left) = (bench.place.clone(), bench.people.clone(), left.clone());
        running.spawn_local(async move {
            let mut visitor = Visitor::arrive(&place).await?;
            let mut made = Vec::new();
            while left.get() > 0 {
                left.set(left.get() - 1);
                made.push(prepare(&mut visitor, people.next()).await?);
            }
            Ok(made)
        });
    }
    let mut tokens = Vec::with_capacity(count);
    while let Some(made) = running.join_next().await {
        let made: Result<Vec<Waiting>> = made.context("make tokens")?;
        tokens.extend(made?);
    }
    Ok(tokens)
}
