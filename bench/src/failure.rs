//! Why a run ended without a result. A benchmark that goes on after a wrong answer measures nothing.

/// One sentence for whoever started the run.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Failure(String);

/// What most functions here return.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// From a sentence.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// Says what was being done when something failed.
pub(crate) trait Context<T> {
    /// `doing` completes "can't …".
    fn context(self, doing: &str) -> Result<T>;
}

impl<T, E: std::fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: &str) -> Result<T> {
        self.map_err(|error| Failure(format!("can't {doing}: {error}")))
    }
}

impl<T> Context<T> for Option<T> {
    fn context(self, doing: &str) -> Result<T> {
        self.ok_or_else(|| Failure(format!("can't {doing}")))
    }
}
