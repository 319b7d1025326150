use super::support::*;

#[tokio::test]
async fn a_lease_has_one_holder_until_its_end() {
    let (_dir, store) = store().await;
    let take = async |holder: &str, now, until| {
        store.lease_take("tidy", holder, at(now), at(until)).await.unwrap()
    };
    assert!(take("one", 0, 60).await);
    assert!(!take("two", 59, 119).await);
    assert!(take("one", 30, 90).await, "its holder prolongs it");
    assert!(!take("two", 89, 149).await);
    assert!(take("two", 90, 150).await, "the last moment itself is free");
    assert!(!take("one", 91, 151).await);

    assert_eq!(store.lease_end("tidy", "one", at(92)).await, Ok(()));
    assert!(!take("one", 93, 153).await, "who doesn't have it can't end it");
    assert_eq!(store.lease_end("tidy", "two", at(94)).await, Ok(()));
    assert!(take("one", 94, 154).await);
    assert_eq!(store.lease_take("other", "two", at(94), at(154)).await, Ok(true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_one_gets_it() {
    let (_dir, store) = store().await;
    for round in 0..10 {
        let taken =
            at_once(
                (0..20).map(|holder| {
                    let store = store.clone();
                    let (now, until) = (at(round * 60), at(round * 60 + 60));
                    async move {
                        store.lease_take("tidy", &format!("{holder}"), now, until).await.unwrap()
                    }
                }),
            )
            .await;
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 1, "round {round}");
    }
}
