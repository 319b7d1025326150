//! `rate`: how long the steps of a login take at half of the greatest rate. Logins begin at their moments, and
//! each step is measured from when it should have begun: a server that stalls can't hide it by being asked less.

use std::rc::Rc;

use crate::bench::Bench;
use crate::failure::Result;
use crate::options::Run;
use crate::output;
use crate::result::{Figure, Round, Target, conclude, over};
use crate::window::{Window, measure};
use crate::work::{self, Moments};

/// Runs it, at `rate` logins per second where it is given.
pub(crate) async fn run(run: &Run, rate: Option<f64>) -> Result<()> {
    let bench = Bench::start(run).await?;
    let codes = bench.codes();
    let mut rounds = Vec::new();
    for _ in 0..run.rounds {
        let worker =
            |window| work::logins(bench.place.clone(), bench.people.clone(), codes.clone(), window);
        let greatest = bench.measure_server(worker).await?;
        let rate = rate.unwrap_or(greatest.per_second / 2.0);
        let held = held(&bench, &codes, rate).await?;
        output::line("held", &held);
        let turns = vec![("greatest rate".to_owned(), greatest), ("held rate".to_owned(), held)];
        rounds.push(Round { floor: None, turns });
    }
    let held = |round: &Round| round.turns.get(1).map(|(_, turn)| turn.clone());
    let p99 = |round: &Round| {
        held(round).and_then(|turn| Some(turn.latencies.first()?.p99_ms)).unwrap_or(f64::NAN)
    };
    let figures = vec![
        Figure {
            name: "p99 of a step at half of the greatest rate".to_owned(),
            value: over(&rounds, p99),
            unit: "ms".to_owned(),
            target: Target::AtMost(run.database.choose(15.0, 40.0)),
        },
        Figure {
            name: "logins per second meanwhile".to_owned(),
            value: over(&rounds, |round| held(round).map_or(f64::NAN, |turn| turn.per_second)),
            unit: "/s".to_owned(),
            target: Target::None,
        },
    ];
    conclude(&bench, "rate", figures, rounds, Vec::new())?;
    bench.server.stop()
}

/// A turn at this rate. There are twice as many connections as else, so that a login finds one free.
pub(crate) async fn held(
    bench: &Bench,
    codes: &work::Codes,
    rate: f64,
) -> Result<crate::measured::Measured> {
    let window = Window::of(bench.span());
    let moments = Rc::new(Moments::per_second(rate));
    let worker = || {
        let (place, people) = (bench.place.clone(), bench.people.clone());
        work::logins_on_time(place, people, codes.clone(), moments.clone(), window)
    };
    let workers = (0..bench.run.connections * 2).map(|_| worker());
    measure(window, &bench.watched(), workers).await
}
