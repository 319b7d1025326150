//! Keeps two requests for one action apart inside one instance, so that a double click doesn't use up a limit
//! twice. Between instances the guarded commit keeps order; there a double click can cost a limit once more.

use std::hash::{DefaultHasher, Hash, Hasher};

use onlyauth_core::ids::ActionId;
use tokio::sync::{Mutex, MutexGuard};

const STRIPES: usize = 1024;

/// Locks by action; two actions may share one, which costs a wait and nothing else.
#[derive(Debug)]
pub struct ActionLocks(Vec<Mutex<()>>);

impl Default for ActionLocks {
    fn default() -> Self {
        Self((0..STRIPES).map(|_| Mutex::new(())).collect())
    }
}

impl ActionLocks {
    /// Waits for the action's turn.
    pub async fn hold(&self, action: ActionId) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        action.hash(&mut hasher);
        let stripe = usize::try_from(hasher.finish() % STRIPES as u64).unwrap_or(0);
        self.0[stripe].lock().await
    }
}
