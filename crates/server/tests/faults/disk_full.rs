//! The database's disk full under load, then space again (security.md row 43).
//!
//! How much is left when it is filled varies, so that the last byte is missed at different places: in the log, in
//! the database, in what is shared between connections.

use std::time::{Duration, Instant};

use crate::facts::Source;
use crate::gateway::Gateway;
use crate::installation::Installation;
use crate::postgres_server::PostgresServer;
use crate::random::Random;
use crate::rounds;
use crate::scene::Scene;
use crate::small_disk::SmallDisk;

const PATIENCE: Duration = Duration::from_secs(60);
/// Most that is left, in bytes.
const LEFT: u64 = 96 * 1024;
/// Longest that it stays full after the first refusal, in milliseconds.
const FULL: u64 = 600;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_43_on_sqlite_a_full_disk_refuses_and_space_serves_again() {
    let test = "disk_full::row_43_on_sqlite_a_full_disk_refuses_and_space_serves_again";
    let Some(disk) = SmallDisk::of(test, 32) else { return };
    let gateway = Gateway::honest().await;
    let data = disk.path().join("data");
    let source = Source::Sqlite(data.join("onlyauth.db"));
    let installation = Installation::new(&gateway, None).with_data(data);
    let random = Random::of_this_run();
    let mut scene = Scene::open("disk full, sqlite", random, gateway, installation).await;
    let pid = scene.installation.pid();
    let rounds = rounds(5, 50);
    for _ in 0..rounds {
        let crowd = scene.crowd();
        until("some logins", || count(&source, "success_tokens") > 0).await;
        fill(&mut scene, &disk).await;
        disk.free();
        scene.settle(crowd).await;
        scene.check(&source);
    }
    assert_eq!(scene.installation.pid(), pid, "nobody restarted it");
    scene.report(rounds, "times full");
}

/// PostgreSQL itself may go down by it; then its operator starts it again, as this test does. `onlyauth` is not
/// touched.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_43_on_postgresql_a_full_disk_refuses_and_space_serves_again() {
    let test = "disk_full::row_43_on_postgresql_a_full_disk_refuses_and_space_serves_again";
    let Some(disk) = SmallDisk::of(test, 112) else { return };
    // Log files of 1 MiB, and few of them kept: the log runs out of space, and not only the tables.
    let settings = ["min_wal_size=2MB", "max_wal_size=4MB", "shared_buffers=16MB"];
    let mut database =
        PostgresServer::start_in(disk.path(), &["--wal-segsize=1"], &settings, &[]);
    let gateway = Gateway::honest().await;
    let installation = Installation::new(&gateway, Some(database.url("postgres")));
    let random = Random::of_this_run();
    let mut scene = Scene::open("disk full, postgresql", random, gateway, installation).await;
    let pid = scene.installation.pid();
    let (rounds, mut ended) = (rounds(4, 40), 0);
    for _ in 0..rounds {
        let crowd = scene.crowd();
        fill(&mut scene, &disk).await;
        disk.free();
        ended += u32::from(database.start_if_ended());
        scene.settle(crowd).await;
        scene.check(&Source::Postgres(&database, "postgres"));
    }
    assert_eq!(scene.installation.pid(), pid, "nobody restarted it");
    scene.report(rounds, &format!("times full, which ended PostgreSQL {ended} times"));
}

/// Fills the disk, and waits until that is felt, and a while longer.
async fn fill(scene: &mut Scene, disk: &SmallDisk) {
    let before = refusals(scene);
    disk.fill(scene.random.below(LEFT));
    until("a refusal", || refusals(scene) > before).await;
    let micros = scene.random.below(FULL * 1000);
    tokio::time::sleep(Duration::from_micros(micros)).await;
    scene.faults += 1;
}

/// How often clients were told to come back later.
fn refusals(scene: &Scene) -> usize {
    scene.client.ledger.text().matches("\"503\"").count()
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn count(source: &Source<'_>, table: &str) -> u32 {
    source.rows(&format!("SELECT count(*) FROM {table}"))[0][0].parse().unwrap()
}
