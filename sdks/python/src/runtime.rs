//! The thread on which connections live: one for each process, made when the first call needs it.

use std::io;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use crate::per_process::{Held, PerProcess};

static RUNTIME: PerProcess<Background> = PerProcess::new();

/// A runtime that ends without waiting.
pub(crate) struct Background(Option<Runtime>);

impl Background {
    fn new() -> io::Result<Self> {
        // One thread is enough: it only moves bytes, and what Python does with them takes longer.
        let mut builder = Builder::new_multi_thread();
        let runtime = builder.worker_threads(1).thread_name("onlyauth").enable_all().build()?;
        Ok(Self(Some(runtime)))
    }

    pub(crate) fn runtime(&self) -> &Runtime {
        match &self.0 {
            Some(runtime) => runtime,
            None => unreachable!("only drop takes it"),
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// This process's runtime.
pub(crate) fn current() -> io::Result<Arc<Held<Background>>> {
    RUNTIME.get(Background::new)
}
