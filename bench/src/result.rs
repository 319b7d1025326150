//! What a run came to, as it is written to a file and read for the report.

use serde::{Deserialize, Serialize};

use crate::bench::Bench;
use crate::failure::{Context, Result};
use crate::machine::Machine;
use crate::measured::{Measured, median};
use crate::output;

/// A whole run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// Of which scenario.
    pub(crate) scenario: String,
    /// `sqlite` or `postgres`.
    pub(crate) database: String,
    /// Connections of the driver.
    pub(crate) connections: u32,
    /// Where it ran.
    pub(crate) machine: Machine,
    /// What counts, with its target.
    pub(crate) figures: Vec<Figure>,
    /// Turns of floor and server.
    pub(crate) rounds: Vec<Round>,
    /// What was looked at now and then.
    pub(crate) samples: Vec<Sample>,
}

/// One turn of each.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Round {
    /// The floor's.
    pub(crate) floor: Option<Measured>,
    /// The server's, each with its name.
    pub(crate) turns: Vec<(String, Measured)>,
}

/// A number that there is a target for.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq)]
pub(crate) struct Figure {
    /// Of what.
    pub(crate) name: String,
    /// The number.
    pub(crate) value: f64,
    /// What it is counted in; empty for a ratio.
    pub(crate) unit: String,
    /// What it should be.
    pub(crate) target: Target,
}

/// What a number should be.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    /// No less.
    AtLeast(f64),
    /// No more.
    AtMost(f64),
    /// There is none.
    None,
}

/// A look at a server that works for long.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, PartialEq)]
pub(crate) struct Sample {
    /// Since the beginning.
    pub(crate) seconds: f64,
    /// Logins so far.
    pub(crate) logins: u64,
    /// The server's resident memory.
    pub(crate) rss_mib: f64,
    /// The database with its log.
    pub(crate) database_mib: f64,
}

impl Figure {
    /// Whether the target is met.
    pub(crate) fn is_met(&self) -> bool {
        match self.target {
            Target::AtLeast(least) => self.value >= least,
            Target::AtMost(most) => self.value <= most,
            Target::None => true,
        }
    }

    /// The number with its unit.
    pub(crate) fn shown(&self) -> String {
        shown(self.value, &self.unit)
    }

    /// The target in words.
    pub(crate) fn target_shown(&self) -> String {
        match self.target {
            Target::AtLeast(least) => format!("at least {}", shown(least, &self.unit)),
            Target::AtMost(most) => format!("at most {}", shown(most, &self.unit)),
            Target::None => String::new(),
        }
    }
}

fn shown(value: f64, unit: &str) -> String {
    let digits = match value.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    format!("{value:.digits$} {unit}").trim_end().to_owned()
}

/// The medians over the rounds, by what each round comes to.
pub(crate) fn over(rounds: &[Round], value: impl Fn(&Round) -> f64) -> f64 {
    median(&rounds.iter().map(value).collect::<Vec<_>>())
}

/// A round's ratio to the floor, when a unit of its first turn is so many requests.
pub(crate) fn ratio(round: &Round, requests: f64) -> f64 {
    let floor = round.floor.as_ref().map_or(f64::NAN, |floor| floor.per_second);
    round.turns.first().map_or(f64::NAN, |(_, turn)| turn.per_second * requests / floor)
}

/// Prints the figures, and writes the result where `--json` says.
pub(crate) fn conclude(
    bench: &Bench,
    scenario: &str,
    figures: Vec<Figure>,
    rounds: Vec<Round>,
    samples: Vec<Sample>,
) -> Result<()> {
    for figure in &figures {
        let verdict = match (figure.target, figure.is_met()) {
            (Target::None, _) => "",
            (_, true) => ": met",
            (_, false) => ": MISSED",
        };
        let target = figure.target_shown();
        output::say(&format!("{scenario}: {} {} {target}{verdict}", figure.name, figure.shown()));
    }
    let Some(path) = &bench.run.json else { return Ok(()) };
    let outcome = Outcome {
        scenario: scenario.to_owned(),
        database: bench.run.database.name().to_owned(),
        connections: bench.run.connections,
        machine: Machine::look(&bench.folder)?,
        figures,
        rounds,
        samples,
    };
    let text = serde_json::to_string_pretty(&outcome).context("write the result")?;
    std::fs::write(path, text + "\n").context("write the result")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_compared_and_told() {
        let figure =
            |value, target| Figure { name: "p99".to_owned(), value, unit: "ms".to_owned(), target };
        assert!(figure(15.0, Target::AtMost(15.0)).is_met());
        assert!(!figure(15.1, Target::AtMost(15.0)).is_met());
        assert!(!figure(0.5, Target::AtLeast(0.55)).is_met());
        assert_eq!(figure(15.123, Target::AtMost(15.0)).shown(), "15.1 ms");
        assert_eq!(figure(0.0, Target::AtMost(150.0)).target_shown(), "at most 150 ms");
    }
}
