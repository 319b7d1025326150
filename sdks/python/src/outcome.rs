//! What a call came to, as Python sees it.

use onlyauth_client::{ConnectKind, Error, RawResponse};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// What a call came to.
pub(crate) type Outcome = Result<RawResponse, Error>;

/// An answer as it came, whatever its status.
#[pyclass(frozen, module = "onlyauth._native")]
pub(crate) struct Answer(RawResponse);

#[pymethods]
impl Answer {
    #[getter]
    fn status(&self) -> u16 {
        self.0.status()
    }

    /// As text of Latin-1, in which every byte is a character.
    #[getter]
    fn headers(&self) -> Vec<(&str, String)> {
        let text = |value: &[u8]| value.iter().map(|&byte| char::from(byte)).collect();
        self.0.headers().map(|(name, value)| (name, text(value))).collect()
    }

    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.body())
    }

    #[getter]
    fn attempts(&self) -> u32 {
        self.0.attempts()
    }
}

/// Why there is no answer.
#[pyclass(frozen, module = "onlyauth._native")]
pub(crate) struct Failure(Error);

#[pymethods]
impl Failure {
    #[getter]
    fn kind(&self) -> &'static str {
        match &self.0 {
            Error::Configuration(_) | Error::Secret(_) => "configuration",
            Error::Call(_) => "call",
            Error::Connect(error) if error.kind() == ConnectKind::TimedOut => "timeout",
            Error::Connect(_) => "connect",
            Error::Timeout { .. } => "timeout",
            Error::TooLarge { .. } => "too_large",
            _ => "broken",
        }
    }

    /// Without secrets, tokens and phone numbers.
    #[getter]
    fn message(&self) -> String {
        self.0.to_string()
    }

    #[getter]
    fn status(&self) -> Option<u16> {
        self.0.status()
    }

    #[getter]
    fn may_have_taken_effect(&self) -> bool {
        self.0.may_have_taken_effect()
    }
}

/// An `Answer` or a `Failure`.
pub(crate) fn into_python(py: Python<'_>, outcome: Outcome) -> PyResult<Py<PyAny>> {
    Ok(match outcome {
        Ok(raw) => Py::new(py, Answer(raw))?.into_any(),
        Err(error) => Py::new(py, Failure(error))?.into_any(),
    })
}
