//! Values that a process makes for itself, and that a process forked from it makes anew.

use std::mem;
use std::ops::Deref;
use std::process;
use std::sync::Arc;

use arc_swap::ArcSwapOption;

/// A value of this process.
///
/// Threads don't come along when a process forks, while what they held does: a runtime without its threads hangs, and so
/// may a lock that one of them held. So a value that another process made is neither used nor dropped, and finding that out
/// takes no lock.
pub(crate) struct PerProcess<T>(ArcSwapOption<Held<T>>);

/// A value, and whose it is.
pub(crate) struct Held<T> {
    process: u32,
    /// None only while it is being dropped.
    value: Option<T>,
}

impl<T> PerProcess<T> {
    /// Without a value yet.
    pub(crate) const fn new() -> Self {
        Self(ArcSwapOption::const_empty())
    }

    /// This process's value, made where there is none yet.
    pub(crate) fn get<E>(&self, make: impl Fn() -> Result<T, E>) -> Result<Arc<Held<T>>, E> {
        let process = process::id();
        loop {
            let current = self.0.load();
            if let Some(held) = current.as_ref()
                && held.process == process
            {
                return Ok(held.clone());
            }
            let fresh = Arc::new(Held { process, value: Some(make()?) });
            let before = self.0.compare_and_swap(&current, Some(fresh.clone()));
            // Else another thread was faster, and its value is everybody's.
            if before.as_ref().map(Arc::as_ptr) == current.as_ref().map(Arc::as_ptr) {
                return Ok(fresh);
            }
        }
    }

    /// Drops the value. Who has it at the moment keeps it until then.
    pub(crate) fn clear(&self) {
        self.0.store(None);
    }
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.value {
            Some(value) => value,
            None => unreachable!("only drop takes it"),
        }
    }
}

impl<T> Drop for Held<T> {
    fn drop(&mut self) {
        if self.process != process::id() {
            mem::forget(self.value.take());
        }
    }
}
