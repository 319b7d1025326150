//! The Rust half of the Python package: `onlyauth._native`.
//!
//! It holds the Rust client and knows nothing of the API's models: calls come as names and values of the wire, outcomes go
//! back as status, headers and bytes. `docs/adr/0019` has why it waits, forks and ends as it does.

mod client;
#[cfg(unix)]
mod mailbox;
mod outcome;
mod per_process;
mod runtime;

use onlyauth_client::{DEFAULT_SERVER_URL, Operation};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What a client given by the caller sends; the Rust client says its own name before.
const USER_AGENT: &str = concat!("onlyauth-python/", env!("CARGO_PKG_VERSION"));

/// Method and path of an operation.
#[pyfunction]
fn operation(name: &str) -> PyResult<(&'static str, &'static str)> {
    let operation = named(name)?;
    Ok((operation.method(), operation.path()))
}

fn named(name: &str) -> PyResult<Operation> {
    let unknown = || PyValueError::new_err(format!("there is no operation '{name}'"));
    Operation::from_id(name).ok_or_else(unknown)
}

/// The text without whatever looks like a secret, a token or a phone number.
#[pyfunction]
fn masked(text: &str) -> String {
    onlyauth_client::masked(text)
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("VERSION", VERSION)?;
    module.add("USER_AGENT", USER_AGENT)?;
    module.add("DEFAULT_SERVER_URL", DEFAULT_SERVER_URL)?;
    module.add("HAS_MAILBOX", cfg!(unix))?;
    module.add_class::<client::Client>()?;
    module.add_class::<outcome::Answer>()?;
    module.add_class::<outcome::Failure>()?;
    #[cfg(unix)]
    {
        module.add_class::<mailbox::Mailbox>()?;
        module.add_class::<mailbox::InFlight>()?;
    }
    module.add_function(wrap_pyfunction!(operation, module)?)?;
    module.add_function(wrap_pyfunction!(masked, module)?)
}
