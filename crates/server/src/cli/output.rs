//! Standard output. Commands print here and nowhere else.

use std::io::{self, Write};

use serde::Serialize;

use super::exit::{CliError, Exit};

/// Prints a text and ends its line.
pub(super) fn text(text: &str) -> Result<(), CliError> {
    settle(write(text))
}

/// Prints a value as indented JSON.
pub(super) fn json(value: &impl Serialize) -> Result<(), CliError> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| CliError::new(Exit::Failed, format!("can't write JSON: {error}")))?;
    settle(write(&text))
}

/// Prints a line on standard error. Nobody is left to tell when that fails.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.trim_end_matches('\n').as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// A reader that has seen enough (`| head`) is no failure.
fn settle(result: io::Result<()>) -> Result<(), CliError> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CliError::new(Exit::Failed, format!("can't write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Rows under headings, in columns as wide as their widest cell.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = headings.iter().map(|heading| heading.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: Vec<&str>| {
        let padded: Vec<String> =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        padded.join("  ").trim_end().to_owned()
    };
    let head = line(headings.to_vec());
    let body = rows.iter().map(|row| line(row.iter().map(String::as_str).collect()));
    std::iter::once(head).chain(body).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let rows = [vec!["a".to_owned(), "x".to_owned()], vec!["äöü".to_owned(), "y".to_owned()]];
        assert_eq!(table(&["id", "name"], &rows), "id   name\na    x\näöü  y");
    }

    #[test]
    fn a_reader_that_has_gone_is_no_failure() {
        assert!(settle(Err(io::ErrorKind::BrokenPipe.into())).is_ok());
        assert!(settle(Err(io::ErrorKind::StorageFull.into())).is_err());
    }
}
