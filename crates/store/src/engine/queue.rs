//! A bounded queue between async callers and the database's threads or tasks.
//!
//! Putting in never waits: a full queue is told at once, since a line that grows only turns overload into
//! time-outs. Taking out blocks its thread, or waits as a task. A closed queue takes nothing more and gives
//! out what it holds.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::error::{Reason, StoreError};

/// Why something was not put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotQueued {
    /// As many as may wait do.
    Full,
    /// The queue was closed.
    Closed,
}

impl From<NotQueued> for StoreError {
    fn from(why: NotQueued) -> Self {
        match why {
            NotQueued::Full => Self::unavailable(Reason::Overloaded, "the queue is full"),
            NotQueued::Closed => Self::unavailable(Reason::Closed, "the store was closed"),
        }
    }
}

pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    /// Wakes threads.
    arrived: Condvar,
    /// Wakes tasks.
    noticed: Notify,
    capacity: usize,
}

struct State<T> {
    items: VecDeque<T>,
    closed: bool,
    /// Threads that sleep and were not woken yet. Too high after one woke by itself, which only wakes once too often.
    sleeping: usize,
}

impl<T> Queue<T> {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            state: Mutex::new(State { items: VecDeque::new(), closed: false, sleeping: 0 }),
            arrived: Condvar::new(),
            noticed: Notify::new(),
            capacity: capacity.max(1),
        }
    }

    // Nothing can panic while the lock is held, so a poisoned state is a sound one.
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn put(&self, item: T) -> Result<(), NotQueued> {
        let mut state = self.state();
        if state.closed {
            return Err(NotQueued::Closed);
        }
        if state.items.len() >= self.capacity {
            return Err(NotQueued::Full);
        }
        state.items.push_back(item);
        // Waking costs a call of the system even where nobody sleeps, and under load nobody does.
        let sleeps = state.sleeping > 0;
        state.sleeping -= usize::from(sleeps);
        drop(state);
        if sleeps {
            self.arrived.notify_one();
        }
        self.noticed.notify_one();
        Ok(())
    }

    /// The next item, waiting for one; None once the queue is closed and empty.
    pub(super) fn take(&self) -> Option<T> {
        let mut state = self.state();
        loop {
            if let Some(item) = state.items.pop_front() {
                return Some(item);
            }
            if state.closed {
                return None;
            }
            state.sleeping += 1;
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// As [`Queue::take`], for a task. Dropping the future loses no item.
    pub(super) async fn next(&self) -> Option<T> {
        loop {
            // Made before the look, so that what arrives in between is not missed.
            let noticed = self.noticed.notified();
            {
                let mut state = self.state();
                if let Some(item) = state.items.pop_front() {
                    return Some(item);
                }
                if state.closed {
                    return None;
                }
            }
            noticed.await;
        }
    }

    /// The next item if one is there already.
    pub(super) fn take_waiting(&self) -> Option<T> {
        self.state().items.pop_front()
    }

    pub(super) fn len(&self) -> usize {
        self.state().items.len()
    }

    pub(super) fn close(&self) {
        self.state().closed = true;
        self.arrived.notify_all();
        self.noticed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_is_told_at_once() {
        let queue = Queue::new(2);
        assert_eq!(
            (queue.put(1), queue.put(2), queue.put(3)),
            (Ok(()), Ok(()), Err(NotQueued::Full))
        );
        assert_eq!(queue.len(), 2);
        assert_eq!(queue.take(), Some(1));
        assert_eq!(queue.put(4), Ok(()));
    }

    #[test]
    fn a_closed_queue_gives_out_what_it_holds() {
        let queue = Queue::new(2);
        queue.put(1).unwrap();
        queue.close();
        assert_eq!(queue.put(2), Err(NotQueued::Closed));
        assert_eq!((queue.take(), queue.take(), queue.take_waiting()), (Some(1), None, None));
    }

    #[tokio::test]
    async fn tasks_wait_for_items_and_for_the_end() {
        let queue = std::sync::Arc::new(Queue::<u8>::new(2));
        let take = || {
            let queue = std::sync::Arc::clone(&queue);
            tokio::spawn(async move { queue.next().await })
        };
        let taken = take();
        tokio::task::yield_now().await;
        queue.put(1).unwrap();
        assert_eq!(taken.await.unwrap(), Some(1));
        let (first, second) = (take(), take());
        tokio::task::yield_now().await;
        queue.close();
        assert_eq!((first.await.unwrap(), second.await.unwrap()), (None, None));
    }

    #[test]
    fn closing_wakes_all_who_wait() {
        let queue = Queue::<u8>::new(1);
        std::thread::scope(|scope| {
            let waiting = [scope.spawn(|| queue.take()), scope.spawn(|| queue.take())];
            queue.close();
            for thread in waiting {
                assert_eq!(thread.join().unwrap(), None);
            }
        });
    }
}
