//! Passkeys at whichever instance.

use std::time::Duration;

use super::cluster::Cluster;
use crate::support::mutations::PasskeyUser;
use crate::support::page::Page;
use crate::support::passkey::SoftAuthenticator;
use crate::support::{Backend, EndUser, Widget};

/// Answers at once, each at the next instance.
async fn at_once(cluster: &Cluster, answers: Vec<(Widget, Page, String)>) -> Vec<Page> {
    let bases = cluster.bases();
    let tasks: Vec<_> = answers
        .into_iter()
        .zip(bases.iter().cycle())
        .map(|((widget, page, answer), base)| {
            let widget = widget.moved(base);
            tokio::spawn(async move { widget.answer(&page, &answer).await })
        })
        .collect();
    let mut pages = Vec::new();
    for task in tasks {
        pages.push(task.await.unwrap());
    }
    pages
}

/// A cluster at which Ann has made a passkey.
async fn enrolled() -> (Cluster, Backend, String, SoftAuthenticator) {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let mut authenticator = SoftAuthenticator::platform();
    cluster.instances[0].enrol(&backend, &app, &EndUser::ann(), &mut authenticator).await;
    cluster.advance(Duration::from_mins(1));
    (cluster, backend, app, authenticator)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_26_every_mutation_is_refused_over_three_instances() {
    let (cluster, backend, app, authenticator) = enrolled().await;
    // Each request of a login reaches another instance than the one before.
    let server = &cluster.instances[0];
    let ann = PasskeyUser { server, backend: &backend, app: &app, authenticator: &authenticator };
    ann.is_safe_from_every_mutation().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_26_a_ceremony_is_answered_once_over_three_instances() {
    let (cluster, backend, app, authenticator) = enrolled().await;
    let server = &cluster.instances[0];
    let ann = PasskeyUser { server, backend: &backend, app: &app, authenticator: &authenticator };
    for round in 1..=10 {
        let (widget, page) = ann.asked().await;
        // Right every time, each with a count of its own: it is the challenge that is good once.
        let answers = (0..30).map(|form| {
            let attempt = data_encoding::BASE64URL_NOPAD.encode(&u128::to_be_bytes(form + 1));
            let html = page.html.replace(page.field("attempt").unwrap(), &attempt);
            let counter = round * 100 + u32::try_from(form).unwrap();
            let answer = ann.right(&page, counter).answer();
            (widget.clone(), Page { html, ..page.clone() }, answer)
        });
        let pages = at_once(&cluster, answers.collect()).await;
        let passed = pages.iter().filter(|page| page.success_token().is_some()).count();
        assert_eq!(passed, 1, "round {round}");
        cluster.advance(Duration::from_secs(1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_26_of_copies_of_a_key_with_one_count_one_passes_over_three_instances() {
    let (cluster, backend, app, authenticator) = enrolled().await;
    let server = &cluster.instances[0];
    let ann = PasskeyUser { server, backend: &backend, app: &app, authenticator: &authenticator };
    for round in 1..=10 {
        let mut answers = Vec::new();
        for _ in 0..6 {
            let (widget, page) = ann.asked().await;
            let answer = ann.right(&page, round).answer();
            answers.push((widget, page, answer));
        }
        let pages = at_once(&cluster, answers).await;
        let passed = pages.iter().filter(|page| page.success_token().is_some()).count();
        assert_eq!(passed, 1, "round {round}");
        assert_eq!(ann.factors().await[0].position, i64::from(round));
        cluster.advance(Duration::from_secs(1));
    }
}
