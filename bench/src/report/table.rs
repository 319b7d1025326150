//! The tables, in Markdown.

use std::collections::BTreeSet;

use super::database;
use crate::measured::Measured;
use crate::result::{Outcome, Round, Target, over};

/// Machine, targets, numbers, steps.
pub(super) fn all(outcomes: &[Outcome]) -> String {
    [machines(outcomes), targets(outcomes), numbers(outcomes), steps(outcomes)].join("\n")
}

fn machines(outcomes: &[Outcome]) -> String {
    let shown: BTreeSet<String> = outcomes
        .iter()
        .map(|outcome| {
            let machine = &outcome.machine;
            format!(
                "{}, {} cores, {} GiB of memory, Linux {}",
                machine.cpu, machine.cores, machine.memory_gib, machine.kernel
            )
        })
        .collect();
    let flushes = outcomes.iter().map(|outcome| outcome.machine.flush_ms);
    let (least, most) = flushes
        .fold((f64::MAX, 0.0_f64), |(least, most), flush| (least.min(flush), most.max(flush)));
    let machines = shown.into_iter().collect::<Vec<_>>().join("; ");
    if machines.is_empty() {
        return String::new();
    }
    format!(
        "Measured on: {machines}. A write of 4 KiB took {least:.2} to {most:.2} ms until the disk had it.\n"
    )
}

/// A row for each number with a target, a column for each database.
fn targets(outcomes: &[Outcome]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for figure in outcomes.iter().flat_map(|outcome| &outcome.figures) {
        if figure.target != Target::None && !names.contains(&figure.name.as_str()) {
            names.push(&figure.name);
        }
    }
    let mut text =
        "| | SQLite | target | PostgreSQL | target |\n|---|---|---|---|---|\n".to_owned();
    for name in names {
        let cells = ["SQLite", "PostgreSQL"].map(|wanted| {
            let of = outcomes.iter().filter(|outcome| database(outcome) == wanted);
            let figure = of.flat_map(|outcome| &outcome.figures).find(|figure| figure.name == name);
            figure.map_or_else(
                || "| ".to_owned(),
                |figure| {
                    let missed = if figure.is_met() { "" } else { ", missed" };
                    format!("**{}**{missed} | {}", figure.shown(), figure.target_shown())
                },
            )
        });
        let line = format!("| {name} | {} | {} |\n", cells[0], cells[1]);
        text.push_str(&line);
    }
    text
}

/// A row for each kind of turn.
fn numbers(outcomes: &[Outcome]) -> String {
    let mut text = "| | per second | p50 | p99 | CPU: server | PostgreSQL | driver | commits/s | in a commit | \
                    log flushes/s | memory |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for outcome in outcomes {
        let of = format!("{}, {}", outcome.scenario, database(outcome));
        if outcome.rounds.iter().any(|round| round.floor.is_some()) {
            let floor = |round: &Round| round.floor.clone();
            text.push_str(&row(&format!("{of}: the floor"), &outcome.rounds, floor));
        }
        let turns = outcome.rounds.first().map_or(0, |round| round.turns.len());
        for turn in 0..turns {
            let name = outcome.rounds.first().map_or("", |round| round.turns[turn].0.as_str());
            let name = if name == outcome.scenario { of.clone() } else { format!("{of}: {name}") };
            let pick = |round: &Round| round.turns.get(turn).map(|(_, turn)| turn.clone());
            text.push_str(&row(&name, &outcome.rounds, pick));
        }
    }
    text
}

/// Each cell is the median over the rounds.
fn row(name: &str, rounds: &[Round], pick: impl Fn(&Round) -> Option<Measured>) -> String {
    let median = |value: &dyn Fn(&Measured) -> f64| {
        over(rounds, |round| pick(round).map_or(f64::NAN, |turn| value(&turn)))
    };
    let first = |turn: &Measured, value: fn(&crate::measured::Latency) -> f64| {
        turn.latencies.first().map_or(f64::NAN, value)
    };
    let cells = [
        format!("{:.0}", median(&|turn| turn.per_second)),
        format!("{:.2} ms", median(&|turn| first(turn, |latency| latency.p50_ms))),
        format!("{:.2} ms", median(&|turn| first(turn, |latency| latency.p99_ms))),
        format!("{:.0} µs", median(&|turn| turn.cpu.server_us)),
        or_nothing(median(&|turn| turn.cpu.postgres_us), " µs"),
        format!("{:.0} µs", median(&|turn| turn.cpu.driver_us)),
        or_nothing(median(&|turn| commits(turn)), ""),
        or_nothing(median(&|turn| turn.batches.as_ref().map_or(0.0, |batches| batches.mean)), ""),
        or_nothing(median(&|turn| flushes(turn)), ""),
        format!("{:.0} MiB", median(&|turn| turn.rss_mib)),
    ];
    format!("| {name} | {} |\n", cells.join(" | "))
}

fn commits(turn: &Measured) -> f64 {
    turn.batches.as_ref().map_or(0.0, |batches| batches.commits / turn.seconds)
}

fn flushes(turn: &Measured) -> f64 {
    turn.wal_flushes.map_or(0.0, |flushes| crate::measured::number(flushes) / turn.seconds)
}

fn or_nothing(value: f64, unit: &str) -> String {
    match value {
        0.0 => String::new(),
        ..100.0 => format!("{value:.1}{unit}"),
        _ => format!("{value:.0}{unit}"),
    }
}

/// A row for each step of the logins at a held rate.
fn steps(outcomes: &[Outcome]) -> String {
    let mut text = String::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.scenario == "rate") {
        let held = |round: &Round| round.turns.get(1).map(|(_, turn)| turn.clone());
        let Some(first) = outcome.rounds.first().and_then(held) else { continue };
        let line =
            format!("\n| {} at the held rate | p50 | p99 |\n|---|---|---|\n", database(outcome));
        text.push_str(&line);
        for (at, latency) in first.latencies.iter().enumerate() {
            let of = |value: fn(&crate::measured::Latency) -> f64| {
                over(&outcome.rounds, |round| {
                    held(round)
                        .and_then(|turn| turn.latencies.get(at).map(value))
                        .unwrap_or(f64::NAN)
                })
            };
            let (p50, p99) = (of(|latency| latency.p50_ms), of(|latency| latency.p99_ms));
            let line = format!("| {} | {p50:.2} ms | {p99:.2} ms |\n", latency.name);
            text.push_str(&line);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::outcome;

    #[test]
    fn a_missed_target_is_told_and_a_missing_run_leaves_its_cells_empty() {
        let mut login = outcome("login", "postgres");
        login.figures[0].value = 0.1;
        let text = targets(&[login]);
        assert!(
            text.contains("| login, of the floor | |  | **0.10**, missed | at least 0.55 |"),
            "{text}"
        );
    }

    #[test]
    fn numbers_stand_in_one_row_for_each_turn() {
        let text = numbers(&[outcome("login", "sqlite")]);
        assert!(
            text.contains("| login, SQLite: the floor | 90000 | 1.00 ms | 4.00 ms | 20 µs |"),
            "{text}"
        );
        assert!(text.contains("| login, SQLite | 54900 |"), "{text}");
    }
}
