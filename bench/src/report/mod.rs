//! `report`: from the results of runs to the page about performance, its tables and its charts.

mod chart;
mod svg;
mod table;

use std::path::{Path, PathBuf};

use crate::failure::{Context, Failure, Result};
use crate::options::DatabaseKind;
use crate::result::Outcome;

const BEGIN: &str = "<!-- Written by `onlyauth-bench report`. -->";
const END: &str = "<!-- End of what is written by `onlyauth-bench report`. -->";

/// Writes the charts beside the page, in a folder of its name, and the tables into it.
pub(crate) fn run(page: &Path, files: &[PathBuf]) -> Result<()> {
    let outcomes = files.iter().map(|file| read(file)).collect::<Result<Vec<_>>>()?;
    let folder = page.with_extension("");
    std::fs::create_dir_all(&folder).context("make the folder of the charts")?;
    let name = folder.file_name().and_then(|name| name.to_str()).context("name the charts")?;
    let mut text = table::all(&outcomes);
    for chart in chart::all(&outcomes) {
        let file = format!("{}.svg", chart.name);
        std::fs::write(folder.join(&file), chart.svg).context("write a chart")?;
        let line = format!("\n![{}]({name}/{file})\n", chart.title);
        text.push_str(&line);
    }
    let before = std::fs::read_to_string(page).context("read the page")?;
    let after = replace(&before, &text).context("find the marks in the page")?;
    std::fs::write(page, after).context("write the page")
}

fn read(file: &Path) -> Result<Outcome> {
    let shown = file.display();
    let text = std::fs::read(file).context(&format!("read {shown}"))?;
    serde_json::from_slice(&text)
        .map_err(|error| Failure::new(format!("{shown} is no result of a run: {error}")))
}

/// The page with this text between the marks.
fn replace(page: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", text.trim()))
}

/// What people call a database.
fn database(outcome: &Outcome) -> &'static str {
    if outcome.database == DatabaseKind::Postgres.name() { "PostgreSQL" } else { "SQLite" }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::measured::{Cpu, Latency, Measured};
    use crate::result::{Figure, Round, Sample, Target};

    fn measured(per_second: f64) -> Measured {
        let latency = |name: &str, p99_ms| Latency {
            name: name.to_owned(),
            count: 1,
            p50_ms: 1.0,
            p99_ms,
            max_ms: 9.0,
        };
        Measured {
            seconds: 5.0,
            count: 1,
            per_second,
            latencies: vec![latency("all", 4.0), latency("send", 7.5)],
            cpu: Cpu { server_us: 20.0, postgres_us: 0.0, driver_us: 5.0 },
            rss_mib: 50.0,
            batches: None,
            wal_flushes: None,
        }
    }

    /// A result as runs write them.
    pub(crate) fn outcome(scenario: &str, database: &str) -> Outcome {
        Outcome {
            scenario: scenario.to_owned(),
            database: database.to_owned(),
            connections: 128,
            machine: Machine {
                cpu: "Some CPU".to_owned(),
                cores: 2,
                memory_gib: 24.0,
                kernel: "6.1.0".to_owned(),
                flush_ms: 0.4,
            },
            figures: vec![Figure {
                name: format!("{scenario}, of the floor"),
                value: 0.61,
                unit: String::new(),
                target: Target::AtLeast(0.55),
            }],
            rounds: vec![Round {
                floor: Some(measured(90_000.0)),
                turns: vec![(scenario.to_owned(), measured(54_900.0))],
            }],
            samples: (0..50_u32)
                .map(|at| Sample {
                    seconds: f64::from(at),
                    logins: u64::from(at) * 1000,
                    rss_mib: 40.0 + f64::from(at) / 10.0,
                    database_mib: f64::from(at),
                })
                .collect(),
        }
    }

    #[test]
    fn the_page_gets_tables_and_charts_and_keeps_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("performance.md");
        std::fs::write(&page, format!("# Speed\n{BEGIN}\nold\n{END}\nrest\n")).unwrap();
        let files: Vec<PathBuf> =
            [("login", "sqlite"), ("login", "postgres"), ("steady", "sqlite")]
                .iter()
                .map(|(scenario, database)| {
                    let file = folder.path().join(format!("{scenario}-{database}.json"));
                    let text = serde_json::to_vec(&outcome(scenario, database)).unwrap();
                    std::fs::write(&file, text).unwrap();
                    file
                })
                .collect();
        run(&page, &files).unwrap();
        let text = std::fs::read_to_string(&page).unwrap();
        assert!(text.starts_with("# Speed\n") && text.ends_with("\nrest\n"), "{text}");
        assert!(!text.contains("old"));
        assert!(
            text.contains("| login, of the floor | **0.61** | at least 0.55 | **0.61** |"),
            "{text}"
        );
        for line in text.lines().filter(|line| line.starts_with("![")) {
            let file = line.split_once('(').unwrap().1.trim_end_matches(')');
            let svg = std::fs::read_to_string(folder.path().join(file)).unwrap();
            assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{file}");
        }
        run(&page, &files).unwrap();
        assert_eq!(std::fs::read_to_string(&page).unwrap(), text, "the same once more");
    }

    #[test]
    fn a_page_without_marks_is_left_alone() {
        assert_eq!(replace("# Speed\n", "text"), None);
        assert_eq!(replace(&format!("{BEGIN} no end"), "text"), None);
    }
}
