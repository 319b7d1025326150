//! From the runtime's thread to an event loop, without that thread ever waiting for Python.

use std::io::{self, Read, Write};
use std::mem;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, PoisonError};

use onlyauth_client::Error;
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::outcome::{Outcome, into_python};

/// Where the outcomes of one event loop's calls arrive. Its file becomes readable when there are any.
#[pyclass(frozen, module = "onlyauth._native")]
pub(crate) struct Mailbox {
    slot: Arc<Slot>,
    readable: UnixStream,
}

/// Where outcomes are put in.
struct Slot {
    arrived: Mutex<Vec<(u64, Outcome)>>,
    signal: UnixStream,
}

#[pymethods]
impl Mailbox {
    #[new]
    fn new() -> PyResult<Self> {
        let (readable, signal) = UnixStream::pair()?;
        readable.set_nonblocking(true)?;
        signal.set_nonblocking(true)?;
        let slot = Arc::new(Slot { arrived: Mutex::new(Vec::new()), signal });
        Ok(Self { slot, readable })
    }

    fn fileno(&self) -> RawFd {
        self.readable.as_raw_fd()
    }

    /// All outcomes that are there, with the tickets of their calls.
    fn take(&self, py: Python<'_>) -> PyResult<Vec<(u64, Py<PyAny>)>> {
        // First the signals, then what they told of: what arrives in between signals anew, or is taken along.
        self.drain()?;
        let arrived = {
            let mut arrived = self.slot.arrived.lock().unwrap_or_else(PoisonError::into_inner);
            mem::take(&mut *arrived)
        };
        arrived
            .into_iter()
            .map(|(ticket, outcome)| Ok((ticket, into_python(py, outcome)?)))
            .collect()
    }
}

impl Mailbox {
    fn drain(&self) -> io::Result<()> {
        let mut signals = [0; 64];
        loop {
            match (&self.readable).read(&mut signals) {
                Ok(read) if read == signals.len() => {}
                Ok(_) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// An envelope for a call's outcome.
    pub(crate) fn envelope(&self, ticket: u64) -> Envelope {
        Envelope { slot: self.slot.clone(), ticket, outcome: None }
    }
}

/// Puts an outcome into the mailbox when it is dropped, so that a call which ends in an unforeseen way leaves nobody waiting.
pub(crate) struct Envelope {
    slot: Arc<Slot>,
    ticket: u64,
    outcome: Option<Outcome>,
}

impl Envelope {
    /// Seals the outcome in.
    pub(crate) fn seal(mut self, outcome: Outcome) {
        self.outcome = Some(outcome);
    }
}

impl Drop for Envelope {
    fn drop(&mut self) {
        let given_up = || Err(Error::Call("it was given up".to_owned()));
        let outcome = self.outcome.take().unwrap_or_else(given_up);
        let mut arrived = self.slot.arrived.lock().unwrap_or_else(PoisonError::into_inner);
        arrived.push((self.ticket, outcome));
        if arrived.len() == 1 {
            // It fails where the event loop is gone, and with it whoever waited.
            let _ = (&self.slot.signal).write(&[1]);
        }
    }
}

/// A call on its way.
#[pyclass(frozen, module = "onlyauth._native")]
pub(crate) struct InFlight(pub(crate) AbortHandle);

#[pymethods]
impl InFlight {
    /// Gives the call up: its connection is closed, and what was sent may still take effect.
    fn cancel(&self) {
        self.0.abort();
    }
}
