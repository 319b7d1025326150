//! Keys get successors while logins go on at all instances.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use onlyauth_core::access_token::{self, Audience};
use onlyauth_core::keys::{KeyRing, Purpose};
use onlyauth_server::key_ring::rotation_policy;
use serde_json::Value;

use super::cluster::Cluster;
use crate::support::{Backend, EndUser, TestServer, Widget, eventually};

/// Logins under way at once.
const LOAD: u32 = 6;
/// How far the clock goes on whenever a login has passed, so that no login sees much of it.
const STEP: Duration = Duration::from_secs(10);

/// Logins one after the other until told to stop, each of which must pass.
async fn logins(
    backend: Backend,
    app: String,
    first: u32,
    passed: Arc<AtomicU32>,
    stop: Arc<AtomicBool>,
) {
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let user = EndUser::number(first + number);
        let (_, page) = backend.pass(&app, &user).await;
        let answer = backend.validate(&app, &page.success_token().unwrap()).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        passed.fetch_add(1, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_20_rotating_under_load_refuses_nobody_and_the_old_key_dies_over_three_instances() {
    let cluster =
        Cluster::with(|config| config.tokens.success_token_lifetime = Duration::from_mins(10));
    let cluster = cluster.await;
    let (backend, app) = cluster.shop().await;
    let (first, config) = (&cluster.instances[0], cluster.instances[0].service.config.clone());
    let policy = rotation_policy(config.keys.rotate_every, config.tokens.longest_life());
    cluster.advance(policy.every);
    let old = first.service.ring(first.clock.now()).await.unwrap();
    let old_key = old.at(Purpose::AccessTokenSigning, first.clock.now()).unwrap().id().to_string();

    let (passed, stop) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
    let load: Vec<_> = (0..LOAD)
        .map(|task| {
            let (backend, app) = (backend.clone(), app.clone());
            tokio::spawn(logins(backend, app, 1_000 * task, passed.clone(), stop.clone()))
        })
        .collect();
    rotate_at_all(&cluster).await;
    let in_use = first.clock.now().plus(policy.announce);
    let until = in_use.plus(Duration::from_mins(2));
    while first.clock.now() < until {
        let before = passed.load(Ordering::Relaxed);
        eventually("a login", || async {
            assert!(load.iter().all(|task| !task.is_finished()), "a login failed");
            (passed.load(Ordering::Relaxed) > before).then_some(())
        })
        .await;
        cluster.advance(STEP);
        if first.clock.now() < in_use {
            assert_eq!(signing_keys(&cluster, &backend, &app).await, [old_key.clone()].into());
        }
    }
    stop.store(true, Ordering::Relaxed);
    for task in load {
        task.await.unwrap();
    }
    let new_keys = signing_keys(&cluster, &backend, &app).await;
    assert!(new_keys.len() == 1 && !new_keys.contains(&old_key), "one successor, used by all");

    // Whoever has the old key can sign with it until the overlap ends, and not from then on.
    let dead = in_use.plus(policy.overlap);
    cluster.advance(Duration::from_millis(
        u64::try_from(dead.as_millis() - first.clock.now().as_millis() - 1).unwrap(),
    ));
    assert_eq!(opened(&cluster, &backend, &app, &old).await, ["choose"; 3]);
    cluster.advance(Duration::from_millis(1));
    assert_eq!(opened(&cluster, &backend, &app, &old).await, ["bad_token"; 3]);
    backend.pass(&app, &EndUser::ann()).await;
}

/// Every instance finds that keys are due, at the same time: one successor is made for each.
async fn rotate_at_all(cluster: &Cluster) {
    let tasks: Vec<_> = cluster
        .instances
        .iter()
        .map(|instance| {
            let service = instance.service.clone();
            tokio::spawn(async move {
                let config = &service.config;
                let policy =
                    rotation_policy(config.keys.rotate_every, config.tokens.longest_life());
                service.keys.rotate(&service.entropy, service.clock.now(), policy).await.unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let sql = "SELECT count(*), count(DISTINCT purpose) FROM key_ring WHERE generation = 2";
    let row = &cluster.database.as_ref().unwrap().query(sql)[0];
    assert!(row[0] == row[1] && row[0] != "0", "{row:?}");
}

/// By which keys the instances sign access tokens now.
async fn signing_keys(cluster: &Cluster, backend: &Backend, app: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for base in cluster.bases() {
        let token = backend.moved(&base).widget(app, &EndUser::ann()).await.token;
        let header = BASE64URL_NOPAD.decode(token.split('.').next().unwrap().as_bytes()).unwrap();
        let header: Value = serde_json::from_slice(&header).unwrap();
        keys.insert(header["kid"].as_str().unwrap().to_owned());
    }
    keys
}

/// What each instance shows for a fresh token that somebody signs with an old ring.
async fn opened(cluster: &Cluster, backend: &Backend, app: &str, old: &KeyRing) -> Vec<String> {
    let TestServer { service, clock, .. } = &cluster.instances[0];
    let genuine = backend.widget(app, &EndUser::ann()).await;
    let ring = service.ring(clock.now()).await.unwrap();
    let grant =
        access_token::open(&ring, &genuine.token, &[Audience::Login], clock.now()).unwrap().grant;
    let lifetime = service.config.tokens.start_within;
    let token = access_token::issue(old, &grant, clock.now(), lifetime, [9; 12]).unwrap();
    let mut states = Vec::new();
    for base in cluster.bases() {
        let widget = Widget { token: token.clone(), ..genuine.moved(&base) };
        states.push(widget.open().await.state().to_owned());
    }
    states
}
