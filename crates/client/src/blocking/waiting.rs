//! Waits for a future on this thread, wherever the thread stands.
//!
//! Tokio's own way panics on a thread that runs async code, and a caller may not know that it does.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Polls until there is an answer, parked in between. What the future waits for happens on another thread.
pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    // Within a task that has used up its share of polls, Tokio's resources would say 'not yet' for ever: the share
    // is only renewed when that task itself gives way.
    let mut future = pin!(tokio::task::unconstrained(future));
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(answer) = future.as_mut().poll(&mut context) {
            return answer;
        }
        thread::park();
    }
}
