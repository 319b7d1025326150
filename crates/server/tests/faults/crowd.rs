//! Many logins side by side.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use tokio::task::JoinSet;

use crate::client::{Client, End, Stuck};
use crate::random::Random;

/// How many logins are under way at once.
const AT_ONCE: u32 = 8;

/// How logins ended.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ends {
    pub(crate) redeemed: u32,
    pub(crate) untold: u32,
    pub(crate) used_up: u32,
    pub(crate) no_code: u32,
    pub(crate) stuck: Vec<String>,
}

impl Ends {
    fn add(&mut self, end: Result<End, Stuck>) {
        match end {
            Ok(End::Redeemed) => self.redeemed += 1,
            Ok(End::Untold) => self.untold += 1,
            Ok(End::UsedUp) => self.used_up += 1,
            Ok(End::NoCode) => self.no_code += 1,
            Err(Stuck(what)) => self.stuck.push(what),
        }
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.redeemed += other.redeemed;
        self.untold += other.untold;
        self.used_up += other.used_up;
        self.no_code += other.no_code;
        self.stuck.extend(other.stuck);
    }
}

/// Logins that go on until they are told to finish.
pub(crate) struct Crowd {
    leaving: Arc<AtomicBool>,
    next: Arc<AtomicU32>,
    people: JoinSet<Ends>,
}

impl Crowd {
    /// Begins. `next` numbers the logins of a run, of which no two are the same.
    pub(crate) fn start(client: &Client, random: &Random, next: &Arc<AtomicU32>) -> Self {
        let leaving = Arc::new(AtomicBool::new(false));
        let mut people = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (client, random) = (client.clone(), random.clone());
            let (next, leaving) = (next.clone(), leaving.clone());
            people.spawn(async move {
                let mut ends = Ends::default();
                while !leaving.load(Ordering::SeqCst) {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    ends.add(client.login(number, &mut random.of(number)).await);
                }
                ends
            });
        }
        Self { leaving, next: next.clone(), people }
    }

    /// How many logins of the run have begun.
    pub(crate) fn begun(&self) -> u32 {
        self.next.load(Ordering::SeqCst)
    }

    /// Begins no more logins, and brings those under way to their end.
    pub(crate) async fn finish(self) -> Ends {
        self.leaving.store(true, Ordering::SeqCst);
        let mut ends = Ends::default();
        for one in self.people.join_all().await {
            ends.join(one);
        }
        ends
    }

    /// Leaves everything as it is.
    pub(crate) async fn vanish(mut self) {
        self.people.shutdown().await;
    }
}
