//! A stretch of time in which many workers do the same, and what they and the processes come to in it.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::failure::{Context, Failure, Result};
use crate::login::{Step, Stopwatch};
use crate::measured::{Cpu, Latencies, Measured, number};
use crate::watch::Watched;

/// Before the window opens, everything runs already: connections, caches, the queue of each.
const RAMP: Duration = Duration::from_millis(500);

/// What the time between send and check is called.
const WAIT: &str = "code in the inbox";

/// When counting begins and ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    from: Instant,
    until: Instant,
}

impl Window {
    /// Opens after the ramp, for so long.
    pub(crate) fn of(span: Duration) -> Self {
        let from = Instant::now() + RAMP;
        Self { from, until: from + span }
    }

    /// Whether it is over.
    pub(crate) fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }

    /// Whether it is over by then.
    pub(crate) fn ends_before(&self, moment: Instant) -> bool {
        moment >= self.until
    }

    /// Whether what ends now is counted.
    pub(crate) fn is_open(&self) -> bool {
        let now = Instant::now();
        self.from <= now && now < self.until
    }
}

/// What workers count while the window is open.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Whole requests or logins.
    pub(crate) done: u64,
    /// All requests.
    pub(crate) all: Latencies,
    /// By step of a login, then the wait for the code; empty where there are no logins.
    pub(crate) steps: Vec<Latencies>,
}

impl Tally {
    /// A request that is all there is to it.
    pub(crate) fn request(&mut self, took: Duration) {
        self.done += 1;
        self.all.record(took);
    }

    /// A login.
    pub(crate) fn login(&mut self, watch: &Stopwatch) {
        self.done += 1;
        for took in watch.took {
            self.all.record(took);
        }
        let parts = watch.took.into_iter().chain([watch.waited]);
        self.steps.resize_with(watch.took.len() + 1, Latencies::default);
        for (step, took) in self.steps.iter_mut().zip(parts) {
            step.record(took);
        }
    }

    fn add(&mut self, other: &Self) {
        self.done += other.done;
        self.all.add(&other.all);
        self.steps.resize_with(self.steps.len().max(other.steps.len()), Latencies::default);
        for (step, others) in self.steps.iter_mut().zip(&other.steps) {
            step.add(others);
        }
    }
}

/// Runs the workers, which end by themselves when the window is over, and measures while it is open.
pub(crate) async fn measure<F>(
    window: Window,
    watched: &Watched<'_>,
    workers: impl IntoIterator<Item = F>,
) -> Result<Measured>
where
    F: Future<Output = Result<Tally>> + 'static,
{
    let mut running = JoinSet::new();
    for worker in workers {
        running.spawn_local(worker);
    }
    let looks = async {
        tokio::time::sleep_until(window.from.into()).await;
        let before = watched.look().await?;
        let began = Instant::now();
        tokio::time::sleep_until(window.until.into()).await;
        let seconds = began.elapsed().as_secs_f64();
        Ok::<_, Failure>((before, watched.look().await?, seconds))
    };
    let tallies = async {
        let mut sum = Tally::default();
        while let Some(tally) = running.join_next().await {
            sum.add(&tally.context("finish a worker")??);
        }
        Ok(sum)
    };
    let ((before, after, seconds), tally) = tokio::try_join!(looks, tallies)?;
    if tally.done == 0 {
        return Err(Failure::new("nothing was done while it was measured"));
    }
    let per = |time: Duration| time.as_secs_f64() * 1e6 / number(tally.done);
    let names = Step::ALL.map(Step::name).into_iter().chain([WAIT]);
    let steps = names.zip(&tally.steps).map(|(name, latencies)| latencies.summary(name));
    Ok(Measured {
        seconds,
        count: tally.done,
        per_second: number(tally.done) / seconds,
        latencies: std::iter::once(tally.all.summary("all")).chain(steps).collect(),
        cpu: Cpu {
            server_us: per(after.server.saturating_sub(before.server)),
            postgres_us: per(after.postgres.saturating_sub(before.postgres)),
            driver_us: per(after.driver.saturating_sub(before.driver)),
        },
        rss_mib: number(after.rss) / 1_048_576.0,
        batches: after.commits.zip(before.commits).map(|(after, before)| after.since(&before)),
        wal_flushes: after
            .wal_flushes
            .zip(before.wal_flushes)
            .map(|(after, before)| after - before),
    })
}
