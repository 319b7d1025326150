//! What the server counts, in Prometheus' text format. One recorder per server, not a global: two servers in
//! one process (tests, the demo) don't mix their numbers.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use metrics::{Counter, Histogram, Key, Label, Level, Metadata, Recorder, SharedString, Unit};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusRecorder};
use onlyauth_core::channel::{Channel, PassedBy};

const META: Metadata<'static> = Metadata::new("onlyauth", Level::INFO, None);

const REQUESTS: &str = "onlyauth_http_requests_total";
const REQUEST_TIME: &str = "onlyauth_http_request_duration_seconds";
const LOGINS: &str = "onlyauth_logins_total";
const REFUSALS: &str = "onlyauth_widget_refusals_total";
const MESSAGES: &str = "onlyauth_messages_total";
const RECEIPTS: &str = "onlyauth_receipts_total";
const QUEUE: &str = "onlyauth_store_queue_depth";
const BATCH: &str = "onlyauth_store_batch_size";
const COMMIT: &str = "onlyauth_store_commit_duration_seconds";
const REMOVED: &str = "onlyauth_retention_removed_total";
const REMOVAL: &str = "onlyauth_retention_batch_duration_seconds";
const COUNTED: &str = "onlyauth_logins_counted_total";
const UNCOUNTED: &str = "onlyauth_logins_uncounted_seconds";

/// The server's counters.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    recorder: PrometheusRecorder,
    /// By route: each request asks, and finding a metric by its labels costs more than counting.
    requests: RwLock<HashMap<String, Vec<RequestKind>>>,
    batch: Histogram,
    commit: Histogram,
}

/// Requests of one route that came to the same.
struct RequestKind {
    method: &'static str,
    status: u16,
    count: Counter,
    time: Histogram,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// All at zero.
    pub fn new() -> Self {
        let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
        let sizes = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];
        let mut builder = PrometheusBuilder::new();
        for (name, buckets) in [
            (REQUEST_TIME, &seconds[..]),
            (COMMIT, &seconds[..]),
            (REMOVAL, &seconds[..]),
            (BATCH, &sizes[..]),
        ] {
            // An empty list of buckets is the only error there is.
            builder = match builder.set_buckets_for_metric(Matcher::Full(name.to_owned()), buckets)
            {
                Ok(builder) => builder,
                Err(_) => PrometheusBuilder::new(),
            };
        }
        let recorder = builder.build_recorder();
        let describe = |text: &'static str| SharedString::const_str(text);
        recorder.describe_counter(
            REQUESTS.into(),
            None,
            describe("Requests answered, by route, method and status."),
        );
        recorder.describe_histogram(
            REQUEST_TIME.into(),
            Some(Unit::Seconds),
            describe("From a request's head to its answer, by route."),
        );
        recorder.describe_counter(
            LOGINS.into(),
            None,
            describe("Checks and sends inside logins, by channel and outcome."),
        );
        recorder.describe_counter(
            REFUSALS.into(),
            None,
            describe("Requests to the widget that no form of it makes, by reason."),
        );
        recorder.describe_counter(
            MESSAGES.into(),
            None,
            describe("What came of handing over messages, by channel and outcome."),
        );
        recorder.describe_counter(
            RECEIPTS.into(),
            None,
            describe("What came to receipt addresses, by provider and outcome."),
        );
        recorder.describe_gauge(
            QUEUE.into(),
            None,
            describe("Operations waiting for the database's writer."),
        );
        recorder.describe_histogram(
            BATCH.into(),
            None,
            describe("Operations that shared one durable commit."),
        );
        recorder.describe_histogram(
            COMMIT.into(),
            Some(Unit::Seconds),
            describe("Duration of a durable commit."),
        );
        describe_retention(&recorder);
        let batch = recorder.register_histogram(&Key::from_static_name(BATCH), &META);
        let commit = recorder.register_histogram(&Key::from_static_name(COMMIT), &META);
        Self(Arc::new(Inner { recorder, requests: RwLock::default(), batch, commit }))
    }

    fn count(&self, name: &'static str, labels: Vec<Label>) {
        self.0.recorder.register_counter(&Key::from_parts(name, labels), &META).increment(1);
    }

    /// A request was answered. `route` is the template of the path, so that ids don't become labels.
    pub fn request(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        let seconds = took.as_secs_f64();
        let known = self.0.requests.read().unwrap_or_else(PoisonError::into_inner);
        let kinds = known.get(route).map(Vec::as_slice).unwrap_or_default();
        if let Some(kind) = kinds.iter().find(|kind| kind.method == method && kind.status == status)
        {
            kind.count.increment(1);
            kind.time.record(seconds);
            return;
        }
        drop(known);
        let kind = self.request_kind(route, method, status);
        kind.count.increment(1);
        kind.time.record(seconds);
        let mut known = self.0.requests.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(route.to_owned()).or_default().push(kind);
    }

    fn request_kind(&self, route: &str, method: &'static str, status: u16) -> RequestKind {
        let recorder = &self.0.recorder;
        let route = Label::new("route", route.to_owned());
        let labels = vec![route.clone(), Label::new("method", method), {
            Label::new("status", status.to_string())
        }];
        RequestKind {
            method,
            status,
            count: recorder.register_counter(&Key::from_parts(REQUESTS, labels), &META),
            time: recorder.register_histogram(&Key::from_parts(REQUEST_TIME, vec![route]), &META),
        }
    }

    /// Something happened to a login.
    pub fn login(&self, channel: impl Into<PassedBy>, outcome: &'static str) {
        let channel = Label::new("channel", channel.into().as_str());
        self.count(LOGINS, vec![channel, Label::new("outcome", outcome)]);
    }

    /// The widget was sent something that no form of it makes.
    pub fn widget_refusal(&self, reason: &'static str) {
        self.count(REFUSALS, vec![Label::new("reason", reason)]);
    }

    /// A worker dealt with a message: it is sent, failed, unknown, or to be tried again.
    pub fn message(&self, channel: Channel, outcome: &'static str) {
        let channel = Label::new("channel", channel.as_str());
        self.count(MESSAGES, vec![channel, Label::new("outcome", outcome)]);
    }

    /// Something came to a receipt address of a provider, whose name is from the configuration.
    pub fn receipt(&self, provider: &str, outcome: &'static str) {
        let provider = Label::new("provider", provider.to_owned());
        self.count(RECEIPTS, vec![provider, Label::new("outcome", outcome)]);
    }

    /// The writer committed.
    pub fn batch(&self, size: usize, commit: Duration) {
        self.0.batch.record(f64::from(u32::try_from(size).unwrap_or(u32::MAX)));
        self.0.commit.record(commit.as_secs_f64());
    }

    /// Rows that were kept long enough were deleted. `what` is [`Kept`]'s word.
    ///
    /// [`Kept`]: onlyauth_store::Kept
    pub fn removed(&self, what: &'static str, rows: usize, took: Duration) {
        let key = Key::from_parts(REMOVED, vec![Label::new("what", what)]);
        self.0
            .recorder
            .register_counter(&key, &META)
            .increment(u64::try_from(rows).unwrap_or(u64::MAX));
        let batches = self.0.recorder.register_histogram(&Key::from_static_name(REMOVAL), &META);
        batches.record(took.as_secs_f64());
    }

    /// Logins were added to their hours.
    pub fn counted(&self, logins: usize) {
        let key = Key::from_static_name(COUNTED);
        let logins = u64::try_from(logins).unwrap_or(u64::MAX);
        self.0.recorder.register_counter(&key, &META).increment(logins);
    }

    /// How long ago the oldest login began that is in no hour's count yet.
    pub fn uncounted(&self, age: Duration) {
        self.0
            .recorder
            .register_gauge(&Key::from_static_name(UNCOUNTED), &META)
            .set(age.as_secs_f64());
    }

    /// Everything, as Prometheus reads it.
    pub fn render(&self, queue_depth: usize) -> String {
        let depth = f64::from(u32::try_from(queue_depth).unwrap_or(u32::MAX));
        let recorder = &self.0.recorder;
        recorder.register_gauge(&Key::from_static_name(QUEUE), &META).set(depth);
        recorder.handle().render()
    }

    /// Moves samples into their histograms; to be called now and then, or they pile up.
    pub fn upkeep(&self) {
        self.0.recorder.handle().run_upkeep();
    }
}

