//! Logs: one line per event on standard error, for people on a terminal and JSON otherwise.
//!
//! An event is logged once, at the boundary where it is answered or given up, with dotted field names
//! (`action.id`, `app.id`). Codes, tokens, secrets and phone numbers have types whose Debug and Display
//! are masked, so that they can't be logged by accident.
//!
//! A thread of its own writes the lines: a disk that is busy with a commit, or a reader of the log that is slow, is
//! not to hold up those who log. What it has not written when the process is killed is lost, usually the lines of less than
//! a millisecond.

use std::io::{BufWriter, IsTerminal};

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::{Format, Log};

/// Lines that wait to be written. When so many do, whoever logs waits: a log with holes would mislead.
const WAITING: usize = 4096;

/// A library that would log whole credentials, and its own errors a second time.
const SILENT: &str = "webauthn_rs_core";

/// Keeps the log going. Dropped at the end of the process, it writes what still waits, for a second at most.
#[must_use = "the last lines are written when this is dropped"]
pub struct Logging {
    _writer: WorkerGuard,
}

/// Starts logging for the process. Later calls change nothing: a test binary starts it many times.
pub fn start(settings: &Log) -> Logging {
    let terminal = std::io::stderr().is_terminal();
    let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let json = is_json(settings.format, terminal);
    let (lines, writer) = NonBlockingBuilder::default()
        .lossy(false)
        .buffered_lines_limit(WAITING)
        .thread_name("log")
        .finish(BufWriter::new(std::io::stderr()));
    let subscriber = subscriber(json, colour, settings.level.as_str(), lines);
    let _ = tracing::subscriber::set_global_default(subscriber);
    Logging { _writer: writer }
}

fn is_json(format: Format, terminal: bool) -> bool {
    match format {
        Format::Auto => !terminal,
        Format::Human => false,
        Format::Json => true,
    }
}

fn subscriber<W>(
    json: bool,
    colour: bool,
    filter: &str,
    writer: W,
) -> Box<dyn tracing::Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(format!("{filter},{SILENT}=off")))
        .with_ansi(colour)
        .with_writer(writer);
    if json {
        Box::new(builder.json().flatten_event(true).with_current_span(false).finish())
    } else {
        Box::new(builder.compact().finish())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Captured(Arc<Mutex<Vec<u8>>>);

    impl Write for Captured {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn lines(json: bool, filter: &str) -> String {
        let captured = Captured::default();
        let writer = captured.clone();
        let subscriber = subscriber(json, false, filter, move || writer.clone());
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!(action.id = "ACTN-1", "started");
            tracing::debug!("detail");
            tracing::error!(target: SILENT, "credential");
        });
        String::from_utf8(captured.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn json_keeps_dotted_field_names() {
        let text = lines(true, "info");
        let event: serde_json::Value = serde_json::from_str(text.trim()).unwrap();
        assert_eq!(event["action.id"], "ACTN-1");
        assert_eq!(event["message"], "started");
        assert_eq!(event["level"], "INFO");
    }

    #[test]
    fn the_filter_decides_what_is_logged() {
        assert_eq!(lines(false, "info").lines().count(), 1);
        assert_eq!(lines(false, "debug").lines().count(), 2);
        assert_eq!(lines(false, "error").lines().count(), 0);
    }

    #[test]
    fn auto_is_human_on_a_terminal_only() {
        for (format, terminal, json) in [
            (Format::Auto, true, false),
            (Format::Auto, false, true),
            (Format::Human, false, false),
            (Format::Json, true, true),
        ] {
            assert_eq!(is_json(format, terminal), json, "{format:?} {terminal}");
        }
    }
}
