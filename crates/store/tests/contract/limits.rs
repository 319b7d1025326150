use std::cell::Cell;
use std::collections::HashMap;
use std::time::Duration;

use onlyauth_core::limits::Quota;
use onlyauth_core::time::Timestamp;
use onlyauth_store::{LimitTake, LimitsOutcome, LimitsPurge, Store};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::support::*;

const QUOTA: Quota = Quota { count: 3, per: Duration::from_secs(30) };

fn take(key: &str, quota: Quota, now: Timestamp) -> LimitTake {
    LimitTake { key: key.to_owned(), take: quota.take(now) }
}

async fn one(store: &Store, key: &str, now: Timestamp) -> LimitsOutcome {
    store.limits_take(&[take(key, QUOTA, now)]).await.unwrap()
}

#[tokio::test]
async fn a_limit_refuses_and_says_until_when() {
    let (_dir, store) = store().await;
    for _ in 0..3 {
        assert_eq!(one(&store, "a", NOW).await, LimitsOutcome::Taken);
    }
    let refused = LimitsOutcome::Refused { index: 0, retry_at: at(10) };
    assert_eq!(one(&store, "a", NOW).await, refused);
    assert_eq!(one(&store, "a", at(5)).await, refused);
    assert_eq!(one(&store, "b", NOW).await, LimitsOutcome::Taken, "another key");
    assert_eq!(one(&store, "a", at(10)).await, LimitsOutcome::Taken);
}

#[tokio::test]
async fn several_limits_are_taken_together_or_not_at_all() {
    let (_dir, store) = store().await;
    let tight = Quota { count: 1, per: Duration::from_mins(1) };
    // In the caller's order 'z' is first; in the order of keys it is last.
    let both = [take("z", tight, NOW), take("a", QUOTA, NOW)];
    assert_eq!(store.limits_take(&both).await, Ok(LimitsOutcome::Taken));
    for _ in 0..5 {
        let refused = LimitsOutcome::Refused { index: 0, retry_at: at(60) };
        assert_eq!(store.limits_take(&both).await, Ok(refused));
    }
    for _ in 0..2 {
        assert_eq!(one(&store, "a", NOW).await, LimitsOutcome::Taken, "the refused took nothing");
    }
    assert_eq!(store.limits_take(&[]).await, Ok(LimitsOutcome::Taken));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_takes_are_exactly_the_quota() {
    let (_dir, store) = store().await;
    let quota = Quota { count: 20, per: Duration::from_hours(1) };
    let outcomes = at_once((0..200).map(|_| {
        let store = store.clone();
        async move { store.limits_take(&[take("a", quota, NOW)]).await.unwrap() }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| **o == LimitsOutcome::Taken).count(), 20);
}

#[tokio::test]
async fn old_rows_are_purged_a_few_at_a_time() {
    let (_dir, store) = store().await;
    for key in ["a", "b", "c"] {
        one(&store, key, NOW).await;
    }
    one(&store, "later", at(5)).await;
    let purge = async |cursor: &str| store.limits_purge(at(10), cursor, 2).await.unwrap();
    let went =
        |deleted, cursor: Option<&str>| LimitsPurge { deleted, cursor: cursor.map(str::to_owned) };
    assert_eq!(purge("").await, went(2, Some("b")));
    assert_eq!(purge("b").await, went(1, Some("later")), "one of the two that were looked at");
    assert_eq!(purge("later").await, went(0, None), "the end of the table");
    assert_eq!(purge("").await, went(0, None));
    // What still says something is kept: two more, not three.
    for expected in [true, true, false] {
        assert_eq!(one(&store, "later", at(5)).await == LimitsOutcome::Taken, expected);
    }
}

#[derive(Debug, Clone)]
struct Use {
    keys: Vec<u8>,
    wait_ms: u64,
}

fn uses() -> impl Strategy<Value = Vec<Use>> {
    let one = (prop::collection::vec(0_u8..3, 1..3), 0_u64..9_000)
        .prop_map(|(keys, wait_ms)| Use { keys, wait_ms });
    prop::collection::vec(one, 1..40)
}

/// Core's arithmetic over plain memory.
#[derive(Default)]
struct Reference(HashMap<String, Timestamp>);

impl Reference {
    fn take(&mut self, takes: &[LimitTake]) -> bool {
        let mut next = self.0.clone();
        for LimitTake { key, take } in takes {
            match take.decide(next.get(key).copied()) {
                Ok(arrival) => next.insert(key.clone(), arrival),
                Err(_) => return false,
            };
        }
        self.0 = next;
        true
    }
}

#[test]
fn the_database_decides_as_core_does() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (_dir, store) = runtime.block_on(store());
    let round = Cell::new(0);
    let mut runner =
        TestRunner::new(Config { cases: 50, failure_persistence: None, ..Config::default() });
    runner
        .run(&uses(), |uses| {
            round.set(round.get() + 1);
            let mut reference = Reference::default();
            let mut now = NOW;
            for Use { keys, wait_ms } in uses {
                now = now.plus(Duration::from_millis(wait_ms));
                let takes: Vec<_> = keys
                    .iter()
                    .map(|key| {
                        let quota = Quota { count: u32::from(*key) + 2, ..QUOTA };
                        take(&format!("{}-{key}", round.get()), quota, now)
                    })
                    .collect();
                let outcome = runtime.block_on(store.limits_take(&takes)).unwrap();
                prop_assert_eq!(outcome == LimitsOutcome::Taken, reference.take(&takes));
                if let LimitsOutcome::Refused { retry_at, .. } = outcome {
                    prop_assert!(retry_at > now || keys.len() > 1);
                }
            }
            Ok(())
        })
        .unwrap();
}
