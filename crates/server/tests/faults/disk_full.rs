//! The database's disk full under load, then space again (security.md row 43).
//!
//! How much is left when it is filled varies, so that the last byte is missed at different places: in the log, in
//! the database, in what is shared between connections.

use crate::facts::Source;
use crate::gateway::Gateway;
use crate::installation::Installation;
use crate::postgres_server::PostgresServer;
use crate::random::Random;
use crate::rounds;
use crate::scene::Scene;
use crate::small_disk::SmallDisk;
use crate::until;

/// Brings PostgreSQL's log close to the end of its file of 1 MiB, where it needs another.
const NEAR_THE_END: &str = "SELECT pg_logical_emit_message(false, 'test', repeat('x', greatest(0,
    1000000 - (SELECT file_offset % 1048576 FROM pg_walfile_name_offset(pg_current_wal_insert_lsn())))))";
/// Most that is left, in bytes.
const LEFT: u64 = 96 * 1024;

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
        until("some logins", async || count(&source, "success_tokens") > 0).await;
        fill(&mut scene, &disk, 600).await;
        disk.free();
        scene.settle(crowd).await;
        scene.check(&source);
    }
    assert_eq!(scene.installation.pid(), pid, "nobody restarted it");
    scene.report(rounds, "times full");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_43_on_postgresql_a_full_disk_refuses_and_space_serves_again() {
    let test = "disk_full::row_43_on_postgresql_a_full_disk_refuses_and_space_serves_again";
    let Some(disk) = SmallDisk::of(test, 112) else { return };
    let settings = ["min_wal_size=32MB", "max_wal_size=32MB", "shared_buffers=16MB"];
    let database = PostgresServer::start_in(disk.path(), &[], &settings, &[]);
    postgres("disk full, postgresql", &disk, database, rounds(3, 30), |_| {}).await;
}

/// PostgreSQL goes down when its log can't grow, and can't even recover. Its operator makes space and starts it
/// again, as this test does; `onlyauth` is not touched.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_43_on_postgresql_a_full_log_refuses_and_space_serves_again() {
    let test = "disk_full::row_43_on_postgresql_a_full_log_refuses_and_space_serves_again";
    let Some(disk) = SmallDisk::of(test, 64) else { return };
    let log = format!("--waldir={}", disk.path().join("log").display());
    // Files of 1 MiB, none of them used again or removed meanwhile, so that it soon needs another.
    let settings = ["min_wal_size=2MB", "wal_recycle=off"];
    let options = ["--wal-segsize=1", &log];
    let database = PostgresServer::start_in(&std::env::temp_dir(), &options, &settings, &[]);
    postgres("log full, postgresql", &disk, database, rounds(3, 30), use_up_log).await;
}

async fn postgres(
    name: &'static str,
    disk: &SmallDisk,
    mut database: PostgresServer,
    rounds: u32,
    prepare: impl Fn(&PostgresServer),
) {
    let gateway = Gateway::honest().await;
    let installation = Installation::new(&gateway, Some(database.url("postgres")));
    let mut scene = Scene::open(name, Random::of_this_run(), gateway, installation).await;
    let (pid, mut ended) = (scene.installation.pid(), 0);
    for _ in 0..rounds {
        let crowd = scene.crowd();
        prepare(&database);
        fill(&mut scene, disk, 600).await;
        disk.free();
        ended += u32::from(database.recover());
        scene.settle(crowd).await;
        scene.check(&Source::Postgres(&database, "postgres"));
    }
    assert_eq!(scene.installation.pid(), pid, "nobody restarted it");
    scene.report(rounds, &format!("times full, which ended PostgreSQL {ended} times"));
}

/// Leaves PostgreSQL no file of its log that it has made in advance, and the present one nearly full.
fn use_up_log(database: &PostgresServer) {
    let in_advance = "SELECT count(*) FROM pg_ls_waldir()
        WHERE name > pg_walfile_name(pg_current_wal_insert_lsn()) AND name ~ '^[0-9A-F]{24}$'";
    while database.query("postgres", in_advance) != [["0"]] {
        database.execute("postgres", "SELECT pg_logical_emit_message(false, 'test', 'x')");
        database.execute("postgres", "SELECT pg_switch_wal()");
    }
    database.execute("postgres", NEAR_THE_END);
}

/// Fills the disk, and waits until that is felt, and for so many milliseconds more at most.
async fn fill(scene: &mut Scene, disk: &SmallDisk, longest: u64) {
    let before = refusals(scene);
    disk.fill(scene.random.below(LEFT));
    until("a refusal", async || refusals(scene) > before).await;
    scene.moment(longest).await;
    scene.faults += 1;
}

/// How often clients were told to come back later.
fn refusals(scene: &Scene) -> usize {
    scene.client.ledger.text().matches("\"503\"").count()
}

fn count(source: &Source<'_>, table: &str) -> u32 {
    source.rows(&format!("SELECT count(*) FROM {table}"))[0][0].parse().unwrap()
}
