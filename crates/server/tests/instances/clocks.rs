//! Instances whose clocks differ by up to 90 s.

use std::time::Duration;

use super::cluster::{Cluster, INSTANCES, Start, shifted};
use crate::support::guesses::{code_sent, parallel};
use crate::support::page::Page;
use crate::support::{Answer, Backend, EndUser};

const SKEW: [i64; INSTANCES] = [-45, 0, 45];

async fn skewed() -> Cluster {
    let start = Start { skew: Some(SKEW), ..Start::default() };
    Cluster::of(start, || None, |_| {}).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_12_with_clocks_apart_nothing_is_accepted_twice_over_three_instances() {
    let cluster = skewed().await;
    let (backend, app) = cluster.shop().await;
    for round in 0..10 {
        let (widget, form, code) = code_sent(&backend, &app, &EndUser::number(round)).await;
        let pages = parallel(&widget, &vec![code.clone(); 50]).await;
        let tokens: Vec<String> = pages.iter().filter_map(Page::success_token).collect();
        assert_eq!(tokens.len(), 1, "round {round}");
        let redeemed = at_all(&cluster, &backend, &app, &tokens[0]).await;
        let successes = redeemed.iter().filter(|answer| answer.status == 200).count();
        assert_eq!((successes, redeemed.len()), (1, INSTANCES), "round {round}");
        // And not when the clocks change over: each becomes what another was.
        for instance in 0..INSTANCES {
            let clock = &cluster.instances[instance].clock;
            clock.set(shifted(clock.now(), SKEW[(instance + 1) % INSTANCES] - SKEW[instance]));
        }
        for base in cluster.bases() {
            let widget = widget.moved(&base);
            assert_eq!(widget.check(&form, &code).await.success_token(), None, "round {round}");
            assert_eq!(widget.try_code(&code).await.success_token(), None, "round {round}");
        }
        for answer in at_all(&cluster, &backend, &app, &tokens[0]).await {
            assert_eq!(answer.status, 404, "round {round}");
        }
        for (instance, skew) in SKEW.into_iter().enumerate() {
            let clock = &cluster.instances[instance].clock;
            clock.set(shifted(clock.now(), skew - SKEW[(instance + 1) % INSTANCES]));
        }
    }
}

async fn at_all(cluster: &Cluster, backend: &Backend, app: &str, token: &str) -> Vec<Answer> {
    let tasks: Vec<_> = cluster
        .bases()
        .iter()
        .map(|base| {
            let (backend, app, token) = (backend.moved(base), app.to_owned(), token.to_owned());
            tokio::spawn(async move { backend.validate(&app, &token).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

/// Expiry is a moment that whoever made the code has stored, and who judges compares it with one reading of its
/// own clock: from that moment on nothing is accepted, and before it everything is.
#[tokio::test]
async fn row_12_with_clocks_apart_nothing_is_accepted_after_its_expiry_over_three_instances() {
    let cluster = skewed().await;
    let (backend, app) = cluster.shop().await;
    let mut number = 0;
    for maker in 0..INSTANCES {
        for judge in 0..INSTANCES {
            for early in [true, false] {
                number += 1;
                let user = EndUser::number(number);
                let [made, judged] = [maker, judge].map(|at| &cluster.instances[at]);
                let made_by = backend.moved(&made.base());
                let (widget, form, code) = code_sent(&made_by, &app, &user).await;
                let now = judged.clock.now();
                let expiry = made.clock.now().plus(Duration::from_mins(5));
                judged.clock.set(if early { shifted_by_one(expiry) } else { expiry });
                let page = widget.moved(&judged.base()).check(&form, &code).await;
                let case = format!("made by {maker}, judged by {judge}, early: {early}");
                let expected = if early { "passed" } else { "code_expired" };
                assert_eq!(page.state(), expected, "{case}");
                if early {
                    let token = page.success_token().unwrap();
                    redeem_late(
                        &cluster,
                        &backend.moved(&made.base()),
                        &app,
                        &token,
                        (judge, maker),
                    )
                    .await;
                }
                judged.clock.set(now);
            }
        }
    }
}

fn shifted_by_one(moment: onlyauth_core::time::Timestamp) -> onlyauth_core::time::Timestamp {
    moment.minus(Duration::from_millis(1))
}

/// At its expiry, by the clock of who redeems it, a success token is worth nothing, a moment before it is.
async fn redeem_late(
    cluster: &Cluster,
    backend: &Backend,
    app: &str,
    token: &str,
    (judge, redeemer): (usize, usize),
) {
    let expiry = cluster.instances[judge].clock.now().plus(Duration::from_mins(1));
    let clock = &cluster.instances[redeemer].clock;
    let now = clock.now();
    clock.set(expiry);
    assert_eq!(backend.validate(app, token).await.status, 404);
    clock.set(shifted_by_one(expiry));
    assert_eq!(backend.validate(app, token).await.status, 200);
    clock.set(now);
}
