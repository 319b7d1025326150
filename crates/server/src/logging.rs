//! Logs: one line per event on standard error, for people on a terminal and JSON otherwise.
//!
//! An event is logged once, at the boundary where it is answered or given up, with dotted field names
//! (`action.id`, `app.id`). Codes, tokens, secrets and phone numbers have types whose Debug and Display
//! are masked, so that they can't be logged by accident.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::config::{Format, Log};

/// Starts logging for the process. Later calls change nothing: a test binary starts it many times.
pub fn start(settings: &Log) {
    let terminal = std::io::stderr().is_terminal();
    let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let json = is_json(settings.format, terminal);
    let subscriber = subscriber(json, colour, settings.level.as_str(), std::io::stderr);
    let _ = tracing::subscriber::set_global_default(subscriber);
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
        .with_env_filter(EnvFilter::new(filter))
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
