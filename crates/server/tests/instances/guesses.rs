//! Guessing a code at whichever instance.

use std::time::Duration;

use super::cluster::Cluster;
use crate::support::EndUser;
use crate::support::actors::wrong;
use crate::support::guesses::{code_sent, each_at_once, parallel, passed};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_3_200_guesses_at_once_are_judged_exactly_five_times_over_three_instances() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let (widget, _, code) = code_sent(&backend, &app, &EndUser::ann()).await;
    let pages = parallel(&widget, &vec![wrong(&code); 200]).await;
    let told = pages.iter().filter(|page| page.state() == "wrong_code").count();
    assert!(told < 5, "the fifth is told that tries are used up: {told}");
    assert!(pages.iter().all(|page| page.status == 200 && page.success_token().is_none()));
    assert_eq!(cluster.metric(r#"onlyauth_logins_total{channel="sms",outcome="wrong"}"#).await, 5);
    for base in cluster.bases() {
        let page = widget.moved(&base).try_code(&code).await;
        assert_eq!((page.state(), page.success_token()), ("tries_used_up", None));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_3_four_wrong_in_parallel_leave_one_for_the_right_one_in_100_rounds_over_three_instances()
 {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    for round in 0..100 {
        let (widget, page, code) = code_sent(&backend, &app, &EndUser::number(round)).await;
        let pages = parallel(&widget, &vec![wrong(&code); 4]).await;
        assert!(pages.iter().all(|page| page.state() == "wrong_code"), "round {round}");
        assert_eq!(widget.check(&page, &code).await.state(), "passed", "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_11_one_step_of_an_authenticator_app_passes_one_of_fifty_logins_over_three_instances() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    let authenticator = cluster.instances[0].enrol_totp(&backend, &app, &ann).await;
    cluster.advance(Duration::from_secs(30));
    let code = authenticator.code(cluster.instances[0].clock.now(), 0);
    let mut logins = Vec::new();
    for base in cluster.bases().iter().cycle().take(51) {
        let widget = backend.widget(&app, &ann).await.moved(base);
        let page = widget.post(&[("channel", "totp"), ("sends", "0")]).await;
        assert_eq!(page.state(), "totp");
        logins.push((widget, page));
    }
    assert_eq!(passed(logins, &code).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_29_two_kinds_at_once_over_three_instances_pass_once_and_one_kind_twice_does_not() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    let authenticator = cluster.instances[0].enrol_totp(&backend, &app, &ann).await;
    assert_eq!(backend.change(&app, &[("mfa_enabled", "1")]).await.status, 200);
    let bases = cluster.bases();
    for round in 0..20 {
        cluster.advance(Duration::from_mins(10));
        let (widget, page, code) = code_sent(&backend, &app, &ann).await;
        // From many forms at once, everywhere: one of them is the first proof, and none passes.
        let at = |step: usize| widget.moved(&bases[(round + step) % bases.len()]);
        let pages = each_at_once((0..6).map(|step| {
            let (widget, code, challenge) =
                (at(step), code.clone(), page.field("challenge").unwrap().to_owned());
            async move { widget.check_in_new_form(&challenge, &code, step).await }
        }))
        .await;
        assert!(pages.iter().all(|page| page.success_token().is_none()), "round {round}");
        let proven = pages.iter().filter(|page| page.field("first").is_some()).count();
        assert_eq!(proven, 1, "round {round}");
        // And the second one passes once.
        let code = authenticator.code(cluster.instances[0].clock.now(), 0);
        let challenge = at(0).open().await.field("challenge").unwrap().to_owned();
        let pages = each_at_once((0..6).map(|step| {
            let (widget, code, challenge) = (at(step), code.clone(), challenge.clone());
            async move { widget.check_in_new_form(&challenge, &code, step).await }
        }))
        .await;
        let passed = pages.iter().filter(|page| page.success_token().is_some()).count();
        assert_eq!(passed, 1, "round {round}");
    }
}
