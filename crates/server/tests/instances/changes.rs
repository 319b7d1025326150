//! What is changed at one instance, or by a command, holds at all within two seconds; and what one tenant uses up
//! is its own.

use std::time::{Duration, Instant};

use super::cluster::Cluster;
use super::processes::Processes;
use crate::support::process::Process;
use crate::support::{Backend, EndUser};

/// The longest that an instance goes on with what it knew.
const BOUND: Duration = Duration::from_secs(2);

async fn statuses(backend: &Backend, app: &str, bases: &[String]) -> Vec<u16> {
    let mut statuses = Vec::new();
    for base in bases {
        let answer = backend.moved(base).create_access_token(app, &EndUser::ann(), &[]).await;
        statuses.push(answer.status);
    }
    statuses
}

#[tokio::test]
async fn what_is_changed_at_one_instance_holds_at_all_after_two_seconds() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let bases = cluster.bases();
    let widget = backend.widget(&app, &EndUser::ann()).await;
    assert_eq!(statuses(&backend, &app, &bases).await, [200; 3], "every cache is warm");
    assert_eq!(backend.moved(&bases[1]).change(&app, &[("enabled", "0")]).await.status, 200);
    assert_eq!(statuses(&backend, &app, &bases[1..2]).await, [400], "at once where it was changed");
    cluster.advance(BOUND);
    assert_eq!(statuses(&backend, &app, &bases).await, [400; 3]);
    for base in &bases {
        assert_eq!(widget.moved(base).open().await.state(), "app_disabled");
    }
    // And back again, at another.
    assert_eq!(backend.moved(&bases[2]).change(&app, &[("enabled", "1")]).await.status, 200);
    cluster.advance(BOUND);
    assert_eq!(statuses(&backend, &app, &bases).await, [200; 3]);
    // Secrets are revoked by a command, of which no instance hears.
    let (id, now) = (backend.client_id.parse().unwrap(), cluster.instances[0].clock.now());
    let store = &cluster.instances[0].service.store;
    assert!(store.secret_revoke(id, backend.secret_id, now).await.unwrap());
    cluster.advance(BOUND);
    assert_eq!(statuses(&backend, &app, &bases).await, [401; 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_beside_three_processes_hold_at_all_within_two_seconds() {
    let processes = Processes::new();
    let servers = processes.serve_all();
    let bases: Vec<String> = servers.iter().map(Process::base).collect();
    let backend = processes.client(&bases[0]);
    let app = backend.sandbox_app().await;
    assert_eq!(statuses(&backend, &app, &bases).await, [200; 3]);
    processes.command(&[
        "app",
        "update",
        &app,
        "--client",
        &backend.client_id,
        "--set",
        "enabled=0",
    ]);
    refused_in_time(&backend, &app, &bases, 400).await;
    let secret = backend.secret_id.to_string();
    processes.command(&["secret", "revoke", "--client", &backend.client_id, &secret]);
    refused_in_time(&backend, &app, &bases, 401).await;
}

/// No request that begins two seconds after the command, or later, gets another answer.
async fn refused_in_time(backend: &Backend, app: &str, bases: &[String], status: u16) {
    let changed = Instant::now();
    let mut begun = changed.elapsed();
    loop {
        let statuses = statuses(backend, app, bases).await;
        if statuses.iter().all(|found| *found == status) {
            return;
        }
        assert!(begun < BOUND, "{statuses:?} after {begun:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
        begun = changed.elapsed();
    }
}

/// Sends in new actions until one is refused; how many went.
async fn exhaust(backend: &Backend, app: &str, user: &EndUser) -> usize {
    let mut sent = 0;
    loop {
        let page = backend.widget(app, user).await.ask_by("sms").await;
        if page.state() == "limited" {
            assert_eq!(page.status, 429);
            return sent;
        }
        assert!(["sending", "code_sent"].contains(&page.state()), "{}", page.state());
        sent += 1;
    }
}

#[tokio::test]
async fn row_46_one_tenant_can_not_use_up_anothers_limit_for_a_phone_over_three_instances() {
    let cluster = Cluster::start().await;
    let user = EndUser::ann();
    for _ in 0..4 {
        let backend = cluster.client("A").await;
        let app = backend.live_app().await;
        assert_eq!(exhaust(&backend, &app, &user).await, 5, "five an hour per client and phone");
        for base in cluster.bases() {
            assert_eq!(exhaust(&backend.moved(&base), &app, &user).await, 0, "at every instance");
        }
    }
    // The cap over all clients is looser, and holds.
    let last = cluster.client("E").await;
    let app = last.live_app().await;
    assert_eq!(exhaust(&last, &app, &user).await, 0);
    cluster.advance(Duration::from_hours(1));
    assert_eq!(exhaust(&last, &app, &user).await, 5, "an hour later it is free again");
}
