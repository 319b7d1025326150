//! `steady`: a million logins, and what memory and database do meanwhile.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::bench::Bench;
use crate::failure::{Context, Result};
use crate::login::Visitor;
use crate::measured::number;
use crate::options::Run;
use crate::output;
use crate::process;
use crate::result::{Figure, Sample, Target, conclude};
use crate::work::{self, Moments};

/// Samples in a run.
const SAMPLES: u64 = 100;
/// A memory that has grown by less over half of a run is flat: that much comes and goes with the allocator.
const FLAT_MIB: f64 = 4.0;
const MIB: f64 = 1_048_576.0;

/// Runs it, at `rate` logins per second where it is given.
pub(crate) async fn run(run: &Run, rate: Option<f64>, logins: u64) -> Result<()> {
    let bench = Bench::start(run).await?;
    let began = Instant::now();
    let done = Rc::new(Cell::new(0));
    let mut workers = spawn(&bench, rate, logins, &done);
    let mut samples = vec![look(&bench, began, 0).await?];
    let mut pause = tokio::time::interval(Duration::from_millis(250));
    loop {
        tokio::select! {
            finished = workers.join_next() => match finished {
                Some(worker) => worker.context("finish a worker")??,
                None => break,
            },
            _ = pause.tick() => {
                let due = number(logins) / number(SAMPLES);
                let last = samples.last().map_or(0, |sample: &Sample| sample.logins);
                if number(done.get()) >= number(last) + due {
                    let sample = look(&bench, began, done.get()).await?;
                    show(&sample);
                    samples.push(sample);
                }
            }
        }
    }
    samples.push(look(&bench, began, done.get()).await?);
    let figures = figures(&samples);
    conclude(&bench, "steady", figures, Vec::new(), samples)?;
    bench.server.stop()
}

/// Workers that end once enough logins have begun.
fn spawn(
    bench: &Bench,
    rate: Option<f64>,
    logins: u64,
    done: &Rc<Cell<u64>>,
) -> JoinSet<Result<()>> {
    let begun = Rc::new(Cell::new(0_u64));
    let moments = rate.map(|rate| Rc::new(Moments::per_second(rate)));
    let codes = bench.codes();
    let mut workers = JoinSet::new();
    for _ in 0..bench.run.connections {
        let (place, people) = (bench.place.clone(), bench.people.clone());
        let (codes, moments) = (codes.clone(), moments.clone());
        let (begun, done) = (begun.clone(), done.clone());
        workers.spawn_local(async move {
            let mut visitor = Visitor::arrive(&place).await?;
            while begun.get() < logins {
                begun.set(begun.get() + 1);
                if let Some(moments) = &moments {
                    tokio::time::sleep_until(moments.next().into()).await;
                }
                work::login(&mut visitor, people.next(), &codes, Instant::now()).await?;
                done.set(done.get() + 1);
            }
            Ok(())
        });
    }
    workers
}

async fn look(bench: &Bench, began: Instant, logins: u64) -> Result<Sample> {
    Ok(Sample {
        seconds: began.elapsed().as_secs_f64(),
        logins,
        rss_mib: number(process::rss(bench.server.pid())?) / MIB,
        database_mib: number(bench.database.size(&bench.recipe.data()).await?) / MIB,
    })
}

fn show(sample: &Sample) {
    let Sample { seconds, logins, rss_mib, database_mib } = sample;
    output::say(&format!(
        "{seconds:>7.0} s {logins:>9} logins  RSS {rss_mib:>6.1} MiB  database {database_mib:>8.1} MiB"
    ));
}

fn figures(samples: &[Sample]) -> Vec<Figure> {
    let last = samples.last().copied();
    let (seconds, logins) = last.map_or((1.0, 0), |last| (last.seconds, last.logins));
    let figure = |name: &str, value, unit: &str, target| Figure {
        name: name.to_owned(),
        value,
        unit: unit.to_owned(),
        target,
    };
    let most = samples.iter().map(|sample| sample.rss_mib).fold(0.0, f64::max);
    let half = &samples[samples.len() / 2..];
    vec![
        figure("most resident memory", most, "MiB", Target::AtMost(96.0)),
        figure(
            "growth of memory over the last half",
            growth(half, |sample| sample.rss_mib),
            "MiB",
            Target::AtMost(FLAT_MIB),
        ),
        figure(
            "growth of the database over the last half",
            growth(half, |sample| sample.database_mib),
            "MiB",
            Target::None,
        ),
        figure("logins per second", number(logins) / seconds, "/s", Target::None),
    ]
}

/// From the mean of the first quarter of the samples to the mean of the last.
fn growth(samples: &[Sample], value: impl Fn(&Sample) -> f64) -> f64 {
    let quarter = samples.len().div_ceil(4);
    let mean = |samples: &[Sample]| {
        let count = u32::try_from(samples.len().max(1)).unwrap_or(u32::MAX);
        samples.iter().map(&value).sum::<f64>() / f64::from(count)
    };
    mean(&samples[samples.len() - quarter..]) - mean(&samples[..quarter])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_between_the_ends_and_blind_to_a_peak_between() {
        let sample = |rss_mib| Sample { seconds: 0.0, logins: 0, rss_mib, database_mib: 0.0 };
        let samples = [10.0, 12.0, 90.0, 12.0, 12.0, 12.0, 14.0, 16.0].map(sample);
        let growth = |samples| growth(samples, |sample| sample.rss_mib);
        assert!((growth(&samples) - 4.0).abs() < 1e-9);
        assert!(growth(&[]).abs() < 1e-9);
    }
}
