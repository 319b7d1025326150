//! What /proc tells of a process.

use std::fs;
use std::time::Duration;

use crate::failure::{Context, Result};

/// CPU time is counted in hundredths of a second on every Linux that Rust runs on.
const TICK: Duration = Duration::from_millis(10);

/// CPU time that a process has used in user and kernel mode, of all of its threads.
pub(crate) fn cpu(pid: u32) -> Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).context("read /proc/PID/stat")?;
    cpu_of(&text).context("read /proc/PID/stat")
}

/// The same over a process and those that it started, as PostgreSQL's; those that ended are counted too.
pub(crate) fn cpu_of_family(pid: u32) -> Result<Duration> {
    let mut sum = cpu_with_ended(pid)?;
    for child in children(pid) {
        // One that has just ended is among its parent's ended ones by now, or will be in a moment.
        sum += cpu_with_ended(child).unwrap_or_default();
    }
    Ok(sum)
}

/// Resident memory in bytes.
pub(crate) fn rss(pid: u32) -> Result<u64> {
    let text =
        fs::read_to_string(format!("/proc/{pid}/status")).context("read /proc/PID/status")?;
    kilobytes(&text, "VmRSS:").map(|size| size * 1024).context("find VmRSS in /proc/PID/status")
}

fn cpu_with_ended(pid: u32) -> Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).context("read /proc/PID/stat")?;
    let ended = ticks(&text, 15).zip(ticks(&text, 16)).context("read /proc/PID/stat")?;
    Ok(cpu_of(&text).context("read /proc/PID/stat")? + TICK * (ended.0 + ended.1))
}

fn cpu_of(stat: &str) -> Option<Duration> {
    Some(TICK * (ticks(stat, 13)? + ticks(stat, 14)?))
}

/// A field of /proc/PID/stat, counted from 0. The second is the program's name and may hold anything.
fn ticks(stat: &str, field: usize) -> Option<u32> {
    stat[stat.rfind(')')? + 1..].split_ascii_whitespace().nth(field - 2)?.parse().ok()
}

fn kilobytes(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

fn children(pid: u32) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    text.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_found_behind_any_name() {
        let stat = "7 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 150 50 3 4 20 0 1";
        assert_eq!(cpu_of(stat), Some(Duration::from_secs(2)));
        assert_eq!((ticks(stat, 15), ticks(stat, 16)), (Some(3), Some(4)));
        assert_eq!(cpu_of("7 (a) S 1"), None);
        assert_eq!(kilobytes("VmPeak:\t  9 kB\nVmRSS:\t   1234 kB\n", "VmRSS:"), Some(1234));
    }

    #[test]
    fn this_process_is_there() {
        let pid = std::process::id();
        assert!(rss(pid).unwrap() > 100_000);
        assert!(cpu_of_family(pid).unwrap() >= cpu(pid).unwrap());
    }
}
