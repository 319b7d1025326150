//! The machine that was measured on. Nothing of it names it.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use crate::failure::{Context, Result};
use crate::measured::{median, number};

/// Flushes that are timed.
const FLUSHES: usize = 200;

/// What results depend on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Machine {
    /// The processor's own name.
    pub(crate) cpu: String,
    /// Cores that may be used.
    pub(crate) cores: usize,
    /// Memory, in GiB.
    pub(crate) memory_gib: f64,
    /// The kernel's version.
    pub(crate) kernel: String,
    /// How long a small write takes until the disk says that it has it, in milliseconds.
    pub(crate) flush_ms: f64,
}

impl Machine {
    /// Looks; the disk is that of `folder`.
    pub(crate) fn look(folder: &Path) -> Result<Self> {
        let cpus = fs::read_to_string("/proc/cpuinfo").context("read /proc/cpuinfo")?;
        let memory = fs::read_to_string("/proc/meminfo").context("read /proc/meminfo")?;
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")
            .context("read the kernel's version")?;
        // What follows the version is whoever built it.
        let kernel = kernel.trim().split(['-', '+']).next().unwrap_or_default().to_owned();
        Ok(Self {
            cpu: named(&cpus, "model name").unwrap_or_else(|| "unknown".to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_gib: memory_of(&memory).unwrap_or(0.0),
            kernel,
            flush_ms: flush_ms(folder)?,
        })
    }
}

fn named(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn memory_of(text: &str) -> Option<f64> {
    let kilobytes: u64 = named(text, "MemTotal")?.strip_suffix(" kB")?.parse().ok()?;
    Some((number(kilobytes) / 1_048_576.0 * 10.0).round() / 10.0)
}

fn flush_ms(folder: &Path) -> Result<f64> {
    let path = folder.join("flush");
    let mut file = File::create(&path).context("write to the folder")?;
    let mut took = Vec::with_capacity(FLUSHES);
    for _ in 0..FLUSHES {
        let began = Instant::now();
        file.write_all(&[7; 4096]).context("write to the folder")?;
        file.sync_data().context("flush to the disk")?;
        took.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    fs::remove_file(&path).context("remove a file")?;
    Ok(median(&took))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_names() {
        let text = "processor\t: 0\nmodel name\t: Some CPU @ 2.0GHz\n";
        assert_eq!(named(text, "model name").as_deref(), Some("Some CPU @ 2.0GHz"));
        assert_eq!(memory_of("MemTotal:       25165824 kB\n"), Some(24.0));
        assert_eq!(named(text, "other"), None);
    }
}
