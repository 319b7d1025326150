//! The charts: ratios to the floor with their targets, latencies by step, and memory and database over time.

use super::database;
use super::svg::{Anchor, Svg, round_up};
use crate::measured::number;
use crate::result::{Figure, Outcome, Sample, Target};

const WIDTH: f64 = 720.0;
/// Left of the axis, for names.
const LEFT: f64 = 190.0;
/// Right of it, for numbers.
const RIGHT: f64 = 70.0;
const ROW: f64 = 26.0;

/// A chart.
pub(super) struct Chart {
    /// Of its file.
    pub(super) name: &'static str,
    /// What it shows.
    pub(super) title: &'static str,
    /// The picture.
    pub(super) svg: String,
}

/// Those that there are results for.
pub(super) fn all(outcomes: &[Outcome]) -> Vec<Chart> {
    let samples = |value: fn(&Sample) -> f64| -> Vec<(String, Vec<(f64, f64)>)> {
        let steady = outcomes.iter().filter(|outcome| outcome.scenario == "steady");
        steady
            .map(|outcome| {
                let points = outcome.samples.iter();
                let points = points.map(|sample| (number(sample.logins), value(sample)));
                (database(outcome).to_owned(), points.collect())
            })
            .collect()
    };
    let charts = [
        ratios(outcomes).map(|svg| ("ratios", "Ratios to the floor, and their targets", svg)),
        steps(outcomes).map(|svg| ("steps", "p99 of the steps of a login at the held rate", svg)),
        lines(&samples(|sample| sample.rss_mib), "MiB resident")
            .map(|svg| ("memory", "Memory of the server over the logins", svg)),
        lines(&samples(|sample| sample.database_mib), "MiB")
            .map(|svg| ("database", "Size of the database over the logins", svg)),
    ];
    let charts = charts.into_iter().flatten();
    charts.map(|(name, title, svg)| Chart { name, title, svg: svg.finish(title) }).collect()
}

struct Row {
    name: String,
    value: f64,
    shown: String,
    mark: Option<f64>,
    series: usize,
}

fn ratios(outcomes: &[Outcome]) -> Option<Svg> {
    let row = |outcome: &Outcome, figure: &Figure| {
        let Target::AtLeast(least) = figure.target else { return None };
        Some(Row {
            name: format!("{}, {}", outcome.scenario, database(outcome)),
            value: figure.value,
            shown: figure.shown(),
            mark: Some(least),
            series: series(outcome),
        })
    };
    let rows = outcomes
        .iter()
        .flat_map(|outcome| outcome.figures.iter().filter_map(move |figure| row(outcome, figure)));
    bars(&rows.collect::<Vec<_>>())
}

fn steps(outcomes: &[Outcome]) -> Option<Svg> {
    let mut rows = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.scenario == "rate") {
        let held = outcome.rounds.last().and_then(|round| round.turns.get(1));
        for latency in held.iter().flat_map(|(_, held)| held.latencies.iter().skip(1).take(5)) {
            rows.push(Row {
                name: format!("{}, {}", latency.name, database(outcome)),
                value: latency.p99_ms,
                shown: format!("{:.1} ms", latency.p99_ms),
                mark: None,
                series: series(outcome),
            });
        }
    }
    bars(&rows)
}

fn series(outcome: &Outcome) -> usize {
    usize::from(database(outcome) != "SQLite")
}

/// Bars that lie, each with its name and its number; a mark stands where the target is.
fn bars(rows: &[Row]) -> Option<Svg> {
    let ends = rows.iter().flat_map(|row| [row.value, row.mark.unwrap_or(0.0)]);
    let end = round_up(ends.fold(0.0, f64::max));
    let count = u32::try_from(rows.len()).ok().filter(|count| *count > 0)?;
    let mut svg = Svg::new(WIDTH, ROW * f64::from(count) + 20.0);
    let scale = (WIDTH - LEFT - RIGHT) / end;
    let mut y = 10.0;
    svg.line((LEFT, y), (LEFT, y + ROW * f64::from(count)), "axis");
    for row in rows {
        let length = row.value * scale;
        svg.text((LEFT - 8.0, y + 17.0), Anchor::End, &row.name);
        svg.bar((LEFT, y + 4.0), (length, ROW - 8.0), row.series);
        let mark = row.mark.map(|mark| LEFT + mark * scale);
        if let Some(x) = mark {
            svg.line((x, y + 1.0), (x, y + ROW - 1.0), "mark");
        }
        let behind = (LEFT + length).max(mark.unwrap_or(0.0));
        svg.text((behind + 8.0, y + 17.0), Anchor::Start, &row.shown);
        y += ROW;
    }
    Some(svg)
}

/// Lines over the number of logins.
fn lines(series: &[(String, Vec<(f64, f64)>)], unit: &str) -> Option<Svg> {
    let points = || series.iter().flat_map(|(_, points)| points);
    let right = round_up(points().map(|(x, _)| *x).fold(0.0, f64::max));
    let top = round_up(points().map(|(_, y)| *y).fold(0.0, f64::max));
    points().next()?;
    let (left, width, height) = (70.0, WIDTH - 70.0 - 40.0, 200.0);
    let mut svg = Svg::new(WIDTH, height + 80.0);
    let at = |(x, y): (f64, f64)| (left + x / right * width, 40.0 + height - y / top * height);
    for quarter in 0..=4 {
        let part = f64::from(quarter) / 4.0;
        let class = if quarter == 0 { "axis" } else { "grid" };
        svg.line(at((0.0, part * top)), at((right, part * top)), class);
        let (x, y) = at((0.0, part * top));
        svg.text((x - 8.0, y + 4.0), Anchor::End, &plain(part * top));
        let (x, y) = at((part * right, 0.0));
        svg.text((x, y + 18.0), Anchor::Middle, &plain(part * right));
    }
    // From the edge, since a unit may be longer than the numbers below it.
    svg.text((4.0, 22.0), Anchor::Start, unit);
    svg.text((left + width, 40.0 + height + 35.0), Anchor::End, "logins");
    for (number, (_, points)) in series.iter().enumerate() {
        let points: Vec<_> = points.iter().map(|point| at(*point)).collect();
        svg.path(&points, number);
    }
    let names: Vec<String> = series.iter().map(|(name, _)| name.clone()).collect();
    svg.legend((left + 20.0, 22.0), &names);
    Some(svg)
}

fn plain(value: f64) -> String {
    if value >= 10_000.0 {
        format!("{:.0}k", value / 1000.0)
    } else {
        format!("{}", (value * 100.0).round() / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::outcome;

    #[test]
    fn there_are_only_charts_that_there_are_results_for() {
        let names = |outcomes: &[Outcome]| -> Vec<&str> {
            all(outcomes).iter().map(|chart| chart.name).collect()
        };
        assert!(names(&[]).is_empty());
        let mut login = outcome("login", "sqlite");
        login.samples.clear();
        assert_eq!(names(&[login.clone()]), ["ratios"]);
        let steady = outcome("steady", "sqlite");
        assert_eq!(names(&[login, steady]), ["ratios", "memory", "database"]);
    }

    #[test]
    fn a_bar_is_as_long_as_its_value() {
        let row =
            Row { name: "x".into(), value: 0.5, shown: "0.5".into(), mark: Some(1.0), series: 0 };
        let svg = bars(&[row]).unwrap().finish("t");
        assert!(svg.contains(r#"x="190.0" y="14.0" width="230.0""#), "{svg}");
        assert!(svg.contains(r#"<line class="mark" x1="650.0""#), "{svg}");
    }
}
