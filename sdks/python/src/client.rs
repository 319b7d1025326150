//! The client: calls that wait, and calls whose outcome comes to a mailbox.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use onlyauth_client::{Call, CallOptions, Error, RetryPolicy};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tokio::time::timeout;

#[cfg(unix)]
use crate::mailbox::{InFlight, Mailbox};
use crate::outcome::into_python;
use crate::per_process::{Held, PerProcess};
use crate::{USER_AGENT, named, runtime};

/// How long is waited without asking Python whether a signal came. Ctrl-C is deaf for as long.
const SLICE: Duration = Duration::from_millis(50);

/// Longest wait first in milliseconds, longest wait, growth, longest time for all; whether connections count.
type Retry = (u64, u64, f64, u64, bool);

/// Calls one server.
#[pyclass(frozen, module = "onlyauth._native")]
pub(crate) struct Client {
    settings: Settings,
    connections: PerProcess<onlyauth_client::Client>,
    closed: AtomicBool,
}

struct Settings {
    server_url: String,
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    root_certificates_pem: Option<Vec<u8>>,
}

impl Settings {
    fn client(&self) -> Result<onlyauth_client::Client, Error> {
        let mut builder = onlyauth_client::Client::builder()
            .server_url(&self.server_url)
            .user_agent_suffix(USER_AGENT)
            // Published clients speak plain HTTP to whatever they are told to, such as a name within a cluster.
            .allow_plain_http(true);
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(retry) = &self.retry {
            builder = builder.retry(retry.clone());
        }
        if let Some(pem) = &self.root_certificates_pem {
            builder = builder.root_certificates_pem(pem.clone());
        }
        builder.build()
    }
}

fn policy((initial, max, exponent, max_elapsed, connection_failures): Retry) -> RetryPolicy {
    RetryPolicy {
        initial_interval: Duration::from_millis(initial),
        max_interval: Duration::from_millis(max),
        exponent,
        max_elapsed: Duration::from_millis(max_elapsed),
        connection_failures,
    }
}

#[pymethods]
impl Client {
    #[new]
    #[pyo3(signature = (server_url, timeout_ms, retry, root_certificates_pem))]
    fn new(
        server_url: String,
        timeout_ms: Option<u64>,
        retry: Option<Retry>,
        root_certificates_pem: Option<Vec<u8>>,
    ) -> PyResult<Self> {
        let client = Self {
            settings: Settings {
                server_url,
                timeout: timeout_ms.map(Duration::from_millis),
                retry: retry.map(policy),
                root_certificates_pem,
            },
            connections: PerProcess::new(),
            closed: AtomicBool::new(false),
        };
        // So that mistakes show here, and not at the first login.
        client.connections()?;
        Ok(client)
    }

    /// Makes a call and waits for its outcome, without the interpreter's lock.
    #[expect(clippy::too_many_arguments, reason = "Python's call, and no further one")]
    #[pyo3(signature = (operation, path, query, form, lines, authorization))]
    fn send(
        &self,
        py: Python<'_>,
        operation: &str,
        path: &Bound<'_, PyDict>,
        query: &Bound<'_, PyDict>,
        form: &Bound<'_, PyDict>,
        lines: Option<&str>,
        authorization: Option<&str>,
    ) -> PyResult<Py<PyAny>> {
        let call = prepared(operation, path, query, form, lines, authorization)?;
        let client = self.connections()?;
        let runtime = runtime::current()?;
        let mut outcome = pin!(async move { client.send(call).await });
        loop {
            let waited = py.detach(|| {
                let slice = async { timeout(SLICE, outcome.as_mut()).await };
                runtime.runtime().block_on(slice)
            });
            match waited {
                Ok(outcome) => return into_python(py, outcome),
                // KeyboardInterrupt, or what a handler raises, ends the call.
                Err(_) => py.check_signals()?,
            }
        }
    }

    /// Makes a call whose outcome comes to the mailbox under the ticket.
    #[cfg(unix)]
    #[expect(clippy::too_many_arguments, reason = "Python's call, and no further one")]
    #[pyo3(signature = (mailbox, ticket, operation, path, query, form, lines, authorization))]
    fn start(
        &self,
        mailbox: &Mailbox,
        ticket: u64,
        operation: &str,
        path: &Bound<'_, PyDict>,
        query: &Bound<'_, PyDict>,
        form: &Bound<'_, PyDict>,
        lines: Option<&str>,
        authorization: Option<&str>,
    ) -> PyResult<InFlight> {
        let call = prepared(operation, path, query, form, lines, authorization)?;
        let client = self.connections()?;
        let envelope = mailbox.envelope(ticket);
        let task = async move { envelope.seal(client.send(call).await) };
        Ok(InFlight(runtime::current()?.runtime().spawn(task).abort_handle()))
    }

    /// Gives the connections back. Calls on their way go on.
    fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
        self.connections.clear();
    }
}

impl Client {
    fn connections(&self) -> PyResult<Arc<Held<onlyauth_client::Client>>> {
        if self.closed.load(Ordering::Relaxed) {
            let closed = "this client is closed: make another one";
            return Err(PyRuntimeError::new_err(closed));
        }
        let made = self.connections.get(|| self.settings.client());
        made.map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

fn prepared(
    operation: &str,
    path: &Bound<'_, PyDict>,
    query: &Bound<'_, PyDict>,
    form: &Bound<'_, PyDict>,
    lines: Option<&str>,
    authorization: Option<&str>,
) -> PyResult<Call> {
    // Without a secret the header is there and empty: the server refuses that as it refuses a missing one, in words
    // that programs written for published clients know.
    let header = authorization.unwrap_or_default();
    let options = CallOptions::new().header("authorization", header);
    let mut call = Call::new(named(operation)?).options(options);
    for (name, value) in path {
        call = call.path(name.extract::<String>()?, value.extract::<String>()?);
    }
    for (name, value) in query {
        call = call.query(name.extract::<String>()?, value.extract::<String>()?);
    }
    for (name, value) in form {
        call = call.form(name.extract::<String>()?, value.extract::<String>()?);
    }
    Ok(match lines {
        Some(lines) => call.lines(lines),
        None => call,
    })
}