fn describe_retention(recorder: &PrometheusRecorder) {
    let describe = |text: &'static str| SharedString::const_str(text);
    recorder.describe_counter(
        REMOVED.into(),
        None,
        describe("Actions, tokens, inbox messages and counts of an hour deleted since their time was over."),
    );
    recorder.describe_histogram(
        REMOVAL.into(),
        Some(Unit::Seconds),
        describe("From asking for a batch of them to be deleted to its commit."),
    );
    recorder.describe_counter(
        COUNTED.into(),
        None,
        describe("Logins that were over and were added to the counts of their hour."),
    );
    recorder.describe_gauge(
        UNCOUNTED.into(),
        Some(Unit::Seconds),
        describe("How long ago the oldest login began that is in no hour's count yet."),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_rendered() {
        let metrics = Metrics::new();
        metrics.request("/apps/{app_id}", "GET", 200, Duration::from_millis(3));
        metrics.login(Channel::Sms, "passed");
        metrics.batch(7, Duration::from_millis(1));
        metrics.removed("actions", 50, Duration::from_millis(2));
        metrics.counted(200);
        metrics.uncounted(Duration::from_mins(20));
        let text = metrics.render(3);
        for line in [
            r#"onlyauth_http_requests_total{route="/apps/{app_id}",method="GET",status="200"} 1"#,
            r#"onlyauth_http_request_duration_seconds_bucket{route="/apps/{app_id}",le="0.005"} 1"#,
            r#"onlyauth_logins_total{channel="sms",outcome="passed"} 1"#,
            r#"onlyauth_store_batch_size_bucket{le="8"} 1"#,
            "onlyauth_store_queue_depth 3",
            r#"onlyauth_retention_removed_total{what="actions"} 50"#,
            r#"onlyauth_retention_batch_duration_seconds_bucket{le="0.0025"} 1"#,
            "onlyauth_logins_counted_total 200",
            "onlyauth_logins_uncounted_seconds 1200",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}
